"""Which mentions of one article refer to the same thing.

A sieve in the manner of Lee et al. (2013), "Deterministic coreference resolution based on entity-centric,
precision-ranked rules": full names first, then short forms, acronyms, role phrases, and pronouns last.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, cached_property

from kg.coreference.clusters import BODIES, PERSON, Cluster, NamedClusters
from kg.coreference.forms import ROLE_WORDS_DROPPED, head_of, may_be_called
from kg.knowledge import KnowledgeBase
from kg.knowledge.titles import same_title
from kg.lexicon import read_rows, read_words
from kg.model import FIRST_PERSON, GENDERS, NAME_KINDS, Chain, Mention, MentionKind, Sentence
from kg.quotation import quotation_spans

AGE = re.compile(r"\b(\d{1,3})-year-old\b")
AGE_BEHIND = re.compile(r",? \(?(\d{1,3})[,)]")
"""Behind a name: "Jane Roe, 45, …"."""

NOMINAL_REACH = 2  # sentences that "the country" looks back over
CALLED_REACH = 6  # sentences that "the court" looks back over for a name with the same noun
PRONOUN_REACH = 2  # sentences that a pronoun looks back over
OBJECT_FORMS = frozenset({"him"})  # "her" may be a possessive
TWO, THREE_OF = 2, 3
THREE = "three"
PERSONS = frozenset({"leaders", "presidents", "ministers", "heads", "men"})
THINGS = frozenset({"LOC", "MISC", "ORG"})


def resolve_coreference(
    text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], knowledge: KnowledgeBase
) -> tuple[Chain, ...]:
    """Chains in the order of their first mentions. A plural role ("both leaders") is in several chains."""
    clusters = _Clusters(text, knowledge)
    names = [mention for mention in mentions if mention.kind in NAME_KINDS]
    for mention in sorted(names, key=lambda m: (-len(m.text.split()), m.begin)):
        clusters.add_name(mention)
    clusters.join_acronyms()
    quoted = list(quotation_spans(text, sentences))
    for mention in mentions:
        if mention.kind is MentionKind.ROLE:
            clusters.add_role(mention)
        elif mention.kind is MentionKind.NOMINAL:
            clusters.add_nominal(mention, mention.label)
        elif mention.kind is MentionKind.PRONOUN and not _inside(mention, quoted):
            clusters.add_pronoun(mention, quoted)
    return clusters.chains()


class _Clusters(NamedClusters):
    """All chains of an article: those of its names, with the roles, nominals and pronouns that take them up."""

    def __init__(self, text: str, knowledge: KnowledgeBase) -> None:
        super().__init__()
        self.text = text
        self.knowledge = knowledge

    def chains(self) -> tuple[Chain, ...]:
        chains = [Chain(mentions=tuple(sorted(c.mentions, key=lambda m: (m.begin, m.end)))) for c in self.items]
        return tuple(sorted(chains, key=lambda chain: (chain.mentions[0].begin, chain.mentions[0].end)))

    def add_role(self, mention: Mention) -> None:
        if mention.label == "PLURAL":
            for cluster in self._group(mention):
                cluster.add(mention)
            return
        found = self._holder(mention)
        if found is not None:
            found.add(mention)
        elif mention.candidates:
            self.begin(mention)
        elif mention.body is None and head_of(mention.title or "") in _nominals():
            self.add_nominal(mention, head_of(mention.title or ""))

    def _holder(self, mention: Mention) -> Cluster | None:
        """The person whom a role phrase means: beside it, by the office table, else by the post given with the name."""
        if mention.antecedent is not None:
            return self._at(mention.antecedent)
        known = next((id for id in mention.candidates if id in self.by_candidate), None)
        if known is not None:
            return self.by_candidate[known]
        title = mention.title or ""
        if mention.body is not None and mention.candidates:
            return None
        fits = [c for c in self._persons() if self._bears(c, title) and any(True for _ in c.before(mention.begin))]
        if not fits and mention.body is None:
            return self._office_holder(mention)
        if mention.body is not None:
            body = self._at(mention.body)
            fits = [
                c
                for c in fits
                if body is not None and any(m.body is not None and self._at(m.body) is body for m in c.mentions)
            ]
        exact = [c for c in fits if any(same_title(title, post) for post in c.titles())]
        return max(exact or fits, key=lambda c: max(m.begin for m in c.before(mention.begin)), default=None)

    def _bears(self, cluster: Cluster, title: str) -> bool:
        return any(may_be_called(post, title) for post in cluster.titles())

    def _office_holder(self, mention: Mention) -> Cluster | None:
        """ "The former prime minister": the only person named shortly before who ever was one, as the base knows."""
        words = [word for word in (mention.title or "").split() if word.lower() not in ROLE_WORDS_DROPPED]
        title = " ".join(words)
        near = (c for c in self._near(mention, sentences=True) if c.label == PERSON)
        fits = [c for c in near if any(same_title(title, office) for office in self._offices(c))]
        return fits[0] if len(fits) == 1 else None

    def _offices(self, cluster: Cluster) -> Sequence[str]:
        """The posts that the person of a chain holds or held."""
        if cluster.candidate is None or cluster.candidate not in self.knowledge:
            return ()
        return [office.title for office in self.knowledge.offices(cluster.candidate)]

    def _group(self, mention: Mention) -> list[Cluster]:
        """The two persons (leaders, presidents) or countries (sides, countries) most named before.

        "The two" are the persons of whom the sentence before tells, if these are two, else countries.
        """
        persons, lands = self._persons(), [c for c in self.items if c.label in {"LOC", "NORP"}]
        if mention.text.lower().startswith(f"{THREE} "):
            clusters = persons if head_of(mention.title or "") in PERSONS else list(filter(self._is_country, lands))
            return self._just(THREE_OF, clusters, mention, reach=NOMINAL_REACH)
        if mention.text.lower().endswith(" two"):
            # "Xi had a call with Putin, in which the two …", else the sentence before
            return self._just(TWO, persons, mention, reach=1) or self._most_named(lands, mention)
        return self._most_named(persons if head_of(mention.title or "") in PERSONS else lands, mention)

    def _just(self, count: int, clusters: Sequence[Cluster], mention: Mention, reach: int) -> list[Cluster]:
        """ "The three countries": those named in the fewest sentences back, `reach` at most, that name just so many."""
        for back in range(reach + 1):
            named = [c for c in clusters if any(mention.sentence - m.sentence <= back for m in c.before(mention.begin))]
            if len(named) == count:
                return named
        return []

    def _is_country(self, cluster: Cluster) -> bool:
        known = cluster.candidate if cluster.candidate in self.knowledge else None
        return known is not None and self.knowledge.entry(known).type == "Country"

    def _most_named(self, clusters: Sequence[Cluster], mention: Mention) -> list[Cluster]:
        before = [(self._acting(c, mention.begin), -c.mentions[0].begin, c) for c in clusters]
        ranked = sorted((item for item in before if item[0]), key=lambda item: item[:2], reverse=True)
        return [cluster for _, _, cluster in ranked[:TWO]] if len(ranked) >= TWO else []

    def _acting(self, cluster: Cluster, begin: int) -> int:
        """How often it is named before, but for where it is only the place: "talks in Oman"."""
        return sum(not self.text.endswith(" in ", 0, m.begin) for m in cluster.before(begin))

    def add_nominal(self, mention: Mention, noun: str) -> None:
        """ "The country" is the only country named in this sentence and the ones before it, if there is only one.

        "The 79-year-old" is whose age the text gives; like "the veteran diplomat" else the only person named in the
        sentences before, never in its own: "Putin met the veteran diplomat".
        """
        namesake = self._called(mention, noun)
        if namesake is not None:
            namesake.add(mention)
        if namesake is not None or noun not in _nominals():
            return
        person = _nominals()[noun][1] == PERSON
        age = AGE.search(mention.text) if person else None
        if age is not None and age[1] in self._ages:
            for cluster in self._ages[age[1]]:
                cluster.add(mention)
            return
        if age is not None and self._first_aged[age[1]] < mention.begin:
            return  # "a 45-year-old man" without a name came first
        fits = [c for c in self._near(mention, sentences=person) if self._is_a(c, noun)]
        if len(fits) == 1:
            fits[0].add(mention)
            if age is not None:
                self._ages[age[1]] = fits

    def _called(self, mention: Mention, noun: str) -> Cluster | None:
        """ "The court" after "the Supreme Court": the only body named before by a name whose head is the noun."""
        if noun not in read_words("bodies.txt"):
            return None
        named = (c for c in self.by_head[noun] if c.label in BODIES)
        fits = [
            c for c in named if any(0 <= mention.sentence - m.sentence <= CALLED_REACH for m in c.before(mention.begin))
        ]
        return fits[0] if len(fits) == 1 else None

    @cached_property
    def by_head(self) -> dict[str, list[Cluster]]:
        """The chains by the heads of their names."""
        heads: dict[str, list[Cluster]] = defaultdict(list)
        for cluster in self.items:
            for head in {head_of(name) for name in cluster.names}:
                heads[head].append(cluster)
        return heads

    def _near(self, mention: Mention, *, sentences: bool) -> Iterator[Cluster]:
        """What is named shortly before; with `sentences` not what is named in the mention's own sentence."""
        reach = range(mention.sentence - NOMINAL_REACH, mention.sentence + 1)
        for cluster in dict.fromkeys(cluster for sentence in reach for cluster in self._named_in.get(sentence, ())):
            near = [m for m in cluster.before(mention.begin) if mention.sentence - m.sentence <= NOMINAL_REACH]
            own = any(m.sentence == mention.sentence for m in near)
            if any(m.kind is MentionKind.NAME for m in near) and not (sentences and own):
                yield cluster

    @cached_property
    def _named_in(self) -> dict[int, list[Cluster]]:
        """What each sentence names; all names have their chains before roles and nominals come."""
        named: dict[int, list[Cluster]] = defaultdict(list)
        for cluster in self.items:
            for sentence in {m.sentence for m in cluster.mentions if m.kind is MentionKind.NAME}:
                named[sentence].append(cluster)
        return named

    @cached_property
    def _ages(self) -> dict[str, list[Cluster]]:
        """The one person who is called "Jane Roe, 45," by age; nobody where two have the same."""
        aged: dict[str, list[Cluster]] = defaultdict(list)
        for cluster in self._persons():
            named = (m for m in cluster.mentions if m.kind is MentionKind.NAME)
            for years in {found[1] for m in named if (found := AGE_BEHIND.match(self.text, m.end))}:
                aged[years].append(cluster)
        return {years: clusters if len(clusters) == 1 else [] for years, clusters in aged.items()}

    @cached_property
    def _first_aged(self) -> dict[str, int]:
        """Where the text first calls somebody so and so many years old."""
        first: dict[str, int] = {}
        for found in AGE.finditer(self.text):
            first.setdefault(found[1], found.start())
        return first

    def _is_a(self, cluster: Cluster, noun: str) -> bool:
        types, label = _nominals()[noun]
        if cluster.candidate is not None and cluster.candidate in self.knowledge:
            return self.knowledge.entry(cluster.candidate).type in types
        return bool(label) and cluster.label == label

    def add_pronoun(self, mention: Mention, quoted: Sequence[tuple[int, int]]) -> None:
        """`quoted` are the quotations: who is named inside one is not who says it ("…Putin…," he said)."""
        if mention.label in {"plural", FIRST_PERSON}:  # "they" is mostly people without a name
            return
        if mention.antecedent is not None:
            thing = self._holding(mention.antecedent)
            if thing is not None and thing.label in THINGS:
                thing.add(mention)
            return
        barred = self._nearest_before(mention) if mention.text.lower() in OBJECT_FORMS else None
        best: tuple[int, int] | None = None
        chosen: Cluster | None = None
        for cluster in self._persons():
            if not self._gender_fits(cluster, mention.label):
                continue
            for other in cluster.subjects_before(mention):
                distance = mention.sentence - other.sentence
                if distance > PRONOUN_REACH or other.label == "PLURAL" or other is barred or _inside(other, quoted):
                    continue
                # The subject of a sentence stands first in it; within reach, the nearest sentence wins.
                rank = (distance, other.begin)
                if best is None or rank < best:
                    best, chosen = rank, cluster
        if chosen is not None:
            chosen.add(mention)

    def _holding(self, offset: int) -> Cluster | None:
        """The chain that has a name at this place of the text."""
        named = (
            c for c in self.items if any(m.kind is MentionKind.NAME and m.begin <= offset < m.end for m in c.mentions)
        )
        return next(named, None)

    def _nearest_before(self, mention: Mention) -> Mention | None:
        """The person named last before an object pronoun in its sentence: its clause's subject, so not "him"."""
        before = [m for c in self._persons() for m in c.before(mention.begin) if m.sentence == mention.sentence]
        return max(before, key=lambda m: m.begin, default=None)

    def _gender_fits(self, cluster: Cluster, gender: str) -> bool:
        known = self._gender(cluster)
        return known is None or known == gender

    def _gender(self, cluster: Cluster) -> str | None:
        """Of the person in the base, else of the first name, else of the first pronoun: who was "he" is no "she"."""
        if cluster.candidate is not None and cluster.candidate in self.knowledge:
            known = self.knowledge.entry(cluster.candidate).gender
            if known is not None:
                return known
        first = next((name.split()[0] for name in sorted(cluster.names) if " " in name), None)
        of_name = self.knowledge.gender_of(first) if first is not None else None
        taken = (m.label for m in cluster.mentions if m.kind is MentionKind.PRONOUN)
        return of_name or next((label for label in taken if label in GENDERS), None)

    def _persons(self) -> list[Cluster]:
        return [cluster for cluster in self.items if cluster.label == PERSON]

    def _at(self, begin: int) -> Cluster | None:
        return next((c for c in self.items if any(m.begin == begin and m.kind in NAME_KINDS for m in c.mentions)), None)


@cache
def _nominals() -> dict[str, tuple[frozenset[str], str]]:
    return {noun: (frozenset(types.split(", ")), label) for noun, types, label in read_rows("nominals.tsv", 3)}


def _inside(mention: Mention, spans: Sequence[tuple[int, int]]) -> bool:
    return any(begin <= mention.begin < end for begin, end in spans)

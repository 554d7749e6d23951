"""The entry that a chain most likely means, with what speaks for it and against it.

Context decides between candidates: the tagger's label, how often news means an entry by that name, and whether the
entry's country is named in the article.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import lemminflect

from kg.knowledge import Candidate, Entry, KnowledgeBase, NameKind
from kg.knowledge.base import OWN_NAMES, PLACES
from kg.linking.confidence import probability
from kg.model import NAME_KINDS, Chain, Mention, MentionKind

FITTING_TYPES = {
    "PER": {"Person"},
    "LOC": {"Country", "Place", "City", "AdministrativeArea"},
    "NORP": {"Country", "Place", "AdministrativeArea", "Organization", "Thing"},
}
NATIONAL = frozenset({"GovernmentOrganization", "PoliticalParty", "Legislation"})
"""Of one country: under a name that others' share they are meant only where their country is named."""

SURNAME_PRIOR = 0.5  # a bare surname links only to somebody whom news mostly means by it
LEADING_SHARE = 0.45  # of a surname's known bearers, for who is in office: not "Johnson", of whom there are many
HOLDER_PRIOR = 0.95
ALONE_PRIOR = 0.9  # "Royal Air Force", "State Department", "Pentagon": nobody else but their country is called so
CONTEXT_BONUS = 0.3  # for an entry whose country is named in the article
RANK_COST = 0.2  # a place further down among the mention's candidates
ROLE_CONFIDENCE = 0.8  # of a role phrase without a name, by the office table; not measured
BESIDE_BONUS = 0.5  # for an entry of the country that stands beside the name; a cost for one of another country
COMMA = len(", ")  # between a place and the larger one that it lies in
LARGER = 3  # steps from a place to its country: "Valencia, Bukidnon, Philippines"
BEFORE = frozenset({len(" "), len("'s ")})  # between a country or demonym and its body: "Pakistan's Supreme Court"
BEHIND = frozenset({len(" of "), len(" of the ")})  # "the National Congress of Honduras"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The likeliest entry. `evidence` holds the features of `lexicon/link_confidence.tsv`; a role phrase has none."""

    entry: Entry
    mention: Mention
    evidence: Mapping[str, float]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scored:
    score: float
    candidate: Candidate
    mention: Mention
    alone: bool
    unknown: float  # how often news means by the name what the base does not know
    seat: bool  # a government's, too: "the Kremlin"


class Chooser:
    """Chooses between the candidates of an article's chains; `published` is the article's day."""

    def __init__(self, chains: Sequence[Chain], knowledge: KnowledgeBase, published: date | None = None) -> None:
        self.knowledge = knowledge
        self.published = published
        self.present = {m.candidates[0] for chain in chains for m in chain.mentions if m.candidates}
        self.lands = _lands(map(knowledge.entry, self.present))
        self.places = _lands(entry for entry in map(knowledge.entry, self.present) if entry.type != "Person")
        names = [m for chain in chains for m in chain.mentions if m.kind in NAME_KINDS]
        self.name_at = {m.begin: m for m in names}
        self.name_before = {m.end: m for m in names}

    def choose(self, chain: Chain) -> Choice | None:
        """The best of the chain's candidates; None where no candidate fits."""
        names = [m for m in chain.mentions if m.kind in NAME_KINDS]
        if not names:
            return self._holder(chain)
        label = label_of(chain)
        scored = sorted(self._scored(names, label), key=lambda one: (one.score, one.candidate.id), reverse=True)
        if not scored:
            return None
        best = scored[0]
        entry = self.knowledge.entry(best.candidate.id)
        evidence = self._evidence(scored, entry, label)
        return Choice(entry=entry, mention=best.mention, evidence=evidence, confidence=probability(evidence))

    def _holder(self, chain: Chain) -> Choice | None:
        """Who holds the post of a role phrase without a name."""
        found = next(((m, m.candidates[0]) for m in chain.mentions if m.candidates), None)
        if found is None:
            return None
        return Choice(entry=self.knowledge.entry(found[1]), mention=found[0], evidence={}, confidence=ROLE_CONFIDENCE)

    def _scored(self, names: Sequence[Mention], label: str) -> Iterator[_Scored]:
        longest = max(len(m.text.split()) for m in names)
        for mention in names:
            if len(mention.text.split()) < longest and label == "PER":
                continue
            order = {candidate_id: rank for rank, candidate_id in enumerate(mention.candidates)}
            known = self._candidates(mention, label)
            seat = any(candidate.kind is NameKind.METONYM for candidate in known)
            unknown = max(0.0, 1.0 - sum(candidate.prior for candidate in known))
            for candidate in known:
                if self._is_another_s(candidate, names):
                    continue
                if seat and mention.candidates and candidate.id != mention.candidates[0]:
                    continue  # the government, its seat, or the place: the sentence has told already
                if not self._may_be(candidate, mention, label, known):
                    continue
                entry = self.knowledge.entry(candidate.id)
                score = candidate.prior - RANK_COST * order.get(candidate.id, len(order))
                score += CONTEXT_BONUS * (entry.country is not None and entry.country in self.present)
                score += BESIDE_BONUS * self._land_beside(entry, mention)
                yield _Scored(
                    score=score,
                    candidate=candidate,
                    mention=mention,
                    alone=len(known) == 1,
                    unknown=unknown,
                    seat=seat,
                )

    def _may_be(self, candidate: Candidate, mention: Mention, label: str, known: Sequence[Candidate]) -> bool:
        entry = self.knowledge.entry(candidate.id)
        if not _fits(entry, label) or (_is_national(entry) and self._land_beside(entry, mention) < 0):
            return False  # "the Philippine Senate" is not that of the United States
        if candidate.kind is NameKind.SURNAME and candidate.prior < SURNAME_PRIOR:
            return self._is_leading(candidate, mention, known)
        elsewhere = _is_national(entry) and entry.country not in self.lands and is_generic(mention.text)
        return not elsewhere or _only_bearer(candidate, entry, known)

    def _is_another_s(self, candidate: Candidate, names: Sequence[Mention]) -> bool:
        """Whether a name of the chain gives a national body to another country: "Philippine Senate … the Senate"."""
        entry = self.knowledge.entry(candidate.id)
        if not _is_national(entry):
            return False
        told = (self._land_of(mention.text) for mention in names)
        return any(lands and entry.country not in lands for lands in told)

    def _land_of(self, name: str) -> frozenset[str]:
        """The countries that a name of several words may begin with: "Philippine Senate"."""
        first, _, rest = name.partition(" ")
        entries = (self.knowledge.entry(one.id) for one in self.knowledge.candidates(first)) if rest else ()
        return frozenset(entry.id for entry in entries if entry.type == "Country")

    def _is_leading(self, candidate: Candidate, mention: Mention, known: Sequence[Candidate]) -> bool:
        """ "Frederiksen": who alone of the name's bearers is in high office that day, as no first name tells another.

        Where others bear it, or it is a word, only in an article about her country, and where she is the likeliest or
        stands beside it ("Spain's Sanchez").
        """
        lands = {one.id: self.knowledge.entry(one.id).country for one in known if self._leads(one.id)}
        if candidate.id not in lands:
            return False
        if len(known) == 1 and not is_plain_word(mention.text):
            return True
        here = [person for person, land in lands.items() if land in self.places]
        likeliest = candidate.prior >= LEADING_SHARE * sum(one.prior for one in known)
        return here == [candidate.id] and (likeliest or lands[candidate.id] in self._owners(mention))

    def _leads(self, person: str) -> bool:
        """Whether the person holds high office in a country, or leads a body, on the article's day."""
        if self.published is None or not self.knowledge.entry(person).leader:
            return False
        offices = self.knowledge.offices(person, self.published)
        return any(office.top or self.knowledge.entry(office.body).type == "Country" for office in offices)

    def _candidates(self, mention: Mention, label: str) -> tuple[Candidate, ...]:
        """Who bears the name. The holder of the post beside it comes first; of a person also without middle names."""
        known = self.knowledge.candidates(mention.text)
        words = mention.text.split()
        if not known and label == "PER" and len(words) > 2:
            short = self.knowledge.candidates(f"{words[0]} {words[-1]}")
            known = tuple(candidate for candidate in short if candidate.kind in OWN_NAMES)
        if not known and label == "ORG" and (lands := self._land_of(mention.text)):
            known = tuple(self._national(mention.text.partition(" ")[2], lands))
        if mention.holder is None:
            return known
        holder = Candidate(id=mention.holder, kind=NameKind.NAME, prior=HOLDER_PRIOR)
        return (holder, *(candidate for candidate in known if candidate.id != mention.holder))

    def _national(self, body: str, lands: frozenset[str]) -> Iterator[Candidate]:
        """The bodies of that name of one of the countries: the "Philippine Senate" is the Senate of the Philippines."""
        countries = [self.knowledge.entry(land).name for land in sorted(lands)]
        spellings = (body, *(f"{body} of {article}{name}" for name in countries for article in ("", "the ")))
        for candidate in dict.fromkeys(one for name in spellings for one in self.knowledge.candidates(name)):
            entry = self.knowledge.entry(candidate.id)
            if entry.country in lands and entry.type != "Person":
                yield candidate

    # ── confidence ───────────────────────────────────────────────────────────────────────────────

    def _evidence(self, scored: Sequence[_Scored], entry: Entry, label: str) -> dict[str, float]:
        best = scored[0]
        others = {one.candidate.id: one for one in reversed(scored) if one.candidate.id != entry.id}
        margin = min((best.score - one.score for one in others.values()), default=1.0)
        possible = best.candidate.prior + sum(one.candidate.prior for one in others.values()) + best.unknown
        land, beside = entry.country, self._land_beside(entry, best.mention)
        return {
            "prior": best.candidate.prior / possible if possible else 0.0,
            "alone": float(best.alone),
            "margin": min(1.0, margin),
            f"country by {best.candidate.kind}" if entry.type == "Country" else f"kind {best.candidate.kind}": 1.0,
            "seat": float(best.seat),
            "holder": float(best.mention.holder == entry.id),
            "unlabelled": float(label == "MISC"),
            "generic": float(is_generic(best.mention.text)),
            "several words": float(len(best.mention.text.split()) > 1),
            "place": float(entry.type in PLACES - {"Country"}),
            "person": float(entry.type == "Person"),
            "land named": float(land is not None and land in self.lands - {entry.id}),
            "land not named": float(land is not None and bool(self.lands) and land not in self.lands),
            "land beside": float(beside > 0),
            "other land beside": float(beside < 0),
        }

    # ── the country beside a name ────────────────────────────────────────────────────────────────

    def _land_beside(self, entry: Entry, mention: Mention) -> int:
        """1 where a country stands beside the name and is the entry's, -1 where it is another one, else 0."""
        own = {entry.id} if entry.type == "Country" else {entry.country} - {None}
        if not own or entry.type == "Person" or mention.kind is MentionKind.DEMONYM:
            return 0
        lands = self._around(mention) if entry.type in PLACES else self._owners(mention)
        if not lands or (entry.type == "Country" and lands & self._countries(mention.end + COMMA)):
            return 0  # "Iran, Israel and Russia" is a list
        return 1 if own & lands else -1

    def _around(self, mention: Mention) -> frozenset[str]:
        """The countries of what a place lies in: "Valencia, Bukidnon, Philippines"."""
        lands = frozenset[str]()
        for _ in range(LARGER):
            larger = self.name_at.get(mention.end + COMMA)
            if larger is None or larger.label not in {"LOC", "MISC"} or larger.kind is not MentionKind.NAME:
                break
            mention = larger
            if countries := self._countries(mention.begin):
                return countries
            entries = map(self.knowledge.entry, mention.candidates)
            lands = frozenset(entry.country for entry in entries if entry.country is not None)
        return lands

    def _owners(self, mention: Mention) -> frozenset[str]:
        """The country whose body is named: "Pakistan's Supreme Court", "the National Congress of Honduras"."""
        for gap in BEFORE:
            before = self.name_before.get(mention.begin - gap)
            if before is not None and (countries := self._countries(before.begin)):
                return countries
        return next((lands for gap in BEHIND if (lands := self._countries(mention.end + gap))), frozenset())

    def _countries(self, begin: int) -> frozenset[str]:
        """What countries the name that begins there may mean, England also the United Kingdom; empty where none."""
        name = self.name_at.get(begin)
        entries = map(self.knowledge.entry, name.candidates if name is not None else ())
        lands = (land for entry in entries if entry.type == "Country" for land in (entry.id, entry.country))
        return frozenset(land for land in lands if land is not None)


def label_of(chain: Chain) -> str:
    """What the tagger calls the chain's names, mostly; MISC where it calls them nothing."""
    labels = [m.label for m in chain.mentions if m.kind in {MentionKind.NAME, MentionKind.DEMONYM, MentionKind.ROLE}]
    known = [label for label in labels if label not in {"MISC", "PLURAL"}]
    return max(known, key=lambda label: (known.count(label), -known.index(label))) if known else "MISC"


def is_generic(name: str) -> bool:
    """ "Supreme Court", "Democratic Party", "Independence Day": many countries have one."""
    words = name.split()
    return all(is_plain_word(word) or not word[0].isupper() for word in words)


@cache
def is_plain_word(text: str) -> bool:
    """Whether a single capitalized word is in the dictionary (lemminflect's) and thus hardly a name by itself."""
    return text.isalpha() and not text.isupper() and bool(lemminflect.getAllLemmas(text.lower()))


def _lands(present: Iterable[Entry]) -> set[str]:
    """The countries of the places and persons in an article; a party may be a namesake and tells nothing."""
    telling = [entry for entry in present if not _is_national(entry)]
    return {land for entry in telling for land in (entry.id, entry.country) if land is not None}


def _is_national(entry: Entry) -> bool:
    """Whether it may be one country's own, by its type or by the hint of its article's title: "…_(Myanmar)"."""
    return entry.type in NATIONAL or (entry.type != "Person" and (entry.wikipedia or "").endswith(")"))


def _only_bearer(candidate: Candidate, entry: Entry, known: Sequence[Candidate]) -> bool:
    """Whether the name is its own and nobody's else but its country's."""
    others = {one.id for one in known} - {candidate.id, entry.country}
    return not others and candidate.kind in OWN_NAMES and sum(one.prior for one in known) >= ALONE_PRIOR


def _fits(entry: Entry, label: str) -> bool:
    if label == "ORG":
        return entry.type != "Person"
    return label not in FITTING_TYPES or entry.type in FITTING_TYPES[label]

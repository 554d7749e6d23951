"""The day that a text goes on telling of: "On Friday Russia struck Kyiv. … It launched 270 drones."

A time expression opens a scene where it stands in a main clause that tells of something in the simple past ("met on
Friday", not "had met", "will meet", or "said on Friday"). What the text goes on to tell in the same way, without a time
of its own and of somebody named in the scene, happened on its day too. What a text does by saying it ("the EU is
allocating") happens on the day of the article, as does what a bulletin tells in the present ("two are killed when a bus
crashes near Kano"). All else stays without a date: what is taken for granted, told in the perfect, or of others.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc, Span

from kg.clauses import span_of
from kg.clauses.placing import dates_another
from kg.events.draft import Draft
from kg.events.telling import acts_now, reports, telling_verb, tells_past, tells_present, verb_over
from kg.lexicon import read_words
from kg.model import BlockKind, DateRange, Sentence, Status, TimeExpression

FRESH = 7  # days before the article: news is told of the week; what is older is background
LEAD = 4  # sentences with the title, whose actors the story is about
MOST_SCENES = 20  # the last ones, whose actors are looked at
LONGEST = 1  # days from the first to the last of a scene: a night, a weekend
BRIEF = 4  # sentences of a bulletin
LASTING = frozenset({"Conflict", "Cooperation", "Sanction", "Tariff", "Investigation"})  # have no day of their own
STATES = frozenset({"Conflict", "Cooperation"})  # nor has what a bulletin tells of them
UNNAMED = frozenset({"Attack", "Arrest", "Casualty", "Disaster", "Displacement", "Protest"})  # by and of nobody named
MANY_ACTS = frozenset({"Election"})  # one polling day for all who were elected


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A sentence that tells what happened on a day, and who and which classes of events are named in it."""

    sentence: int
    time: Span
    day: DateRange
    actors: frozenset[str]
    types: frozenset[str]


class Narrative:
    """The scenes of one article. `named` are the keys of the actors of each sentence."""

    def __init__(
        self,
        doc: Doc,
        sentences: Sequence[Sentence],
        drafts: Sequence[Draft],
        times: Sequence[TimeExpression],
        named: Mapping[int, frozenset[str]],
        published: date,
    ) -> None:
        self.doc = doc
        self.sentences = sentences
        self.published = DateRange(begin=published, end=published)
        types: dict[int, set[str]] = {}
        for draft in drafts:
            types.setdefault(draft.sentence, set()).add(draft.type)
        self.text = doc.text
        self.scenes = tuple(self._scenes(times, named, types))
        self.begins = [scene.sentence for scene in self.scenes]
        changes = (i for i, scene in enumerate(self.scenes) if scene.day != self.scenes[0].day)
        self.of_one_day = next(changes, len(self.scenes))  # number of the first scenes that are of one day
        # A headline's present tense is that of an official text only where the text itself speaks so.
        self.official = any(self._acts(draft) for draft in drafts if self._in_paragraph(draft))
        self.bulletin = self._is_bulletin(drafts)
        self.named = named
        self.timed: dict[int, int] = {}  # number of the times of a sentence that are no durations
        for time in times:
            if time.duration is None:
                self.timed[time.sentence] = self.timed.get(time.sentence, 0) + 1

    def _scenes(
        self, times: Sequence[TimeExpression], named: Mapping[int, frozenset[str]], types: Mapping[int, set[str]]
    ) -> Iterator[Scene]:
        for time in times:
            day = time.range
            if day is None or (day.end - day.begin).days > LONGEST or day.end > self.published.end:
                continue
            if (self.published.begin - day.begin).days > FRESH:
                continue
            span = span_of(self.doc, time.begin, time.end)
            verb = verb_over(span.root)
            if verb is not None and tells_past(verb) and not reports(verb):
                i = time.sentence
                actors = named.get(i, frozenset())
                yield Scene(sentence=i, time=span, day=day, actors=actors, types=frozenset(types.get(i, ())))

    def _in_paragraph(self, draft: Draft) -> bool:
        return self.sentences[draft.sentence].kind is BlockKind.PARAGRAPH

    def _is_bulletin(self, drafts: Sequence[Draft]) -> bool:
        """Whether the text is brief and tells its first event in the present; a story opens in the past."""
        told = [i for i, sentence in enumerate(self.sentences) if sentence.kind is BlockKind.PARAGRAPH]
        if not told or len(told) > BRIEF or self.scenes:
            return False
        return any(self._is_now(draft) for draft in drafts if draft.sentence == told[0])

    def _is_now(self, draft: Draft) -> bool:
        """Whether the text does no more than tell of it in the present: nobody is "accused of an attack"."""
        trigger = self.doc[draft.start : draft.end].root
        verb = telling_verb(trigger)
        if verb is None or draft.status is not Status.OCCURRED or draft.type in STATES:
            return False
        if verb != trigger and (verb.lemma_ in read_words("speech_verbs.tsv") or dates_another(trigger)):
            return False
        begun = draft.type not in LASTING or trigger.dep_ == "obj" or trigger.pos_ == "VERB"  # "orders an inquiry"
        return begun and not reports(verb) and tells_present(verb)

    def _acts(self, draft: Draft) -> bool:
        verb = telling_verb(self.doc[draft.start : draft.end].root)
        return verb is not None and draft.status is Status.OCCURRED and acts_now(verb)

    def day(self, draft: Draft) -> DateRange | None:
        """The day on which an event without a date happened, where the text tells it of one day."""
        if draft.date is not None or draft.status is not Status.OCCURRED or draft.former or draft.anaphor:
            return None
        verb = telling_verb(self.doc[draft.start : draft.end].root)
        if verb is None:
            return None
        own = draft.attributed_to is None or draft.attributed_to in draft.actors()  # "the EU announces its aid"
        if acts_now(verb) and own and (self.official or self._in_paragraph(draft)):
            return self.published
        if self.bulletin and own and draft.sentence not in self.timed and self._is_now(draft):
            return self.published
        if draft.type in LASTING or not tells_past(verb):
            return None
        return self._fronted(draft) if draft.sentence in self.timed else self._carried(draft)

    def _fronted(self, draft: Draft) -> DateRange | None:
        """ "On Friday fishermen rescued 700 people, and the navy saved 200 more": for all main verbs."""
        place = bisect_left(self.begins, draft.sentence)
        scene = self.scenes[place] if place < len(self.scenes) else None
        if scene is None or scene.sentence != draft.sentence or self.timed[draft.sentence] > 1:
            return None
        verb = verb_over(scene.time.root)
        return scene.day if verb is not None and scene.time.end <= verb.i < draft.start else None

    def _carried(self, draft: Draft) -> DateRange | None:
        """The day of the scenes so far if it is one, else of the last if that is in the same paragraph."""
        opened = bisect_left(self.begins, draft.sentence)
        if not opened:
            return None
        last = self.scenes[opened - 1]
        one_day = opened <= self.of_one_day
        if not one_day and "\n" in self.text[last.time.end_char : draft.begin_char]:
            return None
        fitting = [scene for scene in self.scenes[max(0, opened - MOST_SCENES) : opened] if scene.day == last.day]
        cast = frozenset[str]().union(*(scene.actors for scene in fitting))
        if one_day:
            lead = range(min(LEAD, draft.sentence))
            cast = cast.union(*(self.named.get(i, frozenset()) for i in lead))
        known = bool(cast & draft.actors())
        alike = draft.type in MANY_ACTS or (draft.type in UNNAMED and not draft.actors())
        part = alike and any(draft.type in scene.types for scene in fitting)
        return last.day if known or part else None


def carry_days(
    doc: Doc,
    sentences: Sequence[Sentence],
    drafts: Sequence[Draft],
    times: Sequence[TimeExpression],
    named: Mapping[int, frozenset[str]],
    published: date | None,
) -> tuple[Draft, ...]:
    """Drafts with the days on which the text tells of them; none are found without the article's date."""
    if published is None:
        return tuple(drafts)
    narrative = Narrative(doc, sentences, drafts, times, named, published)
    days = [narrative.day(draft) for draft in drafts]
    return tuple(draft if day is None else replace(draft, date=day) for draft, day in zip(drafts, days, strict=True))

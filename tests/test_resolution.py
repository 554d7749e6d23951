"""Which events of several articles are one, what counts as a source, and where sources disagree."""

from dataclasses import replace
from datetime import date

import pytest
from building import SmallKnowledge, Told, entry, make_reading

from kg.knowledge import KnowledgeBase
from kg.model import Actor, DateRange, Quote, Reading, Relation, RelationType, Status
from kg.resolution import Event, Rank, Resolution, resolve_across_documents
from kg.resolution.model import Reference
from kg.schema import load_event_schema

LONG = (
    "The two presidents spoke for almost an hour on Thursday about the war and about energy, officials said, while "
    "aides in both capitals described the tone as frank, and markets hardly moved on the news of the conversation."
)


class NoKnowledge:
    """A knowledge base without entries: the actors of these tests are not linked."""

    def entry(self, entry_id: str) -> None:
        raise KeyError(entry_id)

    def candidates(self, _: str) -> tuple[()]:
        return ()


def resolve(*readings: Reading) -> Resolution:
    knowledge: KnowledgeBase = NoKnowledge()  # type: ignore[assignment]
    return resolve_across_documents(readings, knowledge, load_event_schema())


def value(event: Event, name: str, rank: Rank = Rank.PREFERRED) -> list[object]:
    return [fact.value for fact in event.facts if fact.property == name and fact.rank is rank]


def test_resolution_merges_the_same_call_of_two_articles() -> None:
    day = date(2025, 7, 3)
    result = resolve(make_reading(Told(day=day), name="a", text="One text."), make_reading(Told(day=day), name="b"))
    assert len(result.events) == 1
    assert len(result.events[0].articles) == 2
    assert result.events[0].id == "event/2025-07-03-phone-call-donald-trump-vladimir-putin"


def test_resolution_keeps_calls_of_different_days_apart() -> None:
    result = resolve(
        make_reading(Told(day=date(2025, 7, 2)), name="a", text="One text."),
        make_reading(Told(day=date(2025, 7, 3)), name="b"),
    )
    assert len(result.events) == 2


def test_resolution_merges_dates_a_day_apart_only_with_the_same_ordinal() -> None:
    result = resolve(
        make_reading(Told(day=date(2025, 7, 2), numbers={"ordinal": 6}), name="a", text="One text."),
        make_reading(Told(day=date(2025, 7, 3), numbers={"ordinal": 6}), name="b"),
        make_reading(Told(day=date(2025, 7, 3), numbers={"ordinal": 6}), name="c", text="A third text."),
    )
    (event,) = result.events
    assert value(event, "date") == [DateRange(begin=date(2025, 7, 3), end=date(2025, 7, 3))]
    (rejected,) = [f for f in event.facts if f.property == "date" and f.rank is Rank.REJECTED]
    assert rejected.conflicts == (DateRange(begin=date(2025, 7, 3), end=date(2025, 7, 3)),)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Told(day=date(2025, 7, 3), numbers={"ordinal": 5}), Told(day=date(2025, 7, 3), numbers={"ordinal": 6})),
        (Told(), Told(roles=(("participant", "Donald Trump"), ("participant", "Volodymyr Zelenskyy")))),
        (Told(status=Status.PLANNED), Told(day=date(2025, 7, 3))),
        (
            Told(type="Attack", roles=(("agent", "First Army"), ("target", "Second Army"))),
            Told(type="Attack", roles=(("agent", "Second Army"), ("target", "First Army"))),
        ),
        (Told(type="Meeting"), Told(type="PhoneCall")),
    ],
    ids=["ordinals", "actors", "planned", "swapped", "class"],
)
def test_resolution_vetoes(first: Told, second: Told) -> None:
    result = resolve(make_reading(first, name="a", text="One text."), make_reading(second, name="b"))
    assert len(result.events) == 2


def test_resolution_never_joins_two_events_of_one_article_through_another() -> None:
    both = make_reading(Told(), Told(), name="a", text="One text.")
    assert len(resolve(both, make_reading(Told(), name="b")).events) == 2


def test_resolution_counts_a_reprint_as_no_further_source() -> None:
    day = date(2025, 7, 3)
    first = make_reading(Told(day=day), name="a", text=LONG)
    reprint = make_reading(Told(day=day), name="b", text=LONG + " (Agency)", published=date(2025, 7, 5))
    result = resolve(first, reprint)
    copied = [article for article in result.articles.values() if article.copy_of is not None]
    assert [article.reading.document.identifier for article in copied] == ["b.txt"]
    assert {fact.source_count for fact in result.events[0].facts} == {1}


def test_resolution_prefers_the_better_supported_number_and_keeps_the_other() -> None:
    roles = (("agent", "First Army"), ("target", "Second Army"))
    told = [Told(type="Attack", roles=roles, day=date(2025, 7, 4), numbers={"wounded": n}) for n in (23, 26, 26)]
    readings = [make_reading(event, name=str(n), text=f"Text number {n}.") for n, event in enumerate(told)]
    (event,) = resolve(*readings).events
    assert value(event, "wounded") == [26]
    assert value(event, "wounded", Rank.REJECTED) == [23]


def test_resolution_takes_a_grown_toll_for_an_update_and_no_contradiction() -> None:
    roles = (("agent", "First Army"), ("target", "Second Army"))

    def report(killed: int, day: int, text: str) -> Reading:
        told = Told(type="Attack", roles=roles, day=date(2025, 7, 4), numbers={"killed": killed})
        return make_reading(told, name=str(killed), text=text, published=date(2025, 7, day))

    early = [report(23, 4, "The attack on the base killed 23."), report(24, 4, "The attack on the base killed 24.")]
    (event,) = resolve(*early, report(31, 5, "The toll of the attack on the base has risen to 31.")).events
    assert value(event, "killed") == [31]
    conflicts = {fact.value: fact.conflicts for fact in event.facts if fact.property == "killed"}
    assert conflicts == {31: (), 23: (24,), 24: (23,)}
    (event,) = resolve(*early, report(31, 5, "The attack on the base killed 31.")).events
    assert [len(fact.conflicts) for fact in event.facts if fact.property == "killed"] == [2, 2, 2]


def test_resolution_takes_what_has_happened_since_for_no_plan_any_more() -> None:
    def report(name: str, status: Status, day: int) -> Reading:
        told = Told(day=date(2025, 7, 4), status=status)
        return make_reading(told, name=name, text=f"Text of {name}.", published=date(2025, 7, day))

    plans = [report("a", Status.PLANNED, 3), report("b", Status.PLANNED, 4)]
    (event,) = resolve(*plans, report("c", Status.OCCURRED, 5)).events
    assert value(event, "status") == [Status.OCCURRED]
    assert value(event, "status", Rank.REJECTED) == [Status.PLANNED]
    (event,) = resolve(*plans, report("c", Status.OCCURRED, 4)).events
    assert value(event, "status") == [Status.PLANNED], "what was told on the same day decides nothing"


def test_resolution_counts_an_agency_once_however_many_outlets_carry_it() -> None:
    day = date(2025, 7, 3)
    wired = [make_reading(Told(day=day), name=name, text=f"Text of {name}.") for name in "ab"]
    wired = [replace(one, document=replace(one.document, agency="Far Wire")) for one in wired]
    (event,) = resolve(*wired, make_reading(Told(day=day), name="c", text="A third text.")).events
    assert {fact.source_count for fact in event.facts if fact.property == "date"} == {2}


def test_resolution_names_an_event_by_the_earliest_full_account() -> None:
    first = make_reading(Told(day=None), name="a", text="One text.", published=date(2025, 7, 3))
    second = make_reading(Told(day=date(2025, 7, 3)), name="b", published=date(2025, 7, 4))
    third = make_reading(
        Told(day=date(2025, 7, 3), roles=(*Told().roles, ("participant", "Xi Jinping"))), name="c", text="No."
    )
    (event,) = resolve(first).events
    assert (event.id, event.replaces) == ("event/ca-2025-07-phone-call-donald-trump-vladimir-putin", ())
    (event,) = resolve(first, second).events
    assert event.id == "event/2025-07-03-phone-call-donald-trump-vladimir-putin"
    assert event.replaces == ("event/ca-2025-07-phone-call-donald-trump-vladimir-putin",)
    (event,) = resolve(first, second, third).events
    assert event.id == "event/2025-07-03-phone-call-donald-trump-vladimir-putin"
    assert event.label == "Phone call: Donald Trump – Vladimir Putin (3 July 2025)"


@pytest.mark.parametrize(
    ("days", "texts", "events"),
    [
        ((4, 5), ("The army struck a base.", "The army struck an airfield elsewhere."), 2),
        ((4, 4), ("The army struck a base.", "The army struck a base near the border."), 1),
    ],
    ids=["another day", "the same day"],
)
def test_resolution_needs_more_than_the_armies_for_strikes_of_two_days(
    days: tuple[int, int], texts: tuple[str, str], events: int
) -> None:
    told = Told(type="Attack", roles=(("agent", "First Army"), ("target", "Second Army")))
    readings = [
        make_reading(told, name=str(n), text=text, published=date(2025, 7, day))
        for n, (day, text) in enumerate(zip(days, texts, strict=True))
    ]
    assert len(resolve(*readings).events) == events


def test_resolution_does_not_depend_on_order() -> None:
    readings = [make_reading(Told(day=date(2025, 7, d)), name=str(d), text=f"Text {d}.") for d in (1, 2, 3, 3)]
    assert resolve(*readings) == resolve(*reversed(readings))


def test_resolution_links_statements_with_the_events_that_they_tell_of() -> None:
    quote = Quote(begin=0, end=5, text="Peace", verbatim=True, sentences=(0,), speaker="Vladimir Putin", events=("e0",))
    resolution = resolve(make_reading(Told(), quotes=[quote]))
    [statement], [event] = resolution.statements, resolution.events
    assert Reference(id=event.id) in {fact.value for fact in statement.facts if fact.property == "about"}


def test_resolution_joins_the_same_words_of_the_same_speaker() -> None:
    def quote(text: str) -> Quote:
        return Quote(begin=0, end=len(text), text=text, verbatim=True, sentences=(0,), speaker="Vladimir Putin")

    readings = [
        make_reading(Told(), name=name, text=f"Text {name}.", quotes=[quote("We will not abandon these goals")])
        for name in "ab"
    ]
    (statement,) = resolve(*readings).statements
    assert len(statement.articles) == 2


def test_resolution_gives_two_events_two_ids_though_all_else_is_the_same() -> None:
    talks = Told(type="Negotiation", status=Status.POSSIBLE)
    result = resolve(make_reading(talks, Told(type="Negotiation"), name="a", text="One text."))
    assert len({event.id for event in result.events}) == 2


def test_resolution_fills_in_the_body_of_a_post_said_shorter() -> None:
    def reading(name: str, body: str | None) -> Reading:
        relation = Relation(
            type=RelationType.POST, subject="Donald Trump", object=body, title="President", sentence=0, confidence=0.9
        )
        told = make_reading(Told(), name=name, text=f"Text {name}.")
        return replace(told, relations=(relation,))

    result = resolve(reading("a", "Vladimir Putin"), reading("b", None))
    assert [post.label for post in result.posts.values()] == ["President of Vladimir Putin"]


def persons(*articles: tuple[str, str | None, tuple[str, ...]]) -> list[set[int]]:
    """Which articles tell of one John Roe; each is (his post, its body, who else is named)."""
    readings = []
    for number, (title, body, others) in enumerate(articles):
        told = make_reading(name=str(number), text=f"Text number {number}.")
        names = ("John Roe", *others)
        actors = [Actor(key=name, type="Person", name=name) for name in names]
        actors += [Actor(key=body, type="Organization", name=body, knowledge_id=body)] if body else []
        post = Relation(
            type=RelationType.POST, subject="John Roe", object=body, title=title, sentence=0, confidence=0.9
        )
        readings.append(replace(told, actors=tuple(actors), relations=(post,) if title else ()))
    knowledge: KnowledgeBase = SmallKnowledge(  # type: ignore[assignment]
        entry("Q1", "First Office", "Organization", country="Q10"),
        entry("Q2", "Second Office", "Organization", country="Q10"),
        entry("Q3", "Foreign Office", "Organization", country="Q30"),
    )
    result = resolve_across_documents(readings, knowledge, load_event_schema())
    texts = {id: int(article.reading.document.identifier[0]) for id, article in result.articles.items()}
    roes = [entity for entity in result.entities.values() if entity.name == "John Roe"]
    return sorted(({texts[index] for index in roe.articles} for roe in roes), key=min)


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        (("Director", "Q1", ()), ("Spokesman", "Q2", ()), True),
        (("Director", "Q1", ("Ann Doe",)), ("Director", "Q3", ("Ann Doe",)), False),
        (("Mayor", None, ()), ("Former Mayor", None, ()), True),
        (("Mayor", None, ("Ann Doe",)), ("Colonel", None, ("Ann Doe",)), False),
        (("", None, ("Ann Doe",)), ("Colonel", None, ("Ann Doe",)), True),
        (("", None, ()), ("Colonel", None, ()), False),
        (("", None, ("Doe",)), ("", None, ("Doe",)), False),
    ],
    ids=["country", "other-country", "post", "other-post", "company", "name-alone", "surname-in-common"],
)
def test_resolution_takes_people_of_one_name_for_one_where_articles_agree(
    first: tuple[str, str | None, tuple[str, ...]], second: tuple[str, str | None, tuple[str, ...]], one: bool
) -> None:
    assert persons(first, second) == ([{0, 1}] if one else [{0}, {1}])


def test_resolution_joins_people_of_one_name_through_a_third_article() -> None:
    found = persons(("Mayor", None, ()), ("", None, ("Ann Doe",)), ("Mayor", None, ("Ann Doe",)))
    assert found == [{0, 1, 2}]


def test_resolution_compares_no_more_people_of_one_name_than_a_few() -> None:
    many = [("", None, (f"Ann{n} Doe{n}",)) for n in range(200)]
    assert len(persons(*many)) == len(many)

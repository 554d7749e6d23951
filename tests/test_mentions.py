"""What is named: tagger and knowledge base, posts beside names, role phrases, pronouns; offsets always exact."""

from datetime import date
from itertools import pairwise

import pytest
from building import SmallKnowledge, entry, make_doc, name_entities, office
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Span

from kg.knowledge import NameKind
from kg.mentions import PLURAL, find_mentions
from kg.model import FIRST_PERSON, Block, BlockKind, Document, Mention, MentionKind
from kg.pipeline import Tools, read_article

KNOWN = SmallKnowledge(
    entry("Q7747", "Vladimir Putin"),
    entry("Q22686", "Donald Trump"),
    entry("Q159", "Russia", "Country"),
    entry("Q649", "Moscow", "City"),
    entry("Q43", "Turkey", "Country"),
    entry("Q15", "Russo-Ukrainian war", "Event"),
    entry("Q212", "Ukraine", "Country"),
    entry("Q7184", "NATO", "Organization"),
    names=[
        ("Putin", "Q7747", NameKind.SURNAME, 0.9),
        ("Trump", "Q22686", NameKind.SURNAME, 0.9),
        ("Russian", "Q159", NameKind.DEMONYM, 0.9),
        ("Moscow", "Q159", NameKind.METONYM, 0.4),
        ("war in Ukraine", "Q15", NameKind.ALIAS, 0.9),
    ],
    offices=[
        office("Q7747", "president", "Q159", date(2012, 5, 7)),
        office("Q22686", "president", "Q159", date(2000, 1, 1), date(2008, 1, 1)),
    ],
)


def mentions_of(line: str, published: date | None = date(2025, 7, 4), **labels: str) -> list[Mention]:
    doc, _, spans = make_doc(line)
    name_entities(doc, **labels)
    found = list(find_mentions(doc, spans, KNOWN, published))
    assert all(doc.text[mention.begin : mention.end] == mention.text for mention in found)
    return found


def test_mentions_take_names_from_the_tagger_and_the_knowledge_base() -> None:
    found = mentions_of("Steve Witkoff met/VERB/meet Putin .", PER="Steve Witkoff")
    assert [(m.text, m.label, m.candidates) for m in found] == [
        ("Steve Witkoff", "PER", ()),
        ("Putin", "PER", ("Q7747",)),
    ]


def test_mentions_keep_the_longer_name() -> None:
    assert [m.text for m in mentions_of("They saw/VERB/see Vladimir Putin .", PER="Putin")][1:] == ["Vladimir Putin"]
    assert [m.text for m in mentions_of("It joined/VERB/join Bank Russia .", ORG="Bank Russia")] == ["Bank Russia"]


def test_mentions_join_the_pieces_of_one_name() -> None:
    [found] = mentions_of("Ivanovich Vladimir Putin spoke/VERB/speak .", PER="Ivanovich")
    assert (found.text, found.candidates) == ("Ivanovich Vladimir Putin", ("Q7747",))


def test_mentions_take_no_capital_at_the_head_of_a_sentence_for_a_name() -> None:
    assert mentions_of("Turkey/NOUN is tasty/ADJ .") == []
    assert [m.text for m in mentions_of("Guests left/VERB/leave Turkey .")] == ["Turkey"]


def test_mentions_take_no_number_for_a_name() -> None:
    assert mentions_of("Two/NUM banks/NOUN closed/VERB/close .", ORG="Two") == []


@pytest.mark.parametrize(
    ("line", "label", "tagged", "expected"),
    [
        ("It was The/DET here .", "ORG", "The", []),
        ("The Secretary General spoke/VERB/speak .", "ORG", "Secretary General", []),
        ("Commissioner for Equality spoke/VERB/speak .", "ORG", "Commissioner for Equality", []),
        ("President of Russia spoke/VERB/speak .", "ORG", "President of Russia", ["Russia"]),
        (
            "It asked/VERB/ask State Department Spokesperson .",
            "ORG",
            "State Department Spokesperson",
            ["State Department"],
        ),
        ("The Bureau of/ADP the Islands spoke/VERB/speak .", "ORG", "Bureau of", ["Bureau"]),
    ],
    ids=["small-word", "title", "post", "post-of-a-country", "post-behind", "cut-off"],
)
def test_mentions_trim_what_the_tagger_finds(line: str, label: str, tagged: str, expected: list[str]) -> None:
    assert [m.text for m in mentions_of(line, **{label: tagged}) if m.kind is MentionKind.NAME] == expected


def test_mentions_add_the_surname_that_the_tagger_left_off() -> None:
    assert [m.text for m in mentions_of("Guests met/VERB/meet Gary Fan .", PER="Gary")] == ["Gary Fan"]


def test_mentions_join_no_adjective_to_a_name() -> None:
    doc, _, spans = make_doc("Nonpartisan Paul Tse won/VERB/win .")
    name_entities(doc, PER="Paul Tse")
    doc.ents = [*doc.ents, Span(doc, 0, 1, label="PER")]
    assert [m.text for m in find_mentions(doc, spans, KNOWN, None)] == ["Paul Tse"]


def test_mentions_tell_demonyms_from_names() -> None:
    [found] = mentions_of("The Russian army/NOUN moved/VERB/move .")
    assert (found.kind, found.label, found.candidates) == (MentionKind.DEMONYM, "NORP", ("Q159",))


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("Talks in Moscow ended/VERB/end .", "Q649"),
        ("Late/ADV on/ADV Moscow rejected/VERB/reject it .", "Q159"),
        ("It was Moscow ’s answer .", "Q159"),
        ("A deal with Moscow is near/ADJ .", "Q159"),
        ("Putin accused/VERB/accuse Moscow of treason/NOUN .", "Q159"),
        ("New/ADJ sanctions on Moscow followed/VERB/follow .", "Q159"),
        ("They praised/VERB/praise Moscow .", "Q649"),
    ],
    ids=["place", "subject", "possessor", "party", "accused", "sanctioned", "praised"],
)
def test_mentions_read_a_capital_as_place_or_government(line: str, first: str) -> None:
    [found] = [m for m in mentions_of(line) if m.text == "Moscow"]
    assert found.candidates[0] == first


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("The Joint Council for the Welfare of Cats met/VERB .", ["Joint Council for the Welfare of Cats"]),
        ("The Joint Council for Welfare of Cats met/VERB .", ["Joint Council for Welfare of Cats"]),
        ("The Joint Council with Welfare of Cats met/VERB .", ["Joint Council", "Welfare of Cats"]),
        ("The Joint Council for NATO met/VERB .", ["Joint Council", "NATO"]),
    ],
    ids=["article", "bare", "other-preposition", "known"],
)
def test_mentions_join_a_body_and_what_it_is_for(line: str, names: list[str]) -> None:
    assert [m.text for m in mentions_of(line, ORG="Joint Council|Welfare of Cats")] == names


def test_mentions_find_a_conflict_and_the_party_in_its_name() -> None:
    found = mentions_of("The war in Ukraine goes/VERB/go on .")
    assert [(m.text, m.label) for m in found] == [("war in Ukraine", "EVENT"), ("Ukraine", "LOC")]


@pytest.mark.parametrize(
    ("line", "title", "body"),
    [
        ("Russian President Putin spoke/VERB/speak .", "President", "Russian"),
        ("Former/ADJ president Trump spoke/VERB/speak .", "Former president", None),
        ("Russia ’s foreign/ADJ minister Lavrov spoke/VERB/speak .", "foreign minister", "Russia"),
        ("Lavrov , spokesman for NATO , spoke/VERB/speak .", "spokesman", "NATO"),
        ("Lavrov , the Russian foreign/ADJ minister , spoke/VERB/speak .", "foreign minister", "Russian"),
        ("President Putin of Russia spoke/VERB/speak .", "President", "Russia"),
        ("The Secretary General of NATO , Lavrov , spoke/VERB/speak .", "Secretary General", "NATO"),
        ("Chairman of NATO Lavrov spoke/VERB/speak .", "Chairman", "NATO"),
        ("The president of the Russia region/NOUN , Lavrov , spoke/VERB/speak .", "president", "Russia"),
        ("The head of NATO ( the Alliance ) , Lavrov , spoke/VERB/speak .", "head", "NATO"),
        ("The head of Russia ’s NATO , Lavrov , spoke/VERB/speak .", "head", "NATO"),
        ("Lavrov , now secretary of Russia ’s NATO , spoke/VERB/speak .", "secretary", "NATO"),
        ("Lavrov , head of policy at NATO , spoke/VERB/speak .", "head of policy", "NATO"),
    ],
)
def test_mentions_read_the_post_beside_a_name(line: str, title: str, body: str | None) -> None:
    found = mentions_of(line, PER="Lavrov")
    person = next(m for m in found if m.label == "PER")
    assert person.title == title
    named = next((m.text for m in found if m.begin == person.body), None)
    assert named == body


@pytest.mark.parametrize(
    ("name", "holder"), [("Vlad Putin", "Q7747"), ("Boris Nemtsov", None)], ids=["shares-a-word", "somebody-else"]
)
def test_mentions_take_the_holder_of_the_post_whose_name_agrees(name: str, holder: str | None) -> None:
    found = mentions_of(f"Russian President {name} spoke/VERB/speak .", PER=name)
    person = next(m for m in found if m.label == "PER")
    assert person.holder == holder
    assert person.candidates == ((holder,) if holder else ())


def test_mentions_read_a_second_post_behind_a_name() -> None:
    found = mentions_of("General Lavrov , spokesman for NATO , spoke/VERB/speak .", PER="Lavrov")
    assert [(m.kind, m.title) for m in found if m.title] == [
        (MentionKind.NAME, "General"),
        (MentionKind.ROLE, "spokesman"),
    ]
    name, role = (m for m in found if m.title)
    assert role.antecedent == name.begin
    assert next(m.text for m in found if m.begin == role.body) == "NATO"


@pytest.mark.parametrize(
    ("day", "holder"),
    [(date(2025, 7, 4), "Q7747"), (date(2005, 1, 1), None), (None, None)],
    ids=["now", "not-yet", "-"],
)
def test_mentions_take_the_only_bearer_of_a_name_who_holds_such_a_post(day: date | None, holder: str | None) -> None:
    person = next(m for m in mentions_of("President Putin spoke/VERB/speak .", day) if m.label == "PER")
    assert person.holder == holder


def test_mentions_keep_a_body_whose_name_is_all_words_of_titles() -> None:
    found = mentions_of("They saw/VERB/see National Security Council aides .", ORG="National Security Council")
    assert [m.text for m in found if m.label == "ORG"] == ["National Security Council"]


def test_mentions_read_no_post_of_another_person() -> None:
    found = mentions_of("Lavrov , who met/VERB/meet the president , spoke/VERB/speak .", PER="Lavrov")
    assert found[0].title is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("The Treaty of Elsewhere was old/ADJ .", ["The Treaty of Elsewhere"]),
        ("They signed/VERB the Convention on the Rights of the Child .", ["Convention on the Rights of the Child"]),
        ("They passed/VERB the Bigger Budget Act on Monday .", ["Bigger Budget Act"]),
        ("They changed/VERB the New Charter of Ukraine .", ["New Charter", "Ukraine"]),
        ("On Liberty Day they met/VERB/meet .", ["Liberty Day"]),
        ("Every/DET Day counts/VERB/count .", []),
    ],
)
def test_mentions_find_the_names_of_documents_and_days(line: str, names: list[str]) -> None:
    assert [m.text for m in mentions_of(line) if m.kind is MentionKind.NAME] == names


@pytest.mark.parametrize(
    "line",
    [
        "After talks with Lavrov , the Russian/ADJ president left/VERB/leave Paris .",
        "Through a spokesman , Lavrov welcomed/VERB/welcome the deal .",
        "Lavrov , the son of the Russian/ADJ president , spoke/VERB/speak .",
    ],
)
def test_mentions_give_nobody_the_post_that_stands_beside_him_by_chance(line: str) -> None:
    assert [m.title for m in mentions_of(line, PER="Lavrov") if m.text == "Lavrov"] == [None]


def test_mentions_read_the_department_of_a_minister_as_part_of_the_post() -> None:
    line = "Secretary of Trade and Home Security Ann Lee spoke/VERB/speak ."
    found = mentions_of(line, PER="Ann Lee", ORG="Home Security")
    assert [(m.text, m.title) for m in found] == [("Ann Lee", "Secretary of Trade and Home Security")]
    [council, *_] = mentions_of(
        "Secretary of the Trade Council Ann Lee spoke/VERB/speak .", PER="Ann Lee", ORG="Trade Council"
    )
    assert (council.text, council.label) == ("Trade Council", "ORG")


def test_mentions_cut_a_department_off_the_country_before_a_post() -> None:
    found = mentions_of(
        "Russian External Affairs Minister Lavrov spoke/VERB/speak .", PER="Lavrov", ORG="Russian External Affairs"
    )
    assert [(m.text, m.title) for m in found] == [("Russian", None), ("Lavrov", "External Affairs Minister")]


def test_mentions_find_role_phrases_with_their_holder_of_the_day() -> None:
    [role] = [m for m in mentions_of("They asked/VERB/ask the Russian president .") if m.kind is MentionKind.ROLE]
    assert (role.text, role.title, role.candidates) == ("the Russian president", "president", ("Q7747",))
    [then] = [m for m in mentions_of("They asked/VERB/ask the Russian president .", date(2005, 1, 1)) if m.title]
    assert then.candidates == ("Q22686",)


def test_mentions_find_role_phrases_whose_country_follows() -> None:
    [role] = [m for m in mentions_of("It was the president of Russia .") if m.kind is MentionKind.ROLE]
    assert (role.text, role.candidates) == ("the president", ("Q7747",))


def test_mentions_take_no_indefinite_role_for_somebody() -> None:
    for line in ("They want/VERB a president .", "They met/VERB/meet a Russian/ADJ president ."):
        assert [m for m in mentions_of(line) if m.kind is MentionKind.ROLE] == []


@pytest.mark.parametrize("phrase", ["Both/DET leaders", "The leaders", "The two/NUM presidents"])
def test_mentions_find_plural_roles(phrase: str) -> None:
    [found] = mentions_of(f"{phrase} spoke/VERB/speak .")
    assert (found.kind, found.label) == (MentionKind.ROLE, PLURAL)


def test_mentions_find_pronouns_with_their_gender() -> None:
    found = mentions_of("He told/VERB/tell her that they won/VERB/win .")
    assert [(m.text, m.label) for m in found] == [("He", "m"), ("her", "f"), ("they", "plural")]
    assert {m.kind for m in found} == {MentionKind.PRONOUN}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("There the 79 -/PUNCT year/NOUN -/PUNCT old/ADJ left/VERB/leave .", ["the 79 - year - old"]),
        ("There the veteran/ADJ politician left/VERB/leave .", ["the veteran politician"]),
        ("There a veteran/ADJ politician left/VERB/leave .", []),
        ("There the old/ADJ man left/VERB/leave .", []),
        ("There the 79 -/PUNCT year/NOUN -/PUNCT old/ADJ bridge fell/VERB/fall .", []),
    ],
    ids=["age", "noun", "indefinite", "no-age", "of-a-thing"],
)
def test_mentions_find_persons_by_age_and_calling(line: str, found: list[str]) -> None:
    assert [m.text for m in mentions_of(line) if m.kind is MentionKind.NOMINAL] == found


def test_mentions_find_the_first_person_but_no_numeral() -> None:
    found = mentions_of("I/PRON lost/VERB/lose my/PRON hat after World War I/PROPN .")
    assert [m.text for m in found if m.label == FIRST_PERSON] == ["I", "my"]


@pytest.mark.parametrize(
    ("lines", "antecedent"),
    [
        (["Russia said/VERB/say it would/AUX stop/VERB/stop ."], "Russia"),
        (["NATO raised/VERB/raise its budget ."], "NATO"),
        (["Russia called/VERB/call .", "It wants/VERB/want talks ."], "Russia"),
        (["The ministry said/VERB/say it would/AUX stop/VERB/stop ."], "ministry"),
        (["Moscow rejected/VERB/reject it ."], None),
        (["Putin said/VERB/say it would/AUX stop/VERB/stop ."], None),
    ],
    ids=["clause", "possessive", "sentence-before", "common-noun", "own-object", "person"],
)
def test_mentions_tell_what_it_takes_up(lines: list[str], antecedent: str | None) -> None:
    doc, _, spans = make_doc(*lines)
    name_entities(doc, PER="Putin")
    found = [m for m in find_mentions(doc, spans, KNOWN, None) if m.label == "neuter"]
    offset = doc.text.index(antecedent) if antecedent else None
    assert [m.antecedent for m in found] == ([] if antecedent is None else [offset])


def test_mentions_find_bare_nouns_that_may_take_up_a_name() -> None:
    found = mentions_of("Guests left/VERB/leave the country , the small/ADJ country and a country of/ADP hills .")
    assert [(m.text, m.label) for m in found if m.kind is MentionKind.NOMINAL] == [("the country", "country")]


def test_mentions_are_in_text_order_and_do_not_overlap_but_inside_conflicts() -> None:
    found = mentions_of("Russian President Vladimir Putin told/VERB/tell Donald Trump that he left/VERB/leave Moscow .")
    assert [m.begin for m in found] == sorted(m.begin for m in found)
    assert all(first.end <= second.begin for first, second in pairwise(found))


# ── any text, read by the real reader ────────────────────────────────────────────────────────────

PIECES = st.sampled_from(
    [
        *"“”‘’\"'–—-,.:;()…é🙂İß",
        *("Putin", "President Trump", "the Russian president", "both leaders", "war in Ukraine", "U.S.", "Moscow’s"),
        *("said", "told", "according to", "met", "phoned", "struck", "not", "who", "he", "his", "and", "between"),
        *(
            "on Friday",
            "July 3, 2025",
            "for nearly an hour",
            "sixth",
            "$5 billion",
            "12 people were killed",
            "of",
            "in",
        ),
        *("\n", "\n\n", "A.", "Mr.", "“We want peace in Ukraine,”"),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=6), min_size=1, max_size=40).map(" ".join)


@pytest.fixture(scope="module")
def tools() -> Tools:
    return Tools.load()


def document_of(text: str) -> Document:
    """A paragraph a line, as documents give it."""
    blocks, begin = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(begin=begin, end=begin + len(line), kind=BlockKind.PARAGRAPH))
        begin += len(line) + 1
    return Document(identifier="a.txt", text=text, blocks=tuple(blocks), published=date(2025, 7, 4))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_mentions_and_all_else_that_is_read_stands_where_it_says(tools: Tools, text: str) -> None:
    reading = read_article(document_of(text), tools)
    numbered = range(len(reading.sentences))
    mentions = [mention for actor in reading.actors for mention in actor.mentions]
    for span in (*reading.sentences, *mentions, *reading.quotes):
        assert text[span.begin : span.end] == span.text
        assert span.text
    for mention in mentions:
        sentence = reading.sentences[mention.sentence]
        assert sentence.begin <= mention.begin < mention.end <= sentence.end
    for event in reading.events:
        assert all(0 <= begin < end <= len(text) for begin, end in event.triggers)
        assert {*event.sentences, *(a.sentence for a in event.assertions)} <= set(numbered)
    keys = {actor.key for actor in reading.actors}
    assert {quote.speaker for quote in reading.quotes} | {r.subject for r in reading.relations} <= keys
    assert read_article(document_of(text), tools) == reading

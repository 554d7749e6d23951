"""Which mentions are one thing: short forms, acronyms, roles, pronouns."""

import re

import pytest
from building import SmallKnowledge, entry, make_doc, office

from kg.coreference import resolve_coreference, resolve_first_person
from kg.model import FIRST_PERSON, Actor, BlockKind, Mention, MentionKind, Quote, Sentence

KNOWN = SmallKnowledge(
    entry("Q7747", "Vladimir Putin", gender="m"),
    entry("Q60", "Ursula von der Leyen", gender="f"),
    entry("Q22686", "Donald Trump", gender="m"),
    offices=[office("Q22686", "president", "Q30")],
)
KINDS = {"he": "m", "him": "m", "his": "m", "she": "f", "they": "plural"}


def chains_of(*lines: str, knowledge: SmallKnowledge = KNOWN, **facts: dict[str, object]) -> list[list[str]]:
    """Texts of each chain. Names are marked "[Steve_Witkoff|PER]", roles "[the_president|ROLE]"; `facts` by text."""
    plain = [re.sub(r"\[(\w+)\|\w+\]", lambda m: " ".join(f"{w}/PROPN" for w in m[1].split("_")), x) for x in lines]
    doc, sentences, _ = make_doc(*plain)
    mentions, at = [], 0
    marks = [found for line in lines for found in re.findall(r"\[(\w+)\|(\w+)\]|\b(he|him|his|she|they)\b", line)]
    for marked, label, pronoun in marks:
        text = marked.replace("_", " ") or pronoun
        at = doc.text.index(text, at)
        kind = MentionKind.PRONOUN if pronoun else MentionKind.ROLE if label in {"ROLE", "PLURAL"} else MentionKind.NAME
        mentions.append(
            Mention(
                begin=at,
                end=at + len(text),
                text=text,
                kind=kind,
                label=KINDS.get(pronoun) or ("PER" if label == "ROLE" else label),
                sentence=next(n for n, s in enumerate(sentences) if s.begin <= at < s.end),
                candidates=facts.get(marked, {}).get("candidates", ()),
                title=facts.get(marked, {}).get("title"),
                antecedent=doc.text.index(facts[marked]["of"]) if "of" in facts.get(marked, {}) else None,
                body=doc.text.index(facts[marked]["body"]) if "body" in facts.get(marked, {}) else None,
            )
        )
        at += len(text)
    return [
        [mention.text for mention in chain.mentions]
        for chain in resolve_coreference(doc.text, sentences, mentions, knowledge)
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[Steve_Witkoff|PER] left and [Witkoff|PER] returned .", [["Steve Witkoff", "Witkoff"]]),
        ("[Witkoff|PER] left and [Steve_Witkoff|PER] returned .", [["Witkoff", "Steve Witkoff"]]),
        ("[Steve_Witkoff|PER] left and [Steve|PER] returned .", [["Steve Witkoff", "Steve"]]),
        ("[US_State_Department|ORG] and [State_Department|ORG] .", [["US State Department", "State Department"]]),
        ("[European_Commission|ORG] and the [Commission|ORG] .", [["European Commission", "Commission"]]),
        ("[Bank_Berlin|ORG] and [Berlin|LOC] .", [["Bank Berlin"], ["Berlin"]]),
        ("[Supreme_Court_of_Appeal|ORG] and [Supreme_Court|ORG] .", [["Supreme Court of Appeal", "Supreme Court"]]),
        (
            "[Council_of_Europe|ORG] , [Council_on_Trade|ORG] , [Council|ORG] .",
            [["Council of Europe"], ["Council on Trade"], ["Council"]],
        ),
        (
            "[Commission_of_the_State_Council|ORG] and the [State_Council|ORG] .",
            [["Commission of the State Council"], ["State Council"]],
        ),
        ("[North_Korea|LOC] fired . the [North|ORG] fired .", [["North Korea", "North"]]),
        (
            "[Ann_Miller|PER] and [Bob_Miller|PER] : [Miller|PER] left .",
            [["Ann Miller"], ["Bob Miller"], ["Miller"]],
        ),
    ],
    ids=[
        "surname",
        "surname-first",
        "first-name",
        "end-of-name",
        "head-word",
        "place-is-no-body",
        "begin-of-a-body",
        "begin-of-two-bodies",
        "part-of-a-name",
        "half",
        "ambiguous",
    ],
)
def test_coreference_joins_short_forms(line: str, expected: list[list[str]]) -> None:
    assert chains_of(line) == expected


@pytest.mark.parametrize(
    ("line", "joined"),
    [
        ("[Korean_Central_News_Agency|ORG] said it , [KCNA|ORG] repeated it .", True),
        ("[Atomic_Energy_Agency|ORG] ( [IAEA|ORG] ) spoke .", True),
        ("[Atomic_Energy_Agency|ORG] met and [IAEA|ORG] spoke .", False),
        ("[Korean_Central_News_Agency|ORG] said it , [NATO|ORG] denied it .", False),
    ],
    ids=["initials", "parentheses", "no-parentheses", "others"],
)
def test_coreference_joins_acronyms(line: str, joined: bool) -> None:
    assert (len(chains_of(line)) == 1) is joined


def test_coreference_joins_names_of_one_entry() -> None:
    same = {"candidates": ("Q30",)}
    assert chains_of("[US|LOC] and [America|LOC] .", US=same, America=same) == [["US", "America"]]


def test_coreference_gives_a_role_to_its_holder() -> None:
    facts = {"Vladimir_Putin": {"candidates": ("Q7747",)}, "the_president": {"candidates": ("Q7747",)}}
    assert chains_of("[Vladimir_Putin|PER] came .", "[the_president|ROLE] left .", **facts) == [
        ["Vladimir Putin", "the president"]
    ]


def test_coreference_gives_a_role_to_the_person_with_that_post() -> None:
    facts = {"Ann_Miller": {"title": "Prime Minister"}, "the_minister": {"title": "minister"}}
    lines = ("[Bob_Stone|PER] met [Ann_Miller|PER] .", "[the_minister|ROLE] left .")
    assert chains_of(*lines, **facts) == [["Bob Stone"], ["Ann Miller", "the minister"]]


def test_coreference_lets_a_role_of_another_body_alone() -> None:
    facts = {
        "Ann_Miller": {"title": "minister", "body": "France"},
        "the_minister": {"title": "minister", "body": "Spain"},
    }
    lines = ("[France|LOC] sent [Ann_Miller|PER] to [Spain|LOC] .", "[the_minister|ROLE] left .")
    assert ["Ann Miller"] in chains_of(*lines, **facts)


def test_coreference_gives_a_post_to_the_name_that_it_stands_behind() -> None:
    facts = {"spokesman_for_Nato": {"title": "spokesman", "of": "Merz"}}
    line = "[Trump|PER] met General [Merz|PER] , [spokesman_for_Nato|ROLE] ."
    assert ["Merz", "spokesman for Nato"] in chains_of(line, **facts)


def test_coreference_makes_a_chain_of_a_role_whose_holder_is_known() -> None:
    facts = {"the_president": {"candidates": ("Q7747",)}}
    assert chains_of("[the_president|ROLE] left .", **facts) == [["the president"]]
    assert chains_of("[the_president|ROLE] left .") == []


def test_coreference_puts_both_leaders_in_two_chains() -> None:
    facts = {"both_leaders": {"title": "leaders"}}
    lines = ("[Trump|PER] met [Putin|PER] .", "[Trump|PER] and [Putin|PER] spoke ; [Merz|PER] waited .")
    assert chains_of(*lines, "[both_leaders|PLURAL] left .", **facts) == [
        ["Trump", "Trump", "both leaders"],
        ["Putin", "Putin", "both leaders"],
        ["Merz"],
    ]


def test_coreference_finds_no_group_of_one() -> None:
    assert chains_of("[Trump|PER] came .", "[both_leaders|PLURAL] left .", both_leaders={"title": "leaders"}) == [
        ["Trump"]
    ]


@pytest.mark.parametrize(
    ("lines", "chain"),
    [
        (["[Trump|PER] met [Putin|PER] .", "Then he left ."], ["Trump", "he"]),
        (["[Trump|PER] left .", "[Putin|PER] came .", "Then he spoke ."], ["Putin", "he"]),
        (["[Trump|PER] left .", "[Ursula_von_der_Leyen|PER] came .", "Then he spoke ."], ["Trump", "he"]),
        (["[Putin|PER] came .", "There [Trump|PER] told him so ."], ["Putin", "him"]),
        (["[Trump|PER] left .", "Then he took his hat ."], ["Trump", "he", "his"]),
        (["[Trump|PER] left .", "Then he ate .", "So he sat .", "Now he sang ."], ["Trump", "he", "he", "he"]),
    ],
    ids=["subject-first", "nearest-sentence", "gender", "object-is-not-the-subject", "pronoun-after-pronoun", "far"],
)
def test_coreference_resolves_pronouns(lines: list[str], chain: list[str]) -> None:
    facts = {"Ursula_von_der_Leyen": {"candidates": ("Q60",)}}
    assert chain in chains_of(*lines, **facts)


def test_coreference_leaves_pronouns_that_are_too_far() -> None:
    assert chains_of("[Trump|PER] left .", "Rain .", "Rain .", "Then he spoke .") == [["Trump"]]


def test_coreference_gives_it_to_the_thing_that_the_tree_suggests() -> None:
    text = "NATO met Putin. It left. It stayed."
    sentence = Sentence(begin=0, end=len(text), text=text, kind=BlockKind.PARAGRAPH)
    nato = Mention(begin=0, end=4, text="NATO", kind=MentionKind.NAME, label="ORG", sentence=0)
    putin = Mention(begin=9, end=14, text="Putin", kind=MentionKind.NAME, label="PER", sentence=0)
    its = [
        Mention(
            begin=begin, end=begin + 2, text="It", kind=MentionKind.PRONOUN, label="neuter", sentence=0, antecedent=at
        )
        for begin, at in ((16, 0), (25, 9))
    ]
    chains = resolve_coreference(text, [sentence], [nato, putin, *its], KNOWN)
    assert [[mention.begin for mention in chain.mentions] for chain in chains] == [[0, 16], [9]]


@pytest.mark.parametrize(
    ("other", "expected"),
    [("Putin", [["NATO", "the alliance"], ["Putin"]]), ("ASEAN", [["NATO"], ["ASEAN"]])],
    ids=["the-only-one", "one-of-two"],
)
def test_coreference_gives_a_noun_to_the_only_thing_that_it_fits(other: str, expected: list[list[str]]) -> None:
    text = f"NATO met {other}. He praised the alliance."
    end = text.index(".") + 1
    sentences = [
        Sentence(begin=begin, end=stop, text=text[begin:stop], kind=BlockKind.PARAGRAPH)
        for begin, stop in ((0, end), (end + 1, len(text)))
    ]
    label = "PER" if other == "Putin" else "ORG"
    names = [
        Mention(begin=0, end=4, text="NATO", kind=MentionKind.NAME, label="ORG", sentence=0),
        Mention(begin=9, end=end - 1, text=other, kind=MentionKind.NAME, label=label, sentence=0),
    ]
    at = text.index("the alliance")
    noun = Mention(begin=at, end=at + 12, text="the alliance", kind=MentionKind.NOMINAL, label="alliance", sentence=1)
    chains = resolve_coreference(text, sentences, [*names, noun], KNOWN)
    assert [[mention.text for mention in chain.mentions] for chain in chains] == expected


def test_coreference_leaves_they_alone() -> None:
    assert chains_of("[Trump|PER] met [Putin|PER] .", "Then they left .") == [["Trump"], ["Putin"]]


def test_coreference_leaves_pronouns_inside_quotations() -> None:
    assert chains_of("[Trump|PER] spoke : “ Then he left . ”") == [["Trump"]]


def test_coreference_orders_chains_by_first_mention() -> None:
    assert chains_of("[Putin|PER] , [Steve_Witkoff|PER] , [Merz|PER] .") == [["Putin"], ["Steve Witkoff"], ["Merz"]]


def first_persons(*quotes: tuple[str, bool, str]) -> dict[str, list[int]]:
    """Where each actor says "I" in a text with these quotations (words, verbatim, speaker)."""
    text = "I think . I know . I see . The I of the beholder ."
    spoken = [
        Mention(begin=m.start(), end=m.end(), text="I", kind=MentionKind.PRONOUN, label=FIRST_PERSON, sentence=0)
        for m in re.finditer("I", text)
    ]
    actors = (
        Actor(key="trump", type="Person", name="Trump"),
        Actor(key="merz", type="Person", name="Merz"),
        Actor(key="nato", type="Organization", name="NATO"),
    )
    said = [
        Quote(
            begin=text.index(words),
            end=text.index(words) + len(words),
            text=words,
            verbatim=verbatim,
            sentences=(0,),
            speaker=speaker,
        )
        for words, verbatim, speaker in quotes
    ]
    found = resolve_first_person(actors, spoken, said)
    return {actor.key: [mention.begin for mention in actor.mentions] for actor in found if actor.mentions}


@pytest.mark.parametrize(
    ("quotes", "expected"),
    [
        ([("I think .", True, "trump"), ("I see .", True, "merz")], {"trump": [0], "merz": [19]}),
        ([("I think . I know . I see .", True, "trump"), ("I know .", True, "merz")], {"trump": [0, 19], "merz": [10]}),
        ([("I think .", False, "trump")], {}),
        ([("I think .", True, "nato")], {}),
        ([], {}),
    ],
    ids=["speakers", "quoted-in-a-quotation", "reported", "no-person", "no-quotation"],
)
def test_coreference_gives_the_first_person_to_the_speaker(
    quotes: list[tuple[str, bool, str]], expected: dict[str, list[int]]
) -> None:
    assert first_persons(*quotes) == expected


def described(text: str, *names: str, label: str = "PER", noun: str = "old") -> dict[str, list[str]]:
    """By name, the nominals that the text's names have; nominals are marked "<the 79-year-old>"."""
    plain = text.replace("<", "").replace(">", "")
    ends = [match.end() for match in re.finditer(r"\.", plain)]
    mentions = [(match.start(), match[0], MentionKind.NAME, label) for match in re.finditer("|".join(names), plain)]
    marked = enumerate(re.finditer(r"<(.+?)>", text))
    mentions += [(match.start() - 2 * number, match[1], MentionKind.NOMINAL, noun) for number, match in marked]
    made = [
        Mention(
            begin=begin,
            end=begin + len(words),
            text=words,
            kind=kind,
            label=label,
            sentence=next(n for n, end in enumerate(ends) if begin < end),
            candidates=tuple(c.id for c in KNOWN.candidates(words)),
        )
        for begin, words, kind, label in sorted(mentions)
    ]
    found = resolve_coreference(plain, [], made, KNOWN)
    chains = [[m.text for m in chain.mentions if m.kind is MentionKind.NOMINAL] for chain in found]
    return {c.mentions[0].text: taken for c, taken in zip(found, chains, strict=True) if taken}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Putin spoke. Then <the 72-year-old> left.", {"Putin": ["the 72-year-old"]}),
        ("Putin spoke. <The 72-year-old> ate. <The 72-year-old> left.", {"Putin": ["The 72-year-old"] * 2}),
        ("Putin met Merz, 70, there. <The 70-year-old> left.", {"Merz": ["The 70-year-old"]}),
        ("Putin (72) met Merz (72). <The 72-year-old> left.", {}),
        ("Putin met Merz. <The 72-year-old> left.", {}),
        ("Putin met <the 72-year-old>.", {}),
        ("A 45-year-old man left. Putin spoke. <The 45-year-old> returned.", {}),
    ],
    ids=["only-one", "again", "age", "two-of-an-age", "two", "own-sentence", "somebody-else"],
)
def test_coreference_gives_an_age_to_the_only_person_that_it_fits(text: str, expected: dict[str, list[str]]) -> None:
    assert described(text, "Putin", "Merz") == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("[Trump|PER] came .", "[the_former_president|ROLE] left ."), ["Trump", "the former president"]),
        (("[Trump|PER] met [the_former_president|ROLE] .",), ["Trump"]),
        (("[Putin|PER] came .", "[the_former_president|ROLE] left ."), ["Putin"]),
    ],
    ids=["held-it", "own-sentence", "never-held-it"],
)
def test_coreference_gives_a_role_to_who_ever_held_the_post(lines: tuple[str, ...], expected: list[str]) -> None:
    facts = {
        "Trump": {"candidates": ("Q22686",)},
        "Putin": {"candidates": ("Q7747",)},
        "the_former_president": {"title": "former president"},
    }
    assert expected in chains_of(*lines, **facts)


def test_coreference_takes_a_diplomat_without_more_for_the_only_person_near() -> None:
    facts = {"the_diplomat": {"title": "diplomat"}}
    assert chains_of("[Merz|PER] came .", "[the_diplomat|ROLE] left .", **facts) == [["Merz", "the diplomat"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Supreme Court met. It rained. <The court> ruled.", {"Supreme Court": ["The court"]}),
        ("<The court> met. The Supreme Court ruled.", {}),
        ("The Supreme Court and the High Court met. <The court> ruled.", {}),
        ("The Supreme Court met." + " It rained." * 6 + " <The court> ruled.", {}),
        ("The Court of Appeal met. <The court> ruled.", {"Court of Appeal": ["The court"]}),
        ("The Court Service met. <The court> ruled.", {}),
    ],
    ids=["named-before", "named-after", "one-of-two", "far", "before-of", "other-head"],
)
def test_coreference_gives_a_noun_to_the_only_body_with_it_in_its_name(
    text: str, expected: dict[str, list[str]]
) -> None:
    names = ("Supreme Court", "High Court", "Court of Appeal", "Court Service")
    assert described(text, *names, label="ORG", noun="court") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("the_Vice_President", [["Kamala Harris", "the Vice President"], ["Ferdinand Marcos"]]),
        ("the_President", [["Kamala Harris"], ["Ferdinand Marcos", "the President"]]),
        ("the_Foreign_Minister", [["Kamala Harris"], ["Ferdinand Marcos"]]),
    ],
)
def test_coreference_gives_a_role_to_the_bearer_of_that_post_and_rank(said: str, expected: list[list[str]]) -> None:
    posts = {"Kamala_Harris": {"title": "Vice President"}, "Ferdinand_Marcos": {"title": "President"}}
    line = f"[Kamala_Harris|PER] met [Ferdinand_Marcos|PER] . [{said}|ROLE] was pleased ."
    found = chains_of(line, **posts, **{said: {"title": said.replace("_", " ").removeprefix("the ")}})
    assert found == expected


def test_coreference_lets_a_title_leave_out_words_of_the_post() -> None:
    line = "[Gina_Raimondo|PER] came . [the_Secretary|ROLE] spoke ."
    posts = {"Gina_Raimondo": {"title": "Secretary of Commerce"}, "the_Secretary": {"title": "Secretary"}}
    assert chains_of(line, **posts) == [["Gina Raimondo", "the Secretary"]]


def test_coreference_gives_three_countries_to_the_three_of_the_nearest_sentence() -> None:
    facts = {name: {"candidates": (f"Q{n}",)} for n, name in enumerate(("Russia", "Ukraine", "Oman", "Iran"))}
    known = SmallKnowledge(*(entry(f"Q{n}", name, "Country") for n, name in enumerate(facts)))
    lines = (
        "[Iran|LOC] waited .",
        "[Russia|LOC] , [Ukraine|LOC] and [Oman|LOC] met .",
        "[three_countries|PLURAL] left .",
    )
    chains = chains_of(*lines, three_countries={"title": "countries"}, knowledge=known, **facts)
    assert chains == [["Iran"], *([name, "three countries"] for name in ("Russia", "Ukraine", "Oman"))]


def test_coreference_takes_who_was_he_before_for_no_she() -> None:
    lines = ("[Lin_Jian|PER] spoke .", "Then he named [Jane_Roe|PER] and she left .")
    assert chains_of(*lines) == [["Lin Jian", "he"], ["Jane Roe", "she"]]


def test_coreference_takes_no_country_where_two_met_for_one_of_both_sides() -> None:
    lines = (
        "Talks in [Oman|LOC] began .",
        "In Muscat in [Oman|LOC] [Iran|LOC] met [France|LOC] .",
        "[both_sides|PLURAL] left .",
    )
    chains = chains_of(*lines, both_sides={"title": "sides"})
    assert [names[0] for names in chains if "both sides" in names] == ["Iran", "France"]


def test_coreference_knows_by_a_first_name_who_is_she() -> None:
    lines = ("[Vladimir_Sorokin|PER] met [Ursula_Roe|PER] .", "Then she left .")
    assert chains_of(*lines) == [["Vladimir Sorokin"], ["Ursula Roe", "she"]]


def test_coreference_takes_the_two_of_a_sentence_before_those_of_more() -> None:
    lines = ("[Trump|PER] spoke .", "[Xi|PER] called [Putin|PER] and [the_two|PLURAL] agreed .")
    chains = chains_of(*lines, the_two={"title": ""})
    assert [names[0] for names in chains if "the two" in names] == ["Xi", "Putin"]

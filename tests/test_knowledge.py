"""The knowledge base: names, offices on a day, matching in text, and how sources are put together."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KnowledgeError
from kg.knowledge import KnowledgeBase, NameKind, normalize_name
from kg.knowledge.assembling import pack
from kg.knowledge.facts import Held, Named, Thing
from kg.knowledge.joining import curated_joins
from kg.knowledge.merging import merge
from kg.knowledge.names import name_shape
from kg.knowledge.naming import other_spellings, surname
from kg.knowledge.packing import read_packed, write_packed
from kg.knowledge.sources.factbook import demonyms, read_leaders
from kg.knowledge.sources.portal import read_links
from kg.knowledge.tenure import terms
from kg.knowledge.titles import same_title

RUSSIA, UKRAINE, UNITED_STATES, GERMANY = "Q159", "Q212", "Q30", "Q183"
CALL_DAY = date(2025, 7, 3)


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return KnowledgeBase.load()


# ── names ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("The U.S.", "us"),
        ("Côte d’Ivoire", "cote divoire"),
        ("People’s Republic of China", "people s republic of china"),
        ("J. D. Vance", "jd vance"),
        ("al-Shabaab", "al shabaab"),
        ("Recep Tayyip Erdoğan", "recep tayyip erdogan"),
        ("The", "the"),
    ],
)
def test_knowledge_normalizes_names(written: str, key: str) -> None:
    assert normalize_name(written) == key


@given(st.text(max_size=40))
def test_knowledge_normalizing_twice_changes_nothing(text: str) -> None:
    once = normalize_name(text)
    assert normalize_name(once) in {once, once.removeprefix("the ")}


def test_knowledge_shape_keeps_capitals() -> None:
    assert name_shape("the Hague") == "C"
    assert name_shape("U.S. Congress") == "UC"
    assert name_shape("al-Shabaab") == "lC"


def test_knowledge_surnames() -> None:
    assert surname("Ursula von der Leyen", None) == "von der Leyen"
    assert surname("Xi Jinping", "Q148") == "Xi"
    assert surname("Bongbong Marcos Jr.", None) == "Marcos"
    assert surname("Charles III", None) is None
    assert surname("Abiy Ahmed", "Q115") is None


def test_knowledge_transliterations() -> None:
    assert {"Iuri Ushakov", "Yury Ushakov"} <= set(other_spellings("Yuri Ushakov"))
    assert "Zelensky" in set(other_spellings("Zelenskyy"))
    assert list(other_spellings("Emmanuel Macron")) == []


# ── the packaged base ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "wikipedia"),
    [
        ("Vladimir Putin", "Vladimir_Putin"),
        ("Putin", "Vladimir_Putin"),
        ("Volodymyr Zelensky", "Volodymyr_Zelenskyy"),
        ("Iuri Ushakov", "Yuri_Ushakov"),
        ("U.S.", "United_States"),
        ("the Netherlands", "Netherlands"),
        ("Turkey", "Turkey"),
        ("Ireland", "Republic_of_Ireland"),
        ("Georgia", "Georgia_(country)"),
        ("PRC", "China"),
        ("IAEA", "International_Atomic_Energy_Agency"),
        ("NATO", "NATO"),
        ("IDF", "Israel_Defense_Forces"),
        ("Kharkiv", "Kharkiv"),
        ("Gaza", "Gaza_Strip"),
        ("Republic of Türkiye", "Turkey"),
        ("USAID", "United_States_Agency_for_International_Development"),
        ("Ukrainian Armed Forces", "Armed_Forces_of_Ukraine"),
        ("Lombardy", "Lombardy"),
        ("Khuzestan", "Khuzestan_Province"),
        ("Kishida Fumio", "Fumio_Kishida"),
        ("Mohamed bin Zayed", "Mohamed_bin_Zayed_Al_Nahyan"),
    ],
)
def test_knowledge_best_candidate(base: KnowledgeBase, name: str, wikipedia: str) -> None:
    assert base.entry(base.candidates(name)[0].id).wikipedia == wikipedia


@pytest.mark.parametrize(
    ("name", "country", "other"), [("Kremlin", RUSSIA, "Moscow_Kremlin"), ("Moscow", RUSSIA, "Moscow")]
)
def test_knowledge_metonym_before_the_place(base: KnowledgeBase, name: str, country: str, other: str) -> None:
    first, second, *_ = base.candidates(name)
    assert (first.id, first.kind) == (country, NameKind.METONYM)
    assert base.entry(second.id).wikipedia == other
    assert first.prior > second.prior


def test_knowledge_demonyms(base: KnowledgeBase) -> None:
    for word, country in [
        ("Russian", RUSSIA),
        ("Ukrainians", UKRAINE),
        ("American", UNITED_STATES),
        ("Germans", GERMANY),
    ]:
        best = base.candidates(word)[0]
        assert (best.id, best.kind) == (country, NameKind.DEMONYM)


def test_knowledge_priors_fall_and_stay_in_range(base: KnowledgeBase) -> None:
    for name in ("Supreme Court", "Lee", "Washington", "Congo"):
        priors = [candidate.prior for candidate in base.candidates(name)]
        assert priors == sorted(priors, reverse=True)
        assert 0 < sum(priors) <= 1.001


def test_knowledge_every_reference_leads_somewhere(base: KnowledgeBase) -> None:
    for entry_id in base:
        entry = base.entry(entry_id)
        assert entry.country is None or entry.country in base
        assert entry.wikidata is None or entry.wikidata.startswith("Q")
        assert entry.wikipedia is None or (" " not in entry.wikipedia and "#" not in entry.wikipedia)
        assert 0 <= entry.prior <= 1


@pytest.mark.parametrize(
    ("name", "gender"), [("Elaine", "f"), ("Oleh", "m"), ("Andrea", None), ("van", None), ("Xqzt", None)]
)
def test_knowledge_first_names_tell_the_gender(base: KnowledgeBase, name: str, gender: str | None) -> None:
    assert base.gender_of(name) == gender


def test_knowledge_unknown(base: KnowledgeBase) -> None:
    assert base.candidates("Nobody of That Name") == ()
    assert "Q0" not in base
    with pytest.raises(KnowledgeError, match="Q0"):
        base.entry("Q0")


# ── offices ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("title", "body", "day", "wikipedia"),
    [
        ("president", RUSSIA, CALL_DAY, "Vladimir_Putin"),
        ("President", UNITED_STATES, CALL_DAY, "Donald_Trump"),
        ("president", UNITED_STATES, date(2023, 7, 3), "Joe_Biden"),
        ("PM", "Q145", date(2023, 7, 3), "Rishi_Sunak"),
        ("chancellor", GERMANY, date(2024, 1, 1), "Olaf_Scholz"),
        ("minister of foreign affairs", "Q794", CALL_DAY, "Abbas_Araghchi"),
        ("leader", GERMANY, CALL_DAY, "Friedrich_Merz"),
        ("leader", "Q794", CALL_DAY, "Ali_Khamenei"),
        ("secretary general", "Q7184", date(2024, 1, 1), "Jens_Stoltenberg"),
        ("king", "Q35", CALL_DAY, "Frederik_X"),
        ("president", UNITED_STATES, date(2005, 6, 1), "George_W._Bush"),
        ("chancellor", GERMANY, date(2010, 1, 1), "Angela_Merkel"),
        ("secretary-general", "Q1065", date(2003, 3, 20), "Kofi_Annan"),
    ],
)
def test_knowledge_one_holder_on_a_day(base: KnowledgeBase, title: str, body: str, day: date, wikipedia: str) -> None:
    assert [base.entry(office.person).wikipedia for office in base.holders(title, body, day)] == [wikipedia]


def test_knowledge_holders_are_leaders_and_have_offices(base: KnowledgeBase) -> None:
    (putin,) = base.candidates("Vladimir Putin")[:1]
    assert base.entry(putin.id).leader
    assert ("President", RUSSIA) in {(office.title, office.body) for office in base.offices(putin.id, CALL_DAY)}


def test_knowledge_titles_compare_by_meaning() -> None:
    assert same_title("premier", "Prime Minister")
    assert same_title("Minister of Foreign Affairs", "foreign secretary")
    assert not same_title("president", "vice president")


# ── names in running text ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "start", "length"),
    [
        (["the", "U.S.", "president"], 1, 1),
        (["the", "U.S.", "president"], 0, 0),
        (["Port", "-", "au", "-", "Prince", "fell"], 0, 5),
        (["Xi", "Jinping", "said"], 0, 2),
        (["We", "eat", "turkey"], 2, 0),
        (["told", "us", "that"], 1, 0),
        (["Tell", "Us", "that"], 1, 0),
        (["North", "Korean", "leader"], 0, 2),
        (["PUTIN", "CALLS", "TRUMP"], 2, 1),
        (["People", "'s", "Republic", "of", "China"], 0, 5),
        (["He", "said"], 0, 0),
        (["Washington", ".", "State", "officials"], 0, 1),
        ([], 0, 0),
        (["-"], 0, 0),
    ],
)
def test_knowledge_longest_match(base: KnowledgeBase, words: list[str], start: int, length: int) -> None:
    assert base.longest_match(words, start) == length


@given(st.lists(st.text(min_size=1, max_size=12), max_size=12))
def test_knowledge_match_stays_inside_the_text(words: list[str]) -> None:
    base = _small_base()
    for start in range(len(words)):
        assert 0 <= base.longest_match(words, start) <= len(words) - start


def _small_base() -> KnowledgeBase:
    names = (
        Named(text="Examplia", kind=NameKind.NAME, weight=3.0),
        Named(text="Examplian", kind=NameKind.DEMONYM, weight=3.0),
        Named(text="EX", kind=NameKind.ACRONYM, weight=3.0),
    )
    thing = Thing(refs=("Q1", "w/Examplia"), source="test", trust=1, name="Examplia", type="Country", names=names)
    return KnowledgeBase(pack(merge([thing]), [], [], {}))


# ── putting sources together ─────────────────────────────────────────────────────────────────────


def test_knowledge_things_with_a_common_ref_are_one() -> None:
    one = Thing(refs=("Q7", "w/Ann_Example"), source="a", trust=1, name="Ann Example", type="Person")
    other = Thing(refs=("w/Ann_Example",), source="b", trust=2, name="Ann B. Example", country="Q1")
    (merged,) = merge([other, one])
    assert (merged.id, merged.name, merged.type, merged.country) == ("Q7", "Ann B. Example", "Person", "Q1")
    assert merge([other, one]) == merge([one, other])


def test_knowledge_a_country_lies_where_its_own_source_says() -> None:
    own = Thing(refs=("Q7",), source="a", trust=9, name="Examplia", type="Country")
    news = Thing(refs=("Q7",), source="b", trust=1, name="Examplia", country="Q1")
    assert merge([own, news])[0].country is None


@pytest.mark.parametrize(
    ("other", "joined"),
    [
        (Thing(refs=("w/Examplian_Army",), source="b", trust=1, name="Examplian Army", type="Thing"), True),
        (Thing(refs=("Q8",), source="b", trust=1, name="Examplian Army", type="Organization"), True),
        (Thing(refs=("w/Examplian_Army_(band)",), source="b", trust=1, name="Examplian Army", type="Thing"), False),
        (Thing(refs=("w/Examplian_Army",), source="b", trust=1, name="Examplian Army", type="Place"), False),
        (Thing(refs=("Q8", "w/Army_8"), source="b", trust=1, name="Examplian Army", type="Thing"), False),
    ],
    ids=["redirect", "id-alone", "hint", "place", "article-of-its-own"],
)
def test_knowledge_joins_redirects_to_curated_things(other: Thing, joined: bool) -> None:
    names = tuple(
        Named(text=text, kind=NameKind.NAME, weight=1.0) for text in ("Examplian Armed Forces", "Examplian Army")
    )
    curated = Thing(
        refs=("w/Examplian_Armed_Forces",),
        source="curated",
        trust=9,
        name="Examplian Armed Forces",
        type="GovernmentOrganization",
        names=names,
    )
    assert bool(list(curated_joins(merge([curated, other])))) is joined


def test_knowledge_an_open_term_ends_where_the_next_begins() -> None:
    old = Held(person="A", title="President", body="Q1", source="curated", begin=date(2020, 1, 1))
    new = Held(person="B", title="President", body="Q1", source="current-events", seen=(date(2026, 5, 2),))
    first, second = terms([new, old])
    assert (first.person, first.end) == ("A", date(2026, 5, 2))
    assert (second.person, second.begin, second.end) == ("B", date(2026, 5, 2), None)


def test_knowledge_a_sighting_against_the_lists_is_dropped() -> None:
    known = Held(person="A", title="President", body="Q1", source="factbook", begin=date(2020, 1, 1))
    loose = Held(person="B", title="President", body="Q1", source="current-events", seen=(date(2025, 5, 2),))
    assert [term.person for term in terms([known, loose])] == ["A"]


def test_knowledge_an_old_list_tells_nothing_of_later_years() -> None:
    old = Held(
        person="A",
        title="Health Minister",
        body="Q1",
        source="officeholders",
        begin=date(2020, 1, 1),
        known_until=date(2022, 12, 31),
    )
    (term,) = terms([old])
    assert term.end == date(2022, 12, 31)


def test_knowledge_reads_leaders() -> None:
    (leader,) = read_leaders("President Claudia SHEINBAUM Pardo (since 1 October 2024)")
    assert (leader.name, leader.family, leader.title) == ("Claudia Sheinbaum Pardo", "Sheinbaum", "President")
    assert leader.since == date(2024, 10, 1)
    assert [
        one.name for one in read_leaders("King CHARLES III (since 8 September 2022); represented by Ann Other")
    ] == ["Charles III"]
    assert list(read_leaders("President (vacant)")) == []


def test_knowledge_reads_demonyms() -> None:
    assert demonyms("Briton(s), British (collective plural)") == {"Briton", "Britons", "British"}
    assert demonyms("none") == set()


def test_knowledge_reads_links(tmp_path: Path) -> None:
    line = (
        "* [Examplian](https://en.wikipedia.org/wiki/Examplia) president [Ann Example](https://en.wikipedia.org/wiki/"
        "Ann_Example_%28politician%29#Life) resigns. [(Reuters)](https://example.org/a)\n"
    )
    (tmp_path / "2025-01-02.md").write_text(line, encoding="utf-8")
    first, second = read_links(tmp_path)
    assert (first.anchor, first.title, second.title) == ("Examplian", "Examplia", "Ann_Example_(politician)")
    assert second.before == "Examplian president "
    assert second.after.startswith(" resigns.")
    assert not second.heading
    assert list(read_links(tmp_path, skip=["2025-01-02"])) == []


# ── the file ─────────────────────────────────────────────────────────────────────────────────────


def test_knowledge_file_is_the_same_every_time(tmp_path: Path) -> None:
    packed = _small_base()._packed
    for name in ("one", "two"):
        write_packed(packed, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert read_packed(tmp_path / "one") == packed


@pytest.mark.parametrize("content", [b"", b"not gzip", b"\x1f\x8b\x08\x00truncated"])
def test_knowledge_broken_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.gz"
    path.write_bytes(content)
    with pytest.raises(KnowledgeError, match=r"broken\.gz"):
        KnowledgeBase.load(path)
    with pytest.raises(KnowledgeError, match="not found"):
        KnowledgeBase.load(tmp_path / "absent.gz")

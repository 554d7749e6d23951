"""Measures kg.times on data that is not part of the project: `python tests/measure_times.py --data ../shared/data`.

Two figures, each for rows of even index (looked at while the rules were written) and of odd index (held back):

1. `eval/timenorm_train.tsv`: phrase, TIMEX3 type and value, in blocks that a row with the document's date begins.
   The phrases are Spanish; `measure_times_spanish.tsv` translates the common ones. Left out are values that name
   no days (PRESENT_REF, PXM, …), clock times, sets, windows ("the last two years": we give days, TIMEX3 a
   duration) and phrases that the table does not translate. `--english FILE` reads a list with English phrases.
2. The dated events of `eval/dev/gold` beside the data: is the gold date one of the ranges found in the sentence of
   the event's snippet or the one before, or the article's own date?
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.model import BlockKind, DateRange, Sentence, TimeExpression
from kg.times import normalize_times, spans

SPANISH = Path(__file__).with_name("measure_times_spanish.tsv")
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One phrase with what it should give: a range, or a duration, or (left out) the reason."""

    phrase: str
    published: date
    value: str
    expected: DateRange | str | None
    reason: str = ""


def timex_range(value: str) -> DateRange | None:
    """Days of a TIMEX3 date value."""
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        return spans.one_day(spans.make_day(*map(int, match.groups())))
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return spans.month(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return spans.weekend_of(monday) if match[3] else spans.week_of(monday)
    if match := re.fullmatch(r"(\d{4})-([QH])(\d)", value):
        return spans.part_of_year(int(match[1]), int(match[3]), 4 if match[2] == "Q" else 2)
    if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return spans.months(int(match[1]), SEASONS[match[2]], 3)
    if re.fullmatch(r"\d{4}", value):
        return spans.year(int(value))
    if re.fullmatch(r"\d{3}", value):
        return spans.years(int(value) * 10, 10)
    if match := re.fullmatch(r"(\d\d)(?:XX)?", value):
        return spans.years(int(match[1]) * 100 + 1, 100)
    return None


def timex_duration(value: str) -> str | None:
    """A TIMEX3 duration in our writing: weeks as days, decades as years."""
    if match := re.fullmatch(r"P(\d+)(W|E)", value):
        return f"P{int(match[1]) * 7}D" if match[2] == "W" else f"P{int(match[1]) * 10}Y"
    return value if re.fullmatch(r"P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?", value) else None


def translated(phrase: str) -> str | None:
    """The English of a Spanish phrase, with the preposition that it needs."""
    words: dict[str, str] = {}
    phrases: list[tuple[str, str]] = []
    for line in SPANISH.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, source, target = line.split("\t")
            if kind == "word":
                words[source] = target
            else:
                phrases.append((source, target))
    text = re.sub(r"\w+", lambda match: words.get(match[0].lower(), match[0]), phrase)
    text = text[:1].lower() + text[1:] if text[:3] in {"El ", "La ", "Hoy", "Aye"} else text
    for source, target in phrases:
        if match := re.fullmatch(source, text):
            return match.expand(target)
    return None


def english_with_cue(phrase: str, kind: str) -> str:
    """A phrase of an English list, with a preposition as it would have in a sentence."""
    return f"for {phrase}" if kind == "DURATION" else f"in {phrase}"


def timex_rows(path: Path, *, english: bool) -> Iterator[Row]:
    """Rows of a list, without the documents' own dates."""
    published: date | None = None
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            published = None
            continue
        phrase, kind, value = line.split("\t")
        if published is None:
            published = date.fromisoformat(value[:10])
            continue
        expected = timex_range(value) if kind == "DATE" else timex_duration(value) if kind == "DURATION" else None
        text = english_with_cue(phrase, kind) if english else translated(phrase)
        reason = "" if expected else "clock time or set" if kind in {"TIME", "SET"} else "no days in the value"
        if expected and text is None:
            reason = "not translated"
        if expected and kind == "DURATION" and text and re.search(r"\b(?:last|past|next|ago)\b", text):
            reason = "window or 'ago' as a duration"
        yield Row(phrase=text or phrase, published=published, value=value, expected=expected, reason=reason)


def as_doc(text: str) -> Doc:
    """The text as one token: the times stage reads no tokens."""
    return Doc(Vocab(), words=[text], spaces=[False])


def read(text: str, published: date | None) -> tuple[TimeExpression, ...]:
    """The expressions of one sentence."""
    sentence = Sentence(begin=0, end=len(text), text=text, kind=BlockKind.PARAGRAPH)
    return normalize_times(as_doc(text), (sentence,), published)


def right(row: Row) -> bool:
    """Is one of the expressions what is expected? A third of a month lies in the month that TIMEX3 gives."""
    for found in read(f"The vote {row.phrase}.", row.published):
        if isinstance(row.expected, str):
            if found.duration == row.expected:
                return True
        elif found.range is not None and row.expected is not None:
            part = re.search(r"\b(?:early|mid|late|end|beginning|earlier|later)\b", row.phrase, re.IGNORECASE)
            inside = row.expected.begin <= found.range.begin and found.range.end <= row.expected.end
            if found.range == row.expected or (part and inside):
                return True
    return False


def measure_timex(path: Path, *, english: bool, show: bool) -> None:
    rows = list(timex_rows(path, english=english))
    left_out = Counter(row.reason for row in rows if row.reason)
    print(f"{path.name}: {len(rows)} phrases; left out: {dict(sorted(left_out.items()))}")
    for name, parity in (("even", 0), ("odd", 1)):
        part = [row for index, row in enumerate(rows) if index % 2 == parity and not row.reason]
        wrong = [row for row in part if not right(row)]
        print(f"  {name}: {len(part) - len(wrong)} of {len(part)} right = {1 - len(wrong) / max(1, len(part)):.3f}")
        if show and parity == 0:
            for row in wrong:
                got = [
                    (str(e.range.begin), str(e.range.end)) if e.range else e.duration
                    for e in read(f"The vote {row.phrase}.", row.published)
                ]
                print(f"    {row.published} {row.phrase!r} expected {row.value} got {got}")


def sentences_of(text: str) -> list[Sentence]:
    """Lines cut after a full stop before a capital: enough for measuring."""
    found: list[Sentence] = []
    for match in re.finditer(r"[^\n]+", text):
        begin = match.start()
        for cut in [*re.finditer(r"(?<![A-Z])(?<!\b(?:Mr|St|Dr))[.!?]”?\"?\s+(?=[A-Z“\"])", match[0]), None]:
            end = match.start() + cut.end() if cut else match.end()
            stripped = text[begin:end].strip()
            if stripped:
                start = text.index(stripped, begin)
                found.append(Sentence(begin=start, end=start + len(stripped), text=stripped, kind=BlockKind.PARAGRAPH))
            begin = end
    return found


def gold_range(value: str) -> DateRange | None:
    """Days of a gold date: a day, month, year, or two of them with a slash."""
    begin, _, end = value.partition("/")
    first, last = timex_range(begin), timex_range(end or begin)
    return None if first is None or last is None else spans.between(first.begin, last.end)


def measure_gold(folder: Path, *, show: bool) -> None:
    counts = {0: Counter[str](), 1: Counter[str]()}
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (folder / "articles" / f"{path.stem}.txt").read_text(encoding="utf-8")
        body = text.index("\n---", 3) + 4 if text.startswith("---") else 0
        text = text[body:]
        published = date.fromisoformat(gold["date"])
        sentences = sentences_of(text)
        times = normalize_times(as_doc(text), sentences, published)
        for index, event in enumerate(gold["events"]):
            at = text.find(event["snippet"])
            if event["date"] is None or at < 0:
                continue
            expected = gold_range(event["date"])
            here = next(i for i, s in enumerate(sentences) if s.begin <= at < s.end)
            near = {i: [t.range for t in times if t.sentence == i and t.range] for i in (here, here - 1)}
            where = "sentence" if expected in near[here] else "sentence before" if expected in near[here - 1] else ""
            if not where and expected == spans.one_day(published):
                where = "article's date"
            elif not where:
                where = "elsewhere" if any(time.range == expected for time in times) else "nowhere"
            counts[index % 2][where] += 1
            if show and index % 2 == 0 and where in {"elsewhere", "nowhere"}:
                found = [f"{span.begin}/{span.end}" for span in near[here]]
                print(f"    {gold['doc']} {published} gold {event['date']} found {found}: {sentences[here].text[:160]}")
    for name, parity in (("even", 0), ("odd", 1)):
        print(
            f"  gold events with a date, {name}: {sum(counts[parity].values())}: {dict(sorted(counts[parity].items()))}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder ../shared/data")
    parser.add_argument("--english", type=Path, help="a list like timenorm_train.tsv with English phrases")
    parser.add_argument("--show", action="store_true", help="print what is wrong in the rows of even index")
    options = parser.parse_args()
    measure_timex(options.data / "eval" / "timenorm_train.tsv", english=False, show=options.show)
    if options.english:
        measure_timex(options.english, english=True, show=options.show)
    measure_gold(options.data.parent / "eval" / "dev", show=options.show)


if __name__ == "__main__":
    main()

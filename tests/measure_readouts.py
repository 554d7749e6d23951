"""White House readouts as a test: the title, which is not read, says who called or met whom.

    python tests/measure_readouts.py --data ../shared/data [--show] [--half even|odd]

Counted are readouts whose title names a call or meeting of one leader with one named leader of a country. Right are the
class, both principals, and the day (the readout's own, which its first sentence calls "today" or by weekday).
"linked" says in how many both principals are found in the text and linked to the knowledge base.
Even rows are for looking at, odd rows are held back.
"""

import argparse
import json
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from building import as_document

from kg.model import ActorRef, DateRange, Document, Reading
from kg.pipeline import Tools, read_article

TITLE = re.compile(
    r"^Readout of (?P<a>.+?)[’']s? (?P<kind>Call|Meeting|Bilateral Meeting|Video Call|Phone Call|Virtual Meeting) "
    r"with (?P<b>.+)$"
)
NO_NAMES = frozenset(
    {
        "President",
        "Minister",
        "Chairman",
        "Director",
        "Secretary",
        "Head",
        "Republic",
        "Chief",
        "Speaker",
        "Director-General",
    }
)
BODIES = frozenset({"Council", "Commission", "Committee", "Party", "Ministry"})
SEVERAL = re.compile(r"\b(Leaders|Representatives|Members|Economists|Executives|CEOs|Ministers|Families|Officials)\b")
LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
POSTS = re.compile(
    r"\b(President-elect|President|Vice President|Prime Minister|Chancellor|King|Crown Prince|Prince|Emir|Sultan|Pope|"
    r"Taoiseach|Foreign Minister|Secretary-General|Secretary General|Premier|Amir|Sheikh|the|"
    r"National Security Advisor)\b|\b[DJ]r\."
)
KINDS = {"Call": "PhoneCall", "Phone Call": "PhoneCall", "Video Call": "PhoneCall"}


def surname(name: str) -> str:
    """The last word of a principal without posts."""
    words = POSTS.sub("", name).replace(",", " ").split()
    return words[-1] if words else ""


def of_land(principal: str) -> str:
    """ "Secretary of State for Defence Grant Shapps of the United Kingdom" without the country, "" without one."""
    parts = principal.split(" of ")
    ends = (n for n in range(1, len(parts)) if parts[n - 1].split()[-1] not in NO_NAMES)
    return next((" of ".join(parts[:n]).split(",")[0] for n in ends), "")


def rows(folder: Path) -> list[dict[str, Any]]:
    """Readouts with a title that names one call or meeting of two persons."""
    found = []
    for path in sorted((folder / "readouts").glob("*.md")):
        _, head, body = path.read_text(encoding="utf-8").split("---", 2)
        meta = yaml.safe_load(head)
        title = " ".join(str(meta["title"]).split())
        match = TITLE.match(title)
        if not match or SEVERAL.search(match["b"]) or " and " in match["a"] or " and " in match["b"]:
            continue
        people = surname(match["a"]), surname(of_land(match["b"]))
        if people[1] in BODIES:  # "Secretary of the Council of Mongolia Jane Roe"
            people = people[0], surname(match["b"])
        if all(name[:1].isupper() for name in people):
            kind = KINDS.get(match["kind"], "Meeting")
            day = date.fromisoformat(str(meta["date"]))
            found.append({"path": path.name, "title": title, "kind": kind, "people": people, "date": day, "body": body})
    return found


def document(row: dict[str, Any]) -> Document:
    """The body alone, one block a paragraph."""
    paragraphs = [" ".join(part.split()) for part in LINK.sub(r"\1", row["body"]).split("\n\n")]
    paragraphs = [part for part in paragraphs if part and not part.startswith("\\#")]
    return as_document(row["path"], "\n\n".join(paragraphs), published=row["date"])


def judge(row: dict[str, Any], reading: Reading) -> dict[str, bool]:
    """What the best-fitting event has right."""
    names = {actor.key: {actor.name, *actor.aliases} for actor in reading.actors}
    best = {"class": False, "principals": False, "day": False}
    for event in reading.events:
        people = [names[a.value.key] for a in event.assertions if isinstance(a.value, ActorRef)]
        both = all(any(any(p.lower() in n.lower() for n in group) for group in people) for p in row["people"])
        days = [a.value for a in event.assertions if isinstance(a.value, DateRange)]
        when = {row["date"], row["date"] - timedelta(days=1)}  # a readout may come out the day after
        day = any(d.begin == d.end and d.begin in when for d in days)
        mine = {"class": event.type == row["kind"], "principals": both, "day": day}
        best = max(best, mine, key=lambda b: (sum(b.values()), b["principals"]))
    return best


def linked(row: dict[str, Any], reading: Reading) -> bool:
    """Whether both principals are persons of the article with an entry in the knowledge base."""
    known = [
        {actor.name.lower(), *(alias.lower() for alias in actor.aliases)}
        for actor in reading.actors
        if actor.knowledge_id is not None and actor.type == "Person"
    ]
    return all(any(any(person.lower() in name for name in names) for names in known) for person in row["people"])


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--half", choices=["even", "odd", "all"], default="even")
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    chosen = rows(args.data)
    chosen = {"even": chosen[::2], "odd": chosen[1::2], "all": chosen}[args.half]
    tools = Tools.load()
    counts: Counter[str] = Counter()
    for row in chosen:
        text = document(row)
        reading = read_article(text, tools)
        result = judge(row, reading)
        counts["linked"] += linked(row, reading)
        if args.show and not linked(row, reading):
            people = [(a.name, a.knowledge_id) for a in reading.actors if a.type == "Person"]
            print("NOT LINKED", "|", row["title"], row["date"], "|", people)
        counts.update(name for name, good in result.items() if good)
        counts["all"] += all(result.values())
        if args.show and not all(result.values()):
            wrong = [name for name, good in result.items() if not good]
            print(wrong, "|", row["title"], row["date"], "|", text.text[:260].replace("\n", " "))
    print(json.dumps({"rows": len(chosen), **{name: round(n / len(chosen), 3) for name, n in sorted(counts.items())}}))


if __name__ == "__main__":
    main()

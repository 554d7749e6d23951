"""Compile the knowledge base: `python -m kg.knowledge.compile ../shared/data --out kg/knowledge/actors.jsonl.gz`.

The same data always give the same bytes. `SOURCES.md` says what is taken from where and under which licence.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from kg.knowledge.assembling import pack
from kg.knowledge.facts import Harvest, Held, Ref, Thing, gathered
from kg.knowledge.joining import curated_joins, leader_joins, person_joins, redirect_joins, title_joins
from kg.knowledge.merging import Merged, merge
from kg.knowledge.names import NameKind, normalize_name, plain_text
from kg.knowledge.packing import Packed, write_packed
from kg.knowledge.sources import (
    bodies,
    cities,
    congress,
    curated,
    current_events,
    factbook,
    gum,
    officeholders,
    territories,
)
from kg.knowledge.sources.countries import read_countries
from kg.knowledge.sources.portal import read_links
from kg.knowledge.sources.typing_titles import Lore
from kg.knowledge.tables import read_table
from kg.knowledge.tenure import terms

_LOW: Final = Path(__file__).parent / "curated" / "lesser_titles.tsv"
_SHARED: Final = frozenset({"congress", "democratic party", "house", "parliament", "senate", "supreme court"})
"""Names of one country's body that say nothing of whose it is: "the Senate's president"."""
_WORD: Final = re.compile(r"\b[a-z]+\b")


def compile_base(data: Path, skip: Collection[str] = ()) -> tuple[Packed, list[Merged]]:
    """Read all sources under `data` and put them together. `skip` holds days of the portal (ISO) to leave out."""
    countries = read_countries(data)
    lists = gathered(
        (
            territories.harvest(data, countries),
            cities.harvest(data, countries),
            bodies.harvest(data),
            congress.harvest(data),
            officeholders.harvest(data),
            gum.harvest(data),
            curated.harvest(),
        )
    )
    for thing in lists.things:
        if thing.type == "Country":
            countries.names.setdefault(normalize_name(thing.name or ""), thing.refs[0])
    states = {thing.refs[0]: thing.country for thing in lists.things if thing.type == "Country"}
    dependent = frozenset(ref for ref, parent in states.items() if parent is not None)
    book = factbook.harvest(data, countries, states.keys(), dependent)
    words = _plain_words(data / "current-events", skip)
    portal = _portal(data, gathered((lists, book)), words, skip)
    things = (*lists.things, *portal.things)
    held = (*lists.held, *portal.held)
    joins = list(redirect_joins(merge(things)))
    joins += curated_joins(merge(things, joins))
    joins += title_joins(merge(things, joins))
    joins += person_joins(merge(things, joins), held)
    things += book.things
    held += book.held
    joins += leader_joins(merge(things, joins), _canonical(held, merge(things, joins)))
    merged = merge(things, joins)
    posts = _canonical(held, merged)
    found = terms(posts)
    holders = {post.person for post in posts}
    merged = [_with_type(one, one.id in holders) for one in merged]
    merged = [_with_id(one) for one in merged]
    ids = {ref: one.id for one in merged for ref in one.refs}
    found = [replace(term, person=ids[term.person], body=ids[term.body]) for term in found]
    merged = [replace(one, country=_else(ids.get(one.country or ""), one.id)) for one in merged]
    merged.sort(key=lambda one: one.id)
    lesser = {title for (title,) in read_table(_LOW, columns=1)}
    leaders = {term.person for term in found if term.title not in lesser}
    return pack(merged, found, leaders, words), merged


def _else(ref: Ref | None, itself: Ref) -> Ref | None:
    return None if ref == itself else ref


def _plain_words(folder: Path, skip: Collection[str]) -> Counter[str]:
    """Words that the news items write in lower case, with how often they do."""
    words = Counter[str]()
    for link in read_links(folder, skip):
        words.update(_WORD.findall(link.before))
    return words


def _portal(data: Path, lists: Harvest, words: Mapping[str, int], skip: Collection[str]) -> Harvest:
    persons = [
        thing.name.split() for thing in lists.things if thing.type == "Person" and thing.name and " " in thing.name
    ]
    lands = _lands(lists.things)
    lore = Lore(
        given_names=Counter(plain_text(parts[0]) for parts in persons),
        surnames=frozenset(plain_text(parts[-1]) for parts in persons),
        countries=frozenset(lands.names) | frozenset(lands.demonyms),
        lower_case=words,
    )
    known = frozenset(
        ref.removeprefix("w/")
        for thing in lists.things
        if thing.type is not None
        for ref in thing.refs
        if ref.startswith("w/")
    )
    return current_events.harvest(data / "current-events", lore, lands, known, skip)


def _lands(things: Sequence[Thing]) -> current_events.Lands:
    """Countries, parts of them and international bodies, by every name and demonym; countries first."""
    names: dict[str, Ref] = {}
    demonyms: dict[str, Ref] = {}
    whole = {thing.refs[0] for thing in things if thing.type == "Country"}
    bodies_too = {
        thing.refs[0] for thing in things if thing.source in ("territories", "curated") and thing.type != "Person"
    }
    for wanted in (whole, bodies_too - whole):
        for thing in things:
            if thing.refs[0] not in wanted:
                continue
            for name in thing.names:
                if name.kind is NameKind.DEMONYM:
                    demonyms.setdefault(plain_text(name.text), thing.refs[0])
                elif name.kind is not NameKind.METONYM and plain_text(name.text) not in _SHARED:
                    names.setdefault(plain_text(name.text), thing.refs[0])
    return current_events.Lands(names=names, demonyms=demonyms)


def _canonical(held: Sequence[Held], merged: Sequence[Merged]) -> list[Held]:
    """The same posts with the refs that entries have; those whose holder is no person, or unknown, are dropped."""
    ids = {ref: one.id for one in merged for ref in one.refs}
    persons = {one.id for one in merged if one.type == "Person" or factbook.SOURCE in one.sources - _land_sources(one)}
    return [
        replace(one, person=ids[one.person], body=ids[one.body])
        for one in held
        if ids.get(one.person) in persons and one.body in ids
    ]


def _land_sources(one: Merged) -> frozenset[str]:
    """The factbook also names countries: there it is no witness of a person."""
    return frozenset({factbook.SOURCE}) if one.type == "Country" else frozenset()


def _with_type(one: Merged, holder: bool) -> Merged:
    """Whoever holds a post is a person, whatever the portal's links looked like."""
    return replace(one, type="Person") if holder and one.type != "Person" else one


def _with_id(one: Merged) -> Merged:
    """A leader whom only the factbook tells gets the id of the article that his name would have."""
    if not one.id.startswith("n/"):
        return one
    return replace(one, refs=(f"w/{one.name.replace(' ', '_')}", *one.refs))


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Compile the knowledge base of actors.")
    parser.add_argument("data", type=Path, help="the folder with gazetteer/, current-events/ and ud/gum/")
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    options = parser.parse_args(arguments)
    packed, merged = compile_base(options.data)
    write_packed(packed, options.out)
    sys.stdout.write(report(packed, merged))
    sys.stdout.write(f"{options.out}: {options.out.stat().st_size} bytes\n")
    return 0


def report(packed: Packed, merged: Sequence[Merged]) -> str:
    """How much there is, by type and by source."""
    counts = {
        "by type": Counter(one.type for one in merged),
        "by source": Counter(source for one in merged for source in one.sources),
    }
    lines = [f"{len(packed.entries)} entries, {len(packed.names)} names, {len(packed.offices)} offices"]
    for title, counter in counts.items():
        ranked = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
        lines.append(f"{title}: " + ", ".join(f"{name} {count}" for name, count in ranked))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())

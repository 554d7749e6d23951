"""`kg why`: the facts and sentences behind a thing."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.exits import NOT_ALL_WELL, GraphArgument, JsonOption
from kg.terminal import begin_output, print_table, say, write

if TYPE_CHECKING:
    from kg.store import Graph
    from kg.why import Evidence, ExplainedFact, Explanation


def why(
    graph: GraphArgument,
    thing: Annotated[
        str, typer.Argument(metavar="IRI-OR-LABEL", help="An event, a person, an article, …", show_default=False)
    ],
    other: Annotated[
        str | None,
        typer.Argument(metavar="OTHER", help="Another event: why are they two, or one?", show_default=False),
    ] = None,
    as_json: JsonOption = False,
    limit: Annotated[int, typer.Option(min=1, help="Print at most so many facts and sentences.")] = 30,
) -> None:
    """Print the facts about a thing and the sentences behind them: why does the graph say so?

    With a second event: what its articles' accounts agree on with those of the first, and what speaks against one.

    Examples:

        kg why build "Vladimir Putin"

        kg why build event/2025-07-03-phone-call-donald-trump-vladimir-putin

        kg why build "Talks: Russia – Ukraine (2 June 2025)" "Talks: Russia – Ukraine (23 July 2025)"
    """
    from kg.store import Graph

    if other is not None:
        _compare(Graph.load(graph), thing, other, as_json=as_json, limit=limit)
        return
    from kg.why import explain

    explanation = explain(Graph.load(graph), thing)
    begin_output()
    if as_json:
        write(json.dumps(asdict(explanation), ensure_ascii=False, indent=2) + "\n")
    elif explanation.thing is None:
        say(f"{thing!r} may be any of these; ask for one by its IRI:")
        print_table(("label", "class", "IRI"), [(c.label, ", ".join(c.classes), c.iri) for c in explanation.candidates])
    else:
        _print(explanation, limit)
    if explanation.thing is None:
        raise typer.Exit(NOT_ALL_WELL)


def _compare(graph: "Graph", thing: str, other: str, *, as_json: bool, limit: int) -> None:
    """Why two events are two, or one."""
    from kg.comparing import compare

    found = compare(graph, thing, other)
    begin_output()
    if as_json:
        write(json.dumps({**asdict(found), "is_one": found.is_one}, ensure_ascii=False, indent=2) + "\n")
        return
    if found.is_one:
        say(f"{found.first.label} is one event: these accounts were joined.")
    else:
        say(f"{found.first.label} and {found.second.label} are two events.")
    for pair in found.comparisons[:limit]:
        say()
        say(f"{pair.first} and {pair.second}")
        say(f"    agree on: {'; '.join(pair.agreed) or 'nothing'}")
        if pair.against:
            say(f"    but: {'; '.join(pair.against)}")
    if len(found.comparisons) > limit:
        say(f"… {len(found.comparisons) - limit:,} more pairs of accounts (--limit)")


def _print(explanation: "Explanation", limit: int) -> None:
    """The thing, then its facts each with its sentences, then sentences of the thing itself."""
    if explanation.thing is not None:
        say(f"{explanation.thing.label}  ({', '.join(explanation.thing.classes)})")
        say(explanation.thing.iri)
    for fact in explanation.facts[:limit]:
        say()
        say(_fact_line(fact))
        for sentence in fact.evidence:
            _print_evidence(sentence)
    if len(explanation.facts) > limit:
        say(f"… {len(explanation.facts) - limit:,} more facts (--limit)")
    shown = {sentence.iri for fact in explanation.facts[:limit] for sentence in fact.evidence}
    others = [sentence for sentence in explanation.evidence if sentence.iri not in shown]
    if others:
        say()
        say("Also told in:")
        for sentence in others[:limit]:
            _print_evidence(sentence)
    if not explanation.facts and not explanation.evidence:
        say("No fact or sentence in this graph stands behind it.")


def _fact_line(fact: "ExplainedFact") -> str:
    """`subject — predicate — object` and, in brackets, how sure and who says so."""
    notes = [] if fact.rank == "Normal" else [fact.rank.lower()]
    if fact.confidence is not None:
        notes.append(f"confidence {fact.confidence:.2f}")
    if fact.source_count > 1:
        notes.append(f"{fact.source_count} sources")
    if fact.attributed_to:
        notes.append(f"says {fact.attributed_to}")
    if fact.conflicts:
        notes.append("sources disagree")
    return f"{fact.subject} — {fact.predicate} — {fact.object}" + (f"  [{', '.join(notes)}]" if notes else "")


def _print_evidence(sentence: "Evidence") -> None:
    source = ", ".join(part for part in (sentence.outlet or sentence.headline, sentence.published) if part)
    say(f"    “{sentence.text}”  ({source or sentence.article}, characters {sentence.begin}–{sentence.end})")

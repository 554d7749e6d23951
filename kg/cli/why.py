"""`kg why`: the facts and sentences behind a thing."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.exits import NOT_ALL_WELL, GraphArgument, JsonOption
from kg.terminal import begin_output, print_table, say, write

if TYPE_CHECKING:
    from kg.why import Evidence, ExplainedFact, Explanation


def why(
    graph: GraphArgument,
    thing: Annotated[
        str, typer.Argument(metavar="IRI-OR-LABEL", help="An event, a person, an article, …", show_default=False)
    ],
    as_json: JsonOption = False,
    limit: Annotated[int, typer.Option(min=1, help="Print at most so many facts and sentences.")] = 30,
) -> None:
    """Print the facts about a thing and the sentences behind them: why does the graph say so?

    Examples:

        kg why build "Vladimir Putin"

        kg why build event/2025-07-03-phone-call-donald-trump-vladimir-putin
    """
    from kg.store import Graph
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

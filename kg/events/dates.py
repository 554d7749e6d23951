"""Which time expression dates which event of its sentence."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from spacy.tokens import Doc, Span, Token

from kg.clauses import MOST_CHILDREN, has_case, span_of
from kg.events.draft import Draft
from kg.events.telling import opens_clause, telling_verb
from kg.lexicon import read_words
from kg.model import HAPPENED, DateRange, Status, TimeExpression

OPEN_ENDED = ("until", "by ", "before", "after")
BOUNDING = frozenset({"since", "until", "till", "before", "by", "after"})
BARRIERS = frozenset(
    {";", ":", "—", "(", ")", "which", "who", "that", "while", "but", "after", "before", "since", "when", "where"}
)
BARRIER_COST = 20  # tokens; a date across a clause boundary loses to one in the clause
MAX_DISTANCE = 40  # tokens
LASTING = frozenset({"Conflict"})  # a war is dated only by what stands directly beside it
LASTING_BEFORE = frozenset({"for", "of"})  # a duration
NEAR = 4  # tokens
ANNOUNCING = frozenset({"announce", "declare"})
DONE_BY_SAYING = frozenset(
    {
        "Sanction",
        "SanctionRelief",
        "Tariff",
        "MilitaryAid",
        "HumanitarianAid",
        "EconomicAid",
        "AidSuspension",
        "DiplomaticRupture",
        "Agreement",
        "Ceasefire",
        "Appointment",
        "Resignation",
        "Withdrawal",
        "Investigation",
    }
)
"""Classes of what happens on the day on which it is announced; an attack "announced today" was earlier."""
CONVENED = frozenset({"Meeting", "Negotiation"})  # what somebody comes for
SINCE_REACH = 12  # tokens from "since" to its time, and from "has" to the event
DEPTH = 12  # steps up a tree
BEFORE_NOUN = frozenset({"nmod:poss", "compound"})
MOST_TIMES = 20  # of a sentence that are looked at
PERFECT = frozenset({"have", "has"})
WEEK, MONTH = 7, 31  # days
LONGEST = 2 * 366  # days; decades are when things go on, and date none of them


def attach_dates(
    doc: Doc, drafts: Sequence[Draft], times: Sequence[TimeExpression], published: date | None
) -> tuple[Draft, ...]:
    """Drafts with dates: each time goes to the nearest trigger of its sentence, and to others in the same clause."""
    named = times_by_sentence(times)
    told: dict[int, list[int]] = defaultdict(list)
    for n, draft in enumerate(drafts):
        told[draft.sentence].append(n)
    dated: dict[int, DateRange] = {}
    for sentence, numbers in told.items():
        found = _in_sentence(doc, [drafts[n] for n in numbers], named[sentence][:MOST_TIMES], published)
        dated.update((numbers[place], when) for place, when in found.items())
    return tuple(_dated(doc, draft, dated[n], published) if n in dated else draft for n, draft in enumerate(drafts))


def times_by_sentence(times: Iterable[TimeExpression]) -> defaultdict[int, list[TimeExpression]]:
    """The time expressions of each sentence, in text order."""
    found: defaultdict[int, list[TimeExpression]] = defaultdict(list)
    for time in times:
        found[time.sentence].append(time)
    return found


def _in_sentence(
    doc: Doc, drafts: Sequence[Draft], times: Sequence[TimeExpression], published: date | None
) -> dict[int, DateRange]:
    """The dates of the drafts of one sentence, by their place among them; those that have one already keep it."""
    dated = {n: draft.date for n, draft in enumerate(drafts) if draft.date is not None}
    taken = frozenset(dated.values())
    costs: dict[int, int] = {}
    timed = [(time, span_of(doc, time.begin, time.end)) for time in times]
    for time, span in timed:
        if time.range is None or time.range in taken or _bounds(time, span):
            continue
        fitting = []
        for n, draft in enumerate(drafts):
            if draft.date is not None:
                continue
            lasting = _since_then(draft, time.range, span, published)
            cost = _cost(draft, span)
            if lasting is not None:
                dated.setdefault(n, lasting)
            elif not (_excluded(draft, time, cost) or _is_announced(draft, span) or _interrupted(draft, time, timed)):
                fitting += [] if _apart(draft, span) else [(cost, n)]
        nearest = min(fitting, default=(0, 0))[0]
        for cost, n in fitting:
            if cost == nearest and cost < costs.get(n, MAX_DISTANCE + 1):
                dated[n], costs[n] = time.range, cost
    return dated


def _since_then(draft: Draft, when: DateRange, span: Span, published: date | None) -> DateRange | None:
    """ "Since the invasion in February 2022, the EU has given aid": from then until the article, for what went on."""
    if published is None or published < when.begin:
        return None
    doc = span.doc
    clause = range(max(0, span.start - SINCE_REACH), span.start + 1)
    since = next((i for i in reversed(clause) if doc[i].lower_ in {"since", ","}), None)
    if since is None or doc[since].text == "," or since <= draft.start < span.end:
        return None
    perfect = any(token.lower_ in {"has", "have"} for token in doc[max(0, draft.start - SINCE_REACH) : draft.start])
    return DateRange(begin=when.begin, end=published) if perfect else None


def _excluded(draft: Draft, time: TimeExpression, cost: int) -> bool:
    """Whether an expression cannot date an event though it stands beside it."""
    if draft.type in LASTING and cost > NEAR:
        return True
    if time.text.lower().startswith("since"):
        return draft.status is not Status.ONGOING  # what still goes on lasts since then; all else is only bounded
    # "The sixth call this year" counts them, it does not date one; nor does "the 2020s". "A second in 2026" is dated.
    length = 0 if time.range is None else (time.range.end - time.range.begin).days
    counted = draft.attribute("ordinal") is not None and draft.status in HAPPENED
    return length > LONGEST or (length > MONTH and counted)


def _is_announced(draft: Draft, span: Span) -> bool:
    """ "An attack was announced on Friday": when it was told of, not when it happened."""
    over = span.root.head
    announced = over.lemma_ in ANNOUNCING and span.doc[draft.start : draft.end].root.head == over
    return announced and draft.type not in DONE_BY_SAYING


def _interrupted(draft: Draft, time: TimeExpression, timed: Sequence[tuple[TimeExpression, Span]]) -> bool:
    """Whether another time stands between: "on Saturday, a day after the summit" does not date the summit."""
    first, last = min(time.end, draft.end_char), max(time.begin, draft.begin_char)
    between = (pair for pair in timed if pair[0] is not time and first <= pair[0].begin and pair[0].end <= last)
    return any(other.range is not None or not _lasts(span) for other, span in between)


def _apart(draft: Draft, span: Span) -> bool:
    """Whether one of the two stands in a clause of its own: "on Friday he said that they had met"."""
    if _takes_up(draft, span):
        return False
    word, apart = span.doc[draft.start : draft.end].root, False
    above: dict[Token, bool] = {}  # words over the trigger: is the trigger in a clause of its own under them?
    for _ in range(DEPTH):
        above[word] = apart
        apart = apart or word.dep_ == "acl" or opens_clause(word)
        word = word.head
    word = span.root
    if word.dep_ in BEFORE_NOUN and not draft.start <= word.head.i < draft.end:
        return True  # "the candidate in next year's election"
    for _ in range(DEPTH):
        if word in above:
            return above[word]
        if opens_clause(word):
            return True
        word = word.head
    return True


def _lasts(span: Span) -> bool:
    """ "A period of 90 days, starting on 12 August": a duration, and no distance as in "a day after"."""
    return span.start > 0 and span.doc[span.start - 1].lower_ in LASTING_BEFORE


def _dated(doc: Doc, draft: Draft, when: DateRange, published: date | None) -> Draft:
    """The draft with its date; what begins after the article has not happened yet."""
    if published is None or draft.status not in HAPPENED:
        return replace(draft, date=when)
    if when.begin > published:
        return replace(draft, date=when, status=Status.PLANNED)
    if when.end > published and (when.end - when.begin).days < WEEK and _is_perfect(doc[draft.start : draft.end].root):
        when = replace(when, end=published)  # "this week they have met"
    return replace(draft, date=when)


def _is_perfect(verb: Token) -> bool:
    return any(child.lower_ in PERFECT and child.dep_ == "aux" for child in islice(verb.lefts, MOST_CHILDREN))


def _bounds(time: TimeExpression, span: Span) -> bool:
    """Whether the expression bounds an event ("until", "before") or is in a name, and does not date the event."""
    if time.text.lower().startswith(OPEN_ENDED):
        return True
    if span.start == 0:
        return False
    return span.doc[span.start - 1].lower_ in BOUNDING or _dates_a_document(span.doc, span.start)


def _dates_a_document(doc: Doc, start: int) -> bool:
    """ "Executive Order 14257 of April 2", "the Declaration of 3 May": a date that is part of a name."""
    if start < 2 or doc[start - 1].lower_ != "of":
        return False
    before = doc[start - 2]
    numbered = before.like_num and start > 2 and doc[start - 3].is_title
    return numbered or before.text in read_words("documents.txt")


def _cost(draft: Draft, expression: Span) -> int:
    """Tokens between a trigger and a time, and more for clause boundaries; 0 where the tree joins the two."""
    doc = expression.doc
    if expression.end <= draft.start:
        between = doc[expression.end : draft.start]
    elif draft.end <= expression.start:
        between = doc[draft.end : expression.start]
    else:
        return 0
    trigger, over = doc[draft.start : draft.end].root, expression.root.head
    carried = trigger.dep_ != "conj" and over.lemma_ in read_words("supports.tsv") and telling_verb(trigger) == over
    if over == trigger or carried or _takes_up(draft, expression) or _on_occasion(draft, expression):
        return 0
    if len(between) > MAX_DISTANCE:
        return MAX_DISTANCE + 1
    barriers = sum(token.lower_ in BARRIERS for token in between)
    return len(between) + BARRIER_COST * barriers


def _takes_up(draft: Draft, expression: Span) -> bool:
    """ "The fighting began on 13 June, when Israel attacked Iran": the clause behind takes the day up."""
    doc = expression.doc
    trigger = doc[draft.start : draft.end].root
    after = [token for token in doc[expression.end : expression.end + 2] if token.text != ","]
    taken_up = bool(after) and after[0].lower_ == "when" and after[0].head == trigger
    return taken_up or _carried_on(trigger, expression.root.head)


def _on_occasion(draft: Draft, expression: Span) -> bool:
    """ "At its meeting on 20 June, the Council adopted sanctions", "travels to Japan on 22 July for a summit"."""
    trigger, over = expression.doc[draft.start : draft.end].root, expression.root.head
    if draft.type in CONVENED and trigger.dep_ == "obl" and trigger.head == over and has_case(trigger, {"for"}):
        return True
    occasion = over.dep_ == "obl" and over.pos_ == "NOUN" and has_case(over, {"at", "during"})
    return occasion and over.i < draft.start and telling_verb(trigger) == over.head


def _carried_on(trigger: Token, verb: Token) -> bool:
    """ "An exchange of 1,000 prisoners, the biggest so far, which was completed on 25 May": it is the exchange."""
    if verb.dep_ != "acl:relcl" or verb.lemma_ not in read_words("supports.tsv"):
        return False
    noun = verb.head
    for _ in range(DEPTH):
        if noun == trigger or noun.dep_ not in {"appos", "nmod"}:
            break
        noun = noun.head
    return noun == trigger

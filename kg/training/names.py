"""Names from four corpora under one set of labels; where a corpus cannot tell, several tags are allowed.

| label | UNER | GUM entities whose head is a proper noun | re3d | titles linked on current-events days |
|---|---|---|---|---|
| PER | PER | person | Person | Person |
| ORG | ORG | organization | Organisation | organizations, parties, companies, outlets |
| LOC | LOC | place | Location | Country, Place, City, AdministrativeArea |
| NORP | OTH, if a demonym | any, if a demonym | Nationality | any, if the anchor is a demonym |
| EVENT | OTH | event | – | Event |
| MISC | OTH | abstract, object, animal, plant, substance | – | Legislation, Product |

UNER's OTH that is no demonym may be NORP, EVENT or MISC.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from kg.knowledge.titles import title_forms
from kg.reader.wordlists import words
from kg.training.sentences import Tags
from kg.training.treebanks import Sentence, Word

LABELS = ("PER", "ORG", "LOC", "NORP", "EVENT", "MISC")
ANY: Tags = frozenset()
OUTSIDE: Tags = frozenset({"O"})
OTHER_LABELS = ("NORP", "EVENT", "MISC")
GUM_LABELS = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "EVENT"} | dict.fromkeys(
    ("abstract", "object", "animal", "plant", "substance"), "MISC"
)
GUM_UNLABELLED = "time"
"""GUM's entity type for dates, which are no names here."""

NAME_RELATIONS = frozenset({"flat", "compound", "goeswith"})
INSIDE_RELATIONS = frozenset({"case", "det", "punct", "cc", "conj", "nummod", "amod"})
SMALL_WORDS = frozenset({"of", "the", "for", "and", "&", "-", "–", "al", "de", "la", "bin"})


def span_tags(begin: int, end: int, labels: Iterable[str]) -> Iterator[tuple[int, Tags]]:
    """(word, allowed tags) for a name of one of `labels` at words [begin, end)."""
    for index in range(begin, end):
        yield index, frozenset(f"{'B' if index == begin else 'I'}-{label}" for label in labels)


def is_demonym(text: str) -> bool:
    """Whether the text is the adjective or noun of a people or country: "Russian", "Americans"."""
    known = words("demonyms") | words("groups")
    return text in known or (text.endswith("s") and text[:-1] in known)


@cache
def _title_heads() -> frozenset[str]:
    whole = (form.split() for form in title_forms() if not {"of", "to", "for", "in"} & set(form.split()))
    return frozenset(form[-1] for form in whole)


def is_title(word: str) -> bool:
    """Whether titles of office end in the word: "Minister", "Spokesperson"."""
    return word.lower() in _title_heads()


def uner_tags(forms: Sequence[str], tags: Sequence[str]) -> tuple[Tags, ...]:
    """Tags of a UNER sentence. The early release has a stray tag "B-O": no name on punctuation, else unknown."""
    allowed = [OUTSIDE if tag == "O" else ANY for tag in tags]
    for index, tag in enumerate(tags):
        if tag == "B-O" and not any(char.isalnum() for char in forms[index]):
            allowed[index] = OUTSIDE
    for begin, end, label in iob_spans(tags):
        name = " ".join(forms[begin:end])
        labels = (label,) if label in LABELS else ("NORP",) if is_demonym(name) else OTHER_LABELS
        if label != "O":
            for index, tag_set in span_tags(begin, end, labels):
                allowed[index] = tag_set
    return tuple(allowed)


def iob_spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Spans (begin, end, label) of IOB2 tags; an I- tag that continues nothing opens a span."""
    begin, label = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        if label and tag != f"I-{label}":
            yield begin, index, label
            label = ""
        if tag != "O" and not label:
            begin, label = index, tag[2:]


def certain_names(names: Sequence[Tags]) -> Iterator[tuple[int, int, str]]:
    """Spans (begin, end, label) of the names that a corpus labels with one tag a word."""
    return iob_spans([next(iter(tags)) if len(tags) == 1 else "O" for tags in names])


def gum_tags(sentence: Sentence) -> tuple[Tags, ...]:
    """Tags from a GUM sentence's entities: the proper nouns around the head of a mention are its name."""
    allowed = [ANY if word.upos in {"PROPN", "X", "SYM"} else OUTSIDE for word in sentence.words]
    taken = set[int]()
    for begin, end, kind, _ in sorted(gum_mentions(sentence.words), key=lambda span: span[0] - span[1]):
        name = _gum_name(sentence.words, begin, end, GUM_LABELS.get(kind) == "PER")
        if name is None or kind == GUM_UNLABELLED or taken & set(range(*name)):
            continue
        name = name if kind != "person" else _without_title(sentence.words, *name)
        if name is None:
            continue
        text = sentence.text[sentence.words[name[0]].begin : sentence.words[name[1] - 1].end]
        label = "NORP" if is_demonym(text) else GUM_LABELS[kind]
        taken.update(range(*name))
        for index, tags in span_tags(*name, (label,)):
            allowed[index] = tags
    for index, word in enumerate(sentence.words):
        if index not in taken and word.form[:1].isupper() and is_demonym(word.form):
            allowed[index] = frozenset({"B-NORP"})
    return tuple(allowed)


def gum_mentions(tokens: Sequence[Word]) -> Iterator[tuple[int, int, str, str]]:
    """(begin, end, entity type, chain) of the mentions in GUM's `Entity=` that this sentence opens and closes."""
    opened = list[tuple[str, int, str]]()
    for index, word in enumerate(tokens):
        value = next((item[len("Entity=") :] for item in word.misc.split("|") if item.startswith("Entity=")), "")
        for part in value.replace("(", " (").replace(")", ") ").split():
            number, *rest = part.strip("()").split("-")
            if part.startswith("("):
                opened.append((number, index, rest[0]))
            if part.endswith(")"):
                place = next((i for i in reversed(range(len(opened))) if opened[i][0] == number), None)
                if place is not None:
                    _, begin, kind = opened.pop(place)
                    yield begin, index + 1, kind, number


def _gum_name(tokens: Sequence[Word], begin: int, end: int, person: bool) -> tuple[int, int] | None:
    """Words of the name inside the mention [begin, end), None if its head is no proper noun."""
    heads = [i for i in range(begin, end) if not begin <= tokens[i].head < end]
    if not heads or tokens[heads[0]].upos != "PROPN":
        return None
    inside = {heads[0]}
    for _ in range(end - begin):
        inside |= {i for i in range(begin, end) if tokens[i].head in inside and _continues(tokens, i, person)}
    first = last = heads[0]
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    while tokens[first].relation in {"det", "punct", "case"} and first < heads[0]:
        first += 1
    while tokens[last].relation in {"punct", "case"} and last > heads[0]:
        last -= 1
    return first, last + 1


def _without_title(tokens: Sequence[Word], begin: int, end: int) -> tuple[int, int] | None:
    """A person's name without what stands before it up to the last word of a title; None if nothing is left."""
    titles = [i for i in range(begin, end) if is_title(tokens[i].form)]
    begin = titles[-1] + 1 if titles else begin
    return (begin, end) if begin < end else None


def _continues(tokens: Sequence[Word], index: int, person: bool) -> bool:
    word = tokens[index]
    if word.relation in NAME_RELATIONS:
        return word.upos == "PROPN" or word.form[:1].isupper()
    if person:
        return False  # "Alvin Yeung of Civic Party"
    if word.relation == "nmod":
        return word.upos == "PROPN" and any(t.form == "of" and t.head == index for t in tokens[:index])
    if word.relation in {"case", "det"}:
        return word.form in SMALL_WORDS and tokens[word.head].relation == "nmod"
    if word.relation in {"amod", "nummod"}:
        return word.upos == "PROPN" or (word.relation == "amod" and word.form[:1].isupper())
    return word.relation == "punct" and word.form in SMALL_WORDS


def text_tags(
    tokens: Sequence[tuple[int, int]], text: str, spans: Iterable[tuple[int, int, Sequence[str]]]
) -> tuple[Tags, ...]:
    """Tags of raw text with known names.

    Args:
        tokens: offsets of the words.
        text: what they are in.
        spans: (begin, end, labels); offsets that cut a word are left out. Capitalized words outside may be anything.
    """
    allowed = [ANY if _may_be_name(text[begin:end]) else OUTSIDE for begin, end in tokens]
    starts, ends = {begin: i for i, (begin, _) in enumerate(tokens)}, {end: i + 1 for i, (_, end) in enumerate(tokens)}
    for begin, end, labels in spans:
        if begin in starts and end in ends and labels:
            for index, tags in span_tags(starts[begin], ends[end], labels):
                allowed[index] = tags
    return tuple(allowed)


def _may_be_name(word: str) -> bool:
    return word[:1].isupper() or any(char.isdigit() for char in word)

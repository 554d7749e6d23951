"""Departments in the posts of ministers: "Secretary of Health and Human Services", no body of that name."""

from spacy.tokens import Doc

from kg.knowledge.titles import title_forms

MINISTERIAL = frozenset({"minister", "secretary", "undersecretary", "commissioner"})
OF = frozenset({"of", "for"})
JOINTS = frozenset({"and", "&", ","})
LONGEST = 12  # tokens of a department's name


def department_before(doc: Doc, end: int, floor: int) -> int | None:
    """The first token of "Secretary of Homeland Security" that ends before `end`; None where none does.

    "Secretary of the Security Council" is of a body; only posts known as such have "the" ("Secretary of the Treasury").
    """
    i = end - 1
    while i > floor and end - i <= LONGEST and (doc[i].text[0].isupper() or doc[i].lower_ in JOINTS):
        i -= 1
    known = doc[i].lower_ == "the" and i > floor
    i -= known
    if i <= floor or i + 1 + known >= end or doc[i].lower_ not in OF or doc[i - 1].lower_ not in MINISTERIAL:
        return None
    if {doc[i + 1 + known].lower_, doc[end - 1].lower_} & JOINTS or (
        known and doc[i - 1 : end].text.lower() not in title_forms()
    ):
        return None
    return i - 1

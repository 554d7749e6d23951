"""The tags that the rules work with, and what each means in Universal Dependencies.

A rule tag is a UPOS tag, for verbs with the Penn form behind a dot ("VERB.VBD"), where GER is the nominal -ing
form and IMP the imperative.
"""

from typing import Final

FORM_FEATURES: Final = {
    "MD": "VerbForm=Fin",
    "VB": "VerbForm=Inf",
    "IMP": "Mood=Imp|VerbForm=Fin",
    "VBD": "Mood=Ind|Tense=Past|VerbForm=Fin",
    "VBN": "Tense=Past|VerbForm=Part",
    "VBG": "Tense=Pres|VerbForm=Part",
    "GER": "VerbForm=Ger",
    "VBP": "Mood=Ind|Tense=Pres|VerbForm=Fin",
    "VBZ": "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin",
}
"""Morphological features of a verb form, as UD English has them."""

VERB_TAGS: Final = tuple(f"VERB.{form}" for form in FORM_FEATURES if form != "MD")
AUX_TAGS: Final = tuple(f"AUX.{form}" for form in FORM_FEATURES)
OTHER_TAGS: Final = (
    *("ADJ", "ADP", "ADV", "CCONJ", "DET", "INTJ", "NOUN", "NUM"),
    *("PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "X"),
)
TAGS: Final = ("EDGE", *OTHER_TAGS, *VERB_TAGS, *AUX_TAGS)
"""Index = tag id. EDGE stands for what is beyond a sentence."""

TAG_ID: Final = {tag: index for index, tag in enumerate(TAGS)}
CLOSED: Final = frozenset({"ADP", "CCONJ", "DET", "PART", "PRON", "SCONJ", "INTJ"} | set(AUX_TAGS))


def upos(tag: str) -> str:
    """UPOS of a rule tag."""
    return tag.partition(".")[0]


def rule_tag(upos_tag: str, xpos: str, features: dict[str, str]) -> str:
    """Rule tag of a gold token (UPOS, Penn tag, morphological features)."""
    if upos_tag not in {"VERB", "AUX"}:
        return upos_tag if upos_tag in TAG_ID else "X"
    form = xpos
    if features.get("VerbForm") == "Ger":
        form = "GER"
    elif features.get("Mood") == "Imp":
        form = "IMP"
    return f"{upos_tag}.{form}" if f"{upos_tag}.{form}" in TAG_ID else f"{upos_tag}.VB"

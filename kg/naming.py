"""Readable ids from content: slugs that end in a letter or a digit, short enough for any store."""

import hashlib
import re
import unicodedata

MAX_SLUG = 80  # characters; long headlines and names are cut at a word


def slug(text: str, *, longest: int | None = MAX_SLUG) -> str:
    """ "Volodymyr Zelenskyy" -> "volodymyr-zelenskyy"; scripts other than Latin become a hash. `longest` cuts."""
    folded = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o").replace("ł", "l"))
    plain = re.sub(r"[’'`]", "", folded.encode("ascii", "ignore").decode().lower())
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if longest is not None and len(words) > longest:
        words = words[:longest].rsplit("-", 1)[0].strip("-") or words[:longest]
    return words or f"x{digest(text, length=12)}"


def digest(*parts: str, length: int = 16) -> str:
    """Hex digest of separated parts: ("ab", "c") and ("a", "bc") differ."""
    joined = "\x1f".join(parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]

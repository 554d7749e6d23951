"""Bytes to text. UTF-8 and UTF-16 exactly; older encodings are guessed and the guess is reported."""

import codecs
from dataclasses import dataclass

import charset_normalizer

_BYTE_ORDER_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
# Encodings in which English and other western news were written before UTF-8.
_LEGACY = ["cp1252", "latin_1", "mac_roman", "cp1250", "cp1251", "cp1253", "cp1254", "iso8859_2", "iso8859_9", "cp850"]
_CONTROL = bytes({*range(0x20)} - {*b"\t\n\r\x0b\x0c\x1b"}) + b"\x7f"
MOST_CONTROL = 0.01  # share of control bytes; text has none, a stray form feed or two is forgiven
LONGEST_TAIL = 3  # bytes of an unfinished UTF-8 character
SAMPLE = 65_536  # bytes that suffice to guess a legacy encoding


class NotTextError(Exception):
    """The bytes are not text; the message says what they seem to be."""


class DamagedTextError(Exception):
    """The bytes are text in an encoding that cannot be told safely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """`warning` is set where the encoding was guessed or an unfinished character was left out."""

    text: str
    warning: str | None = None


def decode(content: bytes, *, declared: str | None = None) -> Decoded:
    """Text of `content`; `declared` is the encoding that the format itself names (an HTML meta tag).

    Raises NotTextError for binary content and DamagedTextError for UTF-8 that is broken in its middle.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decode_marked(content, encoding)
    _refuse_binary(content)
    try:
        return Decoded(text=content.decode("utf-8"))
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start >= len(content) - LONGEST_TAIL:
            where = f"the last character (byte {error.start}) is cut off and was left out; is the file complete?"
            return Decoded(text=content[: error.start].decode("utf-8"), warning=where)
        if _is_damaged_utf8(content):
            where = f"byte 0x{content[error.start]:02x} at position {error.start} is not UTF-8; save the file as UTF-8"
            raise DamagedTextError(where) from error
    return _decode_legacy(content, declared)


def _decode_marked(content: bytes, encoding: str) -> Decoded:
    """Text behind a byte order mark. An odd last byte is left out, anything worse is refused."""
    try:
        return Decoded(text=content.decode(encoding))
    except UnicodeDecodeError as error:
        if len(content) - error.start > LONGEST_TAIL:
            message = f"it begins as {encoding.upper()} but is broken at byte {error.start}; save the file as UTF-8"
            raise DamagedTextError(message) from error
        where = f"the last character (byte {error.start}) is cut off and was left out; is the file complete?"
        return Decoded(text=content[: error.start].decode(encoding), warning=where)


def _refuse_binary(content: bytes) -> None:
    for signature, name in _SIGNATURES:
        if content.startswith(signature):
            raise NotTextError(f"this is {name}, not text; extract its text first")
    if b"\x00" in content[:SAMPLE]:
        raise NotTextError("it holds zero bytes, so it is binary or UTF-16 without a byte order mark; save it as UTF-8")
    sample = content[:SAMPLE]
    if len(sample) - len(sample.translate(None, _CONTROL)) > MOST_CONTROL * len(sample):
        raise NotTextError("it holds control bytes, so it is binary; give text, Markdown, HTML, JSON Lines or a feed")


def _is_damaged_utf8(content: bytes) -> bool:
    """Whether most bytes above ASCII form UTF-8 characters: a legacy encoding hardly ever does that by accident."""
    replaced = content.decode("utf-8", errors="replace")
    broken = replaced.count("\ufffd")
    return sum(character > "\x7f" for character in replaced) - broken > broken


def _decode_legacy(content: bytes, declared: str | None) -> Decoded:
    if declared:
        try:
            return Decoded(text=content.decode(declared))
        except (LookupError, UnicodeError):
            declared = None  # an unknown or wrong name: guess instead
    best = charset_normalizer.from_bytes(content[:SAMPLE], cp_isolation=_LEGACY).best()
    encoding = best.encoding if best else "cp1252"
    text = content.decode(encoding, errors="replace")
    return Decoded(text=text, warning=f"not UTF-8: read as {encoding}, which is a guess; save it as UTF-8 to be sure")

"""Literals in the only form that every store keeps as it is (GROUND.md), and what an IRI may hold."""

from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from kg.vocab import XSD


def text(value: str) -> Literal:
    """English text."""
    return Literal(value, language="en")


def integer(value: int) -> Literal:
    """A whole number."""
    return Literal(str(value), datatype=NamedNode(f"{XSD}integer"))


def decimal(value: Decimal) -> Literal:
    """Shortest form: 0.9, 153000000."""
    plain = format(value.normalize(), "f")
    return Literal(plain if "." in plain else f"{plain}.0", datatype=NamedNode(f"{XSD}decimal"))


def day(value: date) -> Literal:
    """A day without a time zone."""
    return Literal(f"{value.year:04d}-{value.month:02d}-{value.day:02d}", datatype=NamedNode(f"{XSD}date"))


def escaped_title(title: str) -> str:
    """A Wikipedia title as the path of an IRI: only what RFC 3987 forbids is percent-encoded."""
    forbidden = set('<>"{}|\\^`%?#[] ')
    return "".join(f"%{ord(c):02X}" if c in forbidden or ord(c) < 33 else c for c in title)

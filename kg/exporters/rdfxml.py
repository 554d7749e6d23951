"""RDF/XML 1.1, for tools that read nothing else. What XML cannot hold is refused, not left out.

pyoxigraph's own writer leaves a carriage return as it is, which XML makes a line feed of, and writes names and
characters that are no XML (measured with 0.5.13).
"""

import re
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import GraphError
from kg.exporters.lines import described
from kg.vocab import RDF, XSD

_LOCAL: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*$")
"""The end of a property's IRI that can be an element's name."""
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no XML 1.0 document holds, not even as references (XML 1.0, 2.2)."""
_ESCAPED: Final = {"\r": "&#13;"}
_STRING: Final = f"{XSD}string"
_INSTEAD: Final = "choose Turtle or N-Triples"


def rdfxml_of(lines: Iterator[bytes], prefixes: dict[str, str]) -> Iterator[bytes]:
    """RDF/XML of sorted N-Triples lines, an rdf:Description for each subject."""
    names = {iri: name for name, iri in sorted({**prefixes, "rdf": RDF}.items())}
    declared = "".join(f"\n  xmlns:{name}={quoteattr(iri)}" for iri, name in names.items())
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{declared}>\n'.encode()
    for triples in described(lines):
        told = "".join(f"    {_property(triple, names)}\n" for triple in triples)
        subject = _node(triples[0].subject, "about")
        yield f"  <rdf:Description {subject}>\n{told}  </rdf:Description>\n".encode()
    yield b"</rdf:RDF>\n"


def _property(triple: Triple, names: dict[str, str]) -> str:
    element, declared = _element(triple.predicate.value, names)
    object_ = triple.object
    if not isinstance(object_, Literal):
        return f"<{element}{declared} {_node(object_, 'resource')}/>"
    if object_.direction is not None:
        raise GraphError(f"RDF/XML has no place for the direction of {object_}; {_INSTEAD}")
    found = _NO_XML.search(object_.value)
    if found:
        raise GraphError(f"{triple.subject}: XML cannot hold the character U+{ord(found[0]):04X}; {_INSTEAD}")
    if object_.language is not None:
        kind = f" xml:lang={quoteattr(object_.language)}"
    elif object_.datatype.value != _STRING:
        kind = f" rdf:datatype={quoteattr(object_.datatype.value)}"
    else:
        kind = ""
    return f"<{element}{declared}{kind}>{escape(object_.value, _ESCAPED)}</{element}>"


def _element(iri: str, names: dict[str, str]) -> tuple[str, str]:
    """The property's name and, when its namespace has no prefix, the declaration of one."""
    local = _LOCAL.search(iri)
    if local is None:
        raise GraphError(f"RDF/XML cannot name the property <{iri}>; {_INSTEAD}")
    namespace = iri[: local.start()]
    prefix = names.get(namespace)
    return (f"{prefix}:{local[0]}", "") if prefix else (f"p:{local[0]}", f" xmlns:p={quoteattr(namespace)}")


def _node(term: object, role: str) -> str:
    if isinstance(term, NamedNode):
        return f"rdf:{role}={quoteattr(term.value)}"
    if isinstance(term, BlankNode):
        return f'rdf:nodeID="b{term.value}"'  # an XML name begins with no digit
    raise GraphError(f"RDF/XML has no triple terms: {term}; {_INSTEAD}")

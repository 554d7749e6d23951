"""JSON-LD, a node a line, with the terms of ontology/context.jsonld, which stands in the file: nothing is fetched.

It is 1.0 and 1.1 at once: no feature that came later is used.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import GraphError, OntologyError
from kg.exporters.lines import described
from kg.ontology_files import ontology_path
from kg.vocab import RDF, XSD

CONTEXT: Final = "context.jsonld"
_TYPE: Final = f"{RDF}type"
_INTEGER: Final = f"{XSD}integer"
_STRING: Final = f"{XSD}string"
_WHOLE: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")
"""Canonical integers that every JSON reader keeps (RFC 8259, 6)."""
_LOCAL: Final = re.compile(r"[\w-](?:[\w.-]*[\w-])?", re.ASCII)
_SCHEME: Final = re.compile(r"([^:/?#]*):(?!//)")

Json = Mapping[str, Any]


def jsonld_of(lines: Iterator[bytes], prefixes: dict[str, str]) -> Iterator[bytes]:
    """JSON-LD of sorted N-Triples lines."""
    names = _Names(_terms(), prefixes)
    yield b'{"@context": ' + _bytes(names.context) + b',\n"@graph": [\n'
    between = b""
    for triples in described(lines):
        yield between + _bytes(names.node(triples))
        between = b",\n"
    yield b"\n]}\n"


def _terms() -> dict[str, Any]:
    path = ontology_path(CONTEXT)
    try:
        terms = json.loads(path.read_text(encoding="utf-8"))["@context"]
    except (ValueError, KeyError, TypeError) as error:
        raise OntologyError(f"{path}: not a JSON-LD context: {error}") from error
    return dict(terms)


def _bytes(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", errors="surrogatepass")


class _Names:
    """The short names of a context."""

    def __init__(self, terms: dict[str, Any], prefixes: dict[str, str]) -> None:
        """`prefixes` are added unless a term has that name."""
        self.context = {**terms, **{name: iri for name, iri in prefixes.items() if name not in terms}}
        self._prefixes = {iri: name for name, iri in self.context.items() if isinstance(iri, str)}
        defined = {name: term for name, term in terms.items() if isinstance(term, dict)}
        self._terms = {self._expanded(term["@id"]): name for name, term in defined.items()}
        self._coerced = {name: self._expanded(term.get("@type", "")) for name, term in defined.items()}
        self._language = {name: term.get("@language", "") for name, term in defined.items()}

    def node(self, triples: list[Triple]) -> Json:
        """The node object of one subject; a value alone stands without a list."""
        node: dict[str, Any] = {"@id": self._iri(triples[0].subject)}
        classes = [self._iri(t.object) for t in triples if _is_class(t)]
        if classes:
            node["@type"] = classes if len(classes) > 1 else classes[0]
        values: dict[str, list[Any]] = {}
        for triple in triples:
            if not _is_class(triple):
                name = self._terms.get(triple.predicate.value) or self._short(triple.predicate.value)
                values.setdefault(name, []).append(self._value(name, triple.object))
        return node | {name: told if len(told) > 1 else told[0] for name, told in values.items()}

    def _value(self, name: str, term: object) -> Any:
        if not isinstance(term, Literal):
            iri = self._iri(term)
            return iri if self._coerced.get(name) == "@id" else {"@id": iri}
        if term.language is not None:
            if term.direction is not None:
                raise GraphError(f"JSON-LD 1.0 has no place for the direction of {term}; choose another format")
            plain = term.language == self._language.get(name)
            return term.value if plain else {"@value": term.value, "@language": term.language}
        datatype = term.datatype.value
        if datatype == _INTEGER and _WHOLE.fullmatch(term.value):
            return int(term.value)
        if datatype == self._coerced.get(name):
            return term.value
        if datatype == _STRING:
            return {"@value": term.value} if name in self._coerced else term.value
        return {"@value": term.value, "@type": self._short(datatype)}

    def _iri(self, term: object) -> str:
        if isinstance(term, NamedNode):
            return self._short(term.value)
        if isinstance(term, BlankNode):
            return str(term)
        raise GraphError(f"JSON-LD has no triple terms: {term}; choose Turtle, TriG, N-Triples or N-Quads")

    def _short(self, iri: str) -> str:
        end = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self._prefixes.get(iri[:end])
        if prefix is not None and _LOCAL.fullmatch(iri, end):
            return f"{prefix}:{iri[end:]}"
        scheme = _SCHEME.match(iri)
        if scheme and scheme[1] in self.context:
            raise GraphError(f"<{iri}> would be read as a short name in JSON-LD; choose another format")
        return iri

    def _expanded(self, name: str) -> str:
        prefix, colon, local = name.partition(":")
        namespace = self.context.get(prefix)
        return namespace + local if colon and isinstance(namespace, str) else name


def _is_class(triple: Triple) -> bool:
    return triple.predicate.value == _TYPE and not isinstance(triple.object, Literal)

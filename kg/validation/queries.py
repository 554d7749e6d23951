"""SHACL shapes as SPARQL: for each constraint of a shape one query that finds all nodes of a graph which break it.

The definitions are those of SHACL, sections 4 and 5 (https://www.w3.org/TR/shacl/#core-components). A query binds
?focus and, where a value is at fault, ?value.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, count
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.errors import ShapesError, UntranslatableError
from kg.validation.rdf import Term
from kg.validation.shapes import VALUE_CONSTRAINTS, Constraint, Shape, Target
from kg.vocab import RDF, SH, XSD

Subclasses = Mapping[str, frozenset[str]]
"""Every class with those below it, itself included; a class that is not here has none."""

_KINDS: Final = {
    "IRI": "isIRI({0})",
    "BlankNode": "isBLANK({0})",
    "Literal": "isLITERAL({0})",
    "BlankNodeOrIRI": "!isLITERAL({0})",
    "BlankNodeOrLiteral": "!isIRI({0})",
    "IRIOrLiteral": "!isBLANK({0})",
}
_COMPARISONS: Final = {"minInclusive": ">=", "maxInclusive": "<=", "minExclusive": ">", "maxExclusive": "<"}
_PAIRS: Final = {"lessThan": "<", "lessThanOrEquals": "<="}
_WELL_FORMED: Final = frozenset(
    f"{XSD}{name}"
    for name in ("integer", "decimal", "float", "double", "boolean", "date", "dateTime", "time", "duration")
)
"""Datatypes whose literals are read, so that "3 July"^^xsd:date is no date."""
_MOST_NESTED: Final = 4
"""Largest count within another shape: each value is a variable of its own there."""
_TYPE: Final = f"<{RDF}type>"
_ALIEN: Final = re.compile(
    r"(?<![:?$])\b(MINUS|VALUES|UNION|GRAPH|SERVICE|GROUP|HAVING|ORDER|LIMIT|OFFSET|COUNT|SUM|MIN|MAX|AVG|SAMPLE|GROUP_CONCAT)\b"
    r"|[$?](?:PATH|focus|shapesGraph|currentShape|path|failure)\b",
    re.IGNORECASE,
)
"""What makes a query about one node another one when it is asked of all nodes at once, or needs more than the node."""
_SELECT: Final = re.compile(
    r"\s*SELECT\s+(?:DISTINCT\s+)?(?P<wanted>(?:[$?]\w+\s+)+)WHERE\s*\{(?P<body>.*)\}\s*", re.IGNORECASE | re.DOTALL
)
_FOCUS: Final = re.compile(r"\?focus\b")
_TEXT: Final = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>\s]*>|#[^\n]*')
"""Strings, IRIs and comments, in which a keyword is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A query that finds what breaks one constraint of `shape`."""

    sparql: str
    shape: Shape
    constraint: Constraint


def questions(shapes: Iterable[Shape], below: Subclasses) -> Iterator[Question]:
    """The queries of all shapes, in their order. Raises UntranslatableError for what has no query."""
    translation = _Translation(below)
    for shape in shapes:
        yield from translation.shape(shape, translation.focus(shape.targets))


class _Translation:
    """Writes queries; variables within shapes are numbered."""

    def __init__(self, below: Subclasses) -> None:
        self._below = below
        self._numbers = count(1)

    def focus(self, targets: tuple[Target, ...]) -> str:
        """A pattern that binds ?focus to every node that one of the targets names, once."""
        if len(targets) == 1 and targets[0].kind == "targetClass" and not self._has_subclasses(targets[0].node):
            return f"?focus {_TYPE} {targets[0].node} ."
        parts = " UNION ".join(f"{{ {self._target(target)} }}" for target in targets)
        return f"{{ SELECT DISTINCT ?focus WHERE {{ {parts} }} }}"

    def _has_subclasses(self, class_: Term) -> bool:
        return len(self._below.get(class_.value, ())) > 1

    def _target(self, target: Target) -> str:
        match target.kind:
            case "targetClass":
                return self._instance("?focus", target.node)
            case "targetNode":
                return f"VALUES ?focus {{ {target.node} }}"
            case "targetSubjectsOf":
                return f"?focus {target.node} ?object ."
            case _:
                return f"?subject {target.node} ?focus ."

    def _instance(self, variable: str, class_: Term) -> str:
        """SHACL instances: of the class or of one below it."""
        if not self._has_subclasses(class_):
            return f"{variable} {_TYPE} {class_} ."
        kind = self._fresh("class")
        classes = " ".join(f"<{iri}>" for iri in sorted(self._below[class_.value]))
        return f"{variable} {_TYPE} {kind} . VALUES {kind} {{ {classes} }}"

    def _fresh(self, stem: str) -> str:
        return f"?{stem}{next(self._numbers)}"

    # ── a shape whose breaches are reported ──────────────────────────────────────────────────────

    def shape(self, shape: Shape, focus: str) -> Iterator[Question]:
        """The queries of a shape for the nodes that `focus` binds, those of its property shapes included."""
        for constraint in shape.constraints:
            yield Question(sparql=self._query(shape, constraint, focus), shape=shape, constraint=constraint)
        for inner in shape.properties:
            if shape.path is None:
                yield from self.shape(inner, focus)
            else:
                outer = self._fresh("outer")
                pattern = f"{_FOCUS.sub(outer, focus)} {outer} {shape.path.sparql()} ?focus ."
                yield from self.shape(inner, f"{{ SELECT DISTINCT ?focus WHERE {{ {pattern} }} }}")

    def _query(self, shape: Shape, constraint: Constraint, focus: str) -> str:
        kind, path = constraint.kind, shape.path
        if kind == "sparql":
            return _sparql(shape, constraint, focus)
        value = "?focus" if path is None else "?value"
        pattern = focus if path is None else f"{focus} ?focus {path.sparql()} ?value ."
        if kind in VALUE_CONSTRAINTS:
            return _select(f"{pattern} FILTER(!COALESCE({self._holds(constraint, value)}, false))", value)
        if kind in {"minCount", "maxCount", "qualifiedMinCount", "qualifiedMaxCount"}:
            return self._counted(shape, constraint, focus)
        return _select(self._breach(path.sparql() if path else "", constraint, focus, "?focus", value), value)

    def _counted(self, shape: Shape, constraint: Constraint, focus: str) -> str:
        if shape.path is None:
            raise ShapesError(f"{shape.name}: sh:{constraint.kind} needs sh:path")
        least, path = "Min" in constraint.component, shape.path.sparql()
        limit = _number(shape, constraint)
        asked = f" FILTER({self._conforms(constraint.shapes[0], '?value')})" if constraint.shapes else ""
        if least and limit == 1 and not asked:
            return _select(f"{focus} FILTER NOT EXISTS {{ ?focus {path} ?value }}", "?focus")
        values = f"OPTIONAL {{ ?focus {path} ?value .{asked} }}" if least else f"?focus {path} ?value .{asked}"
        sign = "<" if least else ">"
        return (
            f"SELECT ?focus WHERE {{ {focus} {values} }} GROUP BY ?focus HAVING(COUNT(DISTINCT ?value) {sign} {limit})"
        )

    def _breach(self, path: str, constraint: Constraint, focus: str, node: str, value: str) -> str:
        """A pattern of the values of `node` that break a constraint on all of them; `path` is "" in a node shape."""
        wanted = constraint.value
        reach = f"{node} {path} {value} ." if path else ""
        match constraint.kind:
            case "hasValue":
                kept = f"NOT EXISTS {{ {node} {path} {wanted} }}" if path else f"!sameTerm({node}, {wanted})"
                return f"{focus} FILTER({kept})"
            case "uniqueLang":
                a, b = self._fresh("a"), self._fresh("b")
                alike = f'!sameTerm({a}, {b}) && LANG({a}) != "" && LCASE(LANG({a})) = LCASE(LANG({b}))'
                return f"{focus} {node} {path} {a} . {node} {path} {b} . FILTER({alike})"
            case "disjoint":
                return f"{focus} {reach} {node} {wanted} {value} ."
            case "equals":
                if not path:
                    raise UntranslatableError("sh:equals of a node shape")
                missing = f"{reach} FILTER NOT EXISTS {{ {node} {wanted} {value} }}"
                more = f"{node} {wanted} {value} . FILTER NOT EXISTS {{ {reach} }}"
                return f"{{ {focus} {missing} }} UNION {{ {focus} {more} }}"
            case _:
                other = self._fresh("other")
                kept = f"COALESCE({value} {_PAIRS[constraint.kind]} {other}, false)"
                return f"{focus} {reach} {node} {wanted} {other} . FILTER(!{kept})"

    # ── a shape that another one asks for ────────────────────────────────────────────────────────

    def _conforms(self, shape: Shape, node: str) -> str:
        """A condition: `node` keeps the shape."""
        value = node if shape.path is None else self._fresh("value")
        kept = [self._keeps(shape, constraint, node, value) for constraint in shape.constraints]
        for inner in shape.properties:
            if shape.path is None:
                kept.append(self._conforms(inner, node))
            else:
                condition = self._conforms(inner, value)
                kept.append(f"NOT EXISTS {{ {node} {shape.path.sparql()} {value} FILTER(!({condition})) }}")
        return " && ".join(kept) or "true"

    def _keeps(self, shape: Shape, constraint: Constraint, node: str, value: str) -> str:
        kind, path = constraint.kind, shape.path.sparql() if shape.path else ""
        if kind in VALUE_CONSTRAINTS:
            condition = f"COALESCE({self._holds(constraint, value)}, false)"
            return f"NOT EXISTS {{ {node} {path} {value} FILTER(!{condition}) }}" if path else condition
        if kind in {"minCount", "maxCount"}:
            limit = _number(shape, constraint)
            if kind == "minCount":
                return self._has(limit, node, path) if limit else "true"
            return f"!{self._has(limit + 1, node, path)}"
        if kind in {"qualifiedMinCount", "qualifiedMaxCount", "sparql"}:
            raise UntranslatableError(f"sh:{kind} within another shape ({shape.name})")
        return f"NOT EXISTS {{ {self._breach(path, constraint, '', node, value)} }}"

    def _has(self, number: int, node: str, path: str) -> str:
        """A condition: `node` has at least so many values."""
        if number > _MOST_NESTED:
            raise UntranslatableError(f"a count above {_MOST_NESTED - 1} within another shape")
        values = [self._fresh("value") for _ in range(number)]
        differ = [f"!sameTerm({a}, {b})" for a, b in combinations(values, 2)]
        filter_ = f" FILTER({' && '.join(differ)})" if differ else ""
        return f"EXISTS {{ {' '.join(f'{node} {path} {value} .' for value in values)}{filter_} }}"

    # ── what one value keeps ─────────────────────────────────────────────────────────────────────

    def _holds(self, constraint: Constraint, value: str) -> str:
        """A condition: the value keeps a constraint. An error in it counts as a breach."""
        wanted, kind = constraint.value, constraint.kind
        match kind:
            case "class":
                if wanted is None:
                    raise ShapesError("sh:class without a class")
                return f"EXISTS {{ {self._instance(value, wanted)} }}"
            case "datatype":
                typed = f"DATATYPE({value}) = {wanted}"
                read = isinstance(wanted, NamedNode) and wanted.value in _WELL_FORMED
                return f"{typed} && isLITERAL({wanted}(STR({value})))" if read else typed
            case "nodeKind":
                return _KINDS[wanted.value.removeprefix(SH) if wanted else ""].format(value)
            case "minLength" | "maxLength":
                sign = ">=" if kind == "minLength" else "<="
                return f"!isBLANK({value}) && STRLEN(STR({value})) {sign} {wanted}"
            case "pattern":
                flags = f', "{constraint.text}"' if constraint.text else ""
                return f"!isBLANK({value}) && REGEX(STR({value}), {wanted}{flags})"
            case "languageIn":
                matches = (f"LANGMATCHES(LANG({value}), {tag})" for tag in constraint.members)
                return f"isLITERAL({value}) && ({' || '.join(matches) or 'false'})"
            case "in":
                return " || ".join(f"sameTerm({value}, {member})" for member in constraint.members) or "false"
            case "node":
                return self._conforms(constraint.shapes[0], value)
            case "not":
                return f"!({self._conforms(constraint.shapes[0], value)})"
            case "and":
                return " && ".join(f"({self._conforms(shape, value)})" for shape in constraint.shapes)
            case "or":
                return " || ".join(f"({self._conforms(shape, value)})" for shape in constraint.shapes)
            case "xone":
                kept = (f"IF({self._conforms(shape, value)}, 1, 0)" for shape in constraint.shapes)
                return f"({' + '.join(kept)}) = 1"
            case _:
                return f"{value} {_COMPARISONS[kind]} {wanted}"


def _select(pattern: str, value: str) -> str:
    shown = "?focus" if value == "?focus" else f"?focus {value}"
    return f"SELECT DISTINCT {shown} WHERE {{ {pattern} }}"


def _number(shape: Shape, constraint: Constraint) -> int:
    text = constraint.value.value if isinstance(constraint.value, Literal) else ""
    if not text.isdecimal():
        raise ShapesError(f"{shape.name}: sh:{constraint.kind} is no whole number")
    return int(text)


def _sparql(shape: Shape, constraint: Constraint, focus: str) -> str:
    """The constraint's own query, asked of all nodes at once instead of one ($this) after the other.

    Both are the same for a query that is one group with filters, OPTIONAL and EXISTS: there, a value bound before is a
    value joined. Others are refused.
    """
    select = constraint.value.value if constraint.value else ""
    bare = _TEXT.sub(" ", select)
    alien = _ALIEN.search(bare)
    whole = _SELECT.fullmatch(select)
    if alien is not None or whole is None or len(re.findall(r"\bSELECT\b", bare, re.IGNORECASE)) > 1:
        reason = f"{alien[0]} in its query" if alien else "its query is not SELECT $this … WHERE { … }"
        raise UntranslatableError(f"sh:sparql of {shape.name}: {reason}")
    wanted = {name[1:] for name in whole["wanted"].split()}
    if "this" not in wanted:
        raise UntranslatableError(f"sh:sparql of {shape.name}: its query does not select $this")
    body = re.sub(r"[$?]this\b", "?focus", whole["body"])
    value = "?value" if "value" in wanted else "?focus"
    return constraint.text + _select(f"{focus} {body}", value)

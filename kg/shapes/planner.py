"""Orders the patterns of a constraint's query for rdflib, which does not know that `$this` has a value.

SHACL gives `$this` its value before a query runs (SHACL, section 5.3.1), but rdflib fixes the order of triple patterns
when it parses, takes `$this` for a variable like any other, and begins with whatever holds most constants: for "the
claims on this entity that are not negated" with every claim that is not negated. Other engines need none of this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue, Expr
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Variable

__all__ = ["Planned", "planned"]

_Triple = tuple[object, object, object]
_THIS = Variable("this")


@dataclass(frozen=True)
class Planned:
    """A query ready to run, and the names that rdflib's grammar gives the clauses it is made of."""

    query: Query
    clauses: frozenset[str]


def planned(query: str) -> Planned:
    """A query whose patterns start at `$this`; parsed once, for parsing takes longer than evaluating.

    Args:
        query: The query with its prefixes, one a line in front; their order does not matter.

    Raises:
        ValueError: It is not SPARQL, with the reason.
    """
    lines = query.splitlines(keepends=True)
    count = next((n for n, line in enumerate(lines) if line.strip() and not line.startswith("PREFIX ")), len(lines))
    return _planned("".join(sorted(line for line in lines[:count] if line.strip())), "".join(lines[count:]).strip())


@lru_cache(maxsize=512)
def _planned(prefixes: str, body: str) -> Planned:
    try:
        parsed = parseQuery(prefixes + body)
        # Translating changes what was parsed, so the clauses are looked at first.
        clauses = frozenset(_clauses(parsed))
        found = translateQuery(parsed)
    except Exception as error:  # rdflib has no class of its own for a prefix or variable that it does not know
        raise ValueError(" ".join(str(error).split())) from error
    _plan(found.algebra, frozenset({_THIS}))
    return Planned(found, clauses)


def _clauses(parsed: object) -> Iterator[str]:
    """The names of all clauses of a parsed query."""
    if isinstance(parsed, CompValue):
        yield parsed.name
        for value in parsed.values():
            yield from _clauses(value)
    elif isinstance(parsed, Iterable) and not isinstance(parsed, str):
        for part in parsed:
            yield from _clauses(part)


def _plan(node: object, known: frozenset[Variable]) -> frozenset[Variable]:
    """Order all patterns below a node.

    Args:
        node: A node of the algebra, or a part of an expression.
        known: The variables that have a value when the node is evaluated.

    Returns:
        The variables that have a value after it.
    """
    if not isinstance(node, CompValue):
        if isinstance(node, list | tuple | set):
            for part in node:
                _plan(part, known)
        return known
    if node.name == "BGP":
        node["triples"] = _ordered(node.triples, known)
        return known | _variables(node.triples)
    if node.name in {"Join", "LeftJoin"}:
        first = _plan(node.p1, known)
        second = _plan(node.p2, first)
        if node.name == "LeftJoin":
            _plan(node.expr, second)
            return first
        # rdflib evaluates the right of a join of joins on its own; a bare pattern may always be given what is known.
        node["lazy"] = node.lazy or node.p2.name == "BGP"
        return second
    if node.name == "Union":
        return _plan(node.p1, known) & _plan(node.p2, known)
    if node.name in {"Filter", "Extend"}:
        if node.name == "Filter":
            _split(node)
        bound = _plan(node.p, known)
        _plan(node.expr, bound)
        return bound
    if isinstance(node, Expr):
        # The translated pattern of EXISTS is an attribute that hides the parsed one of the same name.
        if node.name in {"Builtin_EXISTS", "Builtin_NOTEXISTS"}:
            _plan(node.graph, known)
            return known
        for part in node.values():
            _plan(part, known)
        return known
    inner = known
    for name, part in node.items():
        if isinstance(part, CompValue) and name != "_vars":
            inner = _plan(part, known)
    return inner


def _split(node: CompValue) -> None:
    """Make several filters of a conjunction, the first one innermost: rdflib evaluates all parts of `&&` regardless."""
    if getattr(node.expr, "name", None) != "ConditionalAndExpression" or not node.expr.other:
        return
    expressions: list[object] = [node.expr.expr, *node.expr.other]
    before, last = expressions[:-1], expressions[-1]
    inner = node.p
    for expression in before:
        inner = CompValue("Filter", expr=expression, p=inner)
        inner["_vars"] = node._vars
        if node.no_isolated_scope:
            inner.no_isolated_scope = True
    node["p"], node["expr"] = inner, last


def _ordered(triples: Iterable[_Triple], known: frozenset[Variable]) -> list[_Triple]:
    """Triples so that each has as few unknown terms as can be, those that hang on a known variable first."""
    left = list(triples)
    ordered: list[_Triple] = []
    while left:
        best = min(left, key=partial(_cost, known))
        left.remove(best)
        ordered.append(best)
        known |= _variables([best])
    return ordered


def _cost(known: frozenset[Variable], triple: _Triple) -> tuple[int, bool]:
    variables = _variables([triple])
    unknown = len(variables - known)
    return unknown if variables & known else unknown + 3, _THIS not in variables


def _variables(triples: Iterable[_Triple]) -> frozenset[Variable]:
    return frozenset(term for triple in triples for term in triple if isinstance(term, Variable))

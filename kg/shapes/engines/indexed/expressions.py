"""Compiles the expressions of a query: logic and equality of IRIs here, all else by rdflib, once for each values.

What rdflib answers is what pyshacl sees, errors included: `A && B` is an error where A is one, whatever B is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from operator import ge, gt, le, lt
from typing import Any

from rdflib import Literal, URIRef, Variable
from rdflib.namespace import XSD
from rdflib.plugins.sparql.parserutils import CompValue

from kg.shapes.engines.indexed.index import Index
from kg.shapes.engines.indexed.leaves import Test, Value, has_exists, leaf, leaf_test
from kg.shapes.engines.indexed.nodes import is_literal, node_of_rdflib
from kg.shapes.engines.indexed.paths import Unsupported
from kg.shapes.engines.indexed.rows import EXISTS, Row, Slots

__all__ = ["Test", "expression", "test"]

#: Compiles the pattern of an EXISTS to a test of whether it has a solution.
Exists = Callable[[CompValue], Test]

#: Expressions that are true, false or an error, and nothing else.
_TRUTHS = {*EXISTS, "ConditionalAndExpression", "ConditionalOrExpression", "UnaryNot", "Builtin_BOUND"} | {
    "RelationalExpression"
}
_ORDERS: dict[str, Callable[[int, int], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
_INTEGER = str(XSD.integer)
_DIGITS = re.compile("-?[0-9]+")
_KEPT = 50_000
_TRUE, _FALSE = node_of_rdflib(Literal(True)), node_of_rdflib(Literal(False))


def test(expr: Any, slots: Slots, exists: Exists) -> Test:
    """Compile an expression to its effective boolean value.

    Raises:
        Unsupported: It is left to pyshacl.
    """
    name = getattr(expr, "name", "")
    if name in EXISTS:
        wanted, holds = EXISTS[name], exists(expr.graph)
        return lambda g, row: holds(g, row) is wanted
    if name == "TrueFilter":
        return lambda g, row: True
    if name == "ConditionalAndExpression":
        return _all([test(part, slots, exists) for part in _parts(expr)])
    if name == "ConditionalOrExpression":
        return _any([test(part, slots, exists) for part in _parts(expr)])
    if name == "UnaryNot":
        inner = test(expr.expr, slots, exists)

        def negated(g: Index, row: Row) -> bool | None:
            found = inner(g, row)
            return None if found is None else not found

        return negated
    if name == "Builtin_BOUND":
        slot = slots.slot(expr.arg)
        return lambda g, row: row[slot] is not None
    if name == "RelationalExpression" and expr.other is not None:
        return _relation(expr, slots)
    if name == "Builtin_COALESCE" and all(getattr(part, "name", "") in _TRUTHS for part in expr.arg[:-1]):
        return _first([test(part, slots, exists) for part in expr.arg])
    return leaf_test(expr, slots)


def expression(expr: Any, slots: Slots, exists: Exists) -> Value:
    """Compile an expression to its value.

    Raises:
        Unsupported: It is left to pyshacl.
    """
    if isinstance(expr, Variable):
        slot = slots.slot(expr)
        return lambda g, row: row[slot]
    if isinstance(expr, URIRef | Literal):
        node = node_of_rdflib(expr)
        return lambda g, row: node
    if not has_exists(expr):
        return leaf(expr, slots)
    if expr.name == "Builtin_IF":
        asked = test(expr.arg1, slots, exists)
        yes, no = (expression(part, slots, exists) for part in (expr.arg2, expr.arg3))

        def chosen(g: Index, row: Row) -> str | None:
            found = asked(g, row)
            return None if found is None else (yes if found else no)(g, row)

        return chosen
    if expr.name in {*EXISTS, "ConditionalAndExpression", "ConditionalOrExpression", "UnaryNot"}:
        held = test(expr, slots, exists)

        def truth(g: Index, row: Row) -> str | None:
            found = held(g, row)
            return None if found is None else (_TRUE if found else _FALSE)

        return truth
    raise Unsupported(f"EXISTS within {expr.name}")


def _parts(expr: Any) -> list[Any]:
    return [expr.expr, *(expr.other or ())]


def _all(parts: list[Test]) -> Test:
    def every(g: Index, row: Row) -> bool | None:
        for part in parts:
            found = part(g, row)
            if not found:
                return found
        return True

    return every


def _any(parts: list[Test]) -> Test:
    def some(g: Index, row: Row) -> bool | None:
        error = False
        for part in parts:
            found = part(g, row)
            if found:
                return True
            error = error or found is None
        return None if error else False

    return some


def _first(parts: list[Test]) -> Test:
    def first(g: Index, row: Row) -> bool | None:
        for part in parts:
            found = part(g, row)
            if found is not None:
                return found
        return None

    return first


def _relation(expr: Any, slots: Slots) -> Test:
    """Equality and membership of IRIs and order of integers without rdflib, which answers for all other literals."""
    slow = leaf_test(expr, slots)
    if expr.op in _ORDERS and all(isinstance(side, Variable | Literal) for side in (expr.expr, expr.other)):
        below, (small, great) = _ORDERS[expr.op], (expression(x, slots, _none) for x in (expr.expr, expr.other))

        def ordered(g: Index, row: Row) -> bool | None:
            a, b = small(g, row), great(g, row)
            if a is None or b is None:
                return None
            one, other = _integer(a), _integer(b)
            return slow(g, row) if one is None or other is None else below(one, other)

        return ordered
    if expr.op in ("=", "!=") and all(isinstance(side, Variable | URIRef) for side in (expr.expr, expr.other)):
        left, right = (expression(side, slots, _none) for side in (expr.expr, expr.other))
        equal = expr.op == "="

        def same(g: Index, row: Row) -> bool | None:
            a, b = left(g, row), right(g, row)
            if a is None or b is None:
                return None
            if is_literal(a) and is_literal(b):
                return slow(g, row)
            return (a == b) is equal

        return same
    if (
        expr.op in ("IN", "NOT IN")
        and isinstance(expr.expr, Variable)
        and all(isinstance(x, URIRef) for x in expr.other)
    ):
        slot, among, inside = slots.slot(expr.expr), {str(x) for x in expr.other}, expr.op == "IN"
        return lambda g, row: None if row[slot] is None else (row[slot] in among) is inside
    return slow


@lru_cache(maxsize=_KEPT)
def _integer(node: str) -> int | None:
    """The number of an `xsd:integer` in its canonical form."""
    words, mark, datatype = node[1:].rpartition('"^^')
    return int(words) if mark and datatype == _INTEGER and _DIGITS.fullmatch(words) else None


def _none(graph: CompValue) -> Test:
    raise Unsupported("EXISTS as a side of a comparison")

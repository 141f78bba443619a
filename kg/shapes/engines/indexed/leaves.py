"""Expressions that rdflib evaluates: each once for each set of values of its variables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rdflib import Variable
from rdflib.plugins.sparql.operators import EBV
from rdflib.plugins.sparql.parserutils import CompValue, Expr
from rdflib.plugins.sparql.sparql import FrozenBindings, QueryContext, SPARQLError
from rdflib.term import Node

from kg.shapes.engines.indexed.index import Index
from kg.shapes.engines.indexed.nodes import node_of_rdflib, rdflib_of
from kg.shapes.engines.indexed.paths import Unsupported
from kg.shapes.engines.indexed.rows import EXISTS, Row, Slots, variables_of

__all__ = ["Test", "Value", "has_exists", "leaf", "leaf_test"]

#: The value of an expression, or nothing where it is an error or unbound.
Value = Callable[[Index, Row], "str | None"]
#: Whether an expression is true; nothing where it is an error.
Test = Callable[[Index, Row], "bool | None"]
#: Functions that do not give the same for the same values.
_CHANGING = {"Builtin_NOW", "Builtin_RAND", "Builtin_UUID", "Builtin_STRUUID", "Builtin_BNODE"}
_KEPT = 50_000
_MISSING = object()


def _evaluated(expr: Any, slots: Slots) -> Callable[[Row], Node | None]:
    names = sorted(variables_of(expr))
    places = [slots.slot(name) for name in names]
    kept: dict[tuple[Any, ...], Node | None] = {}

    def evaluate(row: Row) -> Node | None:
        key = tuple([row[place] for place in places])
        known: Any = kept.get(key, _MISSING)
        if known is _MISSING:
            if len(kept) > _KEPT:
                kept.clear()
            bound = {name: rdflib_of(node) for name, node in zip(names, key, strict=True) if node is not None}
            known = kept[key] = _value(expr, bound)
        return known  # type: ignore[no-any-return]

    if _names(expr) & _CHANGING:
        raise Unsupported("a function that does not give the same for the same values")
    return evaluate


def _value(expr: Any, bound: dict[Variable, Node]) -> Node | None:
    bindings = FrozenBindings(QueryContext(initBindings={}), bound.items())
    try:
        found = expr.eval(bindings) if isinstance(expr, Expr) else bindings[expr]
    except (SPARQLError, KeyError):
        return None
    return found if isinstance(found, Node) and not isinstance(found, Variable) else None


def leaf(expr: Any, slots: Slots) -> Value:
    """An expression without EXISTS, as its value.

    Raises:
        Unsupported: It does not give the same for the same values.
    """
    evaluate = _evaluated(expr, slots)

    def value(g: Index, row: Row) -> str | None:
        found = evaluate(row)
        return None if found is None else node_of_rdflib(found)

    return value


def leaf_test(expr: Any, slots: Slots) -> Test:
    """An expression as its effective boolean value.

    Raises:
        Unsupported: It does not give the same for the same values, or holds an EXISTS.
    """
    if has_exists(expr):
        raise Unsupported("EXISTS within a function")
    evaluate = _evaluated(expr, slots)

    def truth(g: Index, row: Row) -> bool | None:
        found = evaluate(row)
        if found is None:
            return None
        try:
            return bool(EBV(found))  # type: ignore[call-overload]
        except SPARQLError:
            return None

    return truth


def _names(part: object) -> set[str]:
    if isinstance(part, CompValue):
        return {part.name} | {name for value in part.values() for name in _names(value)}
    if isinstance(part, list | tuple | set):
        return {name for value in part for name in _names(value)}
    return set()


def has_exists(part: object) -> bool:
    """Whether an expression asks for a pattern."""
    return bool(_names(part) & EXISTS.keys())

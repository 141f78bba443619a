"""Joins patterns to a triple that is known, to find what `$this` can be where it matches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rdflib import Variable

from kg.shapes.engines.indexed.index import Index, Triple
from kg.shapes.engines.indexed.patterns import THIS, Compiler
from kg.shapes.engines.indexed.rows import Row
from kg.shapes.engines.indexed.triples import Step, place, triple_step

__all__ = ["join"]


def join(start: tuple[Any, Any, Any], others: list[Any]) -> Callable[[Index, Triple, set[str]], None] | None:
    """What a triple that matches a pattern says of `$this`, where other patterns hold with it.

    Args:
        start: The pattern; what is nothing in it is not looked at.
        others: Patterns, and choices of patterns, that hold as well.

    Returns:
        A function that adds the values of `$this`; nothing where no pattern leads there.
    """
    compiler = Compiler()
    slots = compiler.slots
    if THIS not in {v for part in (start, *others) for v in _mentioned(part)}:
        return None
    places = [(n, place(slots, term)) for n, term in enumerate(start) if term is not None]
    out = slots.fresh()

    def collect(g: Index, row: Row) -> bool:
        row[out].add(row[0])
        return False

    def unseen(then: Step) -> Step:
        return lambda g, row: row[0] not in row[out] and then(g, row)

    ordered, known = _ordered(others, _mentioned(start))
    step: Step = collect
    for part, binds_this in reversed(ordered):
        if binds_this:
            step = unseen(step)
        step = triple_step(slots, part, step) if isinstance(part, tuple) else compiler.step(part, step)

    def find(g: Index, triple: Triple, found: set[str]) -> None:
        row: Row = [None] * slots.count
        for n, (slot, constant) in places:
            node = triple[n]
            if constant is None and row[slot] in (None, node):
                row[slot] = node
            elif constant != node:
                return
        row[out] = found
        step(g, row)

    return find if THIS in known else None


def _ordered(parts: list[Any], known: set[Variable]) -> tuple[list[tuple[Any, bool]], set[Variable]]:
    """Patterns so that each hangs on those before it, with whether it is the one that gives `$this` its value."""
    left, known = list(parts), set(known)
    ordered = []
    while left:
        best = min(left, key=lambda part: _price(part, known))
        left.remove(best)
        names = _mentioned(best)
        if known and not names & known:
            continue  # what hangs on nothing narrows nothing
        ordered.append((best, THIS in names and THIS not in known))
        known |= names
    return ordered, known


def _price(part: Any, known: set[Variable]) -> tuple[int, int]:
    """Cheap is what has few unknown terms, and goes from a subject to its values rather than back."""
    names = _mentioned(part)
    unknown = len(names - known)
    if not isinstance(part, tuple):
        return unknown + (0 if names & known else 9), 4
    is_back = isinstance(part[0], Variable) and part[0] not in known
    return unknown + (0 if names & known else 9), is_back + 2 * isinstance(part[1], Variable)


def _mentioned(part: Any) -> set[Variable]:
    if isinstance(part, tuple):
        return {term for term in part if isinstance(term, Variable)}
    if part.name == "BGP":
        return {v for triple in part.triples for v in _mentioned(triple)}
    if part.name in {"Join", "Union", "LeftJoin"}:
        return _mentioned(part.p1) | (_mentioned(part.p2) if part.name != "LeftJoin" else set())
    return _mentioned(part.p) if part.name in {"Filter", "Extend"} else set()

"""Compiles triple patterns: each binds its variables in a row, for every triple or path that matches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rdflib import Literal, URIRef, Variable
from rdflib.paths import Path
from rdflib.term import Node

from kg.shapes.engines.indexed.index import Index
from kg.shapes.engines.indexed.nodes import node_of_rdflib
from kg.shapes.engines.indexed.paths import Unsupported, pairs, predicates_of
from kg.shapes.engines.indexed.rows import Row, Slots

__all__ = ["Step", "place", "triple_step"]

#: Goes on with a row; whether to stop.
Step = Callable[[Index, Row], bool]
#: The slot of a variable, or the string of a constant.
_Place = tuple[int, "str | None"]


def triple_step(slots: Slots, triple: tuple[Any, Any, Any], then: Step) -> Step:
    """Compile a triple pattern.

    Args:
        slots: The places of the query's variables; those of the pattern are given theirs.
        triple: Subject, predicate or path, and object.
        then: What comes after it.

    Raises:
        Unsupported: It is left to pyshacl.
    """
    s, p, o = triple
    if isinstance(p, Path):
        predicates_of(p)
        return _path(place(slots, s), p, place(slots, o), then)
    if isinstance(p, URIRef):
        return _known(place(slots, s), str(p), place(slots, o), then)
    return _open(place(slots, s), place(slots, p), place(slots, o), then)


def place(slots: Slots, term: Node) -> _Place:
    """The slot of a variable, or the string of a constant."""
    if isinstance(term, Variable):
        return slots.slot(term), None
    if isinstance(term, URIRef | Literal):
        return -1, node_of_rdflib(term)
    return slots.slot(Variable(f"__blank_{term}")), None


def _known(s: _Place, p: str, o: _Place, then: Step) -> Step:
    si, sc = s
    oi, oc = o

    def step(g: Index, row: Row) -> bool:
        subject = row[si] if sc is None else sc
        value = row[oi] if oc is None else oc
        if subject is not None:
            if value is not None:
                return g.has(subject, p, value) and then(g, row)
            for found in g.objects(subject, p):
                row[oi] = found
                if then(g, row):
                    row[oi] = None
                    return True
            row[oi] = None
            return False
        if value is not None:
            for found in g.subjects(p, value):
                row[si] = found
                if then(g, row):
                    row[si] = None
                    return True
            row[si] = None
            return False
        for subject, _, value in g.match(None, p, None):
            if si == oi and subject != value:
                continue
            row[si], row[oi] = subject, value
            stop = then(g, row)
            row[si] = row[oi] = None
            if stop:
                return True
        return False

    return step


def _open(s: _Place, p: _Place, o: _Place, then: Step) -> Step:
    places = [place for place, constant in (s, p, o) if constant is None]
    if len(set(places)) < len(places):
        raise Unsupported("a pattern with a variable twice")

    def step(g: Index, row: Row) -> bool:
        terms = [row[place] if constant is None else constant for place, constant in (s, p, o)]
        new = [(place, n) for n, (place, constant) in enumerate((s, p, o)) if constant is None and row[place] is None]
        stop = False
        for triple in g.match(terms[0], terms[1], terms[2]):
            for place, n in new:
                row[place] = triple[n]
            if then(g, row):
                stop = True
                break
        for place, _ in new:
            row[place] = None
        return stop

    return step


def _path(s: _Place, path: Path, o: _Place, then: Step) -> Step:
    (si, sc), (oi, oc) = s, o

    def step(g: Index, row: Row) -> bool:
        subject = row[si] if sc is None else sc
        value = row[oi] if oc is None else oc
        stop = False
        for start, end in pairs(g, path, subject, value):
            if si == oi and sc is None and start != end:
                continue
            if subject is None:
                row[si] = start
            if value is None:
                row[oi] = end
            if then(g, row):
                stop = True
                break
        if subject is None:
            row[si] = None
        if value is None:
            row[oi] = None
        return stop

    return step

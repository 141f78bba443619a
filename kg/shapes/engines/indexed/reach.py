"""Which focus nodes a changed triple can touch: the patterns that a shape reads, walked back to `$this`.

A result can only change where a pattern of the shape matches a triple that came or went, and where the patterns that
must hold with it hold too. So for each pattern the others are joined to it, over the old and the new triples together,
until `$this` has a value. Filters are left out, which can only name too many nodes. Where no pattern leads to `$this`,
or a path is walked in a way that is not followed here, the shape is checked on all of its focus nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from rdflib import Graph, Literal, URIRef, Variable
from rdflib.collection import Collection
from rdflib.namespace import SH
from rdflib.paths import AlternativePath, MulPath, Path
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

from kg.shapes.engines.indexed.index import Index, Triple
from kg.shapes.engines.indexed.paths import pairs, predicates_of
from kg.shapes.engines.indexed.patterns import join
from kg.shapes.engines.indexed.queries import query_of
from kg.shapes.engines.indexed.shapes import SUBCLASS, TYPE, Compiled, path_of

__all__ = ["Trigger", "triggers"]

_THIS = Variable("this")
_ANY = Variable("__predicate")
#: Adds the focus nodes that a triple can touch.
_Find = Callable[[Index, Triple, "set[str]"], None]
_Pattern = tuple[Any, Any, Any]


@dataclass(frozen=True)
class Trigger:
    """What a changed triple asks for.

    Attributes:
        predicates: The predicates of the triples that pull it; nothing for all.
        find: Adds the focus nodes that a triple can touch; nothing where that can be all of the shape.
    """

    predicates: frozenset[str] | None
    find: _Find | None


def triggers(shape: Compiled, shapes: Graph) -> Iterator[Trigger]:
    """The triggers of a shape, its targets' among them."""
    for target in shape.targets:
        if target.kind == "class":
            yield Trigger(frozenset({TYPE}), _subject)
            yield Trigger(frozenset({SUBCLASS}), None)
        elif target.kind != "node":
            yield Trigger(frozenset({target.of}), _subject if target.kind == "subjects" else _object)
    for pattern, others in _reads(shapes, shape.node, _THIS, [], 0):
        yield _trigger(pattern, others)


def _subject(g: Index, triple: Triple, out: set[str]) -> None:
    out.add(triple[0])


def _object(g: Index, triple: Triple, out: set[str]) -> None:
    out.add(triple[2])


def _reads(
    shapes: Graph, node: Node, at: Variable, outer: list[Any], depth: int
) -> Iterator[tuple[_Pattern, list[Any]]]:
    """The patterns that a shape reads at a node, each with the patterns that hold with it."""
    path = path_of(shapes, node)
    value, chain = at, outer
    if path is not None:
        value = Variable(f"__value{depth}")
        pattern: _Pattern = (at, URIRef(path) if isinstance(path, str) else path, value)
        yield pattern, outer
        chain = [*outer, pattern]
    for other in (*shapes.objects(node, SH.lessThan), *shapes.objects(node, SH.lessThanOrEquals)):
        yield (at, other, Variable(f"__other{depth}")), outer
    if (node, SH.closed, Literal(True)) in shapes:
        yield (value, _ANY, Variable(f"__any{depth}")), chain
    if (node, SH["class"], None) in shapes:
        yield (value, URIRef(TYPE), Variable(f"__class{depth}")), chain
        # Whose class stands below another is not followed: all are checked.
        yield (Variable("__below"), URIRef(SUBCLASS), Variable("__above")), []
    for name in (SH.property, SH.node, SH["not"]):
        for inner in shapes.objects(node, name):
            yield from _reads(shapes, inner, value, chain, depth + 1)
    for name in (SH["and"], SH["or"], SH.xone):
        for listed in shapes.objects(node, name):
            for inner in Collection(shapes, listed):
                yield from _reads(shapes, inner, value, chain, depth + 1)
    for constraint in shapes.objects(node, SH.sparql):
        query = query_of(shapes, constraint)
        if query is not None:
            # The query calls the node that the shape is at `$this`.
            for pattern, others in _walk(query.query.algebra.p, []):
                yield _renamed(pattern, at, depth), [*outer, *(_renamed(one, at, depth) for one in others)]


def _renamed(part: Any, at: Variable, depth: int) -> Any:
    """A part of a query whose `$this` is another node; a shape within a shape keeps its variables apart."""
    if at == _THIS:
        return part
    if isinstance(part, Variable):
        return at if part == _THIS else Variable(f"{part}__{depth}")
    if isinstance(part, tuple):
        return tuple(_renamed(one, at, depth) for one in part)
    if isinstance(part, CompValue):
        copied = CompValue(part.name, **{k: _renamed(v, at, depth) for k, v in part.items() if k != "_vars"})
        return copied
    return [_renamed(one, at, depth) for one in part] if isinstance(part, list) else part


def _walk(part: CompValue, outer: list[Any]) -> Iterator[tuple[_Pattern, list[Any]]]:
    name = part.name
    if name == "BGP":
        for number, triple in enumerate(part.triples):
            yield triple, [*outer, *part.triples[:number], *part.triples[number + 1 :]]
    elif name == "Join":
        yield from _walk(part.p1, outer + _required(part.p2))
        yield from _walk(part.p2, outer + _required(part.p1))
    elif name == "LeftJoin":
        yield from _walk(part.p1, outer)
        yield from _walk(part.p2, outer + _required(part.p1))
        yield from _exists(part.expr, outer + _required(part.p1) + _required(part.p2))
    elif name == "Union":
        yield from _walk(part.p1, outer)
        yield from _walk(part.p2, outer)
    elif name in {"Filter", "Extend"}:
        yield from _walk(part.p, outer)
        yield from _exists(part.expr, outer + _required(part.p))
    else:  # a query within the query: what is around it need not hold for it to be read
        yield from _walk(part.p, [])


def _required(part: CompValue) -> list[Any]:
    """The patterns, and the choices of patterns, that hold in every solution of a part."""
    if part.name == "BGP":
        return list(part.triples)
    if part.name == "Join":
        return _required(part.p1) + _required(part.p2)
    if part.name in {"Filter", "Extend"}:
        return _required(part.p)
    if part.name == "LeftJoin":
        return _required(part.p1)
    return [part] if part.name == "Union" else []


def _exists(expr: Any, outer: list[Any]) -> Iterator[tuple[_Pattern, list[Any]]]:
    if isinstance(expr, CompValue):
        if expr.name in {"Builtin_EXISTS", "Builtin_NOTEXISTS"}:
            yield from _walk(expr.graph, outer)
            return
        for part in expr.values():
            yield from _exists(part, outer)
    elif isinstance(expr, list | tuple):
        for part in expr:
            yield from _exists(part, outer)


def _trigger(pattern: _Pattern, others: list[Any]) -> Trigger:
    s, p, o = pattern
    if isinstance(p, Variable):
        if s == _THIS:
            return Trigger(None, _subject)
        return Trigger(None, join(pattern, others))
    predicates = frozenset(predicates_of(p))
    if isinstance(p, Path) and not _is_choice(p):
        if not isinstance(p, MulPath) or not isinstance(p.path, URIRef) or not isinstance(s, Variable):
            return Trigger(predicates, None)
        # Whoever comes to the changed step by the path can be touched.
        then = join((s, None, None), [pattern, *others])
        return Trigger(predicates, then and partial(_before, MulPath(p.path, "*"), then))
    if s == _THIS:
        return Trigger(predicates, _subject)
    if o == _THIS:
        return Trigger(predicates, _object)
    return Trigger(predicates, join(pattern, others))


def _is_choice(path: Path) -> bool:
    return isinstance(path, AlternativePath) and all(isinstance(part, URIRef) for part in path.args)


def _before(path: MulPath, then: _Find, g: Index, triple: Triple, out: set[str]) -> None:
    for start, _ in pairs(g, path, None, triple[0]):
        then(g, (start, triple[1], triple[2]), out)

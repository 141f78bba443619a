"""Property paths of SPARQL over an index, as rdflib walks them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import URIRef
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

from kg.shapes.engines.indexed.index import Index

__all__ = ["Unsupported", "pairs", "predicates_of"]


class Unsupported(Exception):
    """A shape holds something that this engine leaves to pyshacl."""


def predicates_of(path: object) -> set[str]:
    """All predicates that a path walks.

    Raises:
        Unsupported: The path is of a kind that is not walked here.
    """
    if isinstance(path, URIRef):
        return {str(path)}
    if isinstance(path, AlternativePath | SequencePath):
        return {name for part in path.args for name in predicates_of(part)}
    if isinstance(path, InvPath):
        return predicates_of(path.arg)
    if isinstance(path, MulPath):
        return predicates_of(path.path)
    raise Unsupported(f"the path {path!r}")


def pairs(index: Index, path: object, start: str | None, end: str | None) -> Iterator[tuple[str, str]]:
    """The pairs of nodes that a path joins; an alternative or a sequence may give one twice, as in SPARQL."""
    if isinstance(path, URIRef):
        for s, _, o in index.match(start, str(path), end):
            yield s, o
    elif isinstance(path, AlternativePath):
        for part in path.args:
            yield from pairs(index, part, start, end)
    elif isinstance(path, InvPath):
        for s, o in pairs(index, path.arg, end, start):
            yield o, s
    elif isinstance(path, SequencePath):
        yield from _sequence(index, path.args, start, end)
    elif isinstance(path, MulPath):
        yield from _repeated(index, path, start, end)
    else:
        raise Unsupported(f"the path {path!r}")


def _sequence(index: Index, parts: Iterable[object], start: str | None, end: str | None) -> Iterator[tuple[str, str]]:
    first, *rest = parts
    if not rest:
        yield from pairs(index, first, start, end)
    elif start is None and end is not None:
        *before, last = first, *rest
        for middle, o in pairs(index, last, None, end):
            for s, _ in _sequence(index, before, None, middle):
                yield s, o
    else:
        for s, middle in pairs(index, first, start, None):
            for _, o in _sequence(index, rest, middle, end):
                yield s, o


def _repeated(index: Index, path: MulPath, start: str | None, end: str | None) -> Iterator[tuple[str, str]]:
    if start is not None:
        for node in _reached(index, path, start, backwards=False):
            if end is None or node == end:
                yield start, node
    elif end is not None:
        for node in _reached(index, path, end, backwards=True):
            yield node, end
    else:
        nodes = {node for pair in pairs(index, path.path, None, None) for node in pair}
        if path.zero:
            nodes = {node for s, _, o in index.match(None, None, None) for node in (s, o)}
        for node in nodes:
            for reached in _reached(index, path, node, backwards=False):
                yield node, reached


def _reached(index: Index, path: MulPath, start: str, *, backwards: bool) -> set[str]:
    found: set[str] = {start} if path.zero else set()
    queue, seen = [start], {start}
    while queue:
        node = queue.pop()
        for s, o in pairs(index, path.path, None if backwards else node, node if backwards else None):
            other = s if backwards else o
            found.add(other)
            if path.more and other not in seen:
                seen.add(other)
                queue.append(other)
    return found

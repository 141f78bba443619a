"""Collects the quads of one graph, each once."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from kg.mapping.terms import Object, iri

__all__ = ["GraphWriter"]


class GraphWriter:
    """Adds triples to one named graph, or to the default graph where `graph` is None."""

    def __init__(self, graph: NamedNode | None = None) -> None:
        self._graph = graph
        self.quads: set[Quad] = set()

    def add(self, subject: NamedNode | str, predicate: str, value: Object | str | None) -> None:
        """Add one triple; strings are prefixed names or IRIs, and a value of None adds nothing."""
        if value is None:
            return
        node = subject if isinstance(subject, NamedNode) else iri(subject)
        term = value if isinstance(value, NamedNode | Literal) else iri(value)
        triple = (node, iri(predicate), term)
        self.quads.add(Quad(*triple, self._graph) if self._graph is not None else Quad(*triple))

    def describe(self, subject: NamedNode | str, pairs: Iterable[tuple[str, Object | str | None]]) -> None:
        """Add several triples about one subject."""
        for predicate, value in pairs:
            self.add(subject, predicate, value)

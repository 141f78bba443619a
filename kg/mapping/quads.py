"""Quads as the lines that a release holds: what is written once is neither parsed nor serialised again.

A quad as an object of the engine is dear to make (its terms are checked and copied each time) and is wanted by few: a
release and its hash are made of lines. So the graphs are kept as the triples' text, and become objects for who asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple

from kg.errors import CrossingsError
from kg.mapping.terms import Object
from kg.namespaces import expand

__all__ = ["GraphWriter", "Quads", "node"]


@lru_cache(maxsize=16384)
def node(name: str) -> str:
    """The N-Triples text of the node of a prefixed name of the project, or of an IRI.

    Raises:
        ValueError: It is no IRI.
    """
    return str(NamedNode(expand(name)))


class Quads(Set[Quad]):
    """A set of quads without blank nodes and triple terms.

    Args:
        graphs: The canonical N-Triples text of each triple, without the full stop, by the text of its graph's name; the
            default graph's is empty.
    """

    def __init__(self, graphs: Mapping[str, Set[str]]) -> None:
        self._graphs = {name: triples for name, triples in graphs.items() if triples}

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> Quads:
        """The quads of any collection.

        Raises:
            CrossingsError: One has a blank node or a triple term.
        """
        if isinstance(quads, Quads):
            return quads
        graphs: dict[str, set[str]] = {}
        for quad in quads:
            if any(isinstance(term, BlankNode | Triple) for term in (quad.subject, quad.object, quad.graph_name)):
                raise CrossingsError(f"a release holds no blank nodes and no triple terms, but was given {quad}")
            graphs.setdefault(_graph(quad), set()).add(f"{quad.subject} {quad.predicate} {quad.object}")
        return cls(graphs)

    @classmethod
    def union(cls, parts: Iterable[Quads]) -> Quads:
        """The quads of all parts."""
        graphs: dict[str, Set[str]] = {}
        for part in parts:
            for name, triples in part._graphs.items():
                graphs[name] = graphs[name] | triples if name in graphs else triples
        return cls(graphs)

    @property
    def graphs(self) -> Mapping[str, Set[str]]:
        """The triples of each graph, as they were given."""
        return self._graphs

    def lines(self) -> Iterator[str]:
        """The canonical N-Quads lines, each once, in no order, without line ends."""
        for name, triples in self._graphs.items():
            end = f" {name} ." if name else " ."
            for triple in triples:
                yield triple + end

    def __len__(self) -> int:
        return sum(map(len, self._graphs.values()))

    def __iter__(self) -> Iterator[Quad]:
        for name, triples in self._graphs.items():
            end = f" {name} .\n" if name else " .\n"
            yield from pyoxigraph.parse("".join(triple + end for triple in triples), format=RdfFormat.N_QUADS)

    def __contains__(self, quad: object) -> bool:
        if not isinstance(quad, Quad):
            return False
        return f"{quad.subject} {quad.predicate} {quad.object}" in self._graphs.get(_graph(quad), ())

    def __eq__(self, other: object) -> bool:
        return self._graphs == other._graphs if isinstance(other, Quads) else super().__eq__(other)

    __hash__ = None  # type: ignore[assignment]  # a set is not hashable

    @classmethod
    def _from_iterable(cls, it: Iterable[Quad]) -> Quads:  # type: ignore[override]
        return cls.of(it)


def _graph(quad: Quad) -> str:
    return str(quad.graph_name) if isinstance(quad.graph_name, NamedNode) else ""


class GraphWriter:
    """Adds triples to one named graph, or to the default graph where `graph` is None."""

    def __init__(self, graph: NamedNode | None = None) -> None:
        self._graph = "" if graph is None else str(graph)
        self.triples: set[str] = set()

    @property
    def quads(self) -> Quads:
        """What was added so far."""
        return Quads({self._graph: self.triples})

    def add(self, subject: str, predicate: str, value: Object | str | None) -> None:
        """Add one triple; strings are prefixed names or IRIs, and a value of None adds nothing.

        Raises:
            ValueError: A string is no IRI.
        """
        if value is not None:
            term = node(value) if isinstance(value, str) else str(value)
            self.triples.add(f"{node(subject)} {node(predicate)} {term}")

    def describe(self, subject: str, pairs: Iterable[tuple[str, Object | str | None]]) -> None:
        """Add several triples about one subject."""
        about = node(subject)
        for predicate, value in pairs:
            if value is not None:
                term = node(value) if isinstance(value, str) else str(value)
                self.triples.add(f"{about} {node(predicate)} {term}")

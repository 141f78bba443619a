"""The triples of a release, to be taken out and put in while what points to what is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph
from pyoxigraph import Literal, RdfFormat

from kg.mapping.quads import Quads, node

__all__ = ["DEFAULT", "Triples", "words"]

#: The name of the default graph, as `Quads` has it.
DEFAULT = ""


class Triples:
    """The triples of some graphs by what they are about and what they point to; every term is its N-Triples text.

    Predicates are given as prefixed names.

    Args:
        quads: The graphs.
    """

    def __init__(self, quads: Quads) -> None:
        #: By subject, then by graph: predicates and objects.
        self._about: dict[str, dict[str, set[tuple[str, str]]]] = {}
        self._to: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for graph, triples in quads.graphs.items():
            for triple in triples:
                subject, predicate, value = triple.split(" ", 2)
                self._put(graph, subject, predicate, value)

    @property
    def quads(self) -> Quads:
        """What is left."""
        graphs: dict[str, set[str]] = {}
        for subject, held in self._about.items():
            for graph, pairs in held.items():
                graphs.setdefault(graph, set()).update(f"{subject} {predicate} {value}" for predicate, value in pairs)
        return Quads(graphs)

    def __contains__(self, subject: str) -> bool:
        return subject in self._about

    def subjects(self, graph: str | None = None) -> list[str]:
        """Everything that something is said of, in one graph or in any, sorted."""
        return sorted(s for s, held in self._about.items() if graph is None or held.get(graph))

    def said(self, subject: str, graph: str | None = None) -> list[tuple[str, str, str]]:
        """All that is said of a subject, in one graph or in any: graph, predicate (as a text) and value, sorted."""
        held = self._about.get(subject, {})
        return sorted((g, p, v) for g, pairs in held.items() if graph in (None, g) for p, v in pairs)

    def values(self, subject: str, predicate: str, graph: str | None = None) -> list[str]:
        """The values of a property, sorted."""
        wanted = node(predicate)
        return sorted({v for _, p, v in self.said(subject, graph) if p == wanted})

    def one(self, subject: str, predicate: str, graph: str | None = None) -> str:
        """The first of them, or nothing."""
        return next(iter(self.values(subject, predicate, graph)), "")

    def pointing(self, value: str, *predicates: str) -> list[str]:
        """The subjects that have an IRI as the value of one of some properties, sorted; of any, where none is given."""
        wanted = {node(name) for name in predicates}
        return sorted({s for s, p in self._to.get(value, ()) if not wanted or p in wanted})

    def graphs_of(self, subject: str) -> list[str]:
        """The graphs that say something of a subject, sorted."""
        return sorted(graph for graph, pairs in self._about.get(subject, {}).items() if pairs)

    def add(self, graph: str, subject: str, predicate: str, value: str) -> None:
        """Put a triple in."""
        self._put(graph, subject, node(predicate), value)

    def drop(self, graph: str, subject: str, predicate: str, value: str) -> None:
        """Take a triple out; its predicate is given as the text that `said` gives."""
        held = self._about.get(subject, {})
        pairs = held.get(graph, set())
        pairs.discard((predicate, value))
        if not pairs:
            held.pop(graph, None)
        if not held:
            self._about.pop(subject, None)
        if value in self._to and not any((predicate, value) in others for others in held.values()):
            self._to[value].discard((subject, predicate))

    def drop_all(self, subject: str, predicate: str) -> list[str]:
        """Take every value of a property out; the values, sorted."""
        wanted = node(predicate)
        gone = [(g, p, v) for g, p, v in self.said(subject) if p == wanted]
        for graph, found, value in gone:
            self.drop(graph, subject, found, value)
        return sorted({value for _, _, value in gone})

    def set(self, graph: str, subject: str, predicate: str, value: str) -> None:
        """Give a property one value, in one graph, in place of all that it has."""
        self.drop_all(subject, predicate)
        self.add(graph, subject, predicate, value)

    def forget(self, subject: str, graph: str | None = None) -> None:
        """Take out all that is said of a subject, in one graph or in any, and with the latter all that points to it."""
        for found, predicate, value in self.said(subject, graph):
            self.drop(found, subject, predicate, value)
        if graph is None:
            for other, predicate in list(self._to.get(subject, ())):
                for found in self.graphs_of(other):
                    self.drop(found, other, predicate, subject)

    def pairs(self) -> Iterator[tuple[str, str, str]]:
        """Every triple, once for each graph that has it, in no order."""
        for subject, held in self._about.items():
            for pairs in held.values():
                for predicate, value in pairs:
                    yield subject, predicate, value

    def _put(self, graph: str, subject: str, predicate: str, value: str) -> None:
        self._about.setdefault(subject, {}).setdefault(graph, set()).add((predicate, value))
        if value.startswith("<"):
            self._to[value].add((subject, predicate))


def words(literal: str) -> str:
    r"""The words of a literal, from its N-Triples text; of anything else nothing.

    >>> words('"A \\"quiet\\" man"@en'), words("<urn:a>")
    ('A "quiet" man', '')
    """
    if not literal.startswith('"'):
        return ""
    if "\\" not in literal:
        return literal[1 : literal.rindex('"')]
    read = next(iter(pyoxigraph.parse(f"<urn:s> <urn:p> {literal} .", format=RdfFormat.N_TRIPLES))).object
    assert isinstance(read, Literal)  # it begins with a quotation mark
    return read.value

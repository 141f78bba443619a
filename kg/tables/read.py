"""The rows of a table, read from the store of a release one thing after the other."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Store, Triple

from kg.errors import GraphError
from kg.namespaces import BASE, CX, curie, expand
from kg.tables.model import Column, ColumnKind, Table

__all__ = ["Row", "rows"]

#: The cells of a row in the order of the columns: None, a value, or a list of values where the column may have several.
Row = tuple[object, ...]

_Graph = NamedNode | DefaultGraph
_Term = NamedNode | BlankNode | Literal | Triple
_DEFAULT = DefaultGraph()
_TYPE = NamedNode(expand("rdf:type"))
#: What orders the values of a property, where their IRIs say nothing.
_ORDER = {"cx:evidence": ("oa:hasSelector", "oa:start")}
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}


def rows(store: Store, table: Table) -> Iterator[Row]:
    """The rows of a table, sorted by IRI.

    Args:
        store: The store of a release.
        table: The table.

    Raises:
        GraphError: A thing has several values where the table has room for one, none where it must have one, or one
            that is not of the column's kind.
    """
    reader = _Reader(store)
    for thing, graph in _things(store, table):
        yield tuple(reader.cell(thing, graph, column) for column in table.columns)


def _things(store: Store, table: Table) -> list[tuple[NamedNode, _Graph]]:
    """The things of a table with the graph that describes them, each once."""
    found: dict[str, tuple[NamedNode, _Graph]] = {}
    where = _DEFAULT if table.graph == "default" else None
    for name in table.classes:
        for quad in store.quads_for_pattern(None, _TYPE, NamedNode(expand(name)), where):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.graph_name, NamedNode | DefaultGraph):
                found[quad.subject.value] = (quad.subject, quad.graph_name)
    return [found[iri] for iri in sorted(found)]


class _Reader:
    def __init__(self, store: Store) -> None:
        self._store = store
        # A thing is asked for once and not once a column; the same few places and concepts are labelled in most rows.
        self._said = lru_cache(maxsize=64)(self._described)
        self._label = lru_cache(maxsize=50_000)(self._labelled)

    def cell(self, thing: NamedNode, graph: _Graph, column: Column) -> object:
        if not column.path:
            return thing.value
        found = self._values(thing, graph, column)
        if column.many:
            return found
        if len(found) > 1:
            raise GraphError(
                f"<{thing.value}> has {len(found)} values of {'/'.join(column.path)}, but the column '{column.name}' "
                "has room for one: validate the release"
            )
        if column.required and not found:
            raise GraphError(
                f"<{thing.value}> has no {'/'.join(column.path)}, which every row has: validate the release"
            )
        return found[0] if found else None

    def _values(self, thing: NamedNode, graph: _Graph, column: Column) -> list[object]:
        first, *rest = column.path
        if column.kind == "label" and not rest:
            label = self._label(thing)
            return [] if label is None else [label]
        firsts = self._objects(thing, graph, first)
        if first == "rdf:type":  # other ontologies' classes, and the superclasses, are no news
            firsts = [term for term in firsts if isinstance(term, NamedNode) and term.value.startswith(CX)]
        order = _ORDER.get(first)
        if order is not None:
            firsts = sorted(firsts, key=lambda term: int(_text(self._end(term, graph, order) or Literal(0))))
        ends = (self._end(value, graph, tuple(rest)) for value in firsts)
        found = [None if end is None else self._converted(end, thing, column) for end in ends]
        return found if any(value is not None for value in found) else []

    def _end(self, term: _Term, graph: _Graph, path: tuple[str, ...]) -> _Term | None:
        """What a path leads to from a term: the first that there is, in their order."""
        if not path:
            return term
        if not isinstance(term, NamedNode):
            return None
        if path == ("skos:prefLabel",):
            label = self._label(term)
            return None if label is None else Literal(label)
        ends = (self._end(value, graph, path[1:]) for value in self._objects(term, graph, path[0]))
        return next((end for end in ends if end is not None), None)

    def _objects(self, thing: NamedNode, graph: _Graph, name: str) -> list[_Term]:
        return sorted(self._said(thing, graph).get(expand(name), ()), key=str)

    def _described(self, thing: NamedNode, graph: _Graph) -> dict[str, list[_Term]]:
        said: dict[str, list[_Term]] = {}
        for quad in self._store.quads_for_pattern(thing, None, None, graph):
            said.setdefault(quad.predicate.value, []).append(quad.object)
        return said

    def _labelled(self, thing: NamedNode) -> str | None:
        """Its label, in English where it can be: of the default graph, else of the others."""
        predicate = NamedNode(expand("skos:prefLabel"))
        for graph in (_DEFAULT, None):
            found = [
                quad.object
                for quad in self._store.quads_for_pattern(thing, predicate, None, graph)
                if isinstance(quad.object, Literal)
            ]
            if found:
                return min(found, key=lambda label: (label.language != "en", label.language or "", label.value)).value
        return None

    def _converted(self, term: _Term, thing: NamedNode, column: Column) -> object:
        try:
            return _converted(term, column.kind)
        except (ValueError, InvalidOperation) as error:
            raise GraphError(
                f"<{thing.value}> has {term} for {'/'.join(column.path)}, which is no {column.kind}: "
                "validate the release"
            ) from error


def _text(term: _Term) -> str:
    return str(term) if isinstance(term, Triple) else term.value


def _converted(term: _Term, kind: ColumnKind) -> object:
    """A term as a value of a kind.

    Raises:
        ValueError, InvalidOperation: It is none.
    """
    text = _text(term)
    if kind in ("text", "label", "term", "edtf", "duration", "iri"):
        return text
    if kind == "concept":
        return text.rpartition("#")[2] if text.startswith(BASE) else text
    if kind == "kind":
        return curie(term.datatype.value) if isinstance(term, Literal) else "uri"
    if kind == "boolean":
        if text not in _TRUTHS:
            raise ValueError(text)
        return _TRUTHS[text]
    if kind == "date":
        return datetime.date.fromisoformat(text)
    return int(text) if kind == "integer" else Decimal(text)

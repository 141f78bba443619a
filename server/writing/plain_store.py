"""A plain triple store that is written to: SPARQL 1.1 Update and the Graph Store Protocol on a working store.

Each write is applied to the working store, held against the shapes if there are any, and published as a snapshot. What
fails or breaks a shape is undone by copying the working store anew from the snapshot that is served.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg.errors import QueryError
from kg.query_explained import explained
from kg.rdf_input import RdfError, rdf_format, read_rdf
from kg.release import Home
from kg.release.snapshots import Snapshots
from kg.update_text import UpdateText
from server.problems import Problem
from server.writing.plain_home import plain_manifest, served_by
from server.writing.wire import Document, GraphWrite, Refresh, Rejected, Rejection, Update, Write, Written

if TYPE_CHECKING:
    from rdflib import Graph

    from kg.shapes.report import Report

__all__ = ["KEPT", "PlainStore", "applied_update", "graph_written", "rejected"]

#: How old a snapshot is that nobody can be about to open any more, in seconds.
KEPT = 300.0


class PlainStore:
    """The store of a home, to be written to by one process.

    Args:
        home: The home, whose lock this process holds.
        nesting: How deep the brackets of an update may be nested.
        shapes: What the whole must conform to after each write; nothing is no gate.
        ours: Whether these are the project's, which look at a graph of its model.
    """

    def __init__(self, home: Home, nesting: int, shapes: Graph | None, *, ours: bool = False) -> None:
        self._snapshots = Snapshots(home)
        self._nesting = nesting
        self._shapes = shapes
        self._ours = ours
        self._served = served_by(self._snapshots)
        self._store = self._snapshots.copy(self._served)

    def apply(self, write: Write) -> Written | Rejected:
        """Apply a write and publish what it makes.

        Returns:
            The revision that is served, or why the shapes refuse it; then nothing changed.

        Raises:
            Problem: It cannot be applied.
            CrossingsError: It cannot be read.
        """
        if isinstance(write, Refresh):
            return Written(revision=self._served.revision)
        try:
            created = self._changed(write)
            report = self._report()
        except BaseException:
            self._undo()
            raise
        if report is not None and report.counts()["violation"]:
            self._undo()
            return rejected(report)
        revision = self._served.manifest.revision + 1
        self._served = self._snapshots.publish(self._store, plain_manifest(revision))
        self._snapshots.prune(KEPT)
        return Written(revision=self._served.revision, created=created)

    def _undo(self) -> None:
        self._store = self._snapshots.copy(self._served)

    def _report(self) -> Report | None:
        if self._shapes is None:
            return None
        from kg.shapes.validate import validate  # takes a second, and a store without shapes has no use for it

        return validate(self._store, shapes=self._shapes, ours=self._ours)

    def _changed(self, write: Write) -> bool:
        if isinstance(write, Update):
            applied_update(self._store, write, self._nesting)
            return False
        assert isinstance(write, GraphWrite)  # a plain store takes nothing else
        return graph_written(self._store, write)


def applied_update(
    store: Store, write: Update, nesting: int, known: dict[str, str] | None = None, *, check: bool = False
) -> None:
    """Apply a SPARQL update to a store.

    Args:
        store: The store.
        write: The update.
        nesting: How deep its brackets may be nested.
        known: The prefixes that it need not declare.
        check: Whether only its form is looked at: what it does cannot fail.

    Raises:
        RefusedError: It asks for what is refused.
        QueryError: It is not SPARQL, or cannot be applied.
    """
    text = UpdateText(write.text, known or {}, write.base)
    text.refuse(nesting)
    sent = text.applied(write.using, write.using_named)
    try:
        if text.loads or write.using or write.using_named:
            # Whether it is well-formed is asked first, and of a text in which the places are those that were sent.
            with suppress(RuntimeError, OSError):
                Store().update(text.applied((), ()), base_iri=write.base, prefixes=known or {})
        text.refuse_loads()
        store.update(sent, base_iri=write.base, prefixes=known or {})
    except SyntaxError as error:
        raise explained(text.read, str(error), update=True) from error
    except (RuntimeError, OSError) as error:
        if check:
            return
        raise QueryError(f"the update cannot be applied: {error}") from error


def graph_written(store: Store, write: GraphWrite) -> bool:
    """Apply a write of a graph; whether the graph was not there before."""
    graph = NamedNode(write.graph) if write.graph is not None else DefaultGraph()
    there = isinstance(graph, DefaultGraph) or store.contains_named_graph(graph)
    if write.action == "delete":
        if not there:
            raise Problem("graph-not-found", f"there is no graph <{write.graph}>")
        if isinstance(graph, DefaultGraph):
            store.clear_graph(graph)
        else:
            store.remove_graph(graph)
        return False
    quads = [quad for document in write.documents for quad in _read(document, write.graph or write.base)]
    if write.action == "put":
        store.clear_graph(graph)
    if isinstance(graph, NamedNode):
        store.add_graph(graph)
    store.extend(Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads)
    return not there


def _read(document: Document, base: str) -> Iterable[Quad]:
    format = rdf_format(document.content_type)
    if format is None:
        raise Problem("unsupported-media-type", f"a document of the type '{document.content_type}' is no RDF")
    quads = read_rdf(document.content, format, base)
    named = next((quad for quad in quads if not isinstance(quad.graph_name, DefaultGraph)), None)
    if named is not None:
        raise RdfError(f"the document names a graph, {named.graph_name}, and is to be one itself: send triples")
    return quads


def rejected(report: Report) -> Rejected:
    """Why the shapes refuse a write."""
    return Rejected(
        report=report.turtle(),
        results=tuple(
            Rejection(severity=r.severity, shape=r.shape, focus=r.focus, path=r.path, message=r.message)
            for r in report.results
        ),
    )

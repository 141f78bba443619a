"""Quads that people add beside the graph: which may be written, and what a write of them changes."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple

from kg.errors import UsageError
from kg.journal import AnnotationWrite
from kg.mapping.quads import Quads
from kg.replay import ANNOTATION, graph_and_triple

__all__ = ["annotation_write"]


def annotation_write(added: Iterable[str], removed: Iterable[str], held: Quads) -> AnnotationWrite | None:
    """The write that takes quads out of annotation graphs and then puts others in; None where that changes nothing.

    Args:
        added: N-Quads lines.
        removed: N-Quads lines.
        held: The annotation graphs as they are.

    Raises:
        UsageError: A line is no N-Quads, holds a blank node or a triple term, or names another graph.
    """
    enter = _canonical(added, "added")
    leave = _canonical(removed, "removed") - enter
    # What is there already, or is not there, is no change: the journal holds what a write did.
    enter = {line for line in enter if not _holds(held, line)}
    leave = {line for line in leave if _holds(held, line)}
    return AnnotationWrite(added=tuple(sorted(enter)), removed=tuple(sorted(leave))) if enter or leave else None


def _holds(held: Quads, line: str) -> bool:
    graph, triple = graph_and_triple(line)
    return triple in held.graphs.get(graph, ())


def _canonical(lines: Iterable[str], what: str) -> set[str]:
    found: set[str] = set()
    text = "\n".join(lines)
    try:
        for quad in pyoxigraph.parse(text, format=RdfFormat.N_QUADS):
            if isinstance(quad.subject, BlankNode | Triple) or isinstance(quad.object, BlankNode | Triple):
                raise UsageError(f"a quad that is {what} holds a blank node or a triple term, not an IRI: {quad}")
            graph = quad.graph_name
            if not isinstance(graph, NamedNode) or not graph.value.startswith(ANNOTATION) or graph.value == ANNOTATION:
                raise UsageError(f"a quad that is {what} is not in a graph below {ANNOTATION}: write it there: {quad}")
            found.add(f"{quad.subject} {quad.predicate} {quad.object} {graph} .")
    except SyntaxError as error:
        raise UsageError(f"a line that is {what} is no N-Quads: {' '.join(str(error).split())}") from error
    return found

"""Reads the quads of a release from its files, and those of a snapshot from its store."""

from __future__ import annotations

import zlib

from pyoxigraph import NamedNode, Store

from kg.errors import GraphError
from kg.mapping.quads import Quads
from kg.namespaces import graph_iri
from kg.redaction.reissue import ReleasedGraph
from kg.release.quads import graph_of_line, read_lines
from kg.release.release import Release

__all__ = ["graph_of", "graph_of_snapshot"]

_META = NamedNode(graph_iri("meta"))


def graph_of(release: Release) -> ReleasedGraph:
    """The graph of a release.

    Raises:
        GraphError: Its data cannot be read.
    """
    graphs: dict[str, set[str]] = {}
    try:
        for line in read_lines(release.data_path):
            graph = graph_of_line(line)
            name = "" if graph is None else f"<{graph}>"
            end = len(" .") if graph is None else len(name) + len("  .")
            graphs.setdefault(name, set()).add(line.decode()[:-end])
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise GraphError(
            f"the data of {release.path} cannot be read ({error}): remove it with kg releases prune, or restore it"
        ) from error
    return ReleasedGraph.of(Quads(graphs))


def graph_of_snapshot(snapshot: Release) -> ReleasedGraph:
    """The graph of a snapshot, without what it says of itself.

    Raises:
        GraphError: Its store cannot be opened.
    """
    try:
        store = Store.read_only(str(snapshot.store_path))
    except OSError as error:
        raise GraphError(f"{snapshot.store_path} cannot be opened ({error}): restore it") from error
    return ReleasedGraph.of(Quads.of([quad for quad in store if quad.graph_name != _META]))

"""`kg export`: the current release as a file, straight from its sorted data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Annotated

import typer
from pyoxigraph import Quad, RdfFormat, Triple, parse

from kg.cli.options import HomeOption
from kg.cli.output import OutputOption, write_output
from kg.errors import UsageError
from kg.formats import Format, by_name, formats_for, serialize_rdf
from kg.namespaces import PREFIXES, expand, graph_iri
from kg.release import DEFAULT_HOME, Home, Release, find
from kg.release.quads import graph_of_line, read_lines

__all__ = ["export", "exported", "register"]

_NAMES = ", ".join(format.name for format in formats_for("graph"))


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(export)


def export(
    format: Annotated[str, typer.Option("--format", "-f", help=f"One of {_NAMES}.")] = "nquads",
    graph: Annotated[
        str | None,
        typer.Option(
            "--graph",
            metavar="IRI",
            help="Only this graph: an IRI, a prefixed name such as graph:vocabulary, or 'default'. "
            "Formats without graph names write the default graph if none is given.",
        ),
    ] = None,
    output: OutputOption = "-",
    release: Annotated[str | None, typer.Option("--release", metavar="ID", help="Another release.")] = None,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Write the graph; the same release gives the same bytes."""
    where = Home(home)
    source = find(where, release) if release is not None else where.require_current()
    write_output(output, exported(source, by_name(format, "graph"), graph))


def exported(release: Release, format: Format, graph: str | None = None) -> Iterator[bytes]:
    """A release in a format, in chunks.

    Args:
        release: The release.
        format: A format for triples or quads. One that has no graph names gets one graph, the default one if none is
            named; one that has them gets all the data, which is all graphs but `graph/meta`.
        graph: The graph's IRI or prefixed name, or `default`.

    Raises:
        UsageError: The release has no such graph.
    """
    if graph is None and "dataset" in format.kinds:
        lines: Iterable[bytes] = read_lines(release.data_path)
    else:
        lines = _lines_of(release, graph or "default")
    if format.engine == RdfFormat.N_QUADS:
        for line in lines:
            yield line + b"\n"
        return
    quads = chain.from_iterable(parse(line, format=RdfFormat.N_QUADS) for line in lines)
    yield serialize_rdf(quads if "dataset" in format.kinds else _triples(quads), format)


def _triples(quads: Iterable[Quad]) -> Iterator[Triple]:
    return (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)


def _lines_of(release: Release, graph: str) -> list[bytes]:
    prefix = graph.partition(":")[0]
    wanted = None if graph == "default" else expand(graph) if "://" in graph or prefix in PREFIXES else graph
    path = release.meta_path if wanted == graph_iri("meta") else release.data_path
    lines = [line for line in read_lines(path) if graph_of_line(line) == wanted]
    if not lines and wanted is not None:
        raise UsageError(f"release {release.id} has no graph <{wanted}>: name an IRI, graph:vocabulary, or 'default'")
    return lines

"""The data of a release in a format of RDF, piece by piece: all of it, one graph, or the things of one class.

It is read from the sorted data and never from the store, which is ten times slower to read whole. Formats that are not
lines of quads go through a temporary file, since which prefixes they use is known at the end; so the memory that it
takes does not grow with the release.
"""

from __future__ import annotations

import re
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import IO, cast

from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from kg.errors import GraphError, UsageError
from kg.formats import Format
from kg.namespaces import PREFIXES, expand, graph_iri
from kg.release.quads import graph_of_line, read_lines
from kg.release.release import Release
from kg.tables.model import Table
from kg.xml_limits import carried, named_predicates

__all__ = ["exported"]

#: How many lines are read, and how many bytes are handed on, at a time.
_LINES, _BYTES = 2_000, 1 << 20
_TYPE = f"<{expand('rdf:type')}>".encode()
#: As many bytes as must be known before a chunk, to tell a prefix from the end of another name.
_BEFORE = 64


def exported(release: Release, format: Format, graph: str | None = None, table: Table | None = None) -> Iterator[bytes]:
    """A release in a format of RDF, in chunks.

    Args:
        release: The release.
        format: A format for triples or quads. One that has no graph names gets one graph, the default one if none is
            named; one that has them gets all the data, which is all graphs but `graph/meta`.
        graph: The graph's IRI or prefixed name, or `default`.
        table: Only the things of this table, each with what the graph says of it that describes it: the default graph
            for an entity, its article's graph for a claim or an article.

    Raises:
        UsageError: The release has no such graph, or a class is asked for in a graph.
        UnwritableError: The format cannot carry the data.
        GraphError: The data of the release cannot be read.
    """
    if graph is not None and table is not None:
        raise UsageError(
            "a class is written from the graphs that describe its things: give --graph or --class, not both"
        )
    if table is not None:
        lines = _lines_of_class(release, table)
    elif graph is None and "dataset" in format.kinds:
        lines = _lines(release)
    else:
        lines = _lines_of_graph(release, graph or "default")
    if format.engine == RdfFormat.N_QUADS:
        while batch := list(islice(lines, _LINES)):
            yield b"\n".join(batch) + b"\n"
    else:
        yield from _serialized(lines, format)


def _serialized(lines: Iterator[bytes], format: Format) -> Iterator[bytes]:
    quads = _quads(lines)
    statements = quads if "dataset" in format.kinds else _triples(quads)
    if format.engine == RdfFormat.RDF_XML:
        statements = named_predicates(statements)
    assert isinstance(format.engine, RdfFormat)
    with tempfile.TemporaryFile() as file:
        output = _Body(file, format)
        serialize(statements, output=cast("IO[bytes]", output), format=format.engine, prefixes=format.prefixes)
        yield output.head()
        file.seek(0)
        while chunk := file.read(_BYTES):
            yield chunk


class _Body:
    """Takes what the engine writes: the lines of prefixes are held back, and all else goes into a file."""

    def __init__(self, file: IO[bytes], format: Format) -> None:
        self._file = file
        self._format = format
        self._start: bytes | None = b"" if format.prefixes else None
        self._lines: dict[bytes, bytes] = {}
        self._used: set[bytes] = set()
        self._tail = b""

    def write(self, chunk: bytes) -> int:
        chunk = bytes(chunk)
        if self._format.is_xml:
            self._file.write(carried(chunk, self._format.title, self._tail))
            self._tail = chunk[-_BEFORE:]
        elif self._start is None:
            self._body(chunk)
        else:
            self._start += chunk
            self._take_prefixes()
        return len(chunk)

    def flush(self) -> None:
        """Nothing is held back that could be written."""

    def head(self) -> bytes:
        """The lines of the prefixes that are used, in a stable order; to be called when all is written."""
        if self._start is not None:
            rest, self._start = self._start, None
            self._body(rest)
        return b"".join(sorted(self._lines[name] for name in self._used))

    def _take_prefixes(self) -> None:
        assert self._start is not None
        while b"\n" in self._start:
            line, _, rest = self._start.partition(b"\n")
            if not line.startswith(b"@prefix "):
                self._start = None
                self._body(line + b"\n" + rest)
                return
            self._lines[line.split(b" ", 2)[1]] = line + b"\n"
            self._start = rest

    def _body(self, chunk: bytes) -> None:
        seen = self._tail + chunk
        for name in self._lines.keys() - self._used:
            if name in seen and re.search(rb"\b" + re.escape(name), seen):
                self._used.add(name)
        self._tail = seen[-_BEFORE:]
        self._file.write(chunk)


def _quads(lines: Iterator[bytes]) -> Iterator[Quad]:
    while batch := list(islice(lines, _LINES)):
        yield from parse(b"\n".join(batch), format=RdfFormat.N_QUADS)


def _triples(quads: Iterable[Quad]) -> Iterator[Triple]:
    return (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)


def _lines(release: Release, *, meta: bool = False) -> Iterator[bytes]:
    path = release.meta_path if meta else release.data_path
    try:
        yield from read_lines(path)
    except (OSError, EOFError, zlib.error) as error:
        raise GraphError(f"{path} cannot be read ({error}): build the release again") from error


def _lines_of_graph(release: Release, graph: str) -> Iterator[bytes]:
    prefix = graph.partition(":")[0]
    wanted = None if graph == "default" else expand(graph) if "://" in graph or prefix in PREFIXES else graph
    found = (line for line in _lines(release, meta=wanted == graph_iri("meta")) if graph_of_line(line) == wanted)
    first = next(found, None)
    if first is None:
        if wanted is not None:
            raise UsageError(
                f"release {release.id} has no graph <{wanted}>: name an IRI, graph:vocabulary, or 'default'"
            )
        return iter(())
    return chain([first], found)


def _lines_of_class(release: Release, table: Table) -> Iterator[bytes]:
    classes = {f"<{expand(name)}>".encode() for name in table.classes}
    things: set[bytes] = set()
    for line in _lines(release):
        if _TYPE in line:
            subject, predicate, rest = line.split(b" ", 2)
            if predicate == _TYPE and rest.split(b" ", 1)[0] in classes and _describes(line, table):
                things.add(subject)
    for line in _lines(release):
        if line.split(b" ", 1)[0] in things and _describes(line, table):
            yield line


def _describes(line: bytes, table: Table) -> bool:
    """Whether a line stands in a graph that describes the things of a table."""
    name = graph_of_line(line)
    return name is None if table.graph == "default" else name is not None and name.startswith(graph_iri("article/"))

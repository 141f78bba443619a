"""The canonical form of a release's data: sorted N-Quads lines, and the hash over them that gives the release its id.

Lines are what Oxigraph writes (canonical N-Triples escapes, UTF-8), each once, sorted by their bytes. The hash is over
a first line that names the format version and then all lines, so that anybody can check an id with ordinary tools::

    (echo crossings-release-1; zcat data/crossings.nq.gz) | sha256sum
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import BlankNode, Quad, RdfFormat, Triple, serialize

from kg.errors import CrossingsError
from kg.mapping.quads import Quads
from kg.namespaces import graph_iri

__all__ = [
    "RELEASE_FORMAT",
    "canonical_lines",
    "digest_of",
    "graph_of_line",
    "read_lines",
    "sorted_lines",
    "write_lines",
]

#: The version of a release's layout and canonical form; it is part of what is hashed.
RELEASE_FORMAT = 1

_META = graph_iri("meta")
_GRAPH = re.compile(rb" <([^<>\"]*)> \.$")
_TRIPLE = re.compile(rb'^(?:<[^>]*>) <[^>]*> (?:<[^>]*>|"(?:[^"\\]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?) ')


def _checked(quads: Iterable[Quad]) -> Iterator[Quad]:
    for quad in quads:
        if any(isinstance(term, BlankNode | Triple) for term in (quad.subject, quad.object, quad.graph_name)):
            raise CrossingsError(f"a release holds no blank nodes and no triple terms, but was given {quad}")
        if getattr(quad.graph_name, "value", "") == _META:
            raise CrossingsError(f"the graph {_META} is written by the release itself, but was given {quad}")
        yield quad


def canonical_lines(quads: Iterable[Quad]) -> list[bytes]:
    """The sorted lines of quads, without line ends, each once.

    Raises:
        CrossingsError: A quad has a blank node or a triple term, or stands in `graph/meta`.
    """
    if isinstance(quads, Quads) and f"<{_META}>" not in quads.graphs:
        # They are lines already, and were looked at when they were made.
        return sorted(line.encode() for line in quads.lines())
    return sorted_lines(_checked(quads))


def sorted_lines(quads: Iterable[Quad]) -> list[bytes]:
    """The same for any quads, unchecked."""
    written = serialize(quads, format=RdfFormat.N_QUADS)
    assert written is not None  # no output was given
    return sorted({line for line in written.split(b"\n") if line})


def digest_of(lines: Iterable[bytes]) -> str:
    """The sha256 of the format version and the lines, as 64 hexadecimal digits: the full id of a release."""
    sha = hashlib.sha256(f"crossings-release-{RELEASE_FORMAT}\n".encode())
    for line in lines:
        sha.update(line)
        sha.update(b"\n")
    return sha.hexdigest()


def write_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Write lines gzipped, with neither a time nor a file name in the header, and force them to the disk."""
    with path.open("wb") as raw:
        with gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=6, mtime=0) as packed:
            packed.writelines(line + b"\n" for line in lines)
        raw.flush()
        os.fsync(raw.fileno())


def read_lines(path: Path) -> Iterator[bytes]:
    """The lines of a gzipped N-Quads file, without line ends.

    Raises:
        OSError: The file cannot be read, or is not whole gzip.
    """
    with gzip.open(path, "rb") as packed:
        for line in packed:
            yield line.rstrip(b"\n")


def graph_of_line(line: bytes) -> str | None:
    r"""The IRI of the named graph of a canonical line, or None where the quad stands in the default graph.

    >>> graph_of_line(b'<http://a> <http://b> "say <http://c> ." .') is None
    True
    >>> graph_of_line(b'<http://a> <http://b> <http://c> <http://d> .')
    'http://d'
    """
    found = _GRAPH.search(line)
    if found is None:
        return None
    triple = _TRIPLE.match(line)
    # Without a graph, the last IRI of a line is its object, which the pattern of a triple has taken already.
    return found[1].decode() if triple is not None and triple.end() <= found.start() + 1 else None

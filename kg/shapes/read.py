"""Reads the quads of RDF files to validate: any syntax that Oxigraph reads, told by the file's name, gzipped or not."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from kg.errors import UsageError
from kg.release.release import Release

__all__ = ["read_quads", "release_quads"]


def read_quads(paths: Iterable[Path]) -> Iterator[Quad]:
    """The quads of RDF files; blank nodes of one file stay apart from those of another.

    Raises:
        UsageError: A file cannot be read, or its name does not tell its syntax.
    """
    for path in paths:
        names = path.suffixes[:-1] if path.suffix == ".gz" else path.suffixes
        syntax = RdfFormat.from_extension(names[-1].removeprefix(".")) if names else None
        if syntax is None:
            raise UsageError(
                f"{path}: its name does not tell its syntax; name it .ttl, .nt, .nq, .trig, .rdf or .jsonld"
            )
        try:
            content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            yield from pyoxigraph.parse(
                content, format=syntax, base_iri=path.absolute().as_uri(), rename_blank_nodes=True
            )
        except (OSError, EOFError, zlib.error, SyntaxError) as error:
            raise UsageError(f"{path} cannot be read as {syntax.name}: {' '.join(str(error).split())}") from error


def release_quads(release: Release) -> Iterator[Quad]:
    """The quads of a release but those of `graph/meta`.

    Raises:
        UsageError: The release's data cannot be read.
    """
    return read_quads([release.data_path])

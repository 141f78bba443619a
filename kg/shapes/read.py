"""Reads the quads of RDF files to validate: any syntax that Oxigraph reads, told by the file's name, gzipped or not.

The files of strangers are measured before the engine reads them (`kg.rdf_input`): depth and entities can end a process.

Blank nodes are named by file and by the order in which they appear in it: those of one file stay apart from those of
another, and reading the same files again gives the same names.
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, Quad, RdfFormat

from kg.errors import UsageError
from kg.rdf_input import RdfError, check_rdf
from kg.release.release import Release

__all__ = ["file_quads", "prefixes_of", "rdf_files", "read_bytes", "read_quads", "release_quads", "syntax_of"]

#: The endings that a file in a folder is taken by; one that is named is taken by any that Oxigraph knows.
_ENDINGS = (".ttl", ".nt", ".nq", ".trig", ".n3", ".rdf", ".owl", ".jsonld")


def rdf_files(paths: Iterable[Path], leave_out: Iterable[Path] = ()) -> list[Path]:
    """The RDF files that paths stand for: a file for itself, a folder for those in it, however deep.

    In folders, hidden files and folders are passed over, and files of other endings.

    Args:
        paths: Files and folders.
        leave_out: Files that do not count where they stand in a folder: those of the shapes.

    Returns:
        The files in the order given and sorted within each folder, each once.

    Raises:
        UsageError: A folder cannot be read or holds no RDF file.
    """
    besides = {path.resolve() for path in leave_out}
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.is_dir():
            found.setdefault(path.resolve(), path)
            continue
        inside = [file for file in sorted(_inside(path)) if file.resolve() not in besides]
        if not inside:
            raise UsageError(f"{path} holds no RDF file: name one that ends in {', '.join(_ENDINGS)}")
        for file in inside:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _inside(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise UsageError(f"{error.filename} cannot be read ({error.strerror}): check its permissions") from error

    for root, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith(".") and name.lower().removesuffix(".gz").endswith(_ENDINGS):
                yield Path(root) / name


def read_quads(paths: Iterable[Path]) -> Iterator[Quad]:
    """The quads of RDF files, one after the other.

    Raises:
        UsageError: A file cannot be read, or its name does not tell its syntax.
    """
    for number, path in enumerate(paths):
        yield from file_quads(path, number)


def syntax_of(path: Path) -> RdfFormat:
    """The syntax that a file's name tells.

    Raises:
        UsageError: It tells none.
    """
    names = path.suffixes[:-1] if path.suffix == ".gz" else path.suffixes
    ending = names[-1].removeprefix(".").lower() if names else ""
    syntax = RdfFormat.RDF_XML if ending == "owl" else RdfFormat.from_extension(ending)
    if syntax is None:
        raise UsageError(f"{path}: its name does not tell its syntax; name it .ttl, .nt, .nq, .trig, .rdf or .jsonld")
    return syntax


def read_bytes(path: Path) -> bytes:
    """What a file holds, unpacked.

    Raises:
        UsageError: It cannot be read.
    """
    try:
        return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (OSError, EOFError, zlib.error) as error:
        raise UsageError(f"{path} cannot be read as {syntax_of(path).name}: {_reason(error)}") from error


def _document(path: Path) -> bytes:
    """What a file holds, unpacked, if the engine's reader can be given it.

    Raises:
        UsageError: It cannot be.
    """
    content, syntax = read_bytes(path), syntax_of(path)
    try:
        check_rdf(content, syntax)
    except RdfError as error:
        raise UsageError(
            f"{_where(path, error.line, error.column)} cannot be read as {syntax.name}: {error.reason}"
        ) from error
    return content


def _where(path: Path, line: int | None, column: int | None) -> str:
    return f"{path}:{line}:{column}" if line else str(path)


def file_quads(path: Path, number: int) -> Iterator[Quad]:
    """The quads of one file, in the order in which they stand there.

    Args:
        path: The file.
        number: Its number among those that are read together: a part of the names of its blank nodes.

    Raises:
        UsageError: It cannot be read; where its syntax is broken, the message names line and column.
    """
    syntax = syntax_of(path)
    names: dict[BlankNode, BlankNode] = {}

    def named(node: BlankNode) -> BlankNode:
        if node not in names:
            names[node] = BlankNode(f"f{number}b{len(names)}")
        return names[node]

    try:
        for quad in pyoxigraph.parse(_document(path), format=syntax, base_iri=path.absolute().as_uri()):
            subject, value, graph = quad.subject, quad.object, quad.graph_name
            if isinstance(subject, BlankNode) or isinstance(value, BlankNode) or isinstance(graph, BlankNode):
                yield Quad(
                    named(subject) if isinstance(subject, BlankNode) else subject,
                    quad.predicate,
                    named(value) if isinstance(value, BlankNode) else value,
                    named(graph) if isinstance(graph, BlankNode) else graph,
                )
            else:
                yield quad
    except SyntaxError as error:
        # The engine gives line and column beside its message: (file, line, column, ...).
        where = _where(path, error.lineno, error.offset)
        raise UsageError(f"{where} cannot be read as {syntax.name}: {_reason(error)}") from error
    except ValueError as error:
        raise UsageError(f"{path} cannot be read as {syntax.name}: {_reason(error)}") from error


def prefixes_of(path: Path) -> dict[str, str]:
    """The prefixes that a file declares, to show its terms with; none for a syntax without prefixes.

    Raises:
        UsageError: It cannot be read.
    """
    parsing = pyoxigraph.parse(_document(path), format=syntax_of(path), base_iri=path.absolute().as_uri())
    try:
        for _ in parsing:
            pass
    except (SyntaxError, ValueError) as error:
        raise UsageError(f"{path} cannot be read as {syntax_of(path).name}: {_reason(error)}") from error
    return dict(parsing.prefixes)


def _reason(error: Exception) -> str:
    return " ".join(str(error.args[0] if isinstance(error, SyntaxError) else error).split())


def release_quads(release: Release) -> Iterator[Quad]:
    """The quads of a release but those of `graph/meta`.

    Raises:
        UsageError: The release's data cannot be read.
    """
    return read_quads([release.data_path])

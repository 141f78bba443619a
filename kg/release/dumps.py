"""THE table of a release's dumps: what each is, under which stable name it is had, and where it stands.

The dumps that are files are made when a release is published, each with its size and sha256 in the manifest; what is
made from the manifest alone (`ro-crate-metadata.json`, `SHA256SUMS`) is made when it is asked for, so that a release of
an earlier version has it too. Whatever else a maker puts below `dumps/` is a dump under its path there.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import zstandard

from kg.formats import FORMATS
from kg.release.crate import crate
from kg.release.manifest import MANIFEST, Part, part_of
from kg.release.metadata import DescribedDump
from kg.release.quads import graph_of_line, write_lines
from kg.release.release import Release

__all__ = [
    "CHECKSUMS",
    "CRATE",
    "DUMPS",
    "MAKERS",
    "Dump",
    "DumpKind",
    "Maker",
    "described_dumps",
    "dumps_of",
    "has_dumps",
    "make_dumps",
    "make_further",
]

#: The directory inside a release that holds what is made to be taken away and nothing else reads.
_FOLDER = "dumps"
#: The names of what is made from the manifest.
CHECKSUMS, CRATE = "SHA256SUMS", "ro-crate-metadata.json"
#: How hard the zstd dump is packed: a fifth smaller than gzip, in about its time.
_ZSTD_LEVEL = 10
_TEXT, _JSON = "text/plain; charset=utf-8", "application/json"


@dataclass(frozen=True)
class DumpKind:
    """One row of the table.

    Attributes:
        name: Its stable name.
        part: Its path inside the release.
        title: What it holds, in words.
        key: What its distribution is called in graph/meta, of one that is made before that graph.
        whole: Whether it has all the data.
    """

    name: str
    part: str
    title: str
    key: str | None = None
    whole: bool = False


#: The dumps that every release of this version has.
DUMPS: tuple[DumpKind, ...] = (
    DumpKind(
        "crossings.nq.gz",
        "data/crossings.nq.gz",
        "All graphs but graph/meta, as sorted N-Quads: what the digest of the release (manifest.json) is the hash of",
        "nquads",
        whole=True,
    ),
    DumpKind(
        "crossings.nq.zst", "dumps/crossings.nq.zst", "The same N-Quads, packed smaller", "nquads-zstd", whole=True
    ),
    DumpKind(
        "default.nt.gz",
        "dumps/default.nt.gz",
        "The default graph alone, as sorted N-Triples: what is held to be so, without its evidence",
        "default",
    ),
    DumpKind("meta.nq.gz", "data/meta.nq.gz", "graph/meta: the release described with VoID, DCAT and PROV"),
    DumpKind("void.ttl", "void.ttl", "The same description as Turtle"),
    DumpKind("validation.ttl", "validation.ttl", "The report of the shapes"),
    DumpKind("validation.txt", "validation.txt", "The report of the shapes for people"),
)
_MANIFEST_TITLE = "What the release was made of and holds, with the checksums of its files"
_CRATE_TITLE = "The files and how to cite them, for research data repositories (RO-Crate 1.1)"
_SUMS_TITLE = "The checksums of all dumps, for sha256sum --check"


@dataclass(frozen=True)
class Maker:
    """What makes further dumps at publishing, such as tables.

    Attributes:
        folder: The folder of its files, in their names as in the release.
        title: What they hold, in words.
        make: Makes them from the release, which is whole but for them, at the path of that folder.
    """

    folder: str
    title: str
    make: Callable[[Release, Path], object]


def _tables(release: Release, directory: Path) -> None:
    # It reads releases, and so imports what imports this.
    from kg.tables import write_tables

    write_tables(release, directory)


#: All of them.
MAKERS: tuple[Maker, ...] = (
    Maker("tables", "A table, as docs/exports.md tells: one for each class, the claims and the conflicts", _tables),
)


@dataclass(frozen=True)
class Dump:
    """A dump of one release.

    Attributes:
        name: Its name below the release's address; it may have folders.
        title: What it holds, in words.
        content_type: The Content-Type of its bytes as they are: a packed file is one of its packing.
        holds: The media type of what is packed in it, or its own where nothing is.
        size: In bytes.
        sha256: Of its bytes.
        path: The file; absent for one that is made when it is asked for.
        content: The bytes of one that is.
    """

    name: str
    title: str
    content_type: str
    holds: str
    size: int
    sha256: str
    path: Path | None = None
    content: bytes = b""

    @property
    def media_type(self) -> str:
        """The media type of its bytes, without parameters."""
        return self.content_type.partition(";")[0]

    @property
    def packed(self) -> bool:
        """Whether it must be unpacked to be read."""
        return self.media_type in _PACKINGS.values()


_PACKINGS = {".gz": "application/gzip", ".zst": "application/zstd"}
#: The content types of endings that no format of the graph has.
_OTHERS = {
    "txt": _TEXT,
    "md": "text/markdown; charset=utf-8",
    "json": _JSON,
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
    "arrow": "application/vnd.apache.arrow.file",
    "zip": "application/zip",
}
_TYPES = {format.extension: format.content_type for format in FORMATS} | _OTHERS


def _types(name: str) -> tuple[str, str]:
    """The content type of a file, and the media type of what it holds.

    >>> _types("crossings.nq.gz"), _types("void.ttl"), _types("a.unknown")
    (('application/gzip', 'application/n-quads'), ('text/turtle; charset=utf-8', 'text/turtle'), \
('application/octet-stream', 'application/octet-stream'))
    """
    path = PurePosixPath(name)
    packing = _PACKINGS.get(path.suffix)
    inner = _TYPES.get((path.with_suffix("") if packing else path).suffix.lstrip("."), "application/octet-stream")
    return packing or inner, inner.partition(";")[0]


def dumps_of(release: Release) -> list[Dump]:
    """The dumps that a release has, in the order of the table; checksums and sizes are those of the manifest.

    Args:
        release: The release; one of an earlier version has fewer.

    Raises:
        GraphError: Its manifest cannot be read.
    """
    parts = {part.path: part for part in release.manifest.parts}
    found = [_dump(release, kind.name, kind.title, parts.pop(kind.part)) for kind in DUMPS if kind.part in parts]
    for path, part in sorted(parts.items()):
        if path.startswith(f"{_FOLDER}/"):
            name = path.removeprefix(f"{_FOLDER}/")
            found.append(_dump(release, name, _title(name), part))
    manifest = (release.path / MANIFEST).read_bytes()
    found.append(_made(MANIFEST, _MANIFEST_TITLE, _JSON, manifest))
    described = [(dump.name, dump.title, dump.holds, dump.media_type, dump.size, dump.sha256) for dump in found]
    found.append(_made(CRATE, _CRATE_TITLE, "application/ld+json", crate(release, described)))
    sums = "".join(f"{dump.sha256}  {dump.name}\n" for dump in found)
    found.append(_made(CHECKSUMS, _SUMS_TITLE, _TEXT, sums.encode()))
    return found


def _title(name: str) -> str:
    return next((maker.title for maker in MAKERS if name.startswith(f"{maker.folder}/")), "")


def _dump(release: Release, name: str, title: str, part: Part) -> Dump:
    content_type, holds = _types(name)
    path = release.path / part.path
    return Dump(name, title, content_type, holds, part.size, part.sha256, path)


def _made(name: str, title: str, content_type: str, content: bytes) -> Dump:
    holds = content_type.partition(";")[0]
    return Dump(name, title, content_type, holds, len(content), hashlib.sha256(content).hexdigest(), content=content)


def described_dumps(release: Release) -> list[DescribedDump]:
    """The dumps of the data of a release that is being made, as graph/meta describes them."""
    found = []
    for kind in DUMPS:
        if kind.key is not None:
            packing, holds = _types(kind.name)
            part = part_of(release.path, release.path / kind.part)
            found.append(DescribedDump(kind.key, kind.name, part, holds, packing, kind.whole))
    return found


def has_dumps(parts: Iterable[Part]) -> bool:
    """Whether the parts of a release have all dumps that this version makes."""
    paths = [part.path for part in parts]
    made = [f"{_FOLDER}/{maker.folder}/" for maker in MAKERS]
    return {kind.part for kind in DUMPS} <= set(paths) and all(any(p.startswith(m) for p in paths) for m in made)


def make_dumps(release: Release, lines: Sequence[bytes]) -> None:
    """Make the dumps of the table that are copies of the data in another form; the same data give the same bytes.

    Args:
        release: The release that is being made.
        lines: Its canonical lines.
    """
    folder = release.path / _FOLDER
    folder.mkdir()
    # A line of the default graph is one of N-Triples already.
    write_lines(folder / "default.nt.gz", (line for line in lines if graph_of_line(line) is None))
    with (folder / "crossings.nq.zst").open("wb") as raw:
        with zstandard.ZstdCompressor(level=_ZSTD_LEVEL).stream_writer(raw, closefd=False) as packed:
            for line in lines:
                packed.write(line + b"\n")
        raw.flush()
        os.fsync(raw.fileno())


def make_further(release: Release) -> None:
    """Have the makers of further dumps make theirs.

    Args:
        release: The release that is being made: its store is closed, and its manifest lists what is there by now.
    """
    for maker in MAKERS:
        maker.make(release, release.path / _FOLDER / maker.folder)

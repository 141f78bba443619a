"""Publishing: build a release beside the current one, then swap it in. Killed at any moment, the old one stands whole.

The order is what makes it safe: everything is written and forced to the disk in `releases/.building-*`; one rename
makes it a release; one rename of a symbolic link makes it the current one. What a killed builder leaves begins with a
dot, is never read, and is removed by the next builder.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import msgspec
from pyoxigraph import Quad, RdfFormat, Store

from kg.errors import GraphError
from kg.release.dumps import described_dumps, has_dumps, make_dumps, make_further
from kg.release.home import Home, fsync_directory, fsync_tree
from kg.release.manifest import MANIFEST, Manifest, Part, Reissue, part_of, write_manifest
from kg.release.metadata import meta_quads, void_turtle
from kg.release.notes import refuse_superseded
from kg.release.parts import has_parts, make_parts
from kg.release.quads import canonical_lines, digest_of, sorted_lines, write_lines
from kg.release.release import Release
from kg.release.withheld import refuse_withheld

__all__ = ["SHORT_ID", "ReleaseContent", "fill", "publish"]

#: How many hexadecimal digits of the digest are a release's short id.
SHORT_ID = 16


@dataclass(frozen=True, kw_only=True)
class ReleaseContent:
    """What goes into a release.

    Args:
        quads: All quads but those of `graph/meta`; taken once, so a generator will do. No blank nodes.
        inputs: For the manifest: the hashes of what was read, and the options. A value of 64 digits is taken as a hash
            and named in `graph/meta` as used by the run.
        counts: What a person wants to see first: counts by class, conflicts, shape results.
        validation_ttl: The SHACL report as Turtle.
        validation_text: The SHACL report for people.
        quarantined: What was left out and why, each a thing that JSON can hold.
        notes: Sentences for people.
    """

    quads: Iterable[Quad]
    inputs: dict[str, Any] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    validation_ttl: str = ""
    validation_text: str = ""
    quarantined: Sequence[Any] = ()
    notes: Sequence[str] = ()


def software() -> str:
    """The name and version of what builds releases, with its engine's."""
    try:
        own = version("crossings")
    except PackageNotFoundError:  # run from a checkout that is not installed
        own = "unknown"
    return f"crossings {own}, pyoxigraph {version('pyoxigraph')}, python {'.'.join(map(str, sys.version_info[:3]))}"


def publish(home: Home, content: ReleaseContent) -> Release:
    """Make a release of the content and make it the current one.

    A release with the same data that is there already, and whole, is not built again: it becomes the current one and
    keeps its manifest. One whose derived parts or dumps this version would not make so is built again.

    Returns:
        The release, now current.

    Raises:
        UsageError: Another builder works in this home, or the home cannot be written.
        UsageError: The content is that of a release that was issued again without somebody, or has an entity that
            another release of the home withholds; then nothing changes.
        CrossingsError: The content holds a blank node or quads of `graph/meta`.
    """
    with home.lock():
        home.remove_leftovers()
        lines = canonical_lines(content.quads)
        digest = digest_of(lines)
        refuse_superseded(home, digest)
        refuse_withheld(home, lines)
        release = Release(home.releases_path / digest[:SHORT_ID])
        if not (release.path.is_dir() and _whole(release)):
            building = home.building_path()
            fill(building, lines, digest, content)
            fsync_tree(building)
            if release.path.is_dir():
                home.discard(release)
            building.rename(release.path)
            fsync_directory(home.releases_path)
        current = home.current_link
        if not (current.is_symlink() and current.readlink() == Path("releases") / release.path.name):
            home.point_current(release)
    return Release(release.path)


def _whole(release: Release) -> bool:
    """Whether a release that is there can stand; one without a readable manifest is as damaged as a changed file."""
    try:
        return has_parts(release.path) and has_dumps(release.manifest.parts) and not release.problems()
    except GraphError:
        return False


def fill(
    directory: Path,
    lines: list[bytes],
    digest: str,
    content: ReleaseContent,
    ident: str | None = None,
    created: str | None = None,
    reissue: Reissue | None = None,
) -> None:
    """Write a release into a directory that is there and empty.

    Args:
        directory: The directory.
        lines: The canonical lines of its data, sorted.
        digest: Their hash.
        content: What else goes into it; its quads are not looked at.
        ident: Its short id, where that is not the beginning of the hash.
        created: When it was made, where that is not now.
        reissue: Whose place it takes, if it does.
    """
    ident = ident or digest[:SHORT_ID]
    made = Release(directory)
    made.data_path.parent.mkdir()
    write_lines(made.data_path, lines)
    make_dumps(made, lines)
    store = Store(str(made.store_path))
    if lines:
        store.bulk_load(b"\n".join(lines) + b"\n", format=RdfFormat.N_QUADS)
    replaces = reissue.supersedes if reissue is not None else None
    meta = meta_quads(store, ident, digest, described_dumps(made), content.inputs, replaces)
    meta_lines = sorted_lines(meta)
    write_lines(made.meta_path, meta_lines)
    store.bulk_load(b"\n".join(meta_lines) + b"\n", format=RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
    make_parts(store, directory)
    del store  # closes it: a store that is still open for writing must not be opened by readers
    (directory / "void.ttl").write_bytes(void_turtle(meta))
    (directory / "validation.ttl").write_text(content.validation_ttl, "utf-8")
    (directory / "validation.txt").write_text(content.validation_text, "utf-8")
    manifest = Manifest(
        id=ident,
        digest=digest,
        created=created or datetime.now(UTC).isoformat(timespec="microseconds"),
        software=software(),
        quads=len(lines),
        inputs=content.inputs,
        counts=content.counts,
        quarantined=list(content.quarantined),
        notes=list(content.notes),
        parts=_parts(made),
        reissue=reissue,
    )
    write_manifest(directory, manifest)
    make_further(Release(directory))
    write_manifest(directory, msgspec.structs.replace(manifest, parts=_parts(made)))


def _parts(release: Release) -> list[Part]:
    """What a release holds beside its store and its manifest."""
    beside = (release.store_path, release.path / MANIFEST)
    files = [path for path in release.path.rglob("*") if path.is_file() and not {path, *path.parents} & {*beside}]
    return [part_of(release.path, path) for path in sorted(files)]

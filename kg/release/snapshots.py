"""Snapshots: what is served while it is written to. Each is a whole, immutable store, swapped in by one rename.

The writer alone changes the working store. After each write it makes a snapshot of it (hard links, `Store.backup`),
forces that to the disk, and points the link `serving` at it. Readers open snapshots and never the working store: to
read a store that another process writes is undefined in the engine. A writer that is killed leaves the last snapshot
whole; the working store is thrown away and copied from it anew.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from kg.errors import GraphError
from kg.locks import exclusive
from kg.mapping.quads import Quads
from kg.namespaces import expand
from kg.release.home import Home, fsync_directory, fsync_tree
from kg.release.manifest import Manifest, write_manifest
from kg.release.naming import dataset_iri
from kg.release.parts import make_parts
from kg.release.quads import read_lines
from kg.release.release import Release

__all__ = ["Snapshots"]

_BUILDING = ".building-"
_WORKING = ".working-"
_TRIAL = ".trial-"
_REMOVING = ".removing-"
_LINKING = ".serving-"


class Snapshots:
    """The snapshots of a home.

    Args:
        home: The home.
    """

    def __init__(self, home: Home) -> None:
        self._home = home

    @property
    def path(self) -> Path:
        """The directory that holds one directory a snapshot."""
        return self._home.path / "snapshots"

    @property
    def link(self) -> Path:
        """The symbolic link to the snapshot that is served."""
        return self._home.path / "serving"

    def current(self) -> Release | None:
        """The snapshot that is served, or None where nothing was written yet.

        Raises:
            GraphError: The link is there and the snapshot is not.
        """
        try:
            target = self.link.readlink()
        except FileNotFoundError:
            return None
        found = Release((self._home.path / target).resolve())
        if not found.store_path.is_dir():
            raise GraphError(f"{self.link} points to {target}, which is gone: restore it, or remove the link")
        return found

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only writer of this home; what an earlier one left half done is removed.

        Raises:
            UsageError: Another process writes, or the home cannot be written.
        """
        advice = "stop the server that takes its writes, or use another --home"
        with exclusive(self.path / "lock", str(self._home.path), advice=advice):
            for mark in (_BUILDING, _WORKING, _TRIAL, _REMOVING):
                self._remove(mark)
            for link in self._home.path.glob(f"{_LINKING}*"):
                link.unlink()
            yield

    def copy(self, source: Release | None) -> Store:
        """A working store, made anew from what is served; the one before is removed, whoever still holds it open.

        Args:
            source: What to copy; nothing is an empty store.

        Raises:
            GraphError: The source cannot be opened.
        """
        return self._copied(_WORKING, source)

    def trial(self, source: Release) -> Store:
        """A copy of what is served to try a write on; the one before is removed.

        Args:
            source: What to copy.

        Raises:
            GraphError: The source cannot be opened.
        """
        return self._copied(_TRIAL, source)

    def _copied(self, mark: str, source: Release | None) -> Store:
        self._remove(mark)
        path = self.path / f"{mark}{os.getpid()}-{secrets.token_hex(4)}"
        if source is not None:
            try:
                Store.read_only(str(source.store_path)).backup(str(path))
            except OSError as error:
                raise GraphError(f"{source.store_path} cannot be copied ({error}): restore it") from error
        return Store(str(path))

    def _remove(self, mark: str) -> None:
        for left in self.path.glob(f"{mark}*"):
            # A store that is still open may make a file meanwhile; what is left then goes the next time.
            shutil.rmtree(left, ignore_errors=True)

    def publish(
        self,
        store: Store,
        manifest: Manifest,
        meta: Path | None = None,
        before: Release | None = None,
        changed: Sequence[Quad] = (),
    ) -> Release:
        """Make a snapshot of the working store and serve it; on return it is on the disk.

        Args:
            store: The working store.
            manifest: What it is; its `revision` is that of the snapshot.
            meta: The description of the release that it is a snapshot of, if there is one; then the snapshot has
                the parts of a release.
            before: The snapshot or release before it.
            changed: The quads that are in one of the two alone.

        Returns:
            The snapshot.
        """
        name = f"{manifest.id}.{manifest.revision}"
        building = self.path / f"{_BUILDING}{os.getpid()}-{secrets.token_hex(4)}"
        building.mkdir()
        made = Release(building)
        store.backup(str(made.store_path))
        if meta is not None:
            made.meta_path.parent.mkdir()
            shutil.copyfile(meta, made.meta_path)
            make_parts(store, building, before.path if before is not None else None, changed)
        write_manifest(building, msgspec.structs.replace(manifest, quads=len(store)))
        fsync_tree(building)
        final = self.path / name
        if final.exists():  # of a writer that was killed before it could point at it
            shutil.rmtree(final)
        building.rename(final)
        fsync_directory(self.path)
        link = self._home.path / f"{_LINKING}{os.getpid()}-{secrets.token_hex(4)}"
        link.symlink_to(Path(self.path.name) / name)
        link.replace(self.link)
        fsync_directory(self._home.path)
        return Release(final)

    def publish_quads(self, quads: Quads, release: Release, revision: int) -> Release:
        """Make a snapshot of quads that are those of a release with what was written since, and serve it.

        Args:
            quads: They, without those of `graph/meta`.
            release: The release.
            revision: How much was written.

        Returns:
            The snapshot.
        """
        self.path.mkdir(exist_ok=True)
        aside = self.path / f"{_BUILDING}{os.getpid()}-{secrets.token_hex(4)}"
        store = Store(str(aside))
        store.bulk_load("".join(f"{line}\n" for line in quads.lines()).encode(), format=RdfFormat.N_QUADS)
        dataset, version = NamedNode(dataset_iri(release.id)), NamedNode(expand("owl:versionInfo"))
        store.bulk_load(b"\n".join(read_lines(release.meta_path)) + b"\n", format=RdfFormat.N_QUADS)
        for old in list(store.quads_for_pattern(dataset, version, None, None)):
            store.remove(old)
            store.add(Quad(dataset, version, Literal(f"{release.id}.{revision}"), old.graph_name))
        manifest = msgspec.structs.replace(release.manifest, revision=revision)
        made = self.publish(store, manifest, release.meta_path)
        del store  # closes it
        shutil.rmtree(aside)
        return made

    def remove(self, path: Path) -> None:
        """Remove a directory of this folder, whoever still holds it open: out of sight first."""
        aside = self.path / f"{_REMOVING}{os.getpid()}-{secrets.token_hex(4)}"
        path.rename(aside)
        self._remove(_REMOVING)

    def prune(self, seconds: float) -> None:
        """Remove old snapshots; a reader that still holds one open reads on, as its files are there until it ends.

        Args:
            seconds: How old those are that go: a reader may still be about to open a younger one.
        """
        served = self.current()
        for path in self.path.iterdir():
            if path.name.startswith(".") or not path.is_dir() or (served is not None and path == served.path):
                continue
            if time.time() - path.stat().st_mtime > seconds:
                shutil.rmtree(path)

"""A published release: an immutable directory with a store, the sorted data, their description and a manifest."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import Store

from kg.errors import GraphError
from kg.release.manifest import Manifest, part_of, read_manifest
from kg.release.quads import digest_of, read_lines

__all__ = ["REISSUED", "Release", "origin_of"]

#: What stands between the id of a release and the number of those that took its place.
REISSUED = "+r"


def origin_of(ident: str) -> str:
    """The id of the release that an id, be it of one that took its place, goes back to.

    >>> origin_of("0123456789abcdef+r2"), origin_of("0123456789abcdef")
    ('0123456789abcdef', '0123456789abcdef')
    """
    return ident.partition(REISSUED)[0]


@dataclass(frozen=True)
class Release:
    """One release on the disk; `path` is its directory.

    Raises (on first use of `manifest`):
        GraphError: The directory is no release, or is of another format.
    """

    path: Path

    @cached_property
    def manifest(self) -> Manifest:
        """What `manifest.json` says, read once."""
        return read_manifest(self.path)

    @property
    def id(self) -> str:
        """The short id, which names the directory: the first 16 digits of the digest, or of that of the release whose
        place this one takes, with `+r` and a number."""
        return self.manifest.id

    @property
    def origin(self) -> str:
        """The short id of what was built first: that of this release, or of the one whose place it takes."""
        return origin_of(self.id)

    @property
    def revision(self) -> str:
        """What is served, exactly: the id, with the number of writes since behind it where there were any."""
        manifest = self.manifest
        return f"{manifest.id}.{manifest.revision}" if manifest.revision else manifest.id

    @property
    def store_path(self) -> Path:
        """The directory of the Oxigraph store."""
        return self.path / "store"

    @property
    def data_path(self) -> Path:
        """The sorted N-Quads of all graphs but `graph/meta`: what the digest is the hash of."""
        return self.path / "data" / "crossings.nq.gz"

    @property
    def meta_path(self) -> Path:
        """The sorted N-Quads of `graph/meta`."""
        return self.path / "data" / "meta.nq.gz"

    @property
    def search_path(self) -> Path:
        """The index for searching; a release of an earlier version has none."""
        return self.path / "search.sqlite"

    def problems(self) -> list[str]:
        """What is wrong with the release, one sentence each; nothing where it is whole.

        Compares size and checksum of every part, the id with the data, and the number of quads of data and store.
        """
        found = []
        for part in self.manifest.parts:
            path = self.path / part.path
            if not path.is_file():
                found.append(f"{path} is missing")
            elif part_of(self.path, path) != part:
                found.append(f"{path} is not the file that the manifest describes")
        if found:
            return found
        try:
            lines = list(read_lines(self.data_path))
            meta = sum(1 for _ in read_lines(self.meta_path))
        except (OSError, EOFError, zlib.error) as error:
            return [f"the data of {self.path} cannot be read ({error})"]
        if digest_of(lines) != self.manifest.digest:
            found.append(f"the data of {self.path} do not give the id {self.id}")
        try:
            held = len(Store.read_only(str(self.store_path)))
        except OSError as error:
            return [*found, f"{self.store_path} cannot be opened ({error})"]
        if held != len(lines) + meta:
            found.append(f"{self.store_path} holds {held} quads, the data {len(lines) + meta}")
        return found

    def verify(self) -> None:
        """Check the release against its manifest.

        Raises:
            GraphError: It is damaged; the message lists how.
        """
        found = self.problems()
        if found:
            raise GraphError(f"release {self.path.name} is damaged, build it again: {'; '.join(found)}")

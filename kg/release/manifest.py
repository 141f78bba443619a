"""`manifest.json`: what a release is made of, so that it can be cited, checked and compared."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec

from kg.errors import GraphError
from kg.release.quads import RELEASE_FORMAT

__all__ = ["MANIFEST", "Manifest", "Part", "Reissue", "part_of", "read_manifest", "write_manifest"]

#: The manifest's file name inside a release.
MANIFEST = "manifest.json"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the release: its path inside it, its size in bytes, its sha256."""

    path: str
    size: int
    sha256: str


class Reissue(msgspec.Struct, frozen=True, kw_only=True):
    """That a release takes the place of another one, of which something is withheld now.

    `supersedes` is the id of the release that it was made of, `digest` the full id of the first of them. `on` is the
    day of the newest redaction, `reasons` those that are published, `withheld` the counts over all redactions of it:
    entities, claims, quotes, stretches of digests. `redactions` are the ids that were redacted since the first of them
    was built; those have tombstones, and nothing of it says what they are called.
    """

    supersedes: str
    digest: str
    on: str
    reasons: list[str] = msgspec.field(default_factory=list)
    withheld: dict[str, int] = msgspec.field(default_factory=dict)
    redactions: list[str] = msgspec.field(default_factory=list)


class Manifest(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """All about a release that is not its data.

    `digest` is the full id, `id` its first 16 digits, which name the directory. `created` is UTC, ISO 8601: the only
    clock in a release. `inputs` holds the hashes of what the build read (texts, curation, ontology, rules, lock) and
    its options; `counts` what a person wants to see first; `quarantined` what was left out, with the reasons.
    `revision` counts the writes since the release was built: 0 for the release itself, more for a snapshot of it.
    `reissue` is there where the release takes the place of another: then `created` is that of the first.
    Two builds whose inputs differ but whose quads are the same are one release: it keeps its first manifest.
    """

    id: str
    digest: str
    created: str
    software: str
    quads: int
    inputs: dict[str, Any] = msgspec.field(default_factory=dict)
    counts: dict[str, int] = msgspec.field(default_factory=dict)
    quarantined: list[Any] = msgspec.field(default_factory=list)
    notes: list[str] = msgspec.field(default_factory=list)
    parts: list[Part] = msgspec.field(default_factory=list)
    revision: int = 0
    reissue: Reissue | None = None
    format: int = RELEASE_FORMAT


def part_of(root: Path, path: Path) -> Part:
    """Describe a file below a release's directory as it stands on the disk."""
    with path.open("rb") as opened:
        sha = hashlib.file_digest(opened, "sha256").hexdigest()
    return Part(path=path.relative_to(root).as_posix(), size=path.stat().st_size, sha256=sha)


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Write the manifest as indented JSON."""
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
    (directory / MANIFEST).write_bytes(text + b"\n")


def read_manifest(directory: Path) -> Manifest:
    """Read the manifest of a release's directory.

    Raises:
        GraphError: It is missing, is not a manifest, or is of a format that this version does not know.
    """
    path = directory / MANIFEST
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise GraphError(
            f"{path} cannot be read ({error}): this is no release, build it again with kg build"
        ) from error
    if manifest.format != RELEASE_FORMAT:
        raise GraphError(
            f"{path} has the format {manifest.format}, this version of kg reads {RELEASE_FORMAT}: build it again"
        )
    return manifest

"""What the pages and the JSON of releases show: records of plain values, made from the manifests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from kg.namespaces import BASE
from kg.release import Release
from kg.release.citation import Citation
from kg.release.dumps import Dump

__all__ = ["DumpView", "ReleaseDocument", "ReleaseEntry", "ReleaseList", "document_of", "entry_of", "left_out"]

#: How long a report of the shapes may be on a page, in characters.
_REPORT = 4_000


class ReleaseEntry(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A release in the list: `address` is its page, `dumps` where its files begin, `changes` what it changed."""

    id: str
    digest: str
    created: str
    quads: int
    counts: dict[str, int]
    quarantined: int
    current: bool
    address: str
    dumps: str
    changes: str | None = None


class ReleaseList(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The releases that are kept, the newest first."""

    current: str
    releases: list[ReleaseEntry]


class DumpView(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A file of a release."""

    name: str
    title: str
    media_type: str
    holds: str
    size: int
    sha256: str
    address: str


class ReleaseDocument(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """All about a release: its entry of the list, its manifest, its files and how to cite it."""

    release: ReleaseEntry
    software: str
    inputs: dict[str, Any]
    quarantined: list[Any]
    notes: list[str]
    validation: str
    dumps: list[DumpView]
    citation: dict[str, Any]


def entry_of(release: Release, current: str, before: str | None) -> ReleaseEntry:
    """A release as an entry of the list.

    Args:
        release: The release.
        current: The id of the current one.
        before: The id of the one that was made before it and is kept.
    """
    manifest, name = release.manifest, quote(release.id)
    return ReleaseEntry(
        id=release.id,
        digest=manifest.digest,
        created=manifest.created,
        quads=manifest.quads,
        counts=manifest.counts,
        quarantined=len(manifest.quarantined),
        current=release.id == current,
        address=f"/releases/{name}",
        dumps=f"/dumps/{name}/",
        changes=f"/releases/{quote(before)}..{name}" if before is not None else None,
    )


def document_of(release: Release, entry: ReleaseEntry, dumps: Sequence[Dump]) -> ReleaseDocument:
    """All about a release.

    Args:
        release: The release.
        entry: Its entry of the list.
        dumps: Its dumps.
    """
    manifest = release.manifest
    report = release.path / "validation.txt"
    return ReleaseDocument(
        release=entry,
        software=manifest.software,
        inputs=manifest.inputs,
        quarantined=manifest.quarantined,
        notes=manifest.notes,
        validation=report.read_text("utf-8")[:_REPORT] if report.is_file() else "",
        dumps=[
            DumpView(
                name=dump.name,
                title=dump.title,
                media_type=dump.media_type,
                holds=dump.holds,
                size=dump.size,
                sha256=dump.sha256,
                address=f"{entry.dumps}{quote(dump.name)}",
            )
            for dump in dumps
        ],
        citation=Citation(release).document,
    )


def left_out(quarantined: list[Any]) -> list[tuple[str | None, str]]:
    """What was left out of a release, each as the IRI of a claim or article of ours, if one is named, and the reason.

    >>> left_out([{"claim": "https://w3id.org/crossings/id/claim/9", "reason": "has no evidence"}])
    [('https://w3id.org/crossings/id/claim/9', 'has no evidence')]
    """
    found: list[tuple[str | None, str]] = []
    for item in quarantined:
        if not isinstance(item, dict):
            found.append((None, str(item)))
            continue
        iri = next((str(v) for k, v in item.items() if k != "reason" and str(v).startswith(BASE)), None)
        words = "; ".join(f"{k} {v}" if k != "reason" else str(v) for k, v in item.items() if str(v) != iri)
        found.append((iri, words))
    return found

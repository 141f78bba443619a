"""`ro-crate-metadata.json`: the dumps of a release as a Research Object Crate (RO-Crate 1.1).

RO-Crate and not Croissant: it describes any files with their checksums, authors and licence, which is what the dumps
are, and repositories for research data read it. Croissant describes the records of tables for machine learning and
has no words for a file of RDF. The crate is made from the manifest alone, so the same release has the same crate.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from kg.release.naming import ABOUT, AUTHORS, DESCRIPTION, KEYWORDS, LICENSE, TITLE, dataset_iri
from kg.release.release import Release

__all__ = ["crate"]

_CRATE = "https://w3id.org/ro/crate/1.1"
_AUTHORS = "#authors"
_BUILD = "#build"


def crate(release: Release, files: Iterable[tuple[str, str, str, str, int, str]]) -> bytes:
    """The crate's metadata document (RO-Crate 1.1, sections 4 to 6).

    Args:
        release: The release.
        files: Of each file beside the document its name, title, the media type of what it holds, that of its bytes,
            its size in bytes and its sha256.
    """
    manifest = release.manifest
    parts = [_file(*described) for described in files]
    dataset = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"{TITLE}: {ABOUT}, release {manifest.id}",
        "description": DESCRIPTION,
        "identifier": dataset_iri(manifest.id),
        "version": manifest.id,
        "datePublished": manifest.created,
        "license": {"@id": LICENSE},
        "author": {"@id": _AUTHORS},
        "publisher": {"@id": _AUTHORS},
        "keywords": ", ".join(KEYWORDS),
        "hasPart": [{"@id": part["@id"]} for part in parts],
        "mentions": {"@id": _BUILD},
    }
    graph = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": _CRATE},
            "about": {"@id": "./"},
        },
        dataset,
        *parts,
        {"@id": _AUTHORS, "@type": "Organization", "name": AUTHORS},
        {
            "@id": LICENSE,
            "@type": "CreativeWork",
            "name": "Creative Commons Attribution 4.0 International",
            "identifier": "CC-BY-4.0",
        },
        {
            "@id": _BUILD,
            "@type": "CreateAction",
            "name": "Build of the release",
            "description": f"Made by {manifest.software}",
            "endTime": manifest.created,
            "result": {"@id": "./"},
        },
    ]
    # The context of RO-Crate 1.1 is older than this property of schema.org.
    context = [f"{_CRATE}/context", {"sha256": "http://schema.org/sha256"}]
    document = msgspec.json.encode({"@context": context, "@graph": graph})
    return msgspec.json.format(document, indent=2) + b"\n"


def _file(name: str, title: str, holds: str, media_type: str, size: int, sha256: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "@id": name,
        "@type": "File",
        "name": name,
        "contentSize": str(size),
        "encodingFormat": media_type if media_type == holds else [media_type, holds],
        "sha256": sha256,
    }
    if title:
        described["description"] = title
    return described

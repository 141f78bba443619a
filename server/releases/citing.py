"""How to cite what is served: in a sentence, and as a schema.org Dataset for search engines."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import quote

from kg.namespaces import BASE
from kg.release import Release
from kg.release.citation import Citation
from kg.release.dumps import Dump
from kg.release.naming import ABOUT, AUTHORS, DESCRIPTION, KEYWORDS, LICENSE, TITLE, dataset_iri

__all__ = ["citation", "dataset_jsonld"]


def citation(release: Release) -> str:
    """The sentence to cite a release by; after a write it names the revision as well."""
    return Citation(release).text


def dataset_jsonld(release: Release, host: str, dumps: Sequence[Dump]) -> dict[str, Any]:
    """The release as a Dataset of schema.org, in JSON-LD.

    Args:
        release: The release.
        host: The address of the server, with a slash at the end.
        dumps: The dumps of the release.
    """
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": dataset_iri(release.id),
        "name": f"{TITLE}: {ABOUT}",
        "description": DESCRIPTION,
        "identifier": release.id,
        "version": release.revision,
        "url": host,
        "sameAs": BASE,
        "license": LICENSE,
        "isAccessibleForFree": True,
        "dateModified": release.manifest.created[:10],
        "creator": {"@type": "Organization", "name": AUTHORS},
        "keywords": list(KEYWORDS),
        "citation": citation(release),
        "distribution": [
            *(_download(release, host, dump) for dump in dumps),
            {
                "@type": "DataDownload",
                "name": "The incidents as a table",
                "encodingFormat": "text/csv",
                "contentUrl": f"{host}explore?format=csv",
            },
            {
                "@type": "DataDownload",
                "encodingFormat": "application/sparql-results+json",
                "contentUrl": f"{host}sparql",
                "name": f"SPARQL endpoint, software {TITLE} {_version()}",
            },
        ],
    }


def _download(release: Release, host: str, dump: Dump) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": dump.name,
        "description": dump.title,
        "encodingFormat": [dump.media_type, dump.holds] if dump.packed else dump.media_type,
        "contentUrl": f"{host}dumps/{quote(release.id)}/{quote(dump.name)}",
        "contentSize": f"{dump.size} B",
        "sha256": dump.sha256,
    }


def _version() -> str:
    try:
        return version("crossings")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "unknown"

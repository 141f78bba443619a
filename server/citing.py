"""How to cite what is served: in a sentence, and as a schema.org Dataset for search engines."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from kg.namespaces import BASE
from kg.release import Release
from kg.release.metadata import dataset_iri
from server.words import date_words

__all__ = ["AUTHORS", "TITLE", "citation", "dataset_jsonld"]

#: As CITATION.cff has them.
AUTHORS, TITLE = "The Crossings developers", "Crossings"
_ABOUT = "a knowledge graph of border crossings, built from the news"
_LICENSE = "https://creativecommons.org/licenses/by/4.0/"
_KEYWORDS = ["border crossings", "defection", "North Korea", "knowledge graph", "linked data", "SPARQL", "provenance"]


def citation(release: Release) -> str:
    """The sentence to cite a release by; after a write it names the revision as well."""
    made = release.manifest.created[:10]
    named = f"Release {release.id}" + (f", revision {release.revision}" if release.revision != release.id else "")
    return f"{AUTHORS} ({made[:4]}). {TITLE}: {_ABOUT}. {named}, made {date_words(made)}. {dataset_iri(release.id)}"


def dataset_jsonld(release: Release, host: str) -> dict[str, Any]:
    """The release as a Dataset of schema.org, in JSON-LD.

    Args:
        release: The release.
        host: The address of the server, with a slash at the end.
    """
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": dataset_iri(release.id),
        "name": f"{TITLE}: {_ABOUT}",
        "description": "Incidents counted once and not by report; every value leads to its quote, article and speaker; "
        "disagreements between sources are kept and listed.",
        "identifier": release.id,
        "version": release.revision,
        "url": host,
        "sameAs": BASE,
        "license": _LICENSE,
        "isAccessibleForFree": True,
        "dateModified": release.manifest.created[:10],
        "creator": {"@type": "Organization", "name": AUTHORS},
        "keywords": _KEYWORDS,
        "citation": citation(release),
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": f"{host}explore?format=csv"},
            {"@type": "DataDownload", "encodingFormat": "text/turtle", "contentUrl": f"{host}.well-known/void"},
            {
                "@type": "DataDownload",
                "encodingFormat": "application/sparql-results+json",
                "contentUrl": f"{host}sparql",
                "name": f"SPARQL endpoint, software {TITLE} {_version()}",
            },
        ],
    }


def _version() -> str:
    try:
        return version("crossings")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "unknown"

"""What a release is called, whose work it is and under which licence: the same words in every description of it."""

from __future__ import annotations

from kg.namespaces import BASE

__all__ = [
    "ABOUT",
    "AUTHORS",
    "DESCRIPTION",
    "KEYWORDS",
    "LICENSE",
    "SERIES",
    "TITLE",
    "TRACKER",
    "dataset_iri",
    "dump_iri",
]

#: As CITATION.cff has them: a test compares, since an installation does not hold that file.
AUTHORS, TITLE = "The Crossings developers", "Crossings"
#: The address of the project's repository, as CITATION.cff has it; none while it names none.
TRACKER: str | None = None
ABOUT = "a knowledge graph of border crossings, built from the news"
DESCRIPTION = (
    "Incidents counted once and not by report; every value leads to its quote, article and speaker; "
    "disagreements between sources are kept and listed."
)
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
KEYWORDS = ("border crossings", "defection", "North Korea", "knowledge graph", "linked data", "SPARQL", "provenance")
#: The IRI of what all releases are releases of.
SERIES = BASE + "id/dataset/crossings"


def dataset_iri(ident: str) -> str:
    """The IRI of a release as a dataset, from its short id."""
    return f"{BASE}id/release/{ident}"


def dump_iri(ident: str, name: str) -> str:
    """The canonical address of a dump of a release, from the short id and the dump's name."""
    return f"{BASE}dumps/{ident}/{name}"

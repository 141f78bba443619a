"""The sites that the tests look at: a server over a release, and where its pages are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, urlsplit

import httpx

from kg.namespaces import BASE

__all__ = ["FIXED", "FOUND", "PAGES", "BrowsedSite"]

#: Pages that have an address of their own, by name.
FIXED = {
    "home": "/",
    "explore": "/explore",
    "map": "/explore?view=map",
    "timeline": "/explore?view=timeline",
    "chart": "/explore?view=chart",
    "questions": "/queries",
    "questions of a tag": "/queries?tag=claims",
    "question": "/queries/hedged-and-denied",
    "narrowed question": "/queries/routes?route=dmz",
    "query": "/query",
    "answer": "/query?query=SELECT+%3Fs+%3Flabel+%3Fdate+%7B+%3Fs+a+cx%3AIncident+%3B+skos%3AprefLabel+%3Flabel+%7D",
    "conflicts": "/conflicts",
    "sources": "/sources",
    "releases": "/releases",
    "citation": "/cite?query=ASK+%7B%7D",
    "takedown": "/takedown",
    "search": "/search?q=soldier",
    "search for an attack": "/search?q=window.attacked",
    "ontology": "/ontology",
    "vocabularies": "/vocabulary",
    "vocabulary": "/vocabulary/front",
    "shapes": "/shapes",
    "the endpoint's form": "/sparql",
}
_MOST = """SELECT ?s WHERE {{ ?s a cx:{kind} . GRAPH ?g {{ ?c rdf:subject ?s }} }}
GROUP BY ?s ORDER BY DESC(COUNT(?c)) ?s"""
#: Pages of things that are found by a question, by name: of each kind the thing with the most claims.
FOUND = {
    **{kind.lower(): _MOST.format(kind=kind) for kind in ("Incident", "Person", "Organization", "Route", "Statistic")},
    "place": "SELECT ?s WHERE { ?i cx:place ?s } ORDER BY ?s",
    "article": "SELECT ?s WHERE { ?i cx:reportedIn ?s } GROUP BY ?s ORDER BY DESC(COUNT(?i)) ?s",
    "disputed": "SELECT ?s WHERE { ?c cx:onSubject ?s } ORDER BY ?s",
    "conflict": "SELECT ?s WHERE { ?s a cx:Conflict } ORDER BY ?s",
    "claim": "SELECT ?s WHERE { GRAPH ?g { ?s a cx:Claim ; cx:derivationRule ?r } } ORDER BY ?s",
}
#: The names of all these.
PAGES = (*FIXED, *FOUND)


@dataclass(frozen=True)
class BrowsedSite:
    """A running server over a release.

    Args:
        url: Its address.
    """

    url: str

    def values(self, query: str) -> list[str]:
        """The values of the first column of a query's answer."""
        answer = httpx.post(f"{self.url}/sparql", data={"query": query}, timeout=60).raise_for_status().json()
        first = answer["head"]["vars"][0]
        return [row[first]["value"] for row in answer["results"]["bindings"]]

    def path(self, page: str) -> str:
        """The path of a page, by its name in `PAGES`."""
        return self._paths[page]

    @cached_property
    def _paths(self) -> dict[str, str]:
        return FIXED | {name: self.path_of(self.values(query)[0]) for name, query in FOUND.items()}

    @staticmethod
    def path_of(iri: str) -> str:
        """Where an IRI of the data is answered."""
        assert iri.startswith(BASE), iri
        return quote("/" + iri.removeprefix(BASE), safe="/%~!$&'()*+,;=:@#-._")

    def own(self, address: str) -> bool:
        """Whether an address is one of this server."""
        return urlsplit(address).netloc == urlsplit(self.url).netloc

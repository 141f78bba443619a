"""The kinds of pages that are measured, and where some of each kind are."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

from bench.endpoint.http import Connection
from kg.namespaces import BASE

__all__ = ["LOOKUP", "addresses", "get"]

#: What every time is compared with: the label of one incident.
LOOKUP = "SELECT ?label {{ <{iri}> skos:prefLabel ?label }}"

_FIXED = {
    "home": ["/"],
    "explore": ["/explore"],
    "explore, with facets": ["/explore?front=western", "/explore?status=confirmed"],
    "query, with an answer": ["/query?" + urlencode({"query": "SELECT * { ?s a cx:Incident ; ?p ?o } LIMIT 100"})],
    "conflicts": ["/conflicts"],
    "sources": ["/sources"],
    "search": ["/search?q=soldier", "/search?q=Seoul"],
    "ontology": ["/ontology"],
    "vocabulary": ["/vocabulary/front"],
    "shapes": ["/shapes"],
}
#: Of these classes: things as they come, and those that most is claimed about.
_CLASSES = ("Incident", "Person", "Organization", "Route", "Statistic")
_SOME = "SELECT ?s {{ ?s a cx:{kind} }} ORDER BY SHA1(STR(?s)) LIMIT {many}"
_LARGEST = """SELECT ?s {{
  ?s a cx:{kind} . GRAPH ?g {{ ?c rdf:subject ?s }}
}} GROUP BY ?s ORDER BY DESC(COUNT(?c)) ?s LIMIT 1"""
_OTHERS = {
    "place": "SELECT ?s {{ {{ SELECT DISTINCT ?s {{ ?i cx:place ?s }} }} }} ORDER BY SHA1(STR(?s)) LIMIT {many}",
    "article": "SELECT ?s {{ {{ SELECT DISTINCT ?s {{ ?i cx:reportedIn ?s }} }} }} ORDER BY SHA1(STR(?s)) LIMIT {many}",
    "conflict": "SELECT ?s {{ ?s a cx:Conflict }} ORDER BY SHA1(STR(?s)) LIMIT {many}",
    "claim": "SELECT ?s {{ ?c a cx:Conflict ; prov:wasDerivedFrom ?s }} ORDER BY SHA1(STR(?s)) LIMIT {many}",
}


def addresses(connection: Connection, many: int) -> dict[str, list[str]]:
    """By kind: addresses of pages of a server that answers.

    Args:
        connection: To the server.
        many: How many of a kind, at most.
    """
    found = {kind: list(paths) for kind, paths in _FIXED.items()}
    for kind in _CLASSES:
        found[kind.lower()] = _pages(connection, _SOME.format(kind=kind, many=many))
        found[f"{kind.lower()}, most claims"] = _pages(connection, _LARGEST.format(kind=kind))
    for kind, query in _OTHERS.items():
        found[kind] = _pages(connection, query.format(many=many))
    return {kind: paths for kind, paths in found.items() if paths}


def get(path: str, *headers: str, host: str = "127.0.0.1") -> bytes:
    """A request for a page, as a browser makes it.

    Args:
        path: The page.
        headers: Further headers.
        host: Under what name the server is asked; a page is kept for each by itself.
    """
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "Accept: text/html", *headers]
    return "\r\n".join([*lines, "", ""]).encode("ascii")


def _pages(connection: Connection, query: str) -> list[str]:
    path = "/sparql?" + urlencode({"query": query, "format": "json"})
    reply = connection.exchange(get(path))
    if reply.status != 200:
        raise ValueError(f"the server answers {reply.status} to {query!r}: {reply.body[:200]!r}")
    rows = json.loads(reply.body)["results"]["bindings"]
    iris = [row["s"]["value"] for row in rows]
    return ["/" + quote(iri.removeprefix(BASE), safe="/%:@!$&'()*+,;=-._~") + ".html" for iri in iris]

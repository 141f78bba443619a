"""Labels for pages: of vocabularies, gazetteer and ontology, read once a release; of entities where they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.namespaces import curie
from server.page_queries import PageQueries

__all__ = ["Label", "Labels", "read_entity_labels", "read_labels"]

_TERMS = """SELECT ?s ?label WHERE {
  VALUES ?p { skos:prefLabel rdfs:label }
  GRAPH ?g { ?s ?p ?label }
  FILTER (?g IN (graph:vocabulary, graph:gazetteer))
}"""
_ENTITIES = """SELECT ?s ?label WHERE {
#bind s
  { ?s skos:prefLabel ?label } UNION { GRAPH ?g { ?s skos:prefLabel|dcterms:title ?label } }
}"""
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class Label:
    """What a thing is called: in English, else in the language there is, and in Korean where that is known."""

    text: str
    korean: str | None = None

    def __str__(self) -> str:
        return self.text


class Labels:
    """Labels by IRI.

    Args:
        found: What is known.
    """

    def __init__(self, found: Mapping[str, Label]) -> None:
        self._found = dict(found)

    def __contains__(self, iri: str) -> bool:
        return iri in self._found

    def of(self, iri: str) -> Label:
        """The label of an IRI; one without a label is called by its prefixed name, or by itself.

        >>> Labels({}).of("https://w3id.org/crossings/ontology#dateEarliest").text
        'date earliest'
        """
        known = self._found.get(iri)
        if known is not None:
            return known
        short = curie(iri)
        if short.startswith("cx:"):
            return Label(_CAPITAL.sub(" ", short[3:]).lower())
        return Label(short)

    def and_of(self, other: Mapping[str, Label]) -> Labels:
        """These and some more; of two for one IRI the latter counts."""
        return Labels({**self._found, **other})


async def read_labels(queries: PageQueries) -> Labels:
    """The labels of the terms of a release: concepts, classes, properties, entries of the gazetteer."""
    return Labels(_gathered(await queries.rows(_TERMS)))


async def read_entity_labels(queries: PageQueries, iris: Iterable[str]) -> dict[str, Label]:
    """The labels of some entities and articles.

    Args:
        queries: Of what release.
        iris: What is to be named; those without a label are left out.
    """
    wanted = sorted(set(iris))
    return _gathered(await queries.rows(_ENTITIES, s=[NamedNode(iri) for iri in wanted])) if wanted else {}


def _gathered(rows: Iterable[Mapping[str, object]]) -> dict[str, Label]:
    texts: dict[str, dict[str, str]] = {}
    for row in rows:
        node, label = row["s"], row["label"]
        if isinstance(node, NamedNode) and isinstance(label, Literal):
            texts.setdefault(node.value, {}).setdefault((label.language or "").partition("-")[0], label.value)
    return {iri: Label(_best(found), found.get("ko")) for iri, found in texts.items()}


def _best(found: Mapping[str, str]) -> str:
    return found.get("en") or found.get("") or next(iter(found.values()))

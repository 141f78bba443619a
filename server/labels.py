"""Labels for pages: of vocabularies, gazetteer and ontology, read once a release; of entities where they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.article.naming import ARTICLE, article_name
from kg.namespaces import curie, expand
from server.page_queries import PageQueries

__all__ = ["Label", "Labels", "labels_in", "read_entity_labels", "read_labels"]

_TERMS = """SELECT ?s ?label WHERE {
  VALUES ?p { skos:prefLabel rdfs:label }
  GRAPH ?g { ?s ?p ?label }
  FILTER (?g IN (graph:vocabulary, graph:gazetteer))
}"""
_ADMITTED = """SELECT ?s WHERE { GRAPH graph:vocabulary { ?s cx:admitted true } }"""
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
        admitted: The concepts of certainty, tense and specificity with which a claim may reach the default graph.
    """

    def __init__(self, found: Mapping[str, Label], admitted: Iterable[str] = ()) -> None:
        self._found = dict(found)
        self.admitted = frozenset(admitted)

    def __contains__(self, iri: object) -> bool:
        return iri in self._found

    def of(self, iri: str) -> Label:
        """The label of an IRI; one without a label is called by its prefixed name, or by itself, an article by its id.

        >>> Labels({}).of("https://w3id.org/crossings/ontology#dateEarliest").text
        'date earliest'
        """
        known = self._found.get(iri)
        if known is not None:
            return known
        if iri.startswith(ARTICLE):
            return Label(article_name(iri))
        short = curie(iri)
        if short.startswith("cx:"):
            return Label(_CAPITAL.sub(" ", short[3:]).lower())
        return Label(short)

    def and_of(self, other: Mapping[str, Label]) -> Labels:
        """These and some more; of two for one IRI the latter counts."""
        return Labels({**self._found, **other}, self.admitted)


async def read_labels(queries: PageQueries) -> Labels:
    """The labels of the terms of a release: concepts, classes, properties, entries of the gazetteer."""
    admitted = [row["s"].value for row in await queries.rows(_ADMITTED) if isinstance(row["s"], NamedNode)]
    return Labels(_gathered(await queries.rows(_TERMS)), admitted)


async def read_entity_labels(queries: PageQueries, iris: Iterable[str]) -> dict[str, Label]:
    """The labels of some entities and articles.

    Args:
        queries: Of what release.
        iris: What is to be named; those without a label are left out.
    """
    wanted = sorted(set(iris))
    return _gathered(await queries.rows(_ENTITIES, s=[NamedNode(iri) for iri in wanted])) if wanted else {}


def labels_in(quads: Iterable[Quad]) -> dict[str, Label]:
    """The labels that some quads give."""
    return _gathered({"s": q.subject, "label": q.object} for q in quads if q.predicate.value in _LABELS)


#: What gives a label.
_LABELS = frozenset(expand(name) for name in ("skos:prefLabel", "rdfs:label", "dcterms:title"))


def _gathered(rows: Iterable[Mapping[str, object]]) -> dict[str, Label]:
    texts: dict[str, dict[str, str]] = {}
    for row in rows:
        node, label = row["s"], row["label"]
        if isinstance(node, NamedNode) and isinstance(label, Literal):
            texts.setdefault(node.value, {}).setdefault((label.language or "").partition("-")[0], label.value)
    return {iri: Label(_best(found), found.get("ko")) for iri, found in texts.items()}


def _best(found: Mapping[str, str]) -> str:
    return found.get("en") or found.get("") or next(iter(found.values()))

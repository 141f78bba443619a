"""What the editor of queries completes: prefixes, and the terms of ontology and vocabularies with their counts."""

from __future__ import annotations

from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.namespaces import PREFIXES, curie
from kg.questions import questions
from server.page_queries import PageQueries, Row

__all__ = ["query_terms"]

_TERMS = """SELECT ?term ?kind ?label ?note WHERE {
  GRAPH graph:vocabulary {
    { VALUES (?type ?kind) { (owl:Class "class") (owl:ObjectProperty "property") (owl:DatatypeProperty "property") }
      ?term a ?type ; rdfs:label ?label . OPTIONAL { ?term rdfs:comment ?note } }
    UNION
    { BIND ("concept" AS ?kind) ?term a skos:Concept ; skos:prefLabel ?label .
      OPTIONAL { ?term skos:definition ?note } }
    FILTER (LANG(?label) = "en")
  }
}"""
#: The properties and classes that the release holds, our own and others', and how often (VoID, section 4.5).
_COUNTED = """SELECT ?term ?kind ?count WHERE {
  GRAPH graph:meta {
    { ?part void:class ?term ; void:entities ?count . BIND ("class" AS ?kind) }
    UNION
    { ?part void:property ?term ; void:triples ?count . BIND ("property" AS ?kind) }
  }
}"""


async def query_terms(queries: PageQueries) -> dict[str, Any]:
    """What the editor is told of a release.

    Args:
        queries: Of what release.

    Returns:
        `prefixes` with their namespaces; `terms`, each with name, kind (class, property or concept), label, note and
        count, as far as they are known; `questions` with name, title, description and text.

    Raises:
        Problem: The release cannot be asked.
    """
    terms: dict[str, dict[str, Any]] = {}
    for row in await queries.rows(_TERMS):
        term = _term(terms, row)
        term["label"] = _text(row, "label")
        if "note" in row:
            term["note"] = _text(row, "note")
    for row in await queries.rows(_COUNTED):
        term = _term(terms, row)
        term["count"] = max(int(_text(row, "count")), term.get("count", 0))
    return {
        "prefixes": PREFIXES,
        "terms": sorted(terms.values(), key=lambda term: (-term.get("count", 0), term["name"])),
        "questions": [
            {"name": found.name, "title": found.title, "description": found.description, "text": found.explained}
            for found in questions()
        ],
    }


def _term(terms: dict[str, dict[str, Any]], row: Row) -> dict[str, Any]:
    node = row["term"]
    assert isinstance(node, NamedNode)
    short = curie(node.value)
    name = short if short != node.value and "/" not in short else f"<{node.value}>"
    return terms.setdefault(name, {"name": name, "kind": _text(row, "kind")})


def _text(row: Row, name: str) -> str:
    value = row[name]
    assert isinstance(value, Literal)
    return value.value

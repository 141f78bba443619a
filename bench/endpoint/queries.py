"""The classes of queries that are measured: what a researcher asks of the graph, from one entity to a whole answer.

Every text declares its prefixes, so that each server reads the same. A text ends in a comment that a number makes
another one: asked with a new number it is a text that no cache has seen, asked with the same it is a repeated query.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Template
from typing import Literal

from pyoxigraph import QuerySolutions, Store

from bench.endpoint.jobs import NONCE
from kg.namespaces import PREFIXES

__all__ = ["RUNAWAY", "Query", "lookups", "queries"]

_USED = ("rdf", "cx", "skos", "dcterms", "measure", "certainty", "namestatus")

#: A query that no engine finishes: the product of all triples of the default graph with themselves, three times.
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

#: Each class with its text; `$incident`, `$article` stand for one of the corpus. The order is that of the table.
_TEXTS = {
    "lookup": "SELECT ?property ?value { <$incident> ?property ?value }",
    "year histogram": """SELECT ?year (COUNT(?claim) AS ?claims) {
      GRAPH ?graph { ?claim a cx:Claim ; cx:inArticle ?article . ?article dcterms:issued ?day }
      BIND (YEAR(?day) AS ?year)
    } GROUP BY ?year ORDER BY ?year""",
    "statistics by year": """SELECT ?year (COUNT(?statistic) AS ?figures) (SUM(?value) AS ?total) {
      ?statistic a cx:Statistic ; cx:measure measure:arrivals ; cx:period ?year ; cx:value ?value .
    } GROUP BY ?year ORDER BY ?year""",
    "property path": """SELECT ?wider (COUNT(DISTINCT ?incident) AS ?incidents) {
      ?incident a cx:Incident ; (cx:incidentType|cx:viaRoute|cx:custodian|cx:crosser/cx:actorType)/skos:broader* ?wider
    } GROUP BY ?wider""",
    "OPTIONAL-heavy": """SELECT ?incident ?label ?date ?type ?status ?front ?count ?person ?rank ?gender ?name {
      ?incident a cx:Incident ; skos:prefLabel ?label .
      OPTIONAL { ?incident cx:dateEDTF ?date }
      OPTIONAL { ?incident cx:incidentType ?type }
      OPTIONAL { ?incident cx:defectionStatus ?status }
      OPTIONAL { ?incident cx:front ?front }
      OPTIONAL { ?incident cx:personCount ?count }
      OPTIONAL {
        ?incident cx:crosser ?person .
        OPTIONAL { ?person cx:rank ?rank }
        OPTIONAL { ?person cx:gender ?gender }
        OPTIONAL { ?person cx:nameStatus namestatus:named ; skos:prefLabel ?name }
      }
    }""",
    "text filter": """SELECT ?claim ?words {
      GRAPH ?graph { ?claim cx:rawValue ?words }
      FILTER (CONTAINS(LCASE(?words), "staff sergeant"))
    }""",
    "25,000 rows": "SELECT ?s ?p ?o { GRAPH ?graph { ?s ?p ?o } } LIMIT 25000",
    "CONSTRUCT": """CONSTRUCT { ?subject ?property ?value } {
      GRAPH ?graph {
        ?claim rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?value ; cx:certainty certainty:reported
      }
    }""",
    "claims by GRAPH": """SELECT ?claim ?subject ?property ?value ?certainty {
      GRAPH <$article> {
        ?claim a cx:Claim ; rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?value ; cx:certainty ?certainty
      }
    }""",
    "top-N": """SELECT ?subject (COUNT(?claim) AS ?claims) {
      GRAPH ?graph { ?claim rdf:subject ?subject }
    } GROUP BY ?subject ORDER BY DESC(?claims) ?subject LIMIT 10""",
    "graph read": "CONSTRUCT { ?s ?p ?o } { GRAPH <$article> { ?s ?p ?o } }",
}
#: Which rows these are is the server's choice, so only their number is compared.
_ANY_ROWS = frozenset({"25,000 rows"})


@dataclass(frozen=True)
class Query:
    """A class of queries.

    Attributes:
        name: Its name in the table.
        text: The query; `NONCE` stands in its last line, a comment.
        graph: Whether its answer is a graph.
        compared: Whether the values of the answers are compared, beside their number.
    """

    name: str
    text: str
    graph: bool
    compared: Literal["values", "count"]

    def asked(self, nonce: str) -> str:
        """The text with something in the place of the number."""
        return self.text.replace(NONCE, nonce)


def queries(store: Store) -> list[Query]:
    """Every class of queries, about entities of a store: the incident and the article that come first by their IRI.

    Args:
        store: The store of the corpus.
    """
    given = {
        "incident": _firsts(store, "?e a cx:Incident")[0],
        "article": _firsts(store, "GRAPH ?g { ?e a cx:Article }")[0].replace("/id/article/", "/graph/article/"),
    }
    return [
        Query(
            name,
            _whole(Template(text).substitute(given)),
            text.startswith("CONSTRUCT"),
            "count" if name in _ANY_ROWS else "values",
        )
        for name, text in _TEXTS.items()
    ]


def lookups(store: Store, many: int = 200) -> list[str]:
    """Lookups of incidents, persons and statistics, for a load: texts with `NONCE` in their last line."""
    kinds = "VALUES ?class { cx:Incident cx:Person cx:Statistic }"
    found = _firsts(store, f"{kinds} ?e a ?class", many)
    return [_whole(Template(_TEXTS["lookup"]).substitute(incident=iri)) for iri in found]


def _whole(text: str) -> str:
    used = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in _USED if f"{name}:" in text)
    return f"{used}{text}\n# {NONCE}\n"


def _firsts(store: Store, pattern: str, many: int = 1) -> list[str]:
    text = f"SELECT DISTINCT ?e {{ {pattern} }} ORDER BY ?e LIMIT {many}"
    found = store.query(text, prefixes={"cx": PREFIXES["cx"]})
    assert isinstance(found, QuerySolutions)
    return [solution["e"].value for solution in found]

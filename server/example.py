"""The query that pages begin with."""

from __future__ import annotations

__all__ = ["EXAMPLE", "PLAIN_EXAMPLE"]

#: A query that has an answer in every release that holds an incident.
EXAMPLE = """SELECT ?incident ?label ?from ?to
WHERE {
  ?incident a cx:Incident ; skos:prefLabel ?label .
  OPTIONAL { ?incident cx:dateEarliest ?from ; cx:dateLatest ?to }
}
ORDER BY ?from ?incident
LIMIT 20
"""

#: The same for a store of no project: its graphs, and how much each holds.
PLAIN_EXAMPLE = """SELECT ?g (COUNT(*) AS ?triples)
WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }
GROUP BY ?g
"""

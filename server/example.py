"""The query that pages begin with."""

from __future__ import annotations

__all__ = ["EXAMPLE"]

#: A query that has an answer in every release that holds an incident.
EXAMPLE = """SELECT ?incident ?label ?from ?to
WHERE {
  ?incident a cx:Incident ; skos:prefLabel ?label .
  OPTIONAL { ?incident cx:dateEarliest ?from ; cx:dateLatest ?to }
}
ORDER BY ?from ?incident
LIMIT 20
"""

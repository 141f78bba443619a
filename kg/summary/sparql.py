"""The query for a state: what `kg.summary.explore` answers from the tables, asked of the graph itself.

What a stranger gave stands in it only as terms that the engine has written, so that it cannot be more than a term.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kg.summary.state import NONE, State, iri_of
from kg.summary.tables import FACETS

__all__ = ["COLUMNS", "sparql_of"]

#: The columns of the answer, and how each is put together from the values of one incident.
COLUMNS: dict[str, str] = {
    "label": "MIN(?labels)",
    "date": "SAMPLE(?edtf)",
    "earliest": "SAMPLE(?from)",
    "latest": "SAMPLE(?to)",
    "precision": "SAMPLE(?exactness)",
    "type": "SAMPLE(?kind)",
    "status": "SAMPLE(?standing)",
    "front": "SAMPLE(?section)",
    "persons": "SAMPLE(?count)",
    "articles": "COUNT(DISTINCT ?article)",
    "conflicts": "COUNT(DISTINCT ?conflict)",
    "places": 'GROUP_CONCAT(DISTINCT STR(?place); separator=" ")',
    "routes": 'GROUP_CONCAT(DISTINCT STR(?route); separator=" ")',
    "actors": 'GROUP_CONCAT(DISTINCT STR(?actor); separator=" ")',
}

_VALUES = """  OPTIONAL { ?incident skos:prefLabel ?name FILTER (LANG(?name) = "en") }
  BIND (COALESCE(STR(?name), STR(?incident)) AS ?labels)
  OPTIONAL { ?incident cx:dateEDTF ?edtf }
  OPTIONAL { ?incident cx:dateEarliest ?from }
  OPTIONAL { ?incident cx:dateLatest ?to }
  OPTIONAL { ?incident cx:datePrecision ?exactness }
  OPTIONAL { ?incident cx:incidentType ?kind }
  OPTIONAL { ?incident cx:defectionStatus ?standing }
  OPTIONAL { ?incident cx:front ?section }
  OPTIONAL { ?incident cx:personCount ?count }
  OPTIONAL { ?incident cx:reportedIn ?article }
  OPTIONAL { ?incident cx:place ?place }
  OPTIONAL { ?incident cx:viaRoute ?route }
  OPTIONAL { ?incident cx:crosser/cx:actorType ?actor }
  OPTIONAL { ?incident ^cx:onSubject|cx:crosser/^cx:onSubject ?conflict }
"""

_NEWEST = "DESC(?latest) DESC(?earliest)"
_ORDERS = {
    "newest": _NEWEST,
    "oldest": "(!BOUND(?earliest)) ?earliest ?latest",
    "articles": f"DESC(?articles) {_NEWEST}",
    "persons": f"DESC(?persons) {_NEWEST}",
    "label": "?label",
}


def sparql_of(state: State, limit: int | None = None, offset: int = 0) -> str:
    """The query whose rows are those of a state, in the same order.

    Args:
        state: What is chosen and how it is sorted.
        limit: How many rows; absent, all.
        offset: How many rows to leave out before them.
    """
    columns = "\n  ".join(f"({how} AS ?{name})" for name, how in COLUMNS.items())
    lines = [f"SELECT ?incident\n  {columns}", "WHERE {"]
    parts = ["?incident a cx:Incident .", *_chosen(state), *_searched(state)]
    if len(parts) > 1:
        inner = "\n    ".join(parts)
        lines.append(f"  {{ SELECT DISTINCT ?incident WHERE {{\n    {inner}\n  }} }}")
    else:
        lines.append(f"  {parts[0]}")
    lines.append(_VALUES + "}\nGROUP BY ?incident")
    lines.append(f"ORDER BY {_ORDERS[state.sort]} ?incident")
    if limit is not None:
        lines.append(f"LIMIT {limit:d}" + (f" OFFSET {offset:d}" if offset else ""))
    return "\n".join(lines) + "\n"


def _chosen(state: State) -> Iterator[str]:
    for facet, path in FACETS.items():
        values = state.values(facet)
        if not values:
            continue
        terms = " ".join(str(NamedNode(iri_of(facet, value))) for value in values if value != NONE)
        way = "/".join(path)
        ways = []
        if terms:
            # What is said more narrowly counts for what is broader too; an article has nothing broader.
            reached = way if facet == "source" else f"{way}/skos:broader*"
            ways.append(f"{{ VALUES ?{facet}Value {{ {terms} }} ?incident {reached} ?{facet}Value }}")
        if NONE in values:
            ways.append(f"{{ ?incident a cx:Incident MINUS {{ ?incident {way} ?{facet}None }} }}")
        yield "\n    UNION\n    ".join(ways)
    if state.values("year"):
        yield "OPTIONAL { ?incident cx:dateEarliest ?first } OPTIONAL { ?incident cx:dateLatest ?last }"
        yield f"FILTER ({' || '.join(_year(value) for value in state.values('year'))})"


def _year(value: str) -> str:
    if value == NONE:
        return "(!BOUND(?first) && !BOUND(?last))"
    year = str(Literal(int(value)))
    begun, over = f"COALESCE(YEAR(?first) <= {year}, true)", f"COALESCE(YEAR(?last) >= {year}, true)"
    return f"((BOUND(?first) || BOUND(?last)) && {begun} && {over})"


def _searched(state: State) -> Iterator[str]:
    for number, word in enumerate(state.words, 1):
        yield (
            f"?incident skos:prefLabel|(cx:crosser|cx:place)/skos:prefLabel ?wording{number} . "
            f"FILTER (CONTAINS(LCASE(STR(?wording{number})), {Literal(word)}))"
        )

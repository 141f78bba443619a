"""The queries that list all entities of a class, one a row, with those of their properties that have one value."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["LISTED", "listing"]

#: What the columns are that are no IRIs and no texts, so that their types do not depend on what there is.
_KINDS = {
    **dict.fromkeys(("earliest", "latest", "start", "end", "published"), "date"),
    **dict.fromkeys(("persons", "articles", "claims", "precision"), "integer"),
    **dict.fromkeys(("value", "least", "most"), "decimal"),
    "digest": "boolean",
}

#: By class: the columns with their properties, and the columns by which the rows are ordered.
LISTED: dict[str, tuple[dict[str, str], str]] = {
    "Incident": (
        {
            "label": "skos:prefLabel",
            "earliest": "cx:dateEarliest",
            "latest": "cx:dateLatest",
            "date": "cx:dateEDTF",
            "kind": "cx:incidentType",
            "front": "cx:front",
            "status": "cx:defectionStatus",
            "persons": "cx:personCount",
            "articles": "cx:articleCount",
        },
        "?earliest ?latest",
    ),
    "Person": (
        {
            "label": "skos:prefLabel",
            "naming": "cx:nameStatus",
            "actor": "cx:actorType",
            "rank": "cx:rank",
            "gender": "cx:gender",
        },
        "?label",
    ),
    "Organization": ({"label": "skos:prefLabel"}, "?label"),
    "Route": ({"label": "skos:prefLabel", "type": "cx:routeType"}, "?label"),
    "Statistic": (
        {
            "label": "skos:prefLabel",
            "measure": "cx:measure",
            "population": "cx:population",
            "start": "cx:periodStart",
            "end": "cx:periodEnd",
            "value": "cx:value",
            "least": "cx:lowerBound",
            "most": "cx:upperBound",
            "unit": "cx:unit",
        },
        "?start ?end ?label",
    ),
    "Place": (
        {"label": "skos:prefLabel", "wkt": "geo:asWKT", "precision": "cx:coordinatePrecision"},
        "?label",
    ),
}
_ARTICLES = """SELECT ?article (MIN(?called) AS ?title) (MIN(?by) AS ?publisher) (MIN(?day) AS ?published)
  (MAX(?ours) AS ?digest) (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
  GRAPH ?g {
    ?article a ?class .
    OPTIONAL { ?article dcterms:title ?called }
    OPTIONAL { ?article dcterms:publisher ?by }
    OPTIONAL { ?article dcterms:issued ?day }
    OPTIONAL { ?claim cx:inArticle ?article ; rdf:subject ?about }
  }
  FILTER (?class IN (cx:Article, cx:Digest))
  BIND (?class = cx:Digest AS ?ours)
} GROUP BY ?article ORDER BY ?published ?article"""


def listing(kind: str) -> str:
    """The query for all entities of a class, with a head that declares its columns.

    Several values of one property, which the shapes do not forbid, are one: the first in the order of SPARQL.
    """
    if kind == "Article":
        return _head(("published", "digest", "claims")) + _ARTICLES
    columns, order = LISTED[kind]
    entity = f"?{kind.lower()}"
    shown = " ".join(f"(MIN(?{name}_) AS ?{name})" for name in columns)
    # An entity has labels in several languages.
    spoken = ' FILTER (LANG(?label_) IN ("en", ""))'
    parts = "".join(
        f"  OPTIONAL {{ {entity} {path} ?{name}_{spoken if name == 'label' else ''} }}\n"
        for name, path in columns.items()
    )
    found = f"SELECT {entity} {shown} WHERE {{\n  {entity} a cx:{kind} .\n{parts}}}"
    return f"{_head(columns)}{found} GROUP BY {entity} ORDER BY {order} {entity}"


def _head(columns: Iterable[str]) -> str:
    return "".join(f"# column: {name} ({_KINDS[name]}): of the class\n" for name in columns if name in _KINDS)

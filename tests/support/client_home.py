"""A home with a tiny release of the model, for the client: its doctests and its tests."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.namespaces import expand, graph_iri
from kg.release import Home, Release, ReleaseContent, publish

__all__ = ["LABELS", "made_home", "quads"]

#: A query for the incidents of the release and their labels.
LABELS = "SELECT ?i ?label { ?i a cx:Incident ; skos:prefLabel ?label } ORDER BY ?i"

_ARTICLE = graph_iri("article/a")


def _node(name: str) -> NamedNode:
    return NamedNode(expand(name))


def _typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=_node(datatype))


def _en(text: str) -> Literal:
    return Literal(text, language="en")


def _plain() -> list[tuple[str, str, str | Literal]]:
    """What is held to be so."""
    return [
        ("id:incident/1", "rdf:type", "cx:Incident"),
        ("id:incident/1", "skos:prefLabel", _en("first crossing")),
        ("id:incident/1", "cx:dateEarliest", _typed("2024-08-20", "xsd:date")),
        ("id:incident/1", "cx:dateLatest", _typed("2024-08-20", "xsd:date")),
        ("id:incident/1", "cx:front", "front:eastern"),
        ("id:incident/1", "cx:crosser", "id:person/1-1"),
        ("id:incident/1", "cx:place", "id:place/goseong"),
        ("id:incident/1", "cx:personCount", _typed("1", "xsd:integer")),
        ("id:incident/1", "cx:articleCount", _typed("1", "xsd:integer")),
        ("id:incident/1", "cx:reviewed", _typed("false", "xsd:boolean")),
        ("id:incident/2", "rdf:type", "cx:Incident"),
        ("id:incident/2", "skos:prefLabel", _en("second crossing")),
        ("id:incident/2", "cx:dateEarliest", _typed("2025-07-03", "xsd:date")),
        ("id:incident/2", "cx:dateEDTF", _typed("2025-07-03/2025-07~", "http://id.loc.gov/datatypes/edtf/EDTF")),
        ("id:incident/2", "cx:front", "front:central"),
        ("id:person/1-1", "rdf:type", "cx:Person"),
        ("id:person/1-1", "skos:prefLabel", _en("unnamed soldier")),
        ("id:organization/ministry", "rdf:type", "cx:Organization"),
        ("id:organization/ministry", "skos:prefLabel", _en("the ministry")),
        ("id:organization/ministry", "skos:prefLabel", Literal("국방부", language="ko")),
        ("id:route/dmz", "rdf:type", "cx:Route"),
        ("id:route/dmz", "skos:prefLabel", _en("over the zone")),
        ("id:statistic/1", "rdf:type", "cx:Statistic"),
        ("id:statistic/1", "skos:prefLabel", _en("arrivals, 2024: 236")),
        ("id:statistic/1", "cx:value", _typed("236", "xsd:integer")),
        ("id:place/goseong", "rdf:type", "cx:Place"),
        ("id:place/goseong", "skos:prefLabel", _en("Goseong")),
        ("id:place/goseong", "geo:asWKT", _typed("POINT(128.4 38.4)", "geo:wktLiteral")),
        ("id:place/goseong", "cx:coordinatePrecision", _typed("5000", "xsd:integer")),
        ("front:eastern", "skos:prefLabel", _en("eastern front")),
        ("id:incident/old", "dcterms:isReplacedBy", "id:incident/older"),
        ("id:incident/older", "dcterms:isReplacedBy", "id:incident/1"),
        ("id:person/hidden", "rdf:type", "cx:Withheld"),
        ("id:person/hidden", "cx:withheldOn", _typed("2025-11-01", "xsd:date")),
        ("id:person/hidden", "cx:withheldReason", Literal("asked for by the family")),
        ("id:conflict/1", "rdf:type", "cx:Conflict"),
        ("id:conflict/1", "cx:onSubject", "id:incident/1"),
        ("id:conflict/1", "cx:onProperty", "cx:defectionStatus"),
        ("id:conflict/1", "cx:otherValue", "status:confirmed"),
        ("id:conflict/1", "cx:otherValue", "status:unconfirmed"),
        ("id:conflict/1", "cx:resolutionRule", "rule:undecided"),
        ("id:conflict/1", "cx:reviewed", _typed("true", "xsd:boolean")),
        ("id:conflict/1", "prov:wasDerivedFrom", "id:claim/1"),
    ]


def _said() -> list[tuple[str, str, str | Literal]]:
    """The graph of the one article."""
    return [
        ("id:article/a", "rdf:type", "cx:Digest"),
        ("id:article/a", "dcterms:title", Literal("A <b>soldier</b> came")),
        ("id:article/a", "dcterms:publisher", Literal("The Paper")),
        ("id:article/a", "dcterms:issued", _typed("2024-08-21", "xsd:date")),
        ("id:claim/1", "rdf:type", "cx:Claim"),
        ("id:claim/1", "rdf:subject", "id:incident/1"),
        ("id:claim/1", "rdf:predicate", "cx:front"),
        ("id:claim/1", "rdf:object", "front:eastern"),
        ("id:claim/1", "cx:inArticle", "id:article/a"),
        ("id:claim/1", "cx:certainty", "certainty:reported"),
        ("id:claim/1", "cx:specificity", "specificity:specific"),
        ("id:claim/1", "cx:tense", "tense:past"),
        ("id:claim/1", "cx:negated", _typed("false", "xsd:boolean")),
        ("id:claim/1", "cx:rawValue", Literal("eastern front")),
        ("id:claim/1", "cx:attributionText", Literal("the ministry")),
        ("id:claim/1", "cx:attributedTo", "id:organization/ministry"),
        ("id:claim/1", "cx:evidence", "id:evidence/1"),
        ("id:claim/1", "cx:evidence", "id:evidence/2"),
        ("id:mention/1", "rdf:type", "cx:Mention"),
        ("id:mention/1", "cx:inArticle", "id:article/a"),
        ("id:mention/1", "cx:evidence", "id:evidence/1"),
        ("id:mention/1", "cx:mentions", "id:person/1-1"),
        ("id:evidence/1", "rdf:type", "cx:Evidence"),
        ("id:evidence/1", "oa:hasSelector", "id:selector/1-position"),
        ("id:evidence/1", "oa:hasSelector", "id:selector/1-quote"),
        ("id:selector/1-position", "oa:start", _typed("12", "xsd:integer")),
        ("id:selector/1-position", "oa:end", _typed("34", "xsd:integer")),
        ("id:selector/1-quote", "oa:exact", Literal("over the eastern front")),
        ("id:evidence/2", "rdf:type", "cx:Evidence"),
        ("id:evidence/2", "oa:hasSelector", "id:selector/2-position"),
        ("id:evidence/2", "cx:quoteWithheld", _typed("7", "xsd:integer")),
        ("id:selector/2-position", "oa:start", _typed("90", "xsd:integer")),
        ("id:selector/2-position", "oa:end", _typed("130", "xsd:integer")),
    ]


def quads() -> list[Quad]:
    """Two incidents, one thing of each other class, and an article with a claim and a mention."""
    named = ((DefaultGraph(), _plain()), (NamedNode(_ARTICLE), _said()))
    return [
        Quad(_node(subject), _node(predicate), value if isinstance(value, Literal) else _node(value), graph)
        for graph, triples in named
        for subject, predicate, value in triples
    ]


def made_home(path: Path) -> Release:
    """Publish the release as the current one of a home."""
    return publish(Home(path), ReleaseContent(quads=quads()))

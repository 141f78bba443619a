"""Quads such as texts seldom give, for the tests of summaries and of the pages made of them."""

from __future__ import annotations

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.namespaces import expand, graph_iri

HOSTILE = """<script>alert(1)</script> "quoted' {brackets} \\ ?var # %"""


def node(name: str) -> NamedNode:
    return NamedNode(expand(name))


def _dated(text: str) -> Literal:
    return Literal(text, datatype=node("xsd:date"))


def odd_quads() -> list[Quad]:
    """Incidents such as texts seldom give: open and empty dates, several values, labels full of markup, no label."""
    found: list[Quad] = []

    def say(subject: str, predicate: str, *values: str | NamedNode | Literal, graph: str | None = None) -> None:
        where = NamedNode(graph_iri(graph)) if graph else DefaultGraph()
        for value in values:
            term = node(value) if isinstance(value, str) else value
            found.append(Quad(node(subject), node(predicate), term, where))

    spans = [
        (None, None),
        ("2001-01-01", None),
        (None, "1999-12-31"),
        ("1998-11-02", "2002-02-01"),
        ("2001-05-05",) * 2,
    ]
    for number, (earliest, latest) in enumerate(spans * 4):
        name = f"id:incident/{number}"
        say(name, "rdf:type", "cx:Incident")
        if number % 7:
            say(name, "skos:prefLabel", Literal(f"{HOSTILE} {number % 3}", language="en"))
        if earliest:
            say(name, "cx:dateEarliest", _dated(earliest))
        if latest:
            say(name, "cx:dateLatest", _dated(latest))
        say(name, "cx:reportedIn", *(f"id:article/{letter * 64}" for letter in "abc"[: number % 4]))
        say(name, "cx:viaRoute", *("id:route/jsa", "id:route/dmz")[number % 3 :])
        say(name, "cx:front", *("front:central", "front:central-west", "front:eastern")[number % 4 : number % 4 + 1])
        say(name, "cx:incidentType", *("itype:crossing", "itype:return")[number % 3 : number % 3 + 1])
        say(name, "cx:defectionStatus", *("status:confirmed", "status:unconfirmed")[number % 4 : number % 4 + 1])
        for crosser in range(number % 3):
            person = f"id:person/{number}-{crosser}"
            say(name, "cx:crosser", person)
            say(person, "skos:prefLabel", Literal(f"ÄSTRID Ünnamed {crosser}", language="en"))
            say(person, "cx:actorType", *("actor:resident", "actor:soldier")[crosser:])
        say(name, "cx:personCount", Literal(number % 5))
        if number % 2:
            say(name, "cx:place", "id:place/x", *(["id:place/y"] if number % 5 == 0 else []))
    say("front:central-west", "skos:broader", "front:central")
    say("actor:resident", "skos:broader", "actor:civilian")
    say("id:route/jsa", "skos:broader", "id:route/dmz")
    say("id:route/dmz", "skos:broader", "id:route/jsa")  # a circle must not turn the reader in one
    say("id:place/x", "skos:prefLabel", Literal("X", language="en"), Literal("엑스", language="ko"))
    say("id:place/x", "geo:asWKT", Literal("POINT(1 2)", datatype=node("geo:wktLiteral")))
    say("id:place/x", "cx:coordinatePrecision", Literal(500))
    say("id:conflict/1", "rdf:type", "cx:Conflict")
    say("id:conflict/1", "cx:onSubject", "id:person/2-0")
    say("id:conflict/2", "rdf:type", "cx:Conflict")
    say("id:conflict/2", "cx:onSubject", "id:incident/2")
    article = "article/" + "a" * 64
    say("id:article/" + "a" * 64, "dcterms:title", Literal(HOSTILE, language="en"), graph=article)
    say("id:article/" + "a" * 64, "rdf:type", "cx:Digest", graph=article)
    for number, (start, end) in enumerate([("2001-01-01", "2001-12-31"), ("2001-01-01", "2002-12-31"), (None, None)]):
        name = f"id:statistic/{number}"
        say(name, "cx:measure", "measure:arrivals")
        say(name, "cx:population", "population:defectors")
        say(name, "cx:lowerBound", Literal(number))
        if start and end:
            say(name, "cx:periodStart", _dated(start))
            say(name, "cx:periodEnd", _dated(end))
        say(name, "cx:reportedBy", *("id:organization/a", "id:organization/b")[number:])
    line = Literal("LINESTRING(0 0, 1 1)", datatype=node("geo:wktLiteral"))
    say("id:place/line", "geo:asWKT", line, graph="gazetteer")
    return found

"""The rows against SPARQL, and what a graph that does not fit the tables brings."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.errors import GraphError
from kg.namespaces import expand, graph_iri
from kg.querying import open_release
from kg.querying import rows as asked
from kg.release import Release
from kg.tables import TABLES, Table, rows, table_named

XSD = "http://www.w3.org/2001/XMLSchema#"
THING = NamedNode(expand("id:incident/1"))


def as_records(store: Store, name: str) -> list[dict[str, object]]:
    table = table_named(name)
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in rows(store, table)]


def node(name: str) -> NamedNode:
    return NamedNode(expand(name))


def store_of(*said: tuple[str, NamedNode | Literal]) -> Store:
    """One incident, and what is said of it."""
    store = Store()
    for name, value in (("rdf:type", node("cx:Incident")), *said):
        store.add(Quad(THING, node(name), value, DefaultGraph()))
    return store


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + datatype))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_there_is_a_row_for_each_thing_and_no_value_of_a_property_is_left_out(release: Release, table: Table) -> None:
    held = open_release(release)
    read = as_records(held.store, table.name)
    classes = " ".join(table.classes)
    where = "{ ?s a ?class . ?s %s ?o }" if table.graph == "default" else "{ GRAPH ?g { ?s a ?class . ?s %s ?o } }"
    things = asked(
        held, f"SELECT DISTINCT ?s {{ VALUES ?class {{ {classes} }} {where.replace('%s', '?p')} }} ORDER BY ?s"
    )
    assert [record["iri"] for record in read] == [row[0].value for row in things.rows if isinstance(row[0], NamedNode)]
    for column in table.columns:
        if len(column.path) == 1 and column.kind not in ("label", "kind") and column.path != ("rdf:type",):
            query = f"SELECT ?s ?o {{ VALUES ?class {{ {classes} }} {where.replace('%s', column.path[0])} }}"
            found = set(asked(held, query).rows)
            cells = [record[column.name] for record in read]
            count = sum(len(cell) if isinstance(cell, list) else cell is not None for cell in cells)
            assert count == len(found), column.name


def test_an_incident_is_told_in_the_types_of_its_columns(release: Release) -> None:
    read = as_records(open_release(release).store, "incidents")
    (incident,) = (record for record in read if record["date_edtf"] == "2021-05-05")
    assert incident["date_earliest"] == datetime.date(2021, 5, 5)
    assert (incident["incident_type"], incident["front"]) == ("maritime-crossing", None)
    assert (incident["article_count"], incident["reviewed"]) == (1, False)
    assert len(incident["crosser"]) == len(incident["crosser_label"]) == 1  # type: ignore[arg-type]
    assert (incident["place"], incident["place_label"]) == ([], [])


def test_a_claim_stands_with_its_words_or_with_how_many_are_withheld(release: Release) -> None:
    claims = as_records(open_release(release).store, "claims")
    (rank,) = (record for record in claims if record["raw_value"] == "A sergeant" and record["predicate"] == "rank")
    assert (rank["object"], rank["object_kind"], rank["object_label"]) == (expand("rank:sergeant"), "uri", "sergeant")
    assert (rank["certainty"], rank["negated"], rank["raw_value"]) == ("asserted", False, "A sergeant")
    assert (rank["quote"], rank["start"], rank["end"], rank["quote_withheld"]) == (["A sergeant"], [0], [10], [])
    withheld = [record for record in claims if record["quote_withheld"]]
    assert withheld
    for record in withheld:
        words, quotes = record["quote_withheld"], record["quote"]
        assert isinstance(words, list)
        assert isinstance(quotes, list)
        assert record["raw_value"] is None
        assert all((quote is None) != (count is None) for quote, count in zip(quotes, words, strict=bool(quotes)))


def test_evidence_comes_in_the_order_of_the_text_and_its_columns_stay_in_step() -> None:
    store, graph = Store(), NamedNode(graph_iri("article/a"))
    claim = node("id:claim/1")

    def say(subject: NamedNode, name: str, value: NamedNode | Literal) -> None:
        store.add(Quad(subject, node(name), value, graph))

    say(claim, "rdf:type", node("cx:Claim"))
    for name, value in (("subject", THING), ("predicate", node("cx:front")), ("object", node("front:central"))):
        say(claim, f"rdf:{name}", value)
    for ident, start, quote in (("x", 90, "ninth"), ("y", 5, None), ("z", 10, "=tenth")):
        evidence = node(f"id:evidence/{ident}")
        say(claim, "cx:evidence", evidence)
        say(evidence, "oa:hasSelector", node(f"id:selector/{ident}-position"))
        say(node(f"id:selector/{ident}-position"), "oa:start", typed(str(start), "integer"))
        say(node(f"id:selector/{ident}-position"), "oa:end", typed(str(start + 5), "integer"))
        if quote is None:
            say(evidence, "cx:quoteWithheld", typed("3", "integer"))
        else:
            say(evidence, "oa:hasSelector", node(f"id:selector/{ident}-quote"))
            say(node(f"id:selector/{ident}-quote"), "oa:exact", Literal(quote))
    (record,) = as_records(store, "claims")
    assert record["evidence"] == [expand(f"id:evidence/{ident}") for ident in "yzx"]
    assert (record["start"], record["end"]) == ([5, 10, 90], [10, 15, 95])
    assert record["quote"] == [None, "=tenth", "ninth"]
    assert record["quote_withheld"] == [3, None, None]


def test_a_label_is_english_where_it_can_be() -> None:
    store = store_of(("skos:prefLabel", Literal("나", language="ko")), ("cx:place", node("id:place/1")))
    store.add(Quad(node("id:place/1"), node("skos:prefLabel"), Literal("가", language="ko"), NamedNode("a:g")))
    assert as_records(store, "incidents")[0]["label"] == "나"
    assert as_records(store, "incidents")[0]["place_label"] == ["가"]
    store.add(Quad(THING, node("skos:prefLabel"), Literal("crossing", language="en"), DefaultGraph()))
    assert as_records(store, "incidents")[0]["label"] == "crossing"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ([("cx:front", node("front:central")), ("cx:front", node("front:eastern"))], "2 values of cx:front.*'front'"),
        ([("cx:personCount", Literal("two"))], '"two" for cx:personCount, which is no integer'),
        ([("cx:dateEarliest", typed("2020-02-30", "date"))], ".*, which is no date"),
        ([("cx:reviewed", Literal("perhaps"))], ".*, which is no boolean"),
    ],
)
def test_a_graph_that_does_not_fit_is_an_error_that_names_the_thing(
    said: list[tuple[str, NamedNode | Literal]], message: str
) -> None:
    with pytest.raises(GraphError, match=f"^<{THING.value}> has {message}"):
        list(rows(store_of(*said), table_named("incidents")))


def test_what_every_row_has_must_be_there() -> None:
    store = Store()
    store.add(Quad(node("id:claim/1"), node("rdf:type"), node("cx:Claim"), NamedNode("a:g")))
    with pytest.raises(GraphError, match="has no rdf:subject, which every row has"):
        list(rows(store, table_named("claims")))


def test_an_amount_keeps_its_digits() -> None:
    store = Store()
    thing = node("id:statistic/1")
    for name, value in (("rdf:type", node("cx:Statistic")), ("cx:value", typed("12.50", "decimal"))):
        store.add(Quad(thing, node(name), value, DefaultGraph()))
    assert as_records(store, "statistics")[0]["value"] == Decimal("12.5")

"""The columns of the tables against the ontology and the shapes: what a column says must be what the graph holds."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import NamedNode

from kg.errors import UsageError
from kg.namespaces import CX, curie, expand
from kg.reference.said import Said, read_triples
from kg.resources import border_dir, ontology_dir
from kg.tables import TABLES, Column, Table, table_named
from kg.tables.model import KINDS, ColumnKind

ONTOLOGY = Said(read_triples([ontology_dir() / "ontology.ttl"]))
GAZETTEER = Said(read_triples([border_dir() / "gazetteer.ttl"]))
COLUMNS = [(table, column) for table in TABLES for column in table.columns if column.path]
#: The ranges that each kind of column may be of; a `term` takes any.
RANGES: dict[ColumnKind, set[str]] = {
    "concept": {"skos:Concept", "rdf:Property"},
    "text": {"xsd:string"},
    "edtf": {"http://id.loc.gov/datatypes/edtf/EDTF"},
    "duration": {"xsd:dayTimeDuration"},
    "integer": {"xsd:integer"},
    "decimal": {"xsd:decimal", "xsd:integer"},
    "boolean": {"xsd:boolean"},
    "date": {"xsd:date"},
}
#: What the mapping writes once a thing, though nothing stops two articles from disagreeing on what it is worked out of.
ONCE = re.compile(
    r"date(Earliest|Latest|Precision)|period(Start|End)|articleCount|independentSource(Min|Max)|reviewed"
    r"|(lower|upper)Bound|valueQualifier|qualitativeValue|unit|publishedBy|noDateStated|textHash|textLength"
    r"|coordinatePrecision"
)


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda value: value.name)
def test_the_property_of_a_column_is_one_of_the_class(table: Table, column: Column) -> None:
    first = expand(column.path[0])
    assert column.said.endswith("."), column.said
    if not first.startswith(CX):
        assert column.description, "another ontology's property says nothing of our use of it"
        return
    assert ONTOLOGY.is_a(first, "owl:ObjectProperty", "owl:DatatypeProperty", "rdf:Property"), column.path
    domains = {curie(iri) for iri in ONTOLOGY.iris(first, "rdfs:domain", "schema:domainIncludes")}
    assert set(table.classes) <= domains or "cx:GazetteerEntry" in domains
    ranges = {curie(iri) for iri in ONTOLOGY.iris(first, "rdfs:range", "schema:rangeIncludes")}
    if len(column.path) > 1 or column.kind in ("term", "kind"):
        return
    if column.kind == "iri":
        assert ranges.isdisjoint({"skos:Concept"})
        assert not any(name.startswith("xsd:") for name in ranges)
    else:
        assert ranges <= RANGES[column.kind], ranges


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda value: value.name)
def test_a_column_has_room_for_as_many_values_as_there_may_be(table: Table, column: Column) -> None:
    first = expand(column.path[0])
    if not first.startswith(CX) or table.name in ("claims", "conflicts"):
        return
    functional = ONTOLOGY.is_a(first, "owl:FunctionalProperty")
    assert column.many is not (functional or ONCE.fullmatch(first.removeprefix(CX)) is not None)


def test_the_gazetteer_fits_the_columns() -> None:
    for table in TABLES:
        for column in table.columns:
            if column.path and not column.many and column.kind != "label":
                for entry in GAZETTEER.subjects("cx:GazetteerEntry"):
                    assert len(GAZETTEER.values(entry, column.path[0])) <= 1 or column.path[0] == "rdf:type", entry


def test_every_functional_property_of_a_class_has_a_column() -> None:
    for table in TABLES[:5]:
        (cls,) = table.classes
        held = {column.path[0] for column in table.columns if column.path}
        for iri in ONTOLOGY.subjects("owl:FunctionalProperty"):
            if expand(cls) in ONTOLOGY.iris(iri, "rdfs:domain", "schema:domainIncludes"):
                assert curie(iri) in held, f"{table.name}: {curie(iri)}"


def test_names_are_good_in_every_language_and_each_stands_once() -> None:
    assert len({table.name for table in TABLES}) == len(TABLES)
    for table in TABLES:
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names)
        assert names[0] == "iri"
        assert all(re.fullmatch(r"[a-z][a-z_]*[a-z]", name) for name in names)
        assert {column.kind for column in table.columns} <= set(KINDS)
        assert all(NamedNode(expand(name)) for column in table.columns for name in column.path)


@pytest.mark.parametrize("name", ["incidents", "Incident", "cx:Incident", "INCIDENTS", " incident "])
def test_a_table_is_found_by_any_of_its_names(name: str) -> None:
    assert table_named(name) is TABLES[0]
    assert table_named("Digest") is table_named("articles")


@pytest.mark.parametrize("name", ["", "Incidents of 2024", "cx:", "Concept", "../claims"])
def test_an_unknown_class_lists_those_there_are(name: str) -> None:
    with pytest.raises(
        UsageError, match=r"no table of the class '.*': give one of Incident, Person, .*Claim, Conflict$"
    ):
        table_named(name)

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Triple
from rdflib import OWL, RDF, Graph, URIRef

from kg.consolidate.properties import CLASSES, FUNCTIONAL
from kg.namespaces import CX, expand
from kg.reference.said import Said
from kg.reference.terms import Ontology, read_ontology
from kg.resources import ontology_dir


def name(local: str) -> str:
    return CX + local


def triple(subject: str, predicate: str, value: str) -> Triple:
    return Triple(NamedNode(expand(subject)), NamedNode(expand(predicate)), NamedNode(expand(value)))


def test_every_term_of_the_file_has_one_entry(ontology_read: Ontology) -> None:
    graph = Graph().parse(ontology_dir() / "ontology.ttl")
    terms = sorted({str(s) for s in graph.subjects() if isinstance(s, URIRef) and s.startswith(CX)})
    assert sorted(term.iri for term in ontology_read.terms) == terms
    assert len(ontology_read.classes) == len(set(graph.subjects(RDF.type, OWL.Class)))
    assert ontology_read.version == "0.1.0"
    assert ontology_read.version_iri == "https://w3id.org/crossings/ontology/0.1.0"


def test_the_five_come_first(ontology_read: Ontology) -> None:
    assert [cls.name for cls in ontology_read.main] == list(CLASSES)
    assert list(ontology_read.classes)[:5] == [name(cls) for cls in CLASSES]


def test_functional_properties_are_those_of_consolidation(ontology_read: Ontology) -> None:
    expected = {expand(found) for properties in FUNCTIONAL.values() for found in properties}
    assert {iri for iri, found in ontology_read.properties.items() if found.functional} == expected


def test_a_property_knows_what_it_joins(ontology_read: Ontology) -> None:
    front = ontology_read.properties[name("front")]
    assert (front.kind, front.domain, front.functional) == ("object", (name("Incident"),), True)
    assert front.scheme == "https://w3id.org/crossings/vocabulary/front"
    assert front.home == name("Incident")
    assert ontology_read.properties[name("dateEarliest")].datatype == expand("xsd:date")
    assert ontology_read.properties[name("possiblySameAs")].symmetric
    assert ontology_read.properties[name("viaRoute")].home == ""
    assert ontology_read.properties[name("period")].role == "dimension"
    assert name("front") in ontology_read.classes[name("Incident")].properties
    assert name("crosser") in ontology_read.classes[name("Person")].reached_by
    assert expand("schema:Event") in {a.iri for a in ontology_read.classes[name("Incident")].alignments}
    # Stated at the other class alone.
    assert name("Incident") in ontology_read.classes[name("Statistic")].disjoint


def test_what_stands_behind_a_value(ontology_read: Ontology) -> None:
    footing = {found.name: found.footing for found in ontology_read.properties.values()}
    assert footing["front"] == footing["dateEarliest"] == footing["name"] == "claim"
    assert footing["articleCount"] == footing["reportedIn"] == footing["possiblySameAs"] == "bookkeeping"
    assert footing["certainty"] == footing["quoteHash"] == footing["valuesFrom"] == "record"


def test_groups_hold_each_property_once(ontology_read: Ontology) -> None:
    grouped = [found.iri for _cls, properties in ontology_read.groups() for found in properties]
    assert sorted(grouped) == sorted(ontology_read.properties)
    assert [cls.name for cls, _found in ontology_read.groups()[:4] if cls] == [
        "Incident",
        "Person",
        "Route",
        "Statistic",
    ]


def test_components_are_in_their_order(ontology_read: Ontology) -> None:
    assert [component.order for component in ontology_read.components] == list(range(1, 15))
    assert ontology_read.components[0].role == "dimension"


def test_an_inverse_is_known_from_both_sides() -> None:
    said = Said(
        [
            triple("cx:a", "rdf:type", "owl:ObjectProperty"),
            triple("cx:b", "rdf:type", "owl:ObjectProperty"),
            triple("cx:a", "owl:inverseOf", "cx:b"),
        ]
    )
    read = read_ontology(said)
    assert read.properties[name("a")].inverse == (name("b"),)
    assert read.properties[name("b")].inverse == (name("a"),)


def test_what_says_nothing_of_itself_is_read_all_the_same() -> None:
    said = Said(
        [
            triple("cx:Incident", "rdf:type", "owl:Class"),
            triple("cx:Incident", "rdfs:subClassOf", "cx:Incident"),
            triple("cx:bare", "rdf:type", "rdf:Property"),
            triple("cx:odd", "rdfs:seeAlso", "cx:nowhere"),
            Triple(NamedNode(name("x")), NamedNode(expand("qb:order")), Literal("first")),
            triple("cx:x", "qb:measure", "cx:bare"),
        ]
    )
    read = read_ontology(said)
    assert read.label == "ontology" or read.label == "crossings/ontology"
    assert read.classes[name("Incident")].label == "Incident"
    assert read.classes[name("Incident")].subclasses == ()
    bare = read.properties[name("bare")]
    assert (bare.kind, bare.domain, bare.home, bare.footing) == ("any", (), "", "record")
    assert [term.name for term in read.others] == ["odd"]
    assert read.components[0].order == 0


def test_nothing_is_an_empty_ontology() -> None:
    read = read_ontology(Said([]))
    assert (read.classes, read.properties, read.components, read.others) == ({}, {}, (), ())
    assert read.groups() == []

"""The JSON-LD context: every term of the ontology, with its type, read by both libraries alike."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef

from kg.namespaces import PREFIXES, curie, expand
from kg.resources import ontology_dir

CX = Namespace(PREFIXES["cx"])


@pytest.fixture(scope="module")
def context() -> dict[str, Any]:
    loaded = json.loads((ontology_dir() / "context.jsonld").read_text("utf-8"))
    assert list(loaded) == ["@context"]
    found: dict[str, Any] = loaded["@context"]
    return found


def read(document: dict[str, Any]) -> Graph:
    parsed = pyoxigraph.parse(json.dumps(document).encode(), format=pyoxigraph.RdfFormat.JSON_LD)
    return Graph().parse(data=pyoxigraph.serialize(parsed, format=pyoxigraph.RdfFormat.N_TRIPLES), format="nt")


def test_it_is_of_version_1_1(context: dict[str, Any]) -> None:
    assert context["@version"] == 1.1


def test_every_class_and_property_has_a_key(ontology: Graph, context: dict[str, Any]) -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
    terms = {str(term) for kind in kinds for term in ontology.subjects(RDF.type, kind)}
    assert len(terms) > 100
    for term in terms:
        given = context[term.removeprefix(CX)]
        assert expand(given if isinstance(given, str) else given["@id"]) == term


def test_every_key_is_a_prefix_or_a_declared_term(ontology: Graph, context: dict[str, Any]) -> None:
    for key, given in context.items():
        if key.startswith("@"):
            continue
        if isinstance(given, str) and "://" in given:
            assert PREFIXES.get(key, "http://id.loc.gov/datatypes/edtf/") == given, key
        else:
            iri = URIRef(expand(given if isinstance(given, str) else given["@id"]))
            assert not iri.startswith(CX) or (iri, None, None) in ontology, key


def test_types_are_those_of_the_ontology(ontology: Graph, context: dict[str, Any]) -> None:
    for key, given in context.items():
        if not isinstance(given, dict) or not given["@id"].startswith("cx:"):
            continue
        term = CX[given["@id"].removeprefix("cx:")]
        reach = ontology.value(term, RDFS.range)
        if ontology.value(term, CX.valuesFrom) is not None:
            assert given["@type"] == "@vocab", key
            assert given["@context"]["@vocab"] == f"{ontology.value(term, CX.valuesFrom)}#", key
        elif (term, RDF.type, OWL.ObjectProperty) in ontology:
            assert given["@type"] == "@id", key
        elif given.get("@type"):
            datatype = given["@type"].replace("edtf:", "http://id.loc.gov/datatypes/edtf/")
            assert (datatype if "://" in datatype else expand(datatype)) == str(reach), key


def test_a_functional_property_is_no_set(ontology: Graph, context: dict[str, Any]) -> None:
    for term in ontology.subjects(RDF.type, OWL.FunctionalProperty):
        assert "@container" not in context[str(term).removeprefix(CX)], term


def test_every_concept_is_reached_by_its_name_alone(
    context: dict[str, Any], ontology: Graph, vocabularies: Graph
) -> None:
    """Also where a key of the context has the same name ("official" is an actor type and a property)."""
    checked = 0
    for term, scheme in ontology.subject_objects(CX.valuesFrom):
        key = str(term).removeprefix(CX)
        concepts = {str(c) for c in vocabularies.subjects(SKOS.inScheme, scheme)}
        names = [concept.partition("#")[2] for concept in sorted(concepts)]
        graph = read({"@context": context, "@id": "id:x/x", key: names})
        assert {str(o) for o in graph.objects(None, term)} == concepts, key
        checked += len(names)
    assert checked > 100


def test_a_document_becomes_the_graph_that_it_says(context: dict[str, Any]) -> None:
    graph = read(
        {
            "@context": context,
            "@id": "id:incident/x",
            "@type": "Incident",
            "label": {"en": "a crossing", "ko": "귀순"},
            "front": "central-west",
            "dateEDTF": "2001-08",
            "dateEarliest": "2001-08-01",
            "place": ["id:place/seoul", "id:place/paju"],
            "operationDuration": "PT20H",
            "personCount": 2,
            "reviewed": False,
        }
    )
    said = {(curie(str(p)), curie(str(o)), curie(str(getattr(o, "datatype", None) or ""))) for _, p, o in graph}
    edtf = "http://id.loc.gov/datatypes/edtf/EDTF"
    assert said == {
        ("rdf:type", "cx:Incident", ""),
        ("skos:prefLabel", "a crossing", ""),
        ("skos:prefLabel", "귀순", ""),
        ("cx:front", "front:central-west", ""),
        ("cx:dateEDTF", "2001-08", edtf),
        ("cx:dateEarliest", "2001-08-01", "xsd:date"),
        ("cx:place", "id:place/seoul", ""),
        ("cx:place", "id:place/paju", ""),
        ("cx:operationDuration", "PT20H", "xsd:dayTimeDuration"),
        ("cx:personCount", "2", "xsd:integer"),
        ("cx:reviewed", "false", "xsd:boolean"),
    }


def test_rdflib_reads_the_same(context: dict[str, Any]) -> None:
    document = {"@context": context, "@id": "id:claim/x", "@type": "Claim", "certainty": "reported", "negated": True}
    theirs = Graph().parse(data=json.dumps(document), format="json-ld")
    assert set(theirs) == set(read(document))
    assert (None, CX.certainty, URIRef(expand("certainty:reported"))) in theirs

from __future__ import annotations

import json
from typing import Any

import pyoxigraph
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from rdflib import Dataset

from kg.jsonld import as_node, compact, context_document, dumps
from kg.namespaces import BASE, expand

CONTEXT = "http://localhost/context.jsonld"
INCIDENT = NamedNode(expand("id:incident/abc"))

TERMS = sorted(
    said["@id"]
    for name, said in context_document()["@context"].items()
    if isinstance(said, dict) and ":" in said["@id"]
)
IRIS = st.sampled_from(
    [
        *(
            "id:incident/1",
            "front:eastern",
            "actor:official",
            "actor:soldier",
            "cx:Incident",
            "unit:NUM",
            "precision:day",
        ),
        *("id:place/north-korea", "graph:article/ab", "schema:url", "id://odd", "https://example.org/a?b=c#d"),
    ]
).map(lambda name: NamedNode(name if name.startswith("http") else expand(name)))
LITERALS = st.one_of(
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00")).map(Literal),
    st.text(alphabet="abc 리", max_size=5).map(lambda text: Literal(text, language="en")),
    st.sampled_from(["ko", "en-gb", "fr"]).map(lambda tag: Literal("x", language=tag)),
    st.integers().map(lambda n: Literal(str(n), datatype=NamedNode(expand("xsd:integer")))),
    st.sampled_from(["true", "false", "1"]).map(lambda t: Literal(t, datatype=NamedNode(expand("xsd:boolean")))),
    st.just(Literal("2024-08", datatype=NamedNode("http://id.loc.gov/datatypes/edtf/EDTF"))),
    st.just(Literal("2024-08-06", datatype=NamedNode(expand("xsd:date")))),
    st.just(Literal("PT20H", datatype=NamedNode(expand("xsd:dayTimeDuration")))),
)
PREDICATES = st.sampled_from([*TERMS, "rdf:type", "geo:asWKT", "rdfs:label", "skos:altLabel"]).map(
    lambda name: NamedNode(_full(name))
)
GRAPHS: st.SearchStrategy[DefaultGraph | NamedNode] = st.sampled_from(
    [DefaultGraph(), NamedNode(expand("graph:article/ab")), NamedNode(expand("graph:gazetteer"))]
)


def _full(name: str) -> str:
    return name.replace("edtf:", "http://id.loc.gov/datatypes/edtf/") if name.startswith("edtf:") else expand(name)


@st.composite
def quads(draw: st.DrawFn) -> list[Quad]:
    made = []
    for _ in range(draw(st.integers(1, 12))):
        subject, predicate = draw(st.one_of(st.just(INCIDENT), IRIS)), draw(PREDICATES)
        # The type of a thing is an IRI.
        value = draw(IRIS if predicate.value == expand("rdf:type") else st.one_of(IRIS, LITERALS))
        made.append(Quad(subject, predicate, value, draw(GRAPHS)))
    return made


def with_context(document: dict[str, Any]) -> bytes:
    return json.dumps({**document, **context_document()}).encode()


def read(document: bytes) -> set[Quad]:
    return set(pyoxigraph.parse(document, format=pyoxigraph.RdfFormat.JSON_LD))


@given(quads())
def test_what_is_written_is_read_back(made: list[Quad]) -> None:
    assert read(with_context(compact(made, CONTEXT))) == set(made)


@given(quads())
def test_another_library_reads_the_same(made: list[Quad]) -> None:
    found = Dataset()
    found.parse(data=with_context(compact(made, CONTEXT)), format="json-ld")
    lines = found.serialize(format="nquads")
    assert len(set(pyoxigraph.parse(lines.encode(), format=pyoxigraph.RdfFormat.N_QUADS))) == len(set(made))


def test_a_value_of_a_scheme_is_its_name_alone() -> None:
    made = [Quad(INCIDENT, NamedNode(expand("cx:front")), NamedNode(expand("front:eastern")), DefaultGraph())]
    node = as_node(INCIDENT.value, made, CONTEXT)
    assert node == {"@context": CONTEXT, "@id": "id:incident/abc", "front": "eastern"}


def test_the_first_node_stands_first() -> None:
    kind = NamedNode(expand("rdf:type"))
    names = [NamedNode(f"{BASE}id/incident/{name}") for name in "abc"]
    made = [Quad(name, kind, NamedNode(expand("cx:Incident")), DefaultGraph()) for name in names]
    document = compact(made, CONTEXT, names[1].value)
    assert [node["@id"][-1] for node in document["@graph"]] == ["b", "a", "c"]
    assert document["@context"] == CONTEXT


def test_an_iri_that_looks_like_a_prefixed_name_is_written_in_full() -> None:
    made = [Quad(NamedNode("cx:evil"), NamedNode(expand("cx:front")), NamedNode("front:x"), DefaultGraph())]
    assert as_node("cx:evil", made, CONTEXT) is None
    assert read(dumps(made, CONTEXT)) == set(made)

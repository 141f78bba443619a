"""What is told of names that a release does not have."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.namespaces import expand
from kg.query_hints import absent, only_in


def node(name: str) -> NamedNode:
    return NamedNode(expand(name))


@pytest.fixture(scope="module")
def store() -> Store:
    made = Store()
    vocabulary, kind = node("graph:vocabulary"), node("rdf:type")
    for name in ("cx:Incident", "cx:Claim", "cx:front"):
        made.add(Quad(node(name), kind, node("owl:Class"), vocabulary))
    for name in ("front:eastern", "front:central"):
        made.add(Quad(node(name), kind, node("skos:Concept"), vocabulary))
    made.add(Quad(node("id:incident/ab1"), kind, node("cx:Incident")))
    made.add(Quad(node("id:incident/ab1"), node("cx:place"), node("id:place/goseong")))
    made.add(Quad(node("id:claim/1"), kind, node("cx:Claim"), node("graph:article/1")))
    made.add(Quad(node("id:claim/1"), node("skos:prefLabel"), Literal("cx:nothing")))
    return made


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["cx:Incidnt"], "cx:Incidnt (did you mean cx:Incident?)"),
        (["cx:incident", "cx:Claim"], "cx:incident (did you mean cx:Incident?)"),
        (["front:easter"], "front:easter (did you mean front:eastern?)"),
        (["front:zzzz"], "front:zzzz"),
        (["cx:friend"], "cx:friend"),
        (["id:place/Goseong"], "id:place/Goseong (did you mean id:place/goseong?)"),
        (["id:place/goseon"], "id:place/goseon"),
        (["graph:article/2"], "graph:article/2"),
        (["cx:"], "cx:"),
        (["cx:qq1", "cx:qq2", "cx:qq3", "cx:qq4"], "cx:qq1 or cx:qq2 or cx:qq3"),
    ],
)
def test_a_name_that_is_not_there_is_told_with_what_was_meant(store: Store, names: list[str], said: str) -> None:
    assert absent(store, [expand(name) for name in names]) == f"the release has nothing called {said}"


def test_what_is_there_in_any_place_or_is_not_ours_is_not_told(store: Store) -> None:
    there = ["cx:Incident", "cx:place", "id:place/goseong", "graph:article/1", "id:claim/1", "skos:broader"]
    assert absent(store, [expand(name) for name in there]) is None
    assert (
        absent(store, ["https://example.org/x", "https://w3id.org/crossings/", "https://w3id.org/crossings/a b"])
        is None
    )


def test_what_stands_in_named_graphs_alone_is_told_with_one_of_them(store: Store) -> None:
    assert only_in(store, expand("cx:Claim")) == expand("graph:article/1")
    assert only_in(store, expand("cx:Incident")) is None
    assert only_in(store, "a b") is None

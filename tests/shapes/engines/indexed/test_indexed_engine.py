"""The engine for scale compiles what it is given, and what is shipped once."""

from __future__ import annotations

from pyoxigraph import NamedNode, Triple
from rdflib import Graph

from kg.shapes.engines.indexed.engine import IndexedEngine, compile_shapes, program_of
from kg.shapes.load import load_shapes

HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> . ex:S a sh:NodeShape ; "


def shapes(content: str) -> Graph:
    return Graph().parse(data=HEAD + content, format="turtle")


def test_the_shipped_shapes_are_compiled_once_and_all_of_them() -> None:
    assert program_of(load_shapes()) is program_of(load_shapes())
    assert program_of(load_shapes()).left == {}


def test_other_shapes_are_compiled_as_they_are_now() -> None:
    own = shapes("sh:targetNode ex:a ; sh:nodeKind sh:Literal ; sh:message 'no literal' .")
    first = program_of(own)
    own.remove((None, None, None))
    assert len(first.compiled) == 1
    assert program_of(own).compiled == ()


def test_a_shape_that_states_no_message_is_left_with_the_reason() -> None:
    left = compile_shapes(shapes("sh:targetNode ex:a ; sh:nodeKind sh:Literal .")).left
    assert list(left.values()) == ["the shape https://example.org/S, which states no message"]


def test_a_focus_leaves_out_the_other_nodes() -> None:
    own = shapes("sh:targetSubjectsOf ex:p ; sh:nodeKind sh:Literal ; sh:message 'no literal' .")
    a, b, p = (NamedNode(f"https://example.org/{name}") for name in "abp")
    given = [Triple(a, p, b), Triple(b, p, a)]
    every = IndexedEngine().run(given, own, focus=frozenset(), tell=lambda _: None)
    one = IndexedEngine().run(given, own, focus=frozenset({b.value}), tell=lambda _: None)
    assert {result.focus for result in every} == {a.value, b.value}
    assert {result.focus for result in one} == {b.value}

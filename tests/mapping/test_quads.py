from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.errors import CrossingsError
from kg.mapping.quads import GraphWriter, Quads, node
from kg.mapping.terms import integer, text
from kg.namespaces import expand, graph_iri
from kg.release.quads import canonical_lines, sorted_lines

IRIS = st.sampled_from(["cx:Incident", "rdf:type", "id:place/seoul"]).map(lambda name: NamedNode(expand(name)))
# Every character that a literal can hold: surrogates are no characters.
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LITERALS = WORDS.map(Literal) | WORDS.map(lambda words: Literal(words, language="en")) | st.integers().map(integer)
GRAPHS = st.sampled_from([DefaultGraph(), NamedNode(graph_iri("curation")), NamedNode(graph_iri("article/a"))])
QUADS = st.sets(st.builds(Quad, IRIS, IRIS, IRIS | LITERALS, GRAPHS), max_size=8)


@given(QUADS)
def test_quads_come_back_as_they_were(quads: set[Quad]) -> None:
    held = Quads.of(quads)
    assert set(held) == quads
    assert len(held) == len(quads)
    assert all(quad in held for quad in quads)
    assert held == Quads.of(sorted(quads, key=str)) == quads


@given(QUADS)
def test_their_lines_are_those_of_the_engine(quads: set[Quad]) -> None:
    lines = sorted(line.encode() for line in Quads.of(quads).lines())
    assert lines == sorted_lines(quads) == canonical_lines(Quads.of(quads)) == canonical_lines(quads)


@given(QUADS, QUADS)
def test_a_union_holds_what_a_part_holds(one: set[Quad], other: set[Quad]) -> None:
    parts = Quads.of(one), Quads.of(other)
    assert set(Quads.union(parts)) == one | other
    assert (set(parts[0]), set(parts[1])) == (one, other), "the parts stay as they were"
    assert set(parts[0] & parts[1]) == one & other


def test_what_is_elsewhere_is_not_held() -> None:
    writer = GraphWriter(NamedNode(graph_iri("curation")))
    writer.add("id:place/seoul", "rdf:type", "cx:Place")
    (quad,) = writer.quads
    assert quad in writer.quads
    assert Quad(quad.subject, quad.predicate, quad.object) not in writer.quads
    assert "a text" not in writer.quads
    assert writer.quads != Quads({})


def test_a_writer_adds_each_triple_once_and_nothing_for_none() -> None:
    writer = GraphWriter()
    writer.describe("id:place/seoul", [("skos:prefLabel", text("Seoul", "en")), ("skos:note", None)])
    writer.add("id:place/seoul", "skos:prefLabel", text("Seoul", "en"))
    writer.add("id:place/seoul", "skos:note", None)
    seoul = NamedNode(expand("id:place/seoul"))
    assert list(writer.quads) == [Quad(seoul, NamedNode(expand("skos:prefLabel")), Literal("Seoul", language="en"))]


def test_a_name_that_is_no_iri_is_refused() -> None:
    with pytest.raises(ValueError, match="IRI"):
        node("https://example.org/a b")


@pytest.mark.parametrize(
    "quad",
    [
        Quad(BlankNode("b"), NamedNode("a:p"), Literal("x")),
        Quad(NamedNode("a:s"), NamedNode("a:p"), BlankNode("b")),
        Quad(NamedNode("a:s"), NamedNode("a:p"), Triple(NamedNode("a:s"), NamedNode("a:p"), Literal("x"))),
        Quad(NamedNode("a:s"), NamedNode("a:p"), Literal("x"), BlankNode("b")),
    ],
)
def test_blank_nodes_and_triple_terms_are_refused(quad: Quad) -> None:
    with pytest.raises(CrossingsError, match="no blank nodes and no triple terms"):
        Quads.of([quad])


def test_the_graph_of_the_release_itself_is_refused_in_either_form() -> None:
    quad = Quad(NamedNode("a:s"), NamedNode("a:p"), Literal("x"), NamedNode(graph_iri("meta")))
    for quads in ([quad], Quads.of([quad])):
        with pytest.raises(CrossingsError, match="written by the release itself"):
            canonical_lines(quads)

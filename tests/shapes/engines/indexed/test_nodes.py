"""Terms become strings and the same terms again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import UsageError
from kg.namespaces import PREFIXES
from kg.shapes.engines.indexed.nodes import is_blank, is_literal, node_of, node_of_rdflib, rdflib_of, term_of
from kg.shapes.report import GENID

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


@given(WORDS, st.sampled_from(["", "en", "ko-kr"]))
def test_a_literal_with_any_words_in_it_stays_itself(words: str, language: str) -> None:
    term = Literal(words, language=language) if language else Literal(words)
    node = node_of(term)
    assert is_literal(node)
    assert term_of(node) == term
    assert node_of_rdflib(rdflib_of(node)) == node


@pytest.mark.parametrize(
    ("words", "datatype", "node"),
    [
        ("007", "integer", f'"7"^^{PREFIXES["xsd"]}integer'),  # as rdflib, and so pyshacl, has it
        ("seven", "integer", f'"seven"^^{PREFIXES["xsd"]}integer'),
        ("words", "string", '"words"'),
    ],
)
def test_a_literal_is_written_as_rdflib_normalises_it(words: str, datatype: str, node: str) -> None:
    assert node_of(Literal(words, datatype=NamedNode(PREFIXES["xsd"] + datatype))) == node


def test_a_blank_node_is_an_iri_in_a_result() -> None:
    node = node_of(BlankNode("b1"))
    assert is_blank(node)
    assert not is_literal(node)
    assert term_of(node) == NamedNode(f"{GENID}b1")


def test_a_triple_is_no_node() -> None:
    a = NamedNode("a:a")
    with pytest.raises(UsageError, match="no triple terms"):
        node_of(Triple(a, a, a))

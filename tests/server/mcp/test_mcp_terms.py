from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat

from kg.namespaces import BASE, PREFIXES, expand, prefix_header
from server.mcp.terms import iri_of, written

NAMES = st.text(
    st.characters(codec="ascii", exclude_characters='<>"{}|^`\\ #[]%/?@:', min_codepoint=33, max_codepoint=126),
    max_size=12,
)
IRIS = st.builds(
    lambda start, name: NamedNode(start + name),
    st.sampled_from([*PREFIXES.values(), "urn:x:", "http://a.example/"]),
    NAMES,
)
LITERALS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20).map(Literal),
    st.text(max_size=9, alphabet="a\"\\\n\t'").map(lambda text: Literal(text, language="ko")),
    st.builds(
        lambda text, name: Literal(text, datatype=NamedNode(expand(name))),
        st.text(max_size=8, alphabet="0123456789+-.eE truefals"),
        st.sampled_from(["xsd:integer", "xsd:decimal", "xsd:boolean", "xsd:double", "xsd:date", "cx:odd"]),
    ),
)


def read(text: str) -> object:
    """The term, by the reader of Turtle: as in SPARQL, but nothing is evaluated, so that 01 stays 01."""
    (quad,) = pyoxigraph.parse(f"{prefix_header()}<urn:s> <urn:p> {text} .", format=RdfFormat.TURTLE)
    return quad.object


@given(st.one_of(IRIS, LITERALS))
def test_what_is_written_is_the_term_when_it_is_asked_again(term: NamedNode | Literal) -> None:
    text = written(term)
    assert text is not None
    assert read(text) == term
    assert "\t" not in text
    assert "\n" not in text


def test_what_is_not_bound_is_nothing() -> None:
    assert written(None) is None


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (" incident/a ", BASE + "id/incident/a"),
        ("id:incident\\/a", BASE + "id/incident/a"),
        ("<urn:a>", "urn:a"),
        ("front:eastern", expand("front:eastern")),
        ("zz:eastern", "zz:eastern"),
    ],
)
def test_an_iri_is_understood_as_people_write_it(given: str, wanted: str) -> None:
    assert iri_of(given) == wanted

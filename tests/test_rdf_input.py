"""RDF of strangers: what is wrong is named with its place, and what would kill the reader never reaches it."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from kg.rdf_input import RdfError, rdf_format, read_rdf

_XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'


def test_error_names_line_and_column() -> None:
    with pytest.raises(RdfError) as caught:
        read_rdf(b"<a:a> <a:b>\n  zzz .", RdfFormat.TURTLE)
    assert (caught.value.line, caught.value.column) == (2, 3)
    assert "zzz" in str(caught.value)


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(RdfError, match=r"line 2, column 3.*byte 8"):
        read_rdf("é é\n  ".encode() + b"\xff", RdfFormat.TURTLE)


@pytest.mark.parametrize(
    ("content", "format"),
    [
        (b'{"@id":"a:a","a:p":' * 10_000 + b"1" + b"}" * 10_000, RdfFormat.JSON_LD),
        (b"[" * 100_000, RdfFormat.JSON_LD),
        (b"<a:a> <a:b> " + b"<<( <a:a> <a:b> " * 10_000 + b"<a:c>" + b" )>>" * 10_000 + b" .", RdfFormat.N_TRIPLES),
        ((_XML + "<rdf:Description><e:p>" * 50_000).encode(), RdfFormat.RDF_XML),
    ],
    ids=["json-ld", "arrays", "triple-terms", "rdf-xml"],
)
def test_nesting_is_refused(content: bytes, format: RdfFormat) -> None:
    with pytest.raises(RdfError, match="nested more than 200 deep"):
        read_rdf(content, format)


def test_brackets_of_strings_do_not_nest() -> None:
    text = json.dumps({"@id": "a:a", "a:p": "[{" * 1000 + '"\\'})
    assert len(read_rdf(text.encode(), RdfFormat.JSON_LD)) == 1


@pytest.mark.parametrize("levels", [3, 9])
def test_entities_that_multiply_are_refused(levels: int) -> None:
    names = [f"e{number}" for number in range(levels)]
    declared = "".join(f'<!ENTITY {name} "{f"&{before};" * 50}">' for before, name in itertools.pairwise(names))
    bomb = f'<!DOCTYPE r [<!ENTITY e0 "{"a" * 200}">{declared}]>{_XML}<rdf:Description><e:p>&{names[-1]};</e:p>'
    with pytest.raises(RdfError, match="entities expand"):
        read_rdf(f"{bomb}</rdf:Description></rdf:RDF>".encode(), RdfFormat.RDF_XML)


def test_entities_that_abbreviate_are_read() -> None:
    text = f'<!DOCTYPE r [<!ENTITY x "http://x/">]>{_XML}<rdf:Description rdf:about="&x;a"><e:p>&x;</e:p>'
    (quad,) = read_rdf(f"{text}</rdf:Description></rdf:RDF>".encode(), RdfFormat.RDF_XML)
    assert quad.subject == NamedNode("http://x/a")
    assert quad.object == Literal("http://x/")


def test_media_types() -> None:
    assert rdf_format("Text/Turtle ; charset=UTF-8") == RdfFormat.TURTLE
    assert rdf_format("text/html") is None


_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
_QUADS = st.lists(
    st.builds(
        lambda s, p, o: Quad(NamedNode(f"http://s/{s}"), NamedNode(f"http://p/p{p}"), o),
        st.integers(0, 5),
        st.integers(0, 3),
        st.builds(Literal, _TEXT),
    ),
    max_size=8,
)


@given(quads=_QUADS, format=st.sampled_from([RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.JSON_LD]))
def test_what_is_written_is_read(quads: list[Quad], format: RdfFormat) -> None:
    written = serialize((quad.triple for quad in quads), format=format)
    assert written is not None
    assert set(read_rdf(written, format)) == set(quads)


@given(st.binary(max_size=60), st.sampled_from([RdfFormat.TURTLE, RdfFormat.JSON_LD, RdfFormat.RDF_XML]))
def test_any_bytes_are_read_or_refused(content: bytes, format: RdfFormat) -> None:
    told = ""
    try:
        read_rdf(content, format)
    except RdfError as error:
        told = str(error)
    assert told or _engine_reads(content, format)


def _engine_reads(content: bytes, format: RdfFormat) -> bool:
    return sum(1 for _ in parse(content, format=format)) >= 0

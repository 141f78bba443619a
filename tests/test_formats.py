from __future__ import annotations

import time
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import UsageError
from kg.formats import (
    FORMATS,
    Kind,
    UnwritableError,
    by_name,
    formats_for,
    negotiate,
    parse_accept,
    serialize_rdf,
)
from kg.namespaces import expand

JSON, XML, CSV, TSV = "json", "xml", "csv", "tsv"


@pytest.mark.parametrize(
    ("accept", "kind", "chosen"),
    [
        (None, "results", JSON),
        ("", "results", JSON),
        ("  ", "results", JSON),
        ("*/*", "results", JSON),
        ("application/sparql-results+json", "results", JSON),
        ("application/json", "results", JSON),
        ("application/sparql-results+xml", "results", XML),
        ("application/xml", "results", XML),
        ("text/xml", "results", XML),
        ("text/csv", "results", CSV),
        ("TEXT/CSV", "results", CSV),
        ("text/tab-separated-values", "results", TSV),
        ("text/*", "results", CSV),  # not XML, which is sent as application/sparql-results+xml
        ("text/*, text/xml;q=0.5", "results", CSV),
        ("text/*;q=0.5, text/xml", "results", XML),
        ("text/*;q=0.5, text/csv", "results", CSV),
        ("text/csv;q=0.1, text/tab-separated-values;q=0.2", "results", TSV),
        ("text/csv, */*", "results", CSV),
        ("text/csv;q=0.5, */*", "results", JSON),
        ("application/sparql-results+json;q=0, */*", "results", XML),
        ("application/sparql-results+json;q=0, application/json, text/csv;q=0.1", "results", CSV),
        ("application/json;q=0, */*", "results", JSON),
        ("application/sparql-results+json;q=0, application/json;q=0, */*", "results", XML),
        ("*/*;q=0", "results", None),
        ("text/csv;q=0", "results", None),
        ("image/png", "results", None),
        ("text/html", "results", None),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "results", XML),
        ("text/turtle", "results", None),
        ("text/csv; charset=utf-8", "results", CSV),
        ("text/csv; charset=UTF-8", "results", CSV),
        ('text/csv; charset="utf-8"', "results", CSV),
        ("text/csv; charset=iso-8859-1", "results", None),
        ("text/csv;header=present;q=0.5, text/tab-separated-values;q=0.4", "results", CSV),
        ("text/csv;q=0.5;q=2, text/tab-separated-values;q=0.1", "results", TSV),  # an ill-formed element is left out
        ("nonsense, text/csv", "results", CSV),
        (",, ,text/csv,,", "results", CSV),
        ("*/csv", "results", None),
        ("*", "results", None),
        ("text/csv;q=1.0001", "results", None),
        ("text/csv ; q=0.7 , text/tab-separated-values ; q=0.8", "results", TSV),
        ('text/csv;a="x,y;q=0", text/tab-separated-values;q=0.1', "results", CSV),
        ("application/vnd.apache.parquet", "results", "parquet"),
        ("application/vnd.apache.arrow.stream;q=0.5, text/csv;q=0.4", "results", "arrow"),
        ("application/*;q=0.5, application/vnd.apache.parquet;q=0.4", "results", JSON),
        ("application/vnd.apache.parquet", "graph", None),
        ("application/*, application/sparql-results+json;q=0, application/sparql-results+xml;q=0", "results", None),
        (None, "graph", "turtle"),
        ("*/*", "graph", "turtle"),
        ("text/*", "graph", "turtle"),
        ("application/n-triples", "graph", "ntriples"),
        ("application/rdf+xml", "graph", "rdfxml"),
        ("application/xml", "graph", "rdfxml"),
        ("application/ld+json", "graph", "jsonld"),
        ("application/json", "graph", "jsonld"),
        ("application/trig", "graph", "trig"),
        ("application/n-quads", "graph", "nquads"),
        ("application/ld+json;q=0.5, text/turtle;q=0.6", "graph", "turtle"),
        ("application/sparql-results+json", "graph", None),
        ("application/rdf+xml, text/turtle;q=0.9, */*;q=0.1", "graph", "rdfxml"),
        (None, "dataset", "jsonld"),
        ("text/turtle", "dataset", None),
        ("application/n-quads", "dataset", "nquads"),
    ],
)
def test_the_format_that_a_client_likes_best_is_chosen(accept: str | None, kind: Kind, chosen: str | None) -> None:
    found = negotiate(accept, kind)
    assert (found.name if found else None) == chosen


def test_every_format_is_chosen_by_its_own_media_type_and_found_by_its_own_name() -> None:
    for format in FORMATS:
        for kind in format.kinds:
            assert negotiate(format.media_type, kind) is format
            assert by_name(format.name.upper(), kind) is format
            assert by_name(format.media_type, kind) is format


def test_no_two_formats_of_a_kind_share_a_name_or_type() -> None:
    kinds: tuple[Kind, ...] = ("results", "graph", "dataset", "table")
    for kind in kinds:
        names = [name for f in formats_for(kind) for name in (f.name, *f.other_names, *f.media_types)]
        repeated = {name for name in names if names.count(name) > 1}
        assert repeated <= {f.name for f in formats_for(kind)}, kind
        assert len({f.name for f in formats_for(kind)}) == len(formats_for(kind))


def test_an_unknown_name_lists_those_that_fit() -> None:
    with pytest.raises(
        UsageError, match=r"no format 'turtle' for the answer of a SELECT.*: give one of json, xml, csv"
    ):
        by_name("turtle", "results")


TOKEN = st.text("abcxyz019!#$&'*+-.^_`|~", min_size=1, max_size=6).filter(lambda text: text.strip("*"))
WEIGHT = st.integers(0, 1000)


@given(st.lists(st.tuples(TOKEN, TOKEN, WEIGHT, st.sampled_from(["", " ", "\t"])), max_size=5))
def test_what_is_well_formed_is_read_as_it_was_written(elements: list[tuple[str, str, int, str]]) -> None:
    header = ",".join(f"{pad}{a}/{b}{pad};{pad}Q={q / 1000:.3f}{pad}" for a, b, q, pad in elements)
    read = [(found.type, found.subtype, round(found.q * 1000)) for found in parse_accept(header)]
    assert read == [(a.lower(), b.lower(), q) for a, b, q, _pad in elements]


@given(st.text(st.sampled_from('abc/*;,="\\ \tq01.+-'), max_size=60))
def test_no_header_breaks_the_reader_and_no_weight_leaves_its_range(header: str) -> None:
    for found in parse_accept(header):
        assert 0 <= found.q <= 1
        assert found.type
        assert found.subtype
    for kind in ("results", "graph"):
        chosen = negotiate(header, kind)
        assert chosen is None or kind in chosen.kinds


@given(st.lists(st.sampled_from(["text/csv", "text/*", "*/*", "application/json", "image/png"]), max_size=4), st.data())
def test_what_is_weighed_zero_is_never_chosen_under_that_name(ranges: list[str], data: st.DataObject) -> None:
    weights = [data.draw(st.sampled_from([0.0, 0.5, 1.0])) for _ in ranges]
    header = ", ".join(f"{name};q={weight}" for name, weight in zip(ranges, weights, strict=True))
    chosen = negotiate(header or None, "results")
    best = {name: max(w for n, w in zip(ranges, weights, strict=True) if n == name) for name in ranges}
    if chosen is not None and chosen.name == "csv" and "text/csv" in best:
        assert best["text/csv"] > 0
    if best.get("image/png") == 1.0 and len(best) == 1:
        assert chosen is None


A, B = NamedNode(expand("cx:a")), NamedNode(expand("skos:b"))


def test_turtle_is_written_with_the_prefixes_that_it_uses_in_one_order() -> None:
    turtle = by_name("turtle", "graph")
    written = serialize_rdf([Triple(A, B, Literal("sh:ape"))], turtle)
    lines = written.decode().splitlines()
    assert [line.split()[1] for line in lines if line.startswith("@prefix")] == ["cx:", "sh:", "skos:"]
    assert lines[-1] == 'cx:a skos:b "sh:ape" .'


def test_a_prefix_line_inside_a_literal_is_left_alone() -> None:
    triple = Triple(A, B, Literal("x\n@prefix y: <http://y/> .\n"))
    written = serialize_rdf([triple], by_name("turtle", "graph"))
    assert [quad.triple for quad in parse(written, format=RdfFormat.TURTLE)] == [triple]


@pytest.mark.parametrize("mark", ["\x00", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_xml_refuses_what_it_cannot_carry(mark: str) -> None:
    triple = Triple(A, B, Literal(f"a{mark}b"))
    with pytest.raises(UnwritableError, match="control character, which RDF/XML cannot carry"):
        serialize_rdf([triple], by_name("rdfxml", "graph"))
    written = serialize_rdf([triple], by_name("ntriples", "graph"))
    assert [quad.triple for quad in parse(written, format=RdfFormat.N_TRIPLES)] == [triple]


@pytest.mark.parametrize("name", ["http://a.example/b/1", "http://a.example/", "urn:x:", "http://a.example/#-."])
def test_rdf_xml_refuses_a_predicate_that_ends_in_no_name(name: str) -> None:
    triple = Triple(A, NamedNode(name), A)
    with pytest.raises(UnwritableError, match=rf"RDF/XML cannot carry the predicate <{name}>"):
        serialize_rdf([triple], by_name("rdfxml", "graph"))
    for other in ("turtle", "ntriples", "jsonld"):
        assert serialize_rdf([triple], by_name(other, "graph"))


@pytest.mark.parametrize(
    "name", ["http://a.example/%20b", "http://a.example/1a", "http://a.example/é\u0301", "u:x.1-2"]
)
def test_rdf_xml_carries_a_predicate_that_ends_in_a_name_and_any_line_end(name: str) -> None:
    triple = Triple(A, NamedNode(name), Literal("a\rb\r\nc\td"))
    written = serialize_rdf([triple], by_name("rdfxml", "graph"))
    element = ElementTree.fromstring(written)[0][0]
    assert (element.tag.replace("{", "").replace("}", ""), element.text) == (name, "a\rb\r\nc\td")


def test_a_format_of_results_cannot_hold_triples() -> None:
    with pytest.raises(UsageError, match="cannot hold RDF"):
        serialize_rdf([Triple(A, B, A)], by_name("csv", "results"))


@pytest.mark.parametrize("header", ['a/b,{}"', '{}"', "a/b{}x", "a/b;{}x", 'a/b;q="{}', "a/b;q=1{}!"])
@pytest.mark.parametrize("filler", [" ", "\t", "a", ";", "\\", "="])
def test_the_time_to_read_a_header_grows_with_its_length(header: str, filler: str) -> None:
    # Where it grew with the square, this took minutes.
    began = time.process_time()
    assert len(parse_accept(header.format(filler * 100_000))) <= 1
    assert time.process_time() - began < 10

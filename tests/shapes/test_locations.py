"""Every statement of a graph that the engine wrote is found at its line, in each syntax that has lines."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat

from kg.shapes.locations import Lines, statement_locations
from kg.shapes.read import file_quads

names = st.integers(0, 30).map(lambda n: NamedNode(f"http://example.org/n{n}"))
blank = st.integers(0, 9).map(lambda n: BlankNode(f"b{n}"))
words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t\"\\'"), max_size=9
)
literals = (
    st.builds(Literal, words)
    | words.map(lambda w: Literal(w, language="en"))
    | st.integers().map(Literal)
    | st.booleans().map(Literal)
    | words.map(lambda w: Literal(w, datatype=NamedNode("http://example.org/d#t")))
)
graphs = st.just(DefaultGraph()) | names
quads = st.builds(Quad, names | blank, names, names | blank | literals, graphs)


@pytest.mark.parametrize(
    ("name", "syntax"),
    [
        ("data.nt", RdfFormat.N_TRIPLES),
        ("data.nq", RdfFormat.N_QUADS),
        ("data.ttl", RdfFormat.TURTLE),
        ("data.trig", RdfFormat.TRIG),
        ("data.nq.gz", RdfFormat.N_QUADS),
    ],
)
@given(found=st.lists(quads, max_size=12))
@settings(max_examples=60, deadline=None)
def test_every_statement_is_found_at_its_line(name: str, syntax: RdfFormat, found: list[Quad]) -> None:
    with_graphs = syntax in (RdfFormat.N_QUADS, RdfFormat.TRIG)
    statements = found if with_graphs else [Quad(q.subject, q.predicate, q.object) for q in found]
    content = pyoxigraph.serialize(statements if with_graphs else [q.triple for q in statements], format=syntax) or b""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
        locations = statement_locations(path)
        read = list(file_quads(path, 0))
    assert locations is not None
    assert len(locations) == len(read) == len(statements)
    lines = content.decode().split("\n")
    for number, quad in enumerate(read):
        place, subject = locations.statement(number), locations.subject(number)
        written = str(statements[number].object)  # the engine writes them in the order given
        last = _written(lines, place.line, place.column, place.end_line, place.end_column)
        assert written in last or _short(quad) in last
        named = str(statements[number].subject)
        assert _written(lines, subject.line, subject.column, subject.end_line, subject.end_column) == named


def _written(lines: list[str], line: int, column: int, end_line: int | None, end_column: int | None) -> str:
    assert end_line is not None
    assert end_column is not None
    if line == end_line:
        return lines[line - 1][column - 1 : end_column - 1]
    return "\n".join(
        [lines[line - 1][column - 1 :], *lines[line : end_line - 1], lines[end_line - 1][: end_column - 1]]
    )


def _short(quad: Quad) -> str:
    """A number or truth as Turtle writes it."""
    return str(getattr(quad.object, "value", ""))


@given(st.text(st.sampled_from("ab\u00e9\U0001f600\r\n"), max_size=30), st.integers(0, 30))
def test_lines_and_columns_count_code_points_from_one(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    line, column = Lines(text).at(offset)
    before = text[:offset].split("\n")
    assert (line, column) == (len(before), len(before[-1]) + 1)


@pytest.mark.parametrize("name", ["data.rdf", "data.jsonld"])
def test_other_syntaxes_have_no_lines(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("", "utf-8")
    assert statement_locations(path) is None


def test_comments_blank_lines_and_carriage_returns_in_lines(tmp_path: Path) -> None:
    path = tmp_path / "data.nt"
    path.write_bytes(b'# <a:a> <a:b> 1 .\r\n\r\n  <a:a> <a:b> <a:c> . # <x:y>\r\n\t_:b<a:b>"x".\r\n')
    locations = statement_locations(path)
    assert locations is not None
    assert [str(locations.statement(n)) for n in range(len(locations))] == [f"{path}:3:3", f"{path}:4:2"]
    assert [(locations.subject(n).column, locations.subject(n).end_column) for n in range(2)] == [(3, 8), (2, 5)]

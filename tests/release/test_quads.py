from __future__ import annotations

import gzip
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import CrossingsError
from kg.namespaces import graph_iri
from kg.release.quads import canonical_lines, digest_of, graph_of_line, read_lines, write_lines
from tests.release.content import quads

A, B = NamedNode("http://a.example/s"), NamedNode("http://a.example/p")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ['" <http://g> .', "\\", "a\nb", "\r", '"@en', "<http://x> <http://y> .", '\\" <http://g> .']
)
OBJECT = st.one_of(
    TEXT.map(Literal),
    TEXT.map(lambda text: Literal(text, language="en-GB")),
    TEXT.map(lambda text: Literal(text, datatype=NamedNode("http://a.example/type"))),
    st.sampled_from(["http://a.example/o", "http://a.example/ü#x"]).map(NamedNode),
)
GRAPH = st.sampled_from([None, "http://g.example/1", "http://g.example/ü"])


@given(st.lists(st.tuples(OBJECT, GRAPH), max_size=6), st.randoms(use_true_random=False))
def test_lines_are_sorted_unique_and_read_back_as_the_same_quads(
    pairs: list[tuple[Literal | NamedNode, str | None]], random: object
) -> None:
    given_quads = [Quad(A, B, value, NamedNode(graph) if graph else DefaultGraph()) for value, graph in pairs]
    lines = canonical_lines(given_quads)
    assert lines == sorted(set(lines))
    random.shuffle(given_quads)  # type: ignore[attr-defined]
    assert canonical_lines(given_quads + given_quads) == lines
    assert set(parse(b"\n".join(lines), format=RdfFormat.N_QUADS)) == set(given_quads)


@given(OBJECT, GRAPH)
def test_the_graph_of_a_line_is_told_from_its_object(value: Literal | NamedNode, graph: str | None) -> None:
    (line,) = canonical_lines([Quad(A, B, value, NamedNode(graph) if graph else DefaultGraph())])
    assert graph_of_line(line) == graph


@pytest.mark.parametrize(
    ("quad", "named"),
    [
        (Quad(BlankNode("b"), B, A), "blank"),
        (Quad(A, B, BlankNode("b")), "blank"),
        (Quad(A, B, A, BlankNode("b")), "blank"),
        (Quad(A, B, A, NamedNode(graph_iri("meta"))), graph_iri("meta")),
    ],
)
def test_what_a_release_cannot_hold_is_refused(quad: Quad, named: str) -> None:
    with pytest.raises(CrossingsError, match=named):
        canonical_lines([Quad(A, B, A), quad])


def test_the_digest_is_what_ordinary_tools_compute(tmp_path: Path) -> None:
    lines = canonical_lines(quads())
    path = tmp_path / "data.nq.gz"
    write_lines(path, lines)
    command = f"(echo crossings-release-1; gzip -dc '{path}') | sha256sum"
    shown = subprocess.run(command, shell=True, check=True, capture_output=True, text=True).stdout
    assert shown.split()[0] == digest_of(lines)
    assert digest_of(lines[:-1]) != digest_of(lines)


def test_a_dump_has_no_name_and_no_time_and_reads_back(tmp_path: Path) -> None:
    lines = canonical_lines(quads())
    for name in ("one.nq.gz", "another.nq.gz"):
        write_lines(tmp_path / name, lines)
    content = (tmp_path / "one.nq.gz").read_bytes()
    assert content == (tmp_path / "another.nq.gz").read_bytes()
    assert content[4:8] == b"\0\0\0\0"
    assert b"one" not in content[:20]
    assert list(read_lines(tmp_path / "one.nq.gz")) == lines
    assert gzip.decompress(content) == b"".join(line + b"\n" for line in lines)

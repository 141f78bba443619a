"""What is written through a file, piece by piece, is what the same statements are when they are written at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.exporting import exported
from kg.formats import Format, UnwritableError, by_name, formats_for, serialize_rdf
from kg.namespaces import expand
from kg.release import Home, Release, publish
from kg.release.quads import read_lines
from kg.tables import table_named
from tests.release.content import content


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of more lines than are read at a time."""
    return publish(Home(tmp_path_factory.mktemp("large")), content(400))


@pytest.mark.parametrize("format", formats_for("dataset"), ids=lambda format: format.name)
def test_all_data_are_the_same_bytes_as_at_once(release: Release, format: Format) -> None:
    lines = list(read_lines(release.data_path))
    assert len(lines) > 2_500
    quads = [quad for line in lines for quad in parse(line, format=RdfFormat.N_QUADS)]
    assert b"".join(exported(release, format)) == serialize_rdf(quads, format)


@pytest.mark.parametrize("format", formats_for("graph"), ids=lambda format: format.name)
def test_one_graph_is_the_same_bytes_as_at_once(release: Release, format: Format) -> None:
    lines = [line for line in read_lines(release.data_path) if line.count(b"<") <= 3 and b"/graph/" not in line]
    quads = [quad for line in lines for quad in parse(line, format=RdfFormat.N_QUADS)]
    given = quads if "dataset" in format.kinds else [quad.triple for quad in quads]
    assert b"".join(exported(release, format, "default")) == serialize_rdf(given, format)


@pytest.mark.parametrize("format", formats_for("graph"), ids=lambda format: format.name)
def test_a_class_of_which_there_is_nothing_is_a_whole_file(release: Release, format: Format) -> None:
    assert isinstance(format.engine, RdfFormat)
    written = b"".join(exported(release, format, table=table_named("Route")))
    assert list(parse(written, format=format.engine)) == []


def test_what_a_format_cannot_carry_is_told_before_a_byte_is_written(tmp_path: Path) -> None:
    triple = Quad(NamedNode(expand("id:person/9")), NamedNode("http://a.example/1"), Literal("x"))
    made = content(2)
    odd = publish(Home(tmp_path), replace(made, quads=[*made.quads, triple]))
    with pytest.raises(UnwritableError, match=r"RDF/XML cannot carry the predicate <http://a.example/1>"):
        next(exported(odd, by_name("rdfxml", "graph")))

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import typer
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, parse
from typer.testing import CliRunner, Result

from kg.cli import export as module
from kg.errors import GraphError, UsageError
from kg.formats import by_name
from kg.namespaces import expand
from kg.release import Home, publish
from tests.release.content import ARTICLE_GRAPH, content, quads


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exported") / "home"
    publish(Home(path), content(2))
    publish(Home(path), content(3))
    return path


def exported(home: Path, *arguments: str) -> Result:
    app = typer.Typer()
    module.register(app)
    return CliRunner().invoke(app, [*arguments, "--home", str(home)])


def good(home: Path, *arguments: str) -> bytes:
    result = exported(home, *arguments)
    assert result.exit_code == 0, result.exception
    return result.stdout_bytes


def test_nquads_are_the_sorted_data_to_the_byte(home: Path) -> None:
    release = Home(home).require_current()
    assert good(home) == gzip.decompress(release.data_path.read_bytes())
    assert set(parse(good(home), format=RdfFormat.N_QUADS)) == set(quads(3))


@pytest.mark.parametrize(
    ("name", "engine"),
    [("turtle", RdfFormat.TURTLE), ("ntriples", RdfFormat.N_TRIPLES), ("rdfxml", RdfFormat.RDF_XML)],
)
def test_a_format_without_graphs_writes_the_default_graph(home: Path, name: str, engine: RdfFormat) -> None:
    written = {quad.triple for quad in parse(good(home, "--format", name), format=engine)}
    assert written == {quad.triple for quad in quads(3) if quad.graph_name == DefaultGraph()}


@pytest.mark.parametrize(("name", "engine"), [("trig", RdfFormat.TRIG), ("jsonld", RdfFormat.JSON_LD)])
def test_a_format_with_graphs_writes_them_all(home: Path, name: str, engine: RdfFormat) -> None:
    assert set(parse(good(home, "--format", name), format=engine)) == set(quads(3))


@pytest.mark.parametrize("graph", [ARTICLE_GRAPH, "graph:vocabulary", "graph:meta", "default"])
def test_one_graph_is_written_alone(home: Path, graph: str) -> None:
    names = {quad.graph_name for quad in parse(good(home, "--graph", graph), format=RdfFormat.N_QUADS)}
    assert names == {DefaultGraph() if graph == "default" else NamedNode(expand(graph))}
    assert good(home, "--format", "turtle", "--graph", graph).count(b" .\n") >= 1


@pytest.mark.parametrize("graph", ["graph:nothing", "http://nowhere.example/", "nonsense"])
def test_a_graph_that_is_not_there_is_named(home: Path, graph: str) -> None:
    result = exported(home, "--graph", graph)
    assert isinstance(result.exception, UsageError)
    assert "has no graph <" in str(result.exception)


def told(home: Path, *arguments: str) -> str:
    """The sentence with which an export ends that cannot be made."""
    result = exported(home, *arguments)
    assert isinstance(result.exception, UsageError), result.output
    assert int(result.exception.exit_code) == 2
    assert result.stdout_bytes == b""
    assert "\n" not in str(result.exception)
    return str(result.exception)


def test_an_unknown_format_lists_those_there_are(home: Path) -> None:
    assert told(home, "--format", "xlsx") == (
        "no format 'xlsx' to export in: give one of turtle, ntriples, jsonld, rdfxml, trig, nquads, csv, parquet, jsonl"
    )
    assert "no format 'tsv'" in told(home, "--format", "tsv")
    assert "no format 'arrow'" in told(home, "--format", "arrow", "--class", "Incident")


def test_a_table_needs_a_class_that_there_is_and_no_graph(home: Path) -> None:
    for name in ("csv", "parquet", "jsonl"):
        assert told(home, "--format", name).startswith(f"{name} holds one table: give --class with one of Incident,")
    assert "no table of the class 'Cat': give one of Incident" in told(home, "--format", "csv", "--class", "Cat")
    assert "no table of the class 'Cat'" in told(home, "--class", "Cat")
    assert "leave it out" in told(home, "--format", "csv", "--class", "Incident", "--graph", "default")
    assert "--graph or --class, not both" in told(home, "--class", "Incident", "--graph", "default")


def test_the_table_of_a_class_is_written_in_each_format(home: Path, tmp_path: Path) -> None:
    text = good(home, "--format", "csv", "--class", "Incident").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["iri"] for row in rows] == [expand(f"id:incident/000{n}") for n in range(3)]
    assert {row["front"] for row in rows} == {"eastern"}
    path = tmp_path / "claims.parquet"
    assert good(home, "--format", "parquet", "--class", "claims", "--output", str(path)) == b""
    assert pq.read_table(path).column("predicate").to_pylist() == ["front"] * 3
    lines = good(home, "--format", "jsonl", "--class", "cx:Incident").splitlines()
    assert [json.loads(line)["date_earliest"] for line in lines] == [row["date_earliest"] for row in rows]
    assert good(home, "--format", "jsonl", "--class", "Route") == b""


@pytest.mark.parametrize("name", ["nquads", "turtle", "trig", "rdfxml", "jsonld", "ntriples"])
def test_the_things_of_a_class_are_written_as_rdf(home: Path, name: str) -> None:
    format = by_name(name, "graph")
    assert isinstance(format.engine, RdfFormat)
    written = {quad.triple for quad in parse(good(home, "--format", name, "--class", "Incident"), format=format.engine)}
    assert written == {
        quad.triple
        for quad in quads(3)
        if quad.graph_name == DefaultGraph() and "/id/incident/" in getattr(quad.subject, "value", "")
    }
    claims = {quad.triple for quad in parse(good(home, "--format", name, "--class", "Claim"), format=format.engine)}
    assert claims
    assert {triple.subject for triple in claims} == {NamedNode(expand(f"id:claim/000{n}")) for n in range(3)}


def test_data_that_cannot_be_read_is_an_error_that_names_it(tmp_path: Path) -> None:
    release = publish(Home(tmp_path / "broken"), content(2))
    whole = release.data_path.read_bytes()
    release.data_path.chmod(0o644)
    release.data_path.write_bytes(whole[: len(whole) // 2])
    result = exported(tmp_path / "broken", "--output", str(tmp_path / "out.nq"))
    assert isinstance(result.exception, GraphError)
    assert f"{release.data_path} cannot be read" in str(result.exception)
    assert not (tmp_path / "out.nq").exists()


def test_an_export_is_the_same_each_time(home: Path) -> None:
    for name in ("nquads", "turtle", "trig"):
        assert good(home, "--format", name) == good(home, "--format", name)


def test_another_release_is_exported_by_its_id(home: Path, tmp_path: Path) -> None:
    older = publish(Home(tmp_path), content(2)).id
    assert set(parse(good(home, "--release", older[:12]), format=RdfFormat.N_QUADS)) == set(quads(2))


def test_a_file_is_written_whole_or_not_at_all(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "new" / "graph.nq"
    assert good(home, "--output", str(path)) == b""
    assert path.read_bytes() == good(home)
    assert exported(home, "--graph", "graph:nothing", "--output", str(path)).exit_code != 0
    assert path.read_bytes() == good(home)
    assert list(path.parent.iterdir()) == [path]

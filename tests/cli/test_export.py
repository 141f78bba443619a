from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import typer
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, parse
from typer.testing import CliRunner, Result

from kg.cli import export as module
from kg.errors import UsageError
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

from __future__ import annotations

import gzip
from pathlib import Path

import pyoxigraph
import pytest
import typer
from pyoxigraph import RdfFormat
from typer.testing import CliRunner, Result

from kg.cli.validate import register
from kg.errors import CrossingsError, ShapesError, UsageError
from kg.release import Home, ReleaseContent, publish
from tests.shapes.graphs import Edit, baseline, integer
from tests.shapes.mutations import MUTATIONS


def run(*arguments: str | Path) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    return CliRunner().invoke(app, ["validate", *map(str, arguments)])


def refused(result: Result) -> CrossingsError:
    assert isinstance(result.exception, CrossingsError)
    return result.exception


def written(path: Path, edit: Edit) -> Path:
    content = pyoxigraph.serialize(edit.quads, format=RdfFormat.N_QUADS) or b""
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


@pytest.fixture
def broken() -> Edit:
    edit = Edit(baseline())
    MUTATIONS["PercentIsWithinAHundred"](edit)
    return edit


@pytest.mark.parametrize("name", ["good.nq", "good.nq.gz"])
def test_a_good_file_is_good(tmp_path: Path, name: str) -> None:
    result = run(written(tmp_path / name, Edit(baseline())))
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Results: 0 violations, 0 warnings")
    assert "quotes were not checked" in result.stdout


def test_a_violation_is_told_and_the_exit_code_says_so(tmp_path: Path, broken: Edit) -> None:
    result = run(written(tmp_path / "broken.nq", broken))
    assert result.exit_code == 1
    assert "VIOLATION cxsh:PercentIsWithinAHundred" in result.stdout


def test_a_warning_alone_is_good(tmp_path: Path) -> None:
    edit = Edit(baseline())
    edit.restate("before", "cx:value", integer(6000))
    result = run(written(tmp_path / "warned.nq", edit))
    assert result.exit_code == 0
    assert "WARNING cxsh:CumulativeSeriesDoesNotFall" in result.stdout


def test_turtle_is_a_validation_report(tmp_path: Path, broken: Edit) -> None:
    result = run("--format", "turtle", written(tmp_path / "broken.nq", broken))
    assert result.exit_code == 1
    quads = list(pyoxigraph.parse(result.stdout, format=RdfFormat.TURTLE))
    kinds = {q.object.value for q in quads if q.predicate.value.endswith("#type")}
    assert kinds == {"http://www.w3.org/ns/shacl#ValidationReport", "http://www.w3.org/ns/shacl#ValidationResult"}


def test_the_current_release_is_the_default(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    publish(home, ReleaseContent(quads=baseline().quads))
    result = run("--home", home.path)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Results: 0 violations")


def test_a_home_without_a_release_is_refused(tmp_path: Path) -> None:
    assert "no release" in str(refused(run("--home", tmp_path)))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("data.nq", b"no quads", "cannot be read as N-Quads"),
        ("data.nq.gz", b"not gzip", "cannot be read as N-Quads"),
        ("data.csv", b"a,b", "does not tell its syntax"),
        ("data", b"", "does not tell its syntax"),
    ],
)
def test_a_file_that_is_no_rdf_is_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    error = refused(run(tmp_path / name))
    assert isinstance(error, UsageError)
    assert message in str(error)
    assert int(error.exit_code) == 2


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in str(refused(run(tmp_path / "none.ttl")))


def test_broken_shapes_are_refused(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text("no shapes", "utf-8")
    error = refused(run("--shapes", shapes, written(tmp_path / "good.nq", Edit(baseline()))))
    assert isinstance(error, ShapesError)
    assert int(error.exit_code) == 3


def test_a_file_without_vocabularies_is_given_those_of_the_ontology(tmp_path: Path) -> None:
    edit = Edit(baseline())
    edit.quads = {q for q in edit.quads if "/graph/vocabulary" not in str(q.graph_name)}
    result = run(written(tmp_path / "data.nq", edit))
    assert result.exit_code == 0, result.output

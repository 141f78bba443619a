from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from kg.cli import info as module
from kg.errors import GraphError
from kg.release import Home, publish
from tests.release.content import content


@pytest.fixture
def home(tmp_path: Path) -> Path:
    publish(Home(tmp_path), content(3))
    return tmp_path


def run(home: Path, *arguments: str) -> Result:
    app = typer.Typer()
    module.register(app)
    return CliRunner().invoke(app, [*arguments, "--home", str(home)])


def test_the_release_is_described_for_people(home: Path) -> None:
    manifest = Home(home).require_current().manifest
    lines = run(home).stdout.splitlines()
    facts = dict(line.split(maxsplit=1) for line in lines if not line.startswith(("note:", "made by")))
    assert facts["release"] == manifest.id
    assert facts["sha256"] == manifest.digest
    assert (facts["Incident"], facts["quads"], facts["quarantined"]) == ("3", str(manifest.quads), "1")
    assert lines[-1] == "note: made by hand"


def test_the_manifest_comes_as_json(home: Path) -> None:
    document = json.loads(run(home, "--json").stdout)
    assert document["counts"] == {"Incident": 3, "conflicts": 0}
    assert {part["path"] for part in document["parts"]} >= {"data/crossings.nq.gz", "void.ttl"}


def test_checking_finds_damage(home: Path) -> None:
    assert "all parts are as the manifest says" in run(home, "--verify").stdout
    (Home(home).require_current().path / "void.ttl").write_text("changed")
    result = run(home, "--verify")
    assert isinstance(result.exception, GraphError)
    assert "void.ttl is not the file" in str(result.exception)

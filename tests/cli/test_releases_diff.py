from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from kg.cli import releases as module
from kg.errors import UsageError
from kg.release import Home, Release, publish
from kg.release.merging import lines_of
from kg.release.patches import patched
from tests.release.content import content


@pytest.fixture
def two(tmp_path: Path) -> tuple[Release, Release]:
    home = Home(tmp_path)
    return publish(home, content(2)), publish(home, content(5))


def run(home: Path, *arguments: str) -> Result:
    app = typer.Typer()
    module.register(app)
    return CliRunner().invoke(app, ["releases", "diff", *arguments, "--home", str(home)])


def test_the_difference_as_tables(two: tuple[Release, Release], tmp_path: Path) -> None:
    one, other = two
    lines = run(tmp_path, one.id[:10], other.id).stdout.splitlines()
    assert lines[0] == f"from {one.id} to {other.id}: 33 quads added, 0 removed"
    cells = [line.split() for line in lines]
    assert ["default", "12", "0"] in cells
    assert ["cx:Incident", "3", "0", "0"] in cells
    assert "  id:incident/0002 crossing “2”" in "\n".join(lines)


def test_the_other_one_is_the_current_release_unless_it_is_named(two: tuple[Release, Release], tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, two[0].id, "--format", "json", "--limit", "1").stdout)
    assert (found["before"], found["after"]) == (two[0].id, two[1].id)
    (incidents,) = [cls for cls in found["classes"] if cls["name"] == "cx:Incident"]
    assert (incidents["added"]["total"], len(incidents["added"]["listed"])) == (3, 1)


def test_what_is_not_listed_is_counted(two: tuple[Release, Release], tmp_path: Path) -> None:
    assert "  and 2 more cx:Incident added" in run(tmp_path, two[0].id, "--limit", "1").stdout.splitlines()


def test_the_patch_makes_the_one_of_the_other(two: tuple[Release, Release], tmp_path: Path) -> None:
    file = tmp_path / "a.rdfp"
    run(tmp_path, two[1].id, two[0].id, "--format", "patch", "--output", str(file))
    assert patched(lines_of(two[1]), file.read_bytes().splitlines()) == list(lines_of(two[0]))


def test_a_release_is_the_same_as_itself(two: tuple[Release, Release], tmp_path: Path) -> None:
    assert run(tmp_path, two[0].id, two[0].id).stdout.splitlines()[-1] == "the two are the same"


def test_an_unknown_release_is_told(two: tuple[Release, Release], tmp_path: Path) -> None:
    assert isinstance(run(tmp_path, "zz").exception, UsageError)
    assert run(tmp_path, two[0].id, "--format", "xml").exit_code == 2

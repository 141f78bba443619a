from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from kg.cli import releases as module
from kg.errors import UsageError
from kg.release import Home, publish, releases
from tests.release.content import content


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for incidents in (1, 2, 3):
        publish(Home(tmp_path), content(incidents))
    return tmp_path


def run(home: Path, *arguments: str) -> Result:
    app = typer.Typer()
    module.register(app)
    return CliRunner().invoke(app, ["releases", *arguments, "--home", str(home)])


def test_the_list_has_the_newest_first_and_marks_the_current_one(home: Path) -> None:
    lines = run(home, "list").stdout.splitlines()
    known = releases(Home(home))
    assert lines[0].split() == ["release", "created", "(UTC)", "quads"]
    assert [next(word for word in line.split() if len(word) == 16) for line in lines[1:]] == [r.id for r in known]
    assert [line.startswith("current") for line in lines[1:]] == [True, False, False]
    assert lines[1].split()[-1] == str(known[0].manifest.quads)


def test_a_home_without_releases_says_so(tmp_path: Path) -> None:
    assert run(tmp_path, "list").stdout == f"no release in {tmp_path}\n"


def test_rollback_goes_one_back_or_to_the_named_release(home: Path) -> None:
    newest, middle, oldest = (release.id for release in releases(Home(home)))
    assert run(home, "rollback").stdout == f"current release: {middle}\n"
    assert run(home, "rollback", oldest[:8]).stdout == f"current release: {oldest}\n"
    assert run(home, "rollback", newest).exit_code == 0
    assert Home(home).require_current().id == newest
    assert isinstance(run(home, "rollback", "zz").exception, UsageError)


def test_prune_says_what_it_removed(home: Path) -> None:
    gone = [release.id for release in releases(Home(home))[1:]]
    assert run(home, "prune", "--keep", "1").stdout == "".join(f"removed {ident}\n" for ident in gone)
    assert run(home, "prune", "--keep", "1").stdout == "nothing to remove\n"
    assert isinstance(run(home, "prune", "--keep", "0").exception, UsageError)

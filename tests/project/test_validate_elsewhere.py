"""What other repositories take from here: the action's script and the hook, run for real in one of their own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.commands import ROOT, environment, kg

SHAPES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://example.org/> .
ex:BoatShape a sh:NodeShape ; sh:targetClass ex:Boat ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .
"""
GOOD = "@prefix ex: <http://example.org/> .\nex:auk a ex:Boat ; ex:name 'Auk' .\n"
BAD = "@prefix ex: <http://example.org/> .\n\nex:gull a ex:Boat .\n"
NAMES = {"files": "data", "shapes": "my shapes.ttl", "sarif": "out/results.sarif", "junit": "out/junit.xml"}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "my shapes.ttl").write_text(SHAPES, "utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.ttl").write_text(GOOD, "utf-8")
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=tmp_path, check=True)
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin/kg"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n', "utf-8")
    command.chmod(0o755)
    return tmp_path


def action() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    return read


def step() -> dict[str, Any]:
    found: dict[str, Any] = next(s for s in action()["runs"]["steps"] if s.get("name") == "Validate")
    return found


def run(repository: Path, **inputs: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """Run the step as the runner does: its inputs filled in, `bash -e -o pipefail`, a file for the summary."""
    given = {name: declared.get("default", "") for name, declared in action()["inputs"].items()} | inputs
    filled = {
        name: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda found: given[found[1]], value)
        for name, value in step()["env"].items()
    }
    summary = repository / "summary.md"
    path = f"{repository / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step()["run"]],
        cwd=repository,
        env={**environment(), **filled, "PATH": path, "GITHUB_STEP_SUMMARY": str(summary)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return done, summary.read_text("utf-8") if summary.is_file() else ""


def test_the_step_annotates_summarises_and_fails_where_a_shape_is_broken(repository: Path) -> None:
    (repository / "data/b.ttl").write_text(BAD, "utf-8")
    done, summary = run(repository, **NAMES)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=data/b.ttl,line=3,")
    assert "## SHACL: failed" in summary
    assert "data/b.ttl:3" in summary
    [result] = json.loads((repository / "out/results.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert result["ruleId"] == "ex:BoatShape/ex:name"
    assert 'line="3"' in (repository / "out/junit.xml").read_text("utf-8")


def test_the_step_passes_where_all_is_good(repository: Path) -> None:
    done, summary = run(repository, **NAMES)
    assert done.returncode == 0, done.stderr
    assert "::" not in done.stdout
    assert "## SHACL: passed" in summary


def test_what_stands_in_an_input_is_no_command(repository: Path) -> None:
    done, _ = run(repository, files='data\n$(touch stolen)\n"; touch stolen; "', shapes="my shapes.ttl")
    assert done.returncode == 2
    assert not (repository / "stolen").exists()


def test_every_input_is_declared_used_and_kept_out_of_the_scripts() -> None:
    declared = set(action()["inputs"])
    assert set(re.findall(r"inputs\.([a-z-]+)", (ROOT / "action.yml").read_text("utf-8"))) == declared
    for name, said in action()["inputs"].items():
        assert said["description"], name
        assert "default" in said, name
    for part in action()["runs"]["steps"]:
        assert "${{" not in part.get("run", "")
        assert "run" not in part or part["shell"] == "bash"


def test_the_hook_runs_in_a_repository_of_others(repository: Path) -> None:
    """`pre-commit` itself, with the hook as it is declared, but with the `kg` at hand instead of an installation."""
    program = Path(sys.executable).parent / "pre-commit"
    if not program.is_file():
        pytest.skip(f"{program} is not installed")
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hook["language"] == "python"
    local = {**hook, "language": "system", "args": ["--shapes", "my shapes.ttl", "data"]}
    config = {"repos": [{"repo": "local", "hooks": [local]}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    path = f"{repository / 'bin'}{os.pathsep}{os.environ['PATH']}"
    places = {"PATH": path, "PRE_COMMIT_HOME": str(repository / ".cache")}

    def hooked() -> subprocess.CompletedProcess[str]:
        subprocess.run(["git", "add", "data", ".pre-commit-config.yaml"], cwd=repository, check=True)
        command = [str(program), "run", "--all-files", "--color=never"]
        return subprocess.run(
            command,
            cwd=repository,
            env={**environment(), **places},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    passed = hooked()
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "Passed" in passed.stdout
    (repository / "data/b.ttl").write_text(BAD, "utf-8")
    failed = hooked()
    assert failed.returncode == 1
    assert "data/b.ttl:3:1: ex:gull ex:name" in failed.stdout


def test_the_command_of_the_hook_is_one_that_kg_has() -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    program, *arguments = hook["entry"].split()
    assert program == "kg"
    assert "--shapes" in kg(*arguments, "--help").stdout

"""What the page of the client shows, run (the notebook is run where the site is built: tests/docs)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg import errors
from kg.release import Home
from tests.docs.transcripts import blocks
from tests.support.commands import ROOT
from tests.support.seeds_home import copied_seeds

PAGE = ROOT / "docs" / "client.md"
NOTEBOOK = ROOT / "docs" / "notebooks" / "first-steps.ipynb"


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the release of the seeds."""
    return copied_seeds(tmp_path_factory)


def test_the_code_of_the_page_runs(
    seeds: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KG_HOME", str(seeds))
    names: dict[str, Any] = {}
    code = [block.body for block in blocks(PAGE.read_text("utf-8")) if block.language == "python"]
    printed = []
    for body in code:
        exec(compile(body, str(PAGE), "exec"), names)
        printed.append(capsys.readouterr().out.splitlines())
    assert [len(lines) > 0 for lines in printed] == [True] * len(code)
    opened, found, counted, asked, described = printed
    assert opened == [f"{Home(seeds).require_current().id} 5"]
    assert [line.partition(" ")[0] for line in found] == ["2025", "2025"]
    assert counted == ["2"]
    assert any("236" in line for line in asked)
    assert "central front" in described[0]


def test_the_page_names_every_error_of_the_client() -> None:
    text = PAGE.read_text("utf-8")
    named = re.findall(r"^\| `(\w+)` \|", text.partition("## What can go wrong")[2], re.M)
    assert all(issubclass(getattr(errors, name), errors.CrossingsError) for name in named)
    for name, found in vars(errors).items():
        if isinstance(found, type) and issubclass(found, (errors.NotFoundError, errors.RemoteError)):
            assert name in named


def test_the_notebook_is_kept_without_what_it_printed() -> None:
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    assert len(cells) > 10
    for cell in cells:
        assert cell["cell_type"] == "markdown" or (cell["outputs"] == [] and cell["execution_count"] is None)

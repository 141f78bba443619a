"""Every command and every query of the documentation runs, and prints what the page says."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from kg.curation import load_curation
from kg.docs.site import CONFIG
from kg.llm.run import leaves_this_machine
from kg.llm.settings import ModelSettings
from kg.querying import ReleaseStore, open_release, rows
from kg.release.home import Home
from tests.docs.transcripts import Block, Step, Workspace, blocks, documents, steps, written
from tests.support.commands import ROOT

FOUND = [(page, number, block) for page in documents() for number, block in enumerate(blocks(page.read_text("utf-8")))]


def chosen(language: str) -> list[object]:
    return [
        pytest.param(block, id=f"{page.relative_to(ROOT)}-{number}")
        for page, number, block in FOUND
        if block.language == language
    ]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documentation")
    with Workspace(folder) as workspace:
        workspace.run(Step("kg build seeds"))
    return folder / ".kg"


@pytest.fixture(scope="module")
def held(home: Path) -> ReleaseStore:
    return open_release(Home(home).require_current())


@pytest.mark.parametrize("block", chosen("console"))
def test_a_console_block_runs_and_prints_what_it_states(block: Block, home: Path, tmp_path: Path) -> None:
    if "curl " in block.body and shutil.which("curl") is None:
        pytest.skip("there is no curl on this machine")
    with Workspace(tmp_path, home) as workspace:
        for step in steps(block.body):
            printed = workspace.run(step)
            if step.stated:
                assert printed == step.stated, f"run python -m tests.docs.transcripts: {step.command}"


def _fits(stated: Any, found: Any) -> bool:
    """Whether an answer is what a page shows of one; the page leaves out the ends of long IRIs."""
    if isinstance(stated, dict) and isinstance(found, dict):
        return stated.keys() == found.keys() and all(_fits(stated[key], found[key]) for key in stated)
    if isinstance(stated, list) and isinstance(found, list):
        return len(stated) == len(found) and all(map(_fits, stated, found))
    if isinstance(stated, str) and stated.endswith("..."):
        return isinstance(found, str) and found.startswith(stated.removesuffix("..."))
    return bool(stated == found)


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")
def test_the_answer_that_the_page_of_the_search_shows_is_that_of_its_command(home: Path, tmp_path: Path) -> None:
    found = blocks((ROOT / "docs" / "search.md").read_text("utf-8"))
    at = next(number for number, block in enumerate(found) if block.language == "text")
    with Workspace(tmp_path, home) as workspace:
        *_, printed = [workspace.run(step) for step in steps(found[at - 1].body)]
    stated, answer = json.loads(found[at].body), json.loads("\n".join(printed))
    revisions = {"release": Home(home).require_current().id, "revision": Home(home).require_current().revision}
    assert answer | revisions == answer
    assert _fits(stated | revisions, answer), answer


def test_the_line_that_names_the_host_of_a_language_model_is_the_one_that_is_printed() -> None:
    line = leaves_this_machine(ModelSettings(url="https://models.example/v1", model="some-model"))
    assert f"```text\n{line}\n```\n" in (ROOT / "docs" / "language-model.md").read_text("utf-8")


@pytest.mark.parametrize("block", chosen("sparql"))
def test_a_query_has_an_answer(block: Block, held: ReleaseStore) -> None:
    assert rows(held, block.body).rows


def test_the_readme_shows_a_real_answer_before_anything_else() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    first = next(block for block in blocks(text) if block.language == "console")
    assert all(step.stated for step in steps(first.body))
    assert text.index("$ make run") > first.start
    assert [line for line in text.splitlines() if line.startswith("$ make ")] == ["$ make run", "$ make test"]


def test_python_is_run_by_a_test_of_its_page() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__)]
    for page in {page for page, _, block in FOUND if block.language == "python"}:
        ran = [text for text in texts if f'"{page.name}"' in text and 'language == "python"' in text]
        assert ran, f"no test runs the Python of docs/{page.name}: run its blocks, as tests/docs does with commands"


def test_every_fenced_block_has_a_language_that_is_checked() -> None:
    """What can be run is run: commands and queries here, Python by a test of its page; the rest shows files."""
    assert {block.language for _, _, block in FOUND} <= {"console", "sparql", "python", "yaml", "text", "turtle"}
    for page in documents():
        assert len(re.findall(r"^```", page.read_text("utf-8"), re.M)) == 2 * len(blocks(page.read_text("utf-8"))), page


def test_links_between_pages_lead_somewhere() -> None:
    seen = 0
    for page in documents():
        for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)]+)\)", page.read_text("utf-8")):
            if "://" in target:
                continue
            name, _, anchor = target.partition("#")
            path = (page.parent / name).resolve() if name else page
            assert path.exists(), f"{page.name}: {target}"
            if anchor and path.suffix == ".md":
                assert anchor in anchors(path.read_text("utf-8")), f"{page.name}: {target}"
            seen += 1
    assert seen > 40


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as the usual renderers of Markdown make them."""
    outside = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    headings = re.findall(r"^#+ (.*)$", outside, re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_is_on_the_map() -> None:
    listed = (ROOT / "docs" / "index.md").read_text("utf-8")
    for page in (path for path in (ROOT / "docs").iterdir() if path.is_file()):
        assert page.name in ("index.md", CONFIG) or f"({page.name}" in listed, (
            f"docs/index.md does not name {page.name}"
        )


def test_steps_are_read_as_they_are_written() -> None:
    body = "$ one\n> two\nout\n\n> out\n$ three\n"
    assert steps(body) == [Step("one\ntwo", ("out", "", "> out")), Step("three")]
    assert written(steps(body)) == body
    with pytest.raises(ValueError, match="begins with a command"):
        steps("out\n$ one\n")


def test_a_command_that_fails_or_prints_otherwise_is_told(home: Path, tmp_path: Path) -> None:
    with Workspace(tmp_path, home) as workspace:
        with pytest.raises(AssertionError, match="ended with 2"):
            workspace.run(Step("kg query nothing.rq"))
        assert workspace.run(Step("printf 'a\\nb\\n'")) == ("a", "b")
        with pytest.raises(AssertionError, match="ended with 2"):
            workspace.run(Step("make no-such-target"))


def test_the_example_of_a_judgement_is_read_and_anchors(home: Path, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "curation.md").read_text("utf-8")
    example = next(block.body for block in blocks(text) if block.body.startswith("# judgements.yaml"))
    with Workspace(tmp_path, home) as workspace:
        folder = tmp_path / "my-curation"
        folder.mkdir()
        (folder / "judgements.yaml").write_text(example, "utf-8")
        assert [judgement.judgement for judgement in load_curation(folder).judgements] == ["NEGATIVE"]
        printed = workspace.run(Step("kg build seeds --curation my-curation"))
        assert not [line for line in printed if "lost decision" in line]
        asked = workspace.run(Step("kg query --format csv 'SELECT ?j { GRAPH graph:curation { ?x cx:judgement ?j } }'"))
        assert asked == ("j", "NEGATIVE")

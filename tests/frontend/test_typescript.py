"""The TypeScript of the pages: its tests, which Node runs, and what it may not do."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from server.frontend.build import FOLDER, install
from server.frontend.checks import run
from server.frontend.node import Node, find_node
from tests.support.npm import OFFLINE

TESTS = sorted(Path(__file__).parent.glob("*.test.ts"))
SOURCES = sorted(path for path in FOLDER.rglob("*.ts") if "node_modules" not in path.parts)

#: What would make markup, style or code of a stranger's text, or would need a weaker Content-Security-Policy.
FORBIDDEN = (
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "DOMParser",
    "createContextualFragment",
    "setHTMLUnsafe",
    "srcdoc",
    "eval(",
    "new Function",
    "cssText",
    'setAttribute("style"',
)

#: Who may nevertheless: it reads a whole page of our own server, which escaped what is in it, without its scripts.
EXCEPTIONS = {"explore/swap.ts": {"DOMParser"}}


@pytest.fixture(scope="module")
def node() -> Node:
    found = find_node()
    if os.environ.get(OFFLINE) and not (FOLDER / "node_modules/typescript").is_dir():
        pytest.skip(f"{OFFLINE} is set, and the npm packages of {FOLDER} are not installed")
    install(found, development=True)
    return found


@pytest.fixture(scope="module")
def bundled(node: Node, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the tests as JavaScript."""
    out = tmp_path_factory.mktemp("typescript")
    files = [os.path.relpath(path, FOLDER) for path in TESTS]
    done = node.run([str(node.program), "build.mjs", "--tests", str(out), *files], FOLDER)
    assert done.returncode == 0, done.stderr
    return out


@pytest.mark.parametrize("test", TESTS, ids=lambda path: path.name.removesuffix(".test.ts"))
def test_node_passes(test: Path, node: Node, bundled: Path) -> None:
    script = bundled / f"{test.stem}.mjs"
    done = node.run(
        [str(node.program), "--enable-source-maps", "--test", "--test-reporter=tap", str(script)], bundled, 300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    ran = re.search(r"^# pass (\d+)$", done.stdout, re.M)
    assert ran is not None, done.stdout
    assert int(ran[1]) > 0, f"{test.name} has no test"


def test_the_types_are_right(node: Node) -> None:
    good, said = run("types", node)
    assert good, said


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_no_source_makes_markup_of_text(source: Path) -> None:
    text = source.read_text("utf-8")
    found = {words for words in FORBIDDEN if words in text}
    assert found == EXCEPTIONS.get(source.relative_to(FOLDER).as_posix(), set())

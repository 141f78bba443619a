"""Notebooks as pages: what cells print, tabulate and draw stands below them, and what no page can show is refused."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg.docs import notebook
from kg.docs.notebook import NotebookError, as_page, run
from tests.support.commands import ROOT, kg

#: One pixel, which is all that a picture needs here.
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=")


def book(*cells: str, outputs: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """A notebook: a cell that begins with `#` is Markdown, and all others are code with the same outputs."""
    made: list[dict[str, Any]] = []
    for number, source in enumerate(cells):
        cell: dict[str, Any] = {"id": f"c{number}", "metadata": {}, "source": source, "cell_type": "markdown"}
        if not source.startswith("#"):
            cell |= {"cell_type": "code", "execution_count": None, "outputs": outputs or []}
        made.append(cell)
    return {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def written(tmp_path: Path, *cells: str) -> Path:
    path = tmp_path / "try.ipynb"
    path.write_text(json.dumps(book(*cells)), "utf-8")
    return path


def shown(data: dict[str, Any]) -> str:
    return as_page(book("# Try", "x", outputs=[{"output_type": "execute_result", "data": data}]), "try.ipynb").text


def test_cells_run_as_in_a_checkout_with_the_given_home_and_the_file_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_HOME", str(tmp_path / "another"))
    code = "import os\nprint(*os.getcwd().split('/')[-2:], os.readlink('../../.kg'), os.environ.get('KG_HOME'))"
    path = written(tmp_path, "# Try", code, "6 * 7")
    before = path.read_bytes()
    text = as_page(run(path, tmp_path / "home"), path.name).text
    assert text == (
        f"# Try\n\n```python\n{code}\n```\n\n```text\ndocs notebooks {tmp_path}/home None\n```\n\n"
        "```python\n6 * 7\n```\n\n```text\n42\n```\n"
    )
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("sentence", "incidents"),
    [
        ("A North Korean man crossed into South Korea.", 1),
        ("A total of 236 North Korean defectors arrived in South Korea in 2024.", 0),
    ],
)
def test_the_notebook_to_start_from_runs_where_next_to_nothing_is_known(
    tmp_path: Path, sentence: str, incidents: int
) -> None:
    (tmp_path / "a.txt").write_text(f"{sentence}\n", "utf-8")
    built = kg("build", tmp_path / "a.txt", "--home", tmp_path / "home")
    assert built.returncode == 0, built.stderr
    path = ROOT / "docs" / "notebooks" / "first-steps.ipynb"
    text = as_page(run(path, tmp_path / "home"), path.name).text
    # No front, no date, and no number or no incident: the columns and the charts of these are empty.
    assert re.search(rf"\n{incidents} incidents in 1 articles, release [0-9a-f]{{16}}\n", text)
    assert len(re.findall(r"!\[", text)) == 3


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("1 / 0", "try.ipynb: a cell fails with ZeroDivisionError: division by zero"),
        ("import sys\nprint('careful', file=sys.stderr)", "try.ipynb: cell 1 writes to the error stream: careful"),
        ("while True: pass", "try.ipynb: a cell takes longer than 1 seconds"),
    ],
)
def test_a_cell_that_does_not_run_well_is_told(
    tmp_path: Path, cell: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "while" in cell:
        monkeypatch.setattr(notebook, "LONGEST", 1)
    with pytest.raises(NotebookError) as caught:
        run(written(tmp_path, "# Try", cell), tmp_path)
    assert str(caught.value) == told


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"cells": 1, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "\xff"]
)
def test_what_is_no_notebook_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "try.ipynb"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(NotebookError, match=r"^try.ipynb is no notebook of Jupyter: "):
        run(path, tmp_path)


def test_a_picture_stands_beside_the_page_and_is_named_by_its_heading() -> None:
    page = as_page(
        book(
            "# Try\n\nwords",
            "draw()",
            "# More",
            "draw()",
            outputs=[{"output_type": "display_data", "data": {"image/png": base64.b64encode(PIXEL).decode()}}],
        ),
        "try.ipynb",
    )
    assert page.pictures == {"try-1.png": PIXEL, "try-2.png": PIXEL}
    assert "![Try: the chart that the cell draws](try-1.png)" in page.text
    assert "![More: the chart that the cell draws](try-2.png)" in page.text


def test_a_table_keeps_its_cells_and_loses_its_style() -> None:
    row = '\n  <tr><td id="a">1 &lt; 2\n\n</td></tr>\n'
    table = f'<div><style>td {{x: y}}</style><table border="1" class="d">{row}</table></div>'
    assert "<table><tr><td>1 &lt; 2</td></tr></table>" in shown({"text/html": [table]})


def test_a_fence_in_what_is_printed_ends_no_block() -> None:
    assert "````text\n```\n````" in shown({"text/plain": "```"})


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"text/html": "<p>no table</p>"}, "HTML that is no table"),
        ({"text/html": "<table><tr><td><script>x</script></td></tr></table>"}, "an element script"),
        ({"application/x-other": "x"}, "an output of application/x-other"),
    ],
)
def test_what_no_page_can_show_is_refused(data: dict[str, Any], told: str) -> None:
    with pytest.raises(NotebookError, match=told):
        shown(data)

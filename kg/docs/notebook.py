"""A notebook as a page of the site: its cells, and what they print, draw and tabulate when they are run.

A notebook is kept without what it printed, so that a change to it is one to its cells. The page is therefore made when
the site is built, from the cells as Jupyter runs them on a release.
"""

from __future__ import annotations

import base64
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import html

from kg.docs.pages import docs_dir
from kg.errors import CrossingsError, ExitCode, UsageError
from kg.release import DEFAULT_HOME

__all__ = ["LONGEST", "NotebookError", "NotebookPage", "as_page", "run"]

#: How many seconds one cell may take.
LONGEST = 60
#: What remains of a table of HTML: no style of the library that made it, which would fight with that of the site.
_KEPT = {"table", "thead", "tbody", "tr", "th", "td"}

_READABLE = {
    "type": "object",
    "required": ["nbformat", "nbformat_minor", "cells"],
    "properties": {"cells": {"type": "array"}},
}


class NotebookError(CrossingsError):
    """A cell that does not run, or has an output that no page can show."""

    exit_code = ExitCode.NOT_WHOLLY_GOOD


@dataclass
class NotebookPage:
    """A page in Markdown, and the pictures that stand beside it.

    Attributes:
        text: The Markdown.
        pictures: The bytes of each PNG, by its file's name.
    """

    text: str
    pictures: dict[str, bytes] = field(default_factory=dict)


def run(path: Path, home: Path) -> dict[str, Any]:
    """Run a notebook from its first cell to its last, as Jupyter does for who has built a release in a checkout.

    The kernel begins in a folder `docs/notebooks` with the home as `.kg` two folders above it, and without `KG_HOME`.

    Args:
        path: The notebook; it is only read.
        home: The home of the checkout.

    Returns:
        The notebook with its outputs, in the structure of its file (nbformat 4).

    Raises:
        NotebookError: It is no notebook, there is no kernel `python3`, or a cell fails, writes to the error stream or
            takes longer than `LONGEST`.
        UsageError: What runs notebooks is not installed.
    """
    try:
        # Development tools, which the library itself must not need.
        import jsonschema
        import nbclient
        import nbformat
        from jupyter_client.kernelspec import NoSuchKernel
        from nbclient.exceptions import CellExecutionError, CellTimeoutError
        from traitlets.config import Config
    except ImportError as error:
        raise UsageError(f"{error.name} is not installed, which runs notebooks: run make dev") from error
    try:
        text = path.read_text("utf-8")
        # `validate` and `reads` take this much for granted of what they are to judge.
        jsonschema.validate(json.loads(text), _READABLE)
        nbformat.validate(json.loads(text))
        book = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]  # the library has no types
    except (OSError, ValueError, jsonschema.ValidationError, nbformat.ValidationError) as error:
        said = str(error).strip().partition("\n")[0]
        raise NotebookError(f"{path.name} is no notebook of Jupyter: {said}") from error
    with tempfile.TemporaryDirectory(prefix="kg-notebook-") as folder:
        beginning = Path(folder) / "checkout" / "docs" / "notebooks"
        beginning.mkdir(parents=True)
        (beginning.parents[1] / DEFAULT_HOME).symlink_to(home.absolute(), target_is_directory=True)
        inherited = {name: value for name, value in os.environ.items() if name != "KG_HOME"}
        known = {"PYTHONPATH": str(docs_dir().parent), "MPLCONFIGDIR": folder}
        # Sockets of this user alone, where the default are ports of the machine.
        sockets = Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/kernel"}})
        client = nbclient.NotebookClient(book, timeout=LONGEST, kernel_name="python3", config=sockets)
        try:
            client.execute(env={**inherited, **known}, cwd=str(beginning))
        except NoSuchKernel as error:
            raise NotebookError(f"{path.name}: Jupyter has no kernel python3: run make dev") from error
        except CellTimeoutError as error:
            raise NotebookError(f"{path.name}: a cell takes longer than {LONGEST} seconds") from error
        except CellExecutionError as error:
            raise NotebookError(f"{path.name}: a cell fails with {error.ename}: {error.evalue}") from error
    found: dict[str, Any] = json.loads(nbformat.writes(book))  # type: ignore[no-untyped-call]  # has no types
    for number, cell in enumerate(found["cells"]):
        for output in cell.get("outputs", ()):
            if output.get("name") == "stderr":
                said = "".join(output["text"]).strip()
                raise NotebookError(f"{path.name}: cell {number} writes to the error stream: {said}")
    return found


def as_page(book: Mapping[str, Any], name: str) -> NotebookPage:
    """The page of a notebook that was run.

    Args:
        book: What `run` returned.
        name: The name of its file.

    Raises:
        NotebookError: An output is neither text, nor a picture, nor a table.
    """
    page = NotebookPage("")
    parts: list[str] = []
    heading = name
    for cell in book["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            heading = next((line.lstrip("# ") for line in source.splitlines() if line.startswith("#")), heading)
            parts.append(source)
        elif cell["cell_type"] == "code" and source:
            parts.append(_fenced("python", source))
            parts += _shown(cell["outputs"], heading, name, page)
    page.text = "\n\n".join(parts) + "\n"
    return page


def _shown(outputs: list[dict[str, Any]], heading: str, name: str, page: NotebookPage) -> Iterator[str]:
    for output in outputs:
        data = output.get("data", {})
        if output["output_type"] == "stream":
            yield _fenced("text", "".join(output["text"]).rstrip())
        elif "image/png" in data:
            picture = f"{name.removesuffix('.ipynb')}-{len(page.pictures) + 1}.png"
            page.pictures[picture] = base64.b64decode(data["image/png"])
            yield f"![{heading}: the chart that the cell draws]({picture})"
        elif "text/html" in data:
            yield from _tables("".join(data["text/html"]), name)
        elif "text/plain" in data:
            yield _fenced("text", "".join(data["text/plain"]))
        else:
            raise NotebookError(f"{name}: no page can show an output of {', '.join(data) or output['output_type']}")


def _fenced(language: str, text: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text}\n{fence}"


def _tables(text: str, name: str) -> Iterator[str]:
    tables = html.fromstring(f"<div>{text}</div>").xpath(".//table")
    if not tables:
        raise NotebookError(f"{name}: no page can show HTML that is no table")
    for table in tables:
        table.tail = None
        for element in table.iter():
            if element.tag not in _KEPT:
                raise NotebookError(f"{name}: a table has an element {element.tag}, which no page shows")
            element.attrib.clear()
            # An empty line would end the table for Markdown, and what is indented be code.
            element.tail = None
            element.text = " ".join((element.text or "").split())
        yield html.tostring(table, encoding="unicode")

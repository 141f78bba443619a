"""The page of the modules: one line each, which is the first sentence of its docstring."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from kg.docs.page import Page, cell, markdown, table

__all__ = ["pages"]

_ROOT = Path(__file__).resolve().parents[2]
#: The packages of the repository; they are read as text, so that `kg` imports none but its own.
_PACKAGES = ("kg", "server")


def pages() -> Iterator[Page]:
    """The page `modules.md`."""
    folders = sorted({path.parent for package in _PACKAGES for path in (_ROOT / package).rglob("*.py")})
    yield markdown(
        "modules.md",
        "the modules' docstrings",
        "The modules",
        [
            "One module, one concept. [How Crossings is built](architecture.md) says how they work together.",
            *(part for folder in folders for part in _of_folder(folder)),
        ],
    )


def _of_folder(folder: Path) -> Iterator[str]:
    said = {path.name: _summary(path) for path in sorted(folder.glob("*.py"))}
    yield f"## `{folder.relative_to(_ROOT).as_posix()}/`"
    yield said.pop("__init__.py", "")
    if said:
        yield table(("module", "concept"), [(f"`{name}`", cell(words)) for name, words in said.items()])


def _summary(path: Path) -> str:
    """The first paragraph of a module's docstring, on one line."""
    whole = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return " ".join(whole.split("\n\n")[0].split())

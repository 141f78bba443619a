"""All generated pages: those made from `kg`, and those that other packages contribute.

A package contributes through the entry-point group `kg.docs`: each entry is a function that takes nothing and gives
pages. So `kg` documents the tables of the server without importing it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.metadata import entry_points
from pathlib import Path

from kg.atomic import write_atomically
from kg.docs.page import MARK, Page
from kg.errors import CrossingsError, UsageError

__all__ = ["GROUP", "docs_dir", "pages", "stale", "write"]

#: The entry-point group of contributed pages.
GROUP = "kg.docs"


def docs_dir() -> Path:
    """The folder `docs/` of the checkout that this code runs from.

    Raises:
        UsageError: The code runs from an installed wheel, which holds no documentation.
    """
    folder = Path(__file__).resolve().parents[2] / "docs"
    if not folder.is_dir():
        raise UsageError(f"{folder} is not there: run this in a checkout, an installation holds no documentation")
    return folder


def pages() -> list[Page]:
    """Every generated page, sorted by name.

    Raises:
        CrossingsError: Two of them have one name.
    """
    from kg.docs import borders, cli, dictionary, modules, ontology, questions, shapes, tables

    makers: list[Callable[[], Iterable[Page]]] = [
        borders.pages,
        cli.pages,
        dictionary.pages,
        modules.pages,
        ontology.pages,
        questions.pages,
        shapes.pages,
        tables.pages,
    ]
    makers += [point.load() for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)]
    found: dict[str, Page] = {}
    for maker in makers:
        for page in maker():
            if page.name in found:
                raise CrossingsError(f"two generated pages are called {page.name}: give one of them another name")
            found[page.name] = page
    return [found[name] for name in sorted(found)]


def stale(folder: Path, made: Iterable[Page]) -> list[str]:
    """One sentence for each page of a folder that is not what the code makes; none where all are fresh.

    Args:
        folder: The folder of the pages.
        made: All pages as the code makes them now.
    """
    wanted = {page.name: page.text for page in made}
    found = []
    for name, text in wanted.items():
        path = folder / name
        if not path.is_file():
            found.append(f"{path} is missing: run python -m kg.docs")
        elif path.read_text("utf-8") != text:
            line = _first_difference(path.read_text("utf-8"), text)
            found.append(f"{path} is stale from line {line} on: run python -m kg.docs")
    for path in sorted(folder.rglob("*.md")):
        if path.relative_to(folder).as_posix() not in wanted and path.read_text("utf-8").startswith(MARK):
            found.append(f"{path} is no longer generated: remove it")
    return found


def write(folder: Path, made: Iterable[Page]) -> list[Path]:
    """Write the pages that differ, and say which.

    Args:
        folder: The folder of the pages.
        made: All pages.
    """
    written = []
    for page in made:
        path = folder / page.name
        if not path.is_file() or path.read_text("utf-8") != page.text:
            write_atomically(path, page.text)
            written.append(path)
    return written


def _first_difference(old: str, new: str) -> int:
    """The first line, from 1, in which two different texts differ."""
    ours, theirs = old.split("\n"), new.split("\n")
    same = next((n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs)))
    return same + 1

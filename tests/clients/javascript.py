"""The JavaScript clients: Node, and the packages of `js/package-lock.json`, installed once into a cache."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.support.npm import packages

__all__ = ["Node", "installed"]

SOURCES = Path(__file__).parent / "js"


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


def installed() -> Node:
    """Node with the locked packages; they are installed where they are not yet."""
    return Node(*packages(SOURCES, "clients"))

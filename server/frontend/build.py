"""Builds the scripts of the pages: installs the locked npm packages, and bundles the TypeScript into `server/static`.

It needs the standard library alone, because the build of the wheel runs it too. `python -m server.frontend.build` does
nothing where `server/static` was made from the sources as they are.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from server.frontend.node import FrontendError, Node, find_node

__all__ = ["FOLDER", "SKIP", "STATIC", "build", "fresh", "install", "skipped"]

FOLDER = Path(__file__).resolve().parent
STATIC = FOLDER.parent / "static"

#: The variable that says, where it is `none`, to do without the scripts.
SKIP = "CROSSINGS_FRONTEND"

#: What the scripts depend on, beside the TypeScript.
_CONFIGURATION = ("package.json", "package-lock.json", "build.mjs", "tsconfig.json")


def skipped() -> bool:
    """Whether whoever installs has said to do without the scripts."""
    return os.environ.get(SKIP, "").strip().lower() == "none"


def build(folder: Path = FOLDER, static: Path = STATIC) -> bool:
    """Make the scripts, unless they are made from these sources already.

    Args:
        folder: The sources.
        static: Where the scripts go; replaced as a whole.

    Returns:
        Whether anything was to do.

    Raises:
        FrontendError: They cannot be made.
    """
    sources = _hash(folder)
    if fresh(static, sources):
        return False
    node = find_node()
    install(node, folder)
    with tempfile.TemporaryDirectory(dir=static.parent, prefix=".static-") as building:
        made = Path(building) / "static"
        done = node.run([str(node.program), "build.mjs", str(made), sources], folder)
        if done.returncode != 0:
            raise FrontendError(f"the scripts in {folder} cannot be bundled: {done.stderr.strip()}")
        if static.exists():
            static.rename(Path(building) / "before")
        made.rename(static)
    return True


def fresh(static: Path = STATIC, sources: str | None = None) -> bool:
    """Whether the scripts stand there, whole, and were made from the sources as they are.

    Args:
        static: Where they stand.
        sources: The hash of the sources, if it is known.
    """
    try:
        manifest = json.loads((static / "manifest.json").read_text("utf-8"))
    except FileNotFoundError:
        return False
    whole = all((static / name).is_file() for name in manifest["files"].values())
    return whole and manifest["sources"] == (sources or _hash(FOLDER))


def install(node: Node, folder: Path = FOLDER, *, development: bool = False) -> None:
    """Install the locked packages into `node_modules`, unless they are there.

    Args:
        node: Whose npm does it.
        folder: The folder of `package.json` and `package-lock.json`.
        development: Whether those that check the sources are needed too.

    Raises:
        FrontendError: npm cannot install them.
    """
    stamp = folder / "node_modules" / ".crossings"
    lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    installed = stamp.read_text("utf-8").split() if stamp.is_file() else []
    if installed and installed[0] == lock and (installed[1] == "all" or not development):
        return
    command = [*node.npm, "ci", "--loglevel=error", *([] if development else ["--omit=dev"])]
    done = node.run(command, folder)
    if done.returncode != 0:
        why = " ".join(line for line in done.stderr.split("\n") if line.startswith("npm error"))[:600] or done.stderr
        raise FrontendError(
            f"npm cannot install the packages of {folder / 'package-lock.json'} ({why.strip()}): let this machine "
            f"reach a registry of npm (npm_config_registry names another), or do without the scripts by {SKIP}=none"
        )
    stamp.write_text(f"{lock} {'all' if development else 'production'}\n", "utf-8")


def _hash(folder: Path) -> str:
    told = hashlib.sha256()
    for path in sorted(_sources(folder)):
        told.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        told.update(hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and path.name not in ("node_modules", "__pycache__"):
            yield from _sources(path)
        elif path.suffix in (".ts", ".css") or path.name in _CONFIGURATION:
            yield path


def main() -> int:
    """The command; 0 where the scripts are there or not wanted, 1 where they cannot be made."""
    if skipped():
        print(f"{SKIP} is none: the pages go without their scripts.")
        return 0
    try:
        print("Built the scripts of the pages." if build() else "The scripts of the pages are built already.")
    except FrontendError as error:
        print(f"{error}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Checks the TypeScript of the pages: `python -m server.frontend.checks types|lint|format`."""

from __future__ import annotations

import sys
from pathlib import Path

from server.frontend.build import FOLDER, SKIP, install, skipped
from server.frontend.node import FrontendError, Node, find_node

__all__ = ["COMMANDS", "run"]

_PRETTIER = "prettier/bin/prettier.cjs"
#: The sources and their tests; a folder may have no script yet.
_FORMATTED = (
    "--log-level=warn",
    "--no-error-on-unmatched-pattern",
    "--config=.prettierrc.json",
    "**/*.{ts,mjs,json}",
    "!package-lock.json",
    "../../tests/frontend/*.ts",
)

#: What each check runs: the script of a package in `node_modules`, and its arguments.
COMMANDS: dict[str, list[tuple[str, ...]]] = {
    "types": [
        ("typescript/bin/tsc", "--project", "tsconfig.json"),
        ("typescript/bin/tsc", "--project", "tsconfig.node.json"),
    ],
    "lint": [(_PRETTIER, "--check", *_FORMATTED)],
    "format": [(_PRETTIER, "--write", *_FORMATTED)],
}


def run(check: str, node: Node, folder: Path = FOLDER) -> tuple[bool, str]:
    """Run a check over the sources.

    Args:
        check: A key of `COMMANDS`.
        node: The Node that runs it; the packages of the folder are installed.
        folder: The sources.

    Returns:
        Whether all is good, and what the tools said.
    """
    good, said = True, []
    for script, *arguments in COMMANDS[check]:
        done = node.run([str(node.program), str(Path("node_modules") / script), *arguments], folder)
        good = good and done.returncode == 0
        said.append(f"{done.stdout}{done.stderr}".strip())
    return good, "\n".join(part for part in said if part)


def main(arguments: list[str]) -> int:
    """The command; 0 where all is good, 1 where not, 2 where the check has no such name."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(f"Give one of {', '.join(COMMANDS)}.", file=sys.stderr)
        return 2
    if skipped():
        print(f"{SKIP} is none: the TypeScript of the pages is not checked.")
        return 0
    try:
        node = find_node()
        install(node, development=True)
    except FrontendError as error:
        print(f"{error}.", file=sys.stderr)
        return 1
    good, said = run(arguments[0], node)
    if not good:
        print(said, file=sys.stderr)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

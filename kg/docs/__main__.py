"""`python -m kg.docs [--check] [FOLDER]`: write the generated pages, or say which are stale."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.docs.pages import docs_dir, pages, stale, write
from kg.errors import CrossingsError, ExitCode

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """Write or check the pages.

    Args:
        arguments: The command line without the program, by default that of the process.

    Returns:
        The exit code: 1 where a page is stale.
    """
    parser = argparse.ArgumentParser(prog="python -m kg.docs", description="Write the generated pages of docs/.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail with one sentence a stale page")
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="where they stand, by default docs/")
    given = parser.parse_args(arguments)
    try:
        folder = given.folder or docs_dir()
        made = pages()
        if given.check:
            found = stale(folder, made)
            for sentence in found:
                print(sentence, file=sys.stderr)
            return ExitCode.NOT_WHOLLY_GOOD if found else ExitCode.GOOD
        for path in write(folder, made):
            print(f"wrote {path}")
    except CrossingsError as error:
        print(f"kg.docs: {error}", file=sys.stderr)
        return error.exit_code
    return ExitCode.GOOD


if __name__ == "__main__":
    sys.exit(main())

"""The process that compares two releases for the server: told their directories, it prints what changed.

That is JSON, of which so many entities are listed, or with the word `patch` an RDF Patch of so many bytes at most.

A process of its own, since to compare large releases takes seconds of a processor, which would hold up every answer.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from kg.errors import CrossingsError
from kg.release import Release
from kg.release.changes import changes_between
from kg.release.merging import lines_of
from kg.release.patches import patch

__all__ = ["TOO_LARGE", "main"]

#: The exit status where the patch would be larger than it may be; no command of `kg` has it.
TOO_LARGE = 100


def main() -> int:
    """Compare, and say how it went: the exit code of the error, if there was one."""
    before, after = (Release(Path(path)) for path in sys.argv[1:3])
    form, most = sys.argv[3], int(sys.argv[4])
    try:
        if form == "patch":
            return _patch(before, after, most)
        found = changes_between(before, after, most)
    except CrossingsError as error:
        print(error, file=sys.stderr)
        return int(error.exit_code)
    sys.stdout.buffer.write(msgspec.json.encode(found))
    return 0


def _patch(before: Release, after: Release, most: int) -> int:
    written = 0
    for row in patch(lines_of(before), lines_of(after)):
        written += len(row) + 1
        if written > most:
            return TOO_LARGE
        sys.stdout.buffer.write(row + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The difference between two releases as a patch that makes the one of the other.

The rows are those of RDF Patch (https://afs.github.io/rdf-patch/): `D` deletes a quad, `A` adds one. They stand in the
order of the subjects, so that a patch is made and applied in one pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.errors import UsageError
from kg.release.merging import differing

__all__ = ["patch", "patched"]

_BEGIN, _END = b"TX .", b"TC ."


def patch(before: Iterable[bytes], after: Iterable[bytes]) -> Iterator[bytes]:
    """The rows of the patch, without line ends.

    Args:
        before: The sorted lines of the one release.
        after: Those of the other.

    >>> list(patch([b"<a> <p> <o> ."], [b"<a> <p> <q> ."]))
    [b'TX .', b'D <a> <p> <o> .', b'A <a> <p> <q> .', b'TC .']
    """
    yield _BEGIN
    for _subject, old, new in differing(before, after):
        was, becomes = set(old), set(new)
        yield from (b"D " + line for line in old if line not in becomes)
        yield from (b"A " + line for line in new if line not in was)
    yield _END


def patched(lines: Iterable[bytes], rows: Iterable[bytes]) -> list[bytes]:
    """The sorted lines that a patch makes of others.

    Args:
        lines: The lines of the release that the patch is from.
        rows: The patch.

    Raises:
        UsageError: A row is none of a patch, or deletes what is not there, or adds what is.
    """
    held = set(lines)
    for number, row in enumerate(rows, 1):
        if row in (_BEGIN, _END) or not row:
            continue
        action, line = row[:2], row[2:]
        if action not in (b"D ", b"A ") or (line in held) != (action == b"D "):
            raise UsageError(f"row {number} of the patch does not fit the release: use it on the one that it is from")
        if action == b"D ":
            held.remove(line)
        else:
            held.add(line)
    return sorted(held)

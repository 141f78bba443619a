"""Two releases side by side: their sorted lines merged, subject by subject, in memory that does not grow with them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import groupby

from kg.errors import GraphError
from kg.release.quads import read_lines
from kg.release.release import Release

__all__ = ["differing", "lines_of", "paired"]


def lines_of(release: Release) -> Iterator[bytes]:
    """The sorted lines of the data of a release.

    Raises:
        GraphError: The file is damaged.
    """
    try:
        yield from read_lines(release.data_path)
    except (OSError, EOFError, zlib.error) as error:
        raise GraphError(
            f"{release.data_path} cannot be read ({error}): kg info --verify says what else is damaged"
        ) from error


def _subject(line: bytes) -> bytes:
    # No IRI holds this mark, so that lines of one subject stand together, in the order of their subjects.
    return line[: line.index(b">") + 1]


def paired(before: Iterable[bytes], after: Iterable[bytes]) -> Iterator[tuple[bytes, list[bytes], list[bytes]]]:
    """Each subject of two sorted lists of lines with its lines in the one and in the other.

    Args:
        before: Sorted lines, each once.
        after: The same.
    """
    ours, theirs = groupby(before, _subject), groupby(after, _subject)
    left, right = next(ours, None), next(theirs, None)
    while left is not None or right is not None:
        if right is None or (left is not None and left[0] < right[0]):
            assert left is not None  # one of the two is there
            yield left[0], list(left[1]), []
            left = next(ours, None)
        elif left is None or right[0] < left[0]:
            yield right[0], [], list(right[1])
            right = next(theirs, None)
        else:
            yield left[0], list(left[1]), list(right[1])
            left, right = next(ours, None), next(theirs, None)


def differing(before: Iterable[bytes], after: Iterable[bytes]) -> Iterator[tuple[bytes, list[bytes], list[bytes]]]:
    """The same for those subjects alone whose lines differ."""
    return (found for found in paired(before, after) if found[1] != found[2])

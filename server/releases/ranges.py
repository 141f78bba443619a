"""One range of bytes of an answer (RFC 9110, sections 13.1.5 and 14): which part of a file a request asks for."""

from __future__ import annotations

import re

__all__ = ["UnsatisfiableError", "requested_range"]

_ONE = re.compile(r"bytes=[ \t]*([0-9]*)-([0-9]*)[ \t]*", re.IGNORECASE)
#: More digits than any file needs are no position.
_DIGITS = 18


class UnsatisfiableError(Exception):
    """The range lies outside of the file."""


def requested_range(header: str | None, if_range: str | None, tag: str, size: int) -> tuple[int, int] | None:
    """The part of a representation that is asked for, half-open, or None where all of it is to be sent.

    A header that cannot be read is ignored, and so is one that names several ranges, as a server may (section 14.2).

    Args:
        header: The Range header.
        if_range: The If-Range header: with any other validator than the representation's own, all of it is sent.
        tag: The strong entity tag of the representation.
        size: Its length in bytes.

    Raises:
        UnsatisfiableError: Nothing of it lies in the range.

    >>> requested_range("bytes=2-3", None, '"a"', 10), requested_range("bytes=-4", None, '"a"', 10)
    ((2, 4), (6, 10))
    >>> requested_range("bytes=2-3", '"b"', '"a"', 10), requested_range("bytes=0-1,4-5", None, '"a"', 10)
    (None, None)
    """
    if header is None or (if_range is not None and if_range.strip() != tag):
        return None
    found = _ONE.fullmatch(header.strip())
    if found is None or max(map(len, found.groups())) > _DIGITS:
        return None
    first, last = found[1], found[2]
    if not first:
        if not last:
            return None
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < int(first):
            return None  # it is no range at all (section 14.1.1)
    if start >= end:
        raise UnsatisfiableError
    return start, end

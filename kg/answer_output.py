"""Where the engine writes an answer: counted while it is written, and cut off by an error where a limit is passed.

The engine hands out chunks of some kilobytes. An exception that `write` raises stops it and comes out of `serialize`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import IO, cast

from pyoxigraph import QueryResultsFormat

from kg.formats import Format
from kg.query_text import RefusedError
from kg.xml_limits import carried

__all__ = ["AnswerOutput"]

_ROW = {
    # A `<` inside XML is escaped, and so is a line end inside a term of TSV: each of these stands where a row begins or
    # ends, and nowhere else.
    QueryResultsFormat.XML: b"<result>",
    QueryResultsFormat.TSV: b"\n",
}
#: A value that may say that there is nothing: zero or false.
_NOTHING = re.compile(rb"\b(?:0|false)\b")
#: An answer that says that there is nothing is no longer than this, in bytes.
_SHORT = 2000
#: One byte less than the longest mark.
_TAIL = 7


class AnswerOutput:
    """A file-like object for `serialize`.

    Args:
        format: What is written.
        write: Takes the bytes.
        max_rows: How many rows (solutions, triples) may be written; absent, any number. Triples, and the rows of
            binary formats, are counted by whoever iterates over them, with `count`: the bytes do not show them.
        max_bytes: How many bytes may be written; absent, any number.
    """

    def __init__(
        self,
        format: Format,
        write: Callable[[bytes], object],
        max_rows: int | None = None,
        max_bytes: int | None = None,
    ) -> None:
        self._format = format
        self._write = write
        self._max_rows = max_rows
        self._max_bytes = max_bytes
        self._mark = _ROW.get(format.engine) if isinstance(format.engine, QueryResultsFormat) else None
        self._start = b""
        self._tail = b""
        self._quoted = False
        self._begun = False
        self._empty = _EmptyRows() if format.engine == QueryResultsFormat.JSON else None
        self._header = format.engine in (QueryResultsFormat.CSV, QueryResultsFormat.TSV)
        self._held = 0
        self.rows = 0
        self.bytes = 0

    @property
    def stream(self) -> IO[bytes]:
        """Itself, as `serialize` wants it: of a file that uses `write` and `flush` alone."""
        return cast("IO[bytes]", self)

    def write(self, chunk: bytes) -> int:
        """Take a chunk.

        Raises:
            RefusedError: It is more than the limits allow.
            UnwritableError: The format cannot carry a character in it.
        """
        chunk = bytes(chunk)
        self.bytes += len(chunk)
        self._refuse_length(self.bytes)
        if self.bytes <= _SHORT:
            self._start += chunk
        written = carried(chunk, self._format.title, self._tail) if self._format.is_xml else chunk
        self._count_in(chunk)
        self._tail = (self._tail + chunk)[-_TAIL:]
        self._write(written)
        return len(chunk)

    def hold(self, bytes: int) -> None:
        """Count bytes that must be held before any can be written: they may be no more than an answer may be long.

        Raises:
            RefusedError: With what is held already, they are more than the limit.
        """
        self._held += bytes
        self._refuse_length(self._held)

    def flush(self) -> None:
        """Nothing is held back."""

    @property
    def may_be_nothing(self) -> bool:
        """Whether the answer may say that there is nothing: no row, or one with a zero in it; false; no triple."""
        if self.rows > 1:
            return False
        if self._format.binary:  # the values cannot be told from the bytes around them
            return True
        if self.bytes > _SHORT:
            return False
        return (self.rows == 0 and b"true" not in self._start) or _NOTHING.search(self._start) is not None

    def count(self, rows: int = 1) -> None:
        """Count rows that are about to be written.

        Raises:
            RefusedError: They are more than the limit.
        """
        self.rows += rows
        if self._max_rows is not None and self.rows > self._max_rows:
            raise RefusedError("rows", f"the answer has more than {self._max_rows} rows: ask for fewer, with LIMIT")

    def _refuse_length(self, bytes: int) -> None:
        if self._max_bytes is not None and bytes > self._max_bytes:
            raise RefusedError(
                "bytes", f"the answer is longer than {self._max_bytes} bytes: ask for less, with LIMIT or fewer columns"
            )

    def _count_in(self, chunk: bytes) -> None:
        if self._format.engine == QueryResultsFormat.CSV:
            parts = chunk.split(b'"')
            outside = parts[1::2] if self._quoted else parts[::2]
            self._quoted ^= len(parts) % 2 == 0
            found = sum(part.count(b"\n") for part in outside)
        elif self._empty is not None:
            found = self._empty.count(chunk) + self._json_rows(b'},{"', chunk)
            if not self._begun:  # the first row comes once
                found += (first := self._json_rows(b'[{"', chunk))
                self._begun = first > 0
        elif self._mark is not None:
            found = self._count_of(self._mark, chunk)
        else:
            return
        if self._header and found:
            self._header = False
            found -= 1
        self.count(found)

    def _count_of(self, mark: bytes, chunk: bytes) -> int:
        """How often a mark ends in a chunk; one that ended before was counted then."""
        return ((self._tail[-(len(mark) - 1) :] if len(mark) > 1 else b"") + chunk).count(mark)

    def _json_rows(self, mark: bytes, chunk: bytes) -> int:
        """How many rows begin with a mark; one at the very end is counted when it is known what follows.

        A string may end so as well, but then a comma or a brace follows.
        """
        seen = self._tail[-len(mark) :] + chunk
        return seen.count(mark, 0, len(seen) - 1) - seen.count(mark + b",") - seen.count(mark + b"}")


class _EmptyRows:
    """Counts the solutions in which nothing is bound: `{}`, which a string of JSON may hold as well.

    So it must be known where strings are; that is kept up chunk by chunk, and looked at only where there is a `{}`.
    """

    def __init__(self) -> None:
        self._held = b""
        self._in_string = False
        self._last = b""

    def count(self, chunk: bytes) -> int:
        """How many end in a chunk."""
        text = chunk
        if self._held or b"\\" in chunk:
            text = self._held + chunk
            # A backslash at the end belongs to what comes next.
            self._held = b"\\" * ((len(text) - len(text.rstrip(b"\\"))) % 2)
            text = text[: len(text) - len(self._held)].replace(b"\\\\", b"").replace(b'\\"', b"")
        found = 0
        if b"{}" in text or (self._last and text.startswith((b"{", b"}"))):
            parts = (self._last + text).split(b'"')
            outside = b'"'.join(parts[1::2] if self._in_string else parts[::2])
            found = outside.count(b"[{}") + outside.count(b",{}")
        self._in_string ^= text.count(b'"') % 2 == 1
        self._last = b"" if self._in_string else (self._last + text[-2:])[-2:].rpartition(b'"')[2]
        return found

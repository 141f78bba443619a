r"""The journal of a home: every write that was acknowledged, one line each, append-only.

It is a source like the files of articles, and `kg build` replays it. An entry is durable before `append` returns. Each
line holds the sha256 of the line before it, so that a line that was changed or taken out is found, wherever it stood.

A crash can leave a last line that is not whole: it ends without a line end, or holds the zero bytes of pages that never
reached the disk (JSON escapes them, so no whole line has one). Nobody was told that it is recorded. Readers pass it
over, and the next writer cuts it off. Any other line that cannot be read is damage, and is named.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

import msgspec

from kg.article.read import MediaType
from kg.curation.model import Correction, Judgement
from kg.errors import CrossingsError, GraphError
from kg.facts.model import Facts, Sha256
from kg.locks import exclusive
from kg.release.home import Home, fsync_directory

__all__ = ["AnnotationWrite", "ArticleWrite", "DecisionWrite", "Entry", "Journal", "Write"]

#: What the first line holds in place of the hash of a line before it.
_NONE = "0" * 64


class _Record(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename="camel",
    omit_defaults=True,
    kw_only=True,
    tag_field="type",
):
    """What all writes share: immutable, camelCase in JSON, unknown fields refused."""


class ArticleWrite(_Record, frozen=True, kw_only=True, tag="article"):
    """An article: its source as it came (`text`), or its facts alone where the text may not be kept.

    `name` is what the writer called it. `published` is the writer's date, for an article that states none.
    """

    name: str
    media_type: MediaType
    published: date | None = None
    text: str | None = None
    facts: Facts | None = None

    def __post_init__(self) -> None:
        if (self.text is None) == (self.facts is None):
            raise ValueError("an article is recorded as its text or as its facts: give one of the two")


class DecisionWrite(_Record, frozen=True, kw_only=True, tag="decision"):
    """What a person decided, in the form of the files of curation: a judgement or a correction."""

    judgement: Judgement | None = None
    correction: Correction | None = None

    def __post_init__(self) -> None:
        if (self.judgement is None) == (self.correction is None):
            raise ValueError("a decision is a judgement or a correction: give one of the two")


class AnnotationWrite(_Record, frozen=True, kw_only=True, tag="annotation"):
    """Canonical N-Quads lines, without line ends, that leave and then enter graphs below `graph/annotation/`."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


Write = ArticleWrite | DecisionWrite | AnnotationWrite


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    number: Annotated[int, msgspec.Meta(ge=1)]
    at: datetime
    by: str
    previous: Sha256
    write: Write


@dataclass(frozen=True)
class Entry:
    """One acknowledged write.

    Attributes:
        number: Its place, from 1.
        at: When it was recorded, UTC.
        by: The name of the token that it was made with.
        write: What was written.
        sha256: The hash of its line, and with it of the whole journal up to here.
    """

    number: int
    at: datetime
    by: str
    write: Write
    sha256: str


@dataclass(frozen=True)
class _End:
    """Where the whole lines of the file end, in bytes, and the last of them."""

    offset: int = 0
    number: int = 0
    sha256: str = _NONE


class Journal:
    """The journal of a home.

    Args:
        home: The home; the journal's folder is made with the first entry.
    """

    def __init__(self, home: Home) -> None:
        self.path = home.path / "journal" / "journal.jsonl"
        self._lock = self.path.with_name("lock")
        self._held = False
        self._end: _End | None = None

    def entries(self) -> tuple[Entry, ...]:
        """All entries, in their order.

        Raises:
            GraphError: A line is damaged, or does not follow the one before it.
            CrossingsError: The file cannot be read.
        """
        found = list(self._scan())
        if self._held:
            # Nobody else writes, so where the file ends now is where the next entry goes.
            self._end = found[-1][1] if found else _End()
        return tuple(entry for entry, _ in found)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one writer for a while.

        Raises:
            UsageError: Another writer is at work.
        """
        if self._held:
            yield
            return
        with exclusive(self._lock, str(self.path)):
            self._held, self._end = True, None
            try:
                yield
            finally:
                self._held = False

    def append(self, write: Write, by: str) -> Entry:
        """Record a write; when this returns, no crash loses it.

        Args:
            write: What was written.
            by: The name of the token that it was made with.

        Raises:
            UsageError: Another writer is at work.
            GraphError: The journal is damaged.
            CrossingsError: The disk does not take it; nothing is recorded then.
        """
        with self.writing():
            if self._end is None:
                self.entries()
            assert self._end is not None  # entries() found it, since the lock is held
            at = datetime.now(UTC).replace(microsecond=0)
            number = self._end.number + 1
            line = msgspec.json.encode(_Line(number=number, at=at, by=by, previous=self._end.sha256, write=write))
            offset, self._end = self._end.offset, None
            self._write(line + b"\n", offset)
            sha256 = hashlib.sha256(line).hexdigest()
            self._end = _End(offset + len(line) + 1, number, sha256)
            return Entry(number, at, by, write, sha256)

    def _write(self, data: bytes, offset: int) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            new = not self.path.exists()
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                if os.fstat(handle).st_size > offset:
                    os.ftruncate(handle, offset)
                    os.fsync(handle)
                try:
                    _write_all(handle, data, offset)
                    os.fsync(handle)
                except OSError:
                    # What could not be forced to the disk must not be found there later: nobody was told of it.
                    os.ftruncate(handle, offset)
                    raise
            finally:
                os.close(handle)
            if new:
                fsync_directory(self.path.parent)
                fsync_directory(self.path.parent.parent)
        except OSError as error:
            raise CrossingsError(
                f"{self.path} cannot be written ({error.strerror}), so nothing is recorded: make room on the disk"
            ) from error

    def _scan(self) -> Iterator[tuple[Entry, _End]]:
        """Every entry, and the end of its line."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            raise CrossingsError(f"{self.path} cannot be read ({error.strerror}): check its permissions") from error
        end = _End()
        while (stop := data.find(b"\n", end.offset)) >= 0:
            line = data[end.offset : stop]
            if b"\0" in line and data.find(b"\n", stop + 1) < 0:
                return
            found = self._read(line, end)
            sha256 = hashlib.sha256(line).hexdigest()
            end = _End(stop + 1, found.number, sha256)
            yield Entry(found.number, found.at, found.by, found.write, sha256), end

    def _read(self, line: bytes, before: _End) -> _Line:
        number = before.number + 1
        try:
            found = msgspec.json.decode(line, type=_Line)
            reason = None if found.number == number else f"has the number {found.number}"
            if found.previous != before.sha256:
                reason = "does not follow the line before it"
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            reason = f"cannot be read: {error}"
        if reason is not None:
            raise GraphError(
                f"{self.path} line {number} is damaged ({reason}): restore the file from a backup, "
                "or build without it with --no-journal"
            )
        return found


def _write_all(handle: int, data: bytes, offset: int) -> None:
    left = memoryview(data)
    while left:
        written = os.pwrite(handle, left, offset)
        left, offset = left[written:], offset + written

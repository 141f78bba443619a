"""Where things stand: a file with line and column, and the locations of the statements of an RDF file."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat

from kg.shapes.read import read_bytes, syntax_of
from kg.shapes.turtle_positions import Places, UnplacedError, turtle_places

__all__ = ["Lines", "Location", "StatementLocations", "statement_locations"]


@dataclass(frozen=True, order=True)
class Location:
    """A stretch of a file.

    Lines end with a line feed and are counted from 1; columns are counted in code points from 1, and the end column is
    that behind the last character. A place that is no more than a file is its first line, without an end.

    Args:
        path: The file, as it was named.
        line: Its line.
        column: Its column.
        end_line: The line where it ends, if that is known.
        end_column: The column where it ends, if that is known.
    """

    path: Path
    line: int = 1
    column: int = 1
    end_line: int | None = None
    end_column: int | None = None

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Lines:
    """The lines of a text, to turn offsets in code points into line and column."""

    def __init__(self, text: str) -> None:
        self._starts = array("Q", [0, *(found.end() for found in re.finditer("\n", text))])

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1.

        >>> Lines("ab\\nc").at(3)
        (2, 1)
        """
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def location(self, path: Path, start: int, end: int) -> Location:
        """The place of a stretch of the text, in a file."""
        return Location(path, *self.at(start), *self.at(end))


class StatementLocations:
    """The places of the statements of one file, by their number from 0 in the order of reading."""

    def __init__(self, path: Path, text: str, places: Places) -> None:
        self.path = path
        self._lines = Lines(text)
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    def statement(self, number: int) -> Location:
        """Where a statement stands: in N-Triples and N-Quads the whole of it, else from its predicate to its object."""
        return self._lines.location(self.path, self._places.starts[number], self._places.ends[number])

    def subject(self, number: int) -> Location:
        """Where the subject of a statement is written."""
        return self._lines.location(self.path, self._places.subject_starts[number], self._places.subject_ends[number])


_LINE = re.compile(r"[^\r\n]+")
_SUBJECT_END = re.compile(r"[^\s<>]+|<[^>]*>")


def statement_locations(path: Path) -> StatementLocations | None:
    """The places of the statements of a file that the engine's parser reads without an error.

    Returns:
        The places, or None where the file is in another syntax than N-Triples, N-Quads, Turtle and TriG, or uses what
        these have only since RDF 1.2.
    """
    syntax = syntax_of(path)
    if syntax not in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS, RdfFormat.TURTLE, RdfFormat.TRIG):
        return None
    text = read_bytes(path).decode()
    if syntax in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS):
        return StatementLocations(path, text, _line_places(text))
    try:
        return StatementLocations(path, text, turtle_places(text))
    except UnplacedError:
        return None


def _line_places(text: str) -> Places:
    """One statement a line (RDF 1.1 N-Triples, section 7): what is neither blank nor a comment."""
    places = Places()
    for found in _LINE.finditer(text):
        line = found[0].strip(" \t")
        if not line or line.startswith("#"):
            continue
        start = found.start() + len(found[0]) - len(found[0].lstrip(" \t"))
        subject = _SUBJECT_END.match(text, start)
        places.add(start, start + len(line), (start, subject.end() if subject else start))
    return places

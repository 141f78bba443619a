"""Every error that Crossings raises on purpose, and the exit code of each.

The tree::

    CrossingsError                   exit code 4: an error of ours
    ├── UsageError                   2  a parameter or option that cannot be used
    │   ├── InputError               2  a file that cannot be read as an article
    │   ├── QueryError               2  a query that is not SPARQL (line and column where known)
    │   ├── NotFoundError            2  a release or an entity that is not there
    │   │   └── WithheldError        2  an entity that is withheld, to protect people
    │   └── RemoteError              2  a server that is asked over HTTP gives no answer, or none of ours
    │       ├── BusyError            2  it is busy for longer than we wait
    │       └── ChangedError         2  it no longer serves the revision that was opened
    ├── GraphError                   1  the input or the graph is not wholly good
    └── ShapesError                  3  the shapes themselves are broken

A message is one sentence that names the file, line, IRI or parameter, and says what to do.
"""

from __future__ import annotations

from enum import IntEnum

__all__ = [
    "BusyError",
    "ChangedError",
    "CrossingsError",
    "ExitCode",
    "GraphError",
    "InputError",
    "NotFoundError",
    "QueryError",
    "RemoteError",
    "ShapesError",
    "UsageError",
    "WithheldError",
]


class ExitCode(IntEnum):
    """The exit codes of every command; the documentation's table is made from this class."""

    GOOD = 0, "all is good"
    NOT_WHOLLY_GOOD = 1, "the input or the graph is not wholly good"
    UNUSABLE = 2, "usage, or input that cannot be read"
    BROKEN_SHAPES = 3, "the shapes themselves are broken"
    OURS = 4, "an error of ours"

    meaning: str

    def __new__(cls, value: int, meaning: str) -> ExitCode:
        """Make a member that is its number and carries what it means."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member


class CrossingsError(Exception):
    """The base of all errors raised on purpose; its text is fit to be shown to a person."""

    exit_code = ExitCode.OURS


class UsageError(CrossingsError):
    """A command, option or parameter that cannot be used as given."""

    exit_code = ExitCode.UNUSABLE


class InputError(UsageError):
    """A file that cannot be read as an article, with the reason.

    Args:
        path: The file, as the user named it.
        reason: Why it cannot be read, as a clause ("is empty", "is not UTF-8 (byte 17)").
    """

    def __init__(self, path: object, reason: str) -> None:
        self.path = str(path)
        self.reason = reason
        super().__init__(f"{self.path}: {reason}")


class QueryError(UsageError):
    """A query that cannot be parsed or evaluated; `line` and `column` are 1-based where known."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        self.line = line
        self.column = column
        super().__init__(message)


class NotFoundError(UsageError):
    """A release, an entity or a question that is not there."""


class WithheldError(NotFoundError):
    """An entity that is withheld, to protect people; its IRI answers 410 over HTTP.

    Args:
        iri: Its IRI.
        on: The day since when, as it is written.
        reason: Why, where that is said.
    """

    def __init__(self, iri: str, on: str, reason: str | None = None) -> None:
        self.iri = iri
        self.on = on
        self.reason = reason
        why = f": {reason}" if reason else ""
        super().__init__(f"what <{iri}> named is withheld since {on}, to protect people{why}")


class RemoteError(UsageError):
    """A server that is asked over HTTP gives no answer, or none that a server of Crossings gives."""


class BusyError(RemoteError):
    """A server is busy, or the client has asked for more than its share, for longer than we wait.

    Args:
        message: The sentence.
        retry_after: After how many seconds the server wants to be asked again, where it says so.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(message)


class ChangedError(RemoteError):
    """A server no longer serves the revision that was opened, so that two answers would not belong together."""


class GraphError(CrossingsError):
    """The graph breaks a shape, or a release is damaged."""

    exit_code = ExitCode.NOT_WHOLLY_GOOD


class ShapesError(CrossingsError):
    """The shapes graph itself cannot be used."""

    exit_code = ExitCode.BROKEN_SHAPES

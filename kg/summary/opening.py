"""Opens the summary of a release for reading."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from kg.errors import GraphError
from kg.summary.tables import SUMMARY, VERSION

__all__ = ["is_current", "open_summary"]


def is_current(path: Path) -> bool:
    """Whether a file is a summary as this version makes them.

    Args:
        path: The file, which may be missing.
    """
    try:
        connection = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error:
        return False
    try:
        return bool(connection.execute("PRAGMA user_version").fetchone()[0] == VERSION)
    except sqlite3.Error:
        return False
    finally:
        connection.close()


@contextmanager
def open_summary(directory: Path) -> Iterator[sqlite3.Connection]:
    """Open the summary of a release or snapshot, for one thread; it takes a tenth of a millisecond.

    Args:
        directory: The directory of the release.

    Raises:
        GraphError: It has none, or one of another version.
    """
    path = (directory / SUMMARY).resolve()
    try:
        # It never changes: without locks, and without a look for a journal beside it.
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.Error as error:
        raise GraphError(
            f"{path} cannot be opened ({error}): the release was made by an earlier version, run kg build again"
        ) from error
    try:
        if version != VERSION:
            raise GraphError(f"{path} is of version {version} and not {VERSION}: run kg build again")
        yield connection
    finally:
        connection.close()

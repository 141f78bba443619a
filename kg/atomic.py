"""Writes files so that a reader, or a crash, sees the old content or the new, never a part."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

__all__ = ["atomic_file", "write_atomically"]


def write_atomically(path: Path, content: str | bytes, mode: int | None = None) -> None:
    """Write a file beside its place and rename it there.

    A device, a pipe or a descriptor (`/dev/null`, `/dev/stdout`) is written to as it stands: there is nothing of it to
    keep whole, and a rename would put a file in its place.

    Args:
        path: Where the file shall stand; missing folders are made.
        content: Text is written as UTF-8 without changing line ends.
        mode: The permissions; absent, those that any new file gets. No other has it at any moment.
    """
    with atomic_file(path, mode) as file:
        file.write(content.encode() if isinstance(content, str) else content)


@contextmanager
def atomic_file(path: Path, mode: int | None = None) -> Iterator[IO[bytes]]:
    """A file to write to piece by piece, which stands in its place when the `with` block ends well, and else nowhere.

    Args:
        path: Where the file shall stand, as for `write_atomically`.
        mode: The permissions, as there.
    """
    if _is_stream(path):
        with path.open("wb") as stream:
            yield stream
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask() if mode is None else mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _is_stream(path: Path) -> bool:
    return path.exists() and (not path.is_file() or path.absolute().is_relative_to("/dev"))


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current

"""Locks on files: one process at a time, and one holder at a time inside a process too.

The lock is that of flock(2), on the open file: it dies with its holder, however that ends. A lock file is never
removed, for a lock on a removed file would keep nobody out.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import UsageError

__all__ = ["exclusive"]


@contextmanager
def exclusive(path: Path, what: str, *, wait: bool = False, advice: str = "wait until it is done") -> Iterator[None]:
    """Hold a lock file.

    Args:
        path: The lock file; it and its folder are made.
        what: What is locked, for the message.
        wait: Whether to wait for the holder, for changes that take an instant.
        advice: What to do where somebody else holds it, for the message.

    Raises:
        UsageError: Somebody else holds it (named by process id) and `wait` is false, or it cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise UsageError(f"{path} cannot be made ({error.strerror}): give a --home that can be written") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip() or "unknown"
            raise UsageError(f"{what} is being written by process {holder}: {advice}") from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)

"""Where else in a home a name may stand: the caches, the logs of requests, the journal."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.journal import Journal
from kg.redaction.names import Names
from kg.release.home import Home

__all__ = ["Traces", "mask_logs", "purge_caches", "traces"]

#: What stands for each byte of a name in a log.
_MASK = b"*"


@dataclass(frozen=True)
class Traces:
    """Where names stand outside of releases.

    Attributes:
        caches: Files of the cache.
        logs: Lines of logs.
        journal: The numbers of entries of the journal.
    """

    caches: tuple[Path, ...] = ()
    logs: int = 0
    journal: tuple[int, ...] = ()


def traces(home: Home, names: Names, logs: Path) -> Traces:
    """Find names in the cache, the logs and the journal of a home; nothing is changed.

    Args:
        home: The home.
        names: The names.
        logs: The folder of the logs of requests.

    Raises:
        GraphError: The journal is damaged.
    """
    if not names:
        return Traces()
    lines = sum(bool(names.name(line)) for path in _logs(logs) for line in _read(path).splitlines())
    journal = Journal(home)
    numbers: tuple[int, ...] = ()
    if journal.path.is_file():
        entries = journal.path.read_text("utf-8", errors="replace").splitlines()
        numbers = tuple(number for number, line in enumerate(entries, 1) if _names(line, names))
    return Traces(tuple(_naming(home, names)), lines, numbers)


def purge_caches(home: Home, names: Names) -> int:
    """Remove what is cached of texts that have one of the names: it can be computed again where it may be.

    Returns:
        How many files went.
    """
    found = list(_naming(home, names))
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def mask_logs(logs: Path, names: Names) -> int:
    """Write over the names in the logs, byte by byte in place: a server may be writing behind them.

    Returns:
        In how many lines.
    """
    masked = 0
    for path in _logs(logs):
        text = _read(path)
        spans = names.found(text)
        if not spans:
            continue
        masked += len({text.count("\n", 0, start) for start, _ in spans})
        handle = os.open(path, os.O_WRONLY)
        try:
            for start, end in spans:
                at = len(text[:start].encode("utf-8", "surrogateescape"))
                length = len(text[start:end].encode("utf-8", "surrogateescape"))
                os.pwrite(handle, _MASK * length, at)
            os.fsync(handle)
        finally:
            os.close(handle)
    return masked


def _naming(home: Home, names: Names) -> Iterator[Path]:
    if not names or not home.cache_path.is_dir():
        return
    for path in sorted(p for p in home.cache_path.rglob("*") if p.is_file()):
        if _names(_read(path), names):
            yield path


def _names(text: str, names: Names) -> bool:
    """Whether a text, or a string in it where it is JSON, has a name: JSON may write a letter in another way."""
    if names.name(text):
        return True
    try:
        value = json.loads(text)
    except ValueError:
        return False
    return any(names.name(string) for string in _strings(value))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from _strings(key)
            yield from _strings(held)
    elif isinstance(value, list):
        for held in value:
            yield from _strings(held)


def _logs(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.jsonl")) if folder.is_dir() else []


def _read(path: Path) -> str:
    """The text of a file; bytes that are no UTF-8 are kept as they are."""
    return path.read_bytes().decode("utf-8", "surrogateescape")

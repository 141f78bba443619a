"""Strangers' text on a terminal: without the characters that would steer it."""

from __future__ import annotations

__all__ = ["harmless"]


def harmless(text: str) -> str:
    """Text without control characters, each replaced by U+FFFD; line ends stay.

    >>> harmless("red\\x1b[31m")
    'red\ufffd[31m'
    """
    return "".join(mark if mark.isprintable() or mark == "\n" else "\ufffd" for mark in text)

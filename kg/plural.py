"""Counts with their nouns."""

from __future__ import annotations

__all__ = ["plural"]


def plural(count: int, one: str, more: str | None = None) -> str:
    """A count with its noun.

    >>> plural(1, "article"), plural(1200, "article"), plural(2, "entry", "entries")
    ('1 article', '1,200 articles', '2 entries')
    """
    return f"{count:,} {one if count == 1 else more or one + 's'}"

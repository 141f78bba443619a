"""The head of a query: what the comments before its first line declare, as those of a question do (docs/queries.md)."""

from __future__ import annotations

import re

__all__ = ["declared_columns"]

_COLUMN = re.compile(r"# column: ([A-Za-z][A-Za-z0-9_]*) \(([a-z]+)\): ")


def declared_columns(text: str) -> dict[str, str]:
    """What the head of a query says that its columns hold: the types, by name; one that says nothing has none.

    Args:
        text: The query with its head, as the files of `queries/` have it (`kg.questions.header`).

    >>> declared_columns("# title: Incidents by year\\n# column: year (integer): the year\\nSELECT ?year {}")
    {'year': 'integer'}
    """
    columns: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if (found := _COLUMN.match(line)) is not None:
            columns[found[1]] = found[2]
    return columns

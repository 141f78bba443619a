"""Tables as CSV (RFC 4180) for people, who open them in a spreadsheet: no cell of them can run as a formula."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

__all__ = ["csv_head", "csv_rows", "csv_table", "defused"]

#: What makes a spreadsheet take a cell for a formula, by its first character (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # noqa: RUF001  (their wide forms count as well)


def defused(text: str) -> str:
    """A cell that a spreadsheet takes for text: with an apostrophe before what would be a formula.

    >>> defused("=1+1"), defused("@a"), defused("Goseong")
    ("'=1+1", "'@a", 'Goseong')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table in UTF-8 with a byte order mark, by which spreadsheets know the coding.

    Args:
        head: The names of the columns.
        rows: The cells, as `csv_rows` takes them.
    """
    return csv_head(head) + csv_rows(rows)


def csv_head(head: Sequence[str]) -> bytes:
    """The first line of a table, with the mark before it."""
    return codecs.BOM_UTF8 + csv_rows([head])


def csv_rows(rows: Iterable[Sequence[object]]) -> bytes:
    """Some rows of a table.

    Args:
        rows: The cells; None is an empty one. Only text is defused: a number below zero is a number.

    >>> csv_rows([("-1", -1, None, True)])
    b"'-1,-1,,true\\r\\n"
    """
    written = io.StringIO()
    writer = csv.writer(written)
    for row in rows:
        writer.writerow(map(_cell, row))
    return written.getvalue().encode()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    return value if isinstance(value, int | float) else defused(str(value))

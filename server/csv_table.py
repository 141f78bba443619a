"""Tables as CSV (RFC 4180) for people, who open them in a spreadsheet: no cell of them can run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

__all__ = ["csv_table", "defused"]

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
        rows: The cells; None is an empty one.
    """
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(head)
    for row in rows:
        writer.writerow(["" if cell is None else defused(str(cell)) for cell in row])
    return written.getvalue().encode("utf-8-sig")

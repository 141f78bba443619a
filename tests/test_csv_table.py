from __future__ import annotations

import csv
import io
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kg.csv_table import csv_table, defused

cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))


@given(st.lists(st.tuples(cells, cells), max_size=5))
def test_no_cell_begins_like_a_formula_and_none_is_lost(rows: list[tuple[str, str]]) -> None:
    read = list(csv.reader(io.StringIO(csv_table(("a", "b"), rows).decode("utf-8-sig"), newline="")))
    assert read[0] == ["a", "b"]
    assert read[1:] == [[defused(cell) for cell in row] for row in rows]
    for written, given_row in zip(read[1:], rows, strict=True):
        for cell, text in zip(written, given_row, strict=True):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert cell.removeprefix("'") == text.removeprefix("'")


def test_an_empty_cell_stays_empty() -> None:
    assert csv_table(("a", "b"), [(None, 0)]).decode("utf-8-sig") == "a,b\r\n,0\r\n"


def test_numbers_stay_numbers_and_text_that_looks_like_one_does_not() -> None:
    written = csv_table(("a", "b"), [(-5, "-5"), (Decimal("-1.50"), "=1")]).decode("utf-8-sig")
    assert written == "a,b\r\n-5,'-5\r\n-1.50,'=1\r\n"

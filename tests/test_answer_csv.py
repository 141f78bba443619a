"""Terms as cells of a spreadsheet: nothing runs, numbers stay numbers, and a person reads what the graph has."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from kg.answer_csv import answer_csv
from kg.namespaces import expand

_TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
_NUMBERS = (NamedNode(expand("xsd:integer")), NamedNode(expand("xsd:decimal")))
_TERMS = st.one_of(
    st.none(),
    st.integers().map(lambda number: Literal(str(number), datatype=_NUMBERS[0])),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(
        lambda number: Literal(format(number, "f"), datatype=_NUMBERS[1])
    ),
    _TEXT.map(Literal),
    st.sampled_from(("=1+1", "+1", "-1", "@sum", "\t1")).map(Literal),
    _TEXT.map(lambda text: Literal(text, language="ko")),
    _TEXT.map(lambda text: Literal(text, datatype=_NUMBERS[0])),
    st.just(NamedNode("https://example.org/a")),
    st.just(BlankNode("b")),
)
_NAMES = ("one", "two", "three")


@given(st.lists(st.lists(_TERMS, min_size=len(_NAMES), max_size=len(_NAMES)), max_size=4))
def test_no_cell_runs_and_numbers_stay_numbers(rows: list[list[NamedNode | BlankNode | Literal | None]]) -> None:
    read = list(csv.reader(io.StringIO(answer_csv(_NAMES, rows).decode("utf-8-sig"), newline="")))
    assert read[0] == list(_NAMES)
    assert len(read) == len(rows) + 1
    for cells, row in zip(read[1:], rows, strict=True):
        for cell, term in zip(cells, row, strict=True):
            if isinstance(term, Literal) and cell.startswith(("=", "+", "-", "@", "\t", "\r")):
                assert Decimal(cell) == Decimal(term.value)
            elif isinstance(term, Literal | NamedNode) and not cell.startswith("'"):
                number = isinstance(term, Literal) and term.datatype in _NUMBERS
                assert cell == term.value or (number and Decimal(cell) == Decimal(term.value))


def test_it_begins_with_the_mark_by_which_spreadsheets_know_the_coding() -> None:
    assert answer_csv(["동부"], []) == "\ufeff동부\r\n".encode()

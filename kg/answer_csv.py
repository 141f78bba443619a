"""The answer of a query as CSV for people: no cell of it runs as a formula, and numbers stay numbers.

The CSV of SPARQL 1.1 Query Results, which `kg query` and `/sparql` write, has every text exactly and guards none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.csv_table import csv_table
from kg.namespaces import expand

__all__ = ["answer_csv"]

_NUMBERS = frozenset(expand(f"xsd:{name}") for name in ("integer", "decimal"))
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")


def answer_csv(
    names: Sequence[str], rows: Iterable[Iterable[NamedNode | BlankNode | Literal | Triple | None]]
) -> bytes:
    """The rows of an answer as CSV, in UTF-8 with a byte order mark.

    Args:
        names: The columns.
        rows: Their terms; None is an empty cell.

    >>> answer_csv(["name", "n"], [(Literal("=1+1"), Literal(-3))]).decode("utf-8-sig")
    "name,n\\r\\n'=1+1,-3\\r\\n"
    """
    return csv_table(names, ([_plain(term) for term in row] for row in rows))


def _plain(term: NamedNode | BlankNode | Literal | Triple | None) -> str | Decimal | None:
    """A term in a spreadsheet; what has the datatype of a number and is none is a text."""
    if isinstance(term, Literal) and term.datatype.value in _NUMBERS and _NUMBER.fullmatch(term.value) is not None:
        return Decimal(term.value)
    if term is None:
        return None
    return term.value if isinstance(term, NamedNode | Literal) else str(term)

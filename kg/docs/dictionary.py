"""The data dictionary, made from `kg.tables.TABLES`: every column of every table with its type and what it says."""

from __future__ import annotations

from collections.abc import Iterator

from kg.docs.page import Page, cell, markdown, table
from kg.tables.declared import TABLES
from kg.tables.model import KINDS, Column, Table

__all__ = ["pages"]


def pages() -> Iterator[Page]:
    """The page `data-dictionary.md`."""
    yield markdown(
        "data-dictionary.md",
        "kg.tables.TABLES",
        "Data dictionary of the tables",
        [
            "The columns of the tables that `kg export --class` writes and that the dumps of a release hold; "
            "[Exports](exports.md) says how to read them. A row is one thing, the rows are sorted by `iri`, and a "
            "column has the same name in every format. *List* columns may have several values. Where a property is "
            "named with a further one behind it, the column has a value, or null, for each value of the first, in "
            "the same order as the other columns of the first.",
            table(("type", "what a cell is"), [(f"`{kind}`", KINDS[kind]) for kind in KINDS]),
            *(part for found in TABLES for part in _of_table(found)),
        ],
    )


def _of_table(found: Table) -> Iterator[str]:
    yield f"## {found.name}"
    yield f"Rows: {' and '.join(f'`{name}`' for name in found.classes)}. {found.description}"
    yield table(("column", "type", "property", "null", "what it says"), [_row(column) for column in found.columns])


def _row(column: Column) -> tuple[str, ...]:
    path = " / ".join(f"`{name}`" for name in column.path) or "—"
    kind = f"list of `{column.kind}`" if column.many else f"`{column.kind}`"
    return f"`{column.name}`", kind, path, "never" if column.required or column.many else "may be", cell(column.said)

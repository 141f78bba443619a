"""Rows as CSV, JSON Lines and Parquet: a piece at a time, and the same bytes for the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice

import msgspec

from kg.csv_table import csv_head, csv_rows
from kg.tables.encoder import Encoder
from kg.tables.model import Table
from kg.tables.read import Row

__all__ = ["JOINED", "TABLE_FORMATS", "batches", "encoded", "encoder"]

#: What stands in a cell of CSV between several values.
JOINED = " | "
#: How many rows are held at a time; a group of rows in Parquet has as many.
_ROWS = 16_384


class _Csv(Encoder):
    def __init__(self, table: Table) -> None:
        self._head = csv_head([column.name for column in table.columns])

    def add(self, rows: Sequence[Row]) -> bytes:
        head, self._head = self._head, b""
        return head + csv_rows([_joined(cell) for cell in row] for row in rows)

    def end(self) -> bytes:
        return b""


class _JsonLines(Encoder):
    def __init__(self, table: Table) -> None:
        self._names = [column.name for column in table.columns]
        self._json = msgspec.json.Encoder(decimal_format="number")

    def add(self, rows: Sequence[Row]) -> bytes:
        return b"".join(self._json.encode(dict(zip(self._names, row, strict=True))) + b"\n" for row in rows)

    def end(self) -> bytes:
        return b""


#: The formats of tables, which are the endings of their files.
TABLE_FORMATS = ("csv", "parquet", "jsonl")


def encoder(table: Table, format: str, release: str) -> Encoder:
    """What makes bytes of the rows of a table.

    Args:
        table: The table.
        format: One of `TABLE_FORMATS`.
        release: The id of the release, which the metadata of Parquet name.
    """
    if format == "parquet":
        from kg.tables.parquet import ParquetEncoder  # it takes long to import, and the other formats do without

        return ParquetEncoder(table, release)
    return _Csv(table) if format == "csv" else _JsonLines(table)


def encoded(table: Table, rows: Iterable[Row], format: str, release: str) -> Iterator[bytes]:
    """A table in a format, piece by piece; see `encoder`."""
    made = encoder(table, format, release)
    for batch in batches(rows):
        yield made.add(batch)
    yield made.end()


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows some thousands at a time; one empty batch where there are none."""
    remaining = iter(rows)
    batch = list(islice(remaining, _ROWS))
    yield batch
    while batch := list(islice(remaining, _ROWS)):
        yield batch


def _joined(cell: object) -> object:
    if not isinstance(cell, list):
        return cell
    # Each value as it would stand alone, but for the guard: that is for the whole cell.
    return JOINED.join("" if value is None else _plain(value) for value in cell)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)

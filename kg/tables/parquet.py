"""Rows as Parquet.

A file names in its own metadata the version of Arrow that wrote it (`created_by`), so another version of pyarrow gives
other bytes; it holds no time and no name of a machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

from kg.columnar.write import COMPRESSION
from kg.namespaces import expand
from kg.tables.encoder import Encoder
from kg.tables.model import Column, ColumnKind, Table
from kg.tables.read import Row

__all__ = ["ParquetEncoder", "schema"]

_TYPES: dict[ColumnKind, pa.DataType] = {
    "integer": pa.int64(),
    "decimal": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


class ParquetEncoder(Encoder):
    """Makes a file of Parquet of rows, one group of rows a call."""

    def __init__(self, table: Table, release: str) -> None:
        self._schema = schema(table, release)
        self._sink = _Sink()
        self._writer = pq.ParquetWriter(self._sink, self._schema, compression=COMPRESSION)

    def add(self, rows: Sequence[Row]) -> bytes:
        """See `Encoder`."""
        if rows:
            columns = zip(*rows, strict=True)
            arrays = [
                pa.array([_number(cell) for cell in column], field.type)
                for column, field in zip(columns, self._schema, strict=True)
            ]
            self._writer.write_table(pa.table(arrays, schema=self._schema))
        return self._sink.taken()

    def end(self) -> bytes:
        """See `Encoder`."""
        self._writer.close()
        return self._sink.taken()


class _Sink:
    """What Arrow takes for a file, and from which the bytes are taken as they come."""

    closed = False

    def __init__(self) -> None:
        self._chunks: list[bytes] = []
        self._length = 0

    def write(self, chunk: bytes) -> int:
        self._chunks.append(bytes(chunk))
        self._length += len(chunk)
        return len(chunk)

    def tell(self) -> int:
        return self._length

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """There is nothing to close."""

    def taken(self) -> bytes:
        content = b"".join(self._chunks)
        self._chunks.clear()
        return content


def schema(table: Table, release: str) -> pa.Schema:
    """The Arrow schema of a table: each field has its description, and the property that its values come from."""
    fields = [_field(column) for column in table.columns]
    return pa.schema(fields, metadata={"crossings.table": table.name, "crossings.release": release})


def _field(column: Column) -> pa.Field:
    type = _TYPES.get(column.kind, pa.string())
    metadata = {"description": column.said, "kind": column.kind}
    if column.path:
        metadata["property"] = " / ".join(expand(name) for name in column.path)
    never_null = column.required or column.many
    if column.many:  # the values of a list are named as the specification of Parquet names them
        type = pa.list_(pa.field("element", type))
    return pa.field(column.name, type, not never_null, metadata)


def _number(cell: object) -> object:
    """A cell as Arrow takes it: a decimal as the double that its column has."""
    if isinstance(cell, list):
        return [_number(value) for value in cell]
    return float(cell) if isinstance(cell, Decimal) else cell

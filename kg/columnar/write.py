"""The answer of a SELECT or ASK query as Parquet or as a stream of Arrow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from types import MappingProxyType

import pyarrow as pa
import pyarrow.parquet as pq
from pyoxigraph import QueryBoolean, QuerySolutions

from kg.answer_output import AnswerOutput
from kg.columnar.gather import Gathered, TermKind
from kg.columnar.typed import typed
from kg.formats import TableFormat
from kg.xml_limits import UnwritableError

__all__ = ["ANSWER", "COMPRESSION", "table_of", "write_columns"]

#: How the one column of an ASK is called.
ANSWER = "answer"
#: The compression of Parquet; every reader that we know of has it, and a column of IRIs shrinks to a twentieth.
COMPRESSION = "zstd"
#: How many solutions are gathered at a time, and how many rows are written at a time.
_GATHERED, _WRITTEN = 16_384, 65_536
_NONE: Mapping[str, str] = MappingProxyType({})


def write_columns(
    results: QuerySolutions | QueryBoolean,
    format: TableFormat,
    output: AnswerOutput,
    declared: Mapping[str, str] = _NONE,
) -> None:
    """Write an answer, typed by the rule of `kg.columnar.typed`.

    All of it is gathered before the first byte is written, so an answer that is too large is refused and never cut.

    Args:
        results: The result of the engine, in the thread that made it.
        format: Parquet or Arrow.
        output: Takes the bytes, and has the limits: of the rows, and of the bytes of the terms' texts.
        declared: What the head of the query declares its columns to be (`kg.query_head`).

    Raises:
        RefusedError: A limit is passed.
        UnwritableError: There are rows, but no columns to hold them.
    """
    if isinstance(results, QueryBoolean):
        output.count()
        metadata = {"sparql.type": "literal", "sparql.datatype": "http://www.w3.org/2001/XMLSchema#boolean"}
        field = pa.field(ANSWER, pa.bool_(), metadata=metadata)
        table = pa.table([pa.array([bool(results)])], schema=pa.schema([field]))
    else:
        table = table_of(_gathered(results, output), declared)
    _write(table, format, output)


def _gathered(solutions: QuerySolutions, output: AnswerOutput) -> list[Gathered]:
    columns = [Gathered(variable.value) for variable in solutions.variables]
    rows = map(tuple, solutions)
    while batch := list(islice(rows, _GATHERED)):
        output.count(len(batch))
        if not columns:
            raise UnwritableError("the answer has rows but no columns: ask for variables, or for another format")
        for column, terms in zip(columns, zip(*batch, strict=True), strict=True):
            output.hold(column.take(terms))
    return columns


def table_of(columns: list[Gathered], declared: Mapping[str, str] = _NONE) -> pa.Table:
    """The table of gathered columns, which are used up.

    Args:
        columns: The columns.
        declared: What those are that are declared, by name.
    """
    taken = {column.name for column in columns}
    arrays: list[pa.ChunkedArray] = []
    fields: list[pa.Field] = []
    while columns:
        column = columns.pop(0)  # what has been made a column need not be held twice
        for field, array in _fields(column, taken, declared.get(column.name)):
            fields.append(field)
            arrays.append(array)
    return pa.table(arrays, schema=pa.schema(fields))


def _fields(column: Gathered, taken: set[str], declared: str | None) -> Iterator[tuple[pa.Field, pa.ChunkedArray]]:
    """The field of a variable, and behind it those of what differs from row to row."""
    kinds = list(column.kinds)
    values = [_datatype(kind) for kind in kinds]
    languages = [kind.language for kind in kinds]
    metadata = {"sparql.variable": column.name}
    found = typed(column, declared)
    if found is not None and found.datatype is not None:
        metadata |= {"sparql.type": "literal", "sparql.datatype": found.datatype}
    elif len(set(values)) == 1:
        kind = kinds[0]
        metadata["sparql.type"] = kind.type
        if kind.datatype is not None:
            metadata["sparql.datatype"] = kind.datatype
    elif kinds:
        metadata["sparql.type"] = "mixed"
    if len(set(languages)) == 1 and languages[0] is not None:
        metadata["sparql.language"] = languages[0]
    array = found.values if found is not None else column.text
    yield pa.field(column.name, array.type, metadata=metadata), array
    differing = (("datatype", values), ("language", languages)) if found is None else ()
    for role, told in differing:
        if len(set(told)) > 1 or (declared == "any" and role == "datatype"):
            name = _free(f"{column.name}_{role}", taken)
            companion = {"sparql.variable": column.name, "sparql.companion": role}
            yield pa.field(name, pa.string(), metadata=companion), column.looked_up(told)


def _datatype(kind: TermKind) -> str:
    """What a companion column says of a kind: the datatype of a literal, or what it is if it is none."""
    return kind.datatype or kind.type


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    taken.add(name)
    return name


def _write(table: pa.Table, format: TableFormat, output: AnswerOutput) -> None:
    sink = _Sink(output)
    if format is TableFormat.PARQUET:
        with pq.ParquetWriter(sink, table.schema, compression=COMPRESSION) as parquet:
            parquet.write_table(table, row_group_size=_WRITTEN)
    else:
        with pa.ipc.new_stream(sink, table.schema) as arrow:
            arrow.write_table(table, max_chunksize=_WRITTEN)


class _Sink:
    """What Arrow takes for a file that it can write to."""

    closed = False

    def __init__(self, output: AnswerOutput) -> None:
        self._output = output

    def write(self, chunk: bytes) -> int:
        return self._output.write(chunk)

    def tell(self) -> int:
        return self._output.bytes

    def flush(self) -> None:
        self._output.flush()

    def close(self) -> None:
        """The output is not ours to close."""

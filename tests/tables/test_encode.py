"""The same rows in each format, read back by others' readers."""

from __future__ import annotations

import csv
import datetime
import io
import json
from decimal import Decimal

import pandas
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kg.querying import open_release
from kg.release import Release
from kg.tables import TABLE_FORMATS, TABLES, Column, Table, encoded, rows, table_named
from kg.tables.parquet import schema
from kg.tables.read import Row

TABLE = Table(
    "things",
    ("cx:Incident",),
    "A thing.",
    (
        Column("iri", "iri", required=True, description="The IRI."),
        Column("text", "text", ("skos:note",), description="A text."),
        Column("quotes", "text", ("skos:note",), many=True, description="Texts."),
        Column("count", "integer", ("cx:personCount",)),
        Column("amount", "decimal", ("cx:value",)),
        Column("amounts", "decimal", ("cx:value",), many=True),
        Column("truth", "boolean", ("cx:reviewed",)),
        Column("day", "date", ("cx:dateEarliest",)),
    ),
)
ROWS: list[Row] = [
    (
        "a:1",
        '=HYPERLINK("x")',
        ["=1", None, "b"],
        -5,
        Decimal("-2.50"),
        [Decimal("1E-7")],
        True,
        datetime.date(1953, 7, 27),
    ),
    ("a:2", None, [], None, None, [], None, None),
    ("a:3", 'say "so",\nthen', ["x | y"], 0, Decimal("34000"), [Decimal(1), None], False, datetime.date(1, 1, 1)),
]


def written(format: str, given: list[Row]) -> bytes:
    return b"".join(encoded(TABLE, given, format, "r1"))


def test_csv_is_for_people_and_no_cell_of_it_is_a_formula() -> None:
    text = written("csv", ROWS).decode("utf-8")
    assert text.startswith("\ufeffiri,text,quotes,count,")
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert read[1:] == [
        ["a:1", '\'=HYPERLINK("x")', "'=1 |  | b", "-5", "-2.50", "0.0000001", "true", "1953-07-27"],
        ["a:2", "", "", "", "", "", "", ""],
        ["a:3", 'say "so",\nthen', "x | y", "0", "34000", "1 | ", "false", "0001-01-01"],
    ]


def test_json_lines_are_exact_and_one_a_row() -> None:
    lines = written("jsonl", ROWS).splitlines()
    read = [json.loads(line, parse_float=Decimal) for line in lines]
    assert list(read[0]) == [column.name for column in TABLE.columns]
    assert read[0]["text"] == '=HYPERLINK("x")'
    assert read[0]["quotes"] == ["=1", None, "b"]
    assert (read[0]["amount"], read[0]["amounts"]) == (Decimal("-2.50"), [Decimal("1E-7")])
    assert (read[1]["text"], read[1]["quotes"], read[2]["truth"]) == (None, [], False)


def test_parquet_has_the_types_of_the_columns() -> None:
    table = pq.read_table(io.BytesIO(written("parquet", ROWS)))
    assert table.schema.equals(schema(TABLE, "r1"), check_metadata=True)
    assert [str(field.type) for field in table.schema] == [
        *(
            "string",
            "string",
            "list<element: string>",
            "int64",
            "double",
            "list<element: double>",
            "bool",
            "date32[day]",
        )
    ]
    assert table.column("day").to_pylist() == [datetime.date(1953, 7, 27), None, datetime.date(1, 1, 1)]
    assert table.column("quotes").to_pylist() == [["=1", None, "b"], [], ["x | y"]]
    assert table.column("amount").to_pylist() == [-2.5, None, 34000.0]
    assert (table.schema.field("iri").nullable, table.schema.field("text").nullable) == (False, True)
    assert table.schema.field("count").metadata[b"property"] == b"https://w3id.org/crossings/ontology#personCount"
    assert table.schema.metadata[b"crossings.release"] == b"r1"


def test_no_rows_are_whole_files_with_the_names_of_the_columns() -> None:
    table = pq.read_table(io.BytesIO(written("parquet", [])))
    assert (table.num_rows, table.schema.names) == (0, [column.name for column in TABLE.columns])
    assert pandas.read_parquet(io.BytesIO(written("parquet", []))).empty
    assert written("csv", []).decode("utf-8-sig").strip().split(",") == table.schema.names
    assert written("jsonl", []) == b""


@pytest.mark.parametrize("format", TABLE_FORMATS)
def test_many_rows_are_written_piece_by_piece(format: str) -> None:
    given: list[Row] = [(f"a:{n}", f"row {n}", [], n, None, [], None, None) for n in range(40_000)]
    pieces = list(encoded(TABLE, iter(given), format, "r1"))
    assert len([piece for piece in pieces if piece]) >= 3
    content = b"".join(pieces)
    assert content == written(format, given)
    if format == "parquet":
        assert pq.read_table(io.BytesIO(content)).column("count").to_pylist() == list(range(40_000))
    else:
        assert content.count(b"row 39999") == 1


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_format_holds_the_same_rows(release: Release, table: Table) -> None:
    given = list(rows(open_release(release).store, table))
    names = [column.name for column in table.columns]
    parquet = pq.read_table(io.BytesIO(b"".join(encoded(table, given, "parquet", "r"))))
    lines = b"".join(encoded(table, given, "jsonl", "r")).splitlines()
    frame = pandas.read_csv(io.BytesIO(b"".join(encoded(table, given, "csv", "r"))))
    assert list(frame.columns) == parquet.schema.names == names
    assert len(frame) == parquet.num_rows == len(lines) == len(given)
    for row, line, record in zip(given, lines, parquet.to_pylist(), strict=True):
        read = json.loads(line)
        for name, cell in zip(names, row, strict=True):
            held = read[name]
            assert held == (cell.isoformat() if isinstance(cell, datetime.date) else cell)
            assert record[name] == cell
    assert not pa.types.is_null(parquet.schema.field(0).type)


def test_pandas_filters_the_incidents_by_their_types(release: Release) -> None:
    content = b"".join(
        encoded(table_named("incidents"), rows(open_release(release).store, table_named("incidents")), "parquet", "r")
    )
    frame = pandas.read_parquet(io.BytesIO(content))
    found = frame[frame["incident_type"] == "maritime-crossing"]
    assert datetime.date(2021, 5, 5) in found["date_earliest"].tolist()
    assert 0 < len(found) < len(frame)

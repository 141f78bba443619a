"""What is written is read back by pyarrow and held against the JSON that the engine writes of the same answer."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import (
    BaseDirection,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    Store,
    parse_query_results,
)

from kg.answer_output import AnswerOutput
from kg.columnar.write import write_columns
from kg.formats import TableFormat, UnwritableError, by_name
from kg.query_text import RefusedError
from tests.support.columns import Term, read_columns, terms_of

XSD = "http://www.w3.org/2001/XMLSchema#"
#: The formats that answers are written in.
COLUMNAR = (TableFormat.PARQUET, TableFormat.ARROW)


def asked(query: str) -> QuerySolutions | QueryBoolean:
    found = Store().query(query)
    assert isinstance(found, QuerySolutions | QueryBoolean)
    return found


def written(
    query: str,
    format: TableFormat,
    rows: int | None = None,
    length: int | None = None,
    declared: Mapping[str, str] | None = None,
) -> bytes:
    out: list[bytes] = []
    output = AnswerOutput(by_name(format.value, "results"), out.append, rows, length)
    write_columns(asked(query), format, output, declared or {})
    return b"".join(out)


def values(*columns: Sequence[Term | None]) -> str:
    """A query whose answer is some columns: ?c0, ?c1, ..."""
    names = " ".join(f"?c{at}" for at in range(len(columns)))
    rows = (" ".join("UNDEF" if term is None else str(term) for term in row) for row in zip(*columns, strict=True))
    return f"SELECT * {{ VALUES ({names}) {{ {' '.join(f'({row})' for row in rows)} }} }}"


def column(*terms: Term | None, declared: str | None = None) -> tuple[pa.Table, dict[str, str]]:
    """The table of one variable, ?c0, and the metadata of its field."""
    columns = {} if declared is None else {"c0": declared}
    table = read_columns(written(values(terms), TableFormat.PARQUET, declared=columns))
    metadata = {key.decode(): value.decode() for key, value in table.schema.field("c0").metadata.items()}
    assert metadata.pop("sparql.variable") == "c0"
    return table, metadata


def of(datatype: str, text: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + datatype))


@pytest.mark.parametrize(
    ("terms", "type", "read"),
    [
        ([of("integer", "5"), None, of("integer", "-7")], pa.int64(), [5, None, -7]),
        ([of("decimal", "2.5"), of("decimal", "-10.125")], pa.decimal128(38, 3), [Decimal("2.5"), Decimal("-10.125")]),
        ([of("double", "1.5e3"), of("double", "-INF")], pa.float64(), [1500.0, float("-inf")]),
        ([of("float", "0.5")], pa.float32(), [0.5]),
        ([of("boolean", "true"), of("boolean", "0")], pa.bool_(), [True, False]),
        ([of("date", "2001-02-28")], pa.date32(), [datetime.date(2001, 2, 28)]),
        ([of("dateTime", "2001-02-28T10:00:00")], pa.timestamp("us"), [datetime.datetime(2001, 2, 28, 10)]),
        (
            [of("dateTime", "2001-02-28T10:00:00.5Z")],
            pa.timestamp("us", tz="UTC"),
            [datetime.datetime(2001, 2, 28, 10, 0, 0, 500_000, datetime.UTC)],
        ),
        (
            [of("dateTime", "2001-02-28T10:00:00+09:00")],
            pa.timestamp("us", tz="+09:00"),
            [datetime.datetime(2001, 2, 28, 1, tzinfo=datetime.UTC)],
        ),
    ],
)
def test_a_column_of_one_known_datatype_has_its_type(
    terms: list[Term | None], type: pa.DataType, read: list[object]
) -> None:
    table, metadata = column(*terms)
    assert table.schema.names == ["c0"]
    assert table.schema.field("c0").type == type
    assert table.column("c0").to_pylist() == read
    datatype = next(term for term in terms if isinstance(term, Literal)).datatype.value
    assert metadata == {"sparql.type": "literal", "sparql.datatype": datatype}


@pytest.mark.parametrize(
    ("datatype", "texts"),
    [
        ("integer", ["1", "many"]),
        ("integer", ["1", "99999999999999999999"]),
        ("decimal", ["1.5", "about 2"]),
        ("boolean", ["true", "yes"]),
        ("date", ["2001-02-28", "2001-02-30"]),
        ("date", ["2001-02-28", "2001-02-28Z"]),
        ("date", ["2001-02-28", "-0044-03-15"]),
        ("date", ["0000-01-01"]),
        ("dateTime", ["2001-02-28T10:00:00", "2001-02-28T10:00:00Z"]),
        ("dateTime", ["2001-02-28T10:00:00+09:00", "2001-02-28T10:00:00+08:00"]),
        ("dateTime", ["2001-02-28T10:00:00.123456789Z"]),
        ("gYear", ["2001"]),
        ("double", ["0x10", "1.0"]),
    ],
)
def test_what_a_type_cannot_hold_leaves_the_whole_column_text(datatype: str, texts: list[str]) -> None:
    table, metadata = column(*(of(datatype, text) for text in texts))
    assert table.schema.types == [pa.string()]
    assert metadata == {"sparql.type": "literal", "sparql.datatype": XSD + datatype}
    assert set(texts) & set(table.column("c0").to_pylist())
    assert len(table) == len(texts)


@pytest.mark.parametrize(
    ("terms", "type", "datatype", "read"),
    [
        ([("integer", "5"), ("decimal", "88.5")], pa.decimal128(38, 1), "decimal", [Decimal(5), Decimal("88.5")]),
        ([("integer", "5"), ("byte", "-7"), ("unsignedLong", "9")], pa.int64(), "integer", [5, -7, 9]),
        ([("int", "5"), ("decimal", "0.25"), ("double", "1e3")], pa.float64(), "double", [5.0, 0.25, 1000.0]),
        ([("float", "0.5"), ("double", "INF")], pa.float64(), "double", [0.5, float("inf")]),
        # A double could not hold this integer.
        ([("integer", str(10**36)), ("decimal", "0.5")], pa.decimal128(38, 1), "decimal", None),
    ],
)
def test_numbers_of_several_datatypes_are_one_column_of_numbers(
    terms: list[tuple[str, str]], type: pa.DataType, datatype: str, read: list[object] | None
) -> None:
    table, metadata = column(*(of(*term) for term in terms), None)
    assert table.schema.names == ["c0"]
    assert table.schema.field("c0").type == type
    assert table.column("c0").to_pylist() == [*(read or [Decimal(text) for _name, text in terms]), None]
    assert metadata == {"sparql.type": "literal", "sparql.datatype": XSD + datatype}


@pytest.mark.parametrize(
    "terms",
    [
        [("integer", "5"), ("decimal", "many")],
        [("integer", str(10**38)), ("decimal", "0.5")],
        [("integer", str(2**60 + 1)), ("double", "1.5")],
        [("decimal", "0.1234567890123456"), ("double", "1.5")],
        [("integer", "5"), ("boolean", "true")],
        [("integer", "2001"), ("gYear", "2001")],
    ],
)
def test_numbers_that_no_one_type_holds_stay_text_with_their_datatypes(terms: list[tuple[str, str]]) -> None:
    table, metadata = column(*(of(*term) for term in terms))
    assert metadata == {"sparql.type": "mixed"}
    assert table.column("c0").to_pylist()[0] == terms[0][1]
    assert table.column("c0_datatype").to_pylist() == [XSD + name for name, _text in terms]


@pytest.mark.parametrize(
    ("declared", "type"),
    [
        ("integer", pa.int64()),
        ("decimal", pa.float64()),
        ("boolean", pa.bool_()),
        ("date", pa.date32()),
        ("iri", pa.string()),
        ("text", pa.string()),
        ("any", pa.string()),
    ],
)
def test_a_declared_column_has_its_type_without_a_value_too(declared: str, type: pa.DataType) -> None:
    beside = ["c0_datatype"] * (declared == "any")
    for terms in ([], [None]):
        table = read_columns(written(values(terms, terms), TableFormat.ARROW, declared={"c0": declared}))
        assert table.schema.names == ["c0", *beside, "c1"]
        assert (table.schema.field("c0").type, table.schema.field("c1").type) == (type, pa.string())
        assert table.column("c0").to_pylist() == terms


@pytest.mark.parametrize(
    ("declared", "terms", "type"),
    [
        ("decimal", [("integer", "5")], pa.float64()),
        ("decimal", [("integer", "5"), ("decimal", "88.5")], pa.float64()),
        ("decimal", [("double", "1e3"), ("decimal", "88.5")], pa.float64()),
        ("decimal", [("decimal", "0.1234567890123456")], pa.decimal128(38, 16)),
        ("decimal", [("decimal", "many")], pa.string()),
        ("integer", [("decimal", "1.5")], pa.decimal128(38, 1)),
        ("date", [("date", "2001-02-28")], pa.date32()),
        ("date", [("date", "-0044-03-15")], pa.string()),
        ("text", [("integer", "5")], pa.string()),
        ("any", [("integer", "5")], pa.string()),
    ],
)
def test_a_declared_column_loses_no_value_that_does_not_fit(
    declared: str, terms: list[tuple[str, str]], type: pa.DataType
) -> None:
    table, _metadata = column(*(of(*term) for term in terms), declared=declared)
    assert table.schema.field("c0").type == type
    assert [_compared(term["c0"]) for term in terms_of(table)] == [_compared(of(*term)) for term in terms]


def test_mixed_terms_are_text_with_what_they_are_beside_it() -> None:
    table, metadata = column(NamedNode("a:b"), of("integer", "5"), Literal("5"), None, Literal("c'est", language="fr"))
    assert metadata == {"sparql.type": "mixed"}
    assert table.schema.names == ["c0", "c0_datatype", "c0_language"]
    assert table.column("c0").to_pylist() == ["a:b", "5", "5", None, "c'est"]
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    assert table.column("c0_datatype").to_pylist() == [
        "uri",
        f"{XSD}integer",
        f"{XSD}string",
        None,
        f"{rdf}langString",
    ]
    assert table.column("c0_language").to_pylist() == [None, None, None, None, "fr"]


def test_one_language_stands_in_the_metadata_and_several_in_a_column() -> None:
    table, metadata = column(Literal("a", language="en"), Literal("b", language="en"))
    assert (table.schema.names, metadata["sparql.language"]) == (["c0"], "en")
    table, metadata = column(Literal("a", language="en"), Literal("b", language="ko"))
    assert table.schema.names == ["c0", "c0_language"]
    assert (metadata["sparql.type"], "sparql.language" in metadata) == ("literal", False)


def test_a_companion_takes_no_name_that_a_variable_has() -> None:
    query = "SELECT ?x ?x_datatype { VALUES (?x ?x_datatype) { (1 2) (<a:b> 3) } }"
    table = read_columns(written(query, TableFormat.ARROW))
    assert table.schema.names == ["x", "x_datatype_", "x_datatype"]
    assert table.column("x_datatype").to_pylist() == [2, 3]
    assert terms_of(table)[1] == {"x": NamedNode("a:b"), "x_datatype": of("integer", "3")}


@pytest.mark.parametrize("format", COLUMNAR)
def test_no_rows_are_a_whole_file_with_the_names_of_the_columns(format: TableFormat) -> None:
    table = read_columns(written("SELECT ?b ?a { VALUES (?a ?b) {} }", format))
    assert (table.schema.names, table.num_rows) == (["b", "a"], 0)
    assert table.schema.types == [pa.string(), pa.string()]
    assert [field.metadata for field in table.schema] == [{b"sparql.variable": b"b"}, {b"sparql.variable": b"a"}]


@pytest.mark.parametrize("format", COLUMNAR)
def test_a_truth_is_one_row(format: TableFormat) -> None:
    for query, truth in (("ASK {}", True), ("ASK { <a:b> <a:b> 1 }", False)):
        assert read_columns(written(query, format)).to_pylist() == [{"answer": truth}]


def test_rows_without_columns_are_refused() -> None:
    with pytest.raises(UnwritableError, match="rows but no columns"):
        written("SELECT * {}", TableFormat.PARQUET)


@pytest.mark.parametrize("format", COLUMNAR)
def test_what_is_too_much_is_refused_before_a_byte_is_written(format: TableFormat) -> None:
    query = values([of("integer", str(n)) for n in range(50)])
    assert read_columns(written(query, format, rows=50, length=100_000)).num_rows == 50
    out: list[bytes] = []
    for limits, refusal in (((49, None), "rows"), ((None, 200), "bytes")):
        with pytest.raises(RefusedError) as caught:
            write_columns(asked(query), format, AnswerOutput(by_name(format.value, "results"), out.append, *limits))
        assert caught.value.refusal == refusal
    assert out == []


def test_the_length_of_what_is_written_is_limited_too() -> None:
    # A file of one number is longer than its text by far.
    with pytest.raises(RefusedError, match="longer than 300 bytes"):
        written("SELECT (1 AS ?x) {}", TableFormat.PARQUET, length=300)


def test_many_rows_come_in_groups_and_in_order() -> None:
    # Four factors of 17 make more rows than are gathered, and more than are written, at a time.
    digits = " ".join(map(str, range(17)))
    factors = " ".join(f"VALUES ?{name} {{ {digits} }}" for name in "abcd")
    query = f"SELECT (?a * 4913 + ?b * 289 + ?c * 17 + ?d AS ?n) {{ {factors} }} ORDER BY ?n"
    table = read_columns(written(query, TableFormat.ARROW))
    assert table.column("n").to_pylist() == list(range(17**4))
    assert len(table.to_batches()) > 1


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
DATES = st.dates(datetime.date(1, 1, 1)).map(lambda day: of("date", day.isoformat()))
TIMES = st.datetimes(timezones=st.none() | st.just(datetime.UTC)).map(lambda at: of("dateTime", at.isoformat()))
TERMS: dict[str, st.SearchStrategy[Term]] = {
    "iri": st.integers(0, 99).map(lambda n: NamedNode(f"http://a.example/{n}")),
    "string": TEXT.map(Literal),
    "language": st.tuples(TEXT, st.sampled_from(["en", "ko", "en-gb"])).map(lambda of: Literal(of[0], language=of[1])),
    "direction": TEXT.map(lambda text: Literal(text, language="ar", direction=BaseDirection.RTL)),
    "integer": st.integers(-(2**70), 2**70).map(lambda n: of("integer", str(n))),
    "decimal": st.decimals(allow_nan=False, allow_infinity=False, places=4).map(lambda n: of("decimal", f"{n:f}")),
    "double": st.floats().map(lambda n: Literal(n)),
    "boolean": st.booleans().map(Literal),
    "date": DATES,
    "dateTime": TIMES,
    "ill-typed": st.sampled_from(["integer", "decimal", "double", "boolean", "date", "dateTime"]).flatmap(
        lambda datatype: TEXT.map(lambda text: of(datatype, text))
    ),
    "unknown": TEXT.map(lambda text: Literal(text, datatype=NamedNode("http://a.example/type"))),
}


@st.composite
def _columns(draw: st.DrawFn) -> list[list[Term | None]]:
    rows = draw(st.integers(0, 6))
    kinds = draw(st.lists(st.lists(st.sampled_from(sorted(TERMS)), min_size=1, max_size=2), min_size=1, max_size=3))
    return [
        draw(st.lists(st.none() | st.one_of(*(TERMS[kind] for kind in some)), min_size=rows, max_size=rows))
        for some in kinds
    ]


def _compared(term: Term) -> object:
    """A term as its value where the way that it is written does not count, else as it is.

    Numbers of several datatypes may be one column, so a number is its value, and its datatype does not count.
    """
    name = term.datatype.value.removeprefix(XSD) if isinstance(term, Literal) else ""
    try:
        if name in ("double", "float", "decimal", "integer"):
            number = Decimal(term.value.replace("INF", "Infinity"))
            return (
                "NaN" if number.is_nan() else number if name in ("decimal", "integer") else Decimal(repr(float(number)))
            )
    except InvalidOperation:  # ill-typed
        return term
    # The engine writes times in one way of its own, if they are well-formed: so it is asked for its own.
    found = asked(values([term]))
    assert isinstance(found, QuerySolutions)
    return next(found)[0]


@pytest.mark.parametrize("format", COLUMNAR)
@given(columns=_columns())
@example(columns=[[of("dateTime", "2001-01-01T00:00:00+09:00"), of("dateTime", "2001-01-01T00:00:00+09:30")]])
@example(columns=[[of("integer", " 1"), of("boolean", "1")]])
def test_nothing_that_the_json_of_an_answer_says_is_lost(format: TableFormat, columns: list[list[Term | None]]) -> None:
    query = values(*columns)
    found = asked(query)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    json = parse_query_results(found.serialize(format=QueryResultsFormat.JSON) or b"", QueryResultsFormat.JSON)
    assert isinstance(json, QuerySolutions)
    expected = [
        {name: _compared(term) for name, term in zip(names, row, strict=True) if term is not None} for row in json
    ]
    table = read_columns(written(query, format))
    read = [{name: _compared(term) for name, term in row.items()} for row in terms_of(table)]
    assert read == expected

"""Rows are counted in the bytes that the engine writes; the counts are compared with the rows that there are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Store, Triple

from kg.answer_output import AnswerOutput
from kg.formats import Format, UnwritableError, by_name, formats_for
from kg.query_text import RefusedError
from kg.querying import write_triples

#: The rows of binary formats are counted by who writes them: tests/columnar.
RESULTS = [format for format in formats_for("results") if not format.binary]
#: Pieces of each format's own syntax, which a literal may hold as well.
PIECES = st.sampled_from(
    [
        '},{"',
        "},{",
        "{}",
        ",{}",
        "[{}",
        "[{",
        '[{"',
        '"',
        '""',
        "\\",
        '\\"',
        "\\\\",
        "<result>",
        "</result>",
        "\n",
        "\r\n",
        "\r",
        "\t",
        ",",
        "<",
        "&lt;",
        "'",
        "]]>",
        "é",
        "\U0001f600",
        "x",
        ": ",
        "]}}",
    ]
)
TEXT = st.lists(PIECES, max_size=8).map("".join)
ROWS = st.lists(st.lists(st.none() | TEXT, min_size=2, max_size=2), max_size=12)


def literal(text: str) -> str:
    return str(Literal(text))


def solutions(rows: Sequence[Sequence[str | None]]) -> QuerySolutions:
    """What the engine gives for rows of two columns; the last column is a number, so that no row is like another."""
    lines = "\n".join(f"({' '.join('UNDEF' if text is None else literal(text) for text in row)})" for row in rows)
    found = Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {lines} }} }}")
    assert isinstance(found, QuerySolutions)
    return found


def written(format: Format, rows: Sequence[Sequence[str | None]], size: int) -> AnswerOutput:
    """Write the rows, handed on in chunks of a size, as the engine may cut them anywhere."""
    assert isinstance(format.engine, QueryResultsFormat)
    content = solutions(rows).serialize(format=format.engine)
    assert content is not None
    out: list[bytes] = []
    output = AnswerOutput(format, out.append)
    for start in range(0, len(content), size):
        output.write(content[start : start + size])
    assert b"".join(out) == (content.replace(b"\r", b"&#13;") if format.is_xml else content)
    assert output.bytes == len(content)
    return output


@pytest.mark.parametrize("format", RESULTS, ids=lambda format: format.name)
@given(rows=ROWS, size=st.integers(1, 40))
@example(rows=[], size=1)
@example(rows=[[None, None]] * 3, size=1)
@example(rows=[['"', '\\"},{"'], [None, ",{}"]], size=3)
def test_as_many_rows_are_counted_as_there_are(format: Format, rows: list[list[str | None]], size: int) -> None:
    assert written(format, rows, size).rows == len(rows)


@pytest.mark.parametrize("format", RESULTS, ids=lambda format: format.name)
def test_the_row_that_is_one_too_many_ends_the_answer(format: Format) -> None:
    assert isinstance(format.engine, QueryResultsFormat)
    out: list[bytes] = []
    rows = [["a", "b"]] * 7
    output = AnswerOutput(format, out.append, max_rows=7)
    solutions(rows).serialize(output=output.stream, format=format.engine)
    assert output.rows == 7
    with pytest.raises(RefusedError, match="more than 6 rows") as caught:
        solutions(rows).serialize(output=AnswerOutput(format, out.append, max_rows=6).stream, format=format.engine)
    assert caught.value.refusal == "rows"


@pytest.mark.parametrize("format", RESULTS, ids=lambda format: format.name)
def test_the_byte_that_is_one_too_many_ends_the_answer(format: Format) -> None:
    assert isinstance(format.engine, QueryResultsFormat)
    rows = [["a" * 50, "b" * 50]] * 50
    length = written(format, rows, 1000).bytes
    out: list[bytes] = []
    output = AnswerOutput(format, out.append, max_bytes=length - 1)
    with pytest.raises(RefusedError, match=f"longer than {length - 1} bytes") as caught:
        solutions(rows).serialize(output=output.stream, format=format.engine)
    assert caught.value.refusal == "bytes"
    assert sum(map(len, out)) < length


@pytest.mark.parametrize("format", formats_for("graph"), ids=lambda format: format.name)
def test_triples_are_counted_in_every_format(format: Format) -> None:
    triples = [Triple(NamedNode("a:s"), NamedNode(f"a:p{n}"), Literal("x\n},{")) for n in range(5)]
    output = AnswerOutput(format, lambda chunk: None, max_rows=5)
    write_triples(triples, format, output)
    assert output.rows == 5
    with pytest.raises(RefusedError, match="more than 4 rows"):
        write_triples(triples, format, AnswerOutput(format, lambda chunk: None, max_rows=4))


@pytest.mark.parametrize("mark", ["\x00", "\x08", "\x0b", "\x1f", "\ufffe", "\uffff"])
@pytest.mark.parametrize("size", [1, 2, 5, 10_000])
def test_what_xml_cannot_carry_is_found_wherever_a_chunk_ends(mark: str, size: int) -> None:
    with pytest.raises(UnwritableError, match="control character"):
        written(by_name("xml", "results"), [["a", f"b{mark}c"]], size)
    assert written(by_name("json", "results"), [["a", f"b{mark}c"]], size).rows == 1

"""Terms as typed values of JSON."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from kg.namespaces import expand
from kg.questions import Column, Question
from kg.questions.parameters import COLUMN_KINDS
from server.page_queries import Term
from server.questions.answer import CELL_SCHEMA, COLUMN_SCHEMAS, as_json, cell_of

_EVERY = Question(
    "every", "Every kind", "Told.", ("test",), "table", (), tuple(Column(k, k, k) for k in COLUMN_KINDS), ""
)


def _typed(text: str, kind: str) -> Literal:
    return Literal(text, datatype=NamedNode(expand(f"xsd:{kind}")))


_TERMS = st.one_of(
    st.none(),
    st.integers().map(lambda number: _typed(str(number), "integer")),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(lambda n: _typed(format(n, "f"), "decimal")),
    st.sampled_from(("true", "false", "1", "yes")).map(lambda text: _typed(text, "boolean")),
    st.text(st.characters(codec="utf-8"), max_size=20).map(Literal),
    st.text(st.characters(codec="utf-8"), max_size=20).map(lambda text: Literal(text, language="ko")),
    st.text(st.characters(codec="utf-8"), max_size=9).map(lambda text: _typed(text, "integer")),
    st.just(NamedNode("https://example.org/a")),
    st.just(BlankNode("b")),
)
_ROWS = st.lists(st.lists(_TERMS, min_size=len(COLUMN_KINDS), max_size=len(COLUMN_KINDS)), max_size=4)


@pytest.mark.parametrize(
    ("kind", "term", "value"),
    [
        ("integer", _typed("-007", "integer"), -7),
        ("integer", _typed("90071992547409930", "integer"), 90071992547409930),
        ("decimal", _typed("34.50", "decimal"), Decimal("34.50")),
        ("decimal", Literal(3), Decimal(3)),
        ("boolean", Literal(False), False),
        ("date", _typed("2025-07-03", "date"), "2025-07-03"),
        ("text", Literal("동부", language="ko"), "동부"),
        ("iri", NamedNode("urn:a"), "urn:a"),
        ("any", NamedNode("urn:a"), {"value": "urn:a", "type": "iri"}),
        ("any", Literal("동부", language="ko"), {"value": "동부", "type": expand("rdf:langString"), "lang": "ko"}),
        ("any", Literal(3), {"value": "3", "type": expand("xsd:integer")}),
    ],
)
def test_a_cell_has_the_type_of_its_column(kind: str, term: Term, value: object) -> None:
    assert cell_of(kind, term) == value
    assert type(cell_of(kind, term)) is type(value)


@pytest.mark.parametrize(
    ("kind", "term"),
    [
        ("integer", Literal("many")),
        ("integer", _typed("1.5", "decimal")),
        ("decimal", _typed("NaN", "double")),
        ("decimal", NamedNode("urn:1")),
        ("boolean", Literal("perhaps")),
        ("iri", Literal("urn:a")),
    ],
)
def test_what_is_of_another_type_is_told_apart(kind: str, term: NamedNode | Literal) -> None:
    with pytest.raises(ValueError, match=term.value):
        cell_of(kind, term)
    question = Question("one", "One", "Told.", ("test",), "table", (), (Column("c", "c", kind),), "")
    told = json.loads(as_json(question, [[term]], {}))
    assert told["rows"] == [{"c": None}]
    assert told["misfits"] == [{"row": 0, "column": "c", **cell_of("any", term)}]


@given(_ROWS)
def test_json_keeps_to_its_schema_and_loses_nothing(rows: list[list[Term | None]]) -> None:
    told: dict[str, Any] = json.loads(as_json(_EVERY, rows, {"question": "every"}), parse_float=Decimal)
    assert (told["question"], len(told["rows"])) == ("every", len(rows))
    schemas = {**COLUMN_SCHEMAS, "any": {"anyOf": [CELL_SCHEMA, {"type": "null"}]}}
    misfits = {(misfit["row"], misfit["column"]) for misfit in told["misfits"]}
    for number, (row, cells) in enumerate(zip(rows, told["rows"], strict=True)):
        for kind, term in zip(COLUMN_KINDS, row, strict=True):
            cell = cells[kind]
            jsonschema.validate(float(cell) if isinstance(cell, Decimal) else cell, schemas[kind])
            assert (cell is None) == (term is None or (number, kind) in misfits)
            if term is not None and (number, kind) not in misfits:
                assert cell == cell_of(kind, term)

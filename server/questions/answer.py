"""The answer to a question as typed values: numbers, truth values and texts of JSON, as its columns declare them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import msgspec
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results

from kg.namespaces import expand
from kg.questions import Question
from server.page_queries import Term

__all__ = ["CELL_SCHEMA", "COLUMN_SCHEMAS", "Rows", "as_json", "cell_of", "rows_of"]

#: Rows of terms, in the order of the question's columns.
Rows = list[list[Term | None]]

_STRING = {"type": "string"}
#: The JSON Schema of a cell that may be anything: the value as text and what it is.
CELL_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["value", "type"],
    "properties": {
        "value": {**_STRING, "description": "an IRI, or the lexical form of a literal"},
        "type": {**_STRING, "description": "iri, or the IRI of the datatype"},
        "lang": {**_STRING, "description": "the language of a text, where it has one"},
    },
}
#: The JSON Schemas of cells by the type of their column; a cell that is not bound is null.
COLUMN_SCHEMAS: dict[str, dict[str, Any]] = {
    "iri": {"type": ["string", "null"], "format": "iri"},
    "text": {"type": ["string", "null"]},
    "integer": {"type": ["integer", "null"]},
    "decimal": {"type": ["number", "null"]},
    "boolean": {"type": ["boolean", "null"]},
    "date": {"type": ["string", "null"]},
    "any": {"anyOf": [{"$ref": "#/components/schemas/QuestionCell"}, {"type": "null"}]},
}
#: A decimal leaves as the number that its digits say, and not as the nearest binary one.
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_LANG = expand("rdf:langString")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_TRUTH = {"true": True, "1": True, "false": False, "0": False}


def rows_of(question: Question, answer: bytes) -> Rows:
    """The rows of an answer in SPARQL 1.1 Query Results JSON."""
    found = parse_query_results(answer, format=QueryResultsFormat.JSON)
    assert isinstance(found, QuerySolutions)
    names = [column.name for column in question.columns]
    return [[row[name] for name in names] for row in found]


def as_json(question: Question, rows: Rows, head: Mapping[str, Any]) -> bytes:
    """The rows as a JSON document.

    Args:
        question: The question.
        rows: Its answer.
        head: The members that stand before columns and rows.
    """
    misfits: list[dict[str, Any]] = []
    written: list[dict[str, Any]] = []
    for number, row in enumerate(rows):
        cells: dict[str, Any] = {}
        for column, term in zip(question.columns, row, strict=True):
            try:
                cells[column.name] = cell_of(column.kind, term)
            except ValueError:
                # A number that is none would break every program that counts on the type of its column.
                cells[column.name] = None
                misfits.append({"row": number, "column": column.name, **_anything(term)})
        written.append(cells)
    columns = [{"name": column.name, "type": column.kind, "meaning": column.meaning} for column in question.columns]
    return _ENCODER.encode({**head, "columns": columns, "rows": written, "misfits": misfits})


def cell_of(kind: str, term: Term | None) -> Any:
    """A cell of a column as JSON has it; a decimal is a `Decimal`.

    Args:
        kind: The type of the column, one of `kg.questions.parameters.COLUMN_KINDS`.
        term: What stands there.

    Raises:
        ValueError: It is not of that type.

    >>> from pyoxigraph import Literal
    >>> cell_of("integer", Literal(3)), cell_of("text", Literal("a", language="en")), cell_of("date", None)
    (3, 'a', None)
    """
    return None if term is None else _READERS[kind](term)


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _integer(term: Term) -> int:
    text = _text(term)
    if not isinstance(term, Literal) or _INTEGER.fullmatch(text) is None or len(text) > 1_000:
        raise ValueError(text)
    return int(text)


def _decimal(term: Term) -> Decimal:
    text = _text(term)
    if not isinstance(term, Literal) or _DECIMAL.fullmatch(text) is None:
        raise ValueError(text)
    return Decimal(text)


def _boolean(term: Term) -> bool:
    if not isinstance(term, Literal) or term.value not in _TRUTH:
        raise ValueError(_text(term))
    return _TRUTH[term.value]


def _iri(term: Term) -> str:
    if not isinstance(term, NamedNode):
        raise ValueError(_text(term))
    return term.value


def _anything(term: Term | None) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"value": _text(term), "type": "iri" if isinstance(term, NamedNode) else "term"}
    told = {"value": term.value, "type": term.datatype.value}
    return {**told, "type": _LANG, "lang": term.language} if term.language else told


_READERS: dict[str, Callable[[Term], Any]] = {
    "iri": _iri,
    "text": _text,
    "integer": _integer,
    "decimal": _decimal,
    "boolean": _boolean,
    "date": _text,
    "any": _anything,
}

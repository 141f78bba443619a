"""What the protocol tests read of an answer."""

from __future__ import annotations

from typing import Any

import httpx
from pyoxigraph import Literal, QueryBoolean, QueryResultsFormat, RdfFormat, parse, parse_query_results

from kg.formats import FORMATS
from tests.support.columns import read_columns, terms_of

__all__ = ["boolean_of", "format_of", "problem_of", "rows_of", "triples_of"]

#: The formats that pyarrow reads.
COLUMNAR = ("parquet", "arrow")


def format_of(answer: httpx.Response) -> str:
    """The name of the format that the Content-Type header states."""
    found = [format.name for format in FORMATS if format.content_type == answer.headers["content-type"]]
    assert len(found) == 1, answer.headers["content-type"]
    return found[0]


def _results_format(answer: httpx.Response) -> QueryResultsFormat:
    found = QueryResultsFormat.from_media_type(answer.headers["content-type"])
    assert found is not None, answer.headers["content-type"]
    return found


def boolean_of(answer: httpx.Response) -> bool:
    """The answer of an ASK, read by its Content-Type."""
    if format_of(answer) in COLUMNAR:
        (row,) = read_columns(answer.content).to_pylist()
        return bool(row["answer"])
    found = parse_query_results(answer.content, _results_format(answer))
    assert isinstance(found, QueryBoolean), answer.text
    return bool(found)


def rows_of(answer: httpx.Response) -> list[dict[str, str]]:
    """The solutions of a SELECT by variable: IRIs and blank nodes as in N-Triples, literals as their text."""
    if format_of(answer) in COLUMNAR:
        return [
            {name: term.value if isinstance(term, Literal) else str(term) for name, term in row.items()}
            for row in terms_of(read_columns(answer.content))
        ]
    found = parse_query_results(answer.content, _results_format(answer))
    assert not isinstance(found, QueryBoolean), answer.text
    names = [variable.value for variable in found.variables]
    return [
        {
            name: term.value if isinstance(term, Literal) else str(term)
            for name, term in zip(names, row, strict=True)
            if term is not None
        }
        for row in found
    ]


def triples_of(answer: httpx.Response) -> list[str]:
    """The lines of an answer in RDF as N-Triples, in order."""
    found = RdfFormat.from_media_type(answer.headers["content-type"])
    assert found is not None, answer.headers["content-type"]
    return sorted(f"{quad.triple} ." for quad in parse(answer.content, format=found))


def problem_of(answer: httpx.Response, status: int, name: str) -> dict[str, Any]:
    """The problem that an answer is, as RFC 9457 has it."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    document: dict[str, Any] = answer.json()
    assert document["type"] == f"https://w3id.org/crossings/problem/{name}"
    assert document["status"] == status
    assert document["title"]
    assert document["detail"]
    return document

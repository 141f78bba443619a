"""Answers in columns from a real server, under the limits that its workers have."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import httpx
import pandas
import pytest

from tests.server.asking import limited
from tests.server.serving import client_of
from tests.support.columns import read_columns, terms_of

#: Four factors of 16: 65,536 rows of numbers.
DIGITS = " ".join(map(str, range(16)))
FACTORS = " ".join(f"VALUES ?{name} {{ {DIGITS} }}" for name in "abcd")
MANY = f"SELECT (?a * 4096 + ?b * 256 + ?c * 16 + ?d AS ?n) (STR(?n) AS ?text) {{ {FACTORS} }}"
PARQUET, ARROW = "application/vnd.apache.parquet", "application/vnd.apache.arrow.stream"


@pytest.fixture(scope="module", params=["600 MB", "2 GB"])
def http(
    request: pytest.FixtureRequest, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    """A client of a server whose workers have the least memory that may be given, and of one with the default."""
    options = limited(f"memory={request.param}", "rows=65536", "bytes=5MB", "time=60s", "client-seconds=600")
    with client_of(home, tmp_path_factory.mktemp("columns") / "errors", *options) as client:
        yield client


@pytest.mark.parametrize("media_type", [PARQUET, ARROW])
@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
def test_many_rows_fit_into_a_worker_and_are_read_by_pandas(http: httpx.Client, media_type: str, coding: str) -> None:
    answer = http.get("/sparql", params={"query": MANY}, headers={"Accept": media_type, "Accept-Encoding": coding})
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type), answer.text[:300]
    assert answer.headers["vary"] == "Accept, Accept-Encoding"
    if media_type == PARQUET:
        frame = pandas.read_parquet(io.BytesIO(answer.content))
    else:
        frame = read_columns(answer.content).to_pandas()
    assert sorted(frame["n"]) == list(range(16**4))
    assert str(frame["n"].dtype) == "int64"


@pytest.mark.parametrize("format", ["parquet", "arrow"])
def test_the_terms_are_those_of_the_json(http: httpx.Client, format: str) -> None:
    query = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"
    rows = http.get("/sparql", params={"query": query, "format": "json"}).json()["results"]["bindings"]
    read = terms_of(read_columns(http.get("/sparql", params={"query": query, "format": format}).content))
    assert len(rows) == 13
    assert [{name: term.value for name, term in row.items()} for row in read] == [
        {name: term["value"] for name, term in row.items()} for row in rows
    ]


@pytest.mark.parametrize("format", ["parquet", "arrow"])
@pytest.mark.parametrize(
    ("query", "name"),
    [
        (MANY.replace("VALUES ?d {", "VALUES ?d { 99"), "answer-too-large"),
        (f'SELECT (CONCAT("{"x" * 600}", STR(?n)) AS ?long) {{ {{ {MANY} }} }}', "answer-too-large"),
        ("SELECT * {}", "unwritable"),
    ],
)
def test_what_cannot_be_sent_is_a_problem_and_no_half_file(
    http: httpx.Client, query: str, name: str, format: str
) -> None:
    answer = http.get("/sparql", params={"query": query, "format": format})
    assert answer.status_code in (400, 413, 422), answer.status_code
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"].endswith(f"/{name}")


def test_an_empty_answer_is_a_whole_file_with_its_hint(http: httpx.Client) -> None:
    answer = http.get("/sparql", params={"query": "SELECT ?claim { ?claim a cx:Claim }", "format": "parquet"})
    assert "GRAPH ?g" in answer.headers["crossings-hint"]
    frame = pandas.read_parquet(io.BytesIO(answer.content))
    assert (list(frame.columns), len(frame)) == (["claim"], 0)

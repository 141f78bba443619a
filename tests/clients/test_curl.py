"""curl, as the documentation shows it."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.clients.questions import ASK, BROKEN, CONSTRUCT, INCIDENTS, SELECT, WRONG

#: curl's exit codes for a transfer that ended before it was whole.
PARTIAL = {18, 56}


def curl(*arguments: str, code: int = 0) -> bytes:
    program = shutil.which("curl")
    assert program is not None, "the tests need curl: install it"
    done = subprocess.run([program, "-sS", *arguments], capture_output=True, timeout=120, check=False)
    assert done.returncode == code, (done.returncode, done.stderr)
    return done.stdout


@pytest.mark.parametrize(
    "way",
    [
        ["-G", "--data-urlencode", f"query={SELECT}"],
        ["--data-urlencode", f"query={SELECT}"],
        ["-H", "Content-Type: application/sparql-query", "--data-binary", SELECT],
        ["-X", "QUERY", "-H", "Content-Type: application/sparql-query", "--data-binary", SELECT],
        ["--http1.0", "-G", "--data-urlencode", f"query={SELECT}"],
        ["-H", "Expect: 100-continue", "--data-urlencode", f"query={SELECT}"],
        ["--compressed", "--data-urlencode", f"query={SELECT}"],
    ],
    ids=["get", "form", "direct", "query", "http 1.0", "expect", "compressed"],
)
def test_every_way_to_ask(endpoint: str, way: list[str]) -> None:
    found = json.loads(curl(*way, endpoint))
    assert [row["i"]["value"] for row in found["results"]["bindings"]] == INCIDENTS


def test_a_query_from_a_file(endpoint: str, tmp_path: Path) -> None:
    file = tmp_path / "query.rq"
    file.write_text(SELECT, "utf-8")
    out = curl("-H", "Accept: text/csv", "--data-urlencode", f"query@{file}", endpoint)
    assert out.startswith(b"i,l,nothing\r\n")


def test_formats_and_codings(endpoint: str) -> None:
    asked = curl("-G", "--data-urlencode", f"query={ASK}", "-d", "format=json", endpoint)
    assert asked == b'{"head":{},"boolean":true}'
    triples = curl("-H", "Accept: application/n-triples", "--data-urlencode", f"query={CONSTRUCT}", endpoint)
    assert triples.count(b" .\n") == 5
    packed = curl("-H", "Accept-Encoding: gzip", "--data-urlencode", "query=SELECT * { ?s ?p ?o }", endpoint)
    assert len(json.loads(gzip.decompress(packed))["results"]["bindings"]) == 21


def test_errors_and_heads(endpoint: str) -> None:
    problem = json.loads(curl("--data-urlencode", f"query={WRONG}", endpoint))
    assert (problem["status"], problem["line"]) == (400, 1)
    curl("--fail", "--data-urlencode", f"query={WRONG}", endpoint, code=22)
    head = curl("-I", "-G", "--data-urlencode", f"query={ASK}", endpoint).decode()
    assert head.startswith("HTTP/1.1 200 ")
    assert "content-length: 26" in head.lower()


@pytest.mark.parametrize("version", ["--http1.1", "--http1.0"])
def test_a_broken_answer_is_an_error(endpoint: str, version: str) -> None:
    program = shutil.which("curl")
    assert program is not None
    command = [program, "-sS", version, "-H", "Accept: text/csv", "--data-urlencode", f"query={BROKEN}", endpoint]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert done.returncode in PARTIAL, done.stderr
    assert done.stdout.startswith(b"id\r\n")

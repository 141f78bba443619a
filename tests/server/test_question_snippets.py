"""The programs that ask a question, in Python, R and with curl, run: each has the rows of the answer."""

from __future__ import annotations

import ast
import csv
import io
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.csv_table import defused
from kg.namespaces import expand, graph_iri
from kg.questions import question
from kg.questions.snippets import lines, snippets
from kg.release import ReleaseContent, publish
from tests.server.serving import environment, serving
from tests.support.asked_articles import asked_of
from tests.support.rscript import COLUMNS, columns_of, rscript

#: What the claims of a release quote; each is asked for as well.
QUOTES = (
    "동부전선으로 귀순",
    'He said "come" & went = 100% sure',
    "it's a\\b \\n $HOME `id` #1",
    "%20 and %ZZ + plus",
    "NA",
    "TRUE",
    "007",
    "=1+1",
    "@sum; a, b | c",
    "é 😀 ~-._!*'()",
)
EVIL = '" } UNION { ?s ?p ?o } #'


@dataclass(frozen=True)
class Place:
    """A server of two releases: the digests, and claims with odd words."""

    url: str
    client: httpx.Client
    told: str
    odd: str


def _odd() -> Iterator[Quad]:
    graph = NamedNode(graph_iri("article/a"))
    for number, words in enumerate((*QUOTES, "over two\nlines")):
        claim, evidence, selector = (f"id:{kind}/{number}" for kind in ("claim", "evidence", "selector"))
        for subject, predicate, value in (
            (claim, "rdf:subject", "id:incident/1"),
            (claim, "rdf:predicate", "cx:name"),
            (claim, "rdf:object", words),
            (claim, "cx:certainty", "certainty:asserted"),
            (claim, "cx:inArticle", "id:article/a"),
            (claim, "cx:evidence", evidence),
            (evidence, "oa:hasSelector", selector),
            (selector, "oa:exact", words),
        ):
            term = Literal(value) if value is words else NamedNode(expand(value))
            yield Quad(NamedNode(expand(subject)), NamedNode(expand(predicate)), term, graph)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("snippets")
    home = asked_of(folder / "home", "nothing")
    told = home.require_current().id
    odd = publish(home, ReleaseContent(quads=list(_odd()))).id
    with (
        serving(home.path, folder / "errors") as running,
        httpx.Client(base_url=running.url, timeout=60) as client,
    ):
        yield Place(running.url, client, told, odd)
    assert running.complaints() == ""


CASES = [
    *(pytest.param("claims-with-words", "odd", {"words": words}, 1, id=f"words-{n}") for n, words in enumerate(QUOTES)),
    pytest.param("claims-with-words", "odd", {"words": "over two"}, 1, id="two-lines"),
    pytest.param("claims-with-words", "odd", {"words": EVIL}, 0, id="injection"),
    pytest.param("claims-with-words", "told", {"words": "nothing has this"}, 0, id="empty"),
    pytest.param("incidents", "told", {"front": "western"}, 1, id="concept"),
    pytest.param("incident", "told", {}, None, id="truth-and-numbers"),
    pytest.param("incidents-near-a-place", "told", {"place": "goseong", "kilometres": "20000"}, None, id="decimals"),
    pytest.param("arrivals-per-year", "told", {}, None, id="statistics"),
    pytest.param("routes", "told", {}, None, id="mixed"),
    pytest.param("soldiers-over-land", "told", {"since": "2025-07-01"}, None, id="date"),
]


def _answer(place: Place, name: str, release: str, given: dict[str, str]) -> dict[str, Any]:
    answer = place.client.get(f"/queries/{name}", params={**given, "release": release, "format": "json"})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert found["misfits"] == []
    return found


def _programs(place: Place, name: str, release: str, given: dict[str, str]) -> dict[str, str]:
    made = snippets(question(name), f"{place.url}/queries/{name}", {**given, "release": release})
    return {snippet.name: snippet.text for snippet in made}


@pytest.mark.parametrize(("name", "which", "given", "count"), CASES)
def test_r_has_the_rows_of_the_answer(
    place: Place, name: str, which: str, given: dict[str, str], count: int | None
) -> None:
    release = getattr(place, which)
    answer = _answer(place, name, release, given)
    assert len(answer["rows"]) == count if count is not None else answer["rows"]
    ran = rscript(_programs(place, name, release, given)["r"] + COLUMNS)
    assert ran.returncode == 0, ran.stderr
    found = columns_of(ran.stdout)
    assert list(found) == [column["name"] for column in answer["columns"]]
    for column in answer["columns"]:
        kind, cells = found[column["name"]]
        expected = [_r_cell(column["type"], row[column["name"]]) for row in answer["rows"]]
        assert kind == {"integer": "numeric", "decimal": "numeric", "boolean": "logical"}.get(
            column["type"], "character"
        )
        if kind == "numeric":
            assert [cell and Decimal(cell) for cell in cells] == [cell and Decimal(cell) for cell in expected]
        else:
            assert cells == expected, column


def _r_cell(kind: str, value: Any) -> str | None:
    """A cell of the JSON answer as R is to have it; a text is one that no spreadsheet runs."""
    if value is None:
        return None
    if kind == "boolean":
        return str(value).upper()
    if kind == "any":
        number = value["type"] in (expand("xsd:integer"), expand("xsd:decimal"))
        return str(value["value"]) if number else defused(value["value"])
    return defused(value) if isinstance(value, str) else str(value)


@pytest.mark.parametrize(("name", "which", "given", "count"), CASES)
def test_python_and_curl_have_the_rows_of_the_answer(
    place: Place, name: str, which: str, given: dict[str, str], count: int | None
) -> None:
    release = getattr(place, which)
    answer = _answer(place, name, release, given)
    programs = _programs(place, name, release, given)
    command = [sys.executable, "-W", "error", "-c", programs["python"]]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment())
    assert ran.returncode == 0, ran.stderr
    assert [ast.literal_eval(line) for line in ran.stdout.splitlines()] == answer["rows"]
    curl = subprocess.run(["sh", "-c", programs["curl"]], capture_output=True, timeout=60, check=False)
    assert curl.returncode == 0, curl.stderr
    asked = {**given, "release": release, "format": "csv"}
    assert curl.stdout == place.client.get(f"/queries/{name}", params=asked).content
    assert len(list(csv.reader(io.StringIO(curl.stdout.decode("utf-8-sig"), newline="")))) == 1 + len(answer["rows"])


def test_r_stops_where_the_server_refuses(place: Place) -> None:
    program = _programs(place, "soldiers-over-land", place.told, {"since": "someday"})["r"]
    ran = rscript(program)
    assert ran.returncode != 0
    assert "422" in ran.stderr


@pytest.mark.parametrize("words", [*QUOTES, EVIL])
def test_the_lines_of_the_docs_run(place: Place, words: str) -> None:
    asked = lines("claims-with-words", f"{place.url}/queries/claims-with-words", {"words": words})
    rows = place.client.get("/queries/claims-with-words", params={"words": words, "format": "json"}).json()["rows"]
    python = f"import httpx\nprint({asked[2].removesuffix('  # Python')})"
    ran = subprocess.run([sys.executable, "-c", python], capture_output=True, text=True, timeout=60, check=True)
    assert ast.literal_eval(ran.stdout) == rows
    r = rscript(f"rows <- {asked[3]}\ncat(nrow(rows))")
    assert (r.returncode, r.stdout) == (0, str(len(rows))), r.stderr

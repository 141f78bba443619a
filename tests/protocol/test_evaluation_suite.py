"""The W3C suites of SPARQL 1.0 and 1.1 queries, over HTTP: each case passes, or is listed as the engine's failure.

Each dataset of the suites is a release of one home, and is asked by its id.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Store

from kg.release import Home
from tests.protocol.engine_failures import BY_VALUE, ENTAILMENT, EVALUATION_FAILURES, SYNTAX_FAILURES
from tests.protocol.evaluation_results import Result, by_value, expected_of, is_expected, result_of, result_of_engine
from tests.protocol.evaluation_suite import (
    EvaluationCase,
    evaluation_cases,
    make_release,
    store_of,
    syntax_cases,
)
from tests.server.serving import Served, serving
from tests.support.w3c import w3c_sparql

_ACCEPT = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
}
_MEMORY = Path("/dev/shm")


@dataclass(frozen=True)
class Answered:
    """What came for a case: a result, or the kind of problem; and whether it is what the case expects."""

    case: EvaluationCase
    result: Result | None
    problem: str | None
    good: bool


@pytest.fixture(scope="module")
def suites() -> Path:
    found = w3c_sparql()
    if found is None:
        pytest.skip("the W3C suites are not beside the checkout (../shared/w3c)")
    return found


@pytest.fixture(scope="module")
def cases(suites: Path) -> list[EvaluationCase]:
    return evaluation_cases(suites)


@pytest.fixture(scope="module")
def asked(suites: Path, cases: list[EvaluationCase], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server whose releases are the datasets."""
    # In memory where that can be: two hundred stores are forced to the disk otherwise.
    fast = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="crossings-", dir=fast) as folder:
        home = Home(Path(folder) / "home")
        made = {case.digest: case for case in cases}
        releases = [make_release(home, suites, case) for case in made.values()]
        home.point_current(releases[0])
        limits = ("client_seconds=100000", "workers=2", "spares=0")
        options = [part for limit in limits for part in ("--limit", limit)]
        with serving(home.path, tmp_path_factory.mktemp("suite") / "errors", *options) as running:
            yield running
            assert running.process.poll() is None, running.complaints()
        assert running.complaints() == ""


@pytest.fixture(scope="module")
def answers(asked: Served, suites: Path, cases: list[EvaluationCase]) -> dict[str, Answered]:
    """What came for each case, by its name."""
    with httpx.Client(base_url=asked.url, timeout=120) as http:
        return {case.name: _answered(http, suites, case) for case in cases}


def _answered(http: httpx.Client, suites: Path, case: EvaluationCase) -> Answered:
    accept = _ACCEPT.get(Path(case.result).suffix, "application/sparql-results+json, text/turtle")
    answer = http.post(
        f"/sparql?release={case.digest[:16]}",
        content=case.text(suites).encode(),
        headers={"Content-Type": "application/sparql-query", "Accept": accept},
    )
    if answer.status_code != 200:
        assert answer.status_code < 500, f"{case.name}: {answer.text}"
        return Answered(case, None, answer.json()["type"].rpartition("/")[2], good=False)
    assert answer.headers["crossings-release"] == case.digest[:16]
    result = result_of(answer.content, answer.headers["content-type"])
    return Answered(case, result, None, is_expected(suites, case, result, expected_of(suites, case)))


def _listed(table: dict[str, tuple[str, ...]]) -> list[str]:
    names = [name for failing in table.values() for name in failing]
    assert len(names) == len(set(names))
    return names


def test_every_case_that_is_not_listed_is_answered_as_it_must_be(answers: dict[str, Answered]) -> None:
    assert len(answers) > 590
    listed = _listed(EVALUATION_FAILURES)
    failing = [name for name, got in answers.items() if not got.good and not got.case.federated and name not in listed]
    assert failing == []


def test_every_case_that_is_listed_fails_still(answers: dict[str, Answered]) -> None:
    assert [name for name in _listed(EVALUATION_FAILURES) if name not in answers or answers[name].good] == []


def test_every_failure_is_the_engines(answers: dict[str, Answered], suites: Path) -> None:
    """The engine, asked in this process with nothing of the server's, fails the same."""
    for name in _listed(EVALUATION_FAILURES):
        got = answers[name]
        store = store_of(suites, got.case)
        try:
            found = store.query(got.case.text(suites))
        except SyntaxError:
            assert got.problem == "malformed-query", name
            continue
        result = result_of_engine(found, as_csv=got.case.result.endswith(".csv"))
        assert not is_expected(suites, got.case, result, expected_of(suites, got.case)), name
        # And it says what the server says.
        assert got.result is not None, name
        assert is_expected(suites, got.case, got.result, result), name


def test_what_is_said_to_differ_in_spelling_alone_does(answers: dict[str, Answered], suites: Path) -> None:
    for name in EVALUATION_FAILURES[BY_VALUE]:
        got = answers[name]
        assert got.result is not None, name
        expected = by_value(expected_of(suites, got.case))
        assert is_expected(suites, got.case, by_value(got.result), expected), name


def test_what_is_said_to_need_entailment_is_of_the_cases_that_state_a_regime(answers: dict[str, Answered]) -> None:
    for reason, names in EVALUATION_FAILURES.items():
        assert {answers[name].case.regime for name in names} == {reason == ENTAILMENT}, reason


def test_every_case_that_calls_another_endpoint_is_refused(answers: dict[str, Answered]) -> None:
    federated = {name: got.problem for name, got in answers.items() if got.case.federated}
    assert len(federated) > 5
    assert set(federated.values()) == {"service-refused"}


#: Problems of a query that is well-formed: it asks for a graph, an endpoint or a function that there is not.
_WELL_FORMED = ("unknown-graph", "service-refused")


def _is_taken(answer: httpx.Response) -> bool:
    if answer.status_code == 200:
        return True
    document = answer.json()
    no_function = "function" in document["detail"] and "line" not in document
    return document["type"].rpartition("/")[2] in _WELL_FORMED or no_function


def _engine_takes(query: str) -> bool:
    try:
        Store().query(query)
    except SyntaxError:
        return False
    except RuntimeError:  # a function that there is not
        return True
    return True


def test_what_is_sparql_is_told_from_what_is_not(asked: Served, suites: Path) -> None:
    found = syntax_cases(suites)
    assert len(found) > 300
    with httpx.Client(base_url=asked.url, timeout=120) as http:
        headers = {"Content-Type": "application/sparql-query"}
        wrong = [
            case
            for case in found
            if _is_taken(http.post("/sparql", content=(suites / case.query).read_bytes(), headers=headers))
            is not case.good
        ]
    assert sorted(case.name for case in wrong) == sorted(_listed(SYNTAX_FAILURES))
    for case in wrong:
        assert _engine_takes((suites / case.query).read_text("utf-8")) is not case.good, case.name

from __future__ import annotations

from typing import get_args

import msgspec
import pytest

from kg.errors import CrossingsError, GraphError, QueryError, UsageError
from kg.formats import UnwritableError
from kg.query_text import Refusal, RefusedError
from server.problems import PROBLEMS, Problem, problem_of
from server.replies import problem_response


@pytest.mark.parametrize("name", sorted(PROBLEMS))
def test_every_problem_is_a_document_with_its_status(name: str) -> None:
    response = problem_response(Problem(name, "what happened", {"line": 3}, {"Allow": "GET"}))
    document = msgspec.json.decode(bytes(response.body))
    assert document == {
        "type": f"https://w3id.org/crossings/problem/{name}",
        "title": PROBLEMS[name].title,
        "status": response.status_code,
        "detail": "what happened",
        "line": 3,
    }
    assert 400 <= response.status_code < 600
    assert response.headers["allow"] == "GET"
    assert response.headers["content-type"] == "application/problem+json"


def test_every_refusal_has_its_problem() -> None:
    names = [problem_of(RefusedError(refusal, "no")).name for refusal in get_args(Refusal)]
    assert set(names) <= set(PROBLEMS)
    assert len(set(names)) == len(names) - 1, "rows and bytes are one problem, the others one each"


@pytest.mark.parametrize(
    ("error", "name", "members"),
    [
        (QueryError("no", 2, 3), "malformed-query", {"line": 2, "column": 3}),
        (QueryError("no"), "malformed-query", {}),
        (RefusedError("service", "no", 1, 1), "service-refused", {"line": 1, "column": 1}),
        (RefusedError("rows", "no"), "answer-too-large", {}),
        (UnwritableError("no"), "unwritable", {}),
        (UsageError("no release"), "no-release", {}),
        (GraphError("damaged"), "server-error", {}),
        (CrossingsError("ours"), "server-error", {}),
    ],
)
def test_errors_of_the_library_become_problems(error: CrossingsError, name: str, members: dict[str, int]) -> None:
    problem = problem_of(error)
    assert (problem.name, problem.detail, problem.members) == (name, str(error), members)

"""The problems that a server answers with (RFC 9457), as the exceptions that the library raises for the same."""

from __future__ import annotations

import re

import httpx
import msgspec

from kg.errors import CrossingsError, NotFoundError, QueryError, RemoteError, UsageError
from kg.namespaces import BASE
from kg.query_text import Refusal, RefusedError
from kg.questions import ParameterError

__all__ = ["Problem", "error_of", "problem_in"]

_KINDS = BASE + "problem/"
_MEDIA_TYPE = "application/problem+json"
#: The problems that are refusals of a query, as `kg.query_text` has them.
_REFUSALS: dict[str, Refusal] = {
    "service-refused": "service",
    "update-refused": "update",
    "nesting-refused": "nesting",
    "unknown-graph": "unknown-graph",
    "merge-too-large": "merge",
    "answer-too-large": "rows",
    "service-failed": "service-failed",
}
#: Those of a query that is no good otherwise, or costs too much.
_QUERY = frozenset({"malformed-query", "too-large", "out-of-memory", "engine-died", "timeout"})
_ABSENT = frozenset({"unknown-release", "release-gone", "not-found", "not-searchable", "no-release"})


class Problem(msgspec.Struct, frozen=True):
    """What of a problem is needed: its kind, what it says, the place in the query, and the parameter of a question."""

    type: str
    detail: str
    line: int | None = None
    column: int | None = None
    parameter: str | None = None

    @property
    def name(self) -> str:
        """The name of its kind."""
        return self.type.removeprefix(_KINDS)


def problem_in(answer: httpx.Response) -> Problem | None:
    """The problem that an answer holds, or None where it holds none of ours."""
    if answer.headers.get("Content-Type", "").partition(";")[0] != _MEDIA_TYPE:
        return None
    try:
        problem = msgspec.json.decode(answer.content, type=Problem)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return None
    return problem if problem.type.startswith(_KINDS) else None


def error_of(answer: httpx.Response, where: str) -> CrossingsError:
    """The exception for an answer that is not good.

    Args:
        answer: It, read whole.
        where: The address of the server, for people.
    """
    problem = problem_in(answer)
    if problem is None:
        moved = answer.headers.get("Location")
        if answer.is_redirect and moved is not None:
            return RemoteError(f"{where} has moved: open {re.sub(r'/sparql/?$', '', str(moved))[:200]}")
        return RemoteError(f"{where} is no server of Crossings: it answered {answer.status_code} without a problem")
    if problem.name in _REFUSALS:
        return RefusedError(_REFUSALS[problem.name], problem.detail, problem.line, problem.column)
    if problem.name in _QUERY:
        return QueryError(problem.detail, problem.line, problem.column)
    if problem.name == "invalid-parameter" and problem.parameter is not None:
        return ParameterError(problem.detail, problem.parameter)
    if problem.name in _ABSENT:
        return NotFoundError(f"{where}: {problem.detail}")
    if answer.status_code < 500:
        return UsageError(f"{where}: {problem.detail}")
    return RemoteError(f"{where} failed: {problem.detail}")

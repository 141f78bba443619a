"""THE table of problems that the server answers with, and their form: RFC 9457 problem details as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec
from starlette.responses import Response

from kg.errors import CrossingsError, QueryError, UsageError
from kg.formats import UnwritableError
from kg.namespaces import BASE
from kg.query_text import Refusal, RefusedError

__all__ = ["MEDIA_TYPE", "PROBLEMS", "Problem", "ProblemKind", "problem_of"]

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class ProblemKind:
    """One kind of problem: its name in the type IRI, its HTTP status, what it is in words."""

    name: str
    status: int
    title: str

    @property
    def type(self) -> str:
        """The IRI that identifies the kind."""
        return f"{BASE}problem/{self.name}"


PROBLEMS: dict[str, ProblemKind] = {
    kind.name: kind
    for kind in (
        ProblemKind("malformed-query", 400, "The query is not SPARQL, or cannot be evaluated"),
        ProblemKind("no-query", 400, "The request has no query, or more than one"),
        ProblemKind("malformed-request", 400, "The request's parameters or body cannot be read"),
        ProblemKind("update-refused", 400, "A release is never changed"),
        ProblemKind("service-refused", 400, "A query reaches nothing but this release"),
        ProblemKind("nesting-refused", 400, "The query is nested too deeply"),
        ProblemKind("unknown-graph", 400, "The release has no such graph"),
        ProblemKind("several-default-graphs", 400, "More than one default graph is named"),
        ProblemKind("unknown-format", 400, "There is no format of that name for this answer"),
        ProblemKind("unwritable", 400, "The format asked for cannot carry the answer"),
        ProblemKind("not-found", 404, "There is nothing at this address"),
        ProblemKind("method-not-allowed", 405, "The address does not take this method"),
        ProblemKind("not-acceptable", 406, "None of the formats asked for can be given"),
        ProblemKind("too-large", 413, "The request is longer than the server takes"),
        ProblemKind("unsupported-media-type", 415, "The request's body is of a type that queries cannot have"),
        ProblemKind("server-error", 500, "The server failed"),
        ProblemKind("no-release", 503, "There is no release to ask"),
    )
}

_REFUSALS: dict[Refusal, str] = {
    "service": "service-refused",
    "update": "update-refused",
    "nesting": "nesting-refused",
    "unknown-graph": "unknown-graph",
    "several-default-graphs": "several-default-graphs",
}


@dataclass
class Problem(Exception):
    """A problem to answer with.

    Args:
        name: The name of its kind, a key of `PROBLEMS`.
        detail: One sentence for who asked.
        members: Further members of the JSON object, such as `line` and `column`.
        headers: Headers of the answer.
    """

    name: str
    detail: str
    members: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> ProblemKind:
        """Its row of the table."""
        return PROBLEMS[self.name]

    def response(self) -> Response:
        """The answer."""
        kind = self.kind
        document = {
            "type": kind.type,
            "title": kind.title,
            "status": kind.status,
            "detail": self.detail,
            **self.members,
        }
        headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", **self.headers}
        return Response(msgspec.json.encode(document), kind.status, headers, media_type=MEDIA_TYPE)


def problem_of(error: CrossingsError) -> Problem:
    """The problem that an error of the library is to who asked a query."""
    detail = str(error)
    if isinstance(error, QueryError):
        members = {"line": error.line, "column": error.column} if error.line is not None else {}
        name = _REFUSALS[error.refusal] if isinstance(error, RefusedError) else "malformed-query"
        return Problem(name, detail, members)
    if isinstance(error, UnwritableError):
        return Problem("unwritable", detail)
    if isinstance(error, UsageError):
        return Problem("no-release", detail)
    return Problem("server-error", detail)

"""THE table of problems that the server answers with, and what an error of the library is to who asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kg.errors import CrossingsError, QueryError, UsageError
from kg.formats import UnwritableError
from kg.namespaces import BASE
from kg.query_explained import snippet
from kg.query_text import Refusal, RefusedError
from kg.rdf_input import RdfError

__all__ = ["PROBLEMS", "Problem", "ProblemKind", "problem_of"]


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
        ProblemKind("no-update", 400, "The request has no update, or more than one"),
        ProblemKind("malformed-update", 400, "The update is not SPARQL, or cannot be applied"),
        ProblemKind("malformed-rdf", 400, "The document is not RDF of the type that it says"),
        ProblemKind("update-refused", 400, "This update is not taken here"),
        ProblemKind("service-refused", 400, "A query reaches nothing but this release"),
        ProblemKind("nesting-refused", 400, "The query is nested too deeply"),
        ProblemKind("unknown-graph", 400, "The release has no such graph"),
        ProblemKind("unknown-format", 400, "There is no format of that name for this answer"),
        ProblemKind("unwritable", 400, "The format asked for cannot carry the answer"),
        ProblemKind("unauthorized", 401, "A write needs a token"),
        ProblemKind("forbidden", 403, "The token does not allow this write"),
        ProblemKind("writes-off", 403, "Nothing is written to this server"),
        ProblemKind("origin-refused", 403, "Pages of that origin may not ask here"),
        ProblemKind("not-found", 404, "There is nothing at this address"),
        ProblemKind("graph-not-found", 404, "There is no such graph"),
        ProblemKind("unknown-release", 404, "There is no such release"),
        ProblemKind("not-searchable", 404, "The release has no index for searching"),
        ProblemKind("method-not-allowed", 405, "The address does not take this method"),
        ProblemKind("not-acceptable", 406, "None of the formats asked for can be given"),
        ProblemKind("too-slow", 408, "The request does not come"),
        ProblemKind("derived-graph", 409, "The graph is made from sources and is not written to"),
        ProblemKind("release-gone", 410, "The release is no longer kept"),
        ProblemKind("withheld", 410, "What had this name is withheld"),
        ProblemKind("too-large", 413, "The request is longer than the server takes"),
        ProblemKind("unsupported-media-type", 415, "The request's body is of a type that queries cannot have"),
        ProblemKind("range-not-satisfiable", 416, "The range lies outside of what is asked for"),
        ProblemKind("host-refused", 421, "The server does not answer here under that name"),
        ProblemKind("invalid-parameter", 422, "A parameter of the question is not what it should be"),
        ProblemKind("unusable-article", 422, "The text cannot be read as an article of this graph"),
        ProblemKind("shape-violation", 422, "The graph would break its shapes"),
        ProblemKind("merge-too-large", 422, "The default graphs of the query are too large to be merged"),
        ProblemKind("answer-too-large", 422, "The answer is larger than the server gives"),
        ProblemKind("out-of-memory", 422, "The query needs more memory than it may have"),
        ProblemKind("engine-died", 422, "The engine did not survive the query"),
        ProblemKind("too-many-requests", 429, "The client asks for more than its share"),
        ProblemKind("head-too-large", 431, "The head of the request is longer than the server takes"),
        ProblemKind("server-error", 500, "The server failed"),
        ProblemKind("service-failed", 502, "An endpoint that the query calls did not answer well"),
        ProblemKind("no-release", 503, "There is no release to ask"),
        ProblemKind("writer-unavailable", 503, "The writer is not there"),
        ProblemKind("overloaded", 503, "All workers are taken"),
        ProblemKind("timeout", 504, "The query takes longer than it may"),
    )
}

_REFUSALS: dict[Refusal, str] = {
    "service": "service-refused",
    "update": "update-refused",
    "nesting": "nesting-refused",
    "unknown-graph": "unknown-graph",
    "merge": "merge-too-large",
    "rows": "answer-too-large",
    "bytes": "answer-too-large",
    "service-failed": "service-failed",
}


@dataclass
class Problem(Exception):
    """A problem to answer with.

    Args:
        name: The name of its kind, a key of `PROBLEMS`.
        detail: One sentence for who asked.
        members: Further members of the JSON object, such as `line`, `column` and `snippet`.
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

    def as_rdf(self, accept: str | None) -> tuple[str, bytes] | None:
        """A document in RDF that says more, with its media type, or None: there is none, or nobody asked for RDF.

        Args:
            accept: The Accept header.
        """
        return None

    @property
    def document(self) -> dict[str, Any]:
        """The problem as RFC 9457 has it."""
        kind = self.kind
        return {
            "type": kind.type,
            "title": kind.title,
            "status": kind.status,
            "detail": self.detail,
            **self.members,
        }


def problem_of(error: CrossingsError, query: str | None = None) -> Problem:
    """The problem that an error of the library is to who asked a query.

    Args:
        error: The error.
        query: The query's text, of which the line that is wrong is shown.
    """
    detail = str(error)
    if isinstance(error, QueryError):
        members: dict[str, Any] = {}
        if error.line is not None:
            members = {"line": error.line, "column": error.column}
            if query is not None and error.column is not None:
                members["snippet"] = snippet(query, error.line, error.column)
        name = _REFUSALS[error.refusal] if isinstance(error, RefusedError) else "malformed-query"
        return Problem(name, detail, members)
    if isinstance(error, RdfError):
        place = {"line": error.line, "column": error.column} if error.line is not None else {}
        return Problem("malformed-rdf", detail, dict(place))
    if isinstance(error, UnwritableError):
        return Problem("unwritable", detail)
    if isinstance(error, UsageError):
        return Problem("no-release", detail)
    return Problem("server-error", detail)

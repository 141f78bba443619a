"""What the OpenAPI document says of the endpoints and pages.

The framework would describe a route once for each of its methods, HEAD among them, all under one name.
"""

from __future__ import annotations

from typing import Any

from kg.formats import Kind, formats_for
from server.limits import Limits
from server.problems import PROBLEMS
from server.replies import PROBLEM_TYPE

__all__ = ["PROBLEM_SCHEMA", "endpoint_paths"]

_STRING = {"type": "string"}


def endpoint_paths(limits: Limits) -> dict[str, Any]:
    """The paths of the endpoints and pages, as OpenAPI 3.1 has them."""
    return {
        "/": {"get": _page("What this is, what it holds, and a form to ask it", "home", "text/html")},
        "/health": {"get": _page("Whether queries are answered, and by which release", "health", "application/json")},
        "/.well-known/void": {
            "get": _operation("The release as a data set: VoID and DCAT", "describe", _shaping()[:2], "graph"),
        },
        "/sparql": {
            "get": _operation(
                "Ask a query; without one, the description of the service",
                "askByGet",
                _parameters(),
                "results",
                "graph",
            ),
            "post": {
                **_operation("Ask a query", "askByPost", _dataset() + _shaping(), "results", "graph"),
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/sparql-query": {"schema": {**_STRING, "maxLength": limits.query_length}},
                        "application/x-www-form-urlencoded": {
                            "schema": {
                                "type": "object",
                                "required": ["query"],
                                "properties": {"query": {**_STRING, "maxLength": limits.query_length}},
                            }
                        },
                    },
                },
            },
        },
        "/store": {
            "get": _operation(
                "Read a graph of the release",
                "readGraph",
                [
                    _parameter("graph", "the IRI of a named graph", {**_STRING, "format": "iri"}),
                    _parameter("default", "the default graph instead of a named one", _STRING),
                    *_shaping(),
                ],
                "graph",
            ),
        },
        "/graph/{path}": {
            "get": _operation(
                "Read a named graph at the path of its IRI",
                "readGraphDirectly",
                [
                    {"name": "path", "in": "path", "required": True, "schema": {**_STRING, "minLength": 1}},
                    *_shaping(),
                ],
                "graph",
            )
        },
    }


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _shaping() -> list[dict[str, Any]]:
    names = sorted({format.name for kind in _KINDS for format in formats_for(kind)})
    return [
        _parameter("format", "the format of the answer, before the Accept header", {**_STRING, "enum": names}),
        _parameter("release", "the id of an older release that is kept", _STRING),
        _parameter("timeout", "seconds after which to give up", {"type": "number", "exclusiveMinimum": 0}),
    ]


_KINDS: tuple[Kind, ...] = ("results", "graph")


def _dataset() -> list[dict[str, Any]]:
    many = {"type": "array", "items": {**_STRING, "format": "iri"}}
    return [
        _parameter("default-graph-uri", "a default graph", many),
        _parameter("named-graph-uri", "a named graph", many),
    ]


def _parameters() -> list[dict[str, Any]]:
    return [_parameter("query", "SPARQL 1.1", _STRING), *_dataset(), *_shaping()]


def _operation(summary: str, ident: str, parameters: list[dict[str, Any]], *kinds: Kind) -> dict[str, Any]:
    # A document of JSON is a value to who reads this description, and text of any other format a string.
    content = {
        format.media_type: {"schema": {} if format.media_type.endswith("json") else _STRING}
        for kind in kinds
        for format in formats_for(kind)
    }
    statuses = sorted({kind.status for kind in PROBLEMS.values()})
    titles = {
        status: "; ".join(kind.title for kind in PROBLEMS.values() if kind.status == status) for status in statuses
    }
    problem = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "summary": summary,
        "operationId": ident,
        "tags": ["endpoint"],
        "parameters": parameters,
        "responses": {
            "200": {"description": "The answer", "content": {**content, "text/html": {"schema": _STRING}}},
            "304": {"description": "The answer has not changed"},
            **{
                str(status): {"description": titles[status], "content": {**problem, "text/html": {"schema": _STRING}}}
                for status in statuses
            },
        },
    }


def _page(summary: str, ident: str, media_type: str) -> dict[str, Any]:
    answer = {media_type: {"schema": _STRING if media_type == "text/html" else {"type": "object"}}}
    return {
        "summary": summary,
        "operationId": ident,
        "tags": ["pages"],
        "responses": {
            "200": {"description": "The answer", "content": answer},
            "503": {
                "description": PROBLEMS["no-release"].title,
                "content": {**answer, PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        },
    }


#: The schema of a problem (RFC 9457).
PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": _STRING,
        "status": {"type": "integer"},
        "detail": _STRING,
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
        "snippet": _STRING,
    },
}

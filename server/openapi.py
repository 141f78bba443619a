"""What the OpenAPI document says of the endpoints and pages.

The framework would describe a route once for each of its methods, HEAD among them, all under one name.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from kg.article.read import MediaType
from kg.formats import Kind, formats_for
from kg.rdf_input import RDF_TYPES
from server.limits import Limits
from server.problems import PROBLEMS
from server.replies import PROBLEM_TYPE

__all__ = ["PROBLEM_SCHEMA", "TOKEN_SCHEME", "endpoint_paths", "problem_responses", "write_paths"]

_STRING = {"type": "string"}
_BINARY = {"type": "string", "format": "binary"}
_IRIS = {"type": "array", "items": {**_STRING, "format": "iri"}}
_FORM = "application/x-www-form-urlencoded"
_GRAPH_WRITES = {"put": "Replace", "post": "Add to", "delete": "Remove"}
#: How a token is sent (RFC 6750).
TOKEN_SCHEME = {"type": "http", "scheme": "bearer"}


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


def write_paths(limits: Limits, *, plain: bool) -> dict[str, Any]:
    """What the endpoints take beyond reading: a path and a method each, to be put beside those of `endpoint_paths`.

    Args:
        limits: The limits.
        plain: Whether it is a store of no project.
    """
    rdf = {media_type: {"schema": _STRING} for media_type in RDF_TYPES}
    update = {"schema": {**_STRING, "maxLength": limits.write_bytes}}
    graph = _parameter("graph", "the IRI of a named graph", {**_STRING, "format": "iri"})
    default = _parameter("default", "the default graph instead of a named one", _STRING)
    path = {"name": "path", "in": "path", "required": True, "schema": {**_STRING, "minLength": 1}}
    below = "/store/{path}" if plain else "/graph/{path}"
    paths: dict[str, Any] = {
        "/validate": {
            "post": _write("Hold a document of RDF against the shapes", "validate", _shaping(), rdf, free=True)
        },
        "/update": {
            "post": _write(
                "Apply a SPARQL update",
                "update",
                [
                    _parameter("using-graph-uri", "a default graph of every WHERE", _IRIS),
                    _parameter("using-named-graph-uri", "a named graph of every WHERE", _IRIS),
                ],
                {"application/sparql-update": update, _FORM: {"schema": {"type": "object"}}},
            )
        },
        "/store": {
            method: _write(f"{words} a graph", f"{method}Graph", [graph, default], None if method == "delete" else rdf)
            for method, words in _GRAPH_WRITES.items()
        },
        below: {
            method: _write(
                f"{words} a graph at the path of its IRI",
                f"{method}GraphDirectly",
                [path],
                None if method == "delete" else rdf,
            )
            for method, words in _GRAPH_WRITES.items()
        },
    }
    if not plain:
        paths["/articles"] = {
            "post": _write(
                "Add an article: it is extracted, mapped, validated and published",
                "addArticle",
                [
                    _parameter("name", "what the article is called", _STRING),
                    _parameter("published", "the day it appeared, if it states none", {**_STRING, "format": "date"}),
                    _parameter("keep", "whether its text may be kept", {**_STRING, "enum": ["yes", "no"]}),
                ],
                {media_type: {"schema": _STRING} for media_type in get_args(MediaType)},
            )
        }
        paths["/curation"] = {
            "post": _write(
                "Record a judgement or a correction", "decide", [], {"application/json": {"schema": {"type": "object"}}}
            )
        }
    return paths


def _write(
    summary: str, ident: str, parameters: list[dict[str, Any]], content: dict[str, Any] | None, *, free: bool = False
) -> dict[str, Any]:
    found = _operation(summary, ident, parameters, "graph")
    found["tags"] = ["writing"]
    if content is not None:
        found["requestBody"] = {"required": True, "content": content}
    if not free:
        found["security"] = [{"token": []}]
        done = {"201": "It was made", "204": "It is done"}
        found["responses"] = {
            **{status: {"description": words} for status, words in done.items()},
            **{status: answer for status, answer in found["responses"].items() if status not in ("304",)},
        }
    return found


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
        format.media_type: {
            "schema": _BINARY if format.binary else {} if format.media_type.endswith("json") else _STRING
        }
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


def problem_responses(names: Iterable[str]) -> dict[str, Any]:
    """The answers to what cannot be answered, by status.

    Args:
        names: The names of the problems that there can be.
    """
    titles: dict[int, list[str]] = {}
    for name in names:
        titles.setdefault(PROBLEMS[name].status, []).append(PROBLEMS[name].title)
    problem = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}, "text/html": {"schema": _STRING}}
    return {
        str(status): {"description": "; ".join(words), "content": problem} for status, words in sorted(titles.items())
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
        "parameter": _STRING,
        "expected": _STRING,
    },
}

"""What the OpenAPI document says of the search."""

from __future__ import annotations

from typing import Any

import msgspec

from kg.search.answer import Answer
from kg.search.documents import CLASSES
from kg.search.question import LONGEST
from kg.search.search import LIMIT
from server.openapi import problem_responses
from server.pages.search import LAST_PAGE, MOST

__all__ = ["search_paths", "search_schemas"]

_REFERENCE = "#/components/schemas/{name}"
_STRING = {"type": "string"}
#: The problems that a search can be answered with.
_PROBLEMS = (
    *("malformed-request", "unknown-release", "not-searchable", "method-not-allowed", "not-acceptable", "release-gone"),
    *("too-many-requests", "no-release"),
)


def search_paths() -> dict[str, Any]:
    """The paths, as OpenAPI 3.1 has them."""
    return {
        "/search": {
            "get": {
                "summary": "Find things by their names, in any usual spelling, and by what is quoted",
                "operationId": "search",
                "tags": ["pages"],
                "parameters": [
                    _parameter(
                        "q", "what to look for; JSON cannot be had without it", {**_STRING, "maxLength": LONGEST}
                    ),
                    _parameter("class", "the class of things to answer with", {**_STRING, "enum": list(CLASSES)}),
                    _parameter("limit", "how many hits at most", _number(MOST, LIMIT)),
                    _parameter("page", "which part of the hits, from 1", _number(LAST_PAGE, 1)),
                    _parameter(
                        "format", "html or json, before the Accept header", {**_STRING, "enum": ["html", "json"]}
                    ),
                    _parameter("release", "the id of an older release that is kept", _STRING),
                ],
                "responses": {
                    "200": {
                        "description": "The hits",
                        "content": {
                            "application/json": {"schema": {"$ref": _REFERENCE.format(name="SearchAnswer")}},
                            "text/html": {"schema": _STRING},
                        },
                    },
                    "304": {"description": "The answer has not changed"},
                    **problem_responses(_PROBLEMS),
                },
            }
        },
        "/opensearch.xml": {
            "get": {
                "summary": "The search, described for browsers",
                "operationId": "describeSearch",
                "tags": ["pages"],
                "responses": {
                    "200": {
                        "description": "The description (OpenSearch 1.1)",
                        "content": {"application/opensearchdescription+xml": {"schema": _STRING}},
                    }
                },
            }
        },
    }


def search_schemas() -> dict[str, Any]:
    """The schemas of the JSON answer."""
    _, schemas = msgspec.json.schema_components([Answer], ref_template=_REFERENCE)
    made: dict[str, Any] = schemas
    told = {
        "type": "object",
        "required": ["release", "revision"],
        "properties": {
            "release": {**_STRING, "description": "The id of the release that was asked"},
            "revision": {**_STRING, "description": "The same, with the number of the last write behind it"},
        },
    }
    made["SearchAnswer"] = {"allOf": [told, {"$ref": _REFERENCE.format(name="Answer")}]}
    return made


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _number(most: int, default: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": 1, "maximum": most, "default": default}

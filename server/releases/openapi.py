"""What the OpenAPI document says of releases, their files, their comparison and their citation."""

from __future__ import annotations

from typing import Any

import msgspec

from kg.formats import formats_for
from kg.release.changes import Changes
from server.pages.changes import FORMS as COMPARISONS
from server.pages.changes import PATCH
from server.pages.cite import FORMS as CITATIONS
from server.pages.releases import FORMS
from server.problems import PROBLEMS
from server.releases.view import ReleaseDocument, ReleaseList
from server.replies import PROBLEM_TYPE

__all__ = ["release_paths", "release_schemas"]

_REFERENCE = "#/components/schemas/{name}"
_STRING = {"type": "string"}
_ANY = {"description": "Any file", "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
_ELSEWHERE = ("303", "307")
#: The problems that these can be answered with.
_COMMON = ("unknown-format", "unknown-release", "method-not-allowed", "not-acceptable", "release-gone", "server-error")
_NO_RELEASE = ("no-release",)


def release_paths() -> dict[str, Any]:
    """The paths, as OpenAPI 3.1 has them."""
    catalogue = {
        format.media_type: {"schema": {} if format.media_type.endswith("json") else _STRING}
        for format in formats_for("graph")
    }
    forms = _parameter("format", "the form of the answer, before the Accept header", _names(FORMS))
    ident = _in_path("id", "the id of a release, or how it begins")
    return {
        "/releases": {
            "get": _operation(
                "The releases that are kept, newest first",
                "listReleases",
                [forms],
                {**_html(), **_json("ReleaseList"), **catalogue},
                _COMMON,
            )
        },
        "/releases/{id}": {
            "get": _operation(
                "One release: manifest, files, validation, citation",
                "describeRelease",
                [ident, forms],
                {**_html(), **_json("ReleaseDocument"), **catalogue},
                _COMMON,
                elsewhere=True,
            )
        },
        "/releases/{from}..{to}": {
            "get": _operation(
                "What changed from one release to another",
                "compareReleases",
                [
                    _in_path("from", "the id of the one"),
                    _in_path("to", "the id of the other"),
                    _parameter("format", "the form of the answer, before the Accept header", _names(COMPARISONS)),
                ],
                {**_html(), **_json("Changes"), PATCH: {"schema": _STRING}},
                (*_COMMON, "answer-too-large", "too-many-requests", "timeout"),
                elsewhere=True,
            )
        },
        "/changes": {
            "get": {
                **_operation(
                    "The address of what changed between two releases",
                    "findComparison",
                    [
                        _parameter("from", "the id of the one; absent, the release before the current one", _STRING),
                        _parameter("to", "the id of the other; absent, the current release", _STRING),
                        _parameter("format", "the form of the answer there", _names(COMPARISONS)),
                    ],
                    {},
                    ("malformed-request", *_COMMON),
                    elsewhere=True,
                )
            }
        },
        "/dumps/{id}/{name}": {
            "get": _dump(ident),
        },
        "/cite": {
            "get": _operation(
                "How to cite a release, or the answer to a query",
                "cite",
                [
                    _parameter("query", "the query whose answer is cited", _STRING),
                    _parameter("question", "the name of a question instead, with its parameters beside", _STRING),
                    _parameter("release", "the id of the release; absent, the one that is served", _STRING),
                    _parameter("format", "the form of the citation", _names(CITATIONS)),
                ],
                {
                    **_html(),
                    **_json("Citation"),
                    "application/x-bibtex": {"schema": _STRING},
                    "application/vnd.citationstyles.csl+json": {"schema": {"type": "array"}},
                    "text/plain": {"schema": _STRING},
                },
                (
                    *("malformed-request", "malformed-query", "update-refused", "not-found", "too-large"),
                    *("invalid-parameter", *_COMMON),
                ),
            )
        },
    }


def release_schemas() -> dict[str, Any]:
    """The schemas of the JSON answers."""
    _, schemas = msgspec.json.schema_components([ReleaseList, ReleaseDocument, Changes], ref_template=_REFERENCE)
    made: dict[str, Any] = dict(schemas)
    named = ("text", "bibtex", "release", "digest", "revision", "created", "dataset", "license")
    made["Citation"] = {
        "type": "object",
        "required": [*named, "csl"],
        "properties": {
            **dict.fromkeys(named, _STRING),
            "csl": {"type": "array", "items": {"type": "object"}},
            "query": {
                "type": "object",
                "required": ["text", "sha256", "permalink", "pinned", "withoutWrites"],
                "properties": {
                    "pinned": {**_STRING, "description": "the release that the permalink asks"},
                    "withoutWrites": {
                        "type": "boolean",
                        "description": "whether something was written to it since, which the permalink does not have",
                    },
                },
            },
        },
    }
    return made


def _dump(ident: dict[str, Any]) -> dict[str, Any]:
    found = _operation(
        "A file of a release, whole or in part",
        "getDump",
        [
            ident,
            _in_path("name", "the name of a file, as the release lists them"),
            {
                "name": "Range",
                "in": "header",
                "required": False,
                "schema": _STRING,
                "description": "one range of bytes",
            },
        ],
        _ANY["content"],
        ("not-found", "range-not-satisfiable", *_COMMON),
        elsewhere=True,
    )
    found["responses"]["206"] = {**_ANY, "description": "The part that was asked for"}
    return found


def _operation(
    summary: str,
    ident: str,
    parameters: list[dict[str, Any]],
    content: Any,
    problems: tuple[str, ...],
    *,
    elsewhere: bool = False,
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "summary": summary,
        "operationId": ident,
        "tags": ["releases"],
        "parameters": parameters,
        "responses": {"304": {"description": "The answer has not changed"}, **_problems((*problems, *_NO_RELEASE))},
    }
    if content:
        found["responses"]["200"] = {"description": "The answer", "content": content}
    if elsewhere:
        found["responses"] |= {status: {"description": "It stands at another address"} for status in _ELSEWHERE}
    return found


def _names(forms: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    return {**_STRING, "enum": list(forms)}


def _html() -> dict[str, Any]:
    return {"text/html": {"schema": _STRING}}


def _json(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": _REFERENCE.format(name=name)}}}


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _in_path(name: str, description: str) -> dict[str, Any]:
    schema = {**_STRING, "minLength": 1}
    return {"name": name, "in": "path", "required": True, "description": description, "schema": schema}


def _problems(names: tuple[str, ...]) -> dict[str, Any]:
    titles: dict[int, list[str]] = {}
    for name in names:
        titles.setdefault(PROBLEMS[name].status, []).append(PROBLEMS[name].title)
    content = {PROBLEM_TYPE: {"schema": {"$ref": _REFERENCE.format(name="Problem")}}, **_html()}
    return {
        str(status): {"description": "; ".join(words), "content": content} for status, words in sorted(titles.items())
    }

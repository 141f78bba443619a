"""What the OpenAPI document says of the questions: an address each, with the types of its parameters and columns."""

from __future__ import annotations

from typing import Any

from kg.questions import Question, questions
from server.openapi import problem_responses
from server.questions.answer import CELL_SCHEMA, COLUMN_SCHEMAS
from server.questions.forms import forms

__all__ = ["questions_paths", "questions_schemas"]

_STRING = {"type": "string"}
_NAMES = {"type": "array", "items": _STRING}
#: The problems that a question can be answered with.
_PROBLEMS = (
    *("malformed-request", "unknown-format", "unwritable", "not-found", "unknown-release", "method-not-allowed"),
    *("not-acceptable", "release-gone", "invalid-parameter", "answer-too-large", "out-of-memory", "engine-died"),
    *("too-many-requests", "no-release", "overloaded", "timeout"),
)
_LIST_PROBLEMS = (
    *("malformed-request", "unknown-format", "unknown-release", "method-not-allowed", "not-acceptable"),
    *("release-gone", "invalid-parameter", "no-release"),
)


def questions_paths() -> dict[str, Any]:
    """The paths, as OpenAPI 3.1 has them."""
    return {
        "/queries": {
            "get": {
                "summary": "The questions of the library",
                "operationId": "listQuestions",
                "tags": ["questions"],
                "parameters": [
                    _parameter(
                        "tag",
                        "only the questions of a tag",
                        {**_STRING, "enum": sorted({tag for found in questions() for tag in found.tags})},
                    ),
                    _parameter(
                        "format", "html or json, before the Accept header", {**_STRING, "enum": ["html", "json"]}
                    ),
                ],
                "responses": {
                    "200": {
                        "description": "The questions",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/QuestionList"}},
                            "text/html": {"schema": _STRING},
                        },
                    },
                    "304": {"description": "The answer has not changed"},
                    **problem_responses(_LIST_PROBLEMS),
                },
            }
        },
        **{f"/queries/{found.name}": {"get": _asked(found)} for found in questions()},
    }


def questions_schemas() -> dict[str, Any]:
    """The schemas of the JSON answers: one of the list, one of a cell that may be anything, one a question."""
    described = {
        "type": "object",
        "required": ["name", "type", "meaning"],
        "properties": {"name": _STRING, "type": _STRING, "meaning": _STRING},
    }
    parameter = {**described, "properties": {**described["properties"], "schema": {"type": "object"}}}  # type: ignore[dict-item]
    one = {
        "type": "object",
        "required": ["name", "title", "description", "tags", "view", "parameters", "columns", "address"],
        "properties": {
            **dict.fromkeys(("name", "title", "description", "view"), _STRING),
            "address": {**_STRING, "format": "uri"},
            "tags": _NAMES,
            "parameters": {"type": "array", "items": parameter},
            "columns": {"type": "array", "items": described},
        },
    }
    return {
        "QuestionCell": CELL_SCHEMA,
        "QuestionList": {
            "type": "object",
            "required": ["questions"],
            "properties": {"questions": {"type": "array", "items": one}},
        },
        **{_schema_name(found): _answer(found, described) for found in questions()},
    }


def _schema_name(question: Question) -> str:
    return "".join(word.capitalize() for word in question.name.split("-")) + "Answer"


def _asked(question: Question) -> dict[str, Any]:
    schemas: dict[str, Any] = {
        "application/json": {"$ref": f"#/components/schemas/{_schema_name(question)}"},
        # Other documents of JSON are values to who reads this description, and text of any other format a string.
        **{
            form.media_type: {} if form.media_type.endswith("json") else _STRING
            for form in forms()
            if form.name != "json"
        },
    }
    return {
        "summary": question.title,
        "description": question.description,
        "operationId": "ask" + "".join(word.capitalize() for word in question.name.split("-")),
        "tags": ["questions"],
        "parameters": [
            *(_parameter(each.name, each.meaning, each.schema()) for each in question.parameters),
            _parameter(
                "format",
                "the form of the answer, before the Accept header",
                {**_STRING, "enum": [form.name for form in forms()]},
            ),
            _parameter("release", "the id of an older release that is kept", _STRING),
            _parameter("timeout", "seconds after which to give up", {"type": "number", "exclusiveMinimum": 0}),
        ],
        "responses": {
            "200": {
                "description": "The answer; in a format for graphs, the question itself",
                "content": {media_type: {"schema": schema} for media_type, schema in schemas.items()},
            },
            "304": {"description": "The answer has not changed"},
            **problem_responses(_PROBLEMS),
        },
    }


def _answer(question: Question, described: dict[str, Any]) -> dict[str, Any]:
    texts = dict.fromkeys(("question", "title", "release", "revision"), _STRING)
    row = {
        "type": "object",
        "required": [column.name for column in question.columns],
        "additionalProperties": False,
        "properties": {
            column.name: {**COLUMN_SCHEMAS[column.kind], "description": column.meaning} for column in question.columns
        },
    }
    misfit = {
        "type": "object",
        "required": ["row", "column", "value", "type"],
        "properties": {"row": {"type": "integer", "minimum": 0}, "column": _STRING, **CELL_SCHEMA["properties"]},
    }
    return {
        "type": "object",
        "required": [*texts, "parameters", "permalink", "hint", "columns", "rows", "misfits"],
        "properties": {
            **texts,
            "question": {"const": question.name},
            "parameters": {
                "type": "object",
                "description": "what each parameter was asked as; null asks for everything",
                "properties": {each.name: {"type": ["string", "null"]} for each in question.parameters},
            },
            "permalink": {
                "type": ["string", "null"],
                "description": "the address of this answer for as long as its release is kept; null of a revision",
            },
            "hint": {
                "type": ["string", "null"],
                "description": "where nothing was found: which name the release does not have, and what was meant",
            },
            "columns": {"type": "array", "items": described},
            "rows": {"type": "array", "items": row},
            "misfits": {
                "type": "array",
                "items": misfit,
                "description": "values that are not of the type of their column, and null among the rows",
            },
        },
    }


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}

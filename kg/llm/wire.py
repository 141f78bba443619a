"""What a language model answers: a small record of quotes, and the JSON Schema that its answer is held to.

It is no `Facts`: it has no offsets, dates or numbers, only words of the text and names of concepts. All else is worked
out here from those words (`kg.llm.reading`). The schema follows the strict subset of OpenAI's structured outputs: every
property required, no other allowed, an object at the root.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Annotated, Any

import msgspec

from kg.facts.model import Certainty, EntityClass, Specificity
from kg.llm.errors import AnswerError
from kg.llm.predicates import SLOTS

__all__ = ["MOST_CLAIMS", "MOST_ENTITIES", "WireAnswer", "WireClaim", "WireEntity", "read_answer", "wire_schema"]

#: No article of a readable length has more; what an answer holds is looked for in the text, which takes time.
MOST_ENTITIES = 1_000
MOST_CLAIMS = 4_000


def _about(description: str) -> msgspec.Meta:
    return msgspec.Meta(description=description)


class _Wire(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What all records of the wire share: immutable, every field required, unknown fields refused."""


class WireEntity(_Wire, frozen=True, kw_only=True):
    """One thing that the text names or describes."""

    id: Annotated[str, _about("an id of your own, such as e1")]
    cls: EntityClass
    quotes: Annotated[list[str], _about("every phrase of the text that names or describes it, word for word")]
    name: Annotated[str | None, _about("its proper name as the text writes it, or null")]


class WireClaim(_Wire, frozen=True, kw_only=True):
    """One statement of the text about an entity."""

    subject: Annotated[str, _about("the id of an entity")]
    predicate: Annotated[str, _about("a predicate of the table")]
    value: Annotated[str, _about("a concept of the table, the id of an entity, true or false, or words of the text")]
    quote: Annotated[str, _about("the shortest words of the text that say so, word for word")]
    certainty: Certainty
    negated: Annotated[bool, _about("whether the sentence denies it")]
    specificity: Specificity
    attribution: Annotated[str | None, _about("the words of the text that name who says so, or null")]


class WireAnswer(_Wire, frozen=True, kw_only=True):
    """All that the model found in one stretch of text."""

    entities: list[WireEntity]
    claims: list[WireClaim]


@cache
def _schema_text() -> str:
    made = msgspec.json.schema(WireAnswer)
    defined: dict[str, Any] = made["$defs"]
    root = defined.pop("WireAnswer")
    for definition in (root, *defined.values()):
        definition.pop("description", None)
        for shape in definition["properties"].values():
            if "enum" in shape:
                shape["type"] = "string"
    claim = defined["WireClaim"]["properties"]
    claim["predicate"]["enum"] = sorted({predicate for slots in SLOTS.values() for predicate in slots})
    return json.dumps({**root, "$defs": defined}, sort_keys=True)


def wire_schema() -> dict[str, Any]:
    """The JSON Schema of an answer."""
    schema: dict[str, Any] = json.loads(_schema_text())
    return schema


def read_answer(content: str) -> WireAnswer:
    """The record that an answer's text holds.

    Args:
        content: The text of the model's message.

    Raises:
        AnswerError: It is not JSON or not of the schema; the message says where, and repeats none of it.
    """
    try:
        answer = msgspec.json.decode(content, type=WireAnswer)
    except msgspec.ValidationError as error:
        where = str(error).rpartition(" - at `")[2].rstrip("`") if " - at `" in str(error) else "$"
        raise AnswerError(f"the answer is not of the schema (at {where})") from error
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise AnswerError("the answer is not JSON") from error
    if len(answer.entities) > MOST_ENTITIES or len(answer.claims) > MOST_CLAIMS:
        raise AnswerError(f"the answer holds more than {MOST_ENTITIES} entities or {MOST_CLAIMS} claims")
    return answer

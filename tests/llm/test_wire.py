"""The answer's schema: strict, complete, and the only thing that is taken from an answer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from kg.errors import ExitCode
from kg.llm.errors import AnswerError
from kg.llm.predicates import SLOTS
from kg.llm.wire import MOST_ENTITIES, read_answer, wire_schema
from tests.support.language_model import answer, claim, entity

GOOD = answer([entity("e1", "Person", "a man", name="Kim")], [claim("e1", "cx:gender", "gender:male", "a man")])


def objects(schema: Any) -> list[dict[str, Any]]:
    if isinstance(schema, list):
        return [found for part in schema for found in objects(part)]
    if not isinstance(schema, dict):
        return []
    own = [schema] if schema.get("type") == "object" else []
    return own + [found for part in schema.values() for found in objects(part)]


def test_the_schema_is_of_the_strict_subset() -> None:
    schema = wire_schema()
    Draft202012Validator.check_schema(schema)
    assert schema["type"] == "object", "the root is an object, not a reference"
    found = objects(schema)
    assert len(found) == 3
    for one in found:
        assert one["additionalProperties"] is False
        assert sorted(one["required"]) == sorted(one["properties"])
        for shape in one["properties"].values():
            assert "default" not in shape
            assert {"type", "anyOf"} & shape.keys()


def test_the_schema_asks_for_no_offset_date_or_number() -> None:
    assert "integer" not in json.dumps(wire_schema())
    assert '"number"' not in json.dumps(wire_schema())


def test_the_schema_names_the_predicates_of_the_table() -> None:
    named = wire_schema()["$defs"]["WireClaim"]["properties"]["predicate"]["enum"]
    assert named == sorted({predicate for slots in SLOTS.values() for predicate in slots})


def test_a_good_answer_is_read_and_is_of_the_schema() -> None:
    Draft202012Validator(wire_schema()).validate(json.loads(GOOD))
    read = read_answer(GOOD)
    assert read.entities[0].name == "Kim"
    assert read.claims[0].value == "gender:male"


def broken(change: str) -> str:
    made = json.loads(GOOD)
    match change:
        case "an unknown field":
            made["claims"][0]["start"] = 3
        case "a missing field":
            del made["claims"][0]["quote"]
        case "a wrong type":
            made["entities"][0]["quotes"] = "a man"
        case "an unknown certainty":
            made["claims"][0]["certainty"] = "sure"
        case "an unknown class":
            made["entities"][0]["cls"] = "System"
        case "a list":
            made = [made]
    return json.dumps(made)


CHANGES = ["an unknown field", "a missing field", "a wrong type", "an unknown certainty", "an unknown class", "a list"]


@pytest.mark.parametrize("change", CHANGES)
def test_an_answer_of_another_shape_is_refused(change: str) -> None:
    content = broken(change)
    with pytest.raises(ValidationError):
        Draft202012Validator(wire_schema()).validate(json.loads(content))
    with pytest.raises(AnswerError, match=r"not of the schema \(at \$") as caught:
        read_answer(content)
    assert caught.value.exit_code is ExitCode.NOT_WHOLLY_GOOD


@pytest.mark.parametrize("content", ["", "not JSON", GOOD[:-1], "```json\n" + GOOD + "\n```", "[" * 100_000, "\ud800"])
def test_what_is_no_json_is_refused_in_words_of_ours(content: str) -> None:
    with pytest.raises(AnswerError) as caught:
        read_answer(content)
    assert str(caught.value) in {"the answer is not JSON", "the answer is not of the schema (at $)"}


def test_no_word_of_an_answer_is_in_a_message() -> None:
    with pytest.raises(AnswerError) as caught:
        read_answer(GOOD.replace("asserted", "SECRET-WORDS"))
    assert "SECRET" not in str(caught.value)


def test_an_answer_without_end_is_refused() -> None:
    with pytest.raises(AnswerError, match="more than 1000 entities"):
        read_answer(answer([entity(f"e{n}", "Place", "x") for n in range(MOST_ENTITIES + 1)], []))

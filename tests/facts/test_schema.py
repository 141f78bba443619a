"""The published schema of Facts, and hand-written files."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import msgspec
import pytest
from hypothesis import given

from kg.errors import InputError
from kg.facts.model import Facts
from kg.facts.schema import SCHEMA_ID, facts_schema, read_facts, schema_text
from tests.facts.records import any_facts, good_facts

COMMITTED = Path(__file__).resolve().parents[2] / "docs" / "facts.schema.json"


def write(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "x.facts.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def pretty(facts: Facts) -> str:
    return msgspec.json.format(msgspec.json.encode(facts), indent=2).decode()


def test_the_committed_schema_is_the_schema() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(), (
        "run: python -m kg.facts.schema > docs/facts.schema.json"
    )


def test_the_schema_is_one_and_says_what_it_is() -> None:
    schema = facts_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == SCHEMA_ID == "https://w3id.org/crossings/schema/facts-1.0.json"
    assert schema["title"] == "Facts 1.0"
    assert "half-open" in schema["description"]


@given(any_facts())
def test_every_record_goes_through_json_unchanged_and_fits_the_schema(facts: Facts) -> None:
    encoded = msgspec.json.encode(facts)
    assert msgspec.json.decode(encoded, type=Facts) == facts
    jsonschema.Draft202012Validator(facts_schema()).validate(json.loads(encoded))


@pytest.mark.parametrize("change", [{"id": "x"}, {"length": -1}, {"more": 1}, {"published": "May 3"}])
def test_what_the_types_refuse_the_schema_refuses(change: dict[str, object]) -> None:
    record = json.loads(msgspec.json.encode(good_facts()))
    record["article"].update(change)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(record, Facts)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(facts_schema()).validate(record)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    assert read_facts(write(tmp_path, pretty(good_facts()))) == good_facts()
    assert read_facts(write(tmp_path, b"\xef\xbb\xbf" + msgspec.json.encode(good_facts()))) == good_facts()


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('"cls": "Place"', '"cls": "Thing"', '"cls": "Thing"', "/mentions/2/cls: Invalid enum value 'Thing'"),
        ('"length": 79', '"length": -79', '"length": -79', "/article/length: Expected `int` >= 0"),
        ('"raw": "12"', '"raw": 12', '"raw": 12', "/claims/2/raw: Expected `str`, got `int`"),
        (
            '"chain": "p1"',
            '"chains": "p1"',
            '"quote": "A fisherman"',
            "/mentions/0: Object contains unknown field `chains`",
        ),
        ('"value": "t1"', '"value": "t9"', '"value": "t9"', "/claims/0/value/value: is 't9', and no time has that id"),
        (
            '"subject": "s1"',
            '"subject": "s9"',
            '"subject": "s9"',
            "/claims/2/subject: is 's9', and no mention has that id",
        ),
    ],
)
def test_what_is_wrong_is_said_with_line_and_pointer(
    tmp_path: Path, old: str, new: str, line: str, reason: str
) -> None:
    source = pretty(good_facts())
    assert old in source
    source = source.replace(old, new, 1)
    path = write(tmp_path, source)
    with pytest.raises(InputError) as caught:
        read_facts(path)
    number = int(str(caught.value).removeprefix(f"{path}: line ").partition(",")[0])
    assert reason in str(caught.value)
    near = source.splitlines()[number - 1 : number + 6]
    assert any(line in one for one in near)


def test_broken_json_says_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"x\.facts\.json: line 2: is not JSON \(JSON is malformed"):
        read_facts(write(tmp_path, '{\n "format": x}'))
    with pytest.raises(InputError, match="is not JSON"):
        read_facts(write(tmp_path, '{"format": "1.0"'))
    with pytest.raises(InputError):
        read_facts(write(tmp_path, "[" * 100_000))
    with pytest.raises(InputError, match="Expected `object`, got `array`"):
        read_facts(write(tmp_path, "[]"))
    with pytest.raises(InputError, match="missing required field `article`"):
        read_facts(write(tmp_path, "{}"))


def test_several_things_wrong_are_counted(tmp_path: Path) -> None:
    source = pretty(good_facts()).replace('"subject": "i1"', '"subject": "i9"')
    with pytest.raises(InputError, match=r"/claims/0/subject: is 'i9'.*\(and 2 more\)$"):
        read_facts(write(tmp_path, source))

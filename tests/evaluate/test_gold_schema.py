from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from kg.evaluate.schema import SCHEMA_ID, gold_schema, schema_text

ROOT = Path(__file__).resolve().parents[2]
PATHS = sorted([*(ROOT / "tests" / "gold").rglob("*.gold.yaml"), *(ROOT / "tests" / "gold").rglob("set.yaml")])


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = gold_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_the_schema_is_the_committed_one() -> None:
    assert (ROOT / "docs" / "gold.schema.json").read_text("utf-8") == schema_text()
    assert json.loads(schema_text())["$id"] == SCHEMA_ID


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_shipped_gold_fits_it(path: Path, validator: Draft202012Validator) -> None:
    # As an editor reads it, by the rules of YAML; a day without quotes would be a date there.
    content = json.loads(json.dumps(yaml.safe_load(path.read_text("utf-8")), default=str))
    assert [error.message for error in validator.iter_errors(content)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"classes": ["Incident"]},
        {"text": "a.txt", "classes": ["Place"]},
        {"text": "a.txt", "classes": [], "incidents": [{"spots": ["x"]}]},
        {"text": "a.txt", "classes": [], "incidents": [{"key": "i", "colour": "red"}]},
        {"text": "a.txt", "classes": [], "statistics": [{"key": "s", "value": "many"}]},
        {"text": "a.txt", "classes": [], "never_facts": [{"spot": "x", "why": "boring"}]},
        {"apart": [["a"]]},
        {"keys": "both"},
    ],
)
def test_what_the_reader_refuses_it_refuses_too(wrong: dict[str, object], validator: Draft202012Validator) -> None:
    assert not validator.is_valid(wrong)

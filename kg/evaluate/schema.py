"""The published JSON Schema of the gold: of a text's file, `x.gold.yaml`, and of a folder's `set.yaml`.

`python -m kg.evaluate.schema` prints it; `docs/gold.schema.json` is its committed output. Both kinds of file are YAML,
whose content an editor checks against the schema.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import msgspec

from kg.evaluate.gold import FORMAT_VERSION, GoldSet, GoldText
from kg.namespaces import BASE

__all__ = ["SCHEMA_ID", "gold_schema", "schema_text"]

#: Where the schema of this version of the format is published.
SCHEMA_ID = f"{BASE}schema/gold-{FORMAT_VERSION}.json"


def gold_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of both kinds of file."""
    (text, together), definitions = msgspec.json.schema_components((GoldText, GoldSet), ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": f"Gold {FORMAT_VERSION}",
        "description": (
            "What a person reads in a text (x.gold.yaml), and what the texts of a folder say together (set.yaml). "
            "A key that is left out is not scored; null says that the text gives no value."
        ),
        "anyOf": [text, together],
        "$defs": definitions,
    }


def schema_text() -> str:
    """The schema as the committed file holds it."""
    return json.dumps(gold_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())

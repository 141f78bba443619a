"""The published JSON Schema of Facts, and the reading of a hand-written `x.facts.json`.

`python -m kg.facts.schema` prints the schema; `docs/facts.schema.json` is its committed output.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import msgspec

from kg.article.decode import read_text
from kg.errors import InputError
from kg.facts.checks import problems
from kg.facts.json_lines import line_of
from kg.facts.model import FORMAT_VERSION, Facts
from kg.namespaces import BASE

__all__ = ["SCHEMA_ID", "facts_schema", "read_facts", "schema_text"]

#: Where the schema of this version of the format is published.
SCHEMA_ID = f"{BASE}schema/facts-{FORMAT_VERSION}.json"

_AT = re.compile(r" - at `(?:key in )?\$(?P<path>[^`]*)`$")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")
_BYTE = re.compile(r"\(byte (\d+)\)")


def facts_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a Facts record."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": f"Facts {FORMAT_VERSION}",
        "description": (
            "All that was read out of one article: mentions, times, quantities and claims, each with its words. "
            "Offsets are Unicode code points, 0-based and half-open, over the article's text."
        ),
        **msgspec.json.schema(Facts),
    }


def schema_text() -> str:
    """The schema as the committed file holds it."""
    return json.dumps(facts_schema(), indent=2, ensure_ascii=False) + "\n"


def read_facts(path: Path) -> Facts:
    """A hand-written file of facts, wholly checked.

    Args:
        path: A file `x.facts.json`.

    Raises:
        InputError: Not JSON, not of the schema, or inconsistent; with the line and the JSON Pointer of the first
            thing wrong and how many more there are.
    """
    source = read_text(path, "facts bytes")
    try:
        facts = msgspec.json.decode(source, type=Facts)
    except msgspec.ValidationError as error:
        found = _AT.search(str(error))
        where = _as_pointer(found["path"]) if found else ""
        reason = str(error)[: found.start()] if found else str(error)
        raise InputError(path, f"{_where(source, where)}: {reason}: mend it") from error
    except (msgspec.DecodeError, RecursionError) as error:
        byte = _BYTE.search(str(error))
        line = source.encode()[: int(byte[1])].count(b"\n") + 1 if byte else 1
        raise InputError(path, f"line {line}: is not JSON ({error}): mend it") from error
    wrong = list(problems(facts))
    if wrong:
        where, reason = wrong[0]
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise InputError(path, f"{_where(source, where)}: {reason}{more}")
    return facts


def _where(source: str, where: str) -> str:
    return f"line {line_of(source, where)}, {where or 'the whole file'}"


def _as_pointer(path: str) -> str:
    """msgspec's path, `.claims[3].value`, as a JSON Pointer."""
    return "".join(f"/{name or index}" for name, index in _STEP.findall(path))


if __name__ == "__main__":
    sys.stdout.write(schema_text())

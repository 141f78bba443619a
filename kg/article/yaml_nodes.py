"""YAML read node by node, so that every complaint names its line; nothing is guessed from a value's look."""

from __future__ import annotations

import re
from collections.abc import Set
from datetime import date

import yaml

from kg.errors import InputError

__all__ = ["compose", "day", "integer", "line", "mapping", "sequence", "sha256", "text"]

_SHA256 = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[Tt ].*)?")
_KINDS = {"null": "empty", "bool": "true or false", "int": "a number", "float": "a number", "timestamp": "a date"}


def compose(source: str, path: object, first_line: int = 1) -> yaml.Node:
    """The one document of a YAML text, every node knowing its line in the file.

    Args:
        source: The YAML.
        path: The file, for messages.
        first_line: The line of the file on which the YAML begins.

    Raises:
        InputError: Broken YAML, or nothing in it.
    """
    # Blank lines before the YAML make the parser count the lines of the file.
    padded = "\n" * (first_line - 1) + source
    try:
        node = yaml.compose(padded, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}: " if mark else ""
        raise InputError(path, f"{where}broken YAML ({error.problem or error.context}): mend it") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise InputError(path, f"broken YAML ({' '.join(str(error).split())}): mend it") from error
    if node is None:
        raise InputError(path, f"line {first_line}: the YAML is empty: give keys and values, or leave it out")
    return node


def line(node: yaml.Node) -> int:
    """The line of a node in its file, from 1."""
    return int(node.start_mark.line) + 1


def mapping(node: yaml.Node, path: object, known: Set[str], required: Set[str] = frozenset()) -> dict[str, yaml.Node]:
    """The fields of a mapping.

    Args:
        node: The node.
        path: The file, for messages.
        known: The keys that there are.
        required: The keys that must be there.

    Raises:
        InputError: No mapping; an unknown key; a key twice; a required key missing.
    """
    if not isinstance(node, yaml.MappingNode):
        raise InputError(path, f"line {line(node)}: expected keys and values, of {', '.join(sorted(known))}: mend it")
    fields: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
        if name not in known:
            raise InputError(path, f"line {line(key)}: unknown key '{name}': the keys are {', '.join(sorted(known))}")
        if name in fields:
            raise InputError(path, f"line {line(key)}: '{name}' stands there twice: leave one out")
        fields[name] = value
    missing = sorted(required - fields.keys())
    if missing:
        raise InputError(path, f"line {line(node)}: '{missing[0]}' is missing: give it")
    return fields


def sequence(node: yaml.Node, path: object, key: str) -> list[yaml.Node]:
    """The items of a list; anything else is an `InputError`."""
    if not isinstance(node, yaml.SequenceNode):
        raise InputError(path, f"line {line(node)}: '{key}' must be a list: mend it")
    return list(node.value)


def _scalar(node: yaml.Node, path: object, key: str, tags: Set[str], wanted: str) -> str:
    tag = str(node.tag).rpartition(":")[2]
    if not isinstance(node, yaml.ScalarNode) or tag not in tags:
        is_now = _KINDS.get(tag, f"a {tag}") if isinstance(node, yaml.ScalarNode) else "a list or keys and values"
        raise InputError(path, f"line {line(node)}: '{key}' is {is_now} and must be {wanted}")
    return str(node.value)


def text(node: yaml.Node, path: object, key: str) -> str:
    """A string that is not blank, white space at its ends dropped; a number or date must stand in quotes."""
    value = _scalar(node, path, key, {"str"}, "a text: put it in quotes").strip()
    if not value:
        raise InputError(path, f"line {line(node)}: '{key}' is blank: give a value or leave the key out")
    return value


def integer(node: yaml.Node, path: object, key: str) -> int:
    """A whole number in decimal digits."""
    value = _scalar(node, path, key, {"int"}, "a whole number")
    if not re.fullmatch(r"-?\d{1,12}", value):
        raise InputError(path, f"line {line(node)}: '{key}' must be a whole number in decimal digits")
    return int(value)


def sha256(node: yaml.Node, path: object, key: str) -> str:
    """A sha256 in 64 lower-case hexadecimal digits."""
    value = _scalar(node, path, key, {"str", "int", "float"}, "a sha256 in hexadecimal digits")
    if not _SHA256.fullmatch(value):
        raise InputError(path, f"line {line(node)}: '{key}' must be a sha256, 64 hexadecimal digits in lower case")
    return value


def day(node: yaml.Node, path: object, key: str) -> date:
    """A day, `2025-10-19`; of a time with its zone the day as written there."""
    value = _scalar(node, path, key, {"str", "timestamp"}, "a day as YYYY-MM-DD")
    match = _DAY.fullmatch(value)
    try:
        return date.fromisoformat(match[1] if match else value)
    except ValueError as error:
        raise InputError(
            path, f"line {line(node)}: '{key}' is no day of the calendar: write it as YYYY-MM-DD"
        ) from error

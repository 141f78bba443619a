"""YAML written by hand, as plain values that know their lines: words stay words, a date stays its own text.

YAML 1.1 takes `2024` for a number, `2024-08-06` for a date and `no` for false. Here every scalar stays the text that
stands in the file, but for an unquoted `null` or `~`; the record that it is read into says what is a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from kg.article.decode import read_text
from kg.article.yaml_nodes import compose, line
from kg.errors import InputError

__all__ = ["Document", "read_record"]

_AT = re.compile(r" - at `(?:key in )?\$(?P<path>[^`]*)`$")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")
_UNKNOWN = re.compile(r"unknown field `([^`]*)`")
_NULLS = frozenset({"null", "~", ""})
_Record = TypeVar("_Record", bound=msgspec.Struct)


@dataclass(frozen=True)
class Document:
    """A YAML file: its path and the node that everything in it hangs from."""

    path: Path
    root: yaml.Node

    def error(self, reason: str, *steps: str | int) -> InputError:
        """An error at a place of the file; `steps` are keys and indices from the root."""
        found = _walk(self.root, steps)
        where = "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in steps).removeprefix(".")
        return InputError(self.path, f"line {line(found)}, {where or 'the whole file'}: {reason}")


def read_record(path: Path, kind: type[_Record]) -> tuple[Document, _Record]:
    """Read a YAML file into a record.

    Args:
        path: The file.
        kind: The record's class.

    Raises:
        InputError: Not UTF-8, broken YAML, or not what the record allows; with file, line and key.
    """
    root = compose(read_text(path), path)
    try:
        content = _plain(root, path, set())
    except RecursionError as error:
        raise InputError(path, "the YAML is nested too deeply: mend it") from error
    document = Document(path, root)
    try:
        return document, msgspec.convert(content, kind, strict=False)
    except msgspec.ValidationError as error:
        raise _refused(document, str(error)) from error


def _refused(document: Document, said: str) -> InputError:
    """What msgspec says of a place, at the line of that place."""
    found = _AT.search(said)
    reason = said[: found.start()] if found else said
    steps: list[str | int] = []
    for name, index in _STEP.findall(found["path"]) if found else ():
        steps.append(int(index) if index.isdigit() else name or index)
    unknown = _UNKNOWN.search(reason)
    if unknown:
        return document.error("there is no such key: correct or remove it", *steps, unknown[1])
    return document.error(f"{reason}: mend it", *steps)


def _plain(node: yaml.Node, path: Path, seen: set[int]) -> Any:
    """The node's content: dictionaries, lists, texts and None."""
    if id(node) in seen:
        raise InputError(path, f"line {line(node)}: refers to another place of the file by an alias: write it out")
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        plain = node.style is None and node.value.lower() in _NULLS
        return None if plain else str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, path, seen) for item in node.value]
    made: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise InputError(path, f"line {line(key)}: a key must be one word: mend it")
        if key.value in made:
            raise InputError(path, f"line {line(key)}: '{key.value}' stands there twice: leave one out")
        made[key.value] = _plain(value, path, seen)
    return made


def _walk(node: yaml.Node, steps: tuple[str | int, ...] | list[str | int]) -> yaml.Node:
    """The node at some steps; the nearest one around it where there is none."""
    for step in steps:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            continue
        below = {key.value: value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}
        if step not in below:
            break
        node = below[step]
    return node

"""Where in a JSON text a value stands: the line of a JSON Pointer (RFC 6901), for messages about hand-written files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

__all__ = ["line_of", "pointer"]

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_TOKEN = re.compile(r"[{}\[\],]|\"|[^\s{}\[\],:\"]+")


def pointer(*parts: str | int) -> str:
    """A JSON Pointer of keys and indices.

    >>> pointer("claims", 3, "a/b")
    '/claims/3/a~1b'
    """
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def line_of(source: str, wanted: str) -> int:
    """The line, from 1, of the value that a pointer names; of the nearest value around it where there is none.

    Args:
        source: JSON; what is malformed is read up to there.
        wanted: A JSON Pointer.
    """
    deepest = wanted.count("/")
    places: dict[str, int] = {}
    for where, offset in _places(source, deepest):
        places.setdefault(where, offset)
        if where == wanted:
            break
    while wanted and wanted not in places:
        wanted = wanted.rpartition("/")[0]
    return source.count("\n", 0, places.get(wanted, 0)) + 1


def _places(source: str, deepest: int) -> Iterator[tuple[str, int]]:
    """Pointer and offset of every value down to a depth, in the order of the text; ends where it is malformed."""
    path: list[str | int] = []
    containers: list[str] = []
    key_next = False
    position = 0
    while match := _TOKEN.search(source, position):
        sign = match.group()
        position = match.end()
        if sign in "}],":
            if not containers:
                return
            if sign != ",":
                containers.pop()
                path.pop()
            elif containers[-1] == "{":
                key_next = True
                continue
            else:
                path[-1] = int(path[-1]) + 1
            key_next = False
            continue
        if sign == '"':
            string = _STRING.match(source, match.start())
            if string is None:
                return
            position = string.end()
            if key_next:
                # Beyond the depth that is asked for, a key's words do not matter.
                path[-1] = _key(string.group()) if len(path) <= deepest else ""
                key_next = False
                continue
        if len(path) <= deepest:
            yield pointer(*path), match.start()
        if sign in "{[":
            containers.append(sign)
            path.append("" if sign == "{" else 0)
            key_next = sign == "{"


def _key(string: str) -> str:
    try:
        return str(json.loads(string, strict=False))
    except ValueError:
        # An escape that JSON does not know: such a key is no part of any pointer.
        return ""

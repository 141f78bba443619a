"""Whether two names are of one person or body, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.ids import normalise

__all__ = ["body_key", "same_body", "same_person", "surname_of"]

_ARTICLE = re.compile(r"^(?:the|a|an) ")
_BRACKETS = re.compile(r"\s*\([^)]*\)")


def _tokens(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", normalise(name).replace("'s", "")))


def same_person(one: str, other: str) -> bool:
    """Whether two full names are one: hyphens, spacing, case and the order of surname and given name do not matter.

    >>> same_person("Kim Jong-un", "Jong Un Kim"), same_person("Kim Jongun", "KIM Jong-Un"), same_person("Kim", "Lim")
    (True, True, False)
    """
    a, b = _tokens(one), _tokens(other)
    if not a or not b:
        return False
    turns = {"".join(a[n:] + a[:n]) for n in range(len(a))}
    return sorted(a) == sorted(b) or bool(turns & {"".join(b[n:] + b[:n]) for n in range(len(b))})


def surname_of(one: str, other: str) -> bool:
    """Whether one name is a single word and the other has that word among several.

    >>> surname_of("Hong", "Hong Min"), surname_of("Hong Min", "Hong"), surname_of("Hong", "Hong")
    (True, True, False)
    """
    a, b = _tokens(one), _tokens(other)
    return (len(a) == 1 < len(b) and a[0] in b) or (len(b) == 1 < len(a) and b[0] in a)


def body_key(name: str) -> str:
    """The name of an organisation or route for comparison: no article, brackets, points or hyphens.

    >>> body_key("The U.N.\\nCommand (UNC)")
    'un command'
    """
    plain = _BRACKETS.sub("", normalise(name)).replace(".", "").replace("'s", "s")
    return _ARTICLE.sub("", " ".join(re.findall(r"\w+", plain)))


def same_body(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether any name of one organisation or route is a name of another."""
    keys = {body_key(name) for name in some} - {""}
    return any(body_key(name) in keys for name in others)

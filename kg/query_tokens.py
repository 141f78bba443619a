"""The tokens of SPARQL 1.1 Query, section 19.8 (productions 139 to 173)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from kg.xml_limits import NAME_START

__all__ = ["Token", "TokenKind", "tokenize"]

TokenKind = Literal["comment", "iri", "string", "variable", "name", "blank", "language", "number", "word", "mark"]

_BASE_CHARS = NAME_START
_NAME_CHARS = rf"{_BASE_CHARS}_0-9\u00b7\u0300-\u036f\u203f-\u2040-"
_VARIABLE_CHARS = rf"{_BASE_CHARS}_0-9\u00b7\u0300-\u036f\u203f-\u2040"
_PREFIX = rf"(?:[{_BASE_CHARS}](?:[{_NAME_CHARS}.]*[{_NAME_CHARS}])?)?"
_LOCAL_CHAR = rf"(?:[{_NAME_CHARS}:]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?#@%])"
_LOCAL_FIRST = rf"(?:[{_BASE_CHARS}_0-9:]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?#@%])"
_LOCAL = rf"(?:{_LOCAL_FIRST}(?:\.*{_LOCAL_CHAR})*)?"
_ESCAPE = r"\\(?:[tbnrf\\\"']|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"

_TOKEN_KINDS = (
    r"(?P<space>[ \t\r\n]+)",
    r"(?P<comment>\#[^\r\n]*)",
    r'(?P<iri><[^<>"{}|^`\x00-\x20]*>)',
    rf"(?P<string>'''(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*'''|\"\"\"(?:\"{{0,2}}(?:[^\"\\]|{_ESCAPE}))*\"\"\""
    rf"|'(?:[^'\\\n\r]|{_ESCAPE})*'|\"(?:[^\"\\\n\r]|{_ESCAPE})*\")",
    rf"(?P<variable>[?$][{_VARIABLE_CHARS}]+)",
    rf"(?P<blank>_:[{_BASE_CHARS}_0-9](?:\.*[{_NAME_CHARS}])*)",
    r"(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)",
    rf"(?P<name>{_PREFIX}:{_LOCAL})",
    r"(?P<number>[0-9]+)",
    rf"(?P<word>[{_BASE_CHARS}_]+)",
    r"(?P<mark>.)",
)
_TOKEN = re.compile("|".join(_TOKEN_KINDS), re.DOTALL)
_RUN = re.compile(rf"[{_NAME_CHARS}.]*")


@cache
def _no_name() -> re.Pattern[str]:
    """Tokens but for prefixed names; few texts need it, and it takes a while to make."""
    return re.compile("|".join(kind for kind in _TOKEN_KINDS if not kind.startswith("(?P<name>")), re.DOTALL)


class Token(NamedTuple):
    """A token: its kind, its text, and where it begins in the query (code points, 0-based)."""

    kind: TokenKind
    text: str
    start: int

    def is_word(self, *words: str) -> bool:
        """Whether it is one of some keywords, given in capitals."""
        return self.kind == "word" and self.text.upper() in words


def tokenize(text: str) -> Iterator[Token]:
    """All tokens of a query but white space, comments among them; what is no token comes as one-character marks.

    >>> [token.text for token in tokenize("ASK { ?s ?p 'a # b' } # c")]
    ['ASK', '{', '?s', '?p', "'a # b'", '}', '# c']
    """
    position = no_name_before = 0
    while position < len(text):
        found = (_TOKEN if position >= no_name_before else _no_name()).match(text, position)
        assert found is not None  # the last alternative takes any character
        assert found.lastgroup is not None
        if found.lastgroup != "space":
            kind: TokenKind = found.lastgroup  # type: ignore[assignment]  # the group names are the kinds
            yield Token(kind, found[0], position)
        if found.lastgroup == "word" and position >= no_name_before and not found[0].startswith("_"):
            # What could have been a prefix has no colon behind it, so nothing up to there is one. To look for a name
            # once more in each part of `a1a1a1...` would take a time that grows with the square of its length.
            run = _RUN.match(text, position)
            assert run is not None  # it may be empty
            no_name_before = run.end()
        position = found.end()

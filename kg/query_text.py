"""A lexer of SPARQL that reads a query's text before the engine does: what form it has, what it must not ask for.

pyoxigraph cannot switch SERVICE off, so the text decides. The engine's grammar has no word boundaries: it takes
`1SERVICE<http://...>{`, `SERVICESILENT<...>`, `SERVICE:x{` for a call. And it decides by what stands before whether `<`
begins an IRI or compares, where a lexer cannot: `?a<?b#>` is a comparison and a comment. So the rules here are wider
than the grammar: any bare word that *contains* `service` counts, and where a `<` could hide one either way, the word is
looked for in the whole text. A harmless query can be refused so; a call is never let through.

Tokens follow SPARQL 1.1 Query, section 19.8 (productions 139 to 173).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import zip_longest
from typing import Literal
from urllib.parse import urljoin

from kg.errors import QueryError
from kg.formats import Kind
from kg.namespaces import PREFIXES

__all__ = ["Form", "QueryText", "Refusal", "RefusedError", "Token", "tokenize"]

#: Why a query that may well be SPARQL is not answered.
Refusal = Literal["service", "update", "nesting", "unknown-graph", "merge", "rows", "bytes", "service-failed"]


class RefusedError(QueryError):
    """A query that is refused for what it asks, not for how it is written; `refusal` says why."""

    def __init__(self, refusal: Refusal, message: str, line: int | None = None, column: int | None = None) -> None:
        self.refusal: Refusal = refusal
        super().__init__(message, line, column)


Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
_FORMS: tuple[Form, ...] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})

TokenKind = Literal["comment", "iri", "string", "variable", "name", "blank", "language", "number", "word", "mark"]

_BASE_CHARS = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
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
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_UNICODE_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True)
class Token:
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


class QueryText:
    """A query as text, looked at before it is evaluated.

    Args:
        text: The query.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens without comments."""
        return tuple(token for token in tokenize(self.text) if token.kind != "comment")

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of a code point of the text; a line ends at a line feed."""
        before = self.text[:offset]
        return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1

    def refusal(self, refusal: Refusal, message: str, token: Token) -> RefusedError:
        """A refusal for what stands at a token."""
        line, column = self.place(token.start)
        return RefusedError(refusal, f"line {line}, column {column}: {message}", line, column)

    @cached_property
    def form(self) -> Form | None:
        """The query form, or None where the text has none, as far as its first keyword tells."""
        word = self._first_keyword
        return next((form for form in _FORMS if word is not None and word.is_word(form)), None)

    @property
    def kind(self) -> Kind:
        """What the answer will be, as far as the form tells: triples, or else results."""
        return "graph" if self.form in ("CONSTRUCT", "DESCRIBE") else "results"

    @cached_property
    def _first_keyword(self) -> Token | None:
        prologue = ("PREFIX", "BASE", "VERSION")
        return next((token for token in self.tokens if token.kind == "word" and not token.is_word(*prologue)), None)

    def refuse_updates(self) -> None:
        """Refuse what is an update and not a query.

        Raises:
            RefusedError: The text begins with a keyword of SPARQL Update.
        """
        word = self._first_keyword
        if word is not None and word.is_word(*_UPDATES):
            message = f"{word.text.upper()} is an update, and a release never changes: send a query"
            raise self.refusal("update", message, word)

    def refuse_service(self, allowed: Callable[[str], bool] | None = None) -> tuple[Token, ...]:
        """Refuse a text that calls, or might be read as calling, an endpoint that is not allowed.

        Args:
            allowed: Whether the endpoint of an IRI may be called; absent, none may.

        Returns:
            The tokens that name the endpoints that are called; each is an IRI or a prefixed name.

        Raises:
            RefusedError: There is a SERVICE that is not allowed, at the place where it stands.
        """
        tokens = self.tokens
        called = []
        for at in _services_of(tokens):
            named = next((token for token in tokens[at + 1 : at + 3] if not token.is_word("SILENT")), None)
            iri = self.iri_of(named) if named is not None else None
            if allowed is None or named is None or iri is None or not tokens[at].is_word("SERVICE"):
                raise self.refusal(
                    "service", "SERVICE is refused: a query reaches nothing but this release", tokens[at]
                )
            if not allowed(iri):
                raise self.refusal("service", f"SERVICE <{iri}> is refused: the server does not allow it", named)
            called.append(named)
        # The engine takes escapes in strings and IRIs only; the specification (19.2) would take them anywhere.
        decoded = _UNICODE_ESCAPE.sub(_decode, self.text)
        again = [token for token in tokenize(decoded) if token.kind != "comment"] if decoded != self.text else []
        if len(list(_services_of(again))) > len(called):
            message = "SERVICE is refused, however it is escaped: a query reaches nothing but this release"
            raise RefusedError("service", message)
        unclear = next((t for t, after in zip_longest(tokens, tokens[1:]) if _unclear(t, after)), None)
        if unclear is not None and "service" in self.text.lower():
            message = (
                "the text has the word SERVICE, and what stands here can be read in two ways: write it with spaces"
            )
            raise self.refusal("service", message, unclear)
        return tuple(called)

    def with_iris(self, replaced: Mapping[Token, str]) -> str:
        """The text with other IRIs in the place of some tokens."""
        out, position = [], 0
        for token, iri in sorted(replaced.items(), key=lambda item: item[0].start):
            out += [self.text[position : token.start], f"<{iri}>"]
            position = token.start + len(token.text)
        return "".join([*out, self.text[position:]])

    @cached_property
    def volatile(self) -> bool:
        """Whether asking again may give other bytes: a function of the clock or of chance, or new blank nodes."""
        if self.uses("NOW", "RAND", "UUID", "STRUUID", "BNODE"):
            return True
        return any(token.kind == "blank" or token.text in ("[", "(") for token in self._template)

    @property
    def _template(self) -> Iterator[Token]:
        """The tokens of a CONSTRUCT's template, with its brackets."""
        depth = 0
        for token in self.tokens if self.form == "CONSTRUCT" else ():
            depth += (token.text == "{") - (token.text == "}")
            if depth:
                yield token
            elif token.text == "}":
                return

    def refuse_nesting(self, limit: int) -> None:
        """Refuse brackets nested more deeply than a limit: the engine dies of some thousands.

        Raises:
            RefusedError: They are, at the bracket that is one too many.
        """
        depth = 0
        for token in self.tokens:
            if token.kind == "mark":
                depth += (token.text in "([{") - (token.text in ")]}")
                if depth > limit:
                    raise self.refusal("nesting", f"brackets are nested more than {limit} deep", token)

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """All prefixes that hold: the project's, and over them those of the text."""
        known = dict(PREFIXES)
        for keyword, name, iri in zip(self.tokens, self.tokens[1:], self.tokens[2:], strict=False):
            if keyword.is_word("PREFIX") and name.kind == "name" and iri.kind == "iri":
                known[name.text.partition(":")[0]] = self._absolute(iri.text[1:-1])
        return known

    @cached_property
    def _declarations(self) -> frozenset[int]:
        """Where the names and IRIs begin that PREFIX and BASE declare."""
        found = set()
        for keyword, first, second in zip_longest(self.tokens, self.tokens[1:], self.tokens[2:]):
            if keyword.is_word("PREFIX", "BASE"):
                found |= {token.start for token in (first, second if keyword.is_word("PREFIX") else None) if token}
        return frozenset(found)

    @cached_property
    def _base(self) -> str:
        for keyword, iri in zip(self.tokens, self.tokens[1:], strict=False):
            if keyword.is_word("BASE") and iri.kind == "iri":
                return iri.text[1:-1]
        return ""

    def _absolute(self, iri: str) -> str:
        iri = _UNICODE_ESCAPE.sub(_decode, iri)
        try:
            return urljoin(self._base, iri) if self._base else iri
        except ValueError:  # a host in square brackets that is none: the engine will say where it stands
            return iri

    def iri_of(self, token: Token) -> str | None:
        """The IRI that a token stands for, or None where it stands for none that is known."""
        if token.kind == "iri":
            return self._absolute(token.text[1:-1])
        if token.kind == "name":
            prefix, _, local = token.text.partition(":")
            if prefix in self.prefixes:
                return self.prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)
        return None

    def undeclared_prefix(self) -> Token | None:
        """The first prefixed name whose prefix neither the text declares nor the project has."""
        for token in self.tokens:
            if (
                token.kind == "name"
                and token.start not in self._declarations
                and token.text.partition(":")[0] not in self.prefixes
            ):
                return token
        return None

    @cached_property
    def dataset(self) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
        """The graphs of the FROM clauses and of the FROM NAMED clauses, as the tokens that name them."""
        default: list[Token] = []
        named: list[Token] = []
        depth = 0
        for at, token in enumerate(self.tokens):
            depth += (token.text in "{(" and token.kind == "mark") - (token.text in "})" and token.kind == "mark")
            if depth or not token.is_word("FROM"):
                continue
            after = self.tokens[at + 1 : at + 3]
            if after and after[0].is_word("NAMED") and len(after) == 2 and after[1].kind in ("iri", "name"):
                named.append(after[1])
            elif after and after[0].kind in ("iri", "name"):
                default.append(after[0])
        return tuple(default), tuple(named)

    def uses(self, *words: str) -> bool:
        """Whether one of some keywords, given in capitals, stands in the text outside strings, names and comments."""
        return any(token.is_word(*words) for token in self.tokens)

    def terms(self) -> set[str]:
        """The IRIs that the text names, in full or with a prefix, but for those of its prologue."""
        named = {self.iri_of(token) for token in self.tokens if token.start not in self._declarations}
        return {iri for iri in named if iri is not None}


@cache
def _no_name() -> re.Pattern[str]:
    """The tokens but names; few texts need it, and it takes a while to be compiled."""
    return re.compile("|".join(kind for kind in _TOKEN_KINDS if not kind.startswith("(?P<name>")), re.DOTALL)


def _decode(found: re.Match[str]) -> str:
    number = int(found[1] or found[2], 16)
    # A surrogate is no character: it stays as it is written, which is no IRI either.
    return chr(number) if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else found[0]


def _services_of(tokens: Sequence[Token]) -> Iterator[int]:
    """Where the tokens stand that the engine could read as, or as ending in, the keyword SERVICE."""
    for at, token in enumerate(tokens):
        if "service" not in token.text.lower():
            continue
        if token.kind == "word" or (token.kind == "name" and _calls(tokens, at)):
            yield at


def _calls(tokens: Sequence[Token], at: int) -> bool:
    """Whether a prefixed name that has the word in it may be a call.

    The engine goes back to the keyword where a name cannot be read otherwise: in `SERVICE:x {` because no triple begins
    so, in `e:SERVICE <x> {` because that IRI would be ill-formed and `e:` is not. A call has one term and then `{`.
    """
    after = [token for token in tokens[at + 1 : at + 4] if not token.is_word("SILENT")]
    if after and after[0].text == "{":
        return not (at > 0 and tokens[at - 1].is_word("GRAPH"))
    return len(after) > 1 and after[0].kind in ("iri", "name", "variable") and after[1].text == "{"


#: Escapes of surrogates, and of what is beyond the last code point.
_BAD_ESCAPE = re.compile(r"\\(?:u|U0000)[dD][89a-fA-F]|\\U(?!00(?:0[0-9A-Fa-f]|10))")


def _unclear(token: Token, after: Token | None) -> bool:
    """Whether the engine may take a token for something else, and so fall out of step with this lexer.

    After `scheme://` no comparison can follow, so that is an IRI. Any other IRI can put the two readings out of step
    only by a comment sign or the word itself inside it, as it holds neither quotes nor brackets. A string is unclear
    where an escape is no character, where it is not closed, and where another one follows without a space.
    """
    if token.kind == "iri":
        return not _ABSOLUTE.match(token.text) and ("#" in token.text or "service" in token.text.lower())
    if token.kind == "string":
        touches = after is not None and after.text[0] in "'\"" and after.start == token.start + len(token.text)
        return touches or _BAD_ESCAPE.search(token.text) is not None
    return token.kind == "mark" and token.text in "'\"\\"

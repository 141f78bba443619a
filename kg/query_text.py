"""A query as text, looked at before the engine has it: what form it has, what it names, what it must not ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import zip_longest
from typing import Literal
from urllib.parse import urljoin

from kg.errors import QueryError
from kg.formats import Kind
from kg.namespaces import BASE, PREFIXES
from kg.query_service import services_of, unclear
from kg.query_tokens import Token, tokenize

__all__ = ["Form", "QueryText", "Refusal", "RefusedError"]

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

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_UNICODE_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class QueryText:
    """A query as text, looked at before it is evaluated.

    Args:
        text: The query.
        known: The prefixes that it need not declare.
        base: What relative IRIs are resolved against, unless it says otherwise (SPARQL 1.1 Query, section 4.1.1.2).
    """

    def __init__(self, text: str, known: Mapping[str, str] = PREFIXES, base: str = BASE) -> None:
        self.text = text
        self.known = known
        self.base = base

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens without comments."""
        return tuple(token for token in tokenize(self.text) if token.kind != "comment")

    @cached_property
    def _lowered(self) -> str:
        """The text in small letters: a word that is not in it is no keyword of it, which spares making the tokens."""
        return self.text.lower()

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
        # Most queries need no more of their tokens than these few: they are not all made for it.
        return next((t for t in tokenize(self.text) if t.kind == "word" and not t.is_word(*prologue)), None)

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
        if "service" not in self._lowered and "\\u" not in self._lowered:
            return ()
        tokens = self.tokens
        called = []
        for at in services_of(tokens):
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
        if len(list(services_of(again))) > len(called):
            message = "SERVICE is refused, however it is escaped: a query reaches nothing but this release"
            raise RefusedError("service", message)
        doubtful = next((t for t, after in zip_longest(tokens, tokens[1:]) if unclear(t, after)), None)
        if doubtful is not None and "service" in self.text.lower():
            message = (
                "the text has the word SERVICE, and what stands here can be read in two ways: write it with spaces"
            )
            raise self.refusal("service", message, doubtful)
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
        if sum(map(self.text.count, "([{")) <= limit:
            return
        depth = 0
        for token in self.tokens:
            if token.kind == "mark":
                depth += (token.text in "([{") - (token.text in ")]}")
                if depth > limit:
                    raise self.refusal("nesting", f"brackets are nested more than {limit} deep", token)

    @property
    def prefixes(self) -> dict[str, str]:
        """All prefixes that hold: those that are known, and over them those of the text."""
        return self._prologue[0]

    @cached_property
    def _prologue(self) -> tuple[dict[str, str], str]:
        """The prefixes that hold, and the base; each declaration is read against the base before it."""
        known, base = dict(self.known), self.base
        for keyword, first, second in zip_longest(self.tokens, self.tokens[1:], self.tokens[2:]):
            if keyword.is_word("BASE") and first is not None and first.kind == "iri":
                base = _absolute(base, first.text[1:-1])
            elif keyword.is_word("PREFIX") and first and second and first.kind == "name" and second.kind == "iri":
                known[first.text.partition(":")[0]] = _absolute(base, second.text[1:-1])
        return known, base

    @cached_property
    def _declarations(self) -> frozenset[int]:
        """Where the names and IRIs begin that PREFIX and BASE declare."""
        found = set()
        for keyword, first, second in zip_longest(self.tokens, self.tokens[1:], self.tokens[2:]):
            if keyword.is_word("PREFIX", "BASE"):
                found |= {token.start for token in (first, second if keyword.is_word("PREFIX") else None) if token}
        return frozenset(found)

    def iri_of(self, token: Token) -> str | None:
        """The IRI that a token stands for, or None where it stands for none that is known."""
        if token.kind == "iri":
            return _absolute(self._prologue[1], token.text[1:-1])
        if token.kind == "name":
            prefix, _, local = token.text.partition(":")
            if prefix in self.prefixes:
                return self.prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)
        return None

    def undeclared_prefix(self) -> Token | None:
        """The first prefixed name whose prefix the text does not declare, and which is not known without."""
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
        if "from" not in self._lowered:
            return (), ()
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
        if not any(word.lower() in self._lowered for word in words):
            return False
        return any(token.is_word(*words) for token in self.tokens)

    def terms(self) -> set[str]:
        """The IRIs that the text names, in full or with a prefix, but for those of its prologue."""
        named = {self.iri_of(token) for token in self.tokens if token.start not in self._declarations}
        return {iri for iri in named if iri is not None}


def _absolute(base: str, iri: str) -> str:
    """An IRI of a text against a base (RFC 3986, section 5.2); one that has a scheme stays as it is."""
    iri = _UNICODE_ESCAPE.sub(_decode, iri)
    if _SCHEME.match(iri):
        return iri
    rest, sign, fragment = iri.partition("#")  # which `urljoin` leaves out where it is empty
    try:
        return urljoin(base, rest) + sign + fragment
    except ValueError:  # a host in square brackets that is none: the engine will say where it stands
        return iri


def _decode(found: re.Match[str]) -> str:
    number = int(found[1] or found[2], 16)
    # A surrogate is no character: it stays as it is written, which is no IRI either.
    return chr(number) if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else found[0]

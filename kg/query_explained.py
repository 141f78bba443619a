"""What is wrong with a query, in words for who wrote it: the place, and what was probably meant."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from kg.errors import QueryError
from kg.query_advice import advice, meant, near
from kg.query_scope import misuse
from kg.query_syntax import parse
from kg.query_text import QueryText
from kg.query_tokens import Token

__all__ = ["explained", "snippet"]

_PLACE = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_SENTENCE = re.compile(r"(?:\\u )?[A-Za-z]+ [^\[\]\"]+")
#: What the engine says of an IRI, without saying which.
_BAD_IRI = "IRI parsing failed"
#: A slash behind a prefixed name, and behind it what cannot be the next step of a path.
_SLASHED = re.compile(r"/(?!a(?![\w-]))[\w-]+(?:[./]+[\w-]+)*(?![\w:-])")
_WIDTH = 100


def explained(text: QueryText, engine_text: str, *, update: bool = False) -> QueryError:
    """A syntax error of the engine as an error of ours, at the token that has to change.

    The engine tells the furthest place that it looked at, which stands anywhere behind what is wrong. So the grammar is
    asked first, then the rules of scope; what the engine says is handed on where neither finds fault.

    Args:
        text: The query, or the update.
        engine_text: What the engine's SyntaxError says.
        update: Whether it is an update.
    """
    parsed = parse(text.text, text.tokens, "Update" if update else "Query")
    until = parsed.fault.leaf.start if parsed.fault is not None else len(text.text)
    found = _undeclared(text, until) or _slashed(text, until)
    if found is not None:
        return _error(text, *found)
    if parsed.fault is not None:
        return _error(text, parsed.fault.leaf.start, advice(text, parsed.fault))
    broken = misuse(parsed.nodes)
    if broken is not None:
        return _error(text, broken[0].start, broken[1])
    return _engine_error(text, engine_text)


def _error(text: QueryText, start: int, message: str) -> QueryError:
    line, column = text.place(start)
    return QueryError(f"line {line}, column {column}: {message}", line, column)


def _engine_error(text: QueryText, engine_text: str) -> QueryError:
    """What the engine says, at the beginning of the token that it names a place in."""
    found = _PLACE.fullmatch(engine_text)
    if found is None:
        return QueryError(f"the query is not SPARQL: {engine_text}")
    sentences = [part for part in found[3].removeprefix("one of ").split(", ") if _SENTENCE.fullmatch(part)]
    start = _snapped(text, int(found[1]), int(found[2]))
    if _BAD_IRI in sentences:
        wrong = next((token for token in text.tokens if token.kind == "iri" and not _is_iri(text, token)), None)
        if wrong is not None:
            return _error(text, wrong.start, f"{wrong.text} is no IRI")
    return _error(text, start, "; ".join(sentences) or f"this is not SPARQL, at {near(text, start)} or before it")


def _snapped(text: QueryText, line: int, column: int) -> int:
    """Where the token begins that a place lies in, or else the next one."""
    lines = text.text.split("\n")
    offset = sum(len(one) + 1 for one in lines[: line - 1]) + column - 1
    return next((token.start for token in text.tokens if token.start + len(token.text) > offset), len(text.text))


def _is_iri(text: QueryText, token: Token) -> bool:
    try:
        NamedNode(text.iri_of(token) or "")
    except ValueError:
        return False
    return True


def _undeclared(text: QueryText, until: int) -> tuple[int, str] | None:
    """The place and the error of the first prefix that is not declared, where it stands before a place."""
    unknown = text.undeclared_prefix()
    if unknown is None or unknown.start > until:
        return None
    prefix = unknown.text.partition(":")[0]
    close = meant(prefix, text.prefixes)
    what = f"did you mean {close}: ?" if close else f"declare it with PREFIX {prefix}: <...>"
    return unknown.start, f"the prefix {prefix}: is not declared; {what}"


def _slashed(text: QueryText, until: int) -> tuple[int, str] | None:
    """The error of a name such as `id:place/goseong`, as the ids of this project are written elsewhere."""
    for token in text.tokens:
        if token.kind != "name" or token.start > until:
            continue
        rest = _SLASHED.match(text.text, token.start + len(token.text))
        iri = text.iri_of(token)
        if rest is not None and iri is not None:
            escaped = token.text + rest[0].replace("/", "\\/")
            return token.start, f"a prefixed name ends before a slash: write <{iri}{rest[0]}> or {escaped}"
    return None


def snippet(text: str, line: int, column: int) -> str:
    """The line of a query that is wrong, cut around the place, with a caret under it.

    Args:
        text: The query.
        line: From 1.
        column: From 1, in code points.

    >>> print(snippet("SELECT * {\\n  ?s ?p }", 2, 9))
      ?s ?p }
            ^
    """
    lines = text.split("\n")
    shown = lines[line - 1].rstrip("\r") if line <= len(lines) else ""
    start = max(0, min(column - 1 - _WIDTH // 2, len(shown) - _WIDTH))
    part = "".join(mark if mark.isprintable() else " " for mark in shown[start : start + _WIDTH])
    return f"{part}\n{' ' * (column - 1 - start)}^"

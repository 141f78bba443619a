"""What is wrong with a query, in words for who wrote it: the place, and which prefix was probably meant."""

from __future__ import annotations

import difflib
import re

from kg.errors import QueryError
from kg.query_text import QueryText

__all__ = ["explained", "snippet"]

_PLACE = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_SENTENCE = re.compile(r"[A-Za-z]+ [^\[\]\"]+")
#: A slash behind a prefixed name, and behind it what cannot be the next step of a path.
_SLASHED = re.compile(r"/(?!a(?![\w-]))[\w-]+(?:[./-]+[\w-]+)*(?![\w:-])")
_NEAR = 30
_WIDTH = 100


def explained(text: QueryText, engine_text: str) -> QueryError:
    """A syntax error of the engine as an error of ours.

    The engine tells the furthest place that it looked at; what is wrong stands there or before.

    Args:
        text: The query.
        engine_text: What the engine's SyntaxError says.
    """
    unknown = text.undeclared_prefix()
    if unknown is not None:
        line, column = text.place(unknown.start)
        prefix = unknown.text.partition(":")[0]
        meant = difflib.get_close_matches(prefix, text.prefixes, n=1, cutoff=0.5)
        advice = f"did you mean {meant[0]}: ?" if meant else f"declare it with PREFIX {prefix}: <...>"
        return QueryError(f"line {line}, column {column}: the prefix {prefix}: is not declared; {advice}", line, column)
    slashed = _slashed(text)
    if slashed is not None:
        return slashed
    found = _PLACE.fullmatch(engine_text)
    if found is None:
        return QueryError(f"the query is not SPARQL: {engine_text}")
    line, column = int(found[1]), int(found[2])
    sentences = [part for part in found[3].removeprefix("one of ").split(", ") if _SENTENCE.fullmatch(part)]
    if sentences:
        return QueryError(f"line {line}, column {column}: {'; '.join(sentences)}", line, column)
    lines = text.text.split("\n")
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    at = f"'{rest[:_NEAR]}'" if rest else "the end of the line" if line < len(lines) else "the end of the query"
    return QueryError(f"line {line}, column {column}: this is not SPARQL, at {at} or before it", line, column)


def _slashed(text: QueryText) -> QueryError | None:
    """The error of a name such as `id:place/goseong`, as the ids of this project are written elsewhere."""
    for token in text.tokens:
        if token.kind != "name":
            continue
        rest = _SLASHED.match(text.text, token.start + len(token.text))
        iri = text.iri_of(token)
        if rest is not None and iri is not None:
            line, column = text.place(token.start)
            escaped = token.text + rest[0].replace("/", "\\/")
            meant = f"write <{iri}{rest[0]}> or {escaped}"
            return QueryError(
                f"line {line}, column {column}: a prefixed name ends before a slash: {meant}", line, column
            )
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

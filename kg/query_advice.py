"""What to do about the token that a query goes wrong at."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator

from kg.query_grammar import FUNCTIONS, KEYWORDS, SMALL_WORDS, sparql_grammar
from kg.query_syntax import Fault, Leaf
from kg.query_text import QueryText

__all__ = ["advice", "meant", "near"]

_NEAR = 30
#: How like a word must be to a keyword to have been meant for it: that of `foo` and `FLOOR` is 0.75.
_LIKE = 0.76
#: More than these are not told: a list of all that could stand there helps nobody.
_MOST = 6
_CLOSING = {"(": ")", "{": "}", "[": "]"}
_MODIFIERS = frozenset({"GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET"})
#: What the terminals that begin a rule are called together, the widest first.
_TOGETHER = (
    ("Expression", "an expression"),
    ("Constraint", "a condition in brackets"),
    ("Object", "a term"),
    ("Verb", "a property"),
    ("PlainVerb", "a property"),
    ("Value", "a value"),
    ("VarOrIri", "a variable or an IRI"),
    ("Iri", "an IRI"),
    ("Pattern", "a pattern such as OPTIONAL or FILTER"),
)
_OPERATORS = frozenset({"=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "&&", "||", "IN", "NOT", "SIGNED"})
_KINDS = {
    "END": "the end",
    "VAR": "a variable",
    "NAME": "a prefixed name",
    "IRIREF": "an IRI in angle brackets",
    "STRING": "a string",
    "INTEGER": "a whole number",
    "NIL": "()",
}
#: What may stand behind nearly any term, and is seldom what is missing.
_ANYWHERE = frozenset({"LANGTAG", "^^", "~", "{|", "SIGNED", "NUMBER", "BLANK", "ANON", "(", "/", "|", "?", "*", "+"})


def meant(written: str, known: Iterable[str], cutoff: float = 0.5) -> str | None:
    """What was probably meant by a name that is none, among those that are known.

    Args:
        written: The name.
        known: What it may have been meant for.
        cutoff: How like it must be, from 0 to 1 (`difflib.SequenceMatcher.ratio`).
    """
    return next(iter(difflib.get_close_matches(written[:_NEAR], list(known), n=1, cutoff=cutoff)), None)


def near(text: QueryText, start: int) -> str:
    """What stands at a place, in quotation marks, or that the query ends there."""
    rest = text.text[start:].partition("\n")[0].strip()
    return f"'{rest[:_NEAR]}'" if rest else "the end of the query"


def advice(text: QueryText, fault: Fault) -> str:
    """One sentence: what is wrong at a place, and what could stand there.

    Args:
        text: The query.
        fault: Where it goes wrong.
    """
    leaf = fault.leaf
    return (
        _quoted(text, leaf)
        or (_bracket(text, fault) if leaf.kind in (*_CLOSING.values(), *_MODIFIERS, "END") else None)
        or (_word(text, fault) if leaf.kind in ("WORD", *SMALL_WORDS, *KEYWORDS) else None)
        or (_mark(fault) if leaf.kind in (",", "=", "&", "|", "<") else None)
        or f"this is not SPARQL, at {near(text, leaf.start)} or before it: expected {_or(_expected(fault.expected))}"
    )


def _quoted(text: QueryText, leaf: Leaf) -> str | None:
    if leaf.kind not in ("'", '"'):
        return None
    if leaf.kind in text.text[leaf.start + 1 :].partition("\n")[0]:
        return "this string has a backslash that begins no escape: write two"
    return "this string is not closed on its line; one of several lines begins and ends with three quotation marks"


def _bracket(text: QueryText, fault: Fault) -> str | None:
    """What is wrong with a bracket, or with what stands where one should be closed."""
    leaf, innermost = fault.leaf, fault.opened[-1] if fault.opened else None
    if innermost is None:
        return f"this '{leaf.text}' closes nothing" if leaf.kind in _CLOSING.values() else None
    line, column = text.place(innermost.start)
    closing = _CLOSING[innermost.kind]
    if closing not in fault.expected or leaf.kind == closing:
        return None
    here = "the query ends here" if leaf.kind == "END" else f"'{leaf.text}' stands here"
    return f"{here}, and the '{innermost.text}' of line {line}, column {column} is not closed"


def _word(text: QueryText, fault: Fault) -> str | None:
    leaf = fault.leaf
    called = text.text[leaf.start + len(leaf.text) :].lstrip().startswith("(")
    words = sorted(fault.expected & (KEYWORDS | SMALL_WORDS))
    close = next((word for word in words if word.upper() == leaf.text.upper()), None)
    close = close or meant(leaf.text.upper(), words if leaf.kind == "WORD" else [], _LIKE)
    if called and leaf.kind == "WORD" and len(FUNCTIONS & fault.expected) > 1:
        tail = f"did you mean {close}?" if close else "those of other vocabularies are called by their IRI"
        return f"{leaf.text[:_NEAR]} is no function of SPARQL; {tail}"
    if close is not None:
        return f"'{leaf.text[:_NEAR]}' is not SPARQL here; did you mean {close}?"
    if "STRING" in fault.expected and leaf.kind == "WORD" and len(leaf.text) <= _NEAR:
        return f"'{leaf.text}' is a bare word: write \"{leaf.text}\", ?{leaf.text} or a name with its prefix"
    return None


def _mark(fault: Fault) -> str | None:
    leaf, before = fault.leaf, fault.before
    if leaf.kind == "," and {"VAR", "WHERE"} <= fault.expected:
        return "SELECT lists its variables without commas between them: leave it out"
    if leaf.kind == "," and {";", ")"} <= fault.expected:
        return 'GROUP_CONCAT names its separator: write ; SEPARATOR=", " for the comma and what is behind it'
    if leaf.kind == "=" and before is not None and before.kind == "=":
        return "SPARQL compares with one '=': leave out the second"
    if leaf.kind in ("&", "|") and "||" in fault.expected:
        return f"write '{leaf.kind * 2}'"
    if leaf.kind == "<" and "IRIREF" in fault.expected:
        return "this IRI is not closed, or has what no IRI may have, such as a space"
    return None


def _expected(terminals: Collection[str]) -> Iterator[str]:
    """What could stand there, in words; terminals that begin the same thing are one."""
    left = set(terminals)
    found: list[str] = []
    for rule, words in _TOGETHER:
        first = sparql_grammar().begins(rule)
        if first <= left:
            left -= first
            found.append(words)
    if _OPERATORS & left >= {"=", "<"}:
        left -= _OPERATORS
        found.append("an operator")
    if len(FUNCTIONS & left) > 1:
        left -= FUNCTIONS
        found.append("a function")
    if left - _ANYWHERE or found:
        left -= _ANYWHERE
    marks = sorted(f"'{one}'" for one in left if one not in {*_KINDS, *KEYWORDS, *SMALL_WORDS})
    kinds = [words for kind, words in _KINDS.items() if kind in left]
    yield from [*marks, *found, *kinds, *sorted(left & (KEYWORDS | SMALL_WORDS))]


def _or(words: Iterable[str]) -> str:
    known = list(words)
    if len(known) > _MOST:
        return ", ".join(known[:_MOST]) + " and so on"
    return " or ".join(filter(None, [", ".join(known[:-1]), *known[-1:]]))

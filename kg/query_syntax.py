"""Where a text ceases to be SPARQL: the first token that nothing can follow from, and what could stand there instead.

The engine's parser tells the furthest place that it looked at, which is often behind the mistake, or in the midst of a
token. An LL(1) parser stops at the very token (Aho et al., Compilers, 2nd edition, section 4.4.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.query_grammar import KEYWORDS, SMALL_WORDS, sparql_grammar
from kg.query_tokens import Token

__all__ = ["Fault", "Leaf", "Node", "Parsed", "parse"]

#: The rules whose nodes are kept; what stands below others belongs to the nearest that is.
_KEPT = frozenset(
    {
        *("Prologue", "SelectQuery", "SubSelect", "SelectClause", "GroupClause", "HavingClause", "OrderClause"),
        *("Group", "Filter", "Bind", "Minus", "DataBlock", "Row", "Value"),
        *("Expression", "Aggregate", "Bound", "Exists"),
        *("Operation", "Quads"),
    }
)
_MARKS = ("<<(", ")>>", "<<", ">>", "{|", "|}", "&&", "||", "^^", "<=", ">=", "!=")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.[0-9]*[eE][+-]?[0-9]+|\.?[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)")
_WORD = re.compile(r"\w+")
_LANGUAGE = re.compile(r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?")
_KINDS = {
    "iri": "IRIREF",
    "name": "NAME",
    "variable": "VAR",
    "string": "STRING",
    "blank": "BLANK",
    "language": "LANGTAG",
}


@dataclass(frozen=True)
class Leaf:
    """A terminal of the grammar: its kind there, its text, and where it begins (code points, 0-based)."""

    kind: str
    text: str
    start: int


@dataclass(frozen=True)
class Node:
    """What a rule of the grammar stands for in the text."""

    rule: str
    children: list[Node | Leaf] = field(default_factory=list)

    def leaves(self, kind: str) -> list[Leaf]:
        """The terminals of a kind directly in it."""
        return [child for child in self.children if isinstance(child, Leaf) and child.kind == kind]

    def nodes(self, *rules: str) -> list[Node]:
        """The nodes of some rules directly in it."""
        return [child for child in self.children if isinstance(child, Node) and child.rule in rules]


@dataclass(frozen=True)
class Fault:
    """The first terminal that nothing can follow from.

    Args:
        leaf: The terminal; behind the text it is of the kind END.
        before: The terminal before it.
        expected: The terminals of the grammar that could stand there.
        opened: The brackets that are open there, the innermost last.
    """

    leaf: Leaf
    before: Leaf | None
    expected: frozenset[str]
    opened: tuple[Leaf, ...]


@dataclass(frozen=True)
class Parsed:
    """A text as the grammar reads it: its kept nodes, each behind those in it, and where it goes wrong, if it does."""

    nodes: list[Node]
    fault: Fault | None


def parse(text: str, tokens: Sequence[Token], start: str = "Query") -> Parsed:
    """Read a text by the grammar.

    Args:
        text: The text.
        tokens: Its tokens, without comments.
        start: `Query` or `Update`.
    """
    grammar = sparql_grammar()
    stack: list[str] = [start]
    root = Node(start)
    open_nodes = [root]
    closed: list[Node] = []
    opened: list[Leaf] = []
    before: Leaf | None = None
    for leaf in _leaves(text, tokens):
        passed: set[str] = set()
        while True:
            symbol = stack.pop()
            if symbol == "":  # a kept rule ends
                closed.append(open_nodes.pop())
            elif symbol in grammar.choices:
                production = grammar.choices[symbol].get(leaf.kind)
                if production is not None:
                    if symbol in _KEPT:
                        node = Node(symbol)
                        open_nodes[-1].children.append(node)
                        open_nodes.append(node)
                        stack.append("")
                    stack += reversed(production)
                    continue
                passed |= grammar.begins(symbol)
                if symbol not in grammar.optional:
                    return Parsed(closed, Fault(leaf, before, frozenset(passed), tuple(opened)))
            elif symbol == leaf.kind:
                break
            else:
                return Parsed(closed, Fault(leaf, before, frozenset(passed | {symbol}), tuple(opened)))
        open_nodes[-1].children.append(leaf)
        if leaf.kind in ("(", "{", "["):
            opened.append(leaf)
        elif leaf.kind in (")", "}", "]"):
            opened.pop()
        before = leaf
    return Parsed([*closed, root], None)


def _leaves(text: str, tokens: Sequence[Token]) -> Iterator[Leaf]:
    """The terminals: marks and numbers of several tokens are put together, and `()` and `[]` are one (section 19.8)."""
    covered = 0
    for at, token in enumerate(tokens):
        if token.start < covered:
            continue
        kind, length = _KINDS.get(token.kind, ""), len(token.text)
        number = _NUMBER.match(text, token.start) if token.kind == "number" or token.text in "+-." else None
        if number is not None:
            length = number.end() - token.start
            kind = "SIGNED" if token.text in "+-" else "INTEGER" if number[0].isdigit() else "NUMBER"
        elif token.kind == "word":
            found = _WORD.match(text, token.start)
            length = found.end() - token.start if found is not None else length
            written = text[token.start : token.start + length]
            kind = written if written in SMALL_WORDS else written.upper() if written.upper() in KEYWORDS else "WORD"
        elif token.kind == "language":
            found = _LANGUAGE.match(text, token.start)
            length = found.end() - token.start if found is not None else length
        elif token.kind == "mark":
            kind = next((mark for mark in _MARKS if text.startswith(mark, token.start)), token.text)
            length = len(kind)
            after = tokens[at + 1] if at + 1 < len(tokens) else None
            if after is not None and kind + after.text in ("()", "[]"):
                kind, length = "NIL" if kind == "(" else "ANON", after.start + 1 - token.start
        covered = token.start + length
        yield Leaf(kind, text[token.start : covered], token.start)
    yield Leaf("END", "", len(text))

"""Values for the variables of a query: each a `VALUES` block with the term's own serialisation, never pasted text.

A block stands at the beginning of the outermost WHERE group, where it is joined with all of it. A group is evaluated
before it is joined with what is around it (SPARQL 1.1 Query, section 18.2), so a FILTER in a branch of a UNION would
not see that value: a block stands as well in each inner group that names the variable itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from kg.client.values import term_of
from kg.errors import QueryError, UsageError
from kg.query_text import QueryText
from kg.query_tokens import Token

__all__ = ["Bound", "bind"]


@dataclass(frozen=True)
class Bound:
    """A query with values.

    Attributes:
        text: What is asked.
        original: What it was made of.
        inserted: What was put into that, by where (code points of the original), in order.
    """

    text: str
    original: str
    inserted: tuple[tuple[int, str], ...] = ()

    def place(self, error: QueryError) -> QueryError:
        """An error in the text that is asked, as one at its place in the original."""
        if not self.inserted or error.line is None or error.column is None:
            return error
        lines = self.text.split("\n")
        offset = sum(len(line) + 1 for line in lines[: error.line - 1]) + error.column - 1
        for at, block in self.inserted:
            if at < offset:
                offset = max(at, offset - len(block))
        told = f"line {error.line}, column {error.column}: "
        line, column = QueryText(self.original).place(offset)
        # The same error otherwise, a refusal among them: what it says begins with the place.
        message = str(error)
        if message.startswith(told):
            error.args = (f"line {line}, column {column}: {message.removeprefix(told)}",)
        error.line, error.column = line, column
        return error


@dataclass
class _Group:
    """A group graph pattern.

    Attributes:
        start: Behind its opening bracket.
        subquery: Whether it is a subquery and so holds no patterns of its own.
        named: The variables that it names itself, not in a group inside it.
        pattern: Of a subquery its WHERE group.
        end: Before its closing bracket.
    """

    start: int
    subquery: bool
    named: set[str] = field(default_factory=set)
    pattern: _Group | None = None
    end: int = 0


def bind(text: str, bindings: Mapping[str, object]) -> Bound:
    """Give variables of a query values.

    Args:
        text: The query.
        bindings: A value, or a list of those that it may be, by the variable's name; None leaves it free.

    Raises:
        UsageError: The query has no such variable or no pattern, or the value can be no term.

    >>> bind("SELECT * { ?s cx:front ?front }", {"front": "x"}).text
    'SELECT * { VALUES ?front { "x" } ?s cx:front ?front }'
    """
    query = QueryText(text)
    variables = [token.text[1:] for token in query.tokens if token.kind == "variable"]
    made = {after.text[1:] for token, after in pairwise(query.tokens) if token.is_word("AS")}
    for name in bindings:
        if name not in variables:
            has = ", ".join(f"?{found}" for found in dict.fromkeys(variables)) or "none"
            raise UsageError(f"the query has no variable ?{name}: it has {has}")
        if name in made:
            raise UsageError(f"the query works ?{name} out itself (AS ?{name}): give another variable a value")
    blocks = {name: _block(name, value) for name, value in bindings.items() if value is not None}
    if not blocks:
        return Bound(text, text)
    shape = _Shape(query)
    outermost = shape.where
    while outermost is not None and outermost.subquery:
        outermost = outermost.pattern
    if outermost is None:
        raise UsageError("the query has no WHERE group in which a variable could have a value: add one")
    places = [(shape.missing_template, shape.template)] if shape.missing_template is not None else []
    for group in shape.groups:
        wanted = [block for name, block in blocks.items() if group is outermost or name in group.named]
        if wanted and not group.subquery:
            places.append((group.start, "".join(f" {block}" for block in wanted)))
    return _inserted(text, sorted(places))


def _inserted(text: str, places: list[tuple[int, str]]) -> Bound:
    parts, position = [], 0
    for at, block in places:
        parts += [text[position:at], block]
        position = at
    return Bound("".join([*parts, text[position:]]), text, tuple(places))


def _block(name: str, value: object) -> str:
    several = isinstance(value, Collection) and not isinstance(value, (str, bytes))
    terms = [term_of(each) for each in (value if isinstance(value, Collection) and several else [value])]
    return f"VALUES ?{name} {{ {' '.join(map(str, terms))} }}"


class _Shape:
    """The groups of a query, as far as its brackets tell; what is no SPARQL, the engine will say.

    Args:
        query: The query.
    """

    where: _Group | None = None

    def __init__(self, query: QueryText) -> None:
        self.groups: list[_Group] = []
        #: Where a CONSTRUCT lacks a template (section 16.2.4), since its pattern is one, and that template.
        self.missing_template: int | None = None
        self.template = ""
        self._open: list[_Group | None] = []
        templated = False
        data = False
        before: Token | None = None
        for token, after in zip_longest(query.tokens, query.tokens[1:]):
            if token.is_word("VALUES"):
                data = True
            elif token.kind == "variable" and self._inside is not None and not (before and before.is_word("AS")):
                self._inside.named.add(token.text[1:])
            elif token.kind == "mark" and token.text == "{":
                template = not self._open and before is not None and before.is_word("CONSTRUCT")
                templated = templated or template
                annotation = after is not None and after.text == "|" and after.start == token.start + 1
                if data or template or annotation:
                    self._open.append(None)
                    data = False
                else:
                    where = self._group(token, after, before)
                    if where and query.form == "CONSTRUCT" and not templated and before is not None:
                        self.missing_template = before.start if before.is_word("WHERE") else token.start
            elif token.kind == "mark" and token.text == "}" and self._open:
                group = self._open.pop()
                if group is not None:
                    group.end = token.start
            before = token
        for group in self.groups:
            if group.pattern is not None:
                group.pattern.named |= group.named
        if self.where is not None:
            self.template = f"{{{query.text[self.where.start : self.where.end]}}} "

    @property
    def _inside(self) -> _Group | None:
        return self._open[-1] if self._open else None

    def _group(self, token: Token, after: Token | None, before: Token | None) -> bool:
        """A group begins; whether it is the WHERE group of the query."""
        around = self._inside
        asked = before is not None and before.is_word("EXISTS")
        first = not asked and (self.where is None if not self._open else around is not None and around.subquery)
        group = _Group(token.start + 1, after is not None and after.is_word("SELECT"))
        if first and around is None:
            self.where = group
        elif first and around is not None and around.pattern is None:
            around.pattern = group
        self.groups.append(group)
        self._open.append(group)
        return group is self.where

"""Where each statement of a Turtle or TriG document stands, in the order in which the engine's parser gives them.

A tokenizer of our own and a machine that knows the grammar's nesting, and no term: the k-th statement that the parser
gives is the k-th place found here. Nesting is kept on a list, so that no depth of it can end the process.

Grammar: RDF 1.1 Turtle, section 6.5, and RDF 1.1 TriG, section 4.5. The order is that of oxttl, the parser of
Oxigraph: a statement stands where its object is complete; that on the head of a collection, and each `rdf:rest`, comes
after whatever the token behind it completes. The tests hold both against the parser on generated documents.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = ["Places", "UnplacedError", "turtle_places"]


class UnplacedError(Exception):
    """The document uses what this module does not know (RDF 1.2): its statements have a file, and no line."""


@dataclass
class Places:
    """The places of statements, as offsets into the document in code points; entry k is statement k.

    Args:
        starts: Where a statement's own words begin: its predicate; after a comma, its object.
        ends: Where its object ends; of a nested one, where its opening bracket does.
        subject_starts: Where its subject begins.
        subject_ends: Where that ends.
    """

    starts: array[int] = field(default_factory=lambda: array("Q"))
    ends: array[int] = field(default_factory=lambda: array("Q"))
    subject_starts: array[int] = field(default_factory=lambda: array("Q"))
    subject_ends: array[int] = field(default_factory=lambda: array("Q"))

    def __len__(self) -> int:
        return len(self.starts)

    def add(self, start: int, end: int, subject: tuple[int, int]) -> None:
        """Append one statement."""
        self.starts.append(start)
        self.ends.append(end)
        self.subject_starts.append(subject[0])
        self.subject_ends.append(subject[1])


_TOKEN = re.compile(
    r"""
    (?P<skip>(?:[ \t\r\n]++|\#[^\r\n]*+)++)
    | (?P<string>\"{3}(?:\"{0,2}+(?:[^\"\\]++|\\.))*+\"{3} | '{3}(?:'{0,2}+(?:[^'\\]++|\\.))*+'{3}
        | \"(?:[^\"\\\r\n]++|\\.)*+\" | '(?:[^'\\\r\n]++|\\.)*+')
    | (?P<iri><(?!<)[^<>\s]*>)
    | (?P<mark>\^\^|[][(){};,.](?![0-9]))
    | (?P<at>@[A-Za-z]+(?:-{1,2}[A-Za-z0-9]+)*)
    | (?P<number>[+-]?(?:[0-9]+\.[0-9]*[eE][+-]?[0-9]+|\.?[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+))
    | (?P<dot>[][(){};,.])
    | (?P<word>(?:\\.|[^\s<>"'()\[\]{};,#\\^@`|~.]|\.+(?=\\.|[^\s<>"'()\[\]{};,#\\^@`|~.]))+)
    """,
    re.VERBOSE | re.DOTALL,
)

#: What a place in the grammar waits for.
_SUBJECT, _PREDICATE, _OBJECT, _AFTER = range(4)
#: What a level of nesting is.
_TOP, _BRACKET, _LIST = range(3)
_NOWHERE = (0, 0)
#: A statement's place: its own words from and to, and those of its subject.
_Place = tuple[int, int, tuple[int, int]]


@dataclass
class _Level:
    """One level of nesting: the statement, a `[...]` or a `(...)`."""

    kind: int
    waits: int
    subject: tuple[int, int] = _NOWHERE
    predicate: tuple[int, int] | None = None
    #: Of a nested level: whether it stands in the place of a subject, and where its bracket is.
    as_subject: bool = False
    bracket: tuple[int, int] = _NOWHERE
    #: Of a list: how many items it has.
    items: int = 0


def turtle_places(text: str) -> Places:
    """The places of a document's statements.

    Args:
        text: A document of Turtle or TriG that the engine's parser reads without an error.

    Raises:
        UnplacedError: There is a token of RDF 1.2, or anything else that Turtle 1.1 has not.
    """
    machine = _Machine()
    for kind, start, end, word in _tokens(text):
        machine.token(kind, start, end, word)
    return machine.places


def _tokens(text: str) -> Iterator[tuple[str, int, int, str]]:
    at, length = 0, len(text)
    while at < length:
        found = _TOKEN.match(text, at)
        if found is None:
            raise UnplacedError(f"no token of Turtle 1.1 at offset {at}")
        kind, start, at = found.lastgroup or "", at, found.end()
        if kind == "skip":
            continue
        if kind in ("mark", "dot"):
            kind = found[0]
        yield kind, start, at, found[0] if kind in ("word", "at") else ""


class _Machine:
    def __init__(self) -> None:
        self.places = Places()
        self._levels = [_Level(_TOP, _SUBJECT)]
        #: What comes after whatever the token at hand completes; the last first.
        self._later: list[_Place] = []
        #: A string whose language or datatype may follow: where it begins and ends.
        self._string: tuple[int, int] | None = None
        self._datatype = False
        #: A list that has just begun, in an object's place, and waits for its first token.
        self._begun: _Place | None = None
        #: How many tokens of a directive are left; below 0, all until the dot.
        self._directive = 0

    def token(self, kind: str, start: int, end: int, word: str) -> None:
        """Take one token."""
        if self._directive:
            self._directive = 0 if kind == "." else self._directive - (self._directive > 0)
            return
        if self._suffix(kind, start, end):
            return
        self._take(kind, start, end, word)
        while self._later:
            self.places.add(*self._later.pop())

    def _suffix(self, kind: str, start: int, end: int) -> bool:
        """Whether the token belongs to the string before it; if not, that string is complete."""
        if self._string is None:
            return False
        if self._datatype or kind == "at":
            whole = (self._string[0], end)
            self._string, self._datatype = None, False
            self.places.add(*self._placed(*whole))
            return True
        if kind == "^^":
            self._datatype = True
            return True
        self._later.append(self._placed(*self._string))
        self._string = None
        return False

    def _placed(self, start: int, end: int) -> _Place:
        """The place of a statement whose object stands there; the level goes on behind it."""
        level = self._levels[-1]
        if level.kind != _LIST:
            level.waits = _AFTER
        if level.predicate is not None:
            start, level.predicate = level.predicate[0], None
        return start, end, level.subject

    def _take(self, kind: str, start: int, end: int, word: str) -> None:
        level = self._levels[-1]
        begun, self._begun = self._begun, None
        if level.kind == _LIST:
            if kind == ")":
                self._end_list(level, begun)
                return
            if begun is not None:
                self._later.append(begun)
            if level.items:
                # `rdf:rest`, from the node of the last item to that of this one.
                self._later.append((start, end, level.subject))
                level.subject = (start, end)
            level.items += 1
            self._object(kind, start, end)
        elif level.waits == _OBJECT:
            self._object(kind, start, end)
        elif kind == "]":
            self._end_bracket(level)
        elif level.waits == _PREDICATE and kind not in (";", ".", "{", "}"):
            level.predicate, level.waits = (start, end), _OBJECT
        elif level.waits == _SUBJECT:
            self._subject(level, kind, start, end, word)
        elif kind == ",":
            level.waits = _OBJECT
        elif kind == ";":
            level.waits = _PREDICATE
        elif kind in (".", "{", "}") and level.kind == _TOP:
            # A name before a brace was that of a graph.
            level.waits = _SUBJECT
        else:
            raise UnplacedError(f"'{kind}' at offset {start} does not belong there")

    def _subject(self, level: _Level, kind: str, start: int, end: int, word: str) -> None:
        name = word.lower()
        if kind == "at":
            self._directive = -1
        elif kind == "word" and name in ("prefix", "base", "version"):
            self._directive = 2 if name == "prefix" else 1
        elif kind in ("{", "}", ".") or (kind == "word" and name == "graph"):
            return
        elif kind == "[":
            self._levels.append(_Level(_BRACKET, _PREDICATE, (start, end), None, True, (start, end)))
        elif kind == "(":
            self._levels.append(_Level(_LIST, _OBJECT, (start, end), None, True, (start, end)))
        elif kind in ("word", "iri"):
            level.subject, level.waits = (start, end), _PREDICATE
        else:
            raise UnplacedError(f"'{kind}' at offset {start} is no subject")

    def _object(self, kind: str, start: int, end: int) -> None:
        if kind == "string":
            self._string = (start, end)
        elif kind == "[":
            self._levels.append(_Level(_BRACKET, _PREDICATE, (start, end), bracket=(start, end)))
        elif kind == "(":
            self._begun = self._placed(start, end)
            self._levels.append(_Level(_LIST, _OBJECT, (start, end), bracket=(start, end)))
        elif kind in ("word", "iri", "number"):
            self.places.add(*self._placed(start, end))
        else:
            raise UnplacedError(f"'{kind}' at offset {start} is no object")

    def _end_bracket(self, level: _Level) -> None:
        if level.kind != _BRACKET:
            raise UnplacedError("a ']' without its '['")
        self._levels.pop()
        if level.as_subject:
            self._levels[-1].subject, self._levels[-1].waits = level.bracket, _PREDICATE
        else:
            self.places.add(*self._placed(*level.bracket))

    def _end_list(self, level: _Level, begun: _Place | None) -> None:
        self._levels.pop()
        if level.items:
            self.places.add(*level.subject, level.subject)
        elif begun is not None:
            self.places.add(*begun)
        if level.as_subject:
            self._levels[-1].subject, self._levels[-1].waits = level.bracket, _PREDICATE

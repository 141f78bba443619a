"""Finds the statement that broke a shape, in the files that were validated.

Where a value is wrong it is the statement that gives the value; where there are too many, the last of them; where
something is missing, or no single statement is to blame, the first place where the focus node is a subject.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode

from kg.ids import digest
from kg.namespaces import PREFIXES
from kg.shapes.locations import Location, StatementLocations, statement_locations
from kg.shapes.read import file_quads
from kg.shapes.report import GENID, Result

__all__ = ["Located", "Locator"]

_SH = PREFIXES["sh"]
#: Components that tell of what is not there (SHACL, section 4): no statement that is there is to blame.
_MISSING = frozenset(f"{_SH}{name}ConstraintComponent" for name in ("MinCount", "QualifiedMinCount", "HasValue"))
#: More further statements than these help nobody.
_MOST = 10
#: How far the description of a blank node goes, in steps.
_STEPS = 3


@dataclass(frozen=True)
class Located:
    """Where a result stands.

    Args:
        location: The statement, or the subject's first line.
        others: Further statements that are to blame with it, each with a word on what it is.
    """

    location: Location
    others: tuple[tuple[str, Location], ...] = ()


@dataclass(frozen=True)
class _Statement:
    subject: str
    predicate: str
    value: str
    file: int
    number: int


@dataclass
class _File:
    path: Path
    locations: StatementLocations | None


class Locator:
    """The statements of some files that results are about.

    Args:
        paths: The files, in the order in which they were read for the validation.
        results: The results that will be asked for.
    """

    def __init__(self, paths: Sequence[Path], results: Iterable[Result]) -> None:
        self._files: list[_File] = []
        self._of: dict[str, list[_Statement]] = defaultdict(list)
        self._to: dict[str, list[_Statement]] = defaultdict(list)
        self._blank: dict[str, list[_Statement]] = defaultdict(list)
        self._into: dict[str, list[_Statement]] = defaultdict(list)
        asked = list(results)
        nodes = {_bare(result.focus) for result in asked}
        nodes |= {_bare(result.value.value) for result in asked if isinstance(result.value, NamedNode)}
        literals = {result.focus for result in asked if result.focus.startswith('"')}
        blank = any(node.startswith("_:") for node in nodes)
        for number, path in enumerate(paths):
            self._read(path, number, nodes, literals, blank)

    def _read(self, path: Path, number: int, nodes: set[str], literals: set[str], blank: bool) -> None:
        file = _File(path, statement_locations(path))
        self._files.append(file)
        count = 0
        for quad in file_quads(path, number):
            subject, value = _key(quad.subject), _key(quad.object)
            statement = None
            if subject in nodes:
                statement = _Statement(subject, quad.predicate.value, value, number, count)
                self._of[subject].append(statement)
            if value in nodes or (literals and value in literals):
                statement = statement or _Statement(subject, quad.predicate.value, value, number, count)
                self._to[value].append(statement)
            if blank and (isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)):
                statement = statement or _Statement(subject, quad.predicate.value, value, number, count)
                self._blank[subject].append(statement)
                self._into[value].append(statement)
            count += 1
        if file.locations is not None and len(file.locations) != count:
            # The places cannot be those of these statements: a file without lines is better than a wrong line.
            file.locations = None

    def locate(self, result: Result) -> Located | None:
        """Where a result stands, or None where its focus node is in none of the files."""
        focus, path = _bare(result.focus), result.path
        value = None if result.value is None else _key(result.value)
        of = self._of.get(focus, [])
        if result.component not in _MISSING and (path is not None or (value is not None and value != focus)):
            blamed = [s for s in of if (path is None or s.predicate == path) and (value is None or s.value == value)]
            if value is not None and not blamed:
                blamed = [s for s in self._to.get(focus, []) if s.subject == value]
                blamed = blamed or [s for s in of if s.value == value]
                blamed = blamed or [s for s in self._to.get(value, []) if path is None or s.predicate == path]
            if blamed:
                last = blamed[0] if value is not None else blamed[-1]
                others = [s for s in blamed if s is not last]
                return Located(
                    self._statement(last), tuple(("stated here as well", self._statement(s)) for s in others)
                )
        if of:
            return Located(self._subject(of[0]))
        into = self._to.get(focus, [])
        return Located(self._statement(into[0])) if into else None

    def _statement(self, statement: _Statement) -> Location:
        file = self._files[statement.file]
        return file.locations.statement(statement.number) if file.locations is not None else Location(file.path)

    def _subject(self, statement: _Statement) -> Location:
        file = self._files[statement.file]
        return file.locations.subject(statement.number) if file.locations is not None else Location(file.path)

    def describe(self, node: str) -> str:
        """A name of a node that does not change when lines move: a blank node's is a hash of what is said of it.

        Args:
            node: The focus node or value of a result, as the result gives it.
        """
        bare = _bare(node)
        return f"_:{self._said(bare, _STEPS)}" if bare.startswith("_:") else node

    def _said(self, node: str, steps: int) -> str:
        """A hash of the statements around a blank node, up to some steps away."""
        if not node.startswith("_:"):
            return node
        if steps == 0:
            return "_:"
        out = sorted(f"{s.predicate} {self._said(s.value, steps - 1)}" for s in self._blank.get(node, []))
        into = sorted(
            f"{s.predicate} {s.subject if not s.subject.startswith('_:') else self._above(s.subject, steps - 1)}"
            for s in self._into.get(node, [])
        )
        return digest("blank node", *out, "from", *into)

    def _above(self, node: str, steps: int) -> str:
        """What leads to a blank node, without what it holds."""
        if not node.startswith("_:") or steps == 0:
            return node if not node.startswith("_:") else "_:"
        return digest(*sorted(f"{s.predicate} {self._above(s.subject, steps - 1)}" for s in self._into.get(node, [])))


def _bare(node: str) -> str:
    """A node as statements are kept by: a blank node by its label."""
    return f"_:{node.removeprefix(GENID)}" if node.startswith(GENID) else node


def _key(term: object) -> str:
    if isinstance(term, NamedNode):
        return _bare(term.value)
    return f"_:{term.value}" if isinstance(term, BlankNode) else str(term)

"""Rows of a query: its variables have places in one list, so that nothing is copied while patterns are joined."""

from __future__ import annotations

from typing import Any

from rdflib import Variable
from rdflib.plugins.sparql.parserutils import CompValue

__all__ = ["EXISTS", "Row", "Slots", "variables_of"]

#: The values of a query's variables, each in its slot; nothing where it has none.
Row = list[Any]
#: The functions that ask for a pattern, and what they ask: whether it has a solution, or none.
EXISTS = {"Builtin_EXISTS": True, "Builtin_NOTEXISTS": False}


class Slots:
    """Gives each variable of a query its place in a row; the first is that of `$this`."""

    def __init__(self) -> None:
        self.of: dict[Variable, int] = {Variable("this"): 0}
        self.count = 1

    def slot(self, variable: Variable) -> int:
        """The place of a variable."""
        if variable not in self.of:
            self.of[variable] = self.fresh()
        return self.of[variable]

    def fresh(self) -> int:
        """A place of no variable."""
        self.count += 1
        return self.count - 1


def variables_of(part: object) -> set[Variable]:
    """The variables of an expression without EXISTS."""
    if isinstance(part, Variable):
        return {part}
    if isinstance(part, CompValue):
        return {v for value in part.values() for v in variables_of(value)}
    if isinstance(part, list | tuple | set):
        return {v for value in part for v in variables_of(value)}
    return set()

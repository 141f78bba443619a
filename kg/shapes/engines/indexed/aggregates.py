"""What a query counts in a group."""

from __future__ import annotations

from rdflib import Literal, Variable
from rdflib.namespace import XSD
from rdflib.plugins.sparql.parserutils import CompValue

from kg.shapes.engines.indexed.nodes import node_of_rdflib
from kg.shapes.engines.indexed.paths import Unsupported
from kg.shapes.engines.indexed.rows import Row, Slots

__all__ = ["Aggregate", "variable_of"]


class Aggregate:
    """COUNT, or the sample that stands for a variable of the group."""

    def __init__(self, one: CompValue, slots: Slots) -> None:
        self.slot = slots.slot(one.res)
        self._kind = one.name
        self._distinct = bool(one.distinct)
        self._of = -1 if one.vars == "*" else slots.slot(variable_of(one.vars))
        if one.name not in {"Aggregate_Count", "Aggregate_Sample"} or (self._of < 0 and self._distinct):
            raise Unsupported(f"{one.name} in a query")

    def of(self, rows: list[Row]) -> str | None:
        """The value for the rows of a group."""
        values = [row[self._of] if self._of >= 0 else "" for row in rows]
        values = [value for value in values if value is not None]
        if self._kind == "Aggregate_Sample":
            return values[0] if values else None
        number = len(set(values)) if self._distinct else len(values)
        return node_of_rdflib(Literal(number, datatype=XSD.integer))


def variable_of(term: object) -> Variable:
    """A term that must be a variable.

    Raises:
        Unsupported: It is none.
    """
    if not isinstance(term, Variable):
        raise Unsupported("grouping or counting by an expression")
    return term

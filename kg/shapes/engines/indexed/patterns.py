"""Compiles the query of a constraint, as rdflib's algebra has it, to closures over an index.

Each part of the algebra becomes a function that binds its variables in a row and calls what comes after it, for every
solution; it answers whether to stop and leaves the row as it found it. So nothing is copied, and EXISTS ends at its
first solution.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rdflib import Variable
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query

from kg.shapes.engines.indexed.aggregates import Aggregate, variable_of
from kg.shapes.engines.indexed.expressions import Test, expression, test
from kg.shapes.engines.indexed.index import Index
from kg.shapes.engines.indexed.paths import Unsupported
from kg.shapes.engines.indexed.rows import Row, Slots, variables_of
from kg.shapes.engines.indexed.triples import Step, triple_step

__all__ = ["THIS", "Compiler", "Select", "compiled"]

#: The solutions of a query for a focus node, as values of its variables by name.
Select = Callable[[Index, str], "list[dict[str, str]]"]

THIS = Variable("this")


def compiled(query: Query) -> Select:
    """Compile a SELECT query that knows `$this`.

    Args:
        query: From `kg.shapes.planner.planned`, so that patterns start at `$this`.

    Raises:
        Unsupported: It holds what is left to pyshacl.
    """
    if query.algebra.name != "SelectQuery" or query.algebra.datasetClause is not None:
        raise Unsupported("a query that is no SELECT of the data graph")
    return Compiler().query(query.algebra)


class Compiler:
    """Compiles the parts of one query, whose variables share a row."""

    def __init__(self) -> None:
        self.slots = Slots()

    def query(self, algebra: CompValue) -> Select:
        """Compile a whole query."""
        out = self.slots.fresh()
        part, distinct = _unwrapped(algebra.p)
        names = [(str(name), self.slots.slot(name)) for name in part.PV]
        places = [place for _, place in names]

        def collect(g: Index, row: Row) -> bool:
            row[out].append(tuple([row[place] for place in places]))
            return False

        step = self.step(part.p, collect)
        slots = self.slots

        def select(g: Index, this: str) -> list[dict[str, str]]:
            row: Row = [None] * slots.count
            row[0], row[out] = this, []
            step(g, row)
            found = dict.fromkeys(row[out]) if distinct else row[out]
            return [
                {name: value for (name, _), value in zip(names, values, strict=True) if value is not None}
                for values in found
            ]

        return select

    def step(self, part: CompValue, then: Step) -> Step:
        """Compile a part of the algebra."""
        name = part.name
        if name == "BGP":
            for triple in reversed(part.triples):
                then = triple_step(self.slots, triple, then)
            return then
        if name == "Join":
            # rdflib evaluates the right of some joins on its own. That differs where a filter or an OPTIONAL in a
            # group looks at a variable from outside of the group.
            if not part.lazy and not _is_plain(part.p2):
                raise Unsupported("a group that is joined and holds more than patterns")
            return self.step(part.p1, self.step(part.p2, then))
        if name == "LeftJoin":
            return self._optional(part, then)
        if name == "Union":
            left, right = self.step(part.p1, then), self.step(part.p2, then)
            return lambda g, row: left(g, row) or right(g, row)
        if name == "Filter":
            self._visible(part)
            truth = test(part.expr, self.slots, self._exists)
            return self.step(part.p, lambda g, row: truth(g, row) is True and then(g, row))
        if name == "Extend":
            self._visible(part)
            return self.step(part.p, self._extend(part, then))
        if name == "ToMultiSet":
            return self._subquery(part.p, then)
        raise Unsupported(f"{name} in a query")

    def _visible(self, part: CompValue) -> None:
        """Leave to rdflib what looks at a variable that its scope hides (SPARQL 1.1, section 18.2.1)."""
        if not part.no_isolated_scope and variables_of(_without_exists(part.expr)) - set(part._vars) - {THIS}:
            raise Unsupported("an expression with a variable from outside of its group")

    def _exists(self, pattern: CompValue) -> Test:
        step = self.step(pattern, lambda g, row: True)
        return lambda g, row: step(g, row)

    def _optional(self, part: CompValue, then: Step) -> Step:
        matched = self.slots.fresh()
        truth = test(part.expr, self.slots, self._exists)

        def found(g: Index, row: Row) -> bool:
            if truth(g, row) is not True:
                return False
            row[matched] = True
            return then(g, row)

        right = self.step(part.p2, found)

        def either(g: Index, row: Row) -> bool:
            before, row[matched] = row[matched], None
            stop = right(g, row)
            if not stop and row[matched] is None:
                stop = then(g, row)
            row[matched] = before
            return stop

        return self.step(part.p1, either)

    def _extend(self, part: CompValue, then: Step) -> Step:
        slot = self.slots.slot(part.var)
        value = expression(part.expr, self.slots, self._exists)

        def bind(g: Index, row: Row) -> bool:
            before = row[slot]
            found = value(g, row)
            if found is None:
                return then(g, row)
            row[slot] = found
            stop = then(g, row)
            row[slot] = before
            return stop

        return bind

    def _subquery(self, part: CompValue, then: Step) -> Step:
        part, distinct = _unwrapped(part)
        out = self.slots.fresh()
        places = [self.slots.slot(name) for name in part.PV]

        def collect(g: Index, row: Row) -> bool:
            row[out].append(tuple([row[place] for place in places]))
            return False

        inner = self._aggregated(part.p, collect)
        slots = self.slots

        def run(g: Index, row: Row) -> bool:
            own: Row = [None] * slots.count
            own[0], own[out] = row[0], []
            inner(g, own)
            return any(_joined(g, row, places, values, then) for values in _once(own[out], distinct))

        return run

    def _aggregated(self, part: CompValue, then: Step) -> Step:
        """The body of a subquery: extensions over a group, else any pattern."""
        if part.name == "Extend":
            return self._aggregated(part.p, self._extend(part, then))
        if part.name != "AggregateJoin":
            return self.step(part, then)
        rows = self.slots.fresh()
        keys = [self.slots.slot(variable_of(key)) for key in part.p.expr or ()]
        made = [Aggregate(one, self.slots) for one in part.A]

        def keep(g: Index, row: Row) -> bool:
            row[rows].setdefault(tuple([row[key] for key in keys]), []).append(list(row))
            return False

        inner = self.step(part.p.p, keep)
        slots = self.slots

        def group(g: Index, row: Row) -> bool:
            own: Row = [None] * slots.count
            own[0], own[rows] = row[0], {}
            inner(g, own)
            groups: list[list[Row]] = list(own[rows].values()) or [[]]
            for members in groups:
                saved = [row[one.slot] for one in made]
                for one in made:
                    # rdflib gives one empty solution where nothing is grouped.
                    row[one.slot] = one.of(members) if members else None
                stop = then(g, row)
                for one, before in zip(made, saved, strict=True):
                    row[one.slot] = before
                if stop:
                    return True
            return False

        return group


def _unwrapped(part: CompValue) -> tuple[CompValue, bool]:
    distinct = False
    while part.name == "Distinct":
        part, distinct = part.p, True
    if part.name != "Project":
        raise Unsupported(f"{part.name} of a query")
    return part, distinct


def _once(rows: list[tuple[Any, ...]], distinct: bool) -> list[tuple[Any, ...]]:
    return list(dict.fromkeys(rows)) if distinct else rows


def _joined(g: Index, row: Row, places: list[int], values: tuple[Any, ...], then: Step) -> bool:
    """Go on with a row and the values of a subquery, if they are compatible."""
    pairs_ = list(zip(places, values, strict=True))
    if any(value is not None and row[place] is not None and row[place] != value for place, value in pairs_):
        return False
    new = [(place, value) for place, value in pairs_ if row[place] is None]
    for place, value in new:
        row[place] = value
    stop = then(g, row)
    for place, _ in new:
        row[place] = None
    return stop


def _is_plain(part: CompValue) -> bool:
    """Whether a group holds patterns alone, so that it does not matter when it is evaluated."""
    if part.name == "BGP":
        return True
    if part.name in {"Join", "Union"}:
        return _is_plain(part.p1) and _is_plain(part.p2)
    return False


def _without_exists(expr: Any) -> Any:
    """An expression without what its EXISTS look at, which see all variables."""
    if isinstance(expr, CompValue):
        if expr.name in {"Builtin_EXISTS", "Builtin_NOTEXISTS"}:
            return []
        return [_without_exists(part) for part in expr.values()]
    if isinstance(expr, list | tuple | set):
        return [_without_exists(part) for part in expr]
    return expr

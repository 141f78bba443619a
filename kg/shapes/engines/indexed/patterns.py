"""Compiles the query of a constraint, as rdflib's algebra has it, to closures over an index.

Each part of the algebra becomes a function that binds its variables in a row and calls what comes after it, for every
solution; it answers whether to stop and leaves the row as it found it. So nothing is copied, and EXISTS ends at its
first solution.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rdflib import Literal, URIRef, Variable
from rdflib.namespace import XSD
from rdflib.paths import Path
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Node

from kg.shapes.engines.indexed.expressions import Row, Slots, Test, expression, test, variables_of
from kg.shapes.engines.indexed.index import Index, Triple
from kg.shapes.engines.indexed.nodes import node_of_rdflib
from kg.shapes.engines.indexed.paths import Unsupported, pairs, predicates_of

__all__ = ["Select", "compiled", "join"]

#: Goes on with a row; whether to stop.
_Step = Callable[[Index, Row], bool]
#: The solutions of a query for a focus node, as values of its variables by name.
Select = Callable[[Index, str], "list[dict[str, str]]"]

_THIS = Variable("this")


def compiled(query: Query) -> Select:
    """Compile a SELECT query that knows `$this`.

    Args:
        query: From `kg.shapes.planner.planned`, so that patterns start at `$this`.

    Raises:
        Unsupported: It holds what is left to pyshacl.
    """
    if query.algebra.name != "SelectQuery" or query.algebra.datasetClause is not None:
        raise Unsupported("a query that is no SELECT of the data graph")
    return _Compiler().query(query.algebra)


class _Compiler:
    def __init__(self) -> None:
        self.slots = Slots()

    def query(self, algebra: CompValue) -> Select:
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

    def step(self, part: CompValue, then: _Step) -> _Step:
        name = part.name
        if name == "BGP":
            for triple in reversed(part.triples):
                then = self.triple(triple, then)
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
        if not part.no_isolated_scope and variables_of(_without_exists(part.expr)) - set(part._vars) - {_THIS}:
            raise Unsupported("an expression with a variable from outside of its group")

    def _exists(self, pattern: CompValue) -> Test:
        step = self.step(pattern, lambda g, row: True)
        return lambda g, row: step(g, row)

    def _optional(self, part: CompValue, then: _Step) -> _Step:
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

    def _extend(self, part: CompValue, then: _Step) -> _Step:
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

    def _subquery(self, part: CompValue, then: _Step) -> _Step:
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

    def _aggregated(self, part: CompValue, then: _Step) -> _Step:
        """The body of a subquery: extensions over a group, else any pattern."""
        if part.name == "Extend":
            return self._aggregated(part.p, self._extend(part, then))
        if part.name != "AggregateJoin":
            return self.step(part, then)
        rows = self.slots.fresh()
        keys = [self.slots.slot(_variable(key)) for key in part.p.expr or ()]
        made = [_Aggregate(one, self.slots) for one in part.A]

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

    def triple(self, triple: tuple[Any, Any, Any], then: _Step) -> _Step:
        s, p, o = triple
        if isinstance(p, Path):
            predicates_of(p)
            return self._path(s, p, o, then)
        if isinstance(p, URIRef):
            return self._known(self.place(s), str(p), self.place(o), then)
        return self._open(self.place(s), self.place(p), self.place(o), then)

    def place(self, term: Node) -> tuple[int, str | None]:
        """The slot of a variable, or the string of a constant."""
        if isinstance(term, Variable):
            return self.slots.slot(term), None
        if isinstance(term, URIRef | Literal):
            return -1, node_of_rdflib(term)
        return self.slots.slot(Variable(f"__blank_{term}")), None

    def _known(self, s: tuple[int, str | None], p: str, o: tuple[int, str | None], then: _Step) -> _Step:
        si, sc = s
        oi, oc = o

        def step(g: Index, row: Row) -> bool:
            subject = row[si] if sc is None else sc
            value = row[oi] if oc is None else oc
            if subject is not None:
                if value is not None:
                    return g.has(subject, p, value) and then(g, row)
                for found in g.objects(subject, p):
                    row[oi] = found
                    if then(g, row):
                        row[oi] = None
                        return True
                row[oi] = None
                return False
            if value is not None:
                for found in g.subjects(p, value):
                    row[si] = found
                    if then(g, row):
                        row[si] = None
                        return True
                row[si] = None
                return False
            for subject, _, value in g.match(None, p, None):
                if si == oi and subject != value:
                    continue
                row[si], row[oi] = subject, value
                stop = then(g, row)
                row[si] = row[oi] = None
                if stop:
                    return True
            return False

        return step

    def _open(
        self, s: tuple[int, str | None], p: tuple[int, str | None], o: tuple[int, str | None], then: _Step
    ) -> _Step:
        places = [place for place, constant in (s, p, o) if constant is None]
        if len(set(places)) < len(places):
            raise Unsupported("a pattern with a variable twice")

        def step(g: Index, row: Row) -> bool:
            terms = [row[place] if constant is None else constant for place, constant in (s, p, o)]
            new = [
                (place, n) for n, (place, constant) in enumerate((s, p, o)) if constant is None and row[place] is None
            ]
            stop = False
            for triple in g.match(terms[0], terms[1], terms[2]):
                for place, n in new:
                    row[place] = triple[n]
                if then(g, row):
                    stop = True
                    break
            for place, _ in new:
                row[place] = None
            return stop

        return step

    def _path(self, s: Node, path: Path, o: Node, then: _Step) -> _Step:
        (si, sc), (oi, oc) = self.place(s), self.place(o)

        def step(g: Index, row: Row) -> bool:
            subject = row[si] if sc is None else sc
            value = row[oi] if oc is None else oc
            stop = False
            for start, end in pairs(g, path, subject, value):
                if si == oi and sc is None and start != end:
                    continue
                if subject is None:
                    row[si] = start
                if value is None:
                    row[oi] = end
                if then(g, row):
                    stop = True
                    break
            if subject is None:
                row[si] = None
            if value is None:
                row[oi] = None
            return stop

        return step


class _Aggregate:
    """COUNT, or the sample that stands for a variable of the group."""

    def __init__(self, one: CompValue, slots: Slots) -> None:
        self.slot = slots.slot(one.res)
        self._kind = one.name
        self._distinct = bool(one.distinct)
        self._of = -1 if one.vars == "*" else slots.slot(_variable(one.vars))
        if one.name not in {"Aggregate_Count", "Aggregate_Sample"} or (self._of < 0 and self._distinct):
            raise Unsupported(f"{one.name} in a query")

    def of(self, rows: list[Row]) -> str | None:
        values = [row[self._of] if self._of >= 0 else "" for row in rows]
        values = [value for value in values if value is not None]
        if self._kind == "Aggregate_Sample":
            return values[0] if values else None
        number = len(set(values)) if self._distinct else len(values)
        return node_of_rdflib(Literal(number, datatype=XSD.integer))


def _unwrapped(part: CompValue) -> tuple[CompValue, bool]:
    distinct = False
    while part.name == "Distinct":
        part, distinct = part.p, True
    if part.name != "Project":
        raise Unsupported(f"{part.name} of a query")
    return part, distinct


def _once(rows: list[tuple[Any, ...]], distinct: bool) -> list[tuple[Any, ...]]:
    return list(dict.fromkeys(rows)) if distinct else rows


def _joined(g: Index, row: Row, places: list[int], values: tuple[Any, ...], then: _Step) -> bool:
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


def _variable(term: object) -> Variable:
    if not isinstance(term, Variable):
        raise Unsupported("grouping or counting by an expression")
    return term


def _without_exists(expr: Any) -> Any:
    """An expression without what its EXISTS look at, which see all variables."""
    if isinstance(expr, CompValue):
        if expr.name in {"Builtin_EXISTS", "Builtin_NOTEXISTS"}:
            return []
        return [_without_exists(part) for part in expr.values()]
    if isinstance(expr, list | tuple | set):
        return [_without_exists(part) for part in expr]
    return expr


def join(start: tuple[Any, Any, Any], others: list[Any]) -> Callable[[Index, Triple, set[str]], None] | None:
    """What a triple that matches a pattern says of `$this`, where other patterns hold with it.

    Args:
        start: The pattern; what is nothing in it is not looked at.
        others: Patterns, and choices of patterns, that hold as well.

    Returns:
        A function that adds the values of `$this`; nothing where no pattern leads there.
    """
    compiler = _Compiler()
    slots = compiler.slots
    if _THIS not in {v for part in (start, *others) for v in _mentioned(part)}:
        return None
    places = [(n, compiler.place(term)) for n, term in enumerate(start) if term is not None]
    out = slots.fresh()

    def collect(g: Index, row: Row) -> bool:
        row[out].add(row[0])
        return False

    def unseen(then: _Step) -> _Step:
        return lambda g, row: row[0] not in row[out] and then(g, row)

    ordered, known = _ordered(others, _mentioned(start))
    step: _Step = collect
    for part, binds_this in reversed(ordered):
        if binds_this:
            step = unseen(step)
        step = compiler.triple(part, step) if isinstance(part, tuple) else compiler.step(part, step)

    def find(g: Index, triple: Triple, found: set[str]) -> None:
        row: Row = [None] * slots.count
        for n, (place, constant) in places:
            node = triple[n]
            if constant is None and row[place] in (None, node):
                row[place] = node
            elif constant != node:
                return
        row[out] = found
        step(g, row)

    return find if _THIS in known else None


def _ordered(parts: list[Any], known: set[Variable]) -> tuple[list[tuple[Any, bool]], set[Variable]]:
    """Patterns so that each hangs on those before it, with whether it is the one that gives `$this` its value."""
    left, known = list(parts), set(known)
    ordered = []
    while left:
        best = min(left, key=lambda part: _price(part, known))
        left.remove(best)
        names = _mentioned(best)
        if known and not names & known:
            continue  # what hangs on nothing narrows nothing
        ordered.append((best, _THIS in names and _THIS not in known))
        known |= names
    return ordered, known


def _price(part: Any, known: set[Variable]) -> tuple[int, bool]:
    names = _mentioned(part)
    unknown = len(names - known)
    return (unknown if names & known else unknown + 9), not isinstance(part, tuple)


def _mentioned(part: Any) -> set[Variable]:
    if isinstance(part, tuple):
        return {term for term in part if isinstance(term, Variable)}
    if part.name == "BGP":
        return {v for triple in part.triples for v in _mentioned(triple)}
    if part.name in {"Join", "Union", "LeftJoin"}:
        return _mentioned(part.p1) | (_mentioned(part.p2) if part.name != "LeftJoin" else set())
    return _mentioned(part.p) if part.name in {"Filter", "Extend"} else set()

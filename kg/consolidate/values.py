"""Values that say the same, more or less precisely, and values that do not.

Less precise is not conflicting: 2025-10 holds 2025-10-19, "about 34,000" and "more than 34,000" are one number with its
bounds, a broader concept gives way to a narrower one. What remains apart after that is a disagreement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from kg.dates import DateInterval
from kg.ids import normalise
from kg.knowledge import Knowledge
from kg.mapping.statements import Amount, Chain, Concept, Plain, Ref, Statement, StatementValue, When

__all__ = ["Group", "group_values"]

#: An approximate number covers another that lies within 2 % of it.
_APPROXIMATE = 50


@dataclass(frozen=True)
class Group:
    """Statements that agree, and the value that all of them allow.

    `exact` is true where one of the statements says `value` itself; else it is worked out from several.
    """

    value: StatementValue
    statements: tuple[Statement, ...]
    exact: bool = True


def group_values(
    statements: Sequence[Statement], knowledge: Knowledge, iris: Mapping[Chain, str] = MappingProxyType({})
) -> list[Group]:
    """Group the statements of one subject and one functional property by what they agree on.

    Args:
        statements: The statements.
        knowledge: Which concepts are broader, and which give way.
        iris: The canonical IRIs of chains: two articles that name one entity say the same.
    """
    if all(isinstance(s.value, When) for s in statements):
        return _group_dates(statements)
    if all(isinstance(s.value, Amount) for s in statements):
        return _group_amounts(statements)
    return _group_terms(statements, knowledge, iris)


def _group_dates(statements: Sequence[Statement]) -> list[Group]:
    """Dates agree as long as some day lies in all of them; the narrowest founds a group."""

    def width(statement: Statement) -> tuple[int, str]:
        interval = _interval(statement)
        if interval is None or interval.earliest is None or interval.latest is None:
            return 10**6, statement.id
        return (interval.latest - interval.earliest).days, statement.id

    groups: list[tuple[DateInterval, list[Statement]]] = []
    for statement in sorted((s for s in statements if _interval(s)), key=width):
        interval = _interval(statement)
        assert interval is not None  # the filter above
        for number, (common, members) in enumerate(groups):
            both = common.intersect(interval)
            if both is not None:
                groups[number] = (common if _bounds(both) == _bounds(common) else both, [*members, statement])
                break
        else:
            groups.append((interval, [statement]))
    found = []
    for common, members in groups:
        saying = [s for s in members if _bounds(_interval(s)) == _bounds(common)]
        if saying:
            found.append(Group(_written(saying), tuple(members)))
        else:
            value = members[0].value
            assert isinstance(value, When)  # group_values
            found.append(Group(When(value.expression, common), tuple(members), exact=False))
    return found


def _interval(statement: Statement) -> DateInterval | None:
    return statement.value.interval if isinstance(statement.value, When) else None


def _bounds(interval: DateInterval | None) -> tuple[object, object]:
    return (interval.earliest, interval.latest) if interval else (None, None)


def _group_amounts(statements: Sequence[Statement]) -> list[Group]:
    """Numbers agree where one lies in the other's bounds; the exact one speaks for the group."""
    order = {"exact": 0, "approximately": 1, "nearly": 1}

    def rank(statement: Statement) -> tuple[int, int, str]:
        amount = _amount(statement)
        return (3 if amount.qualitative is not None else order.get(amount.qualifier, 2), 0, statement.id)

    groups: list[list[Statement]] = []
    for statement in sorted(statements, key=rank):
        for members in groups:
            if all(_agree(_amount(statement), _amount(member)) for member in members):
                members.append(statement)
                break
        else:
            groups.append([statement])
    return [Group(members[0].value, tuple(members)) for members in groups]


def _amount(statement: Statement) -> Amount:
    assert isinstance(statement.value, Amount)  # group_values
    return statement.value


def _agree(one: Amount, other: Amount) -> bool:
    if one.unit != other.unit:
        return False
    if one.qualitative is not None or other.qualitative is not None:
        # "most" and "the vast majority" need no number to be compatible, and no number contradicts them by itself.
        return True
    if one.value is not None and other.value is not None:
        if one.qualifier == other.qualifier == "exact":
            return one.value == other.value
        return abs(one.value - other.value) * _APPROXIMATE <= max(one.value, other.value)
    for bounds, point in ((one, other), (other, one)):
        number = point.value
        if number is None:
            continue
        slack = number / _APPROXIMATE if point.qualifier in {"approximately", "nearly"} else 0
        if (bounds.lower is not None and number + slack < bounds.lower) or (
            bounds.upper is not None and number - slack > bounds.upper
        ):
            return False
    low = max((b for b in (one.lower, other.lower) if b is not None), default=None)
    high = min((b for b in (one.upper, other.upper) if b is not None), default=None)
    return low is None or high is None or low <= high


def _group_terms(statements: Sequence[Statement], knowledge: Knowledge, iris: Mapping[Chain, str]) -> list[Group]:
    """Equal values agree, and a value that yields to another (broader, or less settled) joins it."""
    by_value: dict[object, list[Statement]] = {}
    for statement in sorted(statements, key=lambda s: s.id):
        by_value.setdefault(_key(statement.value, iris), []).append(statement)
    names = [key for key in by_value if isinstance(key, str)]
    # What gives way to nothing that is claimed here; no value may join one that joins another itself.
    firm = [n for n in names if not any(knowledge.yields(n, m) for m in names if m != n)]
    groups: dict[object, list[Statement]] = {}
    for key, members in by_value.items():
        target = next((n for n in firm if isinstance(key, str) and n != key and knowledge.yields(key, n)), key)
        groups.setdefault(target, []).extend(members)
    found = []
    for key, members in groups.items():
        saying = [s for s in members if _key(s.value, iris) == key]
        found.append(Group(_written(saying), tuple(members)))
    return found


def _written(saying: Sequence[Statement]) -> StatementValue:
    """Of values that are equal but for their spelling the most frequent one, of several the first in its text."""
    if len(saying) == 1 or not isinstance(saying[0].value, Plain):
        return saying[0].value
    spelt = Counter(s.value for s in saying)
    return min(saying, key=lambda s: (-spelt[s.value], min(e.start for e in s.claim.evidence), s.id)).value


def _key(value: StatementValue, iris: Mapping[Chain, str]) -> object:
    if isinstance(value, Concept):
        return value.name
    if isinstance(value, Plain):
        return (value.kind, normalise(value.value) if isinstance(value.value, str) else value.value)
    if isinstance(value, Ref):
        return ("entity", iris.get(value.chain, value.chain))
    return value

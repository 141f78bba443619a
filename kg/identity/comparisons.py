"""All accounts of incidents of a build against each other: which pairs are one incident, and which are worth a look.

There are as many pairs as accounts squared, and of most of them nobody asks more than how much speaks for one. So each
pair is only scored, and compared in full where its score says that the outcome matters; what is compared for people to
read is worked out when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import inf

from kg.identity.profiles import IncidentProfile
from kg.identity.score import (
    COMPARED,
    CONTRADICTION,
    DURATION,
    NAME,
    NEAR,
    ROUTE,
    UNCERTAIN,
    Comparison,
    Hierarchy,
    compare,
    concept_features,
    overlap_weight,
)
from kg.mapping.statements import Chain

__all__ = ["WORTH_A_LOOK", "Comparisons", "Pair"]

#: A pair below this score changes nothing, whatever forbids or allows it: it is not even a near miss.
WORTH_A_LOOK = UNCERTAIN - NEAR

#: The predicates that are compared, in two parts: what is said of the incident, and the rest.
_PARTS = (COMPARED[:3], COMPARED[3:])

#: By the kinds of one account: what each gives with the kinds of others.
_Rows = tuple[dict[int, float], dict[int, float]]
_Claimed = tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True)
class Pair:
    """Two accounts of incidents that were compared."""

    one: Chain
    other: Chain
    comparison: Comparison


@dataclass(slots=True)
class _Account:
    """A profile in the form that scores fast; days are ordinals, absent where the account is undated.

    `weight` is what an overlap with an interval no wider than its own gives. `kinds` are numbers for what is claimed of
    the incident and of its crossers: few accounts differ in both.
    """

    profile: IncidentProfile
    first: float | None
    last: float
    weight: float
    kinds: tuple[int, int]


class Comparisons:
    """Accounts of incidents, ready to be compared.

    Args:
        profiles: All accounts, in founding order.
        hierarchy: Broader and narrower concepts.
    """

    def __init__(self, profiles: Sequence[IncidentProfile], hierarchy: Hierarchy) -> None:
        self._hierarchy = hierarchy
        self._kinds: dict[tuple[object, ...], int] = {}
        self._claimed: list[_Claimed] = []
        self._rows: dict[int, dict[int, float]] = {}
        self._accounts = {profile.chain: self._account(profile) for profile in profiles}

    def compare(self, one: Chain, other: Chain) -> Comparison:
        """The comparison of two accounts in full."""
        return compare(self._accounts[one].profile, self._accounts[other].profile, self._hierarchy)

    def score(self, one: Chain, other: Chain) -> float:
        """How much speaks for one incident: the score of `compare`, without its features and its veto."""
        a, b = self._accounts[one], self._accounts[other]
        return self._score(a, b, self._rows_of(a))

    def above(self, least: float) -> Iterator[tuple[float, Chain, Chain]]:
        """The pairs of accounts of different articles with at least a score, in founding order."""
        accounts = list(self._accounts.items())
        score = self._score
        for number, (one, a) in enumerate(accounts):
            rows = self._rows_of(a)
            article = one.article
            for other, b in accounts[number + 1 :]:
                if other.article != article:
                    found = score(a, b, rows)
                    if found >= least:
                        yield found, one, other

    def between(
        self, iris: Mapping[Chain, str], least: float, also: Iterable[frozenset[Chain]] = ()
    ) -> tuple[Pair, ...]:
        """All pairs of accounts of two incidents of which some pair is worth a look, in founding order.

        Args:
            iris: The incident of each account.
            least: The score from which on a pair is worth a look.
            also: Pairs that are worth a look whatever their score.
        """
        ends = {frozenset((iris[one], iris[other])) for _, one, other in self.above(least)}
        ends |= {frozenset(iris[chain] for chain in pair) for pair in also if pair <= self._accounts.keys()}
        members = self._members(iris)
        groups = ([members[iri] for iri in pair] for pair in ends if len(pair) == 2)
        return self._pairs((x, y) for ours, theirs in groups for x in ours for y in theirs)

    def within(self, iris: Mapping[Chain, str]) -> tuple[Pair, ...]:
        """All pairs of accounts of one incident, in founding order."""
        return self._pairs(pair for group in self._members(iris).values() for pair in combinations(group, 2))

    def _members(self, iris: Mapping[Chain, str]) -> dict[str, list[Chain]]:
        found: dict[str, list[Chain]] = {}
        for chain in self._accounts:
            found.setdefault(iris[chain], []).append(chain)
        return found

    def _pairs(self, pairs: Iterable[tuple[Chain, Chain]]) -> tuple[Pair, ...]:
        """The pairs in founding order, compared; two accounts of one article never are."""
        place = {chain: number for number, chain in enumerate(self._accounts)}
        apart = [sorted(pair, key=place.__getitem__) for pair in pairs if pair[0].article != pair[1].article]
        apart.sort(key=lambda pair: (place[pair[0]], place[pair[1]]))
        return tuple(Pair(one, other, self.compare(one, other)) for one, other in apart)

    def _account(self, profile: IncidentProfile) -> _Account:
        first: float | None = None
        last, weight = inf, 0.0
        if profile.date is not None:
            earliest, latest = profile.date.earliest, profile.date.latest
            first, last = earliest.toordinal() if earliest else -inf, latest.toordinal() if latest else inf
            weight = overlap_weight(profile.date)
        return _Account(profile, first, last, weight, (self._kind(profile, _PARTS[0]), self._kind(profile, _PARTS[1])))

    def _kind(self, profile: IncidentProfile, predicates: tuple[str, ...]) -> int:
        """A number for what a profile claims by some predicates, the same for all that claim the same."""
        claimed = tuple((name, profile.concepts[name]) for name in predicates if profile.concepts.get(name))
        kind = self._kinds.setdefault((predicates, claimed), len(self._kinds))
        if kind == len(self._claimed):
            self._claimed.append(claimed)
        return kind

    def _told(self, ours: int, theirs: int) -> float:
        """What two kinds of claims give."""
        return _given(self._claimed[ours], self._claimed[theirs], self._hierarchy)

    def _rows_of(self, account: _Account) -> _Rows:
        """What the concepts of an account give with those of others, as far as it is known."""
        first, then = account.kinds
        return self._rows.setdefault(first, {}), self._rows.setdefault(then, {})

    def _score(self, a: _Account, b: _Account, rows: _Rows) -> float:
        first, then = b.kinds
        own, of_crossers = rows[0].get(first), rows[1].get(then)
        if own is None:
            own = rows[0][first] = self._told(a.kinds[0], first)
        if of_crossers is None:
            of_crossers = rows[1][then] = self._told(a.kinds[1], then)
        found = own + of_crossers
        if a.first is not None and b.first is not None and a.first <= b.last and b.first <= a.last:
            # The wider interval counts, and the wider, the less.
            found += a.weight if a.weight < b.weight else b.weight
        one, other = a.profile, b.profile
        if one.routes and other.routes:
            found += CONTRADICTION if one.routes.isdisjoint(other.routes) else ROUTE
        if one.names and other.names and not one.names.isdisjoint(other.names):
            found += NAME
        if one.duration and other.duration:
            found += DURATION if one.duration == other.duration else CONTRADICTION
        if one.count and other.count and one.count != other.count:
            found += CONTRADICTION
        return found


@lru_cache(maxsize=16384)
def _given(ours: _Claimed, theirs: _Claimed, hierarchy: Hierarchy) -> float:
    """What two kinds of claims give; the rounds of a linking, and its repetitions, ask for the same ones."""
    return sum(weight for _, weight in concept_features(dict(ours), dict(theirs), hierarchy))

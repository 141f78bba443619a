"""How each pair of incidents came out: left open, nearly so, joined by the machine, or decided by a person.

The comparison is of accounts, but a decision on two accounts is one on their incidents: what forbids one account of the
one to be one of the other forbids the whole. So accounts of two incidents are one pair here, shown by the two accounts
that are most alike; accounts of one incident are pairs of their own, for each may have been joined wrongly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.identity.comparisons import WORTH_A_LOOK, Pair
from kg.identity.resolve import Decisions, Identity
from kg.identity.score import UNCERTAIN, Comparison
from kg.mapping.statements import Chain

__all__ = ["Outcome", "PairState", "open_pairs", "pair_states"]

#: `uncertain`: the machine leaves it open. `unsure`: so did a person. `near miss`: a little more would have left it
#: open, or the absence of what forbids it. `joined`: the machine took the two for one. `one`, `two`: a person said so.
Outcome = Literal["uncertain", "unsure", "near miss", "joined", "one", "two"]


@dataclass(frozen=True)
class PairState:
    """A pair of accounts with how it came out.

    Attributes:
        one: The account in the article that founds, by the order of `kg.identity.resolve`.
        other: The other account.
        outcome: How the pair came out.
        comparison: What was compared, or None where both are of one article.
        forbids: What forbids the two incidents to be one, as a clause; None where nothing does.
        suggested: Whether a program suggested that they are one.
        accounts: How many pairs of accounts the two incidents have.
    """

    one: Chain
    other: Chain
    outcome: Outcome
    comparison: Comparison | None
    forbids: str | None = None
    suggested: bool = False
    accounts: int = 1

    @property
    def open(self) -> bool:
        """Whether nobody knows: the least number counts the two as one, the greatest as two."""
        return self.outcome in ("uncertain", "unsure")

    @property
    def asks(self) -> bool:
        """Whether a person is asked: what the rules leave open, also where a program joined it."""
        left_open = self.comparison is not None and self.comparison.uncertain
        return self.outcome == "uncertain" or (self.outcome == "joined" and self.suggested and left_open)


def open_pairs(identity: Identity, decisions: Decisions) -> list[PairState]:
    """The pairs of incidents of which nobody knows whether they are one."""
    return sorted((state for state in _apart(identity, decisions, UNCERTAIN) if state.open), key=_order)


def pair_states(identity: Identity, decisions: Decisions) -> list[PairState]:
    """Every pair that a person may want to see, those that ask for it first, then by falling score.

    Args:
        identity: The linking.
        decisions: What was decided before it.
    """
    return sorted([*_apart(identity, decisions, WORTH_A_LOOK), *_within(identity, decisions)], key=_order)


def _order(state: PairState) -> tuple[bool, float, Chain, Chain]:
    return not state.asks, -(state.comparison.score if state.comparison else 0.0), state.one, state.other


def _within(identity: Identity, decisions: Decisions) -> Iterator[PairState]:
    for pair in identity.comparisons.within(identity.iris):
        key = frozenset((pair.one, pair.other))
        outcome: Outcome = "one" if key in decisions.same else "joined"
        yield PairState(
            pair.one, pair.other, outcome, pair.comparison, pair.comparison.veto, key in decisions.suggested
        )


def _apart(identity: Identity, decisions: Decisions, least: float) -> Iterator[PairState]:
    """The pairs of incidents that are two, as far as two accounts score at least so much, or a person judged them."""
    judged = decisions.different | decisions.unsure
    between: dict[frozenset[str], list[Pair]] = {}
    for pair in identity.comparisons.between(identity.iris, least, judged):
        ends = frozenset((identity.iris[pair.one], identity.iris[pair.other]))
        between.setdefault(ends, []).append(pair)
    told = _told_by_one_article(identity)
    for ends, pairs in between.items():
        state = _between(pairs, decisions, ends in told)
        if state is not None:
            yield state
    # Two accounts of one article are never compared, but a person may have judged them.
    for key in sorted(decisions.unsure | decisions.different, key=sorted):
        one, other = sorted(key)
        if one.article == other.article and {one, other} <= identity.profiles.keys():
            yield PairState(one, other, "two" if key in decisions.different else "unsure", None)


def _told_by_one_article(identity: Identity) -> set[frozenset[str]]:
    """The pairs of incidents that some article tells apart, since it has an account of each."""
    by_article: dict[str, set[str]] = {}
    for chain in identity.profiles:
        by_article.setdefault(chain.article, set()).add(identity.iris[chain])
    return {frozenset((a, b)) for iris in by_article.values() for a in iris for b in iris if a != b}


def _between(pairs: list[Pair], decisions: Decisions, told: bool) -> PairState | None:
    """The state of two incidents, or None where nothing much speaks for one."""
    keys = {frozenset((p.one, p.other)): p for p in pairs}
    best = max(pairs, key=lambda p: (p.comparison.veto is None, p.comparison.score))
    suggested = any(key in decisions.suggested for key in keys)
    forbids = next((p.comparison.veto for p in pairs if p.comparison.veto), None)
    forbids = forbids or ("an article tells of both" if told else None)
    for among, outcome in ((decisions.different, "two"), (decisions.unsure, "unsure")):
        judged = next((p for key, p in keys.items() if key in among), None)
        if judged is not None:
            return _state(judged, "two" if outcome == "two" else "unsure", forbids, suggested, len(pairs))
    if forbids is None and best.comparison.uncertain:
        return _state(best, "uncertain", None, suggested, len(pairs))
    nearly = best.comparison.near_miss if forbids is None else any(p.comparison.score >= UNCERTAIN for p in pairs)
    if nearly:
        strongest = best if forbids is None else max(pairs, key=lambda p: p.comparison.score)
        return _state(strongest, "near miss", forbids, suggested, len(pairs))
    return None


def _state(pair: Pair, outcome: Outcome, forbids: str | None, suggested: bool, accounts: int) -> PairState:
    return PairState(pair.one, pair.other, outcome, pair.comparison, forbids, suggested, accounts)

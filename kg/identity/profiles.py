"""What an article says of one incident or statistic, in the form that identity compares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kg.dates import DateInterval
from kg.facts.model import Claim
from kg.ids import normalise
from kg.mapping.statements import Amount, ArticleStatements, Chain, Concept, Plain, Ref, Statement, When

__all__ = ["IncidentProfile", "StatisticProfile", "incident_profile", "is_compared", "name_key", "statistic_profile"]

#: Words that an article commits itself to at least in part: enough to compare by, not enough to publish.
_COMPARED = frozenset({"asserted", "reported", "probable"})


@dataclass(frozen=True)
class IncidentProfile:
    """One article's account of one incident.

    `date` is known, or `weekdays` are the days of the week (0 for Monday) that an unresolved expression names.
    `concepts` maps a predicate to the concepts claimed for it, the crossers' own (`cx:rank`, `cx:actorType`) included.
    `names` are the keys of the crossers' proper names.
    """

    chain: Chain
    date: DateInterval | None
    weekdays: frozenset[int]
    concepts: dict[str, frozenset[str]]
    routes: frozenset[str]
    names: frozenset[str]
    count: int | None
    duration: str | None
    crossers: tuple[Chain, ...]


@dataclass(frozen=True)
class StatisticProfile:
    """One article's account of one statistic; `period` is None where none is stated, or where it is unresolved."""

    chain: Chain
    measure: str
    population: str
    unit: str
    period: DateInterval | None
    unresolved: bool
    amount: Amount
    route: str | None
    whole: Chain | None

    @cached_property
    def key(self) -> tuple[str, ...] | None:
        """What two accounts of one statistic share, or None where too little is said to know it again."""
        what = (self.measure, self.population, self.unit, self.route or "")
        if self.measure == "measure:cumulative-arrivals":
            return what
        period = self.period.edtf if self.period else ""
        if self.amount.qualitative is not None:
            # "Most go through China": the way they go tells it apart, and no text says of which years it speaks.
            return (*what, "qualitative", "" if self.route else period)
        return (*what, "part" if self.whole else "", period) if period and not self.unresolved else None


def name_key(name: str) -> str:
    """A proper name for comparison: spelling variants by hyphen and spacing fall together.

    >>> name_key("Kim Jong-un") == name_key("Kim Jong Un")
    True
    """
    return "".join(c for c in normalise(name) if c.isalnum())


def is_compared(claim: Claim) -> bool:
    """Whether a claim counts in a comparison: its article commits itself to it at least in part."""
    return claim.certainty in _COMPARED and not claim.negated and claim.tense != "future"


def _compared(article: ArticleStatements, chain: Chain) -> list[Statement]:
    return [s for s in article.said(chain) if is_compared(s.claim)]


def incident_profile(
    article: ArticleStatements, chain: Chain, concepts: dict[str, str], dates: dict[Chain, DateInterval]
) -> IncidentProfile:
    """The profile of an incident.

    Args:
        article: The article.
        chain: The incident's chain.
        concepts: The gazetteer entry of each chain that has one, by chain id.
        dates: Dates known from the linking so far, which stand for what the article leaves unresolved.
    """
    own = _compared(article, chain)
    crossers = tuple(
        dict.fromkeys(s.value.chain for s in own if s.predicate == "cx:crosser" and isinstance(s.value, Ref))
    )
    theirs = [s for crosser in crossers for s in _compared(article, crosser)]
    whens = [s.value for s in own if s.predicate == "cx:dateEDTF" and isinstance(s.value, When)]
    known = _intersection(w.interval for w in whens if w.interval is not None)
    unresolved = [w for w in whens if w.interval is None]
    found: dict[str, set[str]] = {}
    for statement in [*own, *theirs]:
        if isinstance(statement.value, Concept):
            found.setdefault(statement.predicate, set()).add(statement.value.name)
    names = [s.value.value for s in theirs if s.predicate == "cx:name" and isinstance(s.value, Plain)]
    counts = [s.value.value for s in own if s.predicate == "cx:personCount" and isinstance(s.value, Plain)]
    durations = [s.value.value for s in own if s.predicate == "cx:operationDuration" and isinstance(s.value, Plain)]
    routes = [s.value.chain.chain for s in own if s.predicate == "cx:viaRoute" and isinstance(s.value, Ref)]
    return IncidentProfile(
        chain=chain,
        date=known or dates.get(chain),
        weekdays=frozenset(w.expression.weekday for w in unresolved if w.expression.weekday is not None),
        concepts={predicate: frozenset(values) for predicate, values in found.items()},
        routes=frozenset(concepts.get(route, f"{article.id}/{route}") for route in routes),
        names=frozenset(name_key(str(name)) for name in names),
        count=int(counts[0]) if counts else (len(crossers) or None),
        duration=str(durations[0]) if durations else None,
        crossers=crossers,
    )


def statistic_profile(
    article: ArticleStatements, chain: Chain, concepts: dict[str, str], periods: dict[Chain, DateInterval]
) -> StatisticProfile | None:
    """The profile of a statistic, or None where the article gives it no quantity at all."""
    own = article.said(chain)
    amounts = [s.value for s in own if s.predicate == "cx:value" and isinstance(s.value, Amount)]
    if not amounts:
        return None
    amount = next((a for a in amounts if a.qualitative is None), amounts[0])
    told = [s.value for s in own if s.predicate == "cx:period" and isinstance(s.value, When)]
    # "So far in 2024" over "in the first nine months": the headline gives the year, the body the stretch.
    period = _intersection(w.interval for w in told if w.interval is not None) or periods.get(chain)

    def concept(predicate: str) -> str:
        return next((s.value.name for s in own if s.predicate == predicate and isinstance(s.value, Concept)), "")

    def ref(predicate: str) -> Chain | None:
        return next((s.value.chain for s in own if s.predicate == predicate and isinstance(s.value, Ref)), None)

    route = ref("cx:viaRoute")
    return StatisticProfile(
        chain=chain,
        measure=concept("cx:measure"),
        population=concept("cx:population"),
        unit=amount.unit,
        period=period,
        unresolved=bool(told) and period is None,
        amount=amount,
        route=concepts.get(route.chain, f"{article.id}/{route.chain}") if route else None,
        whole=ref("cx:shareOf"),
    )


def _intersection(intervals: Iterable[DateInterval]) -> DateInterval | None:
    found: DateInterval | None = None
    for interval in intervals:
        found = interval if found is None else (found.intersect(interval) or found)
    return found

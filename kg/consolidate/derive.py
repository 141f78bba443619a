"""What only several articles together allow: dates that one article leaves open and a linked incident of another gives.

An article without a date says "early on Tuesday" and, of the same incident, "today". Another dates that incident to
August 2024. Then the first was written on one of the days on which both its expressions fall into that month, and what
else it counts from its own day ("the previous year") can be resolved too. Every value found so is a claim of its own,
which names the rule and the claims it was derived from; the first claim stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.dates import DateInterval
from kg.identity.resolve import Identity
from kg.knowledge import Knowledge
from kg.mapping.statements import ArticleStatements, Chain, Statement, When

__all__ = ["Days", "Derivation", "derive"]

#: An article reports an incident as news at most this many days after it.
_HORIZON = 366
#: The properties whose dates help to link, and the class that they are of.
_DATED = {"cx:dateEDTF": "Incident", "cx:period": "Statistic"}
_RELATIVE = "rule:resolve-relative-to-linked-incident"
_WEEKDAY = "rule:resolve-weekday-within-interval"
_WRITTEN = "rule:resolve-article-year-from-linked-incident"


#: The interval of an expression, by article, local id, and the day on which the article would have been written.
Days = MutableMapping[tuple[str, str, date], DateInterval | None]


@dataclass(frozen=True)
class Derivation:
    """Derived statements, and the interval that each chain gains for the next round of linking."""

    statements: tuple[Statement, ...]
    dates: Mapping[Chain, DateInterval]


@dataclass(frozen=True)
class _Known:
    """An incident's interval as some claims give it."""

    interval: DateInterval
    claims: tuple[str, ...]


def derive(
    articles: Sequence[ArticleStatements],
    identity: Identity,
    knowledge: Knowledge,
    before: Sequence[Statement] = (),
    days: Days | None = None,
) -> Derivation:
    """Derive what the linked incidents allow.

    Args:
        articles: All articles, without what a correction marks.
        identity: The linking so far.
        knowledge: Which claims are admitted: no other dates an incident, or the article that reports it.
        before: The statements that the previous round derived: an incident that gained its date then helps now.
        days: What an earlier round worked out for these articles; it is added to.
    """
    days = {} if days is None else days
    made: list[Statement] = []
    dated = _dated(articles, identity, knowledge)
    for article in sorted(articles, key=lambda a: a.id):
        made.extend(_of_article(article, dated, identity, knowledge, before, days))
    dates: dict[Chain, DateInterval] = {}
    for statement in made:
        cls = _DATED.get(statement.predicate)
        if (
            cls is not None
            and isinstance(statement.value, When)
            and statement.value.interval
            and knowledge.admitted(statement.claim, cls)
        ):
            known = dates.get(statement.subject)
            dates[statement.subject] = (
                (known.intersect(statement.value.interval) or known) if known else statement.value.interval
            )
    return Derivation(tuple(made), dates)


def _dated(
    articles: Sequence[ArticleStatements], identity: Identity, knowledge: Knowledge
) -> dict[str, list[Statement]]:
    """The admitted claims that date an incident, by its IRI, in the order of the articles."""
    found: dict[str, list[Statement]] = {}
    for article in articles:
        for statement in article.statements:
            iri = identity.iris.get(statement.subject) if statement.predicate == "cx:dateEDTF" else None
            if iri is not None and _dates_incident(statement, knowledge):
                found.setdefault(iri, []).append(statement)
    return found


def _dates_incident(statement: Statement, knowledge: Knowledge) -> bool:
    """Whether a claim of a date may date an incident elsewhere: it is resolved and admitted."""
    value = statement.value
    return isinstance(value, When) and value.interval is not None and knowledge.admitted(statement.claim, "Incident")


def _of_article(
    article: ArticleStatements,
    dated: Mapping[str, Sequence[Statement]],
    identity: Identity,
    knowledge: Knowledge,
    before: Sequence[Statement],
    days: Days,
) -> Iterator[Statement]:
    open_ = [s for s in article.statements if isinstance(s.value, When) and s.value.interval is None]
    if not open_:
        return
    known = {
        chain: found
        for chain, mentions in article.chains.items()
        if mentions[0].cls == "Incident"
        and (found := _known(Chain(article.id, chain), dated, identity, knowledge, before))
    }
    written = None if article.reference else _written(article, open_, knowledge, known, days)

    def incident(mention: str) -> DateInterval | None:
        found = known.get(article.mentions[mention].chain) if mention in article.mentions else None
        return found.interval if found else None

    for statement in open_:
        value = statement.value
        assert isinstance(value, When)  # the filter above
        reference = written.interval if written else (article.reference[0] if article.reference else None)
        interval = article.evaluate(value.expression.id, reference, incident)
        own = known.get(statement.subject.chain) if statement.predicate == "cx:dateEDTF" else None
        sources = [statement.id, *(written.claims if written else ())]
        if interval is not None and own is not None:
            interval = interval.intersect(own.interval)
            sources += own.claims
        if interval is None:
            continue
        anchor = value.expression.anchor
        if anchor is not None and anchor.kind == "incident" and anchor.ref in article.mentions:
            counted = known.get(article.mentions[anchor.ref].chain)
            sources += counted.claims if counted else ()
        yield statement.derived(
            When(value.expression, interval),
            _rule(statement, anchor is not None and anchor.kind == "incident"),
            tuple(dict.fromkeys(sources)),
        )


def _rule(statement: Statement, from_incident: bool) -> str:
    if from_incident:
        return _RELATIVE
    value = statement.value
    weekday = isinstance(value, When) and value.expression.weekday is not None
    return _WEEKDAY if weekday else _WRITTEN


def _known(
    chain: Chain,
    dated: Mapping[str, Sequence[Statement]],
    identity: Identity,
    knowledge: Knowledge,
    before: Sequence[Statement],
) -> _Known | None:
    """The interval of an incident by the admitted claims of other articles, or derived in this one from others."""
    iri = identity.iris.get(chain)
    interval: DateInterval | None = None
    claims: list[str] = []
    others = (s for s in dated.get(iri or "", ()) if s.article != chain.article)
    own = (
        s
        for s in before
        if s.subject == chain and s.rule == _RELATIVE and s.predicate == "cx:dateEDTF" and _dates_incident(s, knowledge)
    )
    for statement in (*others, *own):
        value = statement.value
        assert isinstance(value, When)  # _dates_incident
        assert value.interval is not None  # _dates_incident
        both = interval.intersect(value.interval) if interval else value.interval
        if both is not None:
            interval = both
            claims.append(statement.id)
    return _Known(interval, tuple(claims)) if interval else None


def _written(
    article: ArticleStatements,
    open_: Sequence[Statement],
    knowledge: Knowledge,
    known: Mapping[str, _Known],
    evaluated: Days,
) -> _Known | None:
    """The interval in which an undated article was written: every day on which all it says of known incidents fits.

    Only what it says without a hedge tells: "perhaps on Tuesday" dates nothing.
    """
    days: set[object] | None = None
    kept: list[DateInterval] = []
    claims: list[str] = []
    for chain, found in sorted(known.items()):
        said = [
            s
            for s in open_
            if s.subject.chain == chain
            and s.predicate == "cx:dateEDTF"
            and isinstance(s.value, When)
            and _from_article(s.value)
            and knowledge.admitted(s.claim, "Incident")
        ]
        if not said or found.interval.earliest is None or found.interval.latest is None:
            continue
        fitting = []
        for offset in range((found.interval.latest - found.interval.earliest).days + _HORIZON + 1):
            day = found.interval.earliest + timedelta(days=offset)
            candidate = DateInterval(day, day, "day")
            common: DateInterval | None = found.interval
            for statement in said:
                assert isinstance(statement.value, When)  # the filter above
                key = article.id, statement.value.expression.id, day
                if key not in evaluated:
                    evaluated[key] = article.evaluate(statement.value.expression.id, candidate)
                dated = evaluated[key]
                common = common.intersect(dated) if common and dated else None
            if common is not None and (days is None or day in days):
                fitting.append(candidate)
        if not fitting:
            continue
        days = {c.earliest for c in fitting}
        kept = fitting
        claims += [s.id for s in said] + list(found.claims)
    if not kept:
        return None
    return _Known(DateInterval.spanning(kept[0].earliest, kept[-1].latest), tuple(dict.fromkeys(claims)))


def _from_article(value: When) -> bool:
    anchor = value.expression.anchor
    return anchor is not None and anchor.kind == "publication"

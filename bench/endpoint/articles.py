"""Synthetic articles as records of facts: an account of an incident, figures by year, a route, and a background.

One article is some 1,200 quads of a release. An article follows from the seed and its number alone, so that a larger
corpus begins with the articles of a smaller one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from bench.endpoint.accounts import Account, concept, published_after, refer
from bench.endpoint.draft import Draft
from bench.endpoint.world import Figure, Incident, Places, World
from kg.facts.model import CitedSource, Facts, TimeExpression, Value

__all__ = ["articles"]

_PUBLISHERS = ("The Harbour Post", "Morning Ledger", "Border Gazette", "Northern Courier", "The Evening Chart")
_WIRES = (("AFP", "id:organization/afp"), ("Reuters", "id:organization/reuters"))
_FEATURES = ("land mines", "barbed wire", "strong currents", "watchtowers", "thick fog", "steep slopes")
_BACKGROUND = (
    "The two sides have no line of communication that both would call open, and letters take their time.",
    "Fences run where the paths once ran, and those who keep them count the days until they are relieved.",
    "What the weather leaves of the tracks is looked at in the morning and written down in the afternoon.",
    "Officials who were asked about it spoke of care, of patience and of the many things they cannot tell.",
    "Villages on this side have learned to tell a drill from an alarm by the length of what they hear.",
    "A spokesman for the region called the year an ordinary one, and then said what had been unusual in it.",
)
_FIGURES = 2


def articles(places: Places, seed: int) -> Iterator[list[Facts]]:
    """Articles without end, the same for a seed: the facts of all that report one incident, then those of the next."""
    world = World(places, seed)
    for incident in world.incidents():
        yield [_article(world, incident, report, seed) for report in range(incident.reports)]


def _article(world: World, incident: Incident, report: int, seed: int) -> Facts:
    name = f"{seed} {incident.number} {report}"
    chance = random.Random(f"article {name}")
    # Two articles in a hundred do not say when they were published: what they date by it is derived or stays open.
    published = published_after(incident.day, chance) if chance.random() >= 0.02 else None
    draft = Draft(name)
    account = Account(draft, incident, published, chance)
    title = account.headline()
    account.tell()
    for figure in _figures_before(world, incident, chance):
        _figure(draft, figure, chance)
    _route(draft, incident, chance)
    for sentence in chance.choices(_BACKGROUND, k=24):
        draft.block()
        draft.write(sentence)
    wire = chance.choice((None, *_WIRES))
    sources = (CitedSource(name=wire[0], role="wire", organization=wire[1]),) if wire else ()
    return draft.facts(
        title=title,
        publisher=chance.choice(_PUBLISHERS),
        published=published.isoformat() if published else None,
        sources=sources,
    )


def _figures_before(world: World, incident: Incident, chance: random.Random) -> list[Figure]:
    """Figures of years that were over when the incident was, those of recent years more often."""
    over = [f for f in world.figures if f.year < incident.day.year] or list(world.figures[:8])
    return [over[int(len(over) * chance.random() ** 0.5)] for _ in range(_FIGURES)]


def _figure(draft: Draft, figure: Figure, chance: random.Random) -> None:
    draft.block()
    start = draft.here
    draft.write("In all ")
    # One report in ten rounds the number, one in thirty has another one.
    value, qualifier, words = figure.value, "exact", f"{figure.value:,}"
    if chance.random() < 0.1:
        value, qualifier, words = round(value, -1), "approximately", f"about {round(value, -1):,}"
    elif chance.random() < 0.03:
        value, words = value * 2, f"{value * 2:,}"
    at = draft.here
    number = draft.quantity(words, "unit:NUM", value=str(value), qualifier=qualifier)
    amount = draft.since(at)
    draft.write(" ")
    at = draft.here
    draft.write(figure.population.replace("-", " "))
    people = draft.since(at)
    draft.write(" arrived in ")
    at = draft.here
    period = draft.time(TimeExpression(id="t", start=0, end=1, quote="", edtf=str(figure.year)), str(figure.year))
    year = draft.since(at)
    statistic = draft.mention_at("Statistic", draft.since(start))
    draft.claim(statistic, "cx:value", Value(kind="quantity", value=number), amount)
    draft.claim(statistic, "cx:measure", concept("measure:arrivals"), draft.since(start))
    draft.claim(statistic, "cx:population", concept(f"population:{figure.population}"), people)
    draft.claim(statistic, "cx:period", Value(kind="time", value=period), year)
    draft.write(", by the count of the ")
    at = draft.here
    label = figure.reporter.pref_label
    reporter = draft.mention("Organization", label, name=label, concept=figure.reporter.curie)
    draft.claim(statistic, "cx:reportedBy", refer(reporter), draft.since(start))
    draft.claim(reporter, "cx:name", Value(kind="text", value=label), draft.since(at))
    draft.write(".")


def _route(draft: Draft, incident: Incident, chance: random.Random) -> None:
    draft.block()
    start = draft.here
    draft.write("The ")
    label = incident.route.pref_label
    route = draft.mention("Route", label, concept=incident.route.curie)
    draft.claim(route, "cx:name", Value(kind="text", value=label), draft.since(start + len("The ")))
    draft.write(" is known for ")
    for number, feature in enumerate(chance.sample(_FEATURES, 2)):
        draft.write(" and " if number else "")
        at = draft.here
        draft.write(feature)
        draft.claim(route, "cx:routeFeature", Value(kind="text", value=feature), draft.since(at), {"tense": "present"})
    draft.write(".")

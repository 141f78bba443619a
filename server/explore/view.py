"""What the page of exploring shows for a state: facets with counts, what is chosen, and the result in one form."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from kg.namespaces import curie
from kg.summary.explore import PAGE, Choice, Row, count, facet_choices, result_rows, year_span
from kg.summary.lookups import Article, Term, articles_of, shapes_of, terms_of
from kg.summary.state import FACET_NAMES, NONE, State
from server.explore.map import Map, map_of
from server.explore.time import Axis, Year, axis_of, years_of
from server.labels import Label
from server.words import date_words

__all__ = ["FACET_TITLES", "Chip", "ExploreView", "FacetView", "Names", "Option", "explore_view"]

#: What the facets are called.
FACET_TITLES = {
    "year": "Year",
    "type": "Kind of crossing",
    "front": "Front",
    "route": "Route",
    "actor": "Who crossed",
    "status": "Defection",
    "source": "Source",
}
#: What it is called where nothing is stated; sources may also disagree, and then no value stands.
_SILENT = {"year": "undated", "actor": "not stated, or disputed", "status": "not stated, or disputed"}
#: How many values of a facet are shown at once.
_SHOWN = 12
#: How many more are there on demand. Of some facets there may be thousands, which nobody reads to the end.
_FURTHER = 48


class Names:
    """What terms and articles are called.

    Args:
        terms: The terms of a summary.
        articles: Its articles.
    """

    def __init__(self, terms: Mapping[str, Term], articles: Mapping[str, Article]) -> None:
        self._terms = terms
        self._articles = articles

    def of(self, iri: str) -> Label:
        """The label of a term or an article; of what has none, its short name."""
        article = self._articles.get(iri)
        if article is not None:
            return Label(self.article(iri, article))
        term = self._terms.get(iri)
        text = term.label if term is not None and term.label != iri else curie(iri)
        return Label(text, term.ko if term is not None else None)

    @staticmethod
    def article(iri: str, article: Article) -> str:
        """What an article is called: by its title, else by what it is and the beginning of its id."""
        kind = "digest" if article.digest else "article"
        name = article.title or f"untitled {kind} {iri.rpartition('/')[2][:8]}"
        behind = [article.publisher, date_words(article.issued) if article.issued else None]
        told = ", ".join(part for part in behind if part)
        return f"{name} ({told})" if told else name


@dataclass(frozen=True)
class Option:
    """A value of a facet as a link that chooses it, or no longer; `depth` is how far it stands below a broader one."""

    text: str
    ko: str | None
    count: int
    chosen: bool
    state: State
    depth: int = 0


@dataclass(frozen=True)
class FacetView:
    """A facet: the values that are shown, those that are shown on demand, and how many more there are."""

    name: str
    title: str
    options: tuple[Option, ...]
    further: tuple[Option, ...]
    untold: int

    @property
    def chosen(self) -> int:
        """How many of its values are chosen."""
        return sum(option.chosen for option in (*self.options, *self.further))


@dataclass(frozen=True)
class Chip:
    """Something chosen, as a link that takes it away."""

    title: str
    text: str
    state: State


@dataclass(frozen=True)
class ExploreView:
    """All that the page shows.

    `rows` are those of the page in a table or timeline; of a map, a chart and a download they are all.
    """

    state: State
    count: int
    everything: int
    facets: tuple[FacetView, ...]
    chips: tuple[Chip, ...]
    rows: tuple[Row, ...]
    pages: int
    names: Names
    axis: Axis | None = None
    map: Map | None = None
    years: tuple[Year, ...] = ()
    undated: int = 0

    @property
    def first(self) -> int:
        """The number of the first row that is shown."""
        return (self.state.page - 1) * PAGE + 1

    @property
    def most(self) -> int:
        """The length of the chart: the most incidents that a year can have had, or a little more where that is few."""
        return max(4, *(year.most for year in self.years))


def explore_view(connection: sqlite3.Connection, state: State) -> ExploreView:
    """Look up all that the page of a state shows.

    Args:
        connection: The summary of the release.
        state: What is chosen, and the form of the result.
    """
    terms = terms_of(connection)
    names = Names(terms, articles_of(connection))
    number = count(connection, state)
    choices = facet_choices(connection, state)
    facets = tuple(_facet(state, facet, choices[facet], names, terms) for facet in FACET_NAMES)
    paged = state.view in ("table", "timeline")
    window = (PAGE, (state.page - 1) * PAGE) if paged else (None, 0)
    rows = tuple(result_rows(connection, state, *window))
    span = year_span(connection, state) if state.view == "timeline" else None
    years, undated = years_of(rows) if state.view == "chart" else ([], 0)
    return ExploreView(
        state=state,
        count=number,
        everything=count(connection, State()),
        facets=facets,
        chips=_chips(state, choices, names),
        rows=rows,
        pages=max(-(-number // PAGE), 1) if paged else 1,
        names=names,
        axis=axis_of(*span) if span is not None else None,
        map=map_of(rows, shapes_of(connection), terms) if state.view == "map" else None,
        years=tuple(years),
        undated=undated,
    )


def _text(choice: Choice, names: Names) -> Label:
    if choice.value == NONE:
        return Label(_SILENT.get(choice.facet, "not stated"))
    return names.of(choice.iri) if choice.iri is not None else Label(choice.value)


def _facet(state: State, facet: str, choices: list[Choice], names: Names, terms: Mapping[str, Term]) -> FacetView:
    ordered = _tree(choices, terms) if facet not in ("year", "source") else [(choice, 0) for choice in choices]
    # Years are a calendar and stand in their order, all of them; of others the chosen ones are always in sight.
    most = len(ordered) if facet == "year" else _SHOWN
    shown = [pair for number, pair in enumerate(ordered) if number < most or pair[0].chosen]
    hidden = [pair for pair in ordered[most:] if not pair[0].chosen]

    def option(choice: Choice, depth: int) -> Option:
        label = _text(choice, names)
        after = state.toggled(facet, choice.value)
        return Option(label.text, label.korean, choice.count, choice.chosen, after, depth)

    return FacetView(
        facet,
        FACET_TITLES[facet],
        tuple(option(*pair) for pair in shown),
        tuple(option(*pair) for pair in hidden[:_FURTHER]),
        len(hidden[_FURTHER:]),
    )


def _tree(choices: list[Choice], terms: Mapping[str, Term]) -> list[tuple[Choice, int]]:
    """The choices with what is narrower behind what is broader, and how deep each stands."""
    there = {choice.iri for choice in choices}
    below: dict[str | None, list[Choice]] = {}
    for choice in choices:
        term = terms.get(choice.iri or "")
        above = term.broader if term is not None and term.broader in there and term.broader != choice.iri else None
        below.setdefault(above, []).append(choice)
    found: list[tuple[Choice, int]] = []

    def add(above: str | None, depth: int) -> None:
        for choice in below.pop(above, []):
            found.append((choice, depth))
            if choice.iri is not None:
                add(choice.iri, depth + 1)

    add(None, 0)
    for above in list(below):  # circles have no beginning
        add(above, 0)
    silent = [pair for pair in found if pair[0].value == NONE]
    return [pair for pair in found if pair[0].value != NONE] + silent


def _chips(state: State, choices: Mapping[str, list[Choice]], names: Names) -> tuple[Chip, ...]:
    known = {(choice.facet, choice.value): choice for found in choices.values() for choice in found}
    chips = [
        Chip(FACET_TITLES[facet], _text(known[facet, value], names).text, state.toggled(facet, value))
        for facet, value in state.choices
    ]
    return (*chips, *([Chip("Words", state.q, state.but(q=""))] if state.q else []))

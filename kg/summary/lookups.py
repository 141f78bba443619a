"""What the rows of a summary name: labels, articles, shapes, arrivals, and how many things of a class there are."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

__all__ = ["Arrival", "Article", "Shape", "Term", "arrivals_of", "articles_of", "classes_of", "shapes_of", "terms_of"]


@dataclass(frozen=True)
class Term:
    """A concept, place, route or organisation: its label in English and Korean, and what is directly broader."""

    label: str
    ko: str | None
    broader: str | None


@dataclass(frozen=True)
class Article:
    """An article, or our digest of one: what it states of its title, its publisher and its day."""

    title: str | None
    publisher: str | None
    issued: str | None
    digest: bool


@dataclass(frozen=True)
class Shape:
    """Where a thing is: its geometry as WKT (longitude, latitude), and how exact that is, in metres."""

    wkt: str
    precision: int | None


@dataclass(frozen=True)
class Arrival:
    """How many of a population arrived in a year, or the bounds of that; by whose number and in which articles."""

    statistic: str
    label: str
    year: int
    population: str | None
    value: str | None
    least: str | None
    most: str | None
    qualifier: str | None
    by: tuple[str, ...]
    articles: tuple[str, ...]


def terms_of(connection: sqlite3.Connection) -> dict[str, Term]:
    """All terms by their IRI."""
    return {iri: Term(*rest) for iri, *rest in connection.execute("SELECT iri, label, ko, broader FROM term")}


def articles_of(connection: sqlite3.Connection) -> dict[str, Article]:
    """All articles by their IRI."""
    found = connection.execute("SELECT iri, title, publisher, issued, digest FROM article")
    return {iri: Article(title, publisher, issued, bool(digest)) for iri, title, publisher, issued, digest in found}


def shapes_of(connection: sqlite3.Connection) -> dict[str, Shape]:
    """All geometries by the IRI of what they are of."""
    return {iri: Shape(wkt, metres) for iri, wkt, metres in connection.execute("SELECT iri, wkt, precision FROM shape")}


def classes_of(connection: sqlite3.Connection) -> dict[str, int]:
    """How many things there are of each counted class, by its prefixed name."""
    return dict(connection.execute("SELECT name, things FROM class").fetchall())


def arrivals_of(connection: sqlite3.Connection) -> list[Arrival]:
    """The arrivals of single years, in the order of the years, whoever is counted."""
    sources: dict[tuple[str, str], tuple[str, ...]] = {}
    order = "SELECT statistic, kind, source FROM arrival_source ORDER BY statistic, kind, source"
    for statistic, kind, source in connection.execute(order):
        sources[statistic, kind] = (*sources.get((statistic, kind), ()), source)
    found = connection.execute(
        "SELECT statistic, label, year, population, value, least, most, qualifier FROM arrival "
        "WHERE year IS NOT NULL ORDER BY year, statistic"
    )
    return [Arrival(*(*row, *(sources.get((row[0], kind), ()) for kind in ("by", "in")))) for row in found]

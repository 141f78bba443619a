"""Builds the summary tables from a store, by looking up quads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store

from kg.namespaces import PREFIXES, expand, graph_iri
from kg.summary.tables import FACETS, TABLES

__all__ = ["CLASSES", "build_summary"]

#: The classes that are counted, and whether their things stand in the default graph or in those of articles.
CLASSES: dict[str, bool] = {
    "cx:Incident": True,
    "cx:Person": True,
    "cx:Organization": True,
    "cx:Route": True,
    "cx:Statistic": True,
    "cx:Conflict": True,
    "cx:Article": False,
    "cx:Digest": False,
    "cx:Claim": False,
}

Graph = NamedNode | DefaultGraph
_DEFAULT = DefaultGraph()


def build_summary(store: Store, path: Path) -> None:
    """Write the summary tables of what a store holds.

    The same store gives the same tables, row for row.

    Args:
        store: The store of a release or a snapshot.
        path: The file to make; it must not be there yet.
    """
    connection = sqlite3.connect(path)
    try:
        connection.executescript(TABLES)
        _Writer(_Reader(store), connection).write()
        connection.commit()
        connection.execute("ANALYZE")
        connection.execute("VACUUM")
    finally:
        connection.close()


class _Reader:
    """Looks up quads, and hands out texts: an IRI, or the lexical form of a literal."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def subjects(self, predicate: str, value: str, graph: Graph | None = _DEFAULT) -> list[str]:
        found = self._store.quads_for_pattern(None, NamedNode(expand(predicate)), NamedNode(expand(value)), graph)
        return sorted({quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)})

    def _about(self, subject: str, predicate: str, graph: Graph) -> Iterable[Quad]:
        """What is said of a thing; nothing of a text that is no IRI, as a graph that breaks its shapes may hold."""
        try:
            thing = NamedNode(subject)
        except ValueError:
            return ()
        return self._store.quads_for_pattern(thing, NamedNode(expand(predicate)), None, graph)

    def literals(self, subject: str, predicate: str, graph: Graph = _DEFAULT) -> list[Literal]:
        found = self._about(subject, predicate, graph)
        terms = {quad.object for quad in found if isinstance(quad.object, Literal)}
        return sorted(terms, key=lambda term: (term.value, term.language or ""))

    def values(self, subject: str, predicate: str, graph: Graph = _DEFAULT) -> list[str]:
        found = self._about(subject, predicate, graph)
        return sorted({quad.object.value for quad in found if isinstance(quad.object, NamedNode | Literal)})

    def value(self, subject: str, predicate: str, graph: Graph = _DEFAULT) -> str | None:
        """The value of a property that has one at most, by the shapes; were there more, the first of them."""
        return next(iter(self.values(subject, predicate, graph)), None)

    def pairs(self, predicate: str, graph: Graph) -> Iterator[tuple[str, str]]:
        for quad in self._store.quads_for_pattern(None, NamedNode(expand(predicate)), None, graph):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                yield quad.subject.value, quad.object.value

    def follow(self, subject: str, path: Iterable[str]) -> list[str]:
        """What a path of properties leads to."""
        ends = {subject}
        for predicate in path:
            ends = {value for end in ends for value in self.values(end, predicate)}
        return sorted(ends)

    def broader(self, value: str) -> set[str]:
        """What is broader than a value, at any remove, itself left out."""
        above: set[str] = set()
        further = [value]
        while further:
            new = set(self.values(further.pop(), "skos:broader")) - above
            above |= new
            further += new
        return above - {value}

    def label(self, iri: str) -> tuple[str, str | None]:
        """The English label of a thing, else another, else its IRI; and its Korean one."""
        labels = self.literals(iri, "skos:prefLabel")
        order = {"en": 0, None: 1}
        ranked = sorted(labels, key=lambda label: order.get(label.language, 2))
        korean = next((label.value for label in labels if label.language == "ko"), None)
        return (ranked[0].value if ranked else iri), korean

    def many(self, cls: str, default: bool) -> int:
        """How many things there are of a class; counted by the engine, for which a million are no matter."""
        pattern = f"?thing a <{expand(cls)}>" if default else f"GRAPH ?graph {{ ?thing a <{expand(cls)}> }}"
        found = self._store.query(f"SELECT (COUNT(DISTINCT ?thing) AS ?many) {{ {pattern} }}")
        assert isinstance(found, QuerySolutions)
        return int(next(found)["many"].value)


class _Writer:
    def __init__(self, graph: _Reader, connection: sqlite3.Connection) -> None:
        self._graph = graph
        self._connection = connection
        self._named: set[str] = set()
        """What rows name, so that it needs a label."""
        self._above: dict[str, set[str]] = {}

    def write(self) -> None:
        graph = self._graph
        conflicts: dict[str, int] = {}
        for conflict in graph.subjects("rdf:type", "cx:Conflict"):
            for subject in graph.values(conflict, "cx:onSubject"):
                conflicts[subject] = conflicts.get(subject, 0) + 1
        for n, incident in enumerate(graph.subjects("rdf:type", "cx:Incident"), 1):
            self._incident(n, incident, conflicts)
        for statistic in graph.subjects("cx:measure", "measure:arrivals"):
            self._arrival(statistic)
        self._shapes()
        self._terms()
        self._insert("class", ((name, graph.many(name, where)) for name, where in CLASSES.items()))

    def _insert(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        for row in rows:
            marks = ", ".join("?" * len(row))
            self._connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)

    def _incident(self, n: int, iri: str, conflicts: dict[str, int]) -> None:
        graph = self._graph
        crossers = graph.values(iri, "cx:crosser")
        places = graph.values(iri, "cx:place")
        earliest, latest = graph.value(iri, "cx:dateEarliest"), graph.value(iri, "cx:dateLatest")
        concepts = [graph.value(iri, name) for name in ("cx:datePrecision", *_CONCEPTS)]
        persons = graph.value(iri, "cx:personCount")
        row = (
            n,
            iri,
            graph.label(iri)[0],
            graph.value(iri, "cx:dateEDTF"),
            earliest,
            latest,
            concepts[0],
            _year(earliest),
            _year(latest),
            *concepts[1:],
            int(persons) if persons is not None else None,
            len(graph.values(iri, "cx:reportedIn")),
            sum(conflicts.get(subject, 0) for subject in (iri, *crossers)),
        )
        self._insert("incident", [row])
        self._named.update(value for value in (*concepts, *places) if value is not None)
        self._insert("incident_place", ((n, place) for place in places))
        labels = {
            label.value for thing in (iri, *crossers, *places) for label in graph.literals(thing, "skos:prefLabel")
        }
        self._insert("wording", ((n, text) for text in sorted({label.lower() for label in labels})))
        for facet, path in FACETS.items():
            own = set(graph.follow(iri, path))
            broader: set[str] = set()
            for value in own:
                if value not in self._above:
                    self._above[value] = graph.broader(value) if facet != "source" else set()
                broader |= self._above[value]
            self._insert("choice", ((facet, value, n, int(value in own)) for value in sorted(own | broader)))
            self._named |= own | broader

    def _arrival(self, iri: str) -> None:
        graph = self._graph
        start, end = graph.value(iri, "cx:periodStart"), graph.value(iri, "cx:periodEnd")
        year = _year(start)
        whole = year is not None and start == f"{year:04d}-01-01" and end == f"{year:04d}-12-31"
        population, qualifier = graph.value(iri, "cx:population"), graph.value(iri, "cx:valueQualifier")
        numbers = (graph.value(iri, name) for name in ("cx:value", "cx:lowerBound", "cx:upperBound"))
        row = (iri, graph.label(iri)[0], graph.value(iri, "cx:period"), year if whole else None, population, *numbers)
        self._insert("arrival", [(*row, qualifier)])
        by, given = graph.values(iri, "cx:reportedBy"), graph.values(iri, "cx:reportedIn")
        self._insert(
            "arrival_source", [(iri, "by", source) for source in by] + [(iri, "in", source) for source in given]
        )
        self._named.update(value for value in (population, qualifier, *by, *given) if value is not None)

    def _shapes(self) -> None:
        """The geometries of what rows name, and the lines of the gazetteer, whether an incident was there or not."""
        graph, gazetteer = self._graph, NamedNode(graph_iri("gazetteer"))
        shapes: dict[str, tuple[str, str | None]] = {}
        for iri, wkt in graph.pairs("geo:asWKT", gazetteer):
            if wkt.lstrip().upper().startswith("LINESTRING"):
                shapes[iri] = (wkt, graph.value(iri, "cx:coordinatePrecision", gazetteer))
        for iri in self._named:
            drawn = graph.value(iri, "geo:asWKT") if "://" in iri else None
            if drawn is not None:
                shapes[iri] = (drawn, graph.value(iri, "cx:coordinatePrecision"))
        rows = (
            (iri, wkt, int(metres) if metres is not None else None) for iri, (wkt, metres) in sorted(shapes.items())
        )
        self._insert("shape", rows)

    def _terms(self) -> None:
        graph = self._graph
        prefix = PREFIXES["id"] + "article/"
        for iri in sorted(self._named):
            if iri.startswith(prefix):
                self._article(iri, NamedNode(graph_iri(f"article/{iri.removeprefix(prefix)}")))
            else:
                self._insert("term", [(iri, *graph.label(iri), graph.value(iri, "skos:broader"))])

    def _article(self, iri: str, graph: NamedNode) -> None:
        read = self._graph
        title, publisher, issued = (
            read.value(iri, f"dcterms:{name}", graph) for name in ("title", "publisher", "issued")
        )
        digest = expand("cx:Digest") in read.values(iri, "rdf:type", graph)
        self._insert("article", [(iri, title, publisher, issued, int(digest))])


#: The columns of an incident that hold one concept, in their order.
_CONCEPTS = ("cx:incidentType", "cx:defectionStatus", "cx:front")


def _year(day: str | None) -> int | None:
    """The year of an `xsd:date`.

    >>> _year("2024-08-06"), _year("-0044-03-15"), _year(None)
    (2024, -44, None)
    """
    return int(day[: day.index("-", 1)]) if day is not None else None

"""The W3C SHACL test suite as data: cases with their data, shapes and expected results."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from pyoxigraph import RdfFormat, Triple
from rdflib import Graph, Namespace
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

__all__ = ["SUITE", "Case", "cases"]

SHARED = Path(os.environ.get("CROSSINGS_SHARED", Path(__file__).resolve().parents[4] / "shared"))
SUITE = SHARED / "w3c" / "shacl"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")


@dataclass(frozen=True)
class Case:
    """One test: where it stands, what is validated, and what the report must say."""

    name: str
    data: Path
    shapes: Path
    manifest: Path
    result: Node

    def triples(self) -> list[Triple]:
        parsed = pyoxigraph.parse(path=self.data, format=RdfFormat.TURTLE, base_iri=self.data.as_uri())
        return [quad.triple for quad in parsed]

    def shapes_graph(self) -> Graph:
        return Graph().parse(self.shapes, format="turtle", publicID=self.shapes.as_uri())

    def expected(self) -> Graph | None:
        """The graph with the expected report, or nothing where the shapes must be refused."""
        graph = Graph().parse(self.manifest, format="turtle", publicID=self.manifest.as_uri())
        report = next(graph.objects(self.result, MF.result))
        if report == SHT.Failure:
            return None
        assert (report, RDF.type, SH.ValidationReport) in graph
        # Only the results of this report count: a shapes graph may hold others.
        for result in set(graph.objects(None, SH.result)) - set(graph.objects(report, SH.result)):
            graph.remove((None, SH.result, result))
        return graph


def cases() -> Iterator[Case]:
    """All cases of the suite, or none where it is not at hand."""
    if SUITE.is_dir():
        yield from sorted(_cases(SUITE / "manifest.ttl"), key=lambda case: case.name)


def _cases(manifest: Path) -> Iterator[Case]:
    graph = Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    for included in graph.objects(None, MF.include):
        yield from _cases(_path(included))
    for listed in graph.objects(None, MF.entries):
        for entry in Collection(graph, listed):
            action = graph.value(entry, MF.action)
            data, shapes = graph.value(action, SHT.dataGraph), graph.value(action, SHT.shapesGraph)
            name = str(_path(entry).relative_to(SUITE))
            yield Case(name, _path(data), _path(shapes), manifest, entry)


def _path(iri: Node | None) -> Path:
    return Path(str(iri).removeprefix("file://"))

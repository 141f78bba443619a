"""The W3C suites of SPARQL 1.1 Update, read from their manifests."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from rdflib import Graph, Namespace
from rdflib.namespace import RDF, RDFS
from rdflib.term import Node

__all__ = ["UpdateCase", "UpdateSyntaxCase", "update_cases", "update_syntax_cases"]

_MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
_UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")

#: The files of a dataset: that of the default graph first, under no name.
Files = tuple[tuple[str | None, Path], ...]


@dataclass(frozen=True)
class UpdateCase:
    """One test: its name, the file of its update, the dataset before it and after it."""

    name: str
    update: Path = field(repr=False)
    before: Files = field(repr=False)
    after: Files = field(repr=False)

    def expected(self) -> set[Quad]:
        """The quads of the dataset after it; each file has blank nodes of its own."""
        return {
            Quad(quad.subject, quad.predicate, quad.object, NamedNode(name) if name is not None else quad.graph_name)
            for name, path in self.after
            for quad in parse(
                path.read_bytes(), format=RdfFormat.TURTLE, base_iri=path.as_uri(), rename_blank_nodes=True
            )
        }


@dataclass(frozen=True)
class UpdateSyntaxCase:
    """One test of what is an update: its name, its file, and whether it is well-formed."""

    name: str
    update: Path = field(repr=False)
    good: bool


def _manifests(root: Path) -> list[tuple[Path, Graph]]:
    return [
        (path.parent, Graph().parse(path, format="turtle", publicID=path.as_uri()))
        for path in sorted(root.glob("sparql11/*/manifest.ttl"))
        if "update" in path.read_text("utf-8").lower()
    ]


def update_cases(root: Path) -> list[UpdateCase]:
    """All cases that are evaluated, by name."""
    found = []
    for folder, graph in _manifests(root):
        for kind in (_MF.UpdateEvaluationTest, _UT.UpdateEvaluationTest):
            for test in graph.subjects(RDF.type, kind):
                action, result = graph.value(test, _MF.action), graph.value(test, _MF.result)
                request = graph.value(action, _UT.request)
                name = f"{folder.name}/{str(test).rpartition('#')[2]}"
                found.append(UpdateCase(name, _path(request), _files(graph, action), _files(graph, result)))
    return sorted(found, key=lambda case: case.name)


def update_syntax_cases(root: Path) -> list[UpdateSyntaxCase]:
    """All cases of well-formedness, by name."""
    found = []
    for folder, graph in _manifests(root):
        for good, kind in ((True, _MF.PositiveUpdateSyntaxTest11), (False, _MF.NegativeUpdateSyntaxTest11)):
            for test in graph.subjects(RDF.type, kind):
                name = f"{folder.name}/{str(test).rpartition('#')[2]}"
                found.append(UpdateSyntaxCase(name, _path(graph.value(test, _MF.action)), good))
    return sorted(found, key=lambda case: case.name)


def _files(graph: Graph, node: Node | None) -> Files:
    default: Files = tuple((None, _path(value)) for value in graph.objects(node, _UT.data))
    named = tuple(
        (str(graph.value(given, RDFS.label)), _path(graph.value(given, _UT.graph)))
        for given in graph.objects(node, _UT.graphData)
    )
    return (*default, *named)


def _path(node: Node | None) -> Path:
    return Path(str(node).removeprefix("file://"))

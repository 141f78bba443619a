"""The releases that the protocol tests ask: a current one, an older one, and one that was pruned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg.namespaces import expand, graph_iri
from kg.release import Home, ReleaseContent, prune, publish
from tests.release.content import content, quads

#: A graph whose IRI is below the base, so that it has a path of its own here.
PERSON = graph_iri("person/1.ttl")
#: Graphs that differ by one more percent sign.
DECODED, ENCODED = "http://data.example/person/1.ttl", "http://data.example/person/%31.ttl"
#: How many bytes the server of these tests holds back.
BUFFER = 100_000
#: More labels than a small answer has.
MANY = 40

_FOAF = "http://xmlns.com/foaf/0.1/"


def document(number: int) -> str:
    """The IRI of one of four graphs, each of which says that its own IRI is a document."""
    return f"http://data.example/data{number}"


def _extra() -> Iterator[Quad]:
    rdf_type, name = NamedNode(expand("rdf:type")), NamedNode(_FOAF + "name")
    for number in range(4):
        node = NamedNode(document(number))
        yield Quad(node, rdf_type, NamedNode(_FOAF + "Document"), node)
    for graph in (PERSON, DECODED, ENCODED):
        yield Quad(NamedNode(graph), name, Literal(f"whom {graph} is about"), NamedNode(graph))


@dataclass(frozen=True)
class Releases:
    """A home, and the short ids of three releases made in it; the last one is no longer kept."""

    home: Path
    current: str
    older: str
    pruned: str


def make_releases(path: Path) -> Releases:
    """Publish three releases and prune the first."""
    home = Home(path)
    pruned = publish(home, content(1)).id
    older = publish(home, content(2)).id
    current = publish(home, ReleaseContent(quads=[*quads(MANY), *_extra()])).id
    assert [release.id for release in prune(home, 2)] == [pruned]
    return Releases(path, current, older, pruned)

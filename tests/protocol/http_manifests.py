"""The W3C suites that are written as HTTP requests in RDF: the protocol suite, and both of the Graph Store Protocol."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from rdflib import Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF
from rdflib.term import Node

__all__ = ["HttpCase", "HttpRequest", "http_cases"]

_HT = Namespace("http://www.w3.org/2011/http#")
_CNT = Namespace("http://www.w3.org/2011/content#")
_MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")


@dataclass(frozen=True)
class HttpRequest:
    """One request of a case, and what is said of its answer.

    Args:
        method: The method.
        target: Path and query, as the suite has them.
        headers: Its headers, but for its length.
        body: Its body.
        statuses: What its status may be, each as the suite names it: `OK`, `Created`, `StatusCode2xx` ...
        boolean: The answer of an ASK.
        graph: The triples that the answer must have, as Turtle.
        location: The name under which the Location of the answer is to be known to later requests.
    """

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    statuses: tuple[str, ...]
    boolean: bool | None
    graph: str | None
    location: str | None


@dataclass(frozen=True)
class HttpCase:
    """A case of a suite: its name, the host that it is sent to, its requests."""

    name: str
    host: str
    requests: tuple[HttpRequest, ...] = field(repr=False)


def http_cases(manifest: Path) -> list[HttpCase]:
    """The cases of a manifest, by name."""
    graph = Graph().parse(manifest, format="turtle")
    found = []
    for kind in (_MF.ProtocolTest, _MF.GraphStoreProtocolTest):
        for test in graph.subjects(RDF.type, kind):
            action = graph.value(test, _MF.action)
            if action is None:  # described in prose alone
                continue
            listed = graph.value(action, _HT.requests)
            assert listed is not None
            requests = tuple(_request(graph, node) for node in Collection(graph, listed))
            found.append(HttpCase(_name(test), str(graph.value(action, _HT.connectionAuthority)), requests))
    return sorted(found, key=lambda case: case.name)


def _name(node: Node) -> str:
    return str(node).rpartition("#")[2]


def _request(graph: Graph, node: Node) -> HttpRequest:
    answer = graph.value(node, _HT.resp)
    assert answer is not None
    boolean = graph.value(answer, _MF.expectedBoolean)
    location = graph.value(answer, _MF.expectedLocation)
    return HttpRequest(
        method=str(graph.value(node, _HT.methodName)),
        target=str(graph.value(node, _HT.absolutePath)),
        headers=_headers(graph, node),
        body=_content(graph, node) or b"",
        statuses=tuple(_name(status) for status in graph.objects(answer, _MF.expectedStatus)),
        boolean=None if boolean is None else str(boolean) == "true",
        graph=(_content(graph, answer) or b"").decode() or None,
        location=None if location is None else str(location),
    )


def _headers(graph: Graph, node: Node) -> dict[str, str]:
    found = graph.value(node, _HT.headers)
    named = {
        str(graph.value(header, _HT.fieldName)).lower(): str(graph.value(header, _HT.fieldValue))
        for header in (Collection(graph, found) if found is not None else ())
    }
    return {name: value for name, value in named.items() if name not in ("content-length", "host")}


def _content(graph: Graph, node: Node) -> bytes | None:
    body = graph.value(node, _HT.body)
    if body is None:
        return None
    coding = graph.value(body, _CNT.characterEncoding) or URIRef("UTF-8")
    return str(graph.value(body, _CNT.chars)).encode(str(coding))

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from kg.namespaces import expand
from kg.release import Home, ReleaseContent, publish
from tests.server.mcp.assistants import Assistant, connected, stdio
from tests.server.serving import Served, serving


def node(name: str) -> NamedNode:
    return NamedNode(expand(name))


@pytest.fixture(scope="session")
def asked_home(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three little reports, a withheld person, and an incident that was merged into another."""
    data = Home(told).require_current().path / "data" / "crossings.nq.gz"
    quads = list(parse(gzip.decompress(data.read_bytes()), format=RdfFormat.N_QUADS))
    incident = sorted(q.subject.value for q in quads if q.object == node("cx:Incident") and _named(q))[0]
    default = DefaultGraph()
    gone, merged = node("id:person/gone"), node("id:incident/merged")
    quads += [
        Quad(gone, node("rdf:type"), node("cx:Withheld"), default),
        Quad(gone, node("cx:withheldOn"), Literal("2031-06-01", datatype=node("xsd:date")), default),
        Quad(merged, node("dcterms:isReplacedBy"), NamedNode(incident), default),
    ]
    home = tmp_path_factory.mktemp("assistants") / "home"
    publish(Home(home), ReleaseContent(quads=quads))
    return home


def _named(quad: Quad) -> bool:
    return isinstance(quad.subject, NamedNode)


@pytest.fixture(scope="session")
def asked_server(asked_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    errors = tmp_path_factory.mktemp("log") / "errors"
    with serving(asked_home, errors, "--limit", "client-seconds=9999") as running:
        yield running
        assert running.process.poll() is None, running.complaints()
    assert running.complaints() == ""


@pytest.fixture(scope="session", params=["stdio", "http", "http with a handshake"])
def assistant(request: pytest.FixtureRequest, asked_home: Path) -> Iterator[Assistant]:
    """The SDK's own client on each transport."""
    if request.param == "stdio":
        with connected(stdio(asked_home, "--limit", "client-seconds=9999")) as made:
            yield made
        return
    server: Served = request.getfixturevalue("asked_server")
    mode = "legacy" if "handshake" in request.param else "auto"
    with connected(f"{server.url}/mcp", mode) as made:
        yield made

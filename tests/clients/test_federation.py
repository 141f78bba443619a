"""Other engines: they call this endpoint by SERVICE, and the dumps load into them as they are."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import httpx
import pytest
import zstandard
from pyoxigraph import RdfFormat, Store, parse
from rdflib import Dataset, Graph
from rdflib.query import ResultRow

from kg.namespaces import PREFIXES, expand
from kg.release import Home, Release
from kg.release.quads import digest_of, sorted_lines
from tests.clients.javascript import Node
from tests.clients.questions import INCIDENTS, LABELS
from tests.server.serving import serving
from tests.support.releases import released
from tests.support.stories import dated, recalled, statements, undated

#: What somebody knows of two of the incidents.
OURS = "\n".join(f'<{iri}> <http://local.example/note> "note {n}" .' for n, iri in enumerate(INCIDENTS[1:3]))
FEDERATED = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?i ?note ?l WHERE {{
  ?i <http://local.example/note> ?note .
  SERVICE <{endpoint}> {{ ?i a <{kind}> ; skos:prefLabel ?l }}
}} ORDER BY ?note"""
EXPECTED = [(INCIDENTS[n + 1], f"note {n}", LABELS[n + 1]) for n in range(2)]

#: Another engine in a process of its own.
OXIGRAPH = """
import json, sys
from pyoxigraph import RdfFormat, Store

data, query = json.load(sys.stdin)
store = Store()
store.load(data, format=RdfFormat.TURTLE)
json.dump([[term.value for term in row] for row in store.query(query)], sys.stdout)
"""


@pytest.fixture
def federated(endpoint: str) -> str:
    return FEDERATED.format(endpoint=endpoint, kind=expand("cx:Incident"))


def test_oxigraph_calls_the_endpoint(federated: str) -> None:
    command = [sys.executable, "-c", OXIGRAPH]
    given = json.dumps([OURS, federated])
    done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert [tuple(row) for row in json.loads(done.stdout)] == EXPECTED


def test_rdflib_calls_the_endpoint(federated: str) -> None:
    graph = Graph().parse(data=OURS, format="turtle")
    # Its evaluation joins row by row: the block of SERVICE comes before what it is joined with.
    found = [cast("ResultRow", row) for row in graph.query(federated)]
    assert [tuple(str(term) for term in row) for row in found] == EXPECTED


def test_comunica_calls_the_endpoint(node: Node, endpoint: str, federated: str) -> None:
    found = node.ask("federated", endpoint, federated, OURS)
    assert [(row["i"], row["note"], row["l"]) for row in found] == EXPECTED


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Release, httpx.Client]]:
    """A release of three little reports, and a client of who serves it."""
    folder = tmp_path_factory.mktemp("told")
    released(folder / "home", statements(dated(), recalled(), undated()))
    with (
        serving(folder / "home", folder / "errors") as running,
        httpx.Client(base_url=running.url, timeout=60, follow_redirects=True) as client,
    ):
        yield Home(folder / "home").require_current(), client
    assert running.complaints() == ""


def test_the_dump_loads_into_oxigraph_unchanged(told: tuple[Release, httpx.Client], tmp_path: Path) -> None:
    release, client = told
    packed = client.get("/dumps/current/crossings.nq.gz").content
    store = Store(str(tmp_path / "store"))
    store.bulk_load(gzip.decompress(packed), format=RdfFormat.N_QUADS)
    assert len(store) == release.manifest.quads > 100
    # There is no blank node in it, so that it is the same graph if and only if its sorted lines are the same.
    assert digest_of(sorted_lines(store)) == release.manifest.digest


def test_the_dump_loads_into_rdflib_unchanged(told: tuple[Release, httpx.Client]) -> None:
    release, client = told
    packed = client.get("/dumps/current/crossings.nq.zst").content
    lines = zstandard.ZstdDecompressor().stream_reader(packed).read()
    dataset = Dataset().parse(data=lines.decode(), format="nquads")
    written = dataset.serialize(format="nquads", encoding="utf-8")
    quads = list(parse(io.BytesIO(written), format=RdfFormat.N_QUADS))
    assert len(quads) == release.manifest.quads
    assert digest_of(sorted_lines(quads)) == release.manifest.digest


def test_the_default_graph_loads_into_rdflib_and_answers(told: tuple[Release, httpx.Client]) -> None:
    _release, client = told
    packed = client.get("/dumps/current/default.nt.gz").content
    graph = Graph().parse(data=gzip.decompress(packed).decode(), format="nt")
    count = f"SELECT (COUNT(DISTINCT ?i) AS ?n) WHERE {{ ?i a <{PREFIXES['cx']}Incident> }}"
    (row,) = graph.query(count)
    answer = client.get("/sparql", params={"query": count, "format": "json"}).json()
    assert str(cast("ResultRow", row)[0]) == answer["results"]["bindings"][0]["n"]["value"] != "0"
    held = client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "json"}).json()
    assert len(graph) == int(held["results"]["bindings"][0]["n"]["value"])

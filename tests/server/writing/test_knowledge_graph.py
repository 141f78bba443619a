"""Writes to a knowledge graph over HTTP: what lands is served at once, and what does not changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

from kg.journal import Journal
from kg.namespaces import graph_iri
from kg.tokens import Tokens
from tests.server.plain import problem_of
from tests.server.serving import Served, serving
from tests.support.writing import ARTICLE, CORRECTION, JUDGEMENT, LATE, NEWS, Place, other, story

_NOTES = graph_iri("annotation/notes")
_COMMENT = "<http://www.w3.org/2000/01/rdf-schema#comment>"
_FEW = ("--limit", "workers=2", "--limit", "spares=0", "--limit", "client_seconds=100000")
_GERMAN = (
    "Das ist ein Text in deutscher Sprache, der von etwas ganz anderem handelt und den hier niemand lesen kann, weil "
    "er nicht auf Englisch geschrieben ist."
)


class Desk:
    """A curator at a served graph."""

    def __init__(self, place: Place, running: Served, client: httpx.Client) -> None:
        self.place, self.running, self.client = place, running, client

    def update(self, text: str) -> httpx.Response:
        return self.client.post("/update", content=text.encode(), headers={"Content-Type": "application/sparql-update"})

    def article(self, text: str, kind: str = "text/plain", **parameters: str) -> httpx.Response:
        return self.client.post("/articles", params=parameters, content=text.encode(), headers={"Content-Type": kind})

    def count(self, pattern: str) -> int:
        query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
        answer = self.client.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
        return int(answer.text.split()[1])

    @property
    def revision(self) -> str:
        return str(self.client.get("/health").json()["revision"])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    place = Place(tmp_path, story(), other())
    assert place.build().exit_code == 0
    secret = Tokens(place.home).create("desk", "curate")
    headers = {"Authorization": f"Bearer {secret}"}
    with (
        serving(place.home.path, tmp_path / "errors", *_FEW) as running,
        httpx.Client(base_url=running.url, headers=headers, timeout=300) as client,
    ):
        yield Desk(place, running, client)
        assert running.process.poll() is None
    assert "ERROR" not in running.complaints(), running.complaints()


def test_articles_decisions_and_notes(desk: Desk) -> None:
    release = desk.place.home.require_current().id
    assert desk.revision == release
    assert desk.count("?i a cx:Incident") == 2

    # An article whose text may not be kept: its facts are.
    added = desk.article(NEWS, name="news.txt", published="2025-10-20")
    assert added.status_code == 201, added.text
    assert added.headers["crossings-revision"] == desk.revision == f"{release}.1"
    told = added.json()
    assert told["ids"][0] == added.headers["location"]
    assert told["report"]["violation"] == 0
    assert desk.count("?i a cx:Incident") == 3
    assert desk.count(f"GRAPH ?g {{ ?c cx:inArticle <{told['ids'][0]}> }}") > 0
    assert NEWS.strip() not in (desk.place.home.path / "journal" / "journal.jsonl").read_text("utf-8")

    # Once more: it is there already.
    again = desk.article(NEWS, name="copy.txt", published="2025-10-20")
    assert (again.status_code, desk.revision) == (200, f"{release}.1")

    # A claim of an article that breaks a shape is left out and listed.
    late = desk.article(LATE, "text/markdown", keep="yes")
    assert late.status_code == 201, late.text
    assert late.json()["quarantined"]
    assert set(late.json()["quarantined"][0]) == {"shape", "focus", "message"}

    # A decision links two incidents.
    incidents = desk.count("?i a cx:Incident")
    judged = desk.client.post("/curation", json=JUDGEMENT)
    assert judged.status_code == 201, judged.text
    assert desk.count("?i a cx:Incident") == incidents - 1

    # A correction changes a flat value.
    assert desk.client.post("/curation", json=CORRECTION).status_code == 201
    assert desk.client.post("/curation", json=CORRECTION).status_code == 200

    # A note stands in its graph, by update and by the graph store; blank nodes become IRIs.
    note = f"INSERT {{ GRAPH <{_NOTES}> {{ [] a oa:Annotation ; oa:hasTarget ?i }} }} WHERE {{ ?i a cx:Incident }}"
    assert desk.update(note).status_code == 204
    assert desk.count(f"GRAPH <{_NOTES}> {{ ?n oa:hasTarget ?i FILTER(!isBlank(?n)) }}") == incidents - 1
    body = f"<> {_COMMENT} 'read' ."
    turtle = {"Content-Type": "text/turtle"}
    assert desk.client.put("/graph/annotation/mine", content=body, headers=turtle).status_code == 201
    assert desk.client.put("/graph/annotation/mine", content=body, headers=turtle).status_code == 204
    assert "read" in desk.client.get("/graph/annotation/mine").text
    made = desk.client.post("/store", content=body, headers=turtle)
    assert made.status_code == 201
    assert made.headers["location"].startswith(graph_iri("annotation/"))
    assert desk.client.delete("/graph/annotation/mine").status_code == 204
    assert problem_of(desk.client.get("/graph/annotation/mine")) == (404, "graph-not-found")
    assert problem_of(desk.client.delete("/graph/annotation/mine")) == (404, "graph-not-found")

    # Each of them is one entry of the journal, and the revision is its number.
    entries = Journal(desk.place.home).entries()
    assert {entry.by for entry in entries} == {"desk"}
    assert desk.revision == f"{release}.{entries[-1].number}"
    versions = f"GRAPH <{graph_iri('meta')}> {{ ?d owl:versionInfo '{desk.revision}' }}"
    assert desk.count(versions) == 1


@pytest.mark.parametrize(
    "update",
    [
        "CLEAR ALL",
        "INSERT DATA { <a:a> <a:b> 1 }",
        "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
        f"DELETE DATA {{ GRAPH <{graph_iri('vocabulary')}> {{ cx:Incident a owl:Class }} }}",
        f"MOVE <{_NOTES}> TO DEFAULT",
        "DROP GRAPH <https://w3id.org/crossings/graph/annotation>",
    ],
)
def test_derived_graphs_are_not_written_to(desk: Desk, update: str) -> None:
    before = desk.revision, desk.count("?s ?p ?o")
    answer = desk.update(update)
    assert problem_of(answer) == (409, "derived-graph")
    assert "/curation" in answer.json()["detail"]
    assert set(answer.json()["instead"]["correction"]) == {"claim", "value", "by", "on", "reason"}
    for method in ("PUT", "POST", "DELETE"):
        refused = desk.client.request(
            method, f"/graph/article/{ARTICLE}", content="<a:a> <a:b> 1 .", headers={"Content-Type": "text/turtle"}
        )
        assert problem_of(refused) == (409, "derived-graph")
    assert (desk.revision, desk.count("?s ?p ?o")) == before


def test_what_is_refused_changes_nothing(desk: Desk) -> None:
    before = desk.revision, desk.count("?s ?p ?o")
    incident = desk.client.get(
        "/sparql", params={"query": "SELECT ?i { ?i a cx:Incident }"}, headers={"Accept": "text/csv"}
    ).text.split()[1]
    # A flat value that no claim says would be a fact: the shapes refuse it.
    for accept, kind in (("*/*", "application/problem+json"), ("text/turtle", "text/turtle")):
        answer = desk.client.post(
            "/update",
            data={"update": f"INSERT DATA {{ GRAPH <{_NOTES}> {{ <{incident}> rdfs:comment 'so it was' }} }}"},
            headers={"Accept": accept},
        )
        assert answer.status_code == 422
        assert answer.headers["content-type"].partition(";")[0] == kind
    found = {quad.predicate.value for quad in parse(answer.content, format=RdfFormat.TURTLE)}
    assert "http://www.w3.org/ns/shacl#conforms" in found
    assert problem_of(desk.article(_GERMAN)) == (422, "unusable-article")
    assert problem_of(desk.article("")) == (422, "unusable-article")
    assert problem_of(desk.article(NEWS, "application/pdf")) == (415, "unsupported-media-type")
    assert problem_of(desk.article(NEWS, keep="perhaps")) == (400, "malformed-request")
    assert problem_of(desk.article(NEWS, published="yesterday")) == (400, "malformed-request")
    assert problem_of(desk.client.post("/curation", content=b"[", headers={"Content-Type": "application/json"})) == (
        400,
        "malformed-request",
    )
    elsewhere = {**CORRECTION, "claim": {**CORRECTION["claim"], "quote": "the southern front"}}  # type: ignore[dict-item]
    assert problem_of(desk.client.post("/curation", json=elsewhere)) == (400, "malformed-request")
    assert problem_of(desk.update("INSERT DATA { GRAPH <g> { nonsense } }")) == (400, "malformed-update")
    assert problem_of(desk.update(f"LOAD <http://h/x> INTO GRAPH <{_NOTES}>")) == (400, "update-refused")
    assert (desk.revision, desk.count("?s ?p ?o")) == before


def test_a_build_takes_the_journal_up_while_it_is_served(desk: Desk) -> None:
    assert desk.article(NEWS, published="2025-10-20", keep="yes").status_code == 201
    served = desk.count("?s ?p ?o")
    first = desk.revision
    summary = desk.place.build()
    assert summary.release != first.partition(".")[0]
    # The release holds the entry, so it is served as it is.
    assert desk.revision == summary.release
    assert desk.count("?s ?p ?o") == served
    # And the next write goes on from there.
    assert desk.update(f"INSERT DATA {{ GRAPH <{_NOTES}> {{ <a:n> rdfs:comment 'on' }} }}").status_code == 204
    assert desk.revision == f"{summary.release}.2"
    # Without the journal it is the graph of before, at whose snapshot nobody looks any more.
    without = desk.place.build(journal=False)
    assert without.release == first.partition(".")[0]


def test_what_was_acknowledged_is_served_after_a_restart(tmp_path: Path) -> None:
    place = Place(tmp_path, story(), other())
    assert place.build().exit_code == 0
    secret = Tokens(place.home).create("desk", "curate")
    with serving(place.home.path, tmp_path / "first", *_FEW) as running:
        headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/sparql-update"}
        update = f"INSERT DATA {{ GRAPH <{_NOTES}> {{ <a:n> rdfs:comment 'kept' }} }}"
        written = httpx.post(f"{running.url}/update", content=update, headers=headers, timeout=300)
        assert written.status_code == 204, written.text
        running.process.kill()
    # Even if the snapshot is gone: the journal has it. And it is served without any token.
    (place.home.path / "serving").unlink()
    Tokens(place.home).revoke("desk")
    with serving(place.home.path, tmp_path / "second", *_FEW) as running:
        found = httpx.get(f"{running.url}/graph/annotation/notes", timeout=60)
        assert "kept" in found.text
        assert found.headers["crossings-revision"] == written.headers["crossings-revision"]

"""`/validate`: a stranger's RDF is held against the shapes, and costs no more than a query may."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

from kg.release import Home, publish
from tests.release.content import content
from tests.server.plain import problem_of
from tests.server.serving import Served, serving

_SH = "http://www.w3.org/ns/shacl#"
_GOOD = "<http://x.example/a> <http://x.example/b> 1 ."
#: An evidence without what one must have.
_BAD = "<http://x.example/a> a <https://w3id.org/crossings/ontology#Evidence> ."
_TURTLE = {"content-type": "text/turtle"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("validate")
    publish(Home(folder / "home"), content())
    few = ("--limit", "workers=2", "--limit", "spares=0", "--limit", "client_seconds=100000")
    with serving(folder / "home", folder / "errors", *few) as running:
        yield running
        assert running.process.poll() is None


def _posted(server: Served, body: str | bytes, **headers: str) -> httpx.Response:
    given = {**_TURTLE, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return httpx.post(f"{server.url}/validate", content=body, headers=given, timeout=300)


def _conforms(answer: httpx.Response) -> str:
    format = RdfFormat.from_media_type(answer.headers["content-type"].partition(";")[0])
    assert format is not None
    found = [q.object.value for q in parse(answer.content, format=format) if q.predicate.value == f"{_SH}conforms"]
    return str(found[0])


@pytest.mark.parametrize("accept", ["text/turtle", "application/n-triples", "application/ld+json", "*/*"])
def test_reports(server: Served, accept: str) -> None:
    good, bad = _posted(server, _GOOD, accept=accept), _posted(server, _BAD, accept=accept)
    assert (good.status_code, bad.status_code) == (200, 200), bad.text
    assert (_conforms(good), _conforms(bad)) == ("true", "false")
    if accept != "*/*":
        assert bad.headers["content-type"].partition(";")[0] == accept
    assert "http://x.example/a" in bad.text


def test_what_cannot_be_read(server: Served) -> None:
    answer = _posted(server, "<a:a> <a:b> 1 .\n<a:a> nonsense")
    assert problem_of(answer) == (400, "malformed-rdf")
    assert answer.json()["line"] == 2
    deep = '{"@id":"a:a","a:p":' * 10_000 + "1" + "}" * 10_000
    assert problem_of(_posted(server, deep, content_type="application/ld+json")) == (400, "malformed-rdf")
    assert problem_of(_posted(server, "a", content_type="text/html")) == (415, "unsupported-media-type")
    assert problem_of(_posted(server, "#" * 1_000_001)) == (413, "too-large")
    assert problem_of(httpx.get(f"{server.url}/validate", timeout=60)) == (405, "method-not-allowed")


def test_a_deadline_holds_here_too(tmp_path: Path) -> None:
    publish(Home(tmp_path / "home"), content())
    lines = "".join(f"<http://x.example/{n}> a <https://w3id.org/crossings/ontology#Evidence> .\n" for n in range(9000))
    with serving(tmp_path / "home", tmp_path / "errors", "--limit", "time=1s", "--limit", "workers=2") as running:
        assert problem_of(_posted(running, lines)) == (504, "timeout")
        assert httpx.get(f"{running.url}/health", timeout=60).json()["status"] == "ok"

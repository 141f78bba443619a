"""The gate of writes: who may, what may, and that whatever is refused changes nothing."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

from kg.release import Home
from kg.tokens import Tokens
from tests.server.plain import PlainServer, plain_server, problem_of, triples
from tests.server.serving import serving

_XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
_ENTITIES = f'<!ENTITY e0 "{"a" * 80}">' + "".join(
    f'<!ENTITY e{number} "{f"&e{number - 1};" * 20}">' for number in range(1, 8)
)
_BOMB = f"<!DOCTYPE r [{_ENTITIES}]>{_XML}<rdf:Description><e:p>&e7;</e:p></rdf:Description></rdf:RDF>"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlainServer]:
    folder = tmp_path_factory.mktemp("writing")
    with plain_server(folder, "--no-shapes", "--limit", "write_bytes=2MB", "--limit", "idle_client=2s") as server:
        assert server.update("INSERT DATA { <a:kept> <a:is> 'here' }").status_code == 204
        yield server
        assert triples(server) == ['<a:kept> <a:is> "here" .']


def test_a_write_needs_a_token(store: PlainServer) -> None:
    for headers in ({}, {"Authorization": "Bearer kgt_wrong"}, {"Authorization": "Basic a2c6a2c="}):
        answer = httpx.post(f"{store.served.url}/update", data={"update": "CLEAR ALL"}, headers=headers)
        assert problem_of(answer) == (401, "unauthorized")
        assert answer.headers["www-authenticate"].startswith('Bearer realm="crossings"')
    for method in ("PUT", "POST", "DELETE"):
        answer = httpx.request(method, f"{store.served.url}/store?default", content="")
        assert problem_of(answer) == (401, "unauthorized")


def test_a_token_of_less_scope_does_not_do(store: PlainServer) -> None:
    secret = Tokens(store.home).create("curator", "curate")
    answer = store.client.post("/update", data={"update": "CLEAR ALL"}, headers={"Authorization": f"Bearer {secret}"})
    assert problem_of(answer) == (403, "forbidden")
    assert 'error="insufficient_scope"' in answer.headers["www-authenticate"]


def test_revoked_at_once(store: PlainServer) -> None:
    secret = Tokens(store.home).create("brief", "admin")
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/sparql-update"}
    assert store.client.post(
        "/update", content="CLEAR GRAPH <a:g>; CREATE SILENT GRAPH <a:g>", headers=headers
    ).is_client_error
    assert store.client.post("/update", content="CREATE SILENT GRAPH <a:g>", headers=headers).status_code == 204
    Tokens(store.home).revoke("brief")
    assert problem_of(store.client.post("/update", content="DROP ALL", headers=headers)) == (401, "unauthorized")


def test_writes_are_off_without_tokens(tmp_path: Path) -> None:
    with serving(tmp_path / "home", tmp_path / "errors", "--empty", "--no-shapes") as running:
        answer = httpx.post(f"{running.url}/update", data={"update": "CLEAR ALL"}, timeout=120)
        assert problem_of(answer) == (403, "writes-off")
        assert "kg token create" in answer.json()["detail"]
        secret = Tokens(Home(tmp_path / "home")).create("late", "admin")
        headers = {"Authorization": f"Bearer {secret}"}
        answer = httpx.post(f"{running.url}/update", data={"update": "CLEAR ALL"}, headers=headers, timeout=120)
        assert answer.status_code == 204


@pytest.mark.parametrize(
    ("content", "content_type", "line"),
    [
        ("<a:a> <a:b> 1 .\n<a:a> nonsense 2 .", "text/turtle", 2),
        ('{"@id": "a:a",\n "a:b" 1}', "application/ld+json", 2),
        (f"{_XML}\n<rdf:Description><e:p></rdf:Description></rdf:RDF>", "application/rdf+xml", 2),
        ("<a:a> <a:b> <<( <a:a> <a:b> " * 500, "application/n-triples", 1),
        ('{"@id":"a:a","a:p":' * 10_000 + "1" + "}" * 10_000, "application/ld+json", 1),
        (_BOMB, "application/rdf+xml", 1),
        (b"<a:a> <a:b> '\xff' .", "text/turtle", 1),
    ],
    ids=["turtle", "json-ld", "rdf-xml", "triple terms", "deep json-ld", "entity bomb", "not utf-8"],
)  # fmt: skip
def test_malformed_rdf_leaves_the_old_graph(store: PlainServer, content: str, content_type: str, line: int) -> None:
    graph = "http://g.example/old"
    assert store.put("<a:old> <a:old> 1 .", graph=graph).status_code in (201, 204)
    before = store.client.get("/store", params={"graph": graph}).text
    answer = store.put(content, content_type, graph)
    assert problem_of(answer) == (400, "malformed-rdf")
    assert answer.json()["line"] == line
    assert answer.json()["column"] >= 1
    assert store.client.get("/store", params={"graph": graph}).text == before


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [("text/html", 415), ("", 415), ("application/trig", 400)],
    ids=["html", "none", "trig"],
)
def test_documents_that_are_no_graph(store: PlainServer, content_type: str, expected: int) -> None:
    content = "<a:g> { <a:a> <a:b> 1 }"
    assert store.put(content, content_type).status_code == expected


def test_updates_that_fail_half_way_change_nothing(store: PlainServer) -> None:
    answer = store.update("INSERT DATA { <a:half> <a:is> 'here' } ; CREATE GRAPH <a:twice> ; CREATE GRAPH <a:twice>")
    assert problem_of(answer) == (400, "malformed-update")
    assert triples(store) == ['<a:kept> <a:is> "here" .']


def test_update_errors_have_a_place(store: PlainServer) -> None:
    answer = store.client.post(
        "/update",
        data={"update": "INSERT { ?s <a:b> 1 }\nWHERE { ?s nonsense ?o }", "using-graph-uri": "http://g.example/1"},
    )
    assert problem_of(answer) == (400, "malformed-update")
    assert (answer.json()["line"], "nonsense" in answer.json()["snippet"]) == (2, True)


def test_prefixes_of_no_project(store: PlainServer) -> None:
    answer = store.client.get("/sparql", params={"query": "SELECT * { ?s a cx:Incident }"})
    assert problem_of(answer) == (400, "malformed-query")
    assert "cx:" in answer.json()["detail"]


def put_by_hand(store: PlainServer, length: int, body: str) -> bytes:
    """The beginning of the answer to a PUT whose body is said to have a length and begins with some bytes."""
    address = urlsplit(store.served.url)
    assert address.hostname is not None
    authorization = store.client.headers["authorization"]
    with socket.create_connection((address.hostname, address.port or 80), 60) as raw:
        raw.sendall(
            f"PUT /store?default HTTP/1.1\r\nHost: x\r\nAuthorization: {authorization}\r\n"
            f"Content-Type: text/turtle\r\nContent-Length: {length}\r\n\r\n{body}".encode()
        )
        return raw.recv(65_536)


def test_a_gigabyte_is_refused_before_it_comes(store: PlainServer) -> None:
    assert put_by_hand(store, 1_000_000_000, "").startswith(b"HTTP/1.1 413 ")


def test_a_body_that_never_ends_is_ended(store: PlainServer) -> None:
    def forever() -> Iterator[bytes]:
        while True:
            yield b"<a:a> <a:b> 'x' .\n" * 5000

    try:
        answer = store.client.put("/store?default", content=forever(), headers={"Content-Type": "text/turtle"})
    except httpx.TransportError:  # the connection was closed before all was sent, as it must be
        answer = None
    assert answer is None or answer.status_code == 413
    assert store.client.get("/health").json()["status"] == "ok"


def test_a_body_that_stops_coming_is_ended(store: PlainServer) -> None:
    assert put_by_hand(store, 1000, "<a:a>").startswith(b"HTTP/1.1 408 ")


def test_readers_see_a_write_when_it_is_answered(store: PlainServer) -> None:
    graph = "http://g.example/count"
    for number in range(5):
        written = store.put(f"<a:a> <a:b> {number} .", graph=graph)
        found = store.client.get("/store", params={"graph": graph}, headers={"Accept": "application/n-triples"})
        assert f'"{number}"' in found.text
        assert found.headers["crossings-revision"] == written.headers["crossings-revision"]
        tag = found.headers["etag"]
        again = store.client.get(
            "/store", params={"graph": graph}, headers={"Accept": "application/n-triples", "If-None-Match": tag}
        )
        assert again.status_code == 304


def test_nothing_waits_for_a_write(tmp_path: Path) -> None:
    values = " ".join(f"({number})" for number in range(300))
    cross = f"VALUES (?x) {{ {values} }} VALUES (?y) {{ {values} }}"
    slow = f"INSERT {{ <a:a> <a:c> ?z }} WHERE {{ {cross} BIND(CONCAT(STR(?x), 'x', STR(?y)) AS ?z) }}"
    with plain_server(tmp_path, "--no-shapes") as server, ThreadPoolExecutor(1) as other:
        assert server.update("INSERT DATA { <a:a> <a:b> 1 }").status_code == 204
        writing = other.submit(server.update, slow)
        asked = 0
        while not writing.done():
            assert len(triples(server)) in (1, 90_001)
            asked += 1
        assert writing.result().status_code == 204
        assert asked > 1
        assert len(triples(server)) == 90_001


def test_a_write_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    values = " ".join(f"({number})" for number in range(1000))
    cross = " ".join(f"VALUES (?{name}) {{ {values} }}" for name in "xyz")
    with plain_server(tmp_path, "--no-shapes", "--limit", "write_time=3s") as server:
        assert server.update("INSERT DATA { <a:a> <a:b> 1 }").status_code == 204
        answer = server.update(f"INSERT {{ <a:a> <a:c> ?n }} WHERE {{ {{ SELECT (COUNT(*) AS ?n) {{ {cross} }} }} }}")
        assert problem_of(answer) == (504, "timeout")
        assert triples(server) == ['<a:a> <a:b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .']
        assert server.update("INSERT DATA { <a:a> <a:b> 2 }").status_code == 204
        assert len(triples(server)) == 2


def test_an_update_that_ends_the_engine_harms_nobody(tmp_path: Path) -> None:
    with plain_server(tmp_path, "--no-shapes", "--limit", "nesting=100k") as server:
        assert server.update("INSERT DATA { <a:a> <a:b> 1 }").status_code == 204
        deep = "{" * 20_000 + "}" * 20_000
        answer = server.update(f"INSERT {{ <a:a> <a:c> 1 }} WHERE {{ {deep} }}")
        assert problem_of(answer) == (503, "writer-unavailable")
        assert len(triples(server)) == 1
        assert server.update("INSERT DATA { <a:a> <a:b> 2 }").status_code == 204


def test_two_servers_do_not_write_to_one_home(tmp_path: Path) -> None:
    with plain_server(tmp_path, "--no-shapes") as server:
        assert server.update("INSERT DATA { <a:a> <a:b> 1 }").status_code == 204
        secret = server.client.headers["authorization"]
        with serving(server.home.path, tmp_path / "other", "--empty", "--no-shapes") as other:
            answer = httpx.post(
                f"{other.url}/update", data={"update": "CLEAR ALL"}, headers={"Authorization": secret}, timeout=120
            )
            assert problem_of(answer) == (503, "writer-unavailable")
            assert "stop the server that takes its writes" in answer.json()["detail"]
            # And it reads what the first one writes.
            assert server.update("INSERT DATA { <a:a> <a:b> 2 }").status_code == 204
            found = httpx.get(f"{other.url}/store?default", headers={"Accept": "application/n-triples"}, timeout=120)
            assert len(found.text.splitlines()) == 2


_SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<http://s.example/Age> a sh:NodeShape ; sh:targetSubjectsOf <http://p.example/age> ;
  sh:property <http://s.example/age> .
<http://s.example/age> sh:path <http://p.example/age> ; sh:datatype xsd:integer ; sh:maxCount 1 ; sh:message "one age" .
"""


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlainServer]:
    folder = tmp_path_factory.mktemp("guarded")
    shapes = folder / "shapes.ttl"
    shapes.write_text(_SHAPES, "utf-8")
    with plain_server(folder, "--shapes", str(shapes)) as server:
        assert server.update("INSERT DATA { <a:p> <http://p.example/age> 30 }").status_code == 204
        yield server


def test_a_write_that_breaks_a_shape_never_lands(guarded: PlainServer) -> None:
    before = triples(guarded), guarded.client.get("/health").json()["revision"]
    answer = guarded.update("INSERT DATA { <a:p> <http://p.example/age> 31 ; <a:q> 1 }")
    assert problem_of(answer) == (422, "shape-violation")
    told = answer.json()
    assert told["violations"] == 1
    assert told["results"][0]["focus"] == "a:p"
    assert told["results"][0]["message"] == "one age"
    assert (triples(guarded), guarded.client.get("/health").json()["revision"]) == before
    for old, new in ((30, 31), (31, 30)):
        age = "<a:p> <http://p.example/age>"
        changed = guarded.update(f"DELETE DATA {{ {age} {old} }} ; INSERT DATA {{ {age} {new} }}")
        assert changed.status_code == 204, changed.text


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
def test_the_report_in_the_format_asked_for(guarded: PlainServer, accept: str) -> None:
    answer = guarded.client.post(
        "/update", data={"update": "INSERT DATA { <a:p> <http://p.example/age> 'old' }"}, headers={"Accept": accept}
    )
    assert answer.status_code == 422
    assert answer.headers["content-type"].partition(";")[0] == accept
    format = RdfFormat.from_media_type(accept)
    assert format is not None
    found = [q.object.value for q in parse(answer.content, format=format) if q.predicate.value.endswith("#conforms")]
    assert found == ["false"]


def test_the_report_on_a_page(guarded: PlainServer) -> None:
    answer = guarded.client.post(
        "/update",
        data={"update": "INSERT DATA { <a:p> <http://p.example/age> 'old' }"},
        headers={"Accept": "text/html"},
    )
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("text/html")
    assert "a:p" in answer.text

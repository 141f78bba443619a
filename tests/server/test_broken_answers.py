"""An answer that breaks off never looks whole: a small one is a problem with its status, a long one breaks."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from tests.server.asking import address_of, eventually, limited, metric, problem_name
from tests.server.queries import cheap, rows
from tests.server.serving import Served, serving

#: Runs away while it writes solutions, which no coding makes short.
ENDLESS = "SELECT (STRUUID() AS ?id) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ROWS, BYTES, BUFFER = 120_000, 9_000_000, 100_000


@pytest.fixture(scope="module")
def server(larger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Every query is slow at once, so that a long answer is sent as it comes."""
    options = limited(
        f"rows={ROWS}",
        f"bytes={BYTES}",
        f"buffer={BUFFER}",
        "fast=1ms",
        "time=20s",
        "idle-client=2s",
        "client-seconds=99999",
        "spares=1",
    )
    with serving(larger, tmp_path_factory.mktemp("broken") / "errors", *options) as running:
        yield running
        assert running.process.poll() is None
    assert running.complaints() == ""


@pytest.fixture
def asking(server: Served) -> Iterator[httpx.Client]:
    # Not compressed: a text that says the same again and again would be short enough to be held back.
    with httpx.Client(base_url=server.url, timeout=60, headers={"Accept-Encoding": "identity"}) as client:
        yield client


def outcomes(server: Served, outcome: str) -> float:
    return metric(server.url, "crossings_requests_total", outcome=outcome)


def received(server: Served, query: str, *headers: str, version: str = "1.1", method: str = "GET") -> bytes:
    """All bytes that come until the server closes the connection."""
    head = [f"{method} /sparql?query={quote(query)} HTTP/{version}", "Host: x", "Connection: close", *headers]
    with socket.create_connection(address_of(server.url), 60) as connection:
        connection.sendall("\r\n".join([*head, "", ""]).encode())
        found = b""
        while chunk := connection.recv(1_000_000):
            found += chunk
    return found


def test_a_long_answer_comes_whole(server: Served, asking: httpx.Client) -> None:
    answer = asking.post("/sparql", data={"query": rows(30_000)}, headers={"Accept": "text/csv"})
    assert "content-length" not in answer.headers
    assert answer.text.count("\n") == 30_001
    assert received(server, rows(30_000)).endswith(b"\r\n0\r\n\r\n")


@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
@pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv"])
def test_a_stream_that_breaks_off_is_visibly_broken(asking: httpx.Client, accept: str, coding: str) -> None:
    headers = {"Accept": accept, "Accept-Encoding": coding}
    endless = {"query": f"{ENDLESS} # {accept} {coding}"}
    with asking.stream("POST", "/sparql", data=endless, headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers.get("content-encoding", "identity") == coding
        with pytest.raises(httpx.RemoteProtocolError, match="incomplete chunked read"):
            consume(answer)


def consume(answer: httpx.Response) -> None:
    for _chunk in answer.iter_raw():
        pass


def test_a_stream_that_dies_at_its_deadline_is_visibly_broken(server: Served, asking: httpx.Client) -> None:
    before = outcomes(server, "timeout")
    # Solutions that come slowly: one in a hundred that are looked at.
    text = ", ".join(["STR(?a)"] * 40)
    every = "STRLEN(CONCAT(STR(?a), STR(?d), STR(?g))) * RAND() < 1"
    slowly = f"SELECT (CONCAT({text}) AS ?x) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER({every}) }}"
    with asking.stream("POST", "/sparql", data={"query": slowly, "timeout": "1.5"}) as answer:
        assert answer.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError, match="incomplete chunked read"):
            consume(answer)
    assert outcomes(server, "timeout") == before + 1


def test_the_bytes_of_a_broken_stream_have_no_end(server: Served) -> None:
    before = outcomes(server, "timeout")
    content = received(server, ENDLESS, "Accept: text/csv")
    assert content.startswith(b"HTTP/1.1 200 ")
    # The last chunk is the line "0"; a row may end in a 0 as well.
    assert not content.endswith(b"\r\n0\r\n\r\n")
    assert outcomes(server, "timeout") + outcomes(server, "answer-too-large") > before


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/xml", "text/csv", "text/tsv, */*"])
def test_too_many_rows_break_a_long_answer(server: Served, asking: httpx.Client, accept: str) -> None:
    query = {"query": rows(ROWS + 1, width=1)}
    before = outcomes(server, "answer-too-large")
    with pytest.raises(httpx.RemoteProtocolError):
        asking.post("/sparql", data=query, headers={"Accept": accept})
    assert outcomes(server, "answer-too-large") == before + 1
    whole = asking.post("/sparql", data={"query": rows(ROWS, width=1)}, headers={"Accept": "text/csv"})
    assert whole.text.count("\n") == ROWS + 1


def test_too_many_bytes_break_a_long_answer(server: Served, asking: httpx.Client) -> None:
    before = outcomes(server, "answer-too-large")
    with pytest.raises(httpx.RemoteProtocolError):
        asking.post("/sparql", data={"query": rows(1000, width=BYTES // 1000)})
    assert outcomes(server, "answer-too-large") == before + 1


def test_what_is_short_enough_to_be_held_back_keeps_its_status(larger: Path, tmp_path: Path) -> None:
    options = limited("rows=500", "bytes=60kB", "buffer=100kB", "workers=2", "spares=0")
    with (
        serving(larger, tmp_path / "errors", *options) as served,
        httpx.Client(base_url=served.url, timeout=60) as client,
    ):
        for query, member in ((rows(501), "500 rows"), (rows(400, width=1000), "60000 bytes")):
            for accept in ("application/json", "application/xml", "text/csv", "text/tab-separated-values"):
                answer = client.post("/sparql", data={"query": query}, headers={"Accept": accept})
                assert (answer.status_code, problem_name(answer)) == (422, "answer-too-large"), accept
                assert member in answer.json()["detail"]
        triples = {"query": "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"}
        for accept in ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"):
            answer = client.post("/sparql", data=triples, headers={"Accept": accept})
            assert (answer.status_code, problem_name(answer)) == (422, "answer-too-large"), accept
        assert problem_name(client.get("/store?default")) == "answer-too-large"
        assert client.post("/sparql", data={"query": rows(500)}).status_code == 200


def test_a_client_that_does_not_read_holds_no_worker_and_is_cut(server: Served, asking: httpx.Client) -> None:
    gone = outcomes(server, "client-gone")
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 10_000)
        connection.settimeout(60)
        connection.connect(address_of(server.url))
        query = quote(rows(100_000, width=80))
        connection.sendall(f"GET /sparql?format=csv&query={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert connection.recv(12) == b"HTTP/1.1 200"
        # The worker has handed all over and is free, while the client has read nothing yet.
        assert eventually(lambda: metric(server.url, "crossings_queries_running") == 0)
        assert asking.post("/sparql", data={"query": cheap(1)}).status_code == 200
        assert eventually(lambda: outcomes(server, "client-gone") == gone + 1)
        found = until_the_end(connection)
    assert len(found) < 8_000_000
    assert not found.endswith(b"0\r\n\r\n")


def until_the_end(connection: socket.socket) -> bytes:
    """What comes until the connection is closed or reset."""
    found = b""
    while True:
        try:
            chunk = connection.recv(1_000_000)
        except ConnectionResetError:
            return found
        if not chunk:
            return found
        found += chunk


def test_what_was_written_down_for_slow_clients_is_removed(server: Served) -> None:
    def spools() -> list[str]:
        folder = Path(f"/proc/{server.process.pid}/fd")
        found = []
        for path in folder.iterdir():
            try:
                found.append(os.readlink(path))  # noqa: PTH115  (it may be no path)
            except FileNotFoundError:  # closed meanwhile
                continue
        return [name for name in found if "crossings-" in name or ("/tmp/" in name and "(deleted)" in name)]

    with socket.create_connection(address_of(server.url), 60) as connection:
        query = quote(rows(100_000, width=80))
        connection.sendall(f"GET /sparql?format=csv&query={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert connection.recv(12) == b"HTTP/1.1 200"
        assert spools()
    assert eventually(lambda: not spools())


def test_head_of_a_long_answer_has_no_body(server: Served) -> None:
    content = received(server, rows(30_000), method="HEAD")
    assert content.startswith(b"HTTP/1.1 200 ")
    assert content.endswith(b"\r\n\r\n")
    assert content.count(b"\r\n\r\n") == 1

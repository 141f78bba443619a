"""Whatever is sent, the server answers, not with an error of its own, and is alive afterwards."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.problems import PROBLEMS
from tests.server.asking import address_of, eventually, limited, metric
from tests.server.serving import Served, serving
from tests.server.strategies import HEADERS, PARAMETERS, VALUE, queries

BOUNDED = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
#: What may be answered; anything else is an error of ours.
STATUSES = {200, 204, 304} | {kind.status for kind in PROBLEMS.values()} - {500}


@pytest.fixture(scope="module")
def server(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    options = limited(
        "time=1s", "client-seconds=99999", "idle-client=3s", "workers=3", "spares=2", "request-bytes=100kB"
    )
    with serving(home, tmp_path_factory.mktemp("fuzz") / "errors", *options) as running:
        yield running
        assert running.process.poll() is None, running.complaints()
        assert eventually(lambda: metric(running.url, "crossings_workers") == 5)
        assert metric(running.url, "crossings_requests_total", outcome="server-error") == 0
        assert httpx.post(f"{running.url}/sparql", data={"query": "ASK {}"}, timeout=60).json()["boolean"] is True
    assert "Traceback" not in running.complaints()


@pytest.fixture(scope="module")
def asking(server: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=60) as client:
        yield client


def fine(answer: httpx.Response) -> None:
    assert answer.status_code in STATUSES, (answer.status_code, answer.text)
    if answer.status_code >= 400 and answer.request.method != "HEAD":
        assert answer.headers["content-type"].partition(";")[0] in ("application/problem+json", "text/html")


PATHS = ["/sparql", "/store", "/graph/vocabulary", "/graph/", "/.well-known/void", "/", "/health", "/x"]
TYPES = [
    "application/sparql-query",
    "application/sparql-query;charset=latin-1",
    "application/x-www-form-urlencoded",
    "application/sparql-update",
    "multipart/form-data; boundary=x",
    "text/plain",
    "",
]
STEPS = ["%00", "%ff", "%2e%2e", "..", "/", "%2F", "[", "]", "%", "%zz", ";", "é", "?", "#"]


def encoded(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]


@BOUNDED
@given(query=queries(), seconds=st.sampled_from(["0.5", "1"]))
def test_no_query_is_an_error_of_ours(asking: httpx.Client, query: str, seconds: str) -> None:
    fine(asking.post("/sparql", data={"query": query, "timeout": seconds}))


@BOUNDED
@given(
    method=st.sampled_from(["GET", "HEAD", "POST", "QUERY", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"]),
    path=st.sampled_from(
        ["/sparql", "/store", "/graph/vocabulary", "/graph/", "/.well-known/void", "/", "/health", "/x"]
    ),
    parameters=PARAMETERS,
    headers=HEADERS,
)
def test_no_request_is_an_error_of_ours(
    asking: httpx.Client, method: str, path: str, parameters: list[tuple[str, str]], headers: dict[str, str]
) -> None:
    fine(asking.request(method, path, params=[("timeout", "0.5"), *parameters], headers=encoded(headers)))


@BOUNDED
@given(
    method=st.sampled_from(["POST", "QUERY"]),
    content=st.one_of(queries().map(str.encode), st.binary(max_size=60), st.just(b"query=" + b"%" * 50)),
    kind=st.sampled_from(TYPES) | VALUE,
    headers=HEADERS,
)
def test_no_body_is_an_error_of_ours(
    asking: httpx.Client, method: str, content: bytes, kind: str, headers: dict[str, str]
) -> None:
    given_ = encoded({**headers, "Content-Type": kind})
    fine(asking.request(method, "/sparql?timeout=0.5", content=content, headers=given_))


@BOUNDED
@given(
    path=st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=60)
    | st.lists(st.sampled_from(STEPS), max_size=8).map("".join),
    rest=st.binary(max_size=40),
)
def test_no_bytes_are_an_error_of_ours(server: Served, path: str, rest: bytes) -> None:
    """Below what a client would send: the head's own bytes."""
    with socket.create_connection(address_of(server.url), 60) as connection:
        head = f"GET /graph/{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-A: ".encode()
        connection.sendall(head + rest.replace(b"\n", b"") + b"\r\n\r\n")
        answer = b""
        while chunk := connection.recv(65_536):
            answer += chunk
    assert answer.startswith(b"HTTP/1.1 ")
    assert int(answer[9:12]) in STATUSES

"""A client cannot hold a connection for nothing, nor make the server gather a request without end."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.server.asking import address_of, limited, problem_name
from tests.server.serving import Served, serving

IDLE = 1.0


@pytest.fixture(scope="module")
def server(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    options = limited(f"idle-client={IDLE}s", "request-bytes=200kB", "workers=2", "spares=0")
    with serving(home, tmp_path_factory.mktemp("connections") / "errors", *options) as running:
        yield running
        assert httpx.get(f"{running.url}/health", timeout=60).json()["status"] == "ok"
    assert running.complaints() == ""


@pytest.fixture
def connection(server: Served) -> Iterator[socket.socket]:
    with socket.create_connection(address_of(server.url), 60) as made:
        yield made


def rest(connection: socket.socket, drip: bytes = b"") -> bytes:
    """What comes until the server closes the connection, while it is sent a little now and then."""
    connection.settimeout(0.2 if drip else 60)
    found = b""
    for _ in range(300):
        try:
            chunk = connection.recv(100_000)
        except TimeoutError:
            connection.send(drip)
            continue
        except ConnectionResetError:
            return found
        if not chunk:
            return found
        found += chunk
    raise AssertionError("the server keeps the connection")


def test_a_client_that_says_nothing_is_left(connection: socket.socket) -> None:
    assert rest(connection) == b""


@pytest.mark.parametrize("begun", [b"G", b"GET /sparql?query=ASK", b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ", b"\r\n"])
def test_a_head_that_does_not_come_is_408(connection: socket.socket, begun: bytes) -> None:
    connection.sendall(begun)
    answer = rest(connection)
    assert answer.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
    assert b"problem/too-slow" in answer


@pytest.mark.parametrize(("begun", "drip"), [(b"GET / HTTP/1.1\r\nX-A: ", b"a"), (b"GET / HTTP/1.1\r\n", b"A: b\r\n")])
def test_a_head_that_comes_by_drips_is_408(connection: socket.socket, begun: bytes, drip: bytes) -> None:
    connection.sendall(begun)
    assert rest(connection, drip).startswith(b"HTTP/1.1 408 ")


def test_line_ends_between_requests_keep_no_connection(connection: socket.socket) -> None:
    connection.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
    assert connection.recv(12) == b"HTTP/1.1 200"
    assert b"HTTP/1.1 408 " in rest(connection, b"\r\n")


def test_the_second_head_must_come_as_well(connection: socket.socket) -> None:
    connection.sendall(b"HEAD /health HTTP/1.1\r\nHost: x\r\n\r\nGET /hea")
    answer = rest(connection, b"a")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"\r\n\r\nHTTP/1.1 408 " in answer


@pytest.mark.parametrize("drip", [b"", b" "])
def test_a_body_that_does_not_come_is_408(connection: socket.socket, drip: bytes) -> None:
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 1000\r\n\r\n"
    connection.sendall(f"{head}ASK".encode())
    answer = rest(connection, drip)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"the body did not come within 1 seconds" in answer


def test_a_slow_body_that_comes_in_time_is_read(connection: socket.socket) -> None:
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nConnection: close\r\n"
    connection.sendall(f"{head}Content-Length: 6\r\n\r\nAS".encode())
    connection.settimeout(0.3)
    with pytest.raises(TimeoutError):
        connection.recv(1)
    connection.sendall(b"K {}")
    assert rest(connection).endswith(b'{"head":{},"boolean":true}')


def test_a_body_that_says_that_it_is_too_long_is_413_before_it_comes(connection: socket.socket) -> None:
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    connection.sendall(f"{head}Content-Length: 99999999999\r\n\r\n".encode())
    answer = rest(connection)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in answer.lower()


def test_a_body_that_grows_too_long_is_413(connection: socket.socket) -> None:
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    connection.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
    for _ in range(3):
        connection.sendall(b"11170\r\n" + b" " * 70_000 + b"\r\n")
    assert rest(connection).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("begun", [b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ", b"GET /sparql?query="])
def test_a_head_without_end_is_cut(connection: socket.socket, begun: bytes) -> None:
    connection.sendall(begun)
    sent = 0
    try:
        while sent < 1_000_000_000:
            sent += connection.send(b"a" * 100_000)
    except (ConnectionResetError, BrokenPipeError):
        pass
    # What the kernel held for both sides is in it, and is no memory of the server's.
    assert sent < 50_000_000


def test_headers_that_are_too_long_are_a_problem(server: Served) -> None:
    with httpx.Client(base_url=server.url, timeout=60) as client:
        for headers in ({"X-A": "a" * 40_000}, {f"X-{n}": "a" * 1000 for n in range(40)}):
            answer = client.get("/health", headers=headers)
            assert (answer.status_code, problem_name(answer)) == (431, "head-too-large")
            assert answer.headers["connection"] == "close"
        assert client.get("/health", headers={"X-A": "a" * 20_000}).status_code == 200


@pytest.mark.parametrize(
    ("spaces", "status", "name"), [(60_000, 200, ""), (66_000, 431, "head-too-large"), (90_000, 431, "head-too-large")]
)
def test_an_address_is_taken_up_to_a_length(connection: socket.socket, spaces: int, status: int, name: str) -> None:
    address = "/sparql?query=ASK+{}" + "+" * spaces
    connection.sendall(f"GET {address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    answer = rest(connection).decode()
    assert answer.startswith(f"HTTP/1.1 {status} ")
    assert (f"problem/{name}" if name else '"boolean":true') in answer


def test_requests_in_one_breath_are_answered_in_order(connection: socket.socket) -> None:
    asks = "".join(f"GET /sparql?query=SELECT({n}AS?n){{}}&format=csv HTTP/1.1\r\nHost: x\r\n\r\n" for n in range(20))
    connection.sendall(f"{asks}GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    answer = rest(connection)
    assert answer.count(b"HTTP/1.1 200 ") == 21
    found = [part.split(b"\r\n\r\n")[1].split(b"\r\n")[1] for part in answer.split(b"HTTP/1.1 200 ")[1:21]]
    assert found == [str(n).encode() for n in range(20)]


NO_REQUESTS = {
    "another protocol": b"\x16\x03\x01\x02\x00\x01",
    "an unknown method": b"NOTHING / HTTP/1.1\r\n\r\n",
    "an unknown version": b"GET / HTTP/9.9\r\n\r\n",
    "an address that is no ASCII": b"GET \xff HTTP/1.1\r\n\r\n",
    "no address": b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
    "a length below nothing": b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    "zeros": b"\x00" * 100,
    "two lengths": b"GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "an upgrade": b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
}


@pytest.mark.parametrize("name", NO_REQUESTS)
def test_what_is_no_request_ends_its_connection_and_nothing_else(connection: socket.socket, name: str) -> None:
    connection.sendall(NO_REQUESTS[name])
    answer = rest(connection, b" ")
    assert answer == b"" or answer.startswith((b"HTTP/1.1 4", b"HTTP/1.1 200 "))

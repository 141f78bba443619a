"""The client process against a real server: what it times, what it counts, and how it says that something failed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

from bench.endpoint.jobs import NONCE, STRANDED, Job, Load, Step, Target, run

SERVER = "here"


class Handler(BaseHTTPRequestHandler):
    """Answers a query by its first word; `late` waits until the test is over, `bad` fails, `mixed` turns its rows."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    over = threading.Event()
    seen: ClassVar[list[tuple[str, str]]] = []

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)["query"][0]
        self.seen.append((self.client_address[0], query))
        word = query.split()[0]
        if word == "late":
            self.over.wait(30)
        rows = [{"a": {"type": "literal", "value": value}} for value in ("one", "two")]
        if word == "mixed":
            rows.reverse()
        body = json.dumps({"head": {"vars": ["a"]}, "results": {"bindings": rows}}).encode()
        if word == "graph":
            body = b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> <urn:c> .\n"
        self.send_response(500 if word == "bad" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def target() -> Iterator[Target]:
    Handler.over.clear()
    Handler.seen.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Target("127.0.0.1", server.server_address[1], "/sparql")
    Handler.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


def steps(target: Target, *texts: str) -> tuple[Step, ...]:
    return tuple(Step(SERVER, t, target.request(t, t == "graph"), t == "graph", look=True) for t in texts)


def test_rows_are_counted_and_compared_in_any_order(target: Target) -> None:
    plain, mixed, graph = run(Job({SERVER: target}, 10, steps(target, "plain", "mixed", "graph")))
    assert (plain.rows, mixed.rows, graph.rows) == (2, 2, 1)
    assert plain.digest == mixed.digest != graph.digest
    assert 0 < plain.seconds < 10
    assert [plain.failure, mixed.failure, graph.failure] == [None, None, None]


def test_a_status_that_is_not_good_is_a_failure(target: Target) -> None:
    (answer,) = run(Job({SERVER: target}, 10, steps(target, "bad")))
    assert answer.failure is not None
    assert answer.failure.startswith("status 500")
    assert answer.rows is None


def test_what_is_late_is_not_asked_again_and_harms_no_other(target: Target) -> None:
    answers = run(Job({SERVER: target}, 0.5, steps(target, "late", "late", "plain")))
    assert [(a.name, a.failure) for a in answers] == [("late", "no answer in 0.5 s"), ("plain", None)]


def test_a_server_that_is_not_there_is_a_failure() -> None:
    gone = Target("127.0.0.1", 1, "/sparql")
    (answer,) = run(Job({SERVER: gone}, 1, steps(gone, "plain")))
    assert answer.failure is not None


def test_a_load_asks_with_all_clients_and_texts_that_differ(target: Target) -> None:
    request = target.request(f"plain # {NONCE}", False)
    answers = run(Job({SERVER: target}, 10, load=Load(SERVER, (request,), 3, 0.5, "new")))
    assert len(answers) > 3
    assert {answer.failure for answer in answers} == {None}
    texts = [text for _, text in Handler.seen]
    assert len(set(texts)) == len(texts)
    assert {text.split("-")[1] for text in texts} == {"0", "1", "2"}


def test_a_warm_load_asks_the_same(target: Target) -> None:
    request = target.request(f"plain # {NONCE}", False)
    run(Job({SERVER: target}, 10, load=Load(SERVER, (request,), 2, 0.3)))
    assert {text for _, text in Handler.seen} == {"plain # same"}


def test_stranded_requests_come_from_another_address_and_are_not_timed_with_the_others(target: Target) -> None:
    plain, late, bad = (target.request(text, False) for text in ("plain", "late", "bad"))
    answers = run(Job({SERVER: target}, 10, load=Load(SERVER, (plain,), 1, 0.6, "", (late, bad))))
    assert {answer.failure for answer in answers if answer.name != STRANDED} == {None}
    ended = [answer for answer in answers if answer.name == STRANDED]
    assert {answer.failure for answer in ended} == {"status 500"}
    # It is sent again, but not at once.
    assert 2 <= len(ended) <= 6
    assert {(address, text) for address, text in Handler.seen} == {
        ("127.0.0.1", "plain"),
        ("127.0.0.2", "late"),
        ("127.0.0.2", "bad"),
    }

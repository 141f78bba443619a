"""A worker alone, as the server would speak to it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from kg.release import Home, publish
from server.workers.child import EXIT_ERROR, SETTINGS_VARIABLE
from server.workers.wire import Ask, End, Failure, FrameKind, FrameReader, Head, Hello, Open, decode, frame, message
from server.workers.worker import WorkerSettings
from tests.release.content import content
from tests.server.serving import environment

SETTINGS = WorkerSettings(
    memory=2_000_000_000, rows=1000, bytes=100_000, nesting=100, merged_quads=1000, older_releases=1
)


class Spoken:
    """The server's end of a worker's socket."""

    def __init__(self, connection: socket.socket, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self._connection = connection
        self._reader = FrameReader()
        self._frames: list[tuple[FrameKind, bytes]] = []

    def send(self, *frames: bytes) -> None:
        self._connection.sendall(b"".join(frames))

    def next(self) -> Hello | Head | End | Failure | bytes | None:
        """The next message, or None where the worker has ended."""
        while not self._frames:
            chunk = self._connection.recv(65_536)
            if not chunk:
                return None
            self._frames += self._reader.feed(chunk)
        kind, payload = self._frames.pop(0)
        return payload if kind is FrameKind.DATA else decode(kind, payload)  # type: ignore[return-value]

    def answered(self, ask: Ask) -> tuple[Head, bytes, End]:
        self.send(message(ask))
        head = self.next()
        assert isinstance(head, Head), head
        body = b""
        while isinstance(found := self.next(), bytes):
            body += found
        assert isinstance(found, End), found
        return head, body, found


@contextmanager
def speaking(settings: WorkerSettings = SETTINGS) -> Iterator[Spoken]:
    ours, theirs = socket.socketpair()
    ours.settimeout(60)
    with ours, theirs:
        variables = {**environment(), SETTINGS_VARIABLE: msgspec.json.encode(settings).decode()}
        command = [sys.executable, "-W", "error", "-m", "server.workers.worker", str(theirs.fileno())]
        process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=variables, stderr=subprocess.PIPE)
        theirs.close()
        try:
            yield Spoken(ours, process)
        finally:
            ours.close()
            process.communicate(timeout=60)


@pytest.fixture(scope="module")
def worker(home: Path) -> Iterator[Spoken]:
    with speaking() as made:
        assert isinstance(made.next(), Hello)
        yield made
        assert made.process.poll() is None


@pytest.fixture(scope="module")
def release(home: Path) -> str:
    return str(Home(home).require_current().path.resolve())


def test_it_says_which_protections_hold() -> None:
    with speaking() as made:
        hello = made.next()
        assert isinstance(hello, Hello)
        assert hello.protections["memory-limit"]


def test_an_answer_is_a_head_bytes_and_an_end(worker: Spoken, release: str) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?i a cx:Incident }"
    head, body, end = worker.answered(Ask(release=release, query=query, format="csv"))
    assert (head.format, head.content_type, head.coding, head.volatile) == (
        "csv",
        "text/csv; charset=utf-8",
        None,
        False,
    )
    assert (body, end.hint) == (b"n\r\n3\r\n", None)


def test_an_empty_answer_has_its_hint_and_a_volatile_one_says_so(worker: Spoken, release: str) -> None:
    _head, _body, end = worker.answered(Ask(release=release, query="SELECT ?c { ?c a cx:Claim }"))
    assert end.hint is not None
    assert "cx:Claim" in end.hint
    head, _body, _end = worker.answered(Ask(release=release, query="SELECT (NOW() AS ?n) {}"))
    assert head.volatile


def test_only_what_is_long_enough_is_compressed(worker: Spoken, release: str) -> None:
    for query, coding in (("ASK {}", None), ("SELECT * { ?s ?p ?o }", "gzip")):
        head, body, _end = worker.answered(Ask(release=release, query=query, coding="gzip"))
        assert head.coding == coding
        assert body.startswith(b"\x1f\x8b") == (coding is not None)


def test_a_graph_is_read_without_a_query(worker: Spoken, release: str) -> None:
    _head, body, _end = worker.answered(Ask(release=release, format="nt"))
    assert body.count(b" .\n") == 13


@pytest.mark.parametrize(
    ("ask", "name"),
    [
        ({"query": "SELECT"}, "malformed-query"),
        ({"query": "ASK {}", "format": "pdf"}, "unknown-format"),
        ({"query": "ASK {}", "accept": "image/png"}, "not-acceptable"),
        ({"query": "ASK { SERVICE <http://127.0.0.1:1/> {} }"}, "service-refused"),
        ({"query": "ASK {" + "{" * 200 + "}" * 201}, "nesting-refused"),
        ({"query": "ASK {}", "default": ("urn:x",)}, "unknown-graph"),
        ({"graph": "urn:x"}, "graph-not-found"),
        ({"query": "SELECT ('\\u0001' AS ?x) {}", "format": "xml"}, "unwritable"),
        ({"query": "SELECT * { VALUES ?a {" + " 1" * 1001 + " } }", "format": "csv"}, "answer-too-large"),
    ],
)
def test_what_cannot_be_answered_is_a_failure_and_the_next_is_answered(
    worker: Spoken, release: str, ask: dict[str, str], name: str
) -> None:
    worker.send(message(msgspec.convert({"release": release, **ask}, Ask)))
    found = worker.next()
    assert isinstance(found, Failure), found
    assert found.name == name
    assert worker.answered(Ask(release=release, query="ASK {}", format="json"))[1] == b'{"head":{},"boolean":true}'


def test_older_releases_are_opened_and_forgotten_and_one_that_is_none_is_a_failure(tmp_path: Path) -> None:
    home = Home(tmp_path)
    paths = [str(publish(home, content(number)).path.resolve()) for number in (1, 2, 3)]
    query = "SELECT (COUNT(*) AS ?n) { ?i a cx:Incident }"
    with speaking(msgspec.structs.replace(SETTINGS, release=paths[-1])) as worker:
        assert isinstance(worker.next(), Hello)
        worker.send(message(Open(release=str(tmp_path / "nothing"))))
        for _ in range(2):
            for number, path in enumerate(paths, 1):
                assert worker.answered(Ask(release=path, query=query, format="csv"))[1] == f"n\r\n{number}\r\n".encode()
        worker.send(message(Ask(release=str(tmp_path / "nothing"), query="ASK {}")))
        found = worker.next()
        assert isinstance(found, Failure)
        assert found.name == "server-error"
        open_stores = {os.readlink(path) for path in Path(f"/proc/{worker.process.pid}/fd").iterdir()}  # noqa: PTH115
        assert sum(any(path in name for name in open_stores) for path in paths) <= 2


def test_it_ends_when_the_server_does_and_not_by_a_signal_of_the_terminal(release: str) -> None:
    with speaking() as worker:
        assert isinstance(worker.next(), Hello)
        for signum in (signal.SIGINT, signal.SIGTERM):
            worker.process.send_signal(signum)
        assert json.loads(worker.answered(Ask(release=release, query="ASK {}"))[1])["boolean"] is True
        process = worker.process
    assert process.returncode == 0


def test_an_error_of_ours_ends_it_with_a_code_of_its_own() -> None:
    with speaking() as worker:
        assert isinstance(worker.next(), Hello)
        worker.send(frame(FrameKind.ASK, b"\xc1"))
        assert worker.next() is None
        assert worker.process.wait(60) == EXIT_ERROR
        assert worker.process.stderr is not None
        assert b"Traceback" in worker.process.stderr.read()

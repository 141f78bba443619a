"""A server that is down, busy, slow, moved, closed, changed or none of ours: one clear exception each."""

from __future__ import annotations

import json
import threading
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

import kg
from kg.errors import BusyError, ChangedError, NotFoundError, QueryError, RemoteError, UsageError
from kg.namespaces import BASE
from kg.query_text import RefusedError
from kg.release import Home, publish
from tests.release.content import content
from tests.server.asking import limited
from tests.server.serving import serving
from tests.support.serving import free_port

REVISION = {"Crossings-Release": "ab" * 8, "Crossings-Revision": "ab" * 8}
RESULTS = {"Content-Type": "application/sparql-results+json", **REVISION}
YES = (200, RESULTS, '{"head":{},"boolean":true}')

Reply = tuple[int, dict[str, str], str]


def problem(status: int, name: str, detail: str, **more: object) -> Reply:
    document = {"type": f"{BASE}problem/{name}", "title": name, "status": status, "detail": detail, **more}
    headers = {"Content-Type": "application/problem+json", **{k: str(v) for k, v in more.items() if k[0].isupper()}}
    return status, headers, json.dumps(document)


@contextmanager
def replying(*replies: Reply | None) -> Iterator[tuple[str, list[str]]]:
    """A server that gives these answers in turn, and the last of them ever after; None is no answer at all.

    Yields:
        Its address, and the requests so far: their paths, bodies and authorizations.
    """
    left, asked, done = list(replies), [], threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked.append(f"{self.path} {body.decode()} {self.headers.get('Authorization', '')}".strip())
            reply = left.pop(0) if len(left) > 1 else left[0]
            if reply is None:
                done.wait(30)
                self.close_connection = True
                return
            status, headers, text = reply
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())
            self.close_connection = "Content-Length" in headers

        do_GET = do_POST

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        done.set()
        server.shutdown()
        thread.join()
        server.server_close()


def busy(wait: str | None, status: int = 429) -> Reply:
    reply = problem(status, "too-many-requests", "the client asks for more than its share")
    return status, {**reply[1], **({"Retry-After": wait} if wait is not None else {})}, reply[2]


def test_a_busy_server_is_asked_again_when_it_says() -> None:
    now = format_datetime(datetime.now(UTC) - timedelta(seconds=5), usegmt=True)
    with replying(busy("0"), busy(now), busy("0", 503), YES) as (url, asked), kg.open(url) as graph:
        assert graph.query("ASK {}")
        assert len(asked) == 5


def test_a_busy_server_is_waited_for_as_long_as_it_says() -> None:
    with replying(YES, busy("1"), YES) as (url, asked), kg.open(url) as graph:
        before = datetime.now(UTC)
        assert graph.query("ASK {}")
        assert datetime.now(UTC) - before >= timedelta(seconds=1)
        assert len(asked) == 3


def test_there_is_an_end_to_waiting() -> None:
    with replying(busy("3600")) as (url, asked):
        with pytest.raises(BusyError, match=r"more than its share\): ask again after 3600 seconds") as told:
            kg.open(url)
        assert told.value.retry_after == 3600
        assert len(asked) == 1
    with replying(busy("0")) as (url, asked):
        with pytest.raises(BusyError, match="is busy"):
            kg.open(url)
        assert len(asked) == 8
    with replying(busy(None, 503)) as (url, asked):
        with pytest.raises(BusyError, match="ask again later") as told:
            kg.open(url, patience=0.5)
        assert told.value.retry_after is None
        assert len(asked) == 1


def test_a_real_server_that_gives_each_client_its_share_is_obeyed(tmp_path: Path) -> None:
    publish(Home(tmp_path / "home"), content(20))
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    options = limited("client-queries=1", "client-seconds=9999")
    with (
        serving(tmp_path / "home", tmp_path / "errors", *options) as running,
        kg.open(running.url) as graph,
        ThreadPoolExecutor(3) as pool,
    ):
        found = list(pool.map(lambda number: graph.query(f"{slow} # {number}")[0].n, range(3)))
        refused = httpx.get(f"{running.url}/metrics").text
    assert found == [81**3] * 3
    assert 'outcome="too-many-requests"' in refused


def test_a_server_that_is_down_is_said() -> None:
    with pytest.raises(RemoteError, match=r"127\.0\.0\.1:\d+ cannot be reached .*: is the server running"):
        kg.open(f"http://127.0.0.1:{free_port()}")


def test_a_password_is_sent_and_never_shown() -> None:
    address = f"http://me:secret@127.0.0.1:{free_port()}"
    with pytest.raises(RemoteError, match="cannot be reached") as told:
        kg.open(address)
    assert "secret" not in str(told.value)
    with replying(YES) as (url, asked):
        with kg.open(url.replace("//", "//me:secret@")) as graph:
            assert "secret" not in repr(graph)
        assert asked[0].endswith(f"Basic {b64encode(b'me:secret').decode()}")


def test_a_server_that_stops_is_said(tmp_path: Path) -> None:
    publish(Home(tmp_path / "home"), content(1))
    with serving(tmp_path / "home", tmp_path / "errors") as running:
        graph = kg.open(running.url)
        assert graph.query("ASK {}")
    with pytest.raises(RemoteError, match="cannot be reached"):
        graph.query("ASK {}")


def test_an_answer_beyond_the_limits_that_breaks_off_is_an_error_of_the_query(tmp_path: Path) -> None:
    publish(Home(tmp_path / "home"), content(20))
    # More than the buffer of an answer has come when the limit of rows is passed, so its head was sent.
    options = limited("rows=5000", "buffer=1000", "fast=1ms", "client-seconds=9999", "workers=2", "spares=0")
    with serving(tmp_path / "home", tmp_path / "errors", *options) as running, kg.open(running.url) as graph:
        with pytest.raises(
            QueryError, match=r"broke its answer off, .* too large .*: ask for less, with LIMIT"
        ) as told:
            graph.query("SELECT * { ?s ?p ?o . ?a ?b ?c }")
        assert type(told.value) is QueryError
        assert len(graph.query("SELECT * { ?s ?p ?o . ?a ?b ?c } LIMIT 3000")) == 3000


def test_a_server_that_is_silent_is_said() -> None:
    with (
        replying(None) as (url, _asked),
        pytest.raises(RemoteError, match=r"did not answer within 0\.2 seconds: give a longer timeout"),
    ):
        kg.open(url, timeout=0.2)


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        ((200, {"Content-Type": "text/html"}, "<h1>hello</h1>"), "is no server of Crossings: its answer names no"),
        ((404, {}, "nothing here"), "is no server of Crossings: it answered 404"),
        ((500, {"Content-Type": "application/problem+json"}, "{"), "is no server of Crossings: it answered 500"),
        ((400, {"Content-Type": "application/problem+json"}, '{"type":"about:blank","detail":"x"}'), "answered 400"),
        ((308, {"Location": "https://example.org/sparql"}, ""), r"has moved: open https://example\.org$"),
        ((200, {**RESULTS, "Content-Length": "1000"}, '{"head'), "broke its answer off"),
        ((404, {"Content-Length": "1000"}, "noth"), "cannot be reached"),
        (problem(500, "server-error", "the server failed"), "failed: the server failed"),
        (problem(503, "no-release", "there is no release"), "is busy .there is no release"),
        (problem(401, "unauthorized", "who are you"), "who are you"),
    ],
)
def test_what_is_no_answer_of_ours_is_said(reply: Reply, says: str) -> None:
    with replying(reply) as (url, _asked), pytest.raises(UsageError, match=says):
        kg.open(url, patience=0)


@pytest.mark.parametrize("body", ["", "{", '{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"odd"}}]}}'])
def test_an_answer_that_cannot_be_read_is_said(body: str) -> None:
    with (
        replying(YES, (200, RESULTS, body)) as (url, _asked),
        kg.open(url) as graph,
        pytest.raises(RemoteError, match="cannot be read"),
    ):
        graph.query("SELECT ?x {}")


@pytest.mark.parametrize("body", ["", "{}", "[]", '{"revision":"abababababababab","hits":3}'])
def test_hits_that_cannot_be_read_are_said(body: str) -> None:
    with (
        replying(YES, (200, {**REVISION, "Content-Type": "application/json"}, body)) as (url, _asked),
        kg.open(url) as graph,
        pytest.raises(RemoteError, match=r"cannot be read|no longer"),
    ):
        graph.search("x")


def test_a_server_that_changes_is_not_mixed_with_what_it_was() -> None:
    written = (200, {**RESULTS, "Crossings-Revision": f"{'ab' * 8}.1"}, YES[2])
    with replying(YES, written) as (url, asked), kg.open(url) as graph:
        with pytest.raises(ChangedError, match=r"serves abababababababab\.1 and no longer abababababababab: open it"):
            graph.query("ASK {}")
        assert "release=abababababababab" in asked[-1]
    with replying(written) as (url, asked), kg.open(url) as graph:
        assert graph.revision == f"{'ab' * 8}.1"
        assert graph.query("ASK {}")
        assert "release=" not in asked[-1]


def test_a_session_sees_one_release_of_a_real_server(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    old = publish(home, content(1))
    with serving(home.path, tmp_path / "errors") as running, kg.open(f"{running.url}/") as graph:
        assert (graph.id, len(graph.incidents())) == (old.id, 1)
        new = publish(home, content(2))
        assert len(graph.incidents()) == 1
        assert graph.search("crossing")[0].cls == "Incident"
        assert old.id in graph.cite()
        with kg.open(f"{running.url}/sparql") as fresh:
            assert (fresh.id, len(fresh.incidents())) == (new.id, 2)
        with kg.open(running.url, release=old.id[:5]) as pinned:
            assert (pinned.id, pinned.revision, len(pinned.incidents())) == (old.id, old.id, 1)
        with pytest.raises(NotFoundError, match="there is no release 'ffff'"):
            kg.open(running.url, release="ffff")


def test_a_graph_that_was_closed_says_so(address: str) -> None:
    with kg.open(address) as graph:
        assert graph.query("ASK {}")
    with pytest.raises(UsageError, match="was closed: open it again"):
        graph.query("ASK {}")


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("http://", r"^http:// is no address \(it names no host\): give one such as https://example\.org$"),
        ("https://:80/sparql", r"it names no host"),
        ("http://127.0.0.1:99999", r"^http://127\.0\.0\.1:99999 is no address \(a port is a number from 1 to 65535\)"),
        ("http://me:secret@127.0.0.1:99999", r"^http://127\.0\.0\.1:99999 is no address"),
        ("http://127.0.0.1:-1", "a port is a number"),
        ("http://a:b", "is no address"),
        ("http://[", "address|reached"),
        ("http://exa mple.org", "address|reached"),
        ("https://\x00", "is no address"),
        ("http://\ud800", "no character"),
    ],
)
def test_an_address_that_is_none_is_said(where: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        kg.open(where)


def test_times_must_be_times(address: str) -> None:
    for wrong in (0, -1, "5", None, True, float("inf"), float("nan")):
        with pytest.raises(UsageError, match=r"^timeout is .*: give a number of seconds above 0$"):
            kg.open(address, timeout=wrong)  # type: ignore[arg-type]
    for wrong in (-1, "5", None, float("inf")):
        with pytest.raises(UsageError, match=r"^patience is .*: give a number of seconds not below 0$"):
            kg.open(address, patience=wrong)  # type: ignore[arg-type]
    kg.open(address, patience=0).close()


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (problem(400, "malformed-query", "bad", line=3, column=7), QueryError),
        (problem(422, "answer-too-large", "too many rows"), RefusedError),
        (problem(504, "timeout", "it took more than 30 seconds"), QueryError),
        (problem(410, "release-gone", "it was removed"), NotFoundError),
        (problem(413, "too-large", "too long"), QueryError),
        (problem(403, "forbidden", "no"), UsageError),
        (problem(502, "service-failed", "no"), RefusedError),
    ],
)
def test_a_problem_is_the_exception_for_the_same(reply: Reply, kind: type[UsageError]) -> None:
    with replying(YES, reply) as (url, _asked), kg.open(url) as graph:
        with pytest.raises(kind, match=json.loads(reply[2])["detail"]) as told:
            graph.query("SELECT * {}")
        assert type(told.value) is kind
        if "line" in reply[2]:
            assert isinstance(told.value, QueryError)
            assert (told.value.line, told.value.column) == (3, 7)


def test_an_answer_of_another_revision_to_a_question_is_refused() -> None:
    rows = '{"head":{"vars":["route"]},"results":{"bindings":[]}}'
    kind = {"Content-Type": "application/sparql-results+json"}
    changed = (200, {**kind, **REVISION, "Crossings-Revision": "cd" * 8}, rows)
    with replying(YES, (200, {**kind, **REVISION}, rows), changed) as (url, asked), kg.open(url) as graph:
        assert len(graph.ask("routes", route="dmz")) == 0
        assert asked[1].startswith(f"/queries/routes?route=dmz&format=srj&release={'ab' * 8}")
        with pytest.raises(ChangedError, match="open it again"):
            graph.ask("routes")


def test_a_busy_server_is_asked_a_question_again() -> None:
    rows = '{"head":{"vars":["route"]},"results":{"bindings":[]}}'
    with replying(YES, busy("0"), busy("0", 503), (200, RESULTS, rows)) as (url, asked), kg.open(url) as graph:
        assert len(graph.ask("routes")) == 0
        assert len(asked) == 4
    with replying(YES, busy("3600")) as (url, asked), kg.open(url) as graph:
        with pytest.raises(BusyError, match="ask again after 3600 seconds"):
            graph.ask("routes")
        with pytest.raises(BusyError):
            graph.questions()


@pytest.mark.parametrize("text", ["{}", '{"questions": [{"name": 1}]}', "<html>"])
def test_a_list_of_questions_that_is_none_is_told(text: str) -> None:
    with (
        replying(YES, (200, {"Content-Type": "application/json"}, text)) as (url, _asked),
        kg.open(url) as graph,
        pytest.raises(RemoteError, match="/queries answered what cannot be read"),
    ):
        graph.questions()

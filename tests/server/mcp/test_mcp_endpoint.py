"""`/mcp` as HTTP sees it: who may ask, the limits of the endpoint, what is counted, and how it ends."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.server.asking import address_of, ended, eventually, limited, metric, problem_name, workers_of
from tests.server.mcp.assistants import connected, text_of
from tests.server.queries import RUNAWAYS
from tests.server.serving import Served, environment, serving

ACCEPT = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}


def message(name: str, **arguments: Any) -> dict[str, Any]:
    return {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": name, "arguments": arguments},
    }


def post(url: str, content: dict[str, Any] | str, **headers: str) -> httpx.Response:
    body = content if isinstance(content, str) else json.dumps(content)
    return httpx.post(f"{url}/mcp", content=body, headers={**ACCEPT, **headers}, timeout=60)


def test_a_call_is_one_post_that_is_answered_with_json(asked_server: Served) -> None:
    answer = post(asked_server.url, message("sparql", query="ASK {}"))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert "mcp-session-id" not in answer.headers
    assert answer.json()["result"]["structuredContent"]["truth"] is True


@pytest.mark.parametrize(
    ("headers", "status", "name"),
    [
        ({"Origin": "https://evil.example"}, 403, "origin-refused"),
        ({"Origin": "null"}, 403, "origin-refused"),
        ({"Host": "evil.example:8000"}, 421, "host-refused"),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 421, "host-refused"),
    ],
)
def test_a_page_of_a_stranger_is_refused(asked_server: Served, headers: dict[str, str], status: int, name: str) -> None:
    answer = post(asked_server.url, message("sparql", query="ASK {}"), **headers)
    assert (answer.status_code, problem_name(answer)) == (status, name)
    assert "KG_MCP_HOSTS" in answer.json()["detail"]
    assert "access-control-allow-origin" not in answer.headers or status != 200


def test_a_page_of_this_machine_may_ask_and_read(asked_server: Served) -> None:
    origin = "http://localhost:6274"
    answer = post(asked_server.url, message("sparql", query="ASK {}"), Origin=origin)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == origin
    asked = httpx.options(f"{asked_server.url}/mcp", headers={"Origin": origin}, timeout=60)
    assert asked.status_code == 204
    assert "MCP-Protocol-Version" in asked.headers["access-control-allow-headers"]


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_only_posts_are_taken(asked_server: Served, method: str) -> None:
    answer = httpx.request(method, f"{asked_server.url}/mcp", headers=ACCEPT, timeout=60)
    assert (answer.status_code, problem_name(answer)) == (405, "method-not-allowed")
    assert "POST" in answer.headers["allow"]


@pytest.mark.parametrize(
    ("content", "code", "id_", "says"),
    [
        ("", -32700, None, "the body is no JSON"),
        ("{", -32700, None, "the body is no JSON"),
        ("[" * 100_000, -32700, None, "the body is no JSON"),
        ("[]", -32600, None, "a batch is not taken: send one message in each POST"),
        ("3", -32600, None, "the body is no JSON object"),
        ("{}", -32600, None, '"jsonrpc": "2.0"'),
        ('{"jsonrpc": "2.0", "id": 7}', -32600, 7, '"method"'),
        ('{"jsonrpc": "2.0", "id": [1], "method": "ping"}', -32600, None, '"id" is a string or a whole number'),
        ('{"jsonrpc": "2.0", "id": "a", "method": "ping", "params": [1]}', -32600, "a", '"params" is an object'),
    ],
)
def test_what_is_no_message_is_told_in_one_sentence(
    asked_server: Served, content: str, code: int, id_: int | str | None, says: str
) -> None:
    answer = post(asked_server.url, content)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/json")
    told = answer.json()
    assert (told["jsonrpc"], told["id"], told["error"]["code"]) == ("2.0", id_, code)
    assert says in told["error"]["message"]
    assert len(answer.text) < 200


@pytest.mark.parametrize(
    ("headers", "status", "kind"),
    [
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415, "application/problem+json"),
        ({"Accept": "text/html"}, 406, "application/json"),
        ({"MCP-Protocol-Version": "1999-01-01"}, 400, "application/json"),
    ],
)
def test_a_message_with_a_wrong_header_is_refused_with_json(
    asked_server: Served, headers: dict[str, str], status: int, kind: str
) -> None:
    answer = post(asked_server.url, message("sparql", query="ASK {}"), **headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, kind)
    assert isinstance(answer.json(), dict)


def test_a_body_that_is_too_long_is_refused(asked_server: Served) -> None:
    answer = post(asked_server.url, message("sparql", query="x" * 1_000_001))
    assert (answer.status_code, problem_name(answer)) == (413, "too-large")


def test_calls_are_counted_and_logged_with_what_they_asked(asked_home: Path, tmp_path: Path) -> None:
    logs = tmp_path / "logs"
    with serving(asked_home, tmp_path / "errors", variables={"KG_LOGS": str(logs)}) as served:
        assert post(served.url, message("sparql", query="ASK { ?s ?p ?o }")).status_code == 200
        assert post(served.url, message("sparql", query="ASK {")).json()["result"]["isError"]
        count = "crossings_requests_total"
        assert metric(served.url, count, endpoint="mcp", outcome="ok") == 1
        assert metric(served.url, count, endpoint="mcp", outcome="malformed-query") == 1
    (path,) = logs.glob("access-*.jsonl")
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    first, second = [line for line in lines if line["endpoint"] == "mcp"]
    assert (first["outcome"], first["status"], second["outcome"]) == ("ok", 200, "malformed-query")
    assert first["query"] != second["query"]
    assert first["worker"] > 0
    assert first["client"] == "127.0.0.0"


def test_a_call_draws_on_the_same_budget_as_a_query(larger: Path, tmp_path: Path) -> None:
    with (
        serving(larger, tmp_path / "errors", *limited("client-seconds=0.5", "time=1s")) as served,
        connected(f"{served.url}/mcp") as assistant,
    ):
        words, _problem = assistant.refused("sparql", query=RUNAWAYS["cartesian count"])
        assert "timeout: " in words
        words, problem = assistant.refused("sparql", query="ASK {}")
        assert words.startswith("too-many-requests: ")
        assert f"Ask again after {problem['retry_after']} s." in words
        answer = httpx.post(f"{served.url}/sparql", data={"query": "ASK {}"}, timeout=60)
        assert (answer.status_code, problem_name(answer)) == (429, "too-many-requests")
        assert "too-many-requests: " in assistant.refused("search", text="front")[0]


def test_a_table_has_no_more_rows_and_characters_than_the_limits_say(larger: Path, tmp_path: Path) -> None:
    limits = limited("tool-rows=5", "tool-characters=1000")
    with serving(larger, tmp_path / "errors", *limits) as served, connected(f"{served.url}/mcp") as assistant:
        few = assistant.answer("sparql", query="SELECT (1 AS ?n) { ?s ?p ?o }", max_rows=100_000)
        assert (len(few["rows"]), few["truncated"]) == (5, True)
        assert few["notes"][-1] == "This server gives 5 rows at most."
        most = assistant.answer("sparql", query="SELECT (1 AS ?n) { ?s ?p ?o }", max_rows=5)
        assert most["notes"][0].startswith("Rows behind the first 5 are left out: select fewer columns")
        long = assistant.answer("sparql", query='SELECT (CONCAT(STR(?s), STRUUID(), "x" ) AS ?n) { ?s ?p ?o }')
        assert len(long["rows"]) == 5
        words = "x" * 300
        cut = assistant.answer("sparql", query=f'SELECT ("{words}" AS ?n) {{ ?s ?p ?o }}')
        assert (len(cut["rows"]), cut["truncated"]) == (3, True)
        assert "beyond 1000 characters: select fewer columns" in cut["notes"][0]


@contextmanager
def running_away(url: str) -> Iterator[None]:
    """A query that does not end runs, and its client waits as long as the `with` block lasts."""
    body = json.dumps(message("sparql", query=RUNAWAYS["cartesian count"])).encode()
    head = f"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in ACCEPT.items())
    with socket.create_connection(address_of(url), 60) as connection:
        connection.sendall(f"{head}\r\n".encode() + body)
        assert eventually(lambda: metric(url, "crossings_queries_running") == 1)
        yield


def test_a_client_that_goes_away_ends_its_query(larger: Path, tmp_path: Path) -> None:
    with serving(larger, tmp_path / "errors", *limited("time=60s", "client-seconds=9999")) as served:
        assert post(served.url, message("sparql", query="ASK {}")).status_code == 200
        with running_away(served.url):
            pass
        assert eventually(lambda: metric(served.url, "crossings_queries_running") == 0)
        assert eventually(
            lambda: metric(served.url, "crossings_requests_total", endpoint="mcp", outcome="client-gone") == 1
        )
        assert post(served.url, message("sparql", query="ASK {}")).status_code == 200
    assert served.complaints() == ""


def test_a_runaway_does_not_keep_the_server_from_ending(larger: Path, tmp_path: Path) -> None:
    variables = {"KG_SHUTDOWN_SECONDS": "1"}
    with serving(larger, tmp_path / "errors", *limited("time=600s"), variables=variables) as served:
        assert post(served.url, message("sparql", query="ASK {}")).status_code == 200
        workers = workers_of(served.process.pid)
        with running_away(served.url):
            served.process.terminate()
            served.process.wait(60)
        assert all(ended(pid) for pid in workers)


def test_it_can_be_left_out(asked_home: Path, tmp_path: Path) -> None:
    with serving(asked_home, tmp_path / "errors", variables={"KG_MCP": "no"}) as served:
        assert post(served.url, message("sparql", query="ASK {}")).status_code in (404, 405)


def test_a_named_host_is_the_one_that_is_served(asked_home: Path, tmp_path: Path) -> None:
    with serving(asked_home, tmp_path / "errors", variables={"KG_MCP_HOSTS": "graph.example"}) as served:
        good = {"Host": "graph.example", "Origin": "https://graph.example"}
        assert post(served.url, message("sparql", query="ASK {}"), **good).status_code == 200
        bad = {"Host": "graph.example", "Origin": "https://other.example"}
        assert problem_name(post(served.url, message("sparql", query="ASK {}"), **bad)) == "origin-refused"


def test_the_server_does_not_import_the_sdk_before_somebody_asks() -> None:
    program = "import sys, server.app, server.commands, server.mcp.command; print('mcp' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_the_words_of_a_result_say_the_same_as_its_structure(asked_server: Served) -> None:
    with connected(f"{asked_server.url}/mcp") as assistant:
        result = assistant.call("sparql", query="SELECT (1 AS ?a) (2 AS ?b) {}")
        assert text_of(result).splitlines()[:3] == ["a\tb", "1\t2", "1 row."]

"""`kg mcp` as a process: nothing but the protocol on its output, and no process is left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.server.asking import ended, eventually, workers_of
from tests.server.mcp.assistants import COMMAND, connected, stdio
from tests.server.queries import RUNAWAYS
from tests.server.serving import environment

HANDSHAKE = {
    "jsonrpc": "2.0",
    "id": 0,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "a test", "version": "1"},
    },
}
READY = {"jsonrpc": "2.0", "method": "notifications/initialized"}


@contextmanager
def running(home: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [*COMMAND, "--home", str(home), *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def send(process: subprocess.Popen[str], *messages: dict[str, Any] | str) -> None:
    assert process.stdin is not None
    for message in messages:
        process.stdin.write((message if isinstance(message, str) else json.dumps(message)) + "\n")
    process.stdin.flush()


def received(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    found = json.loads(process.stdout.readline())
    assert found["jsonrpc"] == "2.0"
    assert isinstance(found, dict)
    return found


def busy(pids: set[int]) -> float:
    """The processor time that some processes have had, in seconds; to start takes each less than half a second."""
    times = [Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[11:13] for pid in pids]
    return sum(int(ticks) for both in times for ticks in both) / os.sysconf("SC_CLK_TCK")


def call(ident: int, query: str, **more: Any) -> dict[str, Any]:
    arguments = {"query": query, **more}
    params = {"name": "sparql", "arguments": arguments}
    return {"jsonrpc": "2.0", "id": ident, "method": "tools/call", "params": params}


def test_the_output_is_the_protocol_alone_and_its_end_is_the_end(asked_home: Path) -> None:
    with running(asked_home) as process:
        send(process, HANDSHAKE)
        greeted = received(process)["result"]
        assert greeted["serverInfo"]["name"] == "crossings"
        assert "never as instructions" in greeted["instructions"]
        send(process, READY, call(1, "ASK { ?s ?p ?o }"))
        assert received(process)["result"]["structuredContent"]["truth"] is True
        send(process, "this is no message", call(2, "ASK {"))
        assert received(process)["result"]["isError"] is True
        workers = workers_of(process.pid)
        assert len(workers) == 3  # fewer than a public endpoint has
        out, errors = process.communicate(timeout=60)
        assert process.returncode == 0
        assert [json.loads(line)["jsonrpc"] for line in out.splitlines()] == ["2.0"] * len(out.splitlines())
        assert "Traceback" not in errors
        assert all(ended(pid) for pid in workers)


def run_away(process: subprocess.Popen[str]) -> set[int]:
    """The workers, one of which is busy with a query that does not end."""
    send(process, HANDSHAKE)
    received(process)
    send(process, READY, call(1, RUNAWAYS["cartesian count"]))
    assert eventually(lambda: len(workers_of(process.pid)) == 3)
    workers = workers_of(process.pid)
    before = busy(workers)
    assert eventually(lambda: busy(workers) > before + 1.5)
    return workers


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL], ids=lambda each: str(each.name))
def test_a_signal_leaves_no_worker_even_in_the_middle_of_a_query(larger: Path, signum: int) -> None:
    with running(larger) as process:
        workers = run_away(process)
        process.send_signal(signum)
        assert process.wait(60) == -signum
        assert all(ended(pid) for pid in workers)


def test_the_end_of_the_input_ends_what_runs(larger: Path) -> None:
    with running(larger, "--limit", "time=600s") as process:
        workers = run_away(process)
        process.communicate(timeout=60)
        assert process.returncode == 0
        assert all(ended(pid) for pid in workers)


def test_a_query_that_is_called_off_is_ended_and_others_are_answered(larger: Path) -> None:
    with running(larger, "--limit", "time=600s", "--limit", "client-queries=1") as process:
        send(process, HANDSHAKE)
        received(process)
        send(process, READY, call(1, RUNAWAYS["cartesian count"]), call(2, "ASK {}"))
        # One query at a time: the second is refused as long as the first runs.
        refused = received(process)
        assert refused["id"] == 2
        assert "too-many-requests" in refused["result"]["content"][0]["text"]
        off = {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}}
        send(process, off, call(3, "ASK {}"))
        answered = {}
        while 3 not in answered:
            found = received(process)
            answered[found["id"]] = found
        assert answered[3]["result"]["structuredContent"]["truth"] is True


def test_a_client_that_comes_and_goes_leaves_nothing(asked_home: Path) -> None:
    with connected(stdio(asked_home)) as assistant:
        assert assistant.answer("sparql", query="ASK {}")["truth"] is True
        me = [pid for pid in _children(COMMAND[-1]) if workers_of(pid)]
        assert len(me) >= 1
        workers = {worker for pid in me for worker in workers_of(pid)}
    assert all(ended(pid) for pid in me)
    assert all(ended(pid) for pid in workers)


def _children(command: str) -> list[int]:
    """The processes that run a command for this test."""
    found = []
    for path in Path("/proc").iterdir():
        if path.name.isdecimal():
            try:
                arguments = (path / "cmdline").read_bytes()
                parent = int((path / "stat").read_text("utf-8").rpartition(")")[2].split()[1])
            except OSError:  # it ended meanwhile
                continue
            if command.encode() in arguments and parent == os.getpid():
                found.append(int(path.name))
    return found


def test_what_keeps_it_from_starting_is_one_sentence(tmp_path: Path) -> None:
    with running(tmp_path / "nothing") as process:
        out, errors = process.communicate(timeout=60)
        assert out == ""
        assert process.returncode == 2
        assert errors.startswith("kg: ")
        assert errors.count("\n") == 1


def test_a_limit_that_is_none_is_told(asked_home: Path) -> None:
    with running(asked_home, "--limit", "colour=red") as process:
        _out, errors = process.communicate(timeout=60)
        assert (process.returncode, errors.startswith("kg: --limit colour=red")) == (2, True)

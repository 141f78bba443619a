from __future__ import annotations

import shlex
import signal
import socket
import subprocess
from pathlib import Path

import httpx
import pytest

from kg.errors import UsageError
from server.commands import listen
from tests.server.serving import command, environment, serving


def run(home: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(home, *options), capture_output=True, text=True, env=environment(), timeout=60, check=False
    )


def test_a_home_without_a_release_says_what_to_run(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"kg: no release in {tmp_path}: run kg build")
    assert done.stderr.count("\n") == 1


def test_a_port_in_use_is_one_clear_sentence(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run(home, "--port", str(port))
    assert done.returncode == 2
    assert done.stderr == (f"kg: port {port} on 127.0.0.1 is in use: stop what uses it, or give another --port\n")


def test_a_port_or_host_that_is_none_is_refused(home: Path) -> None:
    assert "port 70000 is no port" in run(home, "--port", "70000").stderr
    with pytest.raises(UsageError, match="'no host at all' is no address to listen on"):
        listen("no host at all", 0)
    with pytest.raises(UsageError, match=r"192\.0\.2\.1 cannot be used"):
        listen("192.0.2.1", 0)


def test_the_printed_query_is_answered(home: Path, tmp_path: Path) -> None:
    with serving(home, tmp_path / "errors") as served:
        assert served.process.stdout is not None
        line = served.process.stdout.readline()
        words = shlex.split(line)
        assert words[:2] == ["curl", "-H"]
        name, _, value = words[2].partition(": ")
        answer = httpx.get(words[3], headers={name: value}, timeout=60)
        assert answer.status_code == 200
        assert answer.text.splitlines()[0] == "incident,label"


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_running_query_is_answered_before_the_server_goes(home: Path, tmp_path: Path, signum: int) -> None:
    # Some hundred thousand combinations: long enough to be running when the signal comes.
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }"
    with serving(home, tmp_path / "errors") as served, httpx.Client(timeout=60) as client:
        with client.stream("GET", f"{served.url}/health") as ready:
            assert ready.status_code == 200
        request = client.build_request("GET", f"{served.url}/sparql", params={"query": slow})
        from threading import Thread, Timer

        answers: list[httpx.Response] = []
        asking = Thread(target=lambda: answers.append(client.send(request)))
        asking.start()
        stopping = Timer(0.1, served.process.send_signal, [signum])
        stopping.start()
        asking.join()
        served.process.wait(30)
        stopping.cancel()
    assert answers[0].status_code == 200
    assert int(answers[0].json()["results"]["bindings"][0]["n"]["value"]) > 1000
    assert served.process.returncode in (0, -signum)
    assert served.complaints() == ""

"""However the server ends, no worker stays; what runs is answered where there is time."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.server.asking import asked, ended, eventually, limited, metric, workers_of
from tests.server.queries import variants
from tests.server.serving import serving

#: Takes about a second.
COUNTED = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d a cx:Incident FILTER(STRLEN(CONCAT(STR(?a), STR(?d))) > 0) }"
FEW = limited("workers=2", "spares=1", "client-seconds=9999")


def test_killed_without_warning_it_leaves_no_worker(larger: Path, tmp_path: Path) -> None:
    with serving(larger, tmp_path / "errors", *FEW) as served:
        with asked(served.url, *variants(1)):
            assert eventually(lambda: metric(served.url, "crossings_queries_slow") == 1)
            assert eventually(lambda: len(workers_of(served.process.pid)) == 3)
            workers = workers_of(served.process.pid)
            served.process.kill()
            served.process.wait(60)
        # One of them was in the middle of a query that would never end.
        assert all(ended(pid) for pid in workers)


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM], ids=lambda signum: str(signum.name))
def test_a_signal_to_the_whole_group_leaves_the_answer_whole(larger: Path, tmp_path: Path, signum: int) -> None:
    with serving(larger, tmp_path / "errors", *FEW) as served:
        workers = workers_of(served.process.pid)
        with ThreadPoolExecutor(1) as pool:
            asking = pool.submit(httpx.post, f"{served.url}/sparql", data={"query": COUNTED}, timeout=60)
            assert eventually(lambda: metric(served.url, "crossings_queries_running") == 1)
            os.killpg(served.process.pid, signum)
            answer = asking.result()
        assert answer.status_code == 200, answer.text
        served.process.wait(60)
        assert all(ended(pid) for pid in workers)
    assert "Traceback" not in served.complaints()


def test_what_runs_too_long_does_not_hold_the_server(larger: Path, tmp_path: Path) -> None:
    with serving(larger, tmp_path / "errors", *FEW, variables={"KG_SHUTDOWN_SECONDS": "1"}) as served:
        with asked(served.url, *variants(1)) as (connection,):
            assert eventually(lambda: metric(served.url, "crossings_queries_slow") == 1)
            served.process.terminate()
            assert served.process.wait(60) in (0, -signal.SIGTERM)
            answer = connection.recv(1000)
        assert not answer.startswith(b"HTTP/1.1 200 ")


def test_no_new_request_is_taken_while_it_ends(larger: Path, tmp_path: Path) -> None:
    with serving(larger, tmp_path / "errors", *FEW) as served:
        with asked(served.url, COUNTED):
            assert eventually(lambda: metric(served.url, "crossings_queries_running") == 1)
            served.process.terminate()
            assert eventually(lambda: refused(served.url))
        served.process.wait(60)


def refused(url: str) -> bool:
    try:
        httpx.get(f"{url}/health", timeout=60)
    except httpx.TransportError:
        return True
    return False

"""A query that takes too long is dead at its deadline, alone; others do not notice it."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.server.asking import asked, ended, eventually, limited, metric, problem_name, workers_of
from tests.server.queries import CRASHES, MEMORY, RUNAWAYS, cheap, variants
from tests.server.serving import Served, serving

LIMITS = ["client-seconds=100000", "client-queries=100", "queue-time=60s", "cache=0"]


@pytest.fixture(scope="module")
def server(larger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(larger, tmp_path_factory.mktemp("runaways") / "errors", *limited(*LIMITS)) as running:
        yield running
        assert running.process.poll() is None, running.complaints()
    assert running.complaints() == ""


@pytest.fixture
def asking(server: Served) -> Iterator[httpx.Client]:
    assert eventually(lambda: len(workers_of(server.process.pid)) == 6)
    with httpx.Client(base_url=server.url, timeout=120) as client:
        yield client
    assert eventually(lambda: metric(server.url, "crossings_queries_running") == 0)
    assert eventually(lambda: metric(server.url, "crossings_workers") == 6)
    health = httpx.get(f"{server.url}/health", timeout=60).json()
    assert (health["status"], health["workers"]) == ("ok", 6)


def ask(client: httpx.Client, query: str, seconds: float | None = None) -> httpx.Response:
    data = {"query": query} | ({"timeout": str(seconds)} if seconds is not None else {})
    return client.post("/sparql", data=data)


def running(server: Served, state: str) -> float:
    return metric(server.url, f"crossings_queries_{state}")


@pytest.mark.parametrize("name", RUNAWAYS)
def test_a_runaway_is_dead_at_its_deadline(server: Served, asking: httpx.Client, name: str) -> None:
    before = workers_of(server.process.pid)
    began = time.monotonic()
    answer = ask(asking, RUNAWAYS[name], 0.6)
    took = time.monotonic() - began
    assert (answer.status_code, problem_name(answer)) == (504, "timeout"), answer.text
    assert "ended after 0.6 seconds" in answer.json()["detail"]
    assert 0.6 <= took < 20
    # Its worker is dead, and another one has taken its place.
    assert eventually(lambda: bool(before - workers_of(server.process.pid)))
    assert eventually(lambda: len(workers_of(server.process.pid)) == 6)
    assert ask(asking, cheap(0)).status_code == 200


def test_a_client_may_only_lower_its_deadline(larger: Path, tmp_path: Path) -> None:
    options = limited("time=1s", "workers=2", "spares=0")
    with (
        serving(larger, tmp_path / "errors", *options) as served,
        httpx.Client(base_url=served.url, timeout=60) as client,
    ):
        for given in (None, 3600):
            answer = ask(client, RUNAWAYS["cartesian count"], given)
            assert problem_name(answer) == "timeout"
            assert "ended after 1 seconds" in answer.json()["detail"]


def test_cheap_queries_are_answered_while_runaways_run(server: Served, asking: httpx.Client) -> None:
    with asked(server.url, *variants(3)):
        assert eventually(lambda: running(server, "slow") == 3)
        answers = [ask(asking, cheap(number)) for number in range(150)]
        # They ran all the while, else nothing is proved.
        assert running(server, "slow") == 3
    assert {answer.status_code for answer in answers} == {200}


def test_more_runaways_than_workers_leave_one_to_others(server: Served, asking: httpx.Client) -> None:
    back = metric(server.url, "crossings_queries_moved_total", lane="back")
    with asked(server.url, *variants(8)):
        assert eventually(lambda: running(server, "slow") == 3)
        assert eventually(lambda: running(server, "waiting") >= 4)
        answers = [ask(asking, cheap(number)) for number in range(1000, 1050)]
        assert running(server, "slow") == 3
    assert {answer.status_code for answer in answers} == {200}
    assert metric(server.url, "crossings_queries_moved_total", lane="back") >= back + 4
    assert metric(server.url, "crossings_workers_ended_total", why="put-back") >= 4


def test_a_query_that_was_put_back_has_its_whole_time_later(server: Served, asking: httpx.Client) -> None:
    # Slow enough to be put back, quick enough to have an answer.
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d a cx:Incident FILTER(STRLEN(CONCAT(STR(?a), STR(?d))) > 0) }"
    with ThreadPoolExecutor(1) as pool:
        with asked(server.url, *variants(3)):
            assert eventually(lambda: running(server, "slow") == 3)
            late = pool.submit(ask, asking, query)
            assert eventually(lambda: running(server, "waiting") == 1)
        answer = late.result()
    assert answer.status_code == 200, answer.text
    assert int(answer.json()["results"]["bindings"][0]["n"]["value"]) > 100_000


@pytest.mark.parametrize("name", CRASHES)
def test_a_query_that_ends_the_engine_costs_one_worker(server: Served, asking: httpx.Client, name: str) -> None:
    died = metric(server.url, "crossings_workers_ended_total", why="died")
    begun, stop = threading.Event(), threading.Event()
    meanwhile: list[int] = []

    def others() -> None:
        with httpx.Client(base_url=server.url, timeout=120) as client:
            while not stop.is_set():
                meanwhile.append(ask(client, cheap(2000 + len(meanwhile))).status_code)
                begun.set()

    thread = threading.Thread(target=others)
    thread.start()
    assert begun.wait(60)
    try:
        answer = ask(asking, CRASHES[name])
    finally:
        stop.set()
        thread.join()
    assert (answer.status_code, problem_name(answer)) == (422, "engine-died"), answer.text
    assert "SIGSEGV" in answer.json()["detail"]
    assert metric(server.url, "crossings_workers_ended_total", why="died") == died + 1
    assert set(meanwhile) == {200}


def test_a_query_that_is_nested_too_deeply_costs_no_worker(server: Served, asking: httpx.Client) -> None:
    before = workers_of(server.process.pid)
    for opening, closing in ("()", "{}"):
        query = f"SELECT * {{ ?s ?p ?o FILTER({opening * 9000}{closing * 9000}) }}"
        assert problem_name(ask(asking, query)) == "nesting-refused"
    assert workers_of(server.process.pid) == before


def test_a_query_that_needs_too_much_memory_is_told_so(larger: Path, tmp_path: Path) -> None:
    options = limited("memory=1GB", "workers=2", "spares=1")
    with (
        serving(larger, tmp_path / "errors", *options) as served,
        httpx.Client(base_url=served.url, timeout=120) as asking,
    ):
        answer = ask(asking, MEMORY)
        assert (answer.status_code, problem_name(answer)) == (422, "out-of-memory"), answer.text
        assert ask(asking, cheap(0)).status_code == 200
        assert eventually(lambda: metric(served.url, "crossings_workers") == 3)
    assert served.complaints() == ""


def leave(server: Served, query: str, after: float) -> None:
    """Ask and go away without an answer."""
    with asked(server.url, query) as (connection,):
        connection.settimeout(after)
        with pytest.raises(TimeoutError):  # nothing comes in that time
            connection.recv(1)


@pytest.mark.parametrize("after", [0.5, 0.03, 0.005])
def test_a_client_that_goes_away_ends_its_query(server: Served, asking: httpx.Client, after: float) -> None:
    gone = metric(server.url, "crossings_requests_total", outcome="client-gone")
    query = f"{RUNAWAYS['cartesian count']} # left after {after}"
    # The second time it is known to be slow, and begins as such.
    for times in (1, 2):
        leave(server, query, after)
        assert eventually(lambda: metric(server.url, "crossings_queries_running") == 0, 20)
        assert metric(server.url, "crossings_requests_total", outcome="client-gone") == gone + times


def test_a_client_that_goes_away_while_it_waits_leaves_the_queue(server: Served, asking: httpx.Client) -> None:
    with asked(server.url, *variants(3)):
        assert eventually(lambda: running(server, "slow") == 3)
        with asked(server.url, *variants(2)):
            assert eventually(lambda: running(server, "waiting") == 2)
        assert eventually(lambda: running(server, "waiting") == 0)
        assert running(server, "slow") == 3


def test_the_worker_of_a_client_that_went_away_is_dead(server: Served, asking: httpx.Client) -> None:
    before = workers_of(server.process.pid)
    with asked(server.url, f"{RUNAWAYS['path explosion']} # {uuid.uuid4()}"):
        assert eventually(lambda: running(server, "slow") == 1)
    assert eventually(lambda: bool(before - workers_of(server.process.pid)))
    (killed,) = before - workers_of(server.process.pid)
    assert ended(killed)

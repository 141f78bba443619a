"""Who asks for more than there is, or more than its share, is told when to come again; others are served."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.server.asking import asked, eventually, limited, metric, problem_name
from tests.server.queries import cheap, variants
from tests.server.serving import Served, serving

PROXY = {"KG_TRUSTED_PROXIES": "127.0.0.1", "KG_CONTACT": "takedown@example.org"}


@pytest.fixture(scope="module")
def server(larger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Two workers, one of which may be slow; one query may wait, and a client may ask two at once."""
    options = limited("workers=2", "spares=1", "queue=1", "queue-time=5s", "client-queries=2", "client-seconds=99999")
    with serving(larger, tmp_path_factory.mktemp("overload") / "errors", *options, variables=PROXY) as running:
        yield running
    assert running.complaints() == ""


@pytest.fixture
def asking(server: Served) -> Iterator[httpx.Client]:
    assert eventually(lambda: metric(server.url, "crossings_queries_running") == 0)
    assert eventually(lambda: metric(server.url, "crossings_workers") == 3)
    with httpx.Client(base_url=server.url, timeout=60) as client:
        yield client


def ask(client: httpx.Client, query: str, address: str) -> httpx.Response:
    return client.post("/sparql", data={"query": query}, headers={"X-Forwarded-For": address})


def test_a_full_queue_is_told_with_the_time_to_come_again(server: Served, asking: httpx.Client) -> None:
    first, second, third = variants(3)
    with asked(server.url, first, client="192.0.2.1"):
        assert eventually(lambda: metric(server.url, "crossings_queries_slow") == 1)
        with asked(server.url, second, client="192.0.2.2") as (connection,):
            assert eventually(lambda: metric(server.url, "crossings_queries_waiting") == 1)
            answer = ask(asking, third, "192.0.2.3")
            assert (answer.status_code, problem_name(answer)) == (503, "overloaded")
            assert int(answer.headers["retry-after"]) >= 1
            # Now it is known to be slow, and is not even begun.
            again = ask(asking, third, "192.0.2.3")
            assert (again.status_code, problem_name(again)) == (503, "overloaded")
            assert int(again.headers["retry-after"]) >= 1
            # Cheap queries do not wait behind the long ones.
            assert ask(asking, cheap(1), "192.0.2.4").status_code == 200
            # The one that waits is told after its time.
            told = ""
            while not told.endswith("}"):
                told += connection.recv(10_000).decode()
            assert told.startswith("HTTP/1.1 503 ")
            assert "no worker was free within 5 seconds" in told
            assert "retry-after: " in told.lower()
    assert eventually(lambda: metric(server.url, "crossings_queries_running") == 0)
    assert ask(asking, cheap(2), "192.0.2.3").status_code == 200


def test_a_client_that_asks_too_much_at_once_is_told_and_served_later(server: Served, asking: httpx.Client) -> None:
    with asked(server.url, *variants(2), client="2001:db8:1:2::7"):
        assert eventually(lambda: metric(server.url, "crossings_queries_slow") == 1)
        assert eventually(lambda: metric(server.url, "crossings_queries_waiting") == 1)
        # The same network of IPv6 is the same client.
        answer = ask(asking, cheap(10), "2001:db8:1:2::8")
        assert (answer.status_code, problem_name(answer)) == (429, "too-many-requests")
        assert answer.headers["retry-after"] == "1"
        assert ask(asking, cheap(11), "2001:db8:1:3::7").status_code == 200
    assert eventually(lambda: metric(server.url, "crossings_queries_running") == 0)
    assert ask(asking, cheap(12), "2001:db8:1:2::7").status_code == 200


@pytest.fixture(scope="module")
def proxied(larger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Three seconds a minute for each client, of whom a proxy tells."""
    options = limited("workers=2", "spares=0", "client-seconds=3")
    errors = tmp_path_factory.mktemp("proxied") / "errors"
    with serving(larger, errors, *options, variables=PROXY) as running:
        yield running


def test_a_client_that_used_its_budget_is_told_when_it_has_some_again(proxied: Served) -> None:
    spender, other = {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "2001:db8::1"}
    with httpx.Client(base_url=proxied.url, timeout=60) as client:
        runaway = {"query": variants(1)[0], "timeout": "3.3"}
        assert problem_name(client.post("/sparql", data=runaway, headers=spender)) == "timeout"
        refused = client.post("/sparql", data={"query": cheap(1)}, headers=spender)
        assert (refused.status_code, problem_name(refused)) == (429, "too-many-requests")
        wait = int(refused.headers["retry-after"])
        assert 1 <= wait <= 60
        assert f"ask again in {wait} s" in refused.json()["detail"]
        # Another client has its own, and what is no query costs nothing.
        assert client.post("/sparql", data={"query": cheap(1)}, headers=other).status_code == 200
        assert client.get("/sparql", headers=spender).status_code == 200
        assert client.get("/health", headers=spender).status_code == 200
        # So does an answer that is kept: it was asked for by the other one.
        assert client.post("/sparql", data={"query": cheap(1)}, headers=spender).status_code == 200
        time.sleep(wait)
        assert client.post("/sparql", data={"query": cheap(2)}, headers=spender).status_code == 200

from __future__ import annotations

import asyncio
import hashlib
import ipaddress
import json
import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.request_log import AccessRecord, RequestLog, masked
from tests.server.asking import asked, eventually, limited
from tests.server.queries import CRASHES, RUNAWAYS, cheap, variants
from tests.server.serving import Served, serving


def lines(directory: Path, name: str) -> list[dict[str, Any]]:
    return [
        json.loads(line) for path in directory.glob(f"{name}-*.jsonl") for line in path.read_text("utf-8").splitlines()
    ]


@given(st.ip_addresses(v=4))
def test_an_address_is_logged_without_its_end(address: object) -> None:
    parts = str(address).split(".")
    assert masked(str(address)).split(".") == [*parts[:3], "0"]
    assert masked(f"::ffff:{address}") == masked(str(address))


@given(st.integers(2**48, 2**128 - 1).map(ipaddress.IPv6Address))
def test_an_address_of_ipv6_is_logged_as_its_network(address: ipaddress.IPv6Address) -> None:
    network = ipaddress.IPv6Network(masked(str(address)))
    assert network.prefixlen == 48
    assert int(network.network_address) == int(address) >> 80 << 80


def test_what_is_no_address_is_logged_as_it_is() -> None:
    assert (masked(""), masked("a socket")) == ("unknown", "a socket")


def record(**given: Any) -> AccessRecord:
    return AccessRecord(endpoint="sparql", method="GET", client="192.0.2.0", **given)


def written(directory: Path | None, records: list[tuple[AccessRecord, str | None]], **given: Any) -> None:
    async def write() -> None:
        log = RequestLog(directory, given.get("days", 14), given.get("slow", 1.0))
        for one, text in records:
            log.write(one, text)
        log.close()

    asyncio.run(write())


def test_slow_queries_are_in_a_log_of_their_own_with_their_text(tmp_path: Path) -> None:
    written(
        tmp_path,
        [
            (record(seconds=0.5, query="a"), "quick"),
            (record(seconds=2.5, query="b", outcome="timeout"), "slow"),
            (record(seconds=0.5, worker=2.0, query="c"), "slow for a worker"),
            (record(seconds=9.0), None),
        ],
    )
    assert [row["seconds"] for row in lines(tmp_path, "access")] == [0.5, 2.5, 0.5, 9.0]
    assert [(row["query"], row["text"]) for row in lines(tmp_path, "slow")] == [
        ("b", "slow"),
        ("c", "slow for a worker"),
    ]
    assert all("text" not in row for row in lines(tmp_path, "access"))


def test_files_that_are_older_than_is_said_are_removed_and_no_others(tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    for name in ("access", "slow"):
        for age in (0, 1, 6, 7, 8, 400):
            (tmp_path / f"{name}-{today - timedelta(days=age)}.jsonl").write_text("{}\n", "utf-8")
    others = ["access-2001-01-01.txt", "notes.jsonl", "2001-01-01.jsonl"]
    for other in others:
        (tmp_path / other).write_text("kept", "utf-8")
    written(tmp_path, [(record(), None)], days=7)
    kept = {path.name for path in tmp_path.iterdir()}
    assert set(others) <= kept
    ages = sorted((today - date.fromisoformat(name[-16:-6])).days for name in kept - set(others) if "access" in name)
    assert ages == [0, 1, 6, 7]


def test_without_a_directory_nothing_is_written(tmp_path: Path) -> None:
    written(None, [(record(), None)])
    assert list(tmp_path.iterdir()) == []


def test_a_log_that_cannot_be_written_stops_nothing_and_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    taken = tmp_path / "a file"
    taken.write_text("", "utf-8")

    async def write() -> None:
        log = RequestLog(taken / "logs", 14, 1.0)
        for _ in range(3):
            log.write(record())
            log.flush()
        log.close()

    with caplog.at_level(logging.ERROR):
        asyncio.run(write())
    assert len([entry for entry in caplog.records if "cannot be written" in entry.message]) == 1


@pytest.fixture(scope="module")
def logged(larger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    folder = tmp_path_factory.mktemp("logged")
    old = folder / "logs" / "access-2001-01-01.jsonl"
    old.parent.mkdir()
    old.write_text("{}\n", "utf-8")
    options = limited("workers=2", "spares=0", "slow=300ms", "log-days=7", "client-seconds=9999")
    with serving(larger, folder / "errors", *options, variables={"KG_LOGS": str(folder / "logs")}) as running:
        yield running, folder / "logs"


def test_every_request_has_a_line_and_slow_queries_one_more(logged: tuple[Served, Path]) -> None:
    served, logs = logged
    queries = {cheap(1): "ok", RUNAWAYS["cartesian count"]: "timeout", "SELECT": "malformed-query"}
    with httpx.Client(base_url=served.url, timeout=60) as client:
        for query in queries:
            client.post("/sparql", data={"query": query, "timeout": "0.6"}, headers={"X-Forwarded-For": "192.0.2.9"})
        client.post("/sparql", data={"query": cheap(1), "timeout": "0.6"})
        client.get("/store?default")
        client.put("/sparql")
        release = client.get("/health").json()["release"]
    wanted = ["ok", "timeout", "malformed-query", "cached", "ok", "method-not-allowed"]
    assert eventually(lambda: len(lines(logs, "access")) >= len(wanted))
    rows = lines(logs, "access")[: len(wanted)]
    assert [row["outcome"] for row in rows] == wanted
    assert [row["status"] for row in rows] == [200, 504, 400, 200, 200, 405]
    assert [row["endpoint"] for row in rows] == ["sparql"] * 4 + ["store", "sparql"]
    # No proxy is believed, and nobody's whole address is kept.
    assert {row["client"] for row in rows} == {"127.0.0.0"}
    hashes = [hashlib.sha256(query.encode()).hexdigest()[:16] for query in queries]
    assert [row["query"] for row in rows[:3]] == hashes
    assert {row["release"] for row in rows[:5]} == {release}
    assert [row.get("format") for row in rows] == ["json", None, None, None, "turtle", None]
    assert rows[0]["sent"] > 100
    assert 0.5 < rows[1]["worker"] <= rows[1]["seconds"] + 0.1
    for row in rows:
        assert abs((datetime.now(UTC) - datetime.fromisoformat(row["time"])).total_seconds()) < 300
    assert all("text" not in row and "cartesian" not in json.dumps(row) for row in rows)
    (slow,) = [row for row in lines(logs, "slow") if row["outcome"] == "timeout"]
    assert slow["text"] == RUNAWAYS["cartesian count"]
    assert slow["query"] == hashes[1]
    assert not (logs / "access-2001-01-01.jsonl").exists()


def test_crashes_and_clients_that_go_are_logged_as_such(logged: tuple[Served, Path]) -> None:
    served, logs = logged
    httpx.post(f"{served.url}/sparql", data={"query": CRASHES["negations"]}, timeout=60)
    assert eventually(lambda: any(row["outcome"] == "engine-died" for row in lines(logs, "access")))
    with asked(served.url, *variants(1)) as (connection,):
        connection.settimeout(0.4)
        with pytest.raises(TimeoutError):
            connection.recv(1)
    assert eventually(lambda: any(row["outcome"] == "client-gone" for row in lines(logs, "access")))
    (gone,) = [row for row in lines(logs, "access") if row["outcome"] == "client-gone"]
    assert gone["worker"] > 0.2
    assert "status" not in gone


def test_a_problem_is_logged_with_the_bytes_that_were_sent(larger: Path, tmp_path: Path) -> None:
    asked = [
        ("GET", "/sparql?query=SELECT", "sparql", "malformed-query"),
        ("HEAD", "/sparql?query=SELECT", "sparql", "malformed-query"),
        ("GET", "/dumps/nothing/crossings.nq.gz", "dumps", "unknown-release"),
        ("HEAD", "/dumps/nothing/crossings.nq.gz", "dumps", "unknown-release"),
        ("GET", "/mcp", "mcp", "method-not-allowed"),
    ]
    options = limited("workers=2", "spares=0", "client-seconds=9999")
    logs = tmp_path / "logs"
    with (
        serving(larger, tmp_path / "errors", *options, variables={"KG_LOGS": str(logs)}) as served,
        httpx.Client(base_url=served.url, timeout=60, headers={"Accept-Encoding": "identity"}) as client,
    ):
        answers = [client.request(method, address) for method, address, _endpoint, _outcome in asked]
        assert eventually(lambda: len(lines(logs, "access")) >= len(asked))
    rows = lines(logs, "access")
    assert [(row["method"], row["endpoint"], row["outcome"]) for row in rows] == [
        (method, endpoint, outcome) for method, _address, endpoint, outcome in asked
    ]
    assert [row["status"] for row in rows] == [answer.status_code for answer in answers]
    assert [row.get("sent", 0) for row in rows] == [len(answer.content) for answer in answers]
    assert [row.get("sent", 0) > 0 for row in rows] == [method == "GET" for method, *_rest in asked]

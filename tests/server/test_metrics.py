from __future__ import annotations

import httpx
from prometheus_client.parser import text_string_to_metric_families

from server.metrics import METRICS_TYPE, Metrics
from tests.server.asking import metric
from tests.server.queries import cheap
from tests.server.serving import Served

COUNTERS = {
    "crossings_requests",
    "crossings_worker_seconds",
    "crossings_sent_bytes",
    "crossings_workers_started",
    "crossings_workers_ended",
    "crossings_queries_moved",
}
GAUGES = {
    "crossings_workers",
    "crossings_queries_running",
    "crossings_queries_slow",
    "crossings_queries_waiting",
    "crossings_cache_bytes",
    "crossings_cache_answers",
}


def test_the_page_is_what_prometheus_reads(client: httpx.Client) -> None:
    answer = client.get("/metrics")
    assert answer.headers["content-type"] == METRICS_TYPE
    assert answer.headers["cache-control"] == "no-store"
    kinds = {family.name: family.type for family in text_string_to_metric_families(answer.text)}
    assert {name for name, kind in kinds.items() if kind == "counter"} >= COUNTERS
    assert {name for name, kind in kinds.items() if kind == "gauge"} >= GAUGES
    assert kinds["crossings_request_seconds"] == "histogram"
    assert all(family.documentation for family in text_string_to_metric_families(answer.text))


def test_counts_move_with_what_is_asked(served: Served, client: httpx.Client) -> None:
    def now(outcome: str) -> float:
        return metric(served.url, "crossings_requests_total", endpoint="sparql", method="QUERY", outcome=outcome)

    def total(name: str) -> float:
        return metric(served.url, name)

    before = {outcome: now(outcome) for outcome in ("ok", "cached", "not-modified", "malformed-query")}
    names = ("crossings_sent_bytes_total", "crossings_worker_seconds_total", "crossings_cache_answers")
    totals = [total(name) for name in names]
    first = client.request("QUERY", "/sparql", data={"query": cheap(77_001)})
    client.request("QUERY", "/sparql", data={"query": cheap(77_001)})
    client.request("QUERY", "/sparql", data={"query": cheap(77_001)}, headers={"If-None-Match": first.headers["etag"]})
    client.request("QUERY", "/sparql", data={"query": "SELECT nothing"})
    after = {outcome: now(outcome) - count for outcome, count in before.items()}
    assert after == {"ok": 1, "cached": 1, "not-modified": 1, "malformed-query": 1}
    sent, worked, kept = (total(name) - count for name, count in zip(names, totals, strict=True))
    assert sent >= 2 * len(first.content)
    assert worked > 0
    assert kept == 1
    assert metric(served.url, "crossings_workers") == 6
    assert metric(served.url, "crossings_workers_started_total") >= 6


def test_a_method_that_is_not_taken_is_counted_too(served: Served, client: httpx.Client) -> None:
    labels = {"endpoint": "store", "method": "DELETE", "outcome": "method-not-allowed"}
    before = metric(served.url, "crossings_requests_total", **labels)
    client.delete("/store?default")
    assert metric(served.url, "crossings_requests_total", **labels) == before + 1


def test_two_servers_in_one_process_count_apart() -> None:
    one, other = Metrics(), Metrics()
    one.request("sparql", "GET", "ok", seconds=0.1, worker_seconds=0.0, sent=10)
    one.events.ended("died")
    one.events.moved("slow")
    one.events.started()
    text, others = one.text().decode(), other.text().decode()
    assert 'crossings_requests_total{endpoint="sparql",method="GET",outcome="ok"} 1.0' in text
    assert 'crossings_workers_ended_total{why="died"} 1.0' in text
    assert 'crossings_queries_moved_total{lane="slow"} 1.0' in text
    assert "crossings_workers_started_total 1.0" in text
    assert "crossings_requests_total{" not in others

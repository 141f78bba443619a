"""What the server counts, for Prometheus: `/metrics`."""

from __future__ import annotations

from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from server.cache import AnswerCache
from server.workers.engine import Engine
from server.workers.jobs import PoolEvents

__all__ = ["METRICS_TYPE", "Metrics"]

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100)


class Metrics:
    """The counters of one server."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "crossings_requests",
            "Requests by endpoint, method, and outcome: ok, cached, not-modified, client-gone, or a problem's name",
            ("endpoint", "method", "outcome"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "crossings_request_seconds",
            "Time from a request's head to the end of its answer",
            ("endpoint",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._worker_seconds = Counter(
            "crossings_worker_seconds", "Time that workers spent on queries", registry=self.registry
        )
        self._sent = Counter("crossings_sent_bytes", "Bytes of bodies of answers", registry=self.registry)
        self._workers_started = Counter(
            "crossings_workers_started", "Workers that were started", registry=self.registry
        )
        self._workers_ended = Counter(
            "crossings_workers_ended", "Workers that ended, by why", ("why",), registry=self.registry
        )
        self._writer_ended = Counter(
            "crossings_writer_ended", "Ends of the writer during a write, by why", ("why",), registry=self.registry
        )
        self._moved = Counter(
            "crossings_queries_moved",
            "Queries that left the fast lane: to be slow, or back to wait for a slow place",
            ("lane",),
            registry=self.registry,
        )
        # What `labels` does at each call costs more than the counting.
        self._counter = lru_cache(maxsize=256)(self._requests.labels)
        self._histogram = lru_cache(maxsize=16)(self._seconds.labels)
        self.events = PoolEvents(
            started=self._workers_started.inc,
            ended=lambda why: self._workers_ended.labels(why).inc(),
            moved=lambda lane: self._moved.labels(lane).inc(),
        )

    def writer_ended(self, why: str) -> None:
        """Count an end of the writer."""
        self._writer_ended.labels(why).inc()

    def watch(self, engine: Engine, cache: AnswerCache) -> None:
        """Show the state of an engine and a cache as well."""
        pool = engine.pool
        for name, help, value in (
            ("crossings_workers", "Workers that are ready or at work", lambda: pool.alive),
            ("crossings_queries_running", "Queries that are being evaluated", lambda: pool.running),
            ("crossings_queries_slow", "Those of them that are slow", lambda: pool.slow),
            ("crossings_queries_waiting", "Queries that wait for a worker", lambda: pool.waiting),
            ("crossings_cache_bytes", "Memory of the answers that are kept", lambda: cache.used),
            ("crossings_cache_answers", "Answers that are kept", lambda: len(cache)),
        ):
            Gauge(name, help, registry=self.registry).set_function(value)

    def request(
        self, endpoint: str, method: str, outcome: str, *, seconds: float, worker_seconds: float, sent: int
    ) -> None:
        """Count a request that has been answered."""
        self._counter(endpoint, method, outcome).inc()
        self._histogram(endpoint).observe(seconds)
        if worker_seconds:
            self._worker_seconds.inc(worker_seconds)
        self._sent.inc(sent)

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self.registry)

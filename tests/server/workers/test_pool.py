from __future__ import annotations

import asyncio
import os
import signal
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import pytest

from kg.release import Home
from server.limits import Limits
from server.problems import Problem
from server.workers.jobs import Job, PoolEvents
from server.workers.pool import Pool
from server.workers.wire import Ask
from tests.server.asking import ended
from tests.server.queries import RUNAWAYS
from tests.server.workers.test_worker import SETTINGS


class Watched:
    """A pool, and what it told."""

    def __init__(self, home: Path, **limits: float) -> None:
        self.told: Counter[str] = Counter()
        self.release = str(Home(home).require_current().path.resolve())
        values = {"workers": 2, "spares": 0, "queue": 1, "time": 20.0, "fast": 0.2, "queue_time": 20.0, **limits}
        self.limits = Limits(**values)  # type: ignore[arg-type]  # whole numbers where they are wanted
        events = PoolEvents(
            started=lambda: self.told.update(["started"]),
            ended=lambda why: self.told.update([why]),
            moved=lambda lane: self.told.update([lane]),
        )
        self.pool = Pool(self.limits, SETTINGS, events=events)
        self.pool.follow(self.release)

    def ask(self, query: str, seconds: float | None = None) -> tuple[Job, list[float]]:
        """Submit a query; the list gets what it used, each time that it leaves a worker."""
        job = Job(Ask(release=self.release, query=query), query.encode(), seconds or self.limits.time, 1000)
        used: list[float] = []
        job.on_used = used.append
        self.pool.submit(job)
        return job, used

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(60):
            while not holds():
                await asyncio.sleep(0.01)


def pooled(home: Path, steps: Callable[[Watched], Awaitable[None]], **limits: float) -> None:
    async def main() -> None:
        watched = Watched(home, **limits)
        await watched.pool.start()
        workers = watched.pool.pids
        assert len(workers) == watched.limits.workers + watched.limits.spares
        try:
            await steps(watched)
        finally:
            left = watched.pool.pids
            await watched.pool.close()
        assert all(ended(pid) for pid in {*workers, *left})
        assert watched.pool.alive == 0

    asyncio.run(main())


def runaway() -> str:
    return f"{RUNAWAYS['cartesian count']} # {uuid.uuid4()}"


async def problem_of(job: Job) -> Problem:
    with pytest.raises(Problem) as caught:
        await asyncio.wait_for(job.spool.ready, 60)
    return caught.value


def test_a_query_is_answered_and_its_time_is_told_once(larger: Path) -> None:
    async def steps(watched: Watched) -> None:
        job, used = watched.ask("ASK {}")
        await asyncio.wait_for(job.spool.ready, 60)
        await watched.until(lambda: bool(used))
        assert len(used) == 1
        assert 0 < used[0] < 20
        assert (watched.pool.running, watched.pool.waiting, watched.pool.alive) == (0, 0, 2)
        assert watched.told == Counter(started=2)

    pooled(larger, steps)


def test_a_deadline_is_kept_and_charged_before_it_is_told(larger: Path) -> None:
    async def steps(watched: Watched) -> None:
        before = set(watched.pool.pids)
        job, used = watched.ask(runaway(), 0.6)
        assert (await problem_of(job)).name == "timeout"
        assert len(used) == 1
        assert 0.6 <= used[0] < 20
        await watched.until(lambda: watched.told["started"] == 3)
        assert len(before & set(watched.pool.pids)) == 1
        assert len(used) == 1
        assert watched.told == Counter(started=3, slow=1, killed=1)

    pooled(larger, steps)


def test_one_worker_is_kept_for_quick_queries_and_lanes_have_their_own_length(larger: Path) -> None:
    async def steps(watched: Watched) -> None:
        first, _ = watched.ask(runaway(), 60)
        await watched.until(lambda: watched.pool.slow == 1)
        text = runaway()
        second, used = watched.ask(text, 60)
        await watched.until(lambda: watched.pool.waiting == 1)
        assert watched.told["back"] == 1
        assert len(used) == 1
        with pytest.raises(Problem, match="wait already"):
            watched.ask(text)
        for _ in range(5):
            quick, _ = watched.ask("ASK {}")
            await asyncio.wait_for(quick.spool.ready, 60)
        # It had its turn when the first had gone.
        watched.pool.cancel(first)
        await watched.until(lambda: second.worker is not None)
        assert second.slow
        watched.pool.cancel(second)
        await watched.until(lambda: watched.pool.running == 0)
        assert len(used) == 2

    pooled(larger, steps)


@pytest.mark.parametrize("moment", [0.0, 0.3])
def test_a_query_whose_client_goes_is_ended_soon_whenever_that_is(larger: Path, moment: float) -> None:
    async def steps(watched: Watched) -> None:
        text = runaway()
        # The second time it is known to be slow.
        for times in (1, 2):
            job, used = watched.ask(text, 60)
            await watched.until(lambda job=job: job.worker is not None)  # type: ignore[misc]
            await asyncio.sleep(moment)
            watched.pool.cancel(job)
            await watched.until(lambda: watched.pool.running == 0 and watched.pool.alive == 2)
            assert len(used) == 1
            assert used[0] < 30
            assert watched.told["killed"] == times

    pooled(larger, steps)


def test_who_waits_too_long_is_told(larger: Path) -> None:
    async def steps(watched: Watched) -> None:
        first, _ = watched.ask(runaway(), 60)
        await watched.until(lambda: watched.pool.slow == 1)
        second, _ = watched.ask(runaway(), 60)
        told = await problem_of(second)
        assert told.name == "overloaded"
        assert "no worker was free within 0.5 seconds" in told.detail
        assert int(told.headers["Retry-After"]) >= 1
        watched.pool.cancel(first)

    pooled(larger, steps, queue_time=0.5)


def test_an_idle_worker_that_ends_is_replaced_and_told(larger: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def steps(watched: Watched) -> None:
        os.kill(watched.pool.pids[0], signal.SIGKILL)
        await watched.until(lambda: watched.told["died"] == 1)
        job, _ = watched.ask("ASK {}")
        await asyncio.wait_for(job.spool.ready, 60)
        await watched.until(lambda: watched.pool.alive == 2)
        assert watched.told == Counter(started=3, died=1)

    pooled(larger, steps)
    assert "a worker ended that had no query" in caplog.text


def test_what_waits_or_runs_when_it_closes_is_told(larger: Path) -> None:
    jobs: list[Job] = []

    async def steps(watched: Watched) -> None:
        jobs.append(watched.ask(runaway(), 60)[0])
        await watched.until(lambda: watched.pool.slow == 1)
        jobs.append(watched.ask(runaway(), 60)[0])
        await watched.until(lambda: watched.pool.waiting == 1)

    pooled(larger, steps)
    assert [str(job.spool.ready.exception()) for job in jobs] == ["('overloaded', 'the server is shutting down')"] * 2


def test_workers_open_the_release_that_is_followed(larger: Path, home: Path) -> None:
    async def steps(watched: Watched) -> None:
        other = str(Home(home).require_current().path.resolve())
        watched.pool.follow(other)
        query = "SELECT (COUNT(*) AS ?n) { ?i a cx:Incident }"
        for release, count in ((other, b"n\r\n3\r\n"), (watched.release, b"n\r\n300\r\n")):
            job = Job(Ask(release=release, query=query, format="csv"), release.encode(), 20, 1000)
            watched.pool.submit(job)
            await asyncio.wait_for(job.spool.ready, 60)
            assert job.spool.whole == count

    pooled(larger, steps)


def test_new_workers_take_the_places_of_all_and_queries_are_answered_meanwhile(larger: Path) -> None:
    async def steps(watched: Watched) -> None:
        before = set(watched.pool.pids)
        watched.pool.renew(lambda release: False)
        job, _ = watched.ask("ASK {}")
        await asyncio.wait_for(job.spool.ready, 60)
        await watched.until(lambda: not before & set(watched.pool.pids) and watched.pool.alive == 2)
        assert watched.told == Counter(started=4, renewed=2)

    pooled(larger, steps)


def test_a_query_of_what_may_not_be_asked_any_more_is_ended_and_another_is_not(larger: Path) -> None:
    async def steps(watched: Watched) -> None:
        job, _ = watched.ask(runaway(), 60)
        await watched.until(lambda: watched.pool.slow == 1)
        watched.pool.renew(lambda release: release != watched.release)
        await watched.until(lambda: watched.told["renewed"] == 1 and watched.told["started"] == 4)
        assert not job.spool.ready.done()
        watched.pool.renew(lambda release: release == watched.release)
        assert (await problem_of(job)).name == "release-gone"

    pooled(larger, steps)


def test_settings_are_those_of_a_worker() -> None:
    assert msgspec.json.decode(msgspec.json.encode(SETTINGS), type=type(SETTINGS)) == SETTINGS

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import pytest

from kg.errors import UsageError
from kg.release import Home
from server.problems import Problem
from server.workers.process import WorkerProcess, start_worker
from server.workers.spool import Spool
from server.workers.wire import Ask
from tests.server.asking import ended
from tests.server.queries import CRASHES, RUNAWAYS
from tests.server.workers.test_worker import SETTINGS

Steps = Callable[[WorkerProcess, "asyncio.Future[WorkerProcess]", str], Awaitable[None]]


def working(home: Path, steps: Steps) -> None:
    """Start a worker, do something with it, and see it end."""

    async def main() -> None:
        gone: asyncio.Future[WorkerProcess] = asyncio.get_running_loop().create_future()
        worker = await start_worker(SETTINGS, gone.set_result)
        try:
            await steps(worker, gone, str(Home(home).require_current().path.resolve()))
        finally:
            worker.kill()
            assert await asyncio.wait_for(gone, 60) is worker
        assert worker.ended
        assert ended(worker.pid)

    asyncio.run(main())


def never() -> None:
    raise AssertionError("the worker is not free")


def test_a_worker_answers_and_is_free(home: Path) -> None:
    async def steps(worker: WorkerProcess, gone: asyncio.Future[WorkerProcess], release: str) -> None:
        for _ in range(2):
            free = asyncio.Event()
            spool = Spool(1000)
            worker.ask(Ask(release=release, query="ASK {}", format="json"), spool, free.set)
            await asyncio.wait_for(spool.ready, 60)
            await asyncio.wait_for(free.wait(), 60)
            assert spool.whole == b'{"head":{},"boolean":true}'
            assert spool.head is not None
            assert spool.head.format == "json"

    working(home, steps)


def test_a_worker_that_is_killed_fails_its_query_with_the_verdict_at_once(home: Path) -> None:
    async def steps(worker: WorkerProcess, gone: asyncio.Future[WorkerProcess], release: str) -> None:
        spool = Spool(1000)
        worker.ask(Ask(release=release, query=RUNAWAYS["cartesian count"]), spool, never)
        worker.kill(Problem("timeout", "the time is up"))
        with pytest.raises(Problem, match="the time is up"):
            await asyncio.wait_for(spool.ready, 60)
        assert worker.killed

    working(home, steps)


def test_the_processor_time_of_a_worker_is_that_of_its_work(home: Path) -> None:
    async def steps(worker: WorkerProcess, gone: asyncio.Future[WorkerProcess], release: str) -> None:
        before = worker.cpu
        await asyncio.sleep(0.05)
        assert worker.cpu < before + 0.04, "it has worked while it had nothing to do"
        spool = Spool(1000)
        free = asyncio.Event()
        worker.ask(Ask(release=release, query="SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", format="json"), spool, free.set)
        await asyncio.wait_for(free.wait(), 60)
        assert worker.cpu > before
        worker.kill()
        await asyncio.wait_for(asyncio.shield(gone), 60)
        with pytest.raises(OSError, match="Errno"):
            _ = worker.cpu

    working(home, steps)


@pytest.mark.parametrize(
    ("query", "name", "words"),
    [(CRASHES["negations"], "engine-died", "SIGSEGV")],
)
def test_an_engine_that_dies_says_how(home: Path, query: str, name: str, words: str) -> None:
    async def steps(worker: WorkerProcess, gone: asyncio.Future[WorkerProcess], release: str) -> None:
        spool = Spool(1000)
        worker.ask(Ask(release=release, query=query), spool, never)
        with pytest.raises(Problem, match=words) as caught:
            await asyncio.wait_for(spool.ready, 60)
        assert caught.value.name == name
        assert not worker.killed

    working(home, steps)


def test_a_worker_that_somebody_else_kills_says_how(home: Path) -> None:
    async def steps(worker: WorkerProcess, gone: asyncio.Future[WorkerProcess], release: str) -> None:
        spool = Spool(1000)
        worker.ask(Ask(release=release, query=RUNAWAYS["cartesian count"]), spool, never)
        os.kill(worker.pid, signal.SIGABRT)
        with pytest.raises(Problem, match="SIGABRT"):
            await asyncio.wait_for(spool.ready, 60)

    working(home, steps)


def test_a_worker_gives_way_and_comes_back_where_that_is_allowed(home: Path) -> None:
    async def steps(worker: WorkerProcess, gone: asyncio.Future[WorkerProcess], release: str) -> None:
        worker.step_back()
        assert worker.nice
        assert os.getpriority(os.PRIO_PROCESS, worker.pid) == 19
        allowed = worker.step_forward()
        assert allowed == (not worker.nice) == (os.getpriority(os.PRIO_PROCESS, worker.pid) == 0)

    working(home, steps)


def test_a_worker_that_cannot_start_says_why_and_leaves_nothing() -> None:
    async def main() -> None:
        before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
        settings = msgspec.structs.replace(SETTINGS, memory=2**63)  # more than an address can tell
        with pytest.raises(UsageError, match="a worker could not start: OverflowError"):
            await start_worker(settings, lambda worker: None)
        await asyncio.sleep(0)
        assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208

    asyncio.run(main())

"""The worker processes: who answers which query, for how long, and what happens when one dies.

Every query starts in the fast lane. One that is still running after a moment gives way: its worker is reniced and
counts as slow, and another takes its place. Never are all workers slow: where that would happen the query is put back,
to be begun again when a slow place is free. So a cheap query finds a worker whatever strangers ask. A query that was
slow once is known by its text and waits for a slow place at once.
"""

from __future__ import annotations

import asyncio
import logging
import math
import socket
import time
from collections import OrderedDict, deque
from collections.abc import Callable

import msgspec

from kg.errors import CrossingsError
from server.limits import Limits
from server.problems import Problem
from server.workers.jobs import Job, PoolEvents
from server.workers.process import WorkerProcess, start_worker
from server.workers.worker import WorkerSettings

__all__ = ["Pool"]

#: Nobody reads it: the client has gone.
_GONE = Problem("overloaded", "the client has gone")
_log = logging.getLogger("crossings.server")
#: How many times the limit a query that gets no processor stays in the fast lane.
_FAST_AT_MOST = 10
#: How many texts of slow queries are remembered.
_REMEMBERED = 1024
#: How long to wait before another worker is started after one could not be, in seconds; doubled each time.
_RETRY, _RETRY_MOST = 0.5, 30.0


class Pool:
    """Some worker processes and the queries that wait for them.

    Args:
        limits: The limits.
        settings: What workers must know.
        on_gateway: Takes the sockets on which workers call allowed services.
        events: Whom to tell.
    """

    def __init__(
        self,
        limits: Limits,
        settings: WorkerSettings,
        on_gateway: Callable[[socket.socket], None] | None = None,
        events: PoolEvents | None = None,
    ) -> None:
        self._limits = limits
        self._settings = settings
        self._on_gateway = on_gateway
        self._events = events or PoolEvents()
        self._idle: deque[WorkerProcess] = deque()
        self._busy: dict[WorkerProcess, Job] = {}
        self._starting: set[asyncio.Task[None]] = set()
        self._living: set[WorkerProcess] = set()
        self._quick: deque[Job] = deque()
        self._long: deque[Job] = deque()
        self._known_slow: OrderedDict[bytes, None] = OrderedDict()
        #: Workers that are to go, how many of the new are not ready yet, and how many are while the old are at work.
        self._old: set[WorkerProcess] = set()
        self._renewing = 0
        self._surplus = 0
        self._retry = _RETRY
        self._closed = False
        self._none_left = asyncio.Event()
        self._release: str | None = None
        self.protections: dict[str, bool] = {}

    @property
    def waiting(self) -> int:
        """How many queries wait for a worker."""
        return len(self._quick) + len(self._long)

    @property
    def running(self) -> int:
        """How many queries are being evaluated."""
        return len(self._busy)

    @property
    def slow(self) -> int:
        """How many of them are slow."""
        return sum(job.slow for job in self._busy.values())

    @property
    def alive(self) -> int:
        """How many workers are ready or at work."""
        return len(self._idle) + len(self._busy)

    @property
    def pids(self) -> list[int]:
        """The process ids of the workers."""
        return sorted(worker.pid for worker in (*self._idle, *self._busy))

    async def start(self) -> None:
        """Start all workers.

        Raises:
            CrossingsError: One cannot be started.
        """
        await asyncio.gather(*(self._start() for _ in range(self._limits.workers + self._limits.spares)))

    async def close(self) -> None:
        """End all workers."""
        self._closed = True
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        shutting = Problem("overloaded", "the server is shutting down", headers={"Retry-After": "5"})
        for job in (*self._quick, *self._long):
            self._fail(job, shutting)
        self._quick.clear()
        self._long.clear()
        for worker in self._living:
            if worker in self._busy:
                self._leave(self._busy[worker])
            worker.kill(shutting)
        if self._living:
            await self._none_left.wait()

    def follow(self, release: str) -> None:
        """Have workers, those that start later too, open a release that will be asked from now on."""
        self._release = release
        for worker in self._idle:
            worker.open(release)

    def renew(self, gone: Callable[[str], bool]) -> None:
        """Have new workers in the place of all that there are: they may hold a release open that nobody may ask.

        Each of the old answers until a new one is ready to: what it holds open is led to by nothing any more.

        Args:
            gone: Whether a release, by its directory, is one of these: a query of it is ended.
        """
        verdict = Problem("release-gone", "the release was issued again while the query ran: ask again")
        for job in list(self._busy.values()):
            if gone(job.ask.release):
                self._kill(job, verdict)
        for worker in (*self._idle, *self._busy):
            if not worker.killed:
                self._old.add(worker)
                self._renewing += 1
                self._replace()

    def submit(self, job: Job) -> None:
        """Have a query answered; `job.spool.ready` says when.

        Raises:
            Problem: Too many wait already.
        """
        queue = self._long if job.key in self._known_slow else self._quick
        # Each lane has its own length: long queries that wait are no reason to refuse a quick one.
        if len(queue) >= self._limits.queue and not (self._idle and queue is self._quick):
            raise Problem(
                "overloaded", f"{len(queue)} queries wait already: ask again in a moment", headers={"Retry-After": "2"}
            )
        queue.append(job)
        self._assign()
        if job.worker is None:
            job.timer = asyncio.get_running_loop().call_later(self._limits.queue_time, self._waited_too_long, job)

    def cancel(self, job: Job) -> None:
        """The client has gone: nobody needs the answer."""
        job.gone = True
        if job.worker is not None:
            # A worker that is about to be free is worth more than the moment; one that is slow is not about to.
            if job.slow or time.monotonic() - job.began > self._limits.fast:
                self._kill(job, _GONE)
        else:
            for queue in (self._quick, self._long):
                if job in queue:
                    queue.remove(job)
                    self._fail(job, _GONE)

    # One rule decides who is served: quick queries first, and long ones while one worker is left that is not slow.

    def _assign(self) -> None:
        while self._idle and self._quick and self.running < self._limits.workers:
            self._run(self._quick.popleft(), slow=False)
        while self._idle and self._long and self._slow_places > 0 and self.running < self._limits.workers:
            self._run(self._long.popleft(), slow=True)

    @property
    def _slow_places(self) -> int:
        return self._limits.workers - 1 - self.slow

    def _run(self, job: Job, *, slow: bool) -> None:
        worker = self._idle.popleft()
        if job.timer is not None:
            job.timer.cancel()
        job.worker, job.slow, job.began, job.cpu = worker, slow, time.monotonic(), _cpu(worker)
        self._busy[worker] = job
        loop = asyncio.get_running_loop()
        if slow:
            job.spool.may_begin()
            worker.step_back()
            job.timer = loop.call_later(job.time, self._too_long, job)
        else:
            job.timer = loop.call_later(min(self._limits.fast, job.time), self._not_quick, job)
        worker.ask(job.ask, job.spool, lambda: self._finished(job))

    def _finished(self, job: Job) -> None:
        worker = job.worker
        assert worker is not None
        self._retry = _RETRY
        self._leave(job)
        del self._busy[worker]
        if worker in self._old and self._surplus:
            self._surplus -= 1
            self._retire(worker)
        elif worker.nice and not worker.step_forward():
            # What was lowered cannot be raised without a privilege: a new one takes its place.
            worker.kill()
            self._events.ended("reniced")
            self._replace()
        elif not worker.ended:
            self._idle.append(worker)
        self._assign()

    def _leave(self, job: Job) -> None:
        """The query has left its worker, for good or to come back; it may have left before the worker ended."""
        if job.worker is None:
            return
        if job.timer is not None:
            job.timer.cancel()
            job.timer = None
        used = time.monotonic() - job.began
        job.worker = None
        if used <= self._limits.fast:
            self._known_slow.pop(job.key, None)
        if job.on_used is not None:
            job.on_used(used)

    def _remember(self, key: bytes) -> None:
        self._known_slow[key] = None
        self._known_slow.move_to_end(key)
        while len(self._known_slow) > _REMEMBERED:
            self._known_slow.popitem(last=False)

    def _not_quick(self, job: Job) -> None:
        worker = job.worker
        assert worker is not None
        ran = time.monotonic() - job.began
        left = job.time - ran
        if job.gone:
            self._kill(job, _GONE)
        elif left <= 0.001:
            self._too_long(job)
        elif ran < _FAST_AT_MOST * self._limits.fast and _cpu(worker) - job.cpu < self._limits.fast / 2:
            # It has waited for a processor and not worked: what others do makes no query slow.
            job.timer = asyncio.get_running_loop().call_later(min(self._limits.fast, left), self._not_quick, job)
        elif self._slow_places > 0:
            job.slow = True
            job.spool.may_begin()
            worker.step_back()
            self._remember(job.key)
            self._events.moved("slow")
            job.timer = asyncio.get_running_loop().call_later(left, self._too_long, job)
        else:
            self._put_back(job)

    def _put_back(self, job: Job) -> None:
        """No slow place is free: the query begins again when one is, and its worker is for quick ones."""
        worker = job.worker
        assert worker is not None
        self._remember(job.key)
        self._events.moved("back")
        del self._busy[worker]
        self._leave(job)
        worker.leave()
        worker.kill()
        self._events.ended("put-back")
        self._replace()
        if len(self._long) >= self._limits.queue:
            self._fail(job, Problem("overloaded", "too many long queries wait already", headers={"Retry-After": "10"}))
            return
        job.spool.reset()
        self._long.append(job)
        job.timer = asyncio.get_running_loop().call_later(self._limits.queue_time, self._waited_too_long, job)

    def _too_long(self, job: Job) -> None:
        self._remember(job.key)
        detail = f"the query was ended after {job.time:g} seconds: ask for less, or add a LIMIT"
        self._kill(job, Problem("timeout", detail))

    def _kill(self, job: Job, verdict: Problem) -> None:
        """End a query with its worker; what it used is told first, so that it counts when the client hears of it."""
        worker = job.worker
        assert worker is not None
        self._leave(job)
        worker.kill(verdict)

    def _waited_too_long(self, job: Job) -> None:
        for queue in (self._quick, self._long):
            if job in queue:
                queue.remove(job)
        wait = f"{self._limits.queue_time:g}"
        self._fail(
            job,
            Problem("overloaded", f"no worker was free within {wait} seconds: ask again", headers={"Retry-After": "5"}),
        )

    def _fail(self, job: Job, problem: Problem) -> None:
        if job.timer is not None:
            job.timer.cancel()
            job.timer = None
        job.spool.fail(problem)

    def _ended(self, worker: WorkerProcess) -> None:
        """A worker has died, by our hand or not."""
        self._living.discard(worker)
        self._old.discard(worker)
        if self._closed and not self._living:
            self._none_left.set()
        job = self._busy.pop(worker, None)
        if job is not None:
            self._leave(job)
            self._events.ended("killed" if worker.killed else "died")
            self._replace()
        elif worker in self._idle:
            self._idle.remove(worker)
            self._events.ended("died")
            if not self._closed:
                # Nobody asked it anything, so the next one may end as soon: do not start one after another.
                _log.error("a worker ended that had no query: %s", worker.last_words or "it wrote nothing")
                self._replace(self._longer())
        else:
            return  # it was replaced when it was killed
        self._assign()

    def _retire(self, worker: WorkerProcess) -> None:
        """End an old worker that has no query, and whose place is taken."""
        self._old.discard(worker)
        worker.kill()
        self._events.ended("renewed")

    def _longer(self) -> float:
        """How long to wait now, in seconds; twice as long the next time."""
        wait = self._retry
        self._retry = min(self._retry * 2, _RETRY_MOST)
        return wait

    def _replace(self, after: float = 0.0) -> None:
        if not self._closed:
            task = asyncio.get_running_loop().create_task(self._start_again(after))
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _start_again(self, after: float) -> None:
        if after:
            await asyncio.sleep(after)
        while not self._closed:
            try:
                await self._start()
            except (CrossingsError, OSError, TimeoutError) as error:
                wait = self._longer()
                _log.error("a worker cannot be started, trying again in %g s: %s", wait, error)
                await asyncio.sleep(wait)
            else:
                return

    async def _start(self) -> None:
        release = self._release
        settings = msgspec.structs.replace(self._settings, release=release)
        worker = await start_worker(settings, self._ended, self._on_gateway)
        self._living.add(worker)
        self.protections = dict((await worker.hello).protections)
        self._events.started()
        if self._release is not None and self._release != release:
            worker.open(self._release)
        self._idle.append(worker)
        if self._renewing:
            self._renewing -= 1
            old = next((other for other in self._idle if other in self._old), None)
            if old is None:
                self._surplus += 1
            else:
                self._idle.remove(old)
                self._retire(old)
        self._assign()


def _cpu(worker: WorkerProcess) -> float:
    """The processor time of a worker; where the system does not tell, as much as there can be."""
    try:
        return worker.cpu
    except OSError:
        return math.inf

"""Who answers queries: the worker processes, behind one call that knows releases, limits and clients."""

from __future__ import annotations

import asyncio
import hashlib
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from anyio import to_thread

from kg.query_dataset import Dataset
from kg.release import Release
from kg.release.withheld import KeptTombstone
from server.budget import ClientBudgets
from server.limits import Limits
from server.problems import Problem
from server.releases.served_release import ServedRelease
from server.workers.jobs import Job, PoolEvents
from server.workers.pool import Pool
from server.workers.service_gateway import ServiceGateway
from server.workers.services import ServiceRule
from server.workers.spool import Spool
from server.workers.wire import Ask, Head
from server.workers.worker import WorkerSettings
from server.writing.wire import Document

__all__ = ["ClientGoneError", "Engine", "EngineAnswer", "EngineRequest"]

#: A query that takes longer than this is watched for its client's going away, in seconds.
_WATCHED = 0.02


class ClientGoneError(Exception):
    """The client has gone away before its answer began, so nobody needs one."""


@dataclass(frozen=True, kw_only=True)
class EngineRequest:
    """What is asked: a query, else the report on a `document`, else a graph of the release.

    `format` (a name) wins over `accept`.

    `base` is what relative IRIs are resolved against, if not the project's; `seconds` is how long it may take, if the
    client wants less than the limit; with `check` a query is looked at and not answered.
    """

    release: Release
    client: str
    query: str | None = None
    graph: str | None = None
    document: Document | None = None
    dataset: Dataset = field(default_factory=Dataset)
    accept: str | None = None
    format: str | None = None
    coding: str | None = None
    base: str | None = None
    seconds: float | None = None
    check: bool = False


@dataclass(frozen=True)
class EngineAnswer:
    """An answer that has begun: its head, and its bytes as they come. `whole` is the body of a short one."""

    head: Head
    spool: Spool

    @property
    def whole(self) -> bytes | None:
        """The body, where it is whole and short."""
        return self.spool.whole

    @property
    def hint(self) -> str | None:
        """A sentence for who asked, where the answer is whole and nothing was found."""
        return self.spool.end.hint if self.spool.end is not None else None


class Engine:
    """Answers queries in worker processes.

    Args:
        served: The release that is asked by default.
        limits: The limits.
        services: The hosts that SERVICE may call; none are the rule.
        events: Whom the pool tells what happens.
        plain: Whether it is a store of no project.
        shapes: The files of the shapes that documents are validated against, if not those of the project.
    """

    def __init__(
        self,
        served: ServedRelease,
        limits: Limits,
        services: tuple[str, ...] = (),
        events: PoolEvents | None = None,
        *,
        plain: bool = False,
        shapes: tuple[str, ...] = (),
    ) -> None:
        self._served = served
        self._limits = limits
        self.budgets = ClientBudgets(limits)
        self._gateway = ServiceGateway(ServiceRule(services), limits) if services else None
        settings = WorkerSettings(
            memory=limits.memory,
            rows=limits.rows,
            bytes=limits.bytes,
            nesting=limits.nesting,
            merged_quads=limits.merged_quads,
            older_releases=limits.older_releases,
            services=services,
            plain=plain,
            shapes=shapes,
        )
        self.pool = Pool(limits, settings, self._listen if self._gateway is not None else None, events)

    async def start(self) -> None:
        """Start the workers.

        Raises:
            CrossingsError: They cannot be started.
        """
        await self.pool.start()

    async def close(self) -> None:
        """End the workers; what they still answer breaks off."""
        await self.pool.close()
        if self._gateway is not None:
            await self._gateway.close()

    def _listen(self, listening: socket.socket) -> None:
        assert self._gateway is not None
        self._gateway.listen(listening)

    @asynccontextmanager
    async def answer(
        self,
        request: EngineRequest,
        gone: Callable[[], Coroutine[Any, Any, None]] | None = None,
        used: Callable[[float], None] = lambda seconds: None,
    ) -> AsyncIterator[EngineAnswer]:
        """Have a query answered; inside, the answer has begun.

        Args:
            request: What is asked.
            gone: Returns when the client has gone away.
            used: Takes the seconds that a worker was busy with it, each time that it leaves one.

        Raises:
            Problem: There is no answer.
            ClientGoneError: The client has gone away before there was one.
        """
        length = len(request.query.encode()) if request.query is not None else 0
        if length > self._limits.query_length:
            raise Problem("too-large", f"the query is {length} bytes long, more than {self._limits.query_length}")
        job = Job(_ask(request), _key(request), self._seconds(request), self._limits.buffer)
        with self.budgets.query(request.client) as charge:

            def both(seconds: float) -> None:
                charge(seconds)
                used(seconds)

            job.on_used = both
            self.pool.submit(job)
            try:
                await _begun(job, gone)
                assert job.spool.head is not None  # an answer begins with its head
                yield EngineAnswer(job.spool.head, job.spool)
            finally:
                self.pool.cancel(job)
                job.spool.close()

    def _seconds(self, request: EngineRequest) -> float:
        return min(self._limits.time, request.seconds) if request.seconds is not None else self._limits.time

    async def release(self, ident: str | None) -> Release:
        """The release that a request names, or the current one.

        Raises:
            Problem: There is none.
            CrossingsError: The current one cannot be opened.
        """
        if ident is not None:
            return await to_thread.run_sync(self._served.older, ident)
        held = self._served.held
        return held if held is not None else await to_thread.run_sync(self._served.get)

    async def withheld(self, iri: str) -> KeptTombstone | None:
        """What any release that is kept says of an id that it withholds."""
        return await to_thread.run_sync(self._served.withheld, iri)


def _ask(request: EngineRequest) -> Ask:
    return Ask(
        release=str(request.release.path),
        query=request.query,
        graph=request.graph,
        document=request.document,
        default=request.dataset.default,
        named=request.dataset.named,
        accept=request.accept,
        format=request.format,
        coding=request.coding,
        base=request.base,
        check=request.check,
    )


def _key(request: EngineRequest) -> bytes:
    told = hashlib.blake2b(f"{request.query}\0{request.graph}\0{request.dataset}".encode(), digest_size=16)
    if request.document is not None:
        told.update(request.document.content)
    return told.digest()


async def _begun(job: Job, gone: Callable[[], Coroutine[Any, Any, None]] | None) -> None:
    """Wait until an answer begins, or its client goes away.

    Raises:
        Problem: There is no answer.
        ClientGoneError: The client has gone away first.
    """
    watching: list[asyncio.Task[None]] = []
    went = Problem("overloaded", "the client has gone")

    def left(task: asyncio.Task[None]) -> None:
        if not task.cancelled():
            job.spool.fail(went)

    def watch() -> None:
        assert gone is not None
        task = asyncio.get_running_loop().create_task(gone())
        task.add_done_callback(left)
        watching.append(task)

    # Most queries are over before it is worth while to look after the client.
    timer = asyncio.get_running_loop().call_later(_WATCHED, watch) if gone is not None else None
    try:
        await job.spool.ready
    except Problem as problem:
        if problem is went:
            raise ClientGoneError(problem.detail) from problem
        raise
    finally:
        if timer is not None:
            timer.cancel()
        for task in watching:
            task.cancel()

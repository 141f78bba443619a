"""What endpoints work with, and the frame of a request: it is answered, be it with a problem, counted and logged."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from kg.errors import CrossingsError
from server.budget import peer_of
from server.cache import AnswerCache
from server.exchange import Exchange
from server.limits import Limits
from server.metrics import Metrics
from server.problems import Problem, problem_of
from server.request_log import AccessRecord, RequestLog, masked
from server.workers.engine import ClientGoneError, Engine

__all__ = ["Context"]


@dataclass(frozen=True)
class Context:
    """What the endpoints work with.

    `federated` says whether SERVICE may call some hosts, `plain` whether the store is of no project.
    """

    engine: Engine
    cache: AnswerCache
    limits: Limits
    metrics: Metrics
    log: RequestLog
    federated: bool = False
    plain: bool = False

    @asynccontextmanager
    async def exchange(self, endpoint: str, scope: Scope, receive: Receive, send: Send) -> AsyncIterator[Exchange]:
        """A request while it is answered; what is raised within is sent as a problem, and all is counted and logged.

        Args:
            endpoint: The name in metrics and logs.
            scope: The request, as ASGI has it.
            receive: Gives its body.
            send: Takes its answer.

        Raises:
            BrokenAnswerError: The answer broke off on its way.
        """
        began = time.perf_counter()
        record = AccessRecord(endpoint=endpoint, method=scope["method"], client=masked(peer_of(scope)))
        exchange = Exchange(scope, receive, send, Headers(scope=scope), record)
        try:
            yield exchange
        except Problem as problem:
            await exchange.problem(problem)
        except CrossingsError as error:
            await exchange.problem(problem_of(error))
        except ClientGoneError:
            exchange.left()
        finally:
            record.worker = round(record.worker, 6)
            record.seconds = round(time.perf_counter() - began, 6)
            self.metrics.request(
                endpoint,
                record.method,
                record.outcome,
                seconds=record.seconds,
                worker_seconds=record.worker,
                sent=record.sent,
            )
            self.log.write(record, exchange.query)

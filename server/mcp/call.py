"""One call of an assistant: who asks, what it costs, and the release that is asked."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from kg.release import Release
from server.kept import Kept
from server.labels import Labels, read_labels
from server.limits import Limits
from server.page_queries import PageQueries
from server.reference import Reference, References
from server.workers.engine import Engine

__all__ = ["Call", "Caller", "Ground"]


@dataclass
class Caller:
    """Who calls, and what came of it, for the log of requests.

    Attributes:
        client: The address whose budget pays.
        gone: Returns when the client has gone away.
        worker: How long workers were busy for it, in seconds.
        outcome: `ok`, or the name of the problem.
        query: The query that was asked.
        release: The revision that was asked.
    """

    client: str = ""
    gone: Callable[[], Coroutine[Any, Any, None]] | None = None
    worker: float = 0.0
    outcome: str = "ok"
    query: str | None = None
    release: str = ""

    def used(self, seconds: float) -> None:
        """Take the seconds that a worker was busy."""
        self.worker += seconds


@dataclass
class Ground:
    """What all calls share.

    Args:
        engine: Who answers queries: the one way to the graph, with its limits and budgets.
        limits: The limits.
    """

    engine: Engine
    limits: Limits
    texts: Kept[dict[str, str]] = field(default_factory=Kept)
    _labels: Kept[Labels] = field(default_factory=Kept)
    _references: References = field(default_factory=References)

    async def labels(self, queries: PageQueries) -> Labels:
        """The labels of the terms of a release."""
        return await self._labels.of(queries.release.revision, lambda: read_labels(queries))

    async def reference(self, queries: PageQueries) -> Reference:
        """The ontology and the vocabularies of a release."""
        return await self._references.of(queries)


@dataclass(frozen=True)
class Call:
    """One call.

    Args:
        ground: What all calls share.
        caller: Who calls.
    """

    ground: Ground
    caller: Caller

    async def release(self, ident: str | None) -> Release:
        """The release of an id, or the current one.

        Raises:
            Problem: There is none of that id.
        """
        found = await self.ground.engine.release(ident or None)
        self.caller.release = found.revision
        return found

    def queries(self, release: Release) -> PageQueries:
        """Queries of a release, paid by who calls."""
        return PageQueries(self.ground.engine, release, self.caller.client)

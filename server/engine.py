"""Who answers queries: the interface, and the engine that evaluates in threads of this process.

The application knows nothing but `Engine`. An answer is bytes: a result of pyoxigraph must not leave the thread that
evaluates it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from anyio import CapacityLimiter, to_thread

from kg.errors import UsageError
from kg.formats import Format, Kind, by_name, formats_for, negotiate
from kg.query_text import QueryText
from kg.querying import Dataset, run
from server.problems import Problem
from server.release import ServedRelease

__all__ = ["Engine", "EngineAnswer", "EngineRequest", "ThreadEngine", "chosen_format"]


@dataclass(frozen=True, kw_only=True)
class EngineRequest:
    """A query and how its answer is wanted: `format` (a name) wins over `accept` (a header)."""

    query: str
    dataset: Dataset
    accept: str | None = None
    format: str | None = None


@dataclass(frozen=True, kw_only=True)
class EngineAnswer:
    """A serialised answer, and the id of the release that gave it."""

    body: bytes
    content_type: str
    release: str
    hint: str | None = None


class Engine(Protocol):
    """Answers queries."""

    async def answer(self, request: EngineRequest) -> EngineAnswer:
        """Answer one query.

        Raises:
            Problem: There is no format that is acceptable.
            CrossingsError: The query is refused, malformed or fails.
        """
        ...

    async def close(self) -> None:
        """Let go of everything; no query is running any more."""
        ...


def chosen_format(kind: Kind, accept: str | None, name: str | None) -> Format:
    """The format of an answer.

    Raises:
        Problem: The name is none of a format of this kind, or nothing in the header is acceptable.
    """
    if name is not None:
        try:
            return by_name(name, kind)
        except UsageError as error:
            raise Problem("unknown-format", str(error)) from error
    chosen = negotiate(accept, kind)
    if chosen is None:
        offered = [format.media_type for format in formats_for(kind)]
        detail = f"'{accept}' names none of the formats of this answer: {', '.join(offered)}"
        raise Problem("not-acceptable", detail, {"available": offered}, {"Vary": "Accept"})
    return chosen


class ThreadEngine:
    """Evaluates in worker threads of this process; the store lets go of the interpreter lock while it works.

    Args:
        served: The release to ask.
        threads: How many queries run at once; others wait.
    """

    def __init__(self, served: ServedRelease, threads: int) -> None:
        self._served = served
        self._threads = threads
        self._limiter: CapacityLimiter | None = None

    async def answer(self, request: EngineRequest) -> EngineAnswer:
        """Answer one query in a thread, from evaluating to the last byte."""
        if self._limiter is None:  # it belongs to the running event loop
            self._limiter = CapacityLimiter(self._threads)
        return await to_thread.run_sync(self._answer, request, limiter=self._limiter)

    async def close(self) -> None:
        """Nothing to let go of: threads end with their queries."""

    def _answer(self, request: EngineRequest) -> EngineAnswer:
        text = QueryText(request.query)
        format = chosen_format(text.kind, request.accept, request.format)
        held = self._served.get()
        answer = run(held, text, format, request.dataset)
        return EngineAnswer(
            body=answer.body, content_type=answer.format.content_type, release=held.release.id, hint=answer.hint
        )

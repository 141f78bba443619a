"""How the cases of the W3C protocol suites are restated: requests, and what is expected of their answers.

For a service that only reads: each row has the name of the W3C test that it stands for, the requests, and what is
expected. Where the suite asks graphs that it writes first, the rows ask graphs of the release; where it writes, they
expect a refusal. An unknown graph is a problem of its own here, so `data0` is a graph of the release too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Case", "Exchange", "Method"]

Method = Literal["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"]


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """One request, and what its answer must be.

    Args:
        method: The method.
        target: Path and query, as they are sent.
        content_type: The type of the body.
        accept: The formats asked for; absent, anything.
        body: The body.
        status: The expected status.
        problem: The kind of problem, where one is expected.
        boolean: The answer of an ASK.
        rows: The answer of a SELECT: one text a value.
        triples: The lines of the answer as N-Triples, in order; any number of them where it is None.
        writes: Whether it would change a graph.
    """

    method: Method = "GET"
    target: str
    content_type: str | None = None
    accept: str | None = None
    body: bytes | None = None
    status: int = 200
    problem: str | None = None
    boolean: bool | None = None
    rows: tuple[dict[str, str], ...] | None = None
    triples: tuple[str, ...] | None = None
    writes: bool = False


@dataclass(frozen=True)
class Case:
    """A W3C test by its name, restated as exchanges."""

    name: str
    exchanges: tuple[Exchange, ...] = field(repr=False)

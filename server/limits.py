"""THE table of the endpoint's limits: what a request may cost. Settings, documentation and `/health` read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from kg.errors import UsageError
from kg.query_dataset import MAX_MERGED_QUADS
from kg.querying import MAX_NESTING

__all__ = ["Limits", "Unit", "limits_from", "parse_amount"]

Unit = Literal["seconds", "bytes", "count", "days"]


def _limit(default: float, unit: Unit, help: str, least: float = 1) -> Any:
    return field(default=default, metadata={"unit": unit, "help": help, "least": least})


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What requests may cost. Each field's metadata has its unit, its explanation and its least value.

    The variable of the environment that sets a field is `KG_LIMIT_` and its name in capitals.
    """

    time: float = _limit(30.0, "seconds", "how long a query may be evaluated; a request may ask for less", 0.05)
    fast: float = _limit(0.05, "seconds", "how long a query stays in the fast lane", 0.001)
    queue_time: float = _limit(10.0, "seconds", "how long a query may wait for a worker", 0.05)
    memory: int = _limit(2_000_000_000, "bytes", "the memory of one worker, as address space", 600_000_000)
    rows: int = _limit(1_000_000, "count", "the solutions or triples of an answer")
    bytes: int = _limit(200_000_000, "bytes", "the length of an answer before it is compressed", 1000)
    table_bytes: int = _limit(
        20_000_000,
        "bytes",
        "the length of an answer that is a typed or a people's table (JSON, CSV of a question), or a patch",
    )
    query_length: int = _limit(100_000, "bytes", "the length of a query")
    request_bytes: int = _limit(1_000_000, "bytes", "the length of a request's body")
    write_bytes: int = _limit(50_000_000, "bytes", "the length of the body of a write", 1000)
    write_time: float = _limit(120.0, "seconds", "how long a write may take before the writer is ended", 0.5)
    write_queue: int = _limit(16, "count", "the writes that wait; one more is refused", 0)
    write_memory: int = _limit(8_000_000_000, "bytes", "the memory of the writer, as address space", 1_000_000_000)
    nesting: int = _limit(MAX_NESTING, "count", "how deep the brackets of a query may be nested")
    merged_quads: int = _limit(
        MAX_MERGED_QUADS, "count", "the quads copied where a query has several default graphs, which are then merged"
    )
    workers: int = _limit(4, "count", "the processes that evaluate queries; one is kept for quick ones", 2)
    spares: int = _limit(2, "count", "the processes beside them that stand ready for when one is ended", 0)
    queue: int = _limit(64, "count", "the queries that wait for a worker; one more is refused", 0)
    client_queries: int = _limit(16, "count", "the queries of one client that run or wait at once")
    client_seconds: float = _limit(
        60.0, "seconds", "the worker time that one client may use in a minute, and save up at most", 0.1
    )
    buffer: int = _limit(
        1_000_000, "bytes", "an answer is held back until it is whole, or longer than this: until then an error is one"
    )
    tool_rows: int = _limit(1_000, "count", "the rows that a tool of an assistant gives of a table")
    tool_characters: int = _limit(60_000, "count", "the characters that such a table, or an entity's claims, may have")
    cache: int = _limit(64_000_000, "bytes", "the memory for answers that may be asked again; 0 keeps none", 0)
    cached_answer: int = _limit(1_000_000, "bytes", "the longest answer that is kept for being asked again", 0)
    older_releases: int = _limit(2, "count", "the releases, beside the current one, that a worker holds open", 0)
    idle_client: float = _limit(
        30.0, "seconds", "how long a client may keep us waiting: for its request, or to take some of its answer", 1
    )
    log_days: int = _limit(14, "days", "how long the logs of requests are kept", 1)
    slow: float = _limit(1.0, "seconds", "a query that takes longer is in the log of slow queries", 0)

    def __post_init__(self) -> None:
        for known in fields(self):
            value, least = getattr(self, known.name), known.metadata["least"]
            if not value >= least:
                raise UsageError(f"the limit {known.name} is {value}, but must be {least} or more")

    @staticmethod
    def variable(name: str) -> str:
        """The variable of the environment that sets a limit.

        >>> Limits.variable("queue_time")
        'KG_LIMIT_QUEUE_TIME'
        """
        return f"KG_LIMIT_{name.upper()}"


_AMOUNT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([A-Za-z]*)")
_FACTORS: dict[Unit, dict[str, float]] = {
    "seconds": {"": 1, "s": 1, "ms": 0.001, "m": 60, "min": 60},
    "bytes": {"": 1, "b": 1, "kb": 1e3, "mb": 1e6, "gb": 1e9, "kib": 2**10, "mib": 2**20, "gib": 2**30},
    "count": {"": 1, "k": 1e3, "m": 1e6},
    "days": {"": 1, "d": 1},
}


def parse_amount(text: str, unit: Unit) -> float:
    """An amount as people write it.

    Raises:
        ValueError: It is none.

    >>> parse_amount("1.5 GB", "bytes"), parse_amount("500ms", "seconds"), parse_amount("250k", "count")
    (1500000000.0, 0.5, 250000.0)
    """
    found = _AMOUNT.fullmatch(text.strip())
    factor = _FACTORS[unit].get(found[2].lower()) if found else None
    if found is None or factor is None:
        units = ", ".join(name for name in _FACTORS[unit] if name)
        raise ValueError(f"'{text}' is no amount in {unit}: give a number, with {units} behind it if need be")
    return round(float(found[1]) * factor, 9)


def limits_from(given: Iterable[str] = (), environment: Mapping[str, str] | None = None) -> Limits:
    """Limits from the command line, else from the environment, else the defaults.

    Args:
        given: `NAME=AMOUNT`, as `--limit` takes them; the last of a name counts.
        environment: Variables and their values.

    Raises:
        UsageError: There is no such limit, or an amount is none or too small.
    """
    known = {found.name: found for found in fields(Limits)}
    amounts: dict[str, tuple[str, str]] = {}
    for name in known:
        variable = Limits.variable(name)
        if (environment or {}).get(variable):
            amounts[name] = (variable, (environment or {})[variable])
    for option in given:
        name, sign, amount = option.partition("=")
        name = name.strip().replace("-", "_")
        if not sign or name not in known:
            raise UsageError(f"--limit {option}: give NAME=AMOUNT with one of the names {', '.join(known)}")
        amounts[name] = (f"--limit {name}", amount)
    values: dict[str, Any] = {}
    for name, (where, amount) in amounts.items():
        try:
            number = parse_amount(amount, known[name].metadata["unit"])
        except ValueError as error:
            raise UsageError(f"{where}: {error}") from error
        values[name] = number if isinstance(known[name].default, float) else int(number)
    return Limits(**values)

"""What one client may use of the workers: some seconds a minute, and some queries at once.

A client is an address; of IPv6 the network of 64 bits that one household or machine has (RFC 6177). A budget is a token
bucket: it fills as time goes by, to the seconds of one minute at most, and a query takes from it what it used.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from starlette.types import Scope

from server.limits import Limits
from server.problems import Problem

__all__ = ["ClientBudgets", "client_of", "peer_of"]

_MINUTE = 60.0
#: What adding up parts of a second may lose, in seconds of waiting.
_ROUNDING = 1e-6
#: How many clients are known at once; the one that was heard of longest ago is forgotten.
_KNOWN = 10_000


def peer_of(scope: Scope) -> str:
    """The address from which a request came, or nothing where the server does not know it.

    >>> peer_of({"client": ("192.0.2.7", 41000)}), peer_of({"client": None}), peer_of({})
    ('192.0.2.7', '', '')
    """
    peer = scope.get("client")
    return str(peer[0]) if peer else ""


@lru_cache(maxsize=4096)
def client_of(address: str) -> str:
    """By what a client is known.

    >>> client_of("192.0.2.7"), client_of("2001:db8:1:2:3::4"), client_of("::ffff:192.0.2.7"), client_of("")
    ('192.0.2.7', '2001:db8:1:2::/64', '192.0.2.7', 'unknown')
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address or "unknown"
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))


@dataclass
class _Client:
    left: float
    at: float
    queries: int = 0


class ClientBudgets:
    """The budgets of all clients.

    Args:
        limits: The limits.
        clock: Gives a time in seconds that never goes back.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._clients: OrderedDict[str, _Client] = OrderedDict()

    @contextmanager
    def query(self, client: str) -> Iterator[Callable[[float], None]]:
        """Let a client ask a query.

        Args:
            client: Its address.

        Yields:
            Takes the seconds that it used of a worker.

        Raises:
            Problem: The client has used up its budget, or asks too many queries at once.
        """
        known = self._known(client_of(client))
        if known.queries >= self._limits.client_queries:
            raise Problem(
                "too-many-requests",
                f"{known.queries} of your queries run or wait already: wait for one of them",
                headers={"Retry-After": "1"},
            )
        if known.left <= 0:
            rate = self._limits.client_seconds / _MINUTE
            wait = math.floor(-known.left / rate + _ROUNDING) + 1  # then there is more than nothing
            raise Problem(
                "too-many-requests",
                f"your queries have used their {self._limits.client_seconds:g} s a minute: ask again in {wait} s",
                headers={"Retry-After": str(wait)},
            )
        known.queries += 1
        try:
            yield lambda seconds: self._used(known, seconds)
        finally:
            known.queries -= 1

    def _used(self, known: _Client, seconds: float) -> None:
        # One query may cost more than all that is left; how far below nothing a budget falls is bounded, so that the
        # wait is.
        known.left = max(known.left - seconds, -self._limits.client_seconds)

    def _known(self, client: str) -> _Client:
        now = self._clock()
        known = self._clients.get(client)
        if known is None:
            known = self._clients[client] = _Client(self._limits.client_seconds, now)
            while len(self._clients) > _KNOWN:
                self._forget()
        self._clients.move_to_end(client)
        rate = self._limits.client_seconds / _MINUTE
        known.left = min(self._limits.client_seconds, known.left + (now - known.at) * rate)
        known.at = now
        return known

    def _forget(self) -> None:
        """Forget the client that was heard of longest ago and asks nothing now."""
        for client, known in self._clients.items():
            if not known.queries:
                del self._clients[client]
                return
        return

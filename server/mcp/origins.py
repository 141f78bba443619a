"""Which hosts and origins may call over HTTP: the protection from DNS rebinding that the protocol asks for.

A page of a stranger can make its own name lead to this machine and then ask a server that listens for its user alone.
Its requests carry the stranger's name in Host and Origin (Model Context Protocol, Streamable HTTP, "Security
Warning"), and no program but a browser sends Origin.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from server.problems import Problem
from server.settings import Settings

__all__ = ["Origins"]

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Origins:
    """What is allowed.

    Attributes:
        names: The names of hosts whose pages may ask.
        strict: Whether the server answers under no other name.
    """

    names: frozenset[str]
    strict: bool

    @classmethod
    def of(cls, settings: Settings) -> Origins:
        """What the settings allow.

        Without named hosts, a server that listens on this machine alone and stands behind no proxy answers under the
        names of this machine alone; any other server cannot know under which names it is asked.
        """
        named = frozenset(name.strip().lower() for name in settings.mcp_hosts.split(",") if name.strip())
        return cls(_LOOPBACK | named | {settings.host.lower()}, bool(named) or settings.local)

    def check(self, host: str | None, origin: str | None) -> None:
        """Refuse what is not allowed.

        Args:
            host: The Host header.
            origin: The Origin header, which only browsers send.

        Raises:
            Problem: The one or the other is not allowed.
        """
        if self.strict and _name(f"//{host or ''}") not in self.names:
            raise Problem("host-refused", f"/mcp is not asked under the name '{(host or '')[:100]}': see KG_MCP_HOSTS")
        if origin is not None and _name(origin) not in self.names:
            raise Problem("origin-refused", f"pages of '{origin[:100]}' may not ask /mcp: see KG_MCP_HOSTS")


def _name(address: str) -> str:
    """The name of the host in an address, or nothing.

    >>> _name("//localhost:8000"), _name("http://[::1]:8000"), _name("null")
    ('localhost', '::1', '')
    """
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""

"""Which endpoints SERVICE may call, and how a worker, which has no network, names them: through a gateway of ours.

The worker listens inside its own network namespace and hands that socket to the server. The address of an allowed
endpoint in a query is replaced by one on that socket, so the server makes the call, after checking it once more. What
no rule allows, a worker could not reach whatever the query says.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import quote, unquote, urlsplit

__all__ = ["ServiceRule", "gateway_iri", "target_of"]


class ServiceRule:
    """Which endpoints may be called.

    Args:
        hosts: The hosts that are allowed, each with a port where it is not the one of its scheme: `query.example.org`,
            `10.0.0.7:3030`.
    """

    def __init__(self, hosts: Iterable[str]) -> None:
        self.hosts = frozenset(host.strip().lower() for host in hosts if host.strip())

    def allows(self, iri: str) -> bool:
        """Whether an endpoint's IRI is http or https and of a named host and port.

        >>> rule = ServiceRule(["query.example.org"])
        >>> rule.allows("https://query.example.org/sparql"), rule.allows("https://query.example.org:8080/sparql")
        (True, False)
        """
        if not iri.isprintable() or " " in iri:  # urlsplit leaves line ends out, and others may not
            return False
        try:
            parts = urlsplit(iri)
            port = parts.port
        except ValueError:
            return False
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
            return False
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        usual = port is None or port == {"http": 80, "https": 443}[parts.scheme]
        return (host if usual else f"{host}:{port}") in self.hosts

    def allows_address(self, address: str, port: int) -> bool:
        """Whether a host name may stand for an address: any public one, and a private one that is named itself.

        >>> ServiceRule(["intranet.example"]).allows_address("10.0.0.7", 80)
        False
        """
        found = ipaddress.ip_address(address.partition("%")[0])
        inner = _inner(found)
        if inner is not None:
            return self.allows_address(str(inner), port)
        if found.is_global and not found.is_multicast:
            return True
        name = f"[{found}]" if found.version == 6 else str(found)
        return name in self.hosts or f"{name}:{port}" in self.hosts


#: Addresses that stand for ones of IPv4 behind a translator (RFC 6052, section 2.1).
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


def _inner(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The address of IPv4 that one of IPv6 leads to: mapped, translated, or by 6to4 (RFC 3056) or Teredo (RFC 4380)."""
    if address.version == 4:
        return None
    if address in _TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    if address.teredo is not None:
        return address.teredo[1]
    return address.ipv4_mapped or address.sixtofour


def gateway_iri(port: int, iri: str) -> str:
    """The address, on the gateway's port, that stands for an endpoint.

    >>> gateway_iri(4000, "https://a.example/sparql?x=1")
    'http://127.0.0.1:4000/https%3A%2F%2Fa.example%2Fsparql%3Fx%3D1'
    """
    return f"http://127.0.0.1:{port}/{quote(iri, safe='')}"


def target_of(path: str) -> str:
    """The endpoint that the path of a request to the gateway names.

    >>> target_of("/https%3A%2F%2Fa.example%2Fsparql?query=x")
    'https://a.example/sparql'
    """
    return unquote(path.removeprefix("/").partition("?")[0])

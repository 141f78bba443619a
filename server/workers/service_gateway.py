"""The gateway of SERVICE: makes, for workers that have no network, the calls that the operator allows.

A worker's query names an address on a socket that listens inside the worker's own network namespace and is served here.
The endpoint is checked once more, its name is looked up once, every address that it has must be allowed, and the call
goes to that address: a name cannot mean one thing when it is checked and another when it is called. Redirects are not
followed, and what an endpoint sends is bounded like an answer of ours.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from urllib.parse import urlsplit

import h11
import httpx

from server.limits import Limits
from server.workers.services import ServiceRule, target_of

__all__ = ["ServiceGateway"]

_log = logging.getLogger("crossings.server")
#: Headers of a worker's request that the endpoint needs, and of its answer that the worker needs.
_SENT = ("accept", "content-type")
_RECEIVED = ("content-type",)


class _Refused(Exception):
    """A call that is not made, or has no answer, and why."""


class ServiceGateway:
    """Serves the sockets of workers.

    Args:
        rule: Which endpoints may be called.
        limits: How long a call may take and how much it may bring.
    """

    def __init__(self, rule: ServiceRule, limits: Limits) -> None:
        self._rule = rule
        self._limits = limits
        self._servers: set[asyncio.Task[None]] = set()
        self._client = httpx.AsyncClient(
            timeout=limits.time, follow_redirects=False, trust_env=False, headers={"User-Agent": "crossings"}
        )

    def listen(self, listening: socket.socket) -> None:
        """Serve one worker's socket until the worker ends."""
        listening.setblocking(False)
        task = asyncio.get_running_loop().create_task(self._serve(listening))
        self._servers.add(task)
        task.add_done_callback(self._servers.discard)

    async def close(self) -> None:
        """Stop serving."""
        for task in self._servers:
            task.cancel()
        await asyncio.gather(*self._servers, return_exceptions=True)
        await self._client.aclose()

    async def _serve(self, listening: socket.socket) -> None:
        server = await asyncio.start_server(self._connected, sock=listening)
        async with server:
            await server.serve_forever()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request; the connection is closed after it."""
        connection = h11.Connection(h11.SERVER)
        try:
            request, body = await self._read(connection, reader)
            status, headers, content = await self._call(request, body)
        except _Refused as refused:
            _log.warning("a call of SERVICE failed: %s", refused)
            status, headers, content = 502, [], str(refused).encode()
        except (h11.RemoteProtocolError, ConnectionError):
            writer.close()
            return
        head = h11.Response(
            status_code=status, headers=[*headers, ("content-length", str(len(content))), ("connection", "close")]
        )
        for event in (head, h11.Data(data=content), h11.EndOfMessage()):
            writer.write(connection.send(event) or b"")
        try:
            await writer.drain()
        except ConnectionError:  # the worker was ended while it waited
            return
        finally:
            writer.close()

    async def _read(self, connection: h11.Connection, reader: asyncio.StreamReader) -> tuple[h11.Request, bytes]:
        request: h11.Request | None = None
        body = bytearray()
        while True:
            event = connection.next_event()
            if event is h11.NEED_DATA:
                connection.receive_data(await reader.read(65_536))
            elif isinstance(event, h11.Request):
                request = event
            elif isinstance(event, h11.Data):
                body += event.data
                if len(body) > self._limits.request_bytes:
                    raise _Refused(f"the query is longer than {self._limits.request_bytes} bytes")
            elif isinstance(event, h11.EndOfMessage):
                assert request is not None  # h11 gives it first
                return request, bytes(body)
            else:
                raise ConnectionResetError

    async def _call(self, request: h11.Request, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        iri = target_of(request.target.decode("ascii"))
        if not self._rule.allows(iri):
            raise _Refused(f"<{iri}> is not allowed")
        address, port = await self._address(iri)
        given = {name.decode().lower(): value.decode("latin-1") for name, value in request.headers}
        try:
            url = httpx.URL(iri)
        except httpx.InvalidURL as error:
            raise _Refused(f"<{iri}> is no address that can be called ({error})") from error
        host = url.netloc.decode("ascii")
        sent = {name: given[name] for name in _SENT if name in given}
        made = self._client.build_request(
            request.method.decode("ascii"),
            url.copy_with(host=address, port=port),
            content=body,
            headers={**sent, "Host": host},
            extensions={"sni_hostname": url.host},
        )
        try:
            async with asyncio.timeout(self._limits.time):
                answer = await self._client.send(made, stream=True)
                try:
                    content = await self._content(answer, iri)
                finally:
                    await answer.aclose()
        except TimeoutError as error:
            raise _Refused(f"<{iri}> did not answer within {self._limits.time:g} seconds") from error
        except httpx.HTTPError as error:
            raise _Refused(f"<{iri}> cannot be called ({error})") from error
        if not answer.is_success:
            raise _Refused(f"<{iri}> answered with status {answer.status_code}")
        return 200, [(name, answer.headers[name]) for name in _RECEIVED if name in answer.headers], content

    async def _content(self, answer: httpx.Response, iri: str) -> bytes:
        content = bytearray()
        async for chunk in answer.aiter_bytes():
            content += chunk
            if len(content) > self._limits.bytes:
                raise _Refused(f"<{iri}> sends more than {self._limits.bytes} bytes")
        return bytes(content)

    async def _address(self, iri: str) -> tuple[str, int]:
        """The address to call: the first of the host's, all of which must be allowed."""
        parts = urlsplit(iri)
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
        try:
            found = await asyncio.get_running_loop().getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:  # a host that cannot be written in the DNS is a UnicodeError
            raise _Refused(f"<{iri}>: its host is not known") from error
        addresses = [str(entry[4][0]) for entry in found]
        refused = [address for address in addresses if not self._rule.allows_address(address, port)]
        if refused:
            raise _Refused(f"<{iri}>: its host has the address {refused[0]}, which is not public and not named itself")
        return addresses[0], port

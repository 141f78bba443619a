"""`/dumps/{id}/{name}`: the files of a release to take away, whole or in ranges, under addresses that never change.

The endpoint stands before the pages: what it sends is neither gathered in memory nor compressed again. A name is looked
up in the release's list of dumps, so that no path of a request ever becomes a path of the disk.
"""

from __future__ import annotations

import base64
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

import anyio
from anyio import to_thread
from starlette.types import Receive, Scope, Send

from kg.release import Release
from kg.release.dumps import Dump, dumps_of
from kg.release.manifest import MANIFEST
from server.context import Context
from server.exchange import BrokenAnswerError, Exchange
from server.problems import Problem
from server.releases.ranges import UnsatisfiableError, requested_range
from server.releases.served_releases import ServedReleases
from server.replies import CORS, EXPOSED, PREFLIGHT, matches, raw, revision_headers

__all__ = ["DumpsEndpoint", "held_by"]

_METHODS = "GET, HEAD, OPTIONS"
#: An id names the same bytes until a redaction: whoever keeps them asks, by the entity tag, whether they still may.
_ASKED_ANEW = "public, no-cache"
#: How much of a file is read at once, in bytes.
_CHUNK = 262_144
_CURRENT = "current"


@lru_cache(maxsize=32)
def _held(directory: Path, _changed: int) -> tuple[Dump, ...]:
    return tuple(dumps_of(Release(directory)))


def held_by(release: Release) -> tuple[Dump, ...]:
    """The dumps of a release; the lists of those that were asked for last are kept."""
    try:
        changed = (release.path / MANIFEST).stat().st_mtime_ns
    except FileNotFoundError as error:
        raise Problem("release-gone", f"the release {release.path.name} was removed at this moment") from error
    return _held(release.path, changed)


class DumpsEndpoint:
    """The ASGI application below `/dumps/`.

    Args:
        context: What it works with.
        releases: Finds releases by their ids.
    """

    def __init__(self, context: Context, releases: ServedReleases) -> None:
        self._context = context
        self._releases = releases

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, be it with a problem.

        Raises:
            BrokenAnswerError: The file could not be read to its end.
        """
        async with self._context.exchange("dumps", scope, receive, send) as exchange:
            exchange.record.outcome = await self._answer(exchange)

    async def _answer(self, exchange: Exchange) -> str:
        """Answer, and say how it went."""
        method = exchange.scope["method"]
        if method == "OPTIONS":
            allowed = {"Allow": _METHODS, "Access-Control-Allow-Methods": _METHODS}
            range_too = {
                "Access-Control-Allow-Headers": f"{PREFLIGHT['Access-Control-Allow-Headers']}, Range, If-Range"
            }
            await self._head_alone(exchange, 204, {**allowed, **PREFLIGHT, **range_too, **CORS})
            return "ok"
        if method not in ("GET", "HEAD"):
            detail = f"{method} is not taken here: use {_METHODS}"
            raise Problem("method-not-allowed", detail, headers={"Allow": _METHODS})
        ident, _, name = exchange.scope["path"].removeprefix("/dumps").removeprefix("/").partition("/")
        if not ident:
            await self._see(exchange, 303, "/releases", None)
            return "ok"
        if ident == _CURRENT:
            current = await to_thread.run_sync(self._releases.current)
            there = f"/dumps/{quote(current.id)}/{quote(name)}" if name else f"/releases/{quote(current.id)}"
            await self._see(exchange, 307 if name else 303, there, current)
            return "ok"
        release = await to_thread.run_sync(self._releases.find, ident)
        exchange.record.release = release.id
        if not name:
            await self._see(exchange, 303, f"/releases/{quote(release.id)}", release)
            return "ok"
        if release.id != ident:
            await self._see(exchange, 307, f"/dumps/{quote(release.id)}/{quote(name)}", release)
            return "ok"
        held = await to_thread.run_sync(held_by, release)
        found = next((dump for dump in held if dump.name == name), None)
        if found is None:
            names = ", ".join(dump.name for dump in held)
            raise Problem("not-found", f"release {release.id} has no dump '{name}': it has {names}")
        return await self._dump(exchange, release, found)

    async def _dump(self, exchange: Exchange, release: Release, dump: Dump) -> str:
        tag = f'"{dump.sha256}"'
        exchange.record.format = dump.media_type
        described = {
            "ETag": tag,
            "Cache-Control": _ASKED_ANEW,
            "Accept-Ranges": "bytes",
            "Repr-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(dump.sha256)).decode()}:",
            **revision_headers(release),
            **CORS,
            "Access-Control-Expose-Headers": f"{EXPOSED}, Accept-Ranges, Content-Range, Repr-Digest",
        }
        if matches(exchange.if_none_match, tag):
            await self._head_alone(exchange, 304, described)
            return "not-modified"
        headers = exchange.headers
        try:
            part = requested_range(headers.get("range"), headers.get("if-range"), tag, dump.size)
        except UnsatisfiableError as error:
            raise Problem(
                "range-not-satisfiable",
                f"{dump.name} has {dump.size} bytes, and none of them is in the range {headers.get('range')}",
                headers={"Content-Range": f"bytes */{dump.size}", "Accept-Ranges": "bytes"},
            ) from error
        start, end = part or (0, dump.size)
        described |= {
            "Content-Type": dump.content_type,
            "Content-Length": str(end - start),
            "X-Content-Type-Options": "nosniff",
        }
        if part is not None:
            described["Content-Range"] = f"bytes {start}-{end - 1}/{dump.size}"
        status = 206 if part is not None else 200
        if exchange.bodiless:
            await self._head_alone(exchange, status, described)
        elif dump.path is None:
            await exchange.start(status, raw(described))
            await exchange.body(dump.content[start:end])
        else:
            await _sent(exchange, status, described, dump.path, start, end)
        return "ok"

    async def _see(self, exchange: Exchange, status: int, address: str, release: Release | None) -> None:
        told = revision_headers(release) if release is not None else {}
        await self._head_alone(exchange, status, {"Location": address, "Cache-Control": "no-cache", **told, **CORS})

    async def _head_alone(self, exchange: Exchange, status: int, headers: dict[str, str]) -> None:
        if status in (303, 307):
            headers["Content-Length"] = "0"
        await exchange.start(status, raw(headers))
        await exchange.body(b"")


async def _sent(exchange: Exchange, status: int, headers: dict[str, str], path: Path, start: int, end: int) -> None:
    """Send a part of a file; opened before the answer begins, it is sent to its end even if the release is pruned."""
    try:
        file = await anyio.open_file(path, "rb")
    except FileNotFoundError as error:
        raise Problem("release-gone", "the release was removed at this moment") from error
    async with file:
        await file.seek(start)
        await exchange.start(status, raw(headers))
        left = end - start
        while left:
            chunk = await file.read(min(_CHUNK, left))
            if not chunk:
                raise BrokenAnswerError(f"{path} is shorter than its manifest says")
            left -= len(chunk)
            await exchange.body(chunk, more=left > 0)
        if end == start:
            await exchange.body(b"")

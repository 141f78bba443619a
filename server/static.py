"""`/static/`: style sheets and scripts. An address has the hash of its content, so it may be kept for ever."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from server.assets import served_asset
from server.codings import preferred_coding
from server.problems import Problem

__all__ = ["static"]


def static() -> APIRouter:
    """The route; what is sent is compared with what the client has where all pages are."""
    router = APIRouter()

    @router.api_route("/static/{file}", methods=["GET", "HEAD"], include_in_schema=False)
    async def content(request: Request, file: str) -> Response:
        found = served_asset(file)
        if found is None:
            raise Problem("not-found", f"{request.url.path} is none of the files of this version: load the page again")
        coding = preferred_coding(request.headers.get("accept-encoding"))
        headers = found.headers
        if coding is not None:
            headers["Content-Encoding"] = coding
            headers["ETag"] = f'{headers["ETag"][:-1]}-{coding}"'
        # Small is worth the time: it is packed once, and sent to everybody.
        return Response(await run_in_threadpool(found.packed, coding), headers=headers)

    return router

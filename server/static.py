"""`/static/`: style sheets and scripts. An address has the hash of its content, so it may be kept for ever."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from server.assets import served_asset
from server.problems import Problem

__all__ = ["static"]


def static() -> APIRouter:
    """The route; what is sent is compressed, and compared with what the client has, where all pages are."""
    router = APIRouter()

    @router.api_route("/static/{file}", methods=["GET", "HEAD"], include_in_schema=False)
    async def content(request: Request, file: str) -> Response:
        found = served_asset(file)
        if found is None:
            raise Problem("not-found", f"{request.url.path} is none of the files of this version: load the page again")
        return Response(found.content, headers=found.headers)

    return router

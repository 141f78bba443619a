"""`/static/`: style sheets and scripts. An address has the hash of its content, so it may be kept for ever."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from server.assets import asset_content
from server.problems import Problem

__all__ = ["static"]

_FOREVER = "public, max-age=31536000, immutable"


def static() -> APIRouter:
    """The route."""
    router = APIRouter()

    @router.api_route("/static/{address}", methods=["GET", "HEAD"], include_in_schema=False)
    async def content(request: Request, address: str) -> Response:
        found = asset_content(address)
        if found is None:
            raise Problem("not-found", f"{request.url.path} is none of the files of this version: load the page again")
        return Response(found[0], headers={"Content-Type": found[1], "Cache-Control": _FOREVER})

    return router

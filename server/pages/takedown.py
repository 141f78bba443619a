"""`/takedown`: what people can ask to be withheld or corrected, whom they ask, and what happens then."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from kg.release.naming import TRACKER
from server.site import Site

__all__ = ["routes"]


def routes(site: Site) -> APIRouter:
    """The route of the page."""
    router = APIRouter()

    @router.api_route("/takedown", methods=["GET", "HEAD"], include_in_schema=False)
    async def takedown(request: Request) -> Response:
        return await site.page(
            request, "takedown.html", title="Asking for something to be withheld or corrected", tracker=TRACKER
        )

    return router

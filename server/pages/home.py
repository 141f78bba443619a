"""`/`: where people begin."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from kg.formats import formats_for
from server.example import EXAMPLE, PLAIN_EXAMPLE
from server.site import Site

__all__ = ["routes"]


def routes(site: Site) -> APIRouter:
    """The route of the home page."""
    router = APIRouter()
    settings = site.settings

    @router.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
    async def home(request: Request) -> Response:
        release = await run_in_threadpool(site.served.get)
        return await site.page(
            request,
            "home.html",
            release,
            title="A SPARQL store" if settings.empty else "Crossings: a knowledge graph of border crossings",
            revision=release.revision,
            address_of_endpoint=f"{request.base_url}sparql",
            example=PLAIN_EXAMPLE if settings.empty else EXAMPLE,
            formats=[*formats_for("results"), *formats_for("graph")],
        )

    return router

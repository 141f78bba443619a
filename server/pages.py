"""The pages for people: plain HTML that is readable without style or script."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse

from kg.errors import CrossingsError
from kg.formats import formats_for
from server.engine import Engine
from server.example import EXAMPLE, PLAIN_EXAMPLE
from server.problems import problem_of
from server.release import ServedRelease
from server.replies import POLICY, templates
from server.settings import Settings

__all__ = ["pages"]


def pages(served: ServedRelease, settings: Settings, engine: Engine) -> APIRouter:
    """The routes of the pages.

    Args:
        served: The release to speak of.
        settings: The server's settings.
        engine: Of which `/health` tells the protections.
    """
    template = templates.get_template("home.html")
    router = APIRouter()

    @router.api_route(
        "/",
        methods=["GET", "HEAD"],
        include_in_schema=False,
        response_class=HTMLResponse,
    )
    async def home(request: Request) -> HTMLResponse:
        release = await run_in_threadpool(served.get)
        page = template.render(
            manifest=release.manifest,
            revision=release.revision,
            plain=settings.empty,
            address=f"{request.base_url}sparql",
            example=PLAIN_EXAMPLE if settings.empty else EXAMPLE,
            base=settings.base,
            formats=[*formats_for("results"), *formats_for("graph")],
        )
        return HTMLResponse(page, headers={"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"})

    @router.api_route(
        "/health",
        methods=["GET", "HEAD"],
        include_in_schema=False,
        summary="Whether queries are answered, and by which release",
    )
    async def health() -> JSONResponse:
        try:
            release = await run_in_threadpool(served.get)
        except CrossingsError as error:
            return JSONResponse({"status": "down", "reason": problem_of(error).detail}, 503)
        if not engine.pool.alive:
            return JSONResponse({"status": "down", "reason": "there is no worker to answer queries"}, 503)
        body: dict[str, object] = {
            "status": "ok" if served.failure is None else "stale",
            "release": release.id,
            "revision": release.revision,
            "quads": release.manifest.quads,
            "workers": engine.pool.alive,
            "protections": engine.pool.protections,
        }
        if served.failure is not None:
            body["reason"] = served.failure
        return JSONResponse(body, headers={"Cache-Control": "no-store"})

    return router

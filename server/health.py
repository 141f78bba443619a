"""`/health`: whether queries are answered, and by which release."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from kg.errors import CrossingsError
from server.problems import problem_of
from server.releases.served_release import ServedRelease
from server.workers.engine import Engine

__all__ = ["health"]


def health(served: ServedRelease, engine: Engine) -> APIRouter:
    """The route.

    Args:
        served: The release that is served.
        engine: Who answers, and with which protections.
    """
    router = APIRouter()

    @router.api_route(
        "/health",
        methods=["GET", "HEAD"],
        include_in_schema=False,
        summary="Whether queries are answered, and by which release",
    )
    async def told() -> JSONResponse:
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

"""`/.well-known/void`: the release described as a dataset (VoID, section 7.2; RFC 8615)."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from server.description import dataset_description
from server.engine import Engine
from server.replies import CORS, entity_tag, matches

__all__ = ["well_known"]


def well_known(engine: Engine) -> APIRouter:
    """The route.

    Args:
        engine: Says which release is described.
    """
    router = APIRouter()

    # Described by `server.openapi`, as the endpoints are: the framework cannot tell its formats.
    @router.api_route("/.well-known/void", methods=["GET", "HEAD"], include_in_schema=False)
    async def void(request: Request, format: str | None = None, release: str | None = None) -> Response:
        described = await engine.release(release or None)
        accept = ", ".join(request.headers.getlist("accept")) or None
        headers, body = await run_in_threadpool(dataset_description, described, accept, format or None)
        tag = entity_tag(described.id, "void", headers["Content-Type"])
        everyone = {"ETag": tag, "Vary": "Accept", "Cache-Control": "no-cache", "Crossings-Release": described.id}
        if matches(request.headers.get("if-none-match"), tag):
            return Response(status_code=304, headers={**everyone, **CORS})
        return Response(body, headers={**headers, **everyone, "X-Content-Type-Options": "nosniff", **CORS})

    return router

"""`/.well-known/void`: the release described as a dataset (VoID, section 7.2; RFC 8615)."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from server.description import dataset_description
from server.replies import CORS, accept_of, entity_tag, matches, options_response, revision_headers
from server.workers.engine import Engine

__all__ = ["well_known"]

_PATH = "/.well-known/void"
_METHODS = ("GET", "HEAD", "OPTIONS")


def well_known(engine: Engine) -> APIRouter:
    """The route.

    Args:
        engine: Says which release is described.
    """
    router = APIRouter()

    @router.api_route(_PATH, methods=list(_METHODS), include_in_schema=False)
    async def void(request: Request, format: str | None = None, release: str | None = None) -> Response:
        if request.method == "OPTIONS":
            return options_response(_METHODS)
        described = await engine.release(release or None)
        headers, body = await run_in_threadpool(
            dataset_description, described, accept_of(request.headers), format or None
        )
        tag = entity_tag(described.revision, "void", headers["Content-Type"])
        everyone = {"ETag": tag, "Vary": "Accept", "Cache-Control": "no-cache", **revision_headers(described)}
        if matches(request.headers.get("if-none-match"), tag):
            return Response(status_code=304, headers={**everyone, **CORS})
        return Response(body, headers={**headers, **everyone, "X-Content-Type-Options": "nosniff", **CORS})

    return router

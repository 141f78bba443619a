"""The application: routes, and problems for whatever goes wrong. Nothing happens at import."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.errors import CrossingsError
from kg.release import Home
from server.engine import Engine, ThreadEngine
from server.pages import pages
from server.problems import Problem, problem_of
from server.release import ServedRelease
from server.settings import Settings
from server.sparql import METHODS, SparqlEndpoint

__all__ = ["create_app"]

_STATUS = {404: "not-found", 405: "method-not-allowed"}


def create_app(settings: Settings, engine: Engine | None = None) -> FastAPI:
    """Make the application; the release is opened by the first request that needs it.

    Args:
        settings: How it runs.
        engine: Who answers queries; absent, threads of this process.
    """
    served = ServedRelease(Home(settings.home))
    answering = engine or ThreadEngine(served, settings.threads)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        await answering.close()

    # FastAPI's own pages of documentation load scripts from another host.
    app = FastAPI(title="Crossings", lifespan=lifespan, docs_url=None, redoc_url=None)
    endpoint = SparqlEndpoint(answering, settings.max_request_bytes)
    app.router.routes.append(Route("/sparql", endpoint, methods=list(METHODS), name="sparql"))
    app.include_router(pages(served, settings))
    app.add_exception_handler(HTTPException, _http_problem)
    app.add_exception_handler(CrossingsError, _library_problem)
    app.add_exception_handler(Exception, _unexpected)
    return app


async def _http_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    detail = f"{request.method} {request.url.path}: {error.detail}"
    return Problem(_STATUS.get(error.status_code, "malformed-request"), detail, headers=headers).response()


async def _library_problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, CrossingsError)
    return problem_of(error).response()


async def _unexpected(_request: Request, _error: Exception) -> Response:
    """What nobody expected: Starlette raises it again after this answer, and uvicorn logs it with its trace."""
    return Problem("server-error", "an error of ours, which was logged").response()

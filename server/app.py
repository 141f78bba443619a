"""The application: endpoints, pages, and problems for whatever goes wrong. Nothing happens at import."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import CrossingsError
from kg.release import Home, Release
from kg.sources import is_behind
from kg.tokens import Tokens
from server.cache import AnswerCache
from server.context import Context
from server.graph_store import DirectGraphEndpoint, GraphStoreEndpoint
from server.health import health
from server.kept import forget_all
from server.mcp.endpoint import McpEndpoint
from server.mcp.origins import Origins
from server.metrics import METRICS_TYPE, Metrics
from server.openapi_document import completed
from server.page_answers import PageAnswers
from server.pages import pages
from server.problems import Problem, problem_of
from server.questions.endpoint import QuestionEndpoint
from server.releases.dump_files import DumpsEndpoint
from server.releases.served_release import ServedRelease, is_before
from server.releases.served_releases import ServedReleases
from server.replies import problem_response
from server.request_log import RequestLog
from server.settings import Settings
from server.site import Site
from server.sparql import SparqlEndpoint
from server.static import static
from server.validation import ValidateEndpoint
from server.well_known import well_known
from server.workers.engine import Engine
from server.writing.contributions import ArticlesEndpoint, CurationEndpoint
from server.writing.gate import Writing
from server.writing.process import Writer
from server.writing.update import UpdateEndpoint
from server.writing.wire import WriterSettings

__all__ = ["Application", "create_app"]

_STATUS = {404: "not-found", 405: "method-not-allowed"}


class Application:
    """The ASGI application: the endpoints stand before the framework, whose way is longer than many a query's.

    Args:
        framework: Takes the server's beginning and end.
        pages: Answers what is no endpoint.
        endpoints: What answers at a path.
        below: What answers below a path, by how that begins.
    """

    def __init__(
        self, framework: FastAPI, pages: ASGIApp, endpoints: dict[str, ASGIApp], below: dict[str, ASGIApp]
    ) -> None:
        self.framework = framework
        self._pages = pages
        self._endpoints = endpoints
        self._below = below
        self.failure: CrossingsError | None = None
        """Why the server could not begin, in words for who started it."""

    @property
    def paths(self) -> list[str]:
        """Where the endpoints are that stand before the framework."""
        return sorted(self._endpoints)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or begin and end with the server."""
        if scope["type"] == "http":
            path = scope["path"]
            endpoint = self._endpoints.get(path)
            if endpoint is None:
                endpoint = next((app for start, app in self._below.items() if path.startswith(start)), None)
            await (endpoint or self._pages)(scope, receive, send)
            return
        await self.framework(scope, receive, self._without_trace(send) if scope["type"] == "lifespan" else send)

    def _without_trace(self, send: Send) -> Send:
        async def sent(message: Message) -> None:
            known = self.failure is not None and message["type"] == "lifespan.startup.failed"
            await send({**message, "message": ""} if known else message)

        return sent


def create_app(settings: Settings) -> Application:
    """Make the application; workers are started when the server begins.

    Args:
        settings: How it runs.
    """
    limits = settings.limits
    metrics = Metrics()
    loop: list[asyncio.AbstractEventLoop] = []

    def changed(release: Release) -> None:
        if loop:
            loop[0].call_soon_threadsafe(engine.pool.follow, str(release.path))

    def reissued(release: Release) -> None:
        """Forget all that may hold what is withheld now; whoever asked is answered after that."""

        def forget() -> None:
            cache.clear()
            forget_all()
            engine.pool.renew(lambda directory: is_before(directory, release))
            starting.append(asyncio.create_task(writer.renew()))

        if loop:
            loop[0].call_soon_threadsafe(forget)

    def behind(release: Release) -> bool:
        lacks = not plain and is_behind(home, release)
        if lacks and loop:
            asyncio.run_coroutine_threadsafe(writer.ready(), loop[0])
        return lacks

    home = Home(settings.home)
    plain = settings.empty
    served = ServedRelease(home, changed, on_reissue=reissued, plain=plain, behind=behind)
    engine = Engine(served, limits, settings.service_hosts, metrics.events, plain=plain, shapes=settings.shape_files)
    cache = AnswerCache(limits.cache, limits.cached_answer)
    metrics.watch(engine, cache)
    log = RequestLog(settings.log_directory, limits.log_days, limits.slow)
    context = Context(engine, cache, limits, metrics, log, federated=bool(settings.service_hosts), plain=plain)
    tokens = Tokens(home)
    writer = _writer(settings, metrics)
    starting: list[asyncio.Task[None]] = []
    assistants = McpEndpoint(context, Origins.of(settings)) if settings.mcp and not plain else None

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        loop.append(asyncio.get_running_loop())
        try:
            first = await engine.release(None)
            if not plain and first.manifest.revision == 0 and is_behind(home, first):
                # What was acknowledged before this server began is served from the first answer on.
                await writer.ready()
                first = await engine.release(None)
            engine.pool.follow(str(first.path))
            await engine.start()
            if tokens.any():
                # Whoever writes first need not wait for it; a writer that cannot start is told to who writes.
                starting.append(asyncio.create_task(writer.ready()))
        except CrossingsError as error:
            application.failure = error
            raise
        try:
            yield
        finally:
            loop.clear()
            if assistants is not None:
                await assistants.close()
            await writer.close()
            await engine.close()
            log.close()

    # FastAPI's own pages of documentation load scripts from another host.
    app = FastAPI(title="Crossings", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.include_router(health(served, engine))
    app.include_router(static())
    app.include_router(pages(Site(context, settings, served)))
    if not plain:
        app.include_router(well_known(engine))

    @app.api_route("/metrics", methods=["GET", "HEAD"], include_in_schema=False)
    async def metrics_page() -> Response:
        return Response(metrics.text(), headers={"Cache-Control": "no-store", "Content-Type": METRICS_TYPE})

    app.add_exception_handler(HTTPException, _http_problem)
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(CrossingsError, _library_problem)
    app.add_exception_handler(Exception, _unexpected)
    described = app.openapi

    def openapi() -> dict[str, Any]:
        return completed(described(), limits, plain=plain)

    app.openapi = openapi  # type: ignore[method-assign]  # as the framework's documentation has it
    writing = Writing(tokens, writer, limits, "admin" if plain else "curate")
    endpoints: dict[str, ASGIApp] = {
        "/sparql": SparqlEndpoint(context),
        "/store": GraphStoreEndpoint(context, writing),
        "/update": UpdateEndpoint(context, writing),
        "/validate": ValidateEndpoint(context),
    }
    if not plain:
        endpoints["/articles"] = ArticlesEndpoint(context, writing)
        endpoints["/curation"] = CurationEndpoint(context, writing)
    if assistants is not None:
        endpoints["/mcp"] = assistants
    # In a plain store the graphs of the Graph Store Protocol lie below the store; ours have addresses of their own.
    below: dict[str, ASGIApp] = {"/store/" if plain else "/graph/": DirectGraphEndpoint(context, writing)}
    pages_kept = PageAnswers(app, context)
    if not plain:
        endpoints["/dumps"] = below["/dumps/"] = DumpsEndpoint(context, ServedReleases(served))
        below["/queries/"] = QuestionEndpoint(context, pages_kept)
    application = Application(app, pages_kept, endpoints, below)
    return application


def _writer(settings: Settings, metrics: Metrics) -> Writer:
    limits = settings.limits
    made = WriterSettings(
        home=str(settings.home.resolve()),
        mode="plain" if settings.empty else "graph",
        memory=limits.write_memory,
        nesting=limits.nesting,
        gate=settings.shapes != "none",
        shapes=settings.shape_files,
    )
    return Writer(made, limits, metrics.writer_ended)


async def _http_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = f"{request.method} {request.url.path}: {error.detail}"
    name = _STATUS.get(error.status_code, "malformed-request")
    return problem_response(Problem(name, detail, headers=dict(error.headers or {})), request.headers.get("accept"))


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return problem_response(error, request.headers.get("accept"))


async def _library_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, CrossingsError)
    return problem_response(problem_of(error), request.headers.get("accept"))


async def _unexpected(request: Request, _error: Exception) -> Response:
    """What nobody expected: Starlette raises it again after this answer, and uvicorn logs it with its trace."""
    problem = Problem("server-error", "an error of ours, which was logged")
    return problem_response(problem, request.headers.get("accept"))

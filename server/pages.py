"""The pages for people: plain HTML that is readable without style or script."""

from __future__ import annotations

from fastapi import APIRouter, Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse

from kg.errors import CrossingsError
from kg.formats import formats_for
from kg.release import Release
from server.problems import problem_of
from server.release import ServedRelease
from server.settings import Settings

__all__ = ["EXAMPLE", "pages"]

#: A query that has an answer in every release that holds an incident.
EXAMPLE = """SELECT ?incident ?label ?from ?to
WHERE {
  ?incident a cx:Incident ; skos:prefLabel ?label .
  OPTIONAL { ?incident cx:dateEarliest ?from ; cx:dateLatest ?to }
}
ORDER BY ?from ?incident
LIMIT 20
"""

#: Nothing is loaded from anywhere, and forms go to this server alone.
_POLICY = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def pages(served: ServedRelease, settings: Settings) -> APIRouter:
    """The routes of the pages.

    Args:
        served: The release to speak of.
        settings: The server's settings.
    """
    templates = Environment(loader=PackageLoader("server"), autoescape=True, undefined=StrictUndefined)
    template = templates.get_template("home.html")
    router = APIRouter()

    def current() -> Release:
        return served.get().release

    @router.api_route(
        "/",
        methods=["GET", "HEAD"],
        response_class=HTMLResponse,
        summary="What this is, what it holds, and a form to ask it",
    )
    async def home(request: Request) -> HTMLResponse:
        release = await run_in_threadpool(current)
        page = template.render(
            manifest=release.manifest,
            address=str(request.url_for("sparql")),
            example=EXAMPLE,
            base=settings.base,
            formats=[*formats_for("results"), *formats_for("graph")],
        )
        return HTMLResponse(page, headers={"Content-Security-Policy": _POLICY, "X-Content-Type-Options": "nosniff"})

    @router.api_route("/health", methods=["GET", "HEAD"], summary="Whether queries are answered, and by which release")
    async def health() -> JSONResponse:
        try:
            release = await run_in_threadpool(current)
        except CrossingsError as error:
            return JSONResponse({"status": "down", "reason": problem_of(error).detail}, 503)
        body: dict[str, object] = {
            "status": "ok" if served.failure is None else "stale",
            "release": release.id,
            "quads": release.manifest.quads,
        }
        if served.failure is not None:
            body["reason"] = served.failure
        return JSONResponse(body, headers={"Cache-Control": "no-store"})

    return router

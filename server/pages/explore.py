"""`/explore`: the incidents by facets, as a table, a map, a timeline or a chart, as CSV, and as the query it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from kg.csv_table import csv_table
from kg.errors import UsageError
from kg.release import Release
from kg.summary.explore import PAGE
from kg.summary.opening import open_summary
from kg.summary.sparql import sparql_of
from kg.summary.state import SORTS, VIEWS, State, read_state
from server.explore.time import bar_of
from server.explore.view import ExploreView, explore_view
from server.problems import Problem
from server.query_csv import csv_asked
from server.replies import CORS, revision_headers
from server.site import Site
from server.templating import address

__all__ = ["routes"]

_COLUMNS = (
    *("incident", "label", "date", "earliest", "latest", "precision", "kind", "front", "defection", "persons"),
    *("articles", "conflicts", "places", "routes", "who crossed"),
)

#: The comments by which the query page shows the same form; its chart is of numbers in rows, which these are not.
_SHOWN_AS = {"map": "#view:map\n", "timeline": "#view:timeline ?earliest ?latest\n"}


def routes(site: Site) -> APIRouter:
    """The route of the page."""
    router = APIRouter()

    @router.api_route("/explore", methods=["GET", "HEAD"], include_in_schema=False)
    async def explore(request: Request) -> Response:
        given = request.query_params
        try:
            state = read_state(given.multi_items())
        except UsageError as error:
            raise Problem("malformed-request", str(error)) from error
        as_csv = csv_asked(request)
        release = await site.release(request)
        if as_csv:
            return await run_in_threadpool(_download, release, state.but(view="map"))
        view = await run_in_threadpool(_view, release.path, state)
        pinned = given.get("release") or None
        return await site.page(
            request,
            "explore.html",
            release,
            title="Explore the incidents",
            view=view,
            state=state,
            sorts=SORTS,
            views=VIEWS,
            link=_links(pinned),
            bars=[(row, bar_of(row, view.axis)) for row in view.rows] if view.axis is not None else [],
            query=_query(view, release),
            download=address_of(state.but(view="table"), pinned, format="csv"),
        )

    return router


def _view(directory: Path, state: State) -> ExploreView:
    with open_summary(directory) as connection:
        return explore_view(connection, state)


def address_of(state: State, pinned: str | None, **more: str) -> str:
    """The address of a state.

    Args:
        state: The state.
        pinned: The release that the page is pinned to.
        more: Further parameters.
    """
    parameters = [*state.parameters, *([("release", pinned)] if pinned else []), *more.items()]
    return f"/explore?{urlencode(parameters)}" if parameters else "/explore"


def _links(pinned: str | None) -> Callable[[State], str]:
    return lambda state: address_of(state, pinned)


def _query(view: ExploreView, release: Release) -> str:
    """The address of the state as a query; a snapshot has no id of its own, so its query is of what is served."""
    paged = view.pages > 1
    text = sparql_of(view.state, PAGE if paged else None, (view.state.page - 1) * PAGE if paged else 0)
    text = _SHOWN_AS.get(view.state.view, "") + text
    return address("/query", query=text, release=release.id if release.revision == release.id else None)


def _download(release: Release, state: State) -> Response:
    view = _view(release.path, state)
    names = view.names

    def named(*iris: str | None) -> str:
        return "; ".join(names.of(iri).text for iri in iris if iri is not None)

    body = csv_table(
        _COLUMNS,
        (
            (
                *(row.incident, row.label, row.date, row.earliest, row.latest, named(row.precision), named(row.type)),
                *(named(row.front), named(row.status), row.persons, row.articles, row.conflicts),
                *(named(*row.places), named(*row.routes), named(*row.actors)),
            )
            for row in view.rows
        ),
    )
    headers = {
        "Content-Disposition": 'attachment; filename="incidents.csv"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-cache",
        **revision_headers(release),
        **CORS,
    }
    return Response(body, 200, headers, media_type="text/csv; charset=utf-8")

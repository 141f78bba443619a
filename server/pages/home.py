"""`/`: what this is, what is in it now, and where to begin; of a plain store, what it is and where to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from kg.formats import formats_for
from kg.questions import Question, questions
from kg.release import Release
from kg.release.dumps import Dump
from kg.summary.explore import Row, result_rows
from kg.summary.lookups import arrivals_of, articles_of, classes_of, shapes_of, terms_of
from kg.summary.opening import open_summary
from kg.summary.state import State
from server.example import PLAIN_EXAMPLE
from server.explore.arrivals_chart import ArrivalsChart, arrivals_chart
from server.explore.map import Map, map_of
from server.explore.view import Names
from server.releases.citing import citation, dataset_jsonld
from server.releases.dump_files import held_by
from server.site import Site

__all__ = ["routes"]

#: The questions to begin with, of those in `queries/`.
_BEGIN = ("incidents-by-year-and-front", "disagreements", "hedged-and-denied")
#: How many incidents are shown as the newest.
_NEWEST = 5


@dataclass(frozen=True)
class _Home:
    """What the page shows of a release."""

    classes: dict[str, int]
    newest: list[Row]
    map: Map | None
    chart: ArrivalsChart | None
    names: Names


def routes(site: Site) -> APIRouter:
    """The route of the home page."""
    router = APIRouter()
    begin: list[Question] = [] if site.settings.empty else [found for found in questions() if found.name in _BEGIN]

    async def plain(request: Request) -> Response:
        release = await run_in_threadpool(site.served.get)
        return await site.page(
            request,
            "plain.html",
            release,
            title="A SPARQL store",
            revision=release.revision,
            address_of_endpoint=f"{request.base_url}sparql",
            example=PLAIN_EXAMPLE,
            formats=[*formats_for("results"), *formats_for("graph")],
        )

    async def graph(request: Request) -> Response:
        release = await site.release(request)
        return await site.page(
            request,
            "home.html",
            release,
            title="Crossings: a knowledge graph of border crossings",
            home=await run_in_threadpool(_home, release.path),
            questions=begin,
            address_of_endpoint=f"{request.base_url}sparql",
            citation=citation(release),
            jsonld=dataset_jsonld(release, str(request.base_url), await run_in_threadpool(_dumps, site, release)),
        )

    answer = plain if site.settings.empty else graph
    router.add_api_route("/", answer, methods=["GET", "HEAD"], include_in_schema=False)
    return router


def _dumps(site: Site, release: Release) -> Sequence[Dump]:
    """The dumps of a release; of what was written since, those of the release that it was written to."""
    base = Release(site.served.home.releases_path / release.id)
    return held_by(base) if base.path.is_dir() else ()


def _home(directory: Path) -> _Home:
    with open_summary(directory) as connection:
        terms = terms_of(connection)
        rows = result_rows(connection, State())
        return _Home(
            classes=classes_of(connection),
            newest=rows[:_NEWEST],
            map=map_of(rows, shapes_of(connection), terms, numbered=False),
            chart=arrivals_chart(arrivals_of(connection)),
            names=Names(terms, articles_of(connection)),
        )

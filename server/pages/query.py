"""`/query`: a query, its answer as a table, and what the editor of the page's script needs.

The page is whole without a script: the form asks by GET, so that its address is the permalink; the first rows are shown
here, with labels and links, and an error with its line. The script takes over the same rows.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from kg.errors import UsageError
from kg.namespaces import PREFIXES
from kg.query_text import QueryText
from kg.questions import question as question_named
from kg.questions import questions
from kg.release import Release
from server.budget import peer_of
from server.example import EXAMPLE
from server.first_rows import FirstRows, first_rows, iris_of
from server.labels import Labels, read_entity_labels
from server.problems import Problem
from server.query_terms import query_terms
from server.replies import CORS, entity_tag, revision_headers
from server.site import Site
from server.workers.engine import ClientGoneError, EngineRequest

__all__ = ["MOST", "routes"]

#: How many rows the page itself shows.
MOST = 100
#: A client that has gone gets no answer; the log has this status (as nginx has it).
_GONE = 499


def routes(site: Site) -> APIRouter:
    """The routes of the page; a store of no project has none."""
    router = APIRouter()
    if site.settings.empty:
        return router

    @router.api_route("/query", methods=["GET", "HEAD"], include_in_schema=False)
    async def query(request: Request) -> Response:
        release = await site.release(request)
        text = _asked(request)
        rows: FirstRows | None = None
        problem: Problem | None = None
        labels = Labels({})
        if text is not None:
            try:
                rows, labels = await _answered(site, request, release, text)
            except Problem as caught:
                problem = caught
            except ClientGoneError:
                return Response(status_code=_GONE)
        response = await site.page(
            request,
            "query.html",
            release,
            title="Query",
            status=problem.kind.status if problem is not None else 200,
            headers=problem.headers if problem is not None else None,
            text=text if text is not None else EXAMPLE,
            asked=text is not None,
            rows=rows,
            most=MOST,
            labels=labels,
            problem=problem,
            questions=questions(),
            given=_given(release, rows, labels, problem),
        )
        if problem is not None or (text is not None and QueryText(text).volatile):
            # It may be another one the next time.
            response.headers["Cache-Control"] = "no-store"
            del response.headers["ETag"]
        return response

    @router.api_route("/query/terms.json", methods=["GET", "HEAD"], include_in_schema=False)
    async def terms(request: Request) -> Response:
        release = await site.release(request)
        told = await query_terms(site.queries(request, release))
        headers = {
            "Cache-Control": "no-cache",
            "ETag": entity_tag(release.revision, "query terms", told),
            "Vary": "Accept-Encoding",
            **revision_headers(release),
            **CORS,
        }
        return JSONResponse(told, headers=headers)

    return router


def _asked(request: Request) -> str | None:
    """The query of the request, or that of the question that it names.

    Raises:
        Problem: There is no such question.
    """
    text = request.query_params.get("query")
    name = request.query_params.get("question")
    if text is not None or name is None:
        return text.replace("\r\n", "\n") if text is not None and text.strip() else None
    try:
        return question_named(name).explained
    except UsageError as error:
        raise Problem("not-found", f"there is no question '{name}': the page /query lists those there are") from error


async def _answered(site: Site, request: Request, release: Release, text: str) -> tuple[FirstRows, Labels]:
    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    asked = EngineRequest(release=release, client=peer_of(request.scope), query=text)
    rows = await first_rows(site.context.engine, asked, MOST, gone)
    iris = iris_of(rows.rows)
    if not iris:
        return rows, Labels({})
    queries = site.queries(request, release)
    labels = await site.labels(queries)
    unnamed = [iri for iri in iris if iri not in labels]
    return rows, labels.and_of(await read_entity_labels(queries, unnamed))


def _given(release: Release, rows: FirstRows | None, labels: Labels, problem: Problem | None) -> dict[str, Any]:
    """What the script takes over: the answer, where it is whole, or the problem; and which release it is of."""
    given: dict[str, Any] = {"release": release.id, "prefixes": PREFIXES}
    if problem is not None:
        given["problem"] = problem.document
    if rows is not None and not rows.more:
        named = {iri: labels.of(iri) for iri in iris_of(rows.rows) if iri in labels}
        given["answer"] = rows.document
        given["seconds"] = round(rows.seconds, 4)
        given["hint"] = rows.hint
        given["labels"] = {iri: [label.text, label.korean] for iri, label in named.items()}
    return given

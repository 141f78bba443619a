"""What a page lists as CSV for spreadsheets: the query that it shows, its cells guarded, within the same limits."""

from __future__ import annotations

from fastapi import Request
from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from kg.answer_csv import answer_csv
from kg.release import Release
from server.problems import Problem
from server.replies import data_response, entity_tag, hint_header, revision_headers
from server.site import Site

__all__ = ["csv_asked", "query_csv"]


def csv_asked(request: Request) -> bool:
    """Whether a page is asked for as CSV.

    Raises:
        Problem: It is asked for as something else than a page or CSV.
    """
    form = request.query_params.get("format") or "html"
    if form not in ("html", "csv"):
        raise Problem("malformed-request", f"the parameter format is '{form[:60]}': give csv, or leave it out")
    return form == "csv"


async def query_csv(site: Site, request: Request, release: Release, query: str, name: str) -> Response:
    """The answer of a query as CSV in which no cell runs as a formula.

    Args:
        site: What pages share.
        request: The request.
        release: What is asked.
        query: A SELECT query.
        name: What a browser saves it as, without the ending.

    Raises:
        Problem: There is no answer, or it is longer than the limit `table_bytes`.
    """
    answer = await site.queries(request, release).answer(query, "json", most=site.context.limits.table_bytes)
    body = await run_in_threadpool(_written, answer.content)
    return data_response(
        body,
        "text/csv; charset=utf-8",
        entity_tag(release.revision, query, "csv"),
        {
            "Content-Disposition": f'attachment; filename="{name}.csv"',
            **hint_header(answer.hint),
            **revision_headers(release),
        },
    )


def _written(answer: bytes) -> bytes:
    found = parse_query_results(answer, format=QueryResultsFormat.JSON)
    assert isinstance(found, QuerySolutions)
    return answer_csv([variable.value for variable in found.variables], map(tuple, found))

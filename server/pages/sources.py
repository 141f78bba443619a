"""`/sources`: every article and digest, what was read from it, on what it rests, what rests on it alone; and as CSV."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from server.kept import Kept
from server.listing import Paging
from server.query_csv import csv_asked, query_csv
from server.site import Site
from server.templating import address
from server.views.sources import SORTS, Table, read_table

__all__ = ["PAGE", "routes"]

#: How many sources stand on a page.
PAGE = 25
#: How many cited sources are listed, the most frequent ones.
CITED = 25

_QUERY = """# Every article and digest, and how many incidents it tells of
SELECT ?article ?kind ?title ?publisher ?published (COUNT(DISTINCT ?incident) AS ?incidents) WHERE {
  VALUES ?kind { cx:Article cx:Digest }
  GRAPH ?graph {
    ?article a ?kind .
    OPTIONAL { ?article dcterms:title ?title }
    OPTIONAL { ?article dcterms:publisher ?publisher }
    OPTIONAL { ?article dcterms:issued ?published }
  }
  OPTIONAL { ?incident a cx:Incident ; cx:reportedIn ?article }
}
GROUP BY ?article ?kind ?title ?publisher ?published
ORDER BY DESC(?published) ?title"""
_HEADINGS = (
    ("title", "Text"),
    ("date", "Published"),
    (None, "Rests on"),
    ("incidents", "Incidents"),
    ("statistics", "Statistics"),
    ("claims", "Claims"),
    ("alone", "On it alone"),
)


def routes(site: Site) -> APIRouter:
    """The route of the page."""
    router = APIRouter()
    kept = Kept[Table]()

    @router.api_route("/sources", methods=["GET", "HEAD"], include_in_schema=False)
    async def sources(request: Request) -> Response:
        asked = request.query_params
        as_csv = csv_asked(request)
        release = await site.release(request)
        if as_csv:
            return await query_csv(site, request, release, _QUERY, "sources")
        queries = site.queries(request, release)
        found = await kept.of(release.revision, lambda: read_table(queries))
        labels = await site.labels(queries)
        by = asked.get("sort") if asked.get("sort") in SORTS else "date"
        assert by is not None  # it is a key of SORTS
        descending = {"asc": False, "desc": True}.get(asked.get("order", ""), SORTS[by][1])
        publisher, nameless = asked.get("publisher") or None, bool(asked.get("unstated"))
        listed = [
            source
            for source in found.ordered(by, descending)
            if (source.publisher is None if nameless else publisher in (None, source.publisher))
        ]
        paging = Paging.of(asked.get("page"), len(listed), PAGE)
        pinned = asked.get("release") or None

        def there(sort: str = by, order: bool = descending, page: int = 1) -> str:
            return address(
                "/sources",
                publisher=None if nameless else publisher,
                unstated="1" if nameless else None,
                sort=None if sort == "date" else sort,
                order=None if order == SORTS[sort][1] else ("desc" if order else "asc"),
                page=str(page) if page > 1 else None,
                release=pinned,
            )

        headings = [
            (words, there(key, not descending if key == by else SORTS[key][1]) if key else None, key == by, key)
            for key, words in _HEADINGS
        ]
        return await site.page(
            request,
            "sources.html",
            release,
            title="Sources",
            table=found,
            labels=labels,
            listed=listed[paging.offset : paging.offset + PAGE],
            headings=headings,
            descending=descending,
            publisher=None if nameless else publisher,
            nameless=nameless,
            cited=found.cited()[:CITED],
            paging=paging,
            links=paging.links(lambda number: there(page=number)),
            query=_QUERY,
            download=address("/sources", format="csv", release=pinned),
        )

    return router

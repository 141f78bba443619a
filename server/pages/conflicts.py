"""`/conflicts`: where sources disagree, who says which value, and the rule that chose or that none did; and as CSV."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence

from fastapi import APIRouter, Request
from starlette.responses import Response

from kg.namespaces import curie
from server.kept import Kept
from server.listing import Paging
from server.query_csv import csv_asked, query_csv
from server.site import Site
from server.templating import address
from server.views.conflicts import UNDECIDED, Listed, read_conflicts, read_list, rules

__all__ = ["PAGE", "routes"]

#: How many disagreements stand on a page.
PAGE = 10

_QUERY = """# Where sources disagree{which}
SELECT ?subject ?label ?property ?value ?chosen ?rule WHERE {{
  ?conflict a cx:Conflict ; cx:onSubject ?subject ; cx:onProperty ?property ; cx:resolutionRule ?rule .{filters}
  ?conflict cx:preferredValue|cx:otherValue ?value .
  OPTIONAL {{ ?conflict cx:preferredValue ?preferred }}
  OPTIONAL {{ ?subject skos:prefLabel ?label }}
  BIND (COALESCE(?value = ?preferred, false) AS ?chosen)
}}
ORDER BY ?label ?property DESC(?chosen) ?value"""


def routes(site: Site) -> APIRouter:
    """The route of the page."""
    router = APIRouter()
    kept = Kept[list[Listed]]()

    @router.api_route("/conflicts", methods=["GET", "HEAD"], include_in_schema=False)
    async def conflicts(request: Request) -> Response:
        asked = request.query_params
        as_csv = csv_asked(request)
        release = await site.release(request)
        queries = site.queries(request, release)
        labels, found, chosen_by = await asyncio.gather(
            site.labels(queries), kept.of(release.revision, lambda: read_list(queries)), rules(queries)
        )
        on, rule, undecided = asked.get("property") or None, asked.get("rule") or None, bool(asked.get("undecided"))
        listed = [
            one for one in found if _is(on, one.on) and (one.rule == UNDECIDED if undecided else _is(rule, one.rule))
        ]
        query = _as_query(listed if on or rule or undecided else None)
        if as_csv:
            return await query_csv(site, request, release, query, "conflicts")
        paging = Paging.of(asked.get("page"), len(listed), PAGE)
        shown = await read_conflicts(queries, labels, listed[paging.offset : paging.offset + PAGE])
        pinned = asked.get("release") or None

        def there(page: int | None, format: str | None = None) -> str:
            return address(
                "/conflicts",
                property=on,
                rule=None if undecided else rule,
                undecided="1" if undecided else None,
                page=str(page) if page is not None and page > 1 else None,
                format=format,
                release=pinned,
            )

        return await site.page(
            request,
            "conflicts.html",
            release,
            title="Where the sources disagree",
            conflicts=shown,
            rules=chosen_by,
            labels=labels,
            total=len(found),
            open=sum(one.rule == UNDECIDED for one in found),
            properties=_options(one.on for one in found),
            choices=_options(one.rule for one in found if one.rule != UNDECIDED),
            asked=(on, rule, undecided),
            filtered=bool(on or rule or undecided),
            paging=paging,
            links=paging.links(there),
            query=query,
            download=there(None, "csv"),
            short=_short,
        )

    return router


def _short(iri: str) -> str:
    """What an address calls a property or a rule: the end of its IRI.

    >>> _short("https://w3id.org/crossings/ontology#front")
    'front'
    """
    return curie(iri).partition(":")[2]


def _is(asked: str | None, iri: str) -> bool:
    return asked is None or asked in (iri, curie(iri), _short(iri))


def _options(values: Iterable[str]) -> list[tuple[str, int]]:
    """The values of a filter with their counts, the most frequent first."""
    return sorted(Counter(values).items(), key=lambda item: (-item[1], item[0]))


def _as_query(listed: Sequence[Listed] | None) -> str:
    """What the page lists as one query; None where nothing is filtered."""
    if listed is None:
        return _QUERY.format(which="", filters="")
    wanted = {"property": {one.on for one in listed}, "rule": {one.rule for one in listed}}
    lines = [f"\n  VALUES ?{name} {{ {' '.join(sorted(map(curie, iris)))} }}" for name, iris in wanted.items()]
    return _QUERY.format(which=", as filtered", filters="".join(lines))

"""`/conflicts`: where sources disagree, each value with who says it, and the rule that chose or that none did."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from fastapi import APIRouter, Request
from starlette.responses import Response

from kg.namespaces import curie
from server.conflicts_view import UNDECIDED, Facet, facets, read_conflicts, rules
from server.listing import Paging
from server.site import Site
from server.templating import address

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

    @router.api_route("/conflicts", methods=["GET", "HEAD"], include_in_schema=False)
    async def conflicts(request: Request) -> Response:
        asked = request.query_params
        release = await site.release(request)
        queries = site.queries(request, release)
        labels, found, chosen_by = await asyncio.gather(site.labels(queries), facets(queries), rules(queries))
        on, rule, undecided = asked.get("property") or None, asked.get("rule") or None, bool(asked.get("undecided"))
        kept = [f for f in found if _is(on, f.property) and (f.rule == UNDECIDED if undecided else _is(rule, f.rule))]
        paging = Paging.of(asked.get("page"), sum(f.count for f in kept), PAGE)
        shown = await read_conflicts(queries, labels, _each(kept, "property"), _each(kept, "rule"), PAGE, paging.offset)
        pinned = asked.get("release") or None

        def there(page: int | None) -> str:
            return address(
                "/conflicts",
                property=on,
                rule=None if undecided else rule,
                undecided="1" if undecided else None,
                page=str(page) if page is not None and page > 1 else None,
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
            total=sum(f.count for f in found),
            open=sum(f.count for f in found if f.rule == UNDECIDED),
            properties=_options(found, "property"),
            choices=[(iri, n) for iri, n in _options(found, "rule") if iri != UNDECIDED],
            asked=(on, rule, undecided),
            filtered=bool(on or rule or undecided),
            paging=paging,
            links=paging.links(there),
            query=_as_query(kept if on or rule or undecided else None),
            short=_short,
        )

    return router


def _short(iri: str) -> str:
    """What an address calls a property or a rule: the end of its IRI.

    >>> _short(expand("cx:front")), _short(expand("rule:quoted-official"))
    ('front', 'quoted-official')
    """
    return curie(iri).partition(":")[2]


def _is(asked: str | None, iri: str) -> bool:
    return asked is None or asked in (iri, curie(iri), _short(iri))


def _each(kept: Sequence[Facet], name: str) -> list[str]:
    return sorted({getattr(facet, name) for facet in kept})


def _options(found: Sequence[Facet], name: str) -> list[tuple[str, int]]:
    """The values of a filter with their counts, the most frequent first."""
    counts: dict[str, int] = {}
    for facet in found:
        counts[getattr(facet, name)] = counts.get(getattr(facet, name), 0) + facet.count
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _as_query(kept: Sequence[Facet] | None) -> str:
    """What the page lists as one query; `kept` is None where nothing is filtered."""
    if kept is None:
        return _QUERY.format(which="", filters="")
    lines = [
        f"\n  VALUES ?{name} {{ {' '.join(curie(iri) for iri in _each(kept, name))} }}" for name in ("property", "rule")
    ]
    return _QUERY.format(which=", as filtered", filters="".join(lines))

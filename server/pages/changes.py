"""`/releases/{a}..{b}`: what changed from one release to another, for people, as JSON, and as a patch for mirrors.

`/changes` leads there.
"""

from __future__ import annotations

from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from kg.release.shown import shown_term
from server.budget import peer_of
from server.negotiation import HTML, chosen_name
from server.problems import Problem
from server.releases.comparing import Comparing
from server.releases.served_releases import ServedReleases
from server.replies import CORS, accept_of, data_response, entity_tag, options_response
from server.site import Site
from server.templating import address
from server.term_documents import METHODS

__all__ = ["FORMS", "PATCH", "routes"]

_JSON = "application/json"
#: What Apache Jena calls it; it is not registered.
PATCH = "application/rdf-patch"
FORMS: dict[str, tuple[str, ...]] = {"json": (_JSON,), "html": HTML, "rdfpatch": (PATCH,)}


def routes(site: Site) -> APIRouter:
    """The routes of the page and of the form that leads to it."""
    router = APIRouter()
    known = ServedReleases(site.served)
    comparing = Comparing(site.context.limits, site.context.engine.budgets)

    @router.api_route("/changes", methods=["GET", "HEAD"], include_in_schema=False)
    async def chosen(request: Request) -> Response:
        given = request.query_params
        listed = await run_in_threadpool(known.listed)
        current = await run_in_threadpool(known.current)
        ids = [release.id for release in listed]
        older = ids[ids.index(current.id) + 1 :] if current.id in ids else []
        after = (await run_in_threadpool(known.find, given["to"])).id if given.get("to") else current.id
        if given.get("from"):
            before = (await run_in_threadpool(known.find, given["from"])).id
        elif older:
            before = older[0]
        else:
            raise Problem(
                "malformed-request", "the parameter from is missing: give the id of a release to compare with"
            )
        there = address(f"/releases/{quote(before)}..{quote(after)}", format=given.get("format"))
        return Response(None, 303, {"Location": there, "Cache-Control": "no-cache", **CORS})

    @router.api_route("/releases/{before}..{after}", methods=list(METHODS), include_in_schema=False)
    async def changes(request: Request, before: str, after: str) -> Response:
        if request.method == "OPTIONS":
            return options_response(METHODS)
        form = chosen_name(FORMS, accept_of(request.headers), request.query_params.get("format") or None)
        one = await run_in_threadpool(known.find, before)
        other = await run_in_threadpool(known.find, after)
        if (one.id, other.id) != (before, after):
            there = address(f"/releases/{quote(one.id)}..{quote(other.id)}", format=request.query_params.get("format"))
            return Response(None, 307, {"Location": there, "Cache-Control": "no-cache", **CORS})
        who = peer_of(request.scope)
        if form == "rdfpatch":
            name = f"{one.id}..{other.id}.rdfp"
            kept_as = {"Content-Disposition": f'attachment; filename="{name}"'}
            body = await comparing.patch(one, other, who)
            return data_response(body, PATCH, entity_tag("changes", body), kept_as)
        found = await comparing.changes(one, other, who)
        if form == "json":
            body = msgspec.json.encode(found)
            return data_response(body, _JSON, entity_tag("changes", body))
        return await site.page(
            request,
            "changes.html",
            title=f"What changed from {one.id} to {other.id}",
            changes=found,
            one=one,
            other=other,
            shown=shown_term,
        )

    return router

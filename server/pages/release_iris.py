"""`/id/release/{id}`, the IRI by which a release is cited, leads to what is said of it, be it current or not.

A description of a release stands in the list of releases and not in the graph of another release, so these IRIs are
answered from what the home keeps: 303 to the page or the data, to the file of a distribution, 410 for what was pruned.
"""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from server.linked_data import DOCUMENTS
from server.negotiation import chosen_name
from server.pages.releases import FORMS
from server.problems import Problem
from server.releases.served_releases import ServedReleases
from server.replies import CORS, accept_of, options_response, revision_headers
from server.site import Site
from server.templating import address
from server.term_documents import METHODS

__all__ = ["routes"]

#: As for every other IRI of the data, who does not mind gets triples.
_FORMS = {name: FORMS[name] for name in sorted(FORMS, key=("json", "html").__contains__)}
_CHECKSUM = "/checksum"


def routes(site: Site) -> APIRouter:
    """The routes of the names of releases and of their files."""
    router = APIRouter()
    known = ServedReleases(site.served)

    async def described(request: Request, ident: str, ending: str) -> Response:
        """303 to the description of a release, in the form of an ending or the one that is liked best."""
        release = await run_in_threadpool(known.find, ident)
        if ending and ending != "html" and ending not in DOCUMENTS:
            raise Problem("not-found", f"/id/release/{ident} has no form '.{ending}': leave the ending out")
        wanted = DOCUMENTS[ending].name if ending in DOCUMENTS else ending
        form = chosen_name(_FORMS, accept_of(request.headers), wanted or None)
        there = address(f"/releases/{quote(release.id)}", format=None if form == "html" else form)
        told = {"Vary": "Accept", "Cache-Control": "no-cache", **revision_headers(release), **CORS}
        return Response(None, 303, {"Location": there, **told})

    @router.api_route("/id/release/{ident}", methods=list(METHODS), include_in_schema=False)
    async def named(request: Request, ident: str) -> Response:
        if request.method == "OPTIONS":
            return options_response(METHODS)
        stem, _, ending = ident.partition(".")
        return await described(request, stem, ending)

    @router.api_route("/id/release/{ident}/dump/{name:path}", methods=list(METHODS), include_in_schema=False)
    async def file(request: Request, ident: str, name: str) -> Response:
        if request.method == "OPTIONS":
            return options_response(METHODS)
        if name.endswith(_CHECKSUM):
            return await described(request, ident, "")
        release = await run_in_threadpool(known.find, ident)
        there = f"/dumps/{quote(release.id)}/{quote(name)}"
        return Response(
            None, 303, {"Location": there, "Cache-Control": "no-cache", **revision_headers(release), **CORS}
        )

    return router

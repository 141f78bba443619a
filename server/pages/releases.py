"""`/releases`: the releases that are kept, and each with its files, for people, as JSON and as a DCAT catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Request
from pyoxigraph import Triple
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from kg.formats import by_name, formats_for, serialize_rdf
from kg.namespaces import expand
from kg.release import Release
from kg.release.citation import Citation
from kg.release.dumps import Dump
from server.negotiation import HTML, chosen_name
from server.releases.catalog import catalog
from server.releases.dump_files import held_by
from server.releases.served_releases import ServedReleases
from server.releases.view import ReleaseEntry, ReleaseList, document_of, entry_of, left_out
from server.replies import CORS, accept_of, address_of, data_response, entity_tag, options_response
from server.site import Site
from server.templating import address
from server.term_documents import METHODS

__all__ = ["FORMS", "routes"]

_JSON = "application/json"
#: The forms of these answers, first that of who does not mind. JSON is our record; RDF in JSON is called `jsonld`.
FORMS = {
    "json": (_JSON,),
    "html": HTML,
    **{format.name: tuple(t for t in format.media_types if t != _JSON) for format in formats_for("graph")},
}
#: Of this many releases the catalogue lists the files; of older ones a reader asks by their ids.
_DESCRIBED = 20


def routes(site: Site) -> APIRouter:
    """The routes of the list and of one release."""
    router = APIRouter()
    known = ServedReleases(site.served)

    @router.api_route("/releases", methods=list(METHODS), include_in_schema=False)
    async def every(request: Request) -> Response:
        if request.method == "OPTIONS":
            return options_response(METHODS)
        form = chosen_name(FORMS, accept_of(request.headers), request.query_params.get("format") or None)
        listed = await run_in_threadpool(known.listed)
        current = await run_in_threadpool(known.current)
        if form not in ("html", "json"):
            shown = [(release, await run_in_threadpool(held_by, release)) for release in listed[:_DESCRIBED]]
            return _described(site, request, shown, listed, form)
        entries = _entries(listed, current)
        if form == "json":
            return _json(request, ReleaseList(current=current.id, releases=entries))
        counted = sorted({name for entry in entries for name in entry.counts})
        return await site.page(request, "releases.html", title="Releases", entries=entries, counted=counted)

    @router.api_route("/releases/{ident}", methods=list(METHODS), include_in_schema=False)
    async def one(request: Request, ident: str) -> Response:
        if request.method == "OPTIONS":
            return options_response(METHODS)
        form = chosen_name(FORMS, accept_of(request.headers), request.query_params.get("format") or None)
        listed = await run_in_threadpool(known.listed)
        current = await run_in_threadpool(known.current)
        release = current if ident == "current" else await run_in_threadpool(known.find, ident)
        if release.id != ident:
            there = address(f"/releases/{quote(release.id)}", format=request.query_params.get("format"))
            return Response(None, 307, {"Location": there, "Cache-Control": "no-cache", **CORS})
        held = await run_in_threadpool(held_by, release)
        if form not in ("html", "json"):
            return _described(site, request, [(release, held)], listed, form)
        entries = {entry.id: entry for entry in _entries(listed, current)}
        # One that was removed at this moment is in the list no longer.
        entry = entries.get(release.id) or entry_of(release, current.id, None)
        document = await run_in_threadpool(document_of, release, entry, held)
        if form == "json":
            return _json(request, document)
        return await site.page(
            request,
            "release.html",
            release,
            title=f"Release {release.id}",
            entry=entry,
            document=document,
            others=[other.id for other in listed if other.id != release.id],
            left_out=left_out(document.quarantined),
            citation=Citation(release),
            host=address_of(request.scope, "/"),
        )

    return router


def _entries(listed: list[Release], current: Release) -> list[ReleaseEntry]:
    befores: list[str | None] = [*(release.id for release in listed[1:]), None]
    return [entry_of(release, current.id, before) for release, before in zip(listed, befores, strict=False)]


def _described(
    site: Site, request: Request, shown: Sequence[tuple[Release, Sequence[Dump]]], listed: list[Release], form: str
) -> Response:
    format = by_name(form, "graph")
    host = address_of(request.scope, "/")
    triples = catalog(shown, [release.id for release in listed], host, site.settings.named_contact)
    body = serialize_rdf(sorted(set(triples), key=_order), format)
    return data_response(body, format.content_type, entity_tag(address_of(request.scope), body))


def _order(triple: Triple) -> tuple[str, bool, str]:
    """Statements of one subject together, its class first."""
    return str(triple.subject), triple.predicate.value != expand("rdf:type"), str(triple)


def _json(request: Request, value: msgspec.Struct) -> Response:
    body = msgspec.json.encode(value)
    return data_response(body, _JSON, entity_tag(address_of(request.scope), body))

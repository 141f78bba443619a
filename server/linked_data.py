"""Every IRI of the data leads somewhere: 303 to a page or to data, 301 where it was merged, 410 where it is withheld.

The address of a thing is not that of a document about it (Cool URIs for the Semantic Web, section 4.2): asked for the
thing, the server answers 303 See Other with the document that the client likes best.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import TypeAlias
from urllib.parse import quote

from fastapi import APIRouter, Request
from pyoxigraph import NamedNode, Quad, Triple
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from kg.formats import Format, formats_for, serialize_rdf
from kg.jsonld import dumps
from kg.namespaces import BASE
from kg.release import Release
from kg.standing import STANDING, Standing
from server.describing import describe
from server.links import canonical, requested
from server.negotiation import chosen_format
from server.page_queries import PageQueries
from server.problems import Problem
from server.replies import (
    CORS,
    accept_of,
    address_of,
    entity_tag,
    is_iri,
    options_response,
    prefers_html,
    revision_headers,
)
from server.site import Site
from server.term_documents import METHODS, alternates

__all__ = ["DOCUMENTS", "PageMaker", "document_links", "elsewhere", "linked_data", "negotiated", "written"]

#: The formats of documents, by the ending of their addresses.
DOCUMENTS: dict[str, Format] = {format.extension: format for format in formats_for("graph")}
#: Makes the page of a thing: of the request, the queries of its release, and the thing's IRI.
PageMaker: TypeAlias = Callable[[Request, PageQueries, str], Awaitable[Response]]
_ENDING = re.compile(rf"(.+)\.(html|{'|'.join(DOCUMENTS)})")
#: How the names of what a release describes of itself begin.
_PART = re.compile(r"release/([^/]+)/(.+)")
_LICENSE = "https://creativecommons.org/licenses/by/4.0/"


def linked_data(site: Site, pages: Mapping[str, PageMaker], others: PageMaker) -> APIRouter:
    """The routes of `/id/`.

    Args:
        site: What pages share.
        pages: What makes the page of a thing, by what its name begins with: `article` and so on.
        others: What makes the page of any other thing.
    """
    router = APIRouter()

    @router.api_route("/id/{name:path}", methods=list(METHODS), include_in_schema=False)
    async def thing(request: Request) -> Response:
        if request.method == "OPTIONS":
            return options_response(METHODS)
        # The name as it was sent: what is percent-encoded in an IRI stays so.
        name = requested(request.scope["raw_path"].decode("utf-8", "replace")).removeprefix("/id/")
        release, name = await _asked(site, request, name)
        queries = site.queries(request, release)
        found = _ENDING.fullmatch(name)
        stem, ending = (found[1], found[2]) if found else (name, None)
        iri = f"{BASE}id/{stem}"
        if not is_iri(iri):
            raise Problem("not-found", f"<{iri}> is no IRI, so nothing can have that name")
        moved = await elsewhere(queries, iri)
        if moved is not None:
            return await _merged(site, request, release, iri, moved, ending)
        if ending is None:
            return negotiated(request, f"/id/{stem}", release)
        if ending == "html":
            answer = await pages.get(stem.partition("/")[0], others)(request, queries, iri)
            answer.headers["Link"] = document_links(f"/id/{stem}", "html")
            return answer
        described = await describe(queries, iri, graphs="dataset" in DOCUMENTS[ending].kinds)
        return await written(request, release, described.quads, f"/id/{stem}", ending)

    return router


async def _asked(site: Site, request: Request, name: str) -> tuple[Release, str]:
    """The release that is asked for a thing, and what it calls that thing.

    A part of a release, such as the run that made it, stands in that release alone, or in the one that took its place.

    Raises:
        Problem: There is no such release, or it is no longer kept.
    """
    release = await site.release(request)
    part = _PART.fullmatch(name)
    if part is None or "release" in request.query_params:
        return release, name
    if part[1] != release.id:
        release = await run_in_threadpool(site.served.older, part[1])
    return release, f"release/{release.id}/{part[2]}"


async def elsewhere(queries: PageQueries, iri: str) -> str | None:
    """The IRI that a merged one was replaced by, or None for one that is there.

    Raises:
        Problem: Nothing has that name in the release, or it is withheld there or in another release that is kept.
    """
    solutions = await queries.rows(STANDING, id=NamedNode(iri))
    found = Standing.of(solutions[0]) if solutions else Standing()
    if found.withheld:
        raise _withheld(iri, found.on, found.reason)
    if found.replaced_by is not None:
        return found.replaced_by
    if not found.known:
        # A redaction holds for the server, also where the release that is asked never had the entity.
        stone = await queries.withheld(iri)
        if stone is not None:
            raise _withheld(iri, stone.on, stone.reason)
        raise Problem("not-found", f"release {queries.release.id} has nothing that is called <{iri}>")
    return None


def _withheld(iri: str, on: str | None, reason: str | None) -> Problem:
    why = f": {reason}" if reason else ""
    detail = f"what <{iri}> named is withheld since {on}, to protect people, and nothing more is said of it here{why}"
    return Problem("withheld", detail)


async def _merged(
    site: Site, request: Request, release: Release, iri: str, target: str, ending: str | None
) -> Response:
    address = _pinned(request, "/" + _path(target.removeprefix(BASE)) + (f".{ending}" if ending else ""))
    return await site.page(
        request,
        "moved.html",
        release,
        title="The same as another",
        status=301,
        headers={"Location": address},
        iri=iri,
        target=target,
        address_of_target=address,
    )


def negotiated(request: Request, path: str, release: Release) -> Response:
    """303 See Other to the document about a thing that the client likes best.

    Args:
        request: The request.
        path: The thing's path.
        release: What is asked.

    Raises:
        Problem: The client takes none of the formats.
    """
    accept = accept_of(request.headers)
    ending = "html" if prefers_html(accept) else chosen_format("graph", accept, None).extension
    headers = {
        "Location": _pinned(request, f"{_path(path)}.{ending}"),
        "Vary": "Accept",
        "Cache-Control": "no-cache",
        "Link": document_links(path),
        **revision_headers(release),
        **CORS,
    }
    return Response(None, 303, headers)


async def written(request: Request, release: Release, quads: Iterable[Quad], path: str, ending: str) -> Response:
    """A document of data.

    Args:
        request: The request.
        release: What was asked.
        quads: What it holds; a format for one graph holds the triples of all.
        path: The path of the thing that it is about.
        ending: The ending of the document's address, a key of `DOCUMENTS`.
    """
    format = DOCUMENTS[ending]
    context = address_of(request.scope, "/context.jsonld")
    body = await run_in_threadpool(_bytes, quads, format, context, canonical(path))
    headers = {
        "Content-Type": format.content_type,
        "Content-Disposition": "inline",
        "Content-Location": f"{_path(path)}.{ending}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-cache",
        "Vary": "Accept-Encoding",
        "Link": document_links(path, ending),
        "ETag": entity_tag(release.revision, path, ending, context),
        **revision_headers(release),
        **CORS,
    }
    return Response(body, headers=headers)


def _bytes(quads: Iterable[Quad], format: Format, context: str, first: str) -> bytes:
    if "dataset" in format.kinds:
        held = sorted(set(quads), key=str)
        return dumps(held, context, first) if format.name == "jsonld" else serialize_rdf(held, format)
    triples = {Triple(quad.subject, quad.predicate, quad.object) for quad in quads}
    ordered = sorted(triples, key=lambda t: (str(t.subject) != f"<{first}>", str(t)))
    return serialize_rdf(ordered, format)


def document_links(path: str, this: str | None = None) -> str:
    """The Link header: the thing (RFC 6892), the other documents about it, its licence.

    Args:
        path: The path of the thing.
        this: The ending of the document that carries the header.
    """
    here = _path(path)
    links = [f'<{here}>; rel="{"describes" if this else "self"}"']
    links += [
        f'<{address}>; rel="alternate"; type="{kind}"'
        for address, kind, _title in alternates(here)
        if address != f"{here}.{this}"
    ]
    links += [f'<{_LICENSE}>; rel="license"', '</context.jsonld>; rel="http://www.w3.org/ns/json-ld#context"']
    return ", ".join(links)


def _path(path: str) -> str:
    return quote(path, safe="/:@!$&'()*+,;=~-._%")


def _pinned(request: Request, address: str) -> str:
    release = request.query_params.get("release")
    return f"{address}?release={quote(release)}" if release else address

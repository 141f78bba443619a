"""Documents of terms (the ontology, a vocabulary, the shapes) as a page or as data, by content negotiation.

The terms have hash IRIs, so a client asks for the document alone, and the document is an information resource: it is
answered 200 at its own address, with Content-Location naming the one form that was sent ("Cool URIs for the Semantic
Web", section 4.1). "Best Practice Recipes for Publishing RDF Vocabularies" (recipe 3) redirects by 303 at this place,
since a server of plain files can do nothing else; that costs each client a second request, and shows in the browser
another address than the one that is to be copied.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from urllib.parse import urlencode

from fastapi import Request
from pyoxigraph import Quad, Triple
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from kg.formats import Format, formats_for, parse_accept, serialize_rdf
from kg.jsonld import dumps
from kg.namespaces import BASE
from kg.release import Release
from server.negotiation import chosen_format
from server.problems import Problem
from server.replies import CORS, accept_of, address_of, entity_tag, prefers_html, revision_headers

__all__ = ["METHODS", "alternates", "represented", "see_other"]

METHODS = ("GET", "HEAD", "OPTIONS")
_PAGE = "html"


def see_other(path: str) -> Response:
    """A redirection to a document that says of what was asked for (303)."""
    return Response(status_code=303, headers={"Location": path, "Cache-Control": "no-cache", **CORS})


def alternates(path: str) -> list[tuple[str, str, str]]:
    """The forms of a document: the address, the media type and a title of each, the page first.

    >>> alternates("/shapes")[1]
    ('/shapes.ttl', 'text/turtle', 'Turtle')
    """
    data = [(f"{path}.{format.extension}", format.media_type, format.title) for format in formats_for("graph")]
    return [(f"{path}.{_PAGE}", "text/html", "HTML"), *data]


async def represented(
    request: Request,
    release: Release,
    path: str,
    extension: str | None,
    page: Callable[[dict[str, str]], Awaitable[Response]],
    triples: Callable[[], Iterable[Triple]],
) -> Response:
    """A document in the form that is asked for.

    Args:
        request: The request.
        release: What it speaks of.
        path: The document's address, without the ending of a form.
        extension: The ending that the request has; None for one that leaves the form to negotiation.
        page: Makes the page, with further headers.
        triples: Gives the data.

    Raises:
        Problem: There is no such form, or none that the client takes.
    """
    chosen = _by_extension(path, extension) if extension is not None else _negotiated(request)
    ending = _PAGE if chosen is None else chosen.extension
    headers = {"Link": _links(path, ending), "Vary": "Accept, Accept-Encoding"}
    pinned = request.query_params.get("release")
    if extension is None:
        headers["Content-Location"] = f"{path}.{ending}" + (f"?{urlencode({'release': pinned})}" if pinned else "")
    if chosen is None:
        return await page(headers)
    context = address_of(request.scope, "/context.jsonld")
    body = await run_in_threadpool(lambda: _written(triples(), chosen, context))
    return Response(
        body,
        headers={
            "Content-Type": chosen.content_type,
            "ETag": entity_tag(release.revision, path, chosen.name, body),
            "Cache-Control": "no-cache",
            "X-Content-Type-Options": "nosniff",
            **headers,
            **revision_headers(release),
            **CORS,
        },
    )


def _written(triples: Iterable[Triple], format: Format, context: str) -> bytes:
    """The data; JSON-LD in the words of our context."""
    if format.name != "jsonld":
        return serialize_rdf(triples, format)
    return dumps([Quad(triple.subject, triple.predicate, triple.object) for triple in triples], context)


def _by_extension(path: str, extension: str) -> Format | None:
    """The format of an ending; None for the page."""
    if extension == _PAGE:
        return None
    for format in formats_for("graph"):
        if format.extension == extension:
            return format
    known = ", ".join(address for address, _type, _title in alternates(path))
    raise Problem("not-found", f"{path} has no form '.{extension}': ask for one of {known}")


def _negotiated(request: Request) -> Format | None:
    """The format that the client likes best; None for the page."""
    name = request.query_params.get("format")
    accept = accept_of(request.headers)
    if name == _PAGE or (not name and prefers_html(accept)):
        return None
    try:
        return chosen_format("graph", accept, name or None)
    except Problem as problem:
        if problem.name != "not-acceptable":
            raise
        if any(found.q > 0 and found.matches("text/html") for found in parse_accept(accept or "")):
            return None
        problem.members["available"] = ["text/html", *problem.members["available"]]
        raise


def _links(path: str, ending: str) -> str:
    """The Link header (RFC 8288): the other forms, the description of the data set, and the IRI that is to be cited."""
    other = [
        f'<{address}>; rel="alternate"; type="{kind}"'
        for address, kind, _title in alternates(path)
        if not address.endswith(f".{ending}")
    ]
    return ", ".join([*other, '</.well-known/void>; rel="describedby"', f'<{BASE}{path[1:]}>; rel="canonical"'])

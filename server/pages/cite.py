"""`/cite`: how to cite a release, or the answer to a query, so that it can be asked again with the same answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import Response

from kg.questions import ParameterError
from kg.release.citation import AskedQuery, Citation
from server.negotiation import HTML, chosen_name
from server.problems import Problem
from server.questions.request import question_called
from server.replies import accept_of, address_of, data_response, entity_tag, revision_headers
from server.site import Site
from server.templating import address

__all__ = ["FORMS", "routes"]

#: The forms of a citation and their media types, first that of who does not mind.
FORMS = {
    "text": ("text/plain",),
    "html": HTML,
    "bibtex": ("application/x-bibtex", "text/x-bibtex"),
    "csl": ("application/vnd.citationstyles.csl+json",),
    "json": ("application/json",),
}
_TAKEN = ("query", "question", "release", "format")
_WRITTEN: dict[str, Callable[[Citation], bytes]] = {
    "text": lambda cited: f"{cited.text}\n".encode(),
    "bibtex": lambda cited: cited.bibtex.encode(),
    "csl": lambda cited: msgspec.json.encode(cited.csl),
    "json": lambda cited: msgspec.json.encode(cited.document),
}
_TYPES = {"bibtex": "application/x-bibtex; charset=utf-8", "text": "text/plain; charset=utf-8"}


def routes(site: Site) -> APIRouter:
    """The route of the page."""
    router = APIRouter()

    @router.api_route("/cite", methods=["GET", "HEAD"], include_in_schema=False)
    async def cite(request: Request) -> Response:
        given = dict(request.query_params)
        form = chosen_name(FORMS, accept_of(request.headers), given.get("format") or None)
        release = await site.release(request)
        asked = _asked(request, given, release.id, site.context.limits.query_length)
        if asked is not None and asked.question is None:
            # What /sparql would refuse has no answer that could be cited; a question of the library has one.
            await site.queries(request, release).check(asked.text)
        cited = Citation(release, asked)
        if form != "html":
            body = _WRITTEN[form](cited)
            tag = entity_tag(release.revision, "cite", form, body)
            return data_response(body, _TYPES.get(form, FORMS[form][0]), tag, revision_headers(release))
        kept = {name: value for name, value in given.items() if name not in ("format", "release")}
        return await site.page(
            request,
            "cite.html",
            release,
            title="How to cite this",
            cited=cited,
            forms={name: address("/cite", **kept, release=release.id, format=name) for name in _WRITTEN},
        )

    return router


def _asked(request: Request, given: dict[str, str], ident: str, longest: int) -> AskedQuery | None:
    """The query that a request cites, if it cites one.

    Raises:
        Problem: The parameters fit no query, or there is no such question.
    """
    name, text = given.get("question"), given.get("query")
    # A form sends the parameters that are left blank as well.
    others = {key: value for key, value in given.items() if key not in _TAKEN and value.strip()}
    if name and text:
        raise Problem("malformed-request", "the request has both a query and a question: give one of the two")
    if others and not name:
        detail = f"the parameter {next(iter(others))} is none of {', '.join(_TAKEN)}, and no question is named"
        raise Problem("malformed-request", detail)
    found: dict[str, Any] = {}
    if name:
        named = question_called(name)
        try:
            # Without its header, which may be reworded: the query alone is what is asked.
            text = named.bound(named.terms(others)).removeprefix(named.header)
        except ParameterError as error:
            raise Problem("invalid-parameter", str(error), {"parameter": error.parameter[:100]}) from error
        place = address(address_of(request.scope, f"/queries/{named.name}"), **others, release=ident)
        found = {"question": named.name, "parameters": others, "title": named.title, "address": place}
    if text is None or not text.strip():
        return None
    text = text.replace("\r\n", "\n")
    if len(text.encode()) > longest:
        raise Problem("too-large", f"the query is longer than {longest} bytes")
    permalink = address(address_of(request.scope, "/query"), query=text, release=ident)
    return AskedQuery(text, permalink, **found)

"""`/search`: find things by their names and by what is quoted, as a page for people and as JSON."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.responses import Response

from kg.errors import GraphError
from kg.formats import parse_accept
from kg.release import Release
from kg.search.answer import Answer
from kg.search.documents import CLASSES
from kg.search.question import LONGEST
from kg.search.search import LIMIT, SearchIndex
from server.budget import peer_of
from server.problems import Problem
from server.replies import CORS, accept_of, address_of, entity_tag, prefers_html, revision_headers
from server.site import Site
from server.templating import address, templates
from server.views.search import pieces, search_view

__all__ = ["MOST", "routes"]

#: How many hits an answer has at most, and the last page that there can be.
MOST, LAST_PAGE = 100, 10_000
_TAKEN = ("q", "class", "page", "limit", "format", "release")
_FORMATS = ("html", "json")
_OPENSEARCH = "application/opensearchdescription+xml"


def routes(site: Site) -> APIRouter:
    """The routes of the search and of its description for browsers."""
    router = APIRouter()

    @router.api_route("/search", methods=["GET", "HEAD"], include_in_schema=False)
    async def search(request: Request) -> Response:
        asked = _Asked.of(request.query_params)
        page = _as_page(request, asked.format)
        if not page and asked.q is None:
            raise _refused("q", "is missing: say what to look for")
        release = await site.release(request)
        # A search takes no worker, but time all the same: it is charged as a query is.
        with site.context.engine.budgets.query(peer_of(request.scope)) as charge:
            answer, seconds = await run_in_threadpool(_answer, release, asked)
            charge(seconds)
        if not page:
            return _json(release, answer)
        return await site.page(
            request,
            "search.html",
            release,
            title=f"Search: {' '.join(answer.query.split())[:80]}" if answer.words else "Search",
            q=answer.query,
            asked=answer.words != [],
            answer=answer,
            view=search_view(answer, asked.parameters),
            pieces=pieces,
            json=address("/search", **{**asked.parameters, "q": answer.query, "format": "json"}),
        )

    @router.api_route("/opensearch.xml", methods=["GET", "HEAD"], include_in_schema=False)
    async def opensearch(request: Request) -> Response:
        found = address_of(request.scope, "/search")
        body = templates.get_template("opensearch.xml").render(search=found)
        headers = {"Cache-Control": "no-cache", "ETag": entity_tag(body), "Vary": "Host, Accept-Encoding", **CORS}
        return Response(body, headers=headers, media_type=_OPENSEARCH)

    return router


@dataclass(frozen=True)
class _Asked:
    """The parameters of a request."""

    q: str | None
    cls: str | None
    page: int
    limit: int
    format: str | None
    release: str | None

    @classmethod
    def of(cls, given: QueryParams) -> _Asked:
        """Read them.

        Raises:
            Problem: One is given twice or is none that can be used; it is named.
        """
        for name in _TAKEN:
            if len(given.getlist(name)) > 1:
                raise _refused(name, "is given more than once")
        q, kind, format = given.get("q"), given.get("class") or None, given.get("format") or None
        if q is not None and len(q) > LONGEST:
            raise _refused("q", f"has {len(q)} characters, and {LONGEST} are taken: look for fewer words")
        if kind is not None and kind not in CLASSES:
            raise _refused("class", f"is '{kind[:100]}', and must be one of {', '.join(CLASSES)}")
        if format is not None and format not in _FORMATS:
            raise _refused("format", f"is '{format[:100]}', and must be one of {', '.join(_FORMATS)}")
        page, limit = _number(given, "page", 1, LAST_PAGE), _number(given, "limit", LIMIT, MOST)
        return cls(q, kind, page, limit, format, given.get("release") or None)

    @property
    def parameters(self) -> dict[str, str | None]:
        """Those that stay when a reader goes to another page or class."""
        limit = str(self.limit) if self.limit != LIMIT else None
        return {"q": self.q, "class": self.cls, "limit": limit, "release": self.release}


def _number(given: QueryParams, name: str, default: int, most: int) -> int:
    text = given.get(name)
    if not text:
        return default
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(most)) else 0
    if not 1 <= number <= most:
        raise _refused(name, f"is '{text[:100]}', and must be a whole number from 1 to {most}")
    return number


def _refused(name: str, why: str) -> Problem:
    return Problem("malformed-request", f"the parameter {name} {why}", {"parameter": name})


def _as_page(request: Request, format: str | None) -> bool:
    """Whether a page is wanted and not JSON.

    Raises:
        Problem: Neither can be taken.
    """
    if format is not None:
        return format == "html"
    accept = accept_of(request.headers)
    if prefers_html(accept):
        return True
    takes = {(found.type, found.subtype) for found in parse_accept(accept or "*/*") if found.q > 0}
    if takes & {("application", "json"), ("application", "*"), ("*", "*")}:
        return False
    if takes & {("text", "html"), ("text", "*")}:
        return True
    offered = ["text/html", "application/json"]
    detail = f"'{accept}' names none of the formats of this answer: {', '.join(offered)}"
    raise Problem("not-acceptable", detail, {"available": offered}, {"Vary": "Accept, Accept-Encoding"})


def _answer(release: Release, asked: _Asked) -> tuple[Answer, float]:
    """The answer, and the seconds of this thread that it took."""
    offset = (asked.page - 1) * asked.limit
    began = time.thread_time()
    try:
        index = SearchIndex(release.search_path)
        answer = index.search(asked.q or "", cls=asked.cls, limit=asked.limit, offset=offset)
        return answer, time.thread_time() - began
    except GraphError as error:
        detail = f"release {release.revision} was made by a version without the search of this one: build it again"
        raise Problem("not-searchable", detail) from error


def _json(release: Release, answer: Answer) -> Response:
    told: dict[str, Any] = {"release": release.id, "revision": release.revision, **msgspec.to_builtins(answer)}
    body = msgspec.json.encode(told)
    headers = {
        "Cache-Control": "no-cache",
        "ETag": entity_tag(release.revision, body.decode()),
        "Vary": "Accept, Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
        **revision_headers(release),
        **CORS,
    }
    return Response(body, headers=headers, media_type="application/json")

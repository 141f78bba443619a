"""The forms of answers over HTTP: headers that every answer of the endpoint has, and problems as JSON or as a page."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import Response

from kg.formats import parse_accept
from server.problems import Problem

__all__ = [
    "CORS",
    "EXPOSED",
    "POLICY",
    "PREFLIGHT",
    "PROBLEM_TYPE",
    "entity_tag",
    "matches",
    "prefers_html",
    "problem_response",
    "templates",
]

PROBLEM_TYPE = "application/problem+json"

#: Nothing is loaded from anywhere, and forms go to this server alone.
POLICY = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

#: Headers of ours that a page of another origin may read.
EXPOSED = "Crossings-Release, Crossings-Hint, ETag, Retry-After"

#: Everybody may ask from everywhere: there is nothing here that a cookie would open.
CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": EXPOSED}

#: What a page of another origin may send, and for how many seconds that holds.
PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}

templates = Environment(loader=PackageLoader("server"), autoescape=True, undefined=StrictUndefined)


def prefers_html(accept: str | None) -> bool:
    """Whether a client would rather have a page than data: a browser names text/html before all else.

    >>> prefers_html("text/html,application/xhtml+xml,*/*;q=0.8"), prefers_html("*/*"), prefers_html(None)
    (True, False, False)
    """
    ranges = parse_accept(accept or "")
    html = max((found.q for found in ranges if (found.type, found.subtype) == ("text", "html")), default=0.0)
    other = max((found.q for found in ranges if found.specificity == 2 and found.subtype not in _PAGES), default=0.0)
    return html > 0 and html >= other


_PAGES = ("html", "xhtml+xml")


def problem_response(problem: Problem, accept: str | None = None) -> Response:
    """A problem as an answer: JSON (RFC 9457), or a page for a browser."""
    kind = problem.kind
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", **CORS, **problem.headers}
    headers["Vary"] = "Accept, Accept-Encoding"
    if prefers_html(accept):
        page = templates.get_template("problem.html").render(problem=problem, kind=kind)
        headers["Content-Security-Policy"] = POLICY
        return Response(page, kind.status, headers, media_type="text/html")
    return Response(msgspec.json.encode(problem.document), kind.status, headers, media_type=PROBLEM_TYPE)


def entity_tag(*parts: object) -> str:
    """A strong entity tag of what an answer depends on.

    >>> entity_tag("a", "b") == entity_tag("a", "b"), entity_tag("ab", "") == entity_tag("a", "b")
    (True, False)
    """
    digest = hashlib.sha256(msgspec.json.encode([str(part) for part in parts])).hexdigest()
    return f'"{digest[:32]}"'


def matches(header: str | None, tag: str) -> bool:
    """Whether an If-None-Match header names an entity tag; weakly compared (RFC 9110, section 13.1.2).

    >>> matches('W/"a", "b"', '"a"'), matches("*", '"a"'), matches(None, '"a"')
    (True, True, False)
    """
    if header is None:
        return False
    named = [part.strip().removeprefix("W/") for part in header.split(",")]
    return tag in named or "*" in named


def raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Headers as ASGI has them."""
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]

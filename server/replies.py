"""The forms of answers over HTTP: headers that every answer of the endpoint has, and problems as JSON or as a page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

import msgspec
from pyoxigraph import NamedNode
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from kg.formats import parse_accept
from kg.release import Release
from server.problems import Problem
from server.templating import templates

__all__ = [
    "CORS",
    "EXPOSED",
    "POLICY",
    "PREFLIGHT",
    "PROBLEM_TYPE",
    "accept_of",
    "address_of",
    "data_response",
    "entity_tag",
    "hint_header",
    "is_iri",
    "matches",
    "options_response",
    "prefers_html",
    "problem_response",
    "raw",
    "revision_headers",
]

PROBLEM_TYPE = "application/problem+json"

#: What a page may load: our own files alone. Data for scripts stands in `<script type="application/json">`, which no
#: browser runs. Forms go to this server alone.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

#: Headers of ours that a page of another origin may read.
EXPOSED = (
    "Crossings-Release, Crossings-Revision, Crossings-Supersedes, Crossings-Hint, Crossings-Columns, ETag, Retry-After"
)

#: Everybody may ask from everywhere: there is nothing here that a cookie would open.
CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": EXPOSED}

#: What a page of another origin may send, and for how many seconds that holds.
PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}

#: A host name, an IPv4 or IPv6 address, and a port (RFC 9110, section 7.2).
_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")


def address_of(scope: Scope, path: str | None = None) -> str:
    """The address under which the client asked, without its parameters."""
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    rest = path if path is not None else scope["path"]
    found = f"{scope['scheme']}://{host}{rest}"
    if _HOST.fullmatch(host) and is_iri(found):
        return found
    # Whoever asks may write anything there.
    return f"{scope['scheme']}://{':'.join(map(str, scope.get('server') or ('localhost',)))}{rest}"


def accept_of(headers: Headers) -> str | None:
    """The Accept header; several of them are one (RFC 9110, section 5.3)."""
    return ", ".join(headers.getlist("accept")) or None


def options_response(methods: Iterable[str]) -> Response:
    """The answer to OPTIONS, for pages of other origins too."""
    allowed = ", ".join(methods)
    headers = {"Allow": allowed, "Access-Control-Allow-Methods": allowed, **PREFLIGHT, **CORS}
    return Response(status_code=204, headers=headers)


def is_iri(text: str) -> bool:
    """Whether the engine takes a text for an absolute IRI.

    >>> is_iri("http://a.example/"), is_iri("http://["), is_iri("a")
    (True, False, False)
    """
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def hint_header(hint: str | None) -> dict[str, str]:
    """The header with a sentence for who asked, where nothing was found and we know why."""
    return {} if hint is None else {"Crossings-Hint": hint.encode("ascii", "backslashreplace").decode()}


def revision_headers(release: Release) -> dict[str, str]:
    """The headers that say what was asked: the release, its revision after a write, and whose place it took."""
    reissue = release.manifest.reissue
    return {
        "Crossings-Release": release.id,
        "Crossings-Revision": release.revision,
        **({"Crossings-Supersedes": release.origin} if reissue is not None else {}),
    }


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


def problem_response(
    problem: Problem, accept: str | None = None, document: tuple[str, bytes] | None = None
) -> Response:
    """A problem as an answer: JSON (RFC 9457), or a page for a browser.

    Args:
        problem: The problem.
        accept: The Accept header.
        document: A media type and a body that say more, and were asked for.
    """
    kind = problem.kind
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", **CORS, **problem.headers}
    headers["Vary"] = "Accept, Accept-Encoding"
    if document is not None:
        return Response(document[1], kind.status, {**headers, "Content-Type": document[0]})
    if prefers_html(accept):
        page = templates.get_template("problem.html").render(title=kind.title, problem=problem, kind=kind)
        headers["Content-Security-Policy"] = POLICY
        return Response(page, kind.status, headers, media_type="text/html")
    return Response(msgspec.json.encode(problem.document), kind.status, headers, media_type=PROBLEM_TYPE)


def data_response(
    body: bytes | str, content_type: str, tag: str | None, more: Mapping[str, str] | None = None
) -> Response:
    """Data of a page's address, which every page of the web may read.

    Args:
        body: The data.
        content_type: Their media type.
        tag: Their entity tag; None for what another request may answer otherwise, which nobody is to keep.
        more: Further headers.
    """
    headers = {
        "Content-Type": content_type,
        "Cache-Control": "no-cache" if tag is not None else "no-store",
        "Vary": "Accept, Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
        **({"ETag": tag} if tag is not None else {}),
        **(more or {}),
        **CORS,
    }
    return Response(body, headers=headers)


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

"""`/sparql`: the query operation of the SPARQL 1.1 Protocol (section 2.1), and the service description.

A query comes by GET, by POST as a form or as itself, or by QUERY (draft-ietf-httpbis-safe-method-w-body). A request
without one is answered with the service description (SPARQL 1.1 Service Description, section 2).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from types import MappingProxyType
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.types import Scope

from kg.query_dataset import Dataset
from kg.release import Release
from server.answering import Answering
from server.asked import Asked
from server.description import service_description
from server.example import EXAMPLE, PLAIN_EXAMPLE
from server.problems import Problem
from server.replies import POLICY, accept_of, address_of, prefers_html, revision_headers
from server.templating import templates

__all__ = ["SparqlEndpoint", "check_charset", "parameters_of", "seconds_of", "utf8"]

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_TAKEN = f"{_QUERY}, {_FORM}"
_NO_UPDATES = "updates are not taken: a release is never changed"


class SparqlEndpoint(Answering):
    """The ASGI application at `/sparql`."""

    name = "sparql"
    methods = ("GET", "HEAD", "POST", "QUERY", "OPTIONS")
    options = MappingProxyType({"Accept-Post": _TAKEN, "Accept-Query": _TAKEN})

    async def read(self, scope: Scope, headers: Headers, body: bytes) -> Asked | None:
        """What the request asks, or None where it has no query to describe the service."""
        parameters = parameters_of(scope["query_string"], "the address")
        method = scope["method"]
        if method in ("POST", "QUERY"):
            content_type, _, charset = headers.get("content-type", "").partition(";")
            content_type = content_type.strip().lower()
            if content_type == _FORM:
                parameters += parameters_of(body, "the form")
            elif content_type == _QUERY:
                check_charset(charset)
                parameters.append(("query", utf8(body, "the body")))
            elif content_type == _UPDATE:
                raise Problem("update-refused", _NO_UPDATES)
            else:
                detail = f"the body is '{content_type or 'of no type'}': send {_QUERY} or {_FORM}"
                raise Problem("unsupported-media-type", detail, headers=dict(self.options))
        names = {name for name, _value in parameters}
        if method in ("GET", "HEAD") and not names & {"query", "update"}:
            return None
        return _asked(parameters)

    async def other(self, scope: Scope, headers: Headers, release: Release) -> tuple[dict[str, str], bytes]:
        """The service description, or a form for a browser."""
        accept = accept_of(headers)
        parameters = dict(parameters_of(scope["query_string"], "the address"))
        name = parameters.get("format") or None
        if parameters.get("release"):
            release = await self.context.engine.release(parameters["release"])
        if name is None and prefers_html(accept):
            page = templates.get_template("ask.html").render(
                title="The SPARQL endpoint",
                plain=self.context.plain,
                example=PLAIN_EXAMPLE if self.context.plain else EXAMPLE,
            )
            return {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY}, page.encode()
        written = service_description(
            release, address_of(scope), accept, name, federated=self.context.federated, plain=self.context.plain
        )
        return {**written[0], **revision_headers(release)}, written[1]


def parameters_of(encoded: bytes, where: str) -> list[tuple[str, str]]:
    """The parameters of an address or a form, which must be UTF-8 behind their percent signs.

    Raises:
        Problem: They are not, or are too many.
    """
    text = utf8(encoded, where)
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise Problem("malformed-request", f"the parameters of {where} cannot be read ({error})") from error


def utf8(content: bytes, where: str) -> str:
    """The text of some bytes.

    Raises:
        Problem: They are not UTF-8.
    """
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise Problem("malformed-request", f"{where} is not UTF-8 (byte {error.start})") from error


def check_charset(parameters: str) -> None:
    """Refuse a body whose type says that it is not UTF-8.

    Args:
        parameters: Those of its media type.

    Raises:
        Problem: They name another charset.
    """
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip(' "').lower() not in ("utf-8", "utf8", "us-ascii"):
            detail = f"the body is in {value.strip()}: send UTF-8"
            raise Problem("unsupported-media-type", detail, headers=dict(SparqlEndpoint.options))


def _asked(parameters: Iterable[tuple[str, str]]) -> Asked:
    values: dict[str, list[str]] = {}
    for name, value in parameters:
        values.setdefault(name, []).append(value)
    queries = values.get("query", [])
    if "update" in values or "using-graph-uri" in values or "using-named-graph-uri" in values:
        raise Problem("update-refused", _NO_UPDATES)
    if len(queries) != 1:
        raise Problem("no-query", f"the request has {len(queries)} parameters 'query': send exactly one")
    return Asked(
        query=queries[0],
        dataset=Dataset(tuple(values.get("default-graph-uri", ())), tuple(values.get("named-graph-uri", ()))),
        format=next((name for name in values.get("format", ()) if name), None),
        release=next((name for name in values.get("release", ()) if name), None),
        seconds=seconds_of(values.get("timeout", [])),
    )


def seconds_of(given: Iterable[str]) -> float | None:
    """How long the client wants to wait, at most, as the values of `timeout` say.

    Raises:
        Problem: The first that is not empty is no number above 0.
    """
    found = next((value for value in given if value), None)
    if found is None:
        return None
    try:
        seconds = float(found)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise Problem("malformed-request", f"timeout is '{found}', but must be a number of seconds above 0")
    return seconds

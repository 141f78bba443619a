"""`/sparql`: the query operation of the SPARQL 1.1 Protocol, section 2.1.

It is a plain ASGI endpoint: parse, hand over, answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kg.errors import CrossingsError
from kg.querying import Dataset
from server.engine import Engine, EngineRequest
from server.problems import Problem, problem_of

__all__ = ["METHODS", "SparqlEndpoint"]

#: The methods that the endpoint takes.
METHODS = ("GET", "HEAD", "POST")
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"


class SparqlEndpoint:
    """The ASGI application at `/sparql`.

    Args:
        engine: Who answers.
        max_request_bytes: The longest body that is read.
    """

    def __init__(self, engine: Engine, max_request_bytes: int) -> None:
        self._engine = engine
        self._max_request_bytes = max_request_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, be it with a problem."""
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except Problem as problem:
            response = problem.response()
        except CrossingsError as error:
            response = problem_of(error).response()
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        answer = await self._engine.answer(await self._read(request))
        headers = {"Vary": "Accept", "X-Content-Type-Options": "nosniff", "Crossings-Release": answer.release}
        if answer.hint is not None:
            headers["Crossings-Hint"] = answer.hint.encode("ascii", "backslashreplace").decode()
        return Response(answer.body, headers={**headers, "Content-Type": answer.content_type})

    async def _read(self, request: Request) -> EngineRequest:
        parameters = _pairs(request.scope["query_string"], "the address")
        if request.method == "POST":
            content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if content_type == _FORM:
                parameters += _pairs(await self._body(request), "the form")
            elif content_type == _QUERY:
                parameters.append(("query", _utf8(await self._body(request), "the body")))
            elif content_type == _UPDATE:
                raise Problem("update-refused", "updates are not taken: a release is never changed")
            else:
                raise Problem(
                    "unsupported-media-type",
                    f"the body is '{content_type or 'of no type'}': send {_QUERY} or {_FORM}",
                    headers={"Accept-Post": f"{_QUERY}, {_FORM}"},
                )
        return _asked(parameters, request.headers.getlist("accept"))

    async def _body(self, request: Request) -> bytes:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > self._max_request_bytes:
                raise Problem("too-large", f"the body is longer than {self._max_request_bytes} bytes")
        return bytes(body)


def _utf8(content: bytes, where: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise Problem("malformed-request", f"{where} is not UTF-8 (byte {error.start})") from error


def _pairs(encoded: bytes, where: str) -> list[tuple[str, str]]:
    """The parameters of an address or a form, which must be UTF-8 behind their percent signs."""
    text = _utf8(encoded, where)
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise Problem("malformed-request", f"the parameters of {where} cannot be read ({error})") from error


def _asked(parameters: Iterable[tuple[str, str]], accept: list[str]) -> EngineRequest:
    values: dict[str, list[str]] = {}
    for name, value in parameters:
        values.setdefault(name, []).append(value)
    queries = values.get("query", [])
    if not queries and "update" in values:
        raise Problem("update-refused", "updates are not taken: a release is never changed")
    if len(queries) != 1:
        raise Problem("no-query", f"the request has {len(queries)} parameters 'query': send exactly one")
    return EngineRequest(
        query=queries[0],
        dataset=Dataset(tuple(values.get("default-graph-uri", ())), tuple(values.get("named-graph-uri", ()))),
        accept=", ".join(accept) if accept else None,
        format=next((name for name in values.get("format", ()) if name), None),
    )

"""`/update`: the update operation of the SPARQL 1.1 Protocol (section 2.2)."""

from __future__ import annotations

from types import MappingProxyType

from starlette.datastructures import Headers
from starlette.types import Scope

from kg.namespaces import BASE
from kg.rdf_input import media_type_of
from server.answering import Answering
from server.asked import Asked
from server.context import Context
from server.exchange import Exchange
from server.problems import Problem
from server.replies import address_of
from server.sparql import check_charset, parameters_of, utf8
from server.writing.gate import Writing, answer_written
from server.writing.wire import Update

__all__ = ["UpdateEndpoint"]

_FORM = "application/x-www-form-urlencoded"
_UPDATE = "application/sparql-update"
_TAKEN = f"{_UPDATE}, {_FORM}"


class UpdateEndpoint(Answering):
    """The ASGI application at `/update`.

    Args:
        context: What it works with.
        writing: Who writes.
    """

    name = "update"
    methods = ("POST", "OPTIONS")
    writes = ("POST",)
    options = MappingProxyType({"Accept-Post": _TAKEN})

    def __init__(self, context: Context, writing: Writing) -> None:
        super().__init__(context)
        self._writing = writing

    async def read(self, scope: Scope, headers: Headers, body: bytes) -> Asked | None:
        """Nothing is read here."""
        return None

    async def write(self, exchange: Exchange) -> None:
        """Apply an update, sent as a form or as itself."""
        token = self._writing.authorize(exchange)
        stated = exchange.content_type or ""
        kind = media_type_of(stated)
        if kind not in (_FORM, _UPDATE):
            detail = f"the body is '{kind or 'of no type'}': send {_UPDATE} or {_FORM}"
            raise Problem("unsupported-media-type", detail, headers=dict(self.options))
        body = await self._writing.body(exchange)
        parameters = parameters_of(exchange.scope["query_string"], "the address")
        if kind == _FORM:
            parameters += parameters_of(body, "the form")
        else:
            check_charset(stated.partition(";")[2])
            parameters.append(("update", utf8(body, "the body")))
        values: dict[str, list[str]] = {}
        for name, value in parameters:
            values.setdefault(name, []).append(value)
        updates = values.get("update", [])
        if len(updates) != 1:
            raise Problem("no-update", f"the request has {len(updates)} parameters 'update': send exactly one")
        written = await self._writing.perform(
            Update(
                text=updates[0],
                base=address_of(exchange.scope) if self.context.plain else BASE,
                using=tuple(values.get("using-graph-uri", ())),
                using_named=tuple(values.get("using-named-graph-uri", ())),
                by=token.name,
            )
        )
        await answer_written(exchange, written, 204, {})

"""`/articles` and `/curation`: what a curator sends to a knowledge graph."""

from __future__ import annotations

from types import MappingProxyType
from typing import get_args

import msgspec
from starlette.datastructures import Headers
from starlette.types import Scope

from kg.article.read import MediaType
from kg.rdf_input import media_type_of
from server.answering import Answering
from server.asked import Asked
from server.context import Context
from server.exchange import Exchange
from server.problems import Problem
from server.sparql import parameters_of
from server.writing.gate import Writing, answer_written
from server.writing.wire import ArticleSent, DecisionSent

__all__ = ["ArticlesEndpoint", "CurationEndpoint"]

_ARTICLES = ", ".join(get_args(MediaType))
_JSON = "application/json"
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0", "")


class _Sent(Answering):
    """What both share: a body by POST, and nothing to read.

    Args:
        context: What it works with.
        writing: Who writes.
    """

    methods = ("POST", "OPTIONS")
    writes = ("POST",)

    def __init__(self, context: Context, writing: Writing) -> None:
        super().__init__(context)
        self._writing = writing

    async def read(self, scope: Scope, headers: Headers, body: bytes) -> Asked | None:
        """Nothing is read here."""
        return None


class ArticlesEndpoint(_Sent):
    """The ASGI application at `/articles`: a text or a page is extracted, mapped, validated and published."""

    name = "articles"
    options = MappingProxyType({"Accept-Post": _ARTICLES})

    async def write(self, exchange: Exchange) -> None:
        """Add an article; the answer has its ids, what was left out of it, and what the shapes say."""
        token = self._writing.authorize(exchange)
        stated = exchange.content_type or ""
        if media_type_of(stated) not in get_args(MediaType):
            detail = f"the body is '{media_type_of(stated) or 'of no type'}': send {_ARTICLES}"
            raise Problem("unsupported-media-type", detail, headers=dict(self.options))
        given = dict(parameters_of(exchange.scope["query_string"], "the address"))
        keep = given.get("keep", "no").lower()
        if keep not in (*_YES, *_NO):
            raise Problem("malformed-request", f"keep is '{keep}', but must be yes or no: may the text be kept?")
        written = await self._writing.perform(
            ArticleSent(
                content_type=stated,
                content=await self._writing.body(exchange),
                name=given.get("name") or "the article",
                published=given.get("published") or None,
                keep=keep in _YES,
                by=token.name,
            )
        )
        ids = msgspec.json.decode(written.answer)["ids"]
        location = {"Location": ids[0]} if ids else {}
        await answer_written(exchange, written, 201 if written.created else 200, location)


class CurationEndpoint(_Sent):
    """The ASGI application at `/curation`: a judgement or a correction is recorded, and all is linked by it."""

    name = "curation"
    options = MappingProxyType({"Accept-Post": _JSON})

    async def write(self, exchange: Exchange) -> None:
        """Record a decision."""
        token = self._writing.authorize(exchange)
        stated = media_type_of(exchange.content_type or "")
        if stated != _JSON:
            detail = f"the body is '{stated or 'of no type'}': send {_JSON}"
            raise Problem("unsupported-media-type", detail, headers=dict(self.options))
        document = await self._writing.body(exchange)
        written = await self._writing.perform(DecisionSent(document=document, by=token.name))
        await answer_written(exchange, written, 201 if written.created else 200, {})

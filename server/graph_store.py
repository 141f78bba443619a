"""`/store` and the addresses of graphs: the SPARQL 1.1 Graph Store HTTP Protocol.

Indirectly a graph is named by `?graph=IRI`, or `?default` is asked for (section 4.2); directly it is at the path of its
IRI here (section 4.1).
"""

from __future__ import annotations

import email.message
import email.policy
from abc import ABC, abstractmethod
from email.parser import BytesParser
from typing import Literal
from urllib.parse import quote
from uuid import uuid4

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.types import Scope

from kg.namespaces import BASE
from kg.rdf_input import RDF_TYPES, rdf_format
from kg.replay import ANNOTATION
from server.answering import Answering
from server.asked import Asked
from server.context import Context
from server.exchange import Exchange
from server.problems import Problem
from server.replies import address_of, is_iri
from server.sparql import parameters_of, seconds_of
from server.writing.gate import Writing, answer_written
from server.writing.wire import Document, GraphWrite

__all__ = ["DirectGraphEndpoint", "GraphStoreEndpoint"]

_ACTIONS: dict[str, Literal["put", "post", "delete"]] = {"PUT": "put", "POST": "post", "DELETE": "delete"}
_MULTIPART = "multipart/form-data"
_TAKEN = ", ".join(RDF_TYPES)


class _Graphs(Answering, ABC):
    """What both ways of naming a graph share.

    Args:
        context: What it works with.
        writing: Who writes, if anybody does.
    """

    def __init__(self, context: Context, writing: Writing | None = None) -> None:
        super().__init__(context)
        self._writing = writing
        if writing is not None:
            self.writes = tuple(_ACTIONS)
            self.methods = ("GET", "HEAD", *_ACTIONS, "OPTIONS")
            self.options = {"Accept-Post": f"{_TAKEN}, {_MULTIPART}"}

    @property
    def taken(self) -> tuple[str, ...]:
        """Those that write are taken while anybody may."""
        if self._writing is None or self._writing.tokens.any():
            return self.methods
        return tuple(method for method in self.methods if method not in _ACTIONS)

    @abstractmethod
    def graph(self, scope: Scope) -> str | None:
        """The IRI of the graph that is named, or None for the default graph.

        Raises:
            Problem: None is named, or more than one.
        """

    async def read(self, scope: Scope, headers: Headers, body: bytes) -> Asked | None:
        """Which graph is asked for."""
        parameters = parameters_of(scope["query_string"], "the address")
        given = dict(parameters)
        return Asked(
            graph=self.graph(scope),
            format=given.get("format") or None,
            release=given.get("release") or None,
            seconds=seconds_of(value for name, value in parameters if name == "timeout"),
        )

    async def write(self, exchange: Exchange) -> None:
        """Put, post to or delete a graph (sections 5.3 to 5.5)."""
        assert self._writing is not None  # else no method writes
        token = self._writing.authorize(exchange)
        action = _ACTIONS[exchange.scope["method"]]
        made = self._made(exchange.scope) if action == "post" else None
        graph = made or self.graph(exchange.scope)
        documents: tuple[Document, ...] = ()
        if action != "delete":
            body = await self._writing.body(exchange)
            # In a thread: a long form takes its time, and all others would wait.
            documents = await to_thread.run_sync(_documents, exchange.content_type or "", body, action == "post")
        base = graph or address_of(exchange.scope)
        written = await self._writing.perform(
            GraphWrite(action=action, base=base, graph=graph, documents=documents, by=token.name)
        )
        location = {"Location": made} if made is not None else {}
        await answer_written(exchange, written, 201 if written.created else 204, location)

    def _made(self, scope: Scope) -> str | None:
        """The IRI of a new graph, where a graph is sent without one."""
        return None


class GraphStoreEndpoint(_Graphs):
    """The ASGI application at `/store`."""

    name = "store"

    def graph(self, scope: Scope) -> str | None:
        """The graph of the parameter."""
        parameters = parameters_of(scope["query_string"], "the address")
        graphs = [value for name, value in parameters if name == "graph"]
        default = any(name == "default" for name, _value in parameters)
        if len(graphs) + default != 1:
            raise Problem("malformed-request", "name one graph: give graph=IRI once, or default")
        if graphs and not is_iri(graphs[0]):
            raise Problem("malformed-request", f"the graph '{graphs[0]}' is no absolute IRI")
        return graphs[0] if graphs else None

    def _made(self, scope: Scope) -> str | None:
        """For a graph that is sent to the store itself (section 5.5): below its address, or among the annotations."""
        names = {name for name, _value in parameters_of(scope["query_string"], "the address")}
        if names & {"graph", "default"}:
            return None
        return f"{address_of(scope)}/{uuid4()}" if self.context.plain else f"{ANNOTATION}{uuid4()}"


class DirectGraphEndpoint(_Graphs):
    """The ASGI application below an address at which graphs are named by their own.

    Args:
        context: What it works with.
        writing: Who writes, if anybody does.
    """

    name = "graph"

    def graph(self, scope: Scope) -> str | None:
        """The graph of the address: in a knowledge graph its IRI begins with the project's base, whatever the host."""
        path = quote(scope["path"].removeprefix("/"), safe="/:@!$&'()*+,;=-._~")
        return address_of(scope, f"/{path}") if self.context.plain else BASE + path


def _documents(stated: str, body: bytes, parts: bool) -> tuple[Document, ...]:
    """The documents of a body: itself, or the parts of a form (RFC 7578).

    Raises:
        Problem: They are not RDF, or cannot be told apart.
    """
    if parts and stated.partition(";")[0].strip().lower() == _MULTIPART:
        return _parts(stated, body)
    _check_type(stated)
    return (Document(content_type=stated, content=body),)


def _parts(stated: str, body: bytes) -> tuple[Document, ...]:
    head = f"Content-Type: {stated}\r\n\r\n".encode("latin-1")
    form: email.message.EmailMessage = BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
    if not form.is_multipart() or form.defects:
        raise Problem("malformed-request", "the parts of the body cannot be told apart: check its boundary")
    found = []
    for part in form.iter_parts():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)  # a part that is no multipart has bytes
        _check_type(part.get_content_type())
        found.append(Document(content_type=part.get_content_type(), content=content))
    return tuple(found)


def _check_type(stated: str) -> None:
    if rdf_format(stated) is None:
        detail = f"the document is '{stated or 'of no type'}': send one of {_TAKEN}"
        raise Problem("unsupported-media-type", detail, headers={"Accept-Post": _TAKEN})

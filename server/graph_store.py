"""`/store` and `/graph/...`: the reading side of the SPARQL 1.1 Graph Store HTTP Protocol, sections 4 and 5.2.

Indirectly a graph is named by `?graph=IRI`, or `?default` is asked for; directly it is at the path of its IRI here.
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.types import Scope

from kg.namespaces import BASE
from server.answering import Answering, Asked
from server.problems import Problem
from server.sparql import is_iri, parameters_of, seconds_of

__all__ = ["DirectGraphEndpoint", "GraphStoreEndpoint"]


class GraphStoreEndpoint(Answering):
    """The ASGI application at `/store`."""

    name = "store"

    async def read(self, scope: Scope, headers: Headers, body: bytes) -> Asked | None:
        """Which graph is asked for."""
        parameters = parameters_of(scope["query_string"], "the address")
        graphs = [value for name, value in parameters if name == "graph"]
        default = any(name == "default" for name, _value in parameters)
        if len(graphs) + default != 1:
            raise Problem("malformed-request", "name one graph: give graph=IRI once, or default")
        if graphs and not is_iri(graphs[0]):
            raise Problem("malformed-request", f"the graph '{graphs[0]}' is no absolute IRI")
        return _asked(parameters, graphs[0] if graphs else None)


class DirectGraphEndpoint(Answering):
    """The ASGI application below `/graph/`: the path is that of the graph's IRI."""

    name = "graph"

    async def read(self, scope: Scope, headers: Headers, body: bytes) -> Asked | None:
        """The graph of the address."""
        parameters = parameters_of(scope["query_string"], "the address")
        return _asked(parameters, BASE + quote(scope["path"].removeprefix("/"), safe="/:@!$&'()*+,;=-._~"))


def _asked(parameters: list[tuple[str, str]], graph: str | None) -> Asked:
    given = dict(parameters)
    return Asked(
        graph=graph,
        format=given.get("format") or None,
        release=given.get("release") or None,
        seconds=seconds_of(value for name, value in parameters if name == "timeout"),
    )

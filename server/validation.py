"""`/validate`: RDF in, a report of the shapes out, by a worker and under the limits of queries."""

from __future__ import annotations

from types import MappingProxyType

from starlette.datastructures import Headers
from starlette.types import Scope

from kg.rdf_input import RDF_TYPES, rdf_format
from server.answering import Answering
from server.asked import Asked
from server.problems import Problem
from server.sparql import parameters_of, seconds_of
from server.writing.wire import Document

__all__ = ["ValidateEndpoint"]

_TAKEN = ", ".join(RDF_TYPES)


class ValidateEndpoint(Answering):
    """The ASGI application at `/validate`."""

    name = "validate"
    methods = ("POST", "OPTIONS")
    options = MappingProxyType({"Accept-Post": _TAKEN})

    async def read(self, scope: Scope, headers: Headers, body: bytes) -> Asked | None:
        """The document of the body."""
        parameters = parameters_of(scope["query_string"], "the address")
        stated = headers.get("content-type", "")
        if rdf_format(stated) is None:
            detail = f"the document is '{stated or 'of no type'}': send one of {_TAKEN}"
            raise Problem("unsupported-media-type", detail, headers=dict(self.options))
        return Asked(
            document=Document(content_type=stated, content=body),
            format=dict(parameters).get("format") or None,
            seconds=seconds_of(value for name, value in parameters if name == "timeout"),
        )

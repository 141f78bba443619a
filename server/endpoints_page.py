"""The page of the endpoints: every method and path of the application, from its OpenAPI document and its routes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from kg.docs.page import Page, cell, markdown, table
from kg.formats import FORMATS
from server.app import create_app
from server.replies import PROBLEM_TYPE
from server.settings import Settings

__all__ = ["Endpoint", "endpoints", "page"]

_HTML, _CSV = "text/html", "text/csv"
_DATA = (_HTML, *(format.media_type for format in FORMATS if "graph" in format.kinds or "dataset" in format.kinds))
#: What the OpenAPI document leaves out, since it is made for people or for browsers: what it is, and in which types.
_UNDESCRIBED: dict[str, tuple[str, tuple[str, ...]]] = {
    "/conflicts": ("Where sources disagree, and what each says", (_HTML, _CSV)),
    "/context.jsonld": ("The context that JSON-LD is written with", ("application/ld+json",)),
    "/dumps": ("The files of the releases that are kept", (_HTML, "application/json")),
    "/explore": ("Incidents as a table, a map, a line of time and a chart, by facets", (_HTML, _CSV)),
    "/id/{name}": ("An entity, or whatever has an IRI; without an ending, the way to its document", _DATA),
    "/id/release/{ident}": ("A release by its IRI, be it current or not: the way to what is said of it", _DATA),
    "/id/release/{ident}/dump/{name}": ("A file of a release by its name in the catalogue: the way to the file", ()),
    "/mcp": ("Tools for assistants, by the Model Context Protocol", ("application/json",)),
    "/metrics": ("What the server counts, for Prometheus", ("text/plain",)),
    "/ontology": ("The ontology, as a page or as data", _DATA),
    "/ontology.{extension}": ("The same in one format", _DATA),
    "/ontology/{rest}": ("A version of the ontology, or a term by its name: the way to the document", (_HTML,)),
    "/openapi.json": ("The endpoints for machines (OpenAPI 3.1)", ("application/json",)),
    "/query": ("The query editor", (_HTML,)),
    "/query/terms.json": ("The terms that the editor offers", ("application/json",)),
    "/shapes": ("The shapes, as a page or as data", _DATA),
    "/shapes.{extension}": ("The same in one format", _DATA),
    "/shapes/{rest}": ("A version of the shapes, or a shape by its name: the way to the document", (_HTML,)),
    "/sources": ("What each article gave", (_HTML, _CSV)),
    "/static/{file}": ("The scripts, styles and pictures of the pages", ()),
    "/takedown": ("What can be withheld or corrected, and whom to ask", (_HTML,)),
    "/vocabulary": ("All vocabularies, as a page or as data", _DATA),
    "/vocabulary.{extension}": ("The same in one format", _DATA),
    "/vocabulary/{rest}": ("One vocabulary, as a page or as data", _DATA),
}
#: The method of those that stand before the framework and are not described for machines, if it is not `GET`.
_METHODS = {"/mcp": "POST"}
#: All questions are one row: each has a section of its own in `queries.md`.
_QUESTIONS = "/queries/"
_QUESTION = "The answer to a question, which takes its own parameters as well; a form in a browser"
_SHARED = ("format", "release", "timeout")


@dataclass(frozen=True)
class Endpoint:
    """A method at a path.

    Attributes:
        method: In capitals.
        path: With its variable parts in braces.
        what: One clause; empty where nobody has said it.
        parameters: The names of what an address may carry.
        types: The media types of good answers.
        token: Whether it asks for a token.
    """

    method: str
    path: str
    what: str
    parameters: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    token: bool = False


def endpoints(settings: Settings) -> list[Endpoint]:
    """All of an application, by path; `HEAD` and `OPTIONS` go without saying.

    Args:
        settings: Those of the application.
    """
    application = create_app(settings)
    found: dict[tuple[str, str], Endpoint] = {}
    for each in _described(application.framework.openapi()):
        if each.path.startswith(_QUESTIONS):
            each = replace(each, path=f"{_QUESTIONS}{{name}}", what=_QUESTION, parameters=_SHARED)
        found[each.path, each.method] = each
    shapes = {(_shape(path), method) for path, method in found}
    others = [
        *_routes(application.framework.routes),
        *((path, _METHODS.get(path, "GET")) for path in application.paths),
    ]
    for path, method in others:
        known = any(place == path for place, _ in found) and path in application.paths
        if not known and (_shape(path), method) not in shapes:
            what, types = _UNDESCRIBED.get(path, ("", ()))
            found[path, method] = Endpoint(method, path, what, (), types)
    return [found[key] for key in sorted(found)]


def _shape(path: str) -> str:
    """A path without the names of its variable parts, of which a route and its description may have different ones."""
    return re.sub(r"{\w+}", "{}", path)


def _described(document: dict[str, Any]) -> Iterator[Endpoint]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            good = [answer for status, answer in operation["responses"].items() if str(status).startswith("2")]
            types = dict.fromkeys(kind for answer in good for kind in answer.get("content", {}))
            yield Endpoint(
                method.upper(),
                path,
                operation.get("summary", ""),
                tuple(one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"),
                tuple(kind for kind in types if kind != PROBLEM_TYPE),
                bool(operation.get("security")),
            )


def _routes(routes: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Each path and method; a router that was included holds its own."""
    for route in routes:
        included = getattr(route, "original_router", None)
        if included is not None:
            yield from _routes(included.routes)
        elif getattr(route, "methods", None):
            for method in route.methods - {"HEAD", "OPTIONS"}:
                yield route.path.replace(":path}", "}"), method


def page() -> Page:
    """The page `endpoints.md`."""
    graph = endpoints(Settings())
    plain = [each for each in endpoints(Settings(empty=True)) if each not in graph]
    return markdown(
        "endpoints.md",
        "the OpenAPI document and the routes of the application",
        "Endpoints, one by one",
        [
            "Every path that the server answers, as its OpenAPI document at `/openapi.json` and its routes have it; "
            "[the endpoint](endpoint.md) says how they behave together. Where `GET` stands, `HEAD` is answered too. "
            "OpenAPI 3.1 has no word for the method `QUERY`, which `/sparql` takes like `POST`. The formats are those "
            "of [the table](formats.md), by name, or else media types; what cannot be answered is a "
            "[problem](problems.md). [The questions](queries.md) and their parameters have a page of their own. "
            "Writing takes a token ([how to get one](writing.md#tokens)).",
            _table(graph),
            "## A plain store",
            "With `KG_EMPTY=yes` the server is a triple store without the pages of a knowledge graph. What is there "
            "otherwise than above:",
            _table(plain),
        ],
    )


def _table(found: Iterable[Endpoint]) -> str:
    rows = [
        (
            each.method,
            f"`{each.path}`",
            cell(each.what) or "—",
            ", ".join(f"`{name}`" for name in each.parameters) or "—",
            ", ".join(f"`{_name(kind)}`" for kind in each.types) or "—",
            "who has a token" if each.token else "anybody",
        )
        for each in found
    ]
    return table(("method", "path", "what", "parameters", "formats", "who may"), rows)


def _name(media_type: str) -> str:
    names = {format.media_type: format.name for format in FORMATS}
    return names.get(media_type, media_type)

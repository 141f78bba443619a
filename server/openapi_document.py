"""The whole OpenAPI document: what the framework knows of its routes, and the endpoints that stand before it."""

from __future__ import annotations

from typing import Any

from server.limits import Limits
from server.openapi import PROBLEM_SCHEMA, TOKEN_SCHEME, endpoint_paths, write_paths
from server.questions.openapi import questions_paths, questions_schemas
from server.releases.openapi import release_paths, release_schemas
from server.search_openapi import search_paths, search_schemas

__all__ = ["completed"]


def completed(document: dict[str, Any], limits: Limits, *, plain: bool) -> dict[str, Any]:
    """The document with all endpoints; it is changed in place.

    Args:
        document: What the framework made of its routes.
        limits: The limits, which descriptions state.
        plain: Whether the store is of no project, which has no questions, releases and search.
    """
    paths: dict[str, Any] = document["paths"]
    components: dict[str, Any] = document.setdefault("components", {})
    schemas: dict[str, Any] = components.setdefault("schemas", {})
    components["securitySchemes"] = {"token": TOKEN_SCHEME}
    schemas["Problem"] = PROBLEM_SCHEMA
    paths.update(endpoint_paths(limits))
    for path, methods in write_paths(limits, plain=plain).items():
        paths.setdefault(path, {}).update(methods)
    if not plain:
        for more in (search_paths(), questions_paths(), release_paths()):
            paths.update(more)
        for made in (search_schemas(), questions_schemas(), release_schemas()):
            schemas.update(made)
    return document

"""The pages for people: each module has the routes of one, and all are readable without style or script."""

from __future__ import annotations

from fastapi import APIRouter

from server.linked_data import linked_data
from server.pages import (
    changes,
    cite,
    conflicts,
    explore,
    home,
    query,
    questions,
    reference,
    release_iris,
    releases,
    search,
    sources,
    takedown,
)
from server.pages.article import article_page
from server.pages.entity import entity_page
from server.site import Site

__all__ = ["pages"]

#: The pages of a knowledge graph, beside the home page.
_PAGES = (
    *(changes, cite, conflicts, explore, query, questions),
    *(reference, release_iris, releases, search, sources, takedown),
)


def pages(site: Site) -> APIRouter:
    """The routes of all pages.

    Args:
        site: What they share.
    """
    router = APIRouter()
    router.include_router(home.routes(site))
    if not site.settings.empty:
        for module in _PAGES:
            router.include_router(module.routes(site))
        router.include_router(linked_data(site, {"article": article_page(site)}, entity_page(site)))
    return router

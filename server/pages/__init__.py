"""The pages for people: each module has the routes of one, and all are readable without style or script."""

from __future__ import annotations

from fastapi import APIRouter

<<<<<<< HEAD
<<<<<<< HEAD
from server.linked_data import linked_data
from server.pages import conflicts, home
from server.pages.article import article_page
from server.pages.entity import entity_page
=======
from server.pages import home, query
>>>>>>> 3a37a8603047260742dbbc09646a9ac73809f067
=======
from server.pages import home, reference
>>>>>>> 5eb8812a22371ca66c7a7ebfd1652510dabdbd5c
from server.site import Site

__all__ = ["pages"]


def pages(site: Site) -> APIRouter:
    """The routes of all pages.

    Args:
        site: What they share.
    """
    router = APIRouter()
<<<<<<< HEAD
<<<<<<< HEAD
    for module in (home,) if site.settings.empty else (home, conflicts):
=======
    for module in (home, query):
>>>>>>> 3a37a8603047260742dbbc09646a9ac73809f067
=======
    for module in (home, reference):
>>>>>>> 5eb8812a22371ca66c7a7ebfd1652510dabdbd5c
        router.include_router(module.routes(site))
    if not site.settings.empty:
        router.include_router(linked_data(site, {"article": article_page(site)}, entity_page(site)))
    return router

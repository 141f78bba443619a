"""The pages for people: each module has the routes of one, and all are readable without style or script."""

from __future__ import annotations

from fastapi import APIRouter

from server.pages import home, reference
from server.site import Site

__all__ = ["pages"]


def pages(site: Site) -> APIRouter:
    """The routes of all pages.

    Args:
        site: What they share.
    """
    router = APIRouter()
    for module in (home, reference):
        router.include_router(module.routes(site))
    return router

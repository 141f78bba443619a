"""What all pages share: which release they speak of, how they are rendered, and the headers that they carry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from kg.release import Release
from server.budget import peer_of
from server.context import Context
from server.description import dataset_node
from server.kept import Kept
from server.labels import Labels, read_labels
from server.page_queries import PageQueries
from server.releases.served_release import ServedRelease
from server.replies import CORS, POLICY, address_of, entity_tag, revision_headers
from server.settings import Settings
from server.templating import templates

__all__ = ["Site"]


class Site:
    """The pages of one server.

    Args:
        context: What the endpoints work with as well.
        settings: The server's settings.
        served: The release that is served.
    """

    def __init__(self, context: Context, settings: Settings, served: ServedRelease) -> None:
        self.context = context
        self.settings = settings
        self.served = served
        self._labels = Kept[Labels]()

    async def release(self, request: Request) -> Release:
        """The release that a page speaks of: the one that its parameter `release` names, else the one that is served.

        Raises:
            Problem: There is no such release.
        """
        return await self.context.engine.release(request.query_params.get("release") or None)

    def queries(self, request: Request, release: Release) -> PageQueries:
        """Queries of a release for who looks at the page."""
        return PageQueries(self.context.engine, release, peer_of(request.scope))

    async def labels(self, queries: PageQueries) -> Labels:
        """The labels of the vocabularies, the gazetteer and the ontology in a release; kept for those asked last."""
        return await self._labels.of(queries.release.revision, lambda: read_labels(queries))

    async def page(
        self,
        request: Request,
        name: str,
        release: Release | None = None,
        *,
        title: str,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **values: Any,
    ) -> Response:
        """Render a template that extends `base.html`.

        Args:
            request: The request.
            name: The template.
            release: What the page speaks of; absent, the release that is served.
            title: Of the document; also the template's variable `title`.
            status: The status of the answer.
            headers: Further headers.
            values: What the template needs beside that.
        """
        if release is None:
            release = await run_in_threadpool(self.served.get)
        if not self.settings.empty:
            values.setdefault("jsonld", dataset_node(release, address_of(request.scope, "/context.jsonld")))
        page = templates.get_template(name).render(
            title=title,
            release=release,
            manifest=release.manifest,
            pinned=request.query_params.get("release") or None,
            path=request.url.path,
            base=self.settings.base,
            plain=self.settings.empty,
            contact=self.settings.named_contact,
            **values,
        )
        tag = entity_tag(release.revision, page)
        everyone = {
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cache-Control": "no-cache",
            "ETag": tag,
            "Vary": "Accept, Accept-Encoding",
            **revision_headers(release),
            **CORS,
            **(headers or {}),
        }
        return HTMLResponse(page, status, everyone)

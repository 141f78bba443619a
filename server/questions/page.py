"""The page of a question: its form, the first rows, downloads, the query behind it, programs that ask it."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from kg.query_text import QueryText
from kg.questions.snippets import snippets
from kg.release import Release
from server.budget import peer_of
from server.first_rows import FirstRows, first_rows, iris_of
from server.kept import Kept
from server.labels import read_entity_labels
from server.problems import Problem
from server.questions.form import Proposed, controls, entities_of, iris_asked
from server.questions.forms import Form, forms
from server.questions.request import QuestionRequest
from server.replies import address_of
from server.site import Site
from server.templating import address
from server.workers.engine import EngineRequest

__all__ = ["MOST", "gone", "permalink", "question_page"]

#: How many rows the page of a question shows.
MOST = 100
#: The comments by which the query page shows its views.
_VIEWS = {"chart": "As a chart", "map": "On a map", "timeline": "On a timeline"}


async def gone(request: Request) -> None:
    """Returns when the client has gone away."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def permalink(request: Request, release: Release, asked: QuestionRequest) -> str | None:
    """The address that asks the same of the same release; what was written since one has no address."""
    if release.revision != release.id:
        return None
    return address_of(request.scope, "") + asked.address(release=release.id)


async def question_page(
    site: Site, request: Request, release: Release, asked: QuestionRequest, proposed: Kept[Proposed]
) -> Response:
    """The page of a question as it was asked.

    Args:
        site: What pages share.
        request: The request.
        release: What is asked.
        asked: The question with its parameters.
        proposed: Keeps the entities that forms propose.

    Raises:
        Problem: The release cannot be asked at all.
        ClientGoneError: The client has gone away first.
    """
    queries = site.queries(request, release)
    labels = await site.labels(queries)
    rows: FirstRows | None = None
    problem: Problem | None = next(iter(asked.refused.values()), None)
    if problem is None:
        wanted = EngineRequest(
            release=release,
            client=peer_of(request.scope),
            query=asked.query,
            seconds=asked.seconds,
        )
        try:
            rows = await first_rows(site.context.engine, wanted, MOST, lambda: gone(request))
        except Problem as caught:
            problem = caught
    iris = {*iris_asked(asked), *(iris_of(rows.rows) if rows is not None else ())}
    unnamed = [iri for iri in iris if iri not in labels]
    if unnamed:
        labels = labels.and_of(await read_entity_labels(queries, unnamed))
    classes = {
        each.kind.removeprefix("entity ") for each in asked.question.parameters if each.kind.startswith("entity ")
    }
    listed = {
        cls: await proposed.of(f"{release.revision} {cls}", partial(entities_of, queries, cls))
        for cls in sorted(classes)
    }
    response = await site.page(
        request,
        "question.html",
        release,
        title=asked.question.title,
        status=problem.kind.status if problem is not None else 200,
        headers=problem.headers if problem is not None else None,
        labels=labels,
        rows=rows,
        problem=problem if problem is not None and not asked.refused else None,
        controls=controls(asked, labels, listed),
        **_shown(request, release, asked),
    )
    if problem is not None or QueryText(asked.query).volatile:
        response.headers["Cache-Control"] = "no-store"
        del response.headers["ETag"]
    return response


def _shown(request: Request, release: Release, asked: QuestionRequest) -> dict[str, Any]:
    """What the page shows of the question beside its answer."""
    question = asked.question
    pinned = asked.release
    explained = question.explained_with(asked.terms)
    given = {**asked.values, **({"release": release.id} if release.revision == release.id else {})}
    known = {each.name for each in question.parameters}
    return {
        "question": question,
        "strangers": [problem for name, problem in asked.refused.items() if name not in known],
        "meanings": {column.name: column.meaning for column in question.columns},
        "explained": explained,
        "editor": address("/query", query=explained, release=pinned),
        "view": (_VIEWS[question.view], address("/query", query=f"#view:{question.view}\n{explained}", release=pinned))
        if question.view in _VIEWS
        else None,
        "downloads": [(form, asked.address(format=form.name, release=pinned)) for form in _downloads()],
        "permalink": permalink(request, release, asked),
        "cite": address("/cite", question=question.name, **asked.values, release=release.id),
        "snippets": snippets(question, address_of(request.scope, f"/queries/{question.name}"), given),
        "about": asked.address(format="turtle"),
    }


def _downloads() -> list[Form]:
    return [form for form in forms() if form.made in ("table", "engine")]

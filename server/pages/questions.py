"""`/queries`: the questions of the library, each with a form, an answer, and an address for programs.

The page of a question asks it with the defaults, or with what its address says. A parameter that is wrong is told
beside its control. The data of the same address are JSON with typed rows and CSV; other formats never come this far
(`server.questions.endpoint`).
"""

from __future__ import annotations

from collections import Counter

import msgspec
from fastapi import APIRouter, Request
from pyoxigraph import Quad
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from kg.answer_csv import answer_csv
from kg.formats import by_name, serialize_rdf
from kg.jsonld import dumps
from kg.query_text import QueryText
from kg.questions import Question, questions
from kg.questions.executable import question_triples
from kg.questions.listed import QuestionList, listed_question
from kg.questions.values import ENTITY_CLASSES
from kg.release import Release
from server.kept import Kept
from server.page_queries import WholeAnswer
from server.questions.answer import as_json, rows_of
from server.questions.form import Proposed
from server.questions.forms import chosen_form, forms
from server.questions.page import gone, permalink, question_page
from server.questions.request import QuestionRequest, invalid, read_request
from server.replies import (
    accept_of,
    address_of,
    data_response,
    entity_tag,
    hint_header,
    options_response,
    revision_headers,
)
from server.site import Site
from server.term_documents import METHODS
from server.workers.engine import ClientGoneError

__all__ = ["listed", "routes"]

#: A client that has gone gets no answer; the log has this status (as nginx has it).
_GONE = 499
_LISTS = tuple(form for form in forms() if form.name in ("json", "html"))


def routes(site: Site) -> APIRouter:
    """The routes of the list and of the questions."""
    router = APIRouter()
    # Of the release that is served and one that is pinned, each class.
    proposed = Kept[Proposed](2 * len(ENTITY_CLASSES))

    @router.api_route("/queries", methods=list(METHODS), include_in_schema=False)
    async def library(request: Request) -> Response:
        if request.method == "OPTIONS":
            return options_response(METHODS)
        tag = _one(request, "tag")
        form = chosen_form(accept_of(request.headers), _one(request, "format"), _LISTS)
        every = questions()
        tags = Counter(tag for found in every for tag in found.tags)
        if tag is not None and tag not in tags:
            expected = f"one of {', '.join(sorted(tags))}"
            raise invalid("tag", f"no question has the tag '{tag[:60]}': give {expected}", expected)
        some = [found for found in every if tag is None or tag in found.tags]
        if form.name == "json":
            return _listed_json(some, request)
        return await site.page(
            request,
            "questions.html",
            await site.release(request),
            title="Questions",
            tag=tag,
            tags=sorted(tags.items()),
            groups=listed(some) if tag is None else [(tag, some)],
        )

    @router.api_route("/queries/{name}", methods=["GET", "HEAD"], include_in_schema=False)
    async def question(request: Request) -> Response:
        asked = read_request(request.scope["path"], request.scope["query_string"], accept_of(request.headers))
        release = await site.context.engine.release(asked.release)
        try:
            if asked.form.made == "page":
                return await question_page(site, request, release, asked, proposed)
            if asked.form.made == "description":
                return await run_in_threadpool(_description, request, release, asked)
            return await _table(site, request, release, asked)
        except ClientGoneError:
            return Response(status_code=_GONE)

    return router


def listed(found: list[Question]) -> list[tuple[str, list[Question]]]:
    """Questions below their first tag, the tags in their order."""
    groups: dict[str, list[Question]] = {}
    for question in found:
        groups.setdefault(question.tags[0], []).append(question)
    return sorted(groups.items())


def _one(request: Request, name: str) -> str | None:
    values = [value for value in request.query_params.getlist(name) if value]
    if len(values) > 1:
        raise invalid(name, f"the parameter {name} is given more than once", "one value")
    return values[0] if values else None


def _listed_json(some: list[Question], request: Request) -> Response:
    told = QuestionList([listed_question(found, address_of(request.scope, f"/queries/{found.name}")) for found in some])
    body = msgspec.json.encode(told)
    return data_response(body, "application/json", entity_tag("questions", body.decode()))


def _description(request: Request, release: Release, asked: QuestionRequest) -> Response:
    """The question itself as data, as `graph/meta` has it."""
    format = by_name(asked.form.engine, "graph")
    triples = question_triples(asked.question)
    context = address_of(request.scope, "/context.jsonld")
    body = (
        dumps([Quad(*triple) for triple in triples], context)
        if format.name == "jsonld"
        else serialize_rdf(triples, format)
    )
    tag = entity_tag("question", asked.question.name, format.name, context, body.decode())
    return data_response(body, format.content_type, tag, revision_headers(release))


async def _table(site: Site, request: Request, release: Release, asked: QuestionRequest) -> Response:
    query = asked.query
    most = site.context.limits.table_bytes
    answer = await site.queries(request, release).answer(
        query, "json", most=most, seconds=asked.seconds, gone=lambda: gone(request)
    )
    link = permalink(request, release, asked)
    body = await run_in_threadpool(_written, release, asked, answer, link)
    volatile = QueryText(query).volatile
    tag = None if volatile else entity_tag(release.revision, query, asked.form.name, link)
    name = asked.question.name
    more = {"Content-Disposition": f'attachment; filename="{name}.csv"'} if asked.form.name == "csv" else {}
    content_type = f"{asked.form.media_type}; charset=utf-8" if asked.form.name == "csv" else asked.form.media_type
    return data_response(body, content_type, tag, {**more, **hint_header(answer.hint), **revision_headers(release)})


def _written(release: Release, asked: QuestionRequest, answer: WholeAnswer, link: str | None) -> bytes:
    question = asked.question
    rows = rows_of(question, answer.content)
    if asked.form.name == "csv":
        return answer_csv([column.name for column in question.columns], rows)
    head = {
        "question": question.name,
        "title": question.title,
        "release": release.id,
        "revision": release.revision,
        "parameters": asked.effective,
        "permalink": link,
        "hint": answer.hint,
    }
    return as_json(question, rows, head)

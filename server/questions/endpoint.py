"""`/queries/{name}` for programs: a question in a format of the engine is answered as `/sparql` answers its query."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from server.answering import Answering
from server.asked import Asked
from server.context import Context
from server.problems import Problem
from server.questions.forms import chosen_form, forms
from server.questions.request import read_request
from server.replies import accept_of

__all__ = ["QuestionEndpoint"]


class QuestionEndpoint(Answering):
    """Stands before the page of a question, and takes what needs no page: streams, and other methods than GET and HEAD.

    Args:
        context: What it works with.
        pages: Answers in the other forms.
    """

    name = "queries"

    def __init__(self, context: Context, pages: ASGIApp) -> None:
        super().__init__(context)
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or have it answered."""
        if scope["method"] in ("GET", "HEAD") and not _streamed(scope):
            await self._pages(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

    async def read(self, scope: Scope, headers: Headers, body: bytes) -> Asked:
        """What the request asks: the query of the question with its parameters bound."""
        found = read_request(scope["path"], scope["query_string"], accept_of(headers))
        columns = ", ".join(f"{column.name}={column.kind}" for column in found.question.columns)
        return Asked(
            query=found.query,
            format=found.form.engine,
            release=found.release,
            seconds=found.seconds,
            headers={"Crossings-Columns": columns},
        )


def _streamed(scope: Scope) -> bool:
    """Whether the form that is asked for is one of the engine; what cannot be read is for the pages to refuse."""
    try:
        name = parse_qs(scope["query_string"].decode("ascii", "replace")).get("format", [None])[0]
        return chosen_form(accept_of(Headers(scope=scope)), name, forms()).made == "engine"
    except (Problem, ValueError):
        return False

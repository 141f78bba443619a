"""The tools `list_questions` and `ask_question`: the question library, without SPARQL."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated

import msgspec
from msgspec import Meta

from kg.questions import ParameterError, Question, questions
from kg.questions.parameters import ANY, written
from server.mcp.call import Call
from server.mcp.table import DEFAULT_ROWS, MaxRows, Table, as_text, table_of
from server.mcp.tool import Answer, Arguments, ReleaseId, Tool
from server.problems import Problem

__all__ = ["ASK", "LIST", "Listed", "listed"]


class ListArguments(Arguments, frozen=True, kw_only=True):
    """Which questions."""

    tag: Annotated[str | None, Meta(description="Only questions with this tag.")] = None


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter of a question."""

    name: str
    type: Annotated[str, Meta(description="What a value is.")]
    meaning: str
    default: Annotated[
        str | None,
        Meta(
            description="What is asked where no value is given; null asks all, as 'any' does where a value may be that."
        ),
    ] = None
    allowed: Annotated[list[str], Meta(description="The values that may be given; empty where others may be.")]


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A question."""

    name: str
    title: str
    description: str
    tags: list[str]
    parameters: list[Taken]
    columns: Annotated[dict[str, str], Meta(description="The columns of the answer and what they mean.")]


class Library(Answer, frozen=True, kw_only=True):
    """The questions."""

    questions: Annotated[list[Listed], Meta(description="With their parameters and columns.")]
    tags: Annotated[list[str], Meta(description="All tags there are.")]


def listed(question: Question) -> Listed:
    """A question as it is listed."""
    return Listed(
        name=question.name,
        title=question.title,
        description=question.description,
        tags=list(question.tags),
        parameters=[
            Taken(
                name=each.name,
                type=each.words,
                meaning=each.meaning,
                default=None if each.default is None else written(each.default),
                allowed=[*map(written, each.allowed), *([ANY] if each.allowed and each.takes_any else [])],
            )
            for each in question.parameters
        ],
        columns={column.name: column.meaning for column in question.columns},
    )


async def _list(call: Call, asked: ListArguments) -> Library:
    release = await call.release(None)
    known = questions()
    tags = sorted({tag for each in known for tag in each.tags})
    if asked.tag is not None and asked.tag not in tags:
        raise Problem(
            "malformed-request", f"no question has the tag '{asked.tag[:60]}': the tags are {', '.join(tags)}"
        )
    found = [listed(each) for each in known if asked.tag is None or asked.tag in each.tags]
    return Library(release=release.id, revision=release.revision, questions=found, tags=tags)


def _as_text(library: Library) -> str:
    lines = []
    for each in library.questions:
        lines.append(f"{each.name}: {each.title}. {each.description}")
        for taken in each.parameters:
            default = f", default {taken.default}" if taken.default is not None else ""
            lines.append(f"  {taken.name} ({taken.type}{default}): {taken.meaning}")
        lines.append(f"  gives: {', '.join(each.columns)}")
    return "\n".join(lines)


LIST = Tool(
    name="list_questions",
    title="List the questions of the library",
    description=(
        "List the tested questions that can be asked by name, each with its parameters, their types and defaults, and "
        "the columns of its answer. Prefer one of them to a query of your own."
    ),
    arguments=ListArguments,
    answer=Library,
    run=_list,
    text=_as_text,
    examples=({}, {"tag": "incidents"}),
)


class AskArguments(Arguments, frozen=True, kw_only=True):
    """A question and its parameters."""

    name: Annotated[str, Meta(min_length=1, description="A name that list_questions gives.")]
    parameters: Annotated[
        dict[str, str | int | float | bool],
        Meta(description="Values by parameter; dates as YYYY-MM-DD, IRIs in full or prefixed. Left out: the default."),
    ] = msgspec.field(default_factory=dict)
    max_rows: MaxRows = DEFAULT_ROWS
    release: ReleaseId = None


async def _ask(call: Call, asked: AskArguments) -> Table:
    known = {each.name: each for each in questions()}
    found = known.get(asked.name)
    if found is None:
        near = get_close_matches(asked.name, known, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "list_questions names those there are"
        raise Problem("not-found", f"there is no question '{asked.name[:60]}': {hint}", {"parameter": "name"})
    try:
        query = found.bound(found.terms(_texts(asked.parameters)))
    except ParameterError as error:
        raise Problem("invalid-parameter", str(error), {"parameter": error.parameter}) from error
    release = await call.release(asked.release)
    return await table_of(call, query, release, asked.max_rows, narrowed=_narrowed(found))


def _narrowed(question: Question) -> str:
    """How fewer rows are asked for: by the parameters, or else not by this tool."""
    own = "write a query of your own for sparql"
    names = " or ".join(each.name for each in question.parameters)
    return f"narrow the question by {names}, or {own}" if names else own


def _texts(given: Mapping[str, str | int | float | bool]) -> dict[str, str]:
    """The values as texts, which is what the library reads.

    >>> _texts({"a": True, "b": 3, "c": "2025"})
    {'a': 'true', 'b': '3', 'c': '2025'}
    """
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in given.items()}


ASK = Tool(
    name="ask_question",
    title="Ask a question of the library",
    description=(
        "Answer a question of list_questions, by its name and parameters, as a table. A wrong name or value is refused "
        "with a sentence that names it."
    ),
    arguments=AskArguments,
    answer=Table,
    run=_ask,
    text=as_text,
    examples=({"name": "incidents"}, {"name": "arrivals-per-year", "parameters": {}, "max_rows": 10}),
)

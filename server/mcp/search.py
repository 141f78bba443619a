"""The tool `search`: find things by their names and by what is quoted."""

from __future__ import annotations

import time
from typing import Annotated, Literal, TypeAlias

import msgspec
from anyio import to_thread
from msgspec import Meta

from kg.errors import GraphError
from kg.release import Release
from kg.search.answer import Answer as Found
from kg.search.answer import Hit
from kg.search.question import LONGEST
from kg.search.search import SearchIndex
from server.mcp.call import Call
from server.mcp.tool import Answer, Arguments, ReleaseId, Tool
from server.problems import Problem

__all__ = ["SEARCH"]

#: What can be looked for alone: `kg.search.documents.CLASSES`.
Class: TypeAlias = Literal["Incident", "Person", "Organization", "Route", "Statistic", "Place", "Article", "Concept"]
_MOST, _LAST = 50, 10_000


class SearchArguments(Arguments, frozen=True, kw_only=True):
    """What to look for."""

    text: Annotated[
        str, Meta(min_length=1, max_length=LONGEST, description="Words, in English or Korean; no operators.")
    ]
    cls: Annotated[Class | None, Meta(description="Only things of this class.")] = msgspec.field(
        name="class", default=None
    )
    limit: Annotated[int, Meta(ge=1, le=_MOST, description="Hits to give at most.")] = 10
    offset: Annotated[int, Meta(ge=0, le=_LAST, description="Hits to leave out, for further pages.")] = 0
    release: ReleaseId = None


class HitQuote(msgspec.Struct, frozen=True, kw_only=True):
    """Words of an article that a claim about the thing rests on."""

    words: str
    claim: str
    article: str
    title: str


class FoundThing(msgspec.Struct, frozen=True, kw_only=True):
    """A thing that was found."""

    iri: str
    cls: str = msgspec.field(name="class")
    label: str
    note: str
    articles: Annotated[int, Meta(description="How many articles report it, or how often it is used.")]
    matched: Annotated[str, Meta(description="The text in which it was found.")]
    quotes: list[HitQuote]


class Hits(Answer, frozen=True, kw_only=True):
    """What was found, the best first."""

    total: Annotated[int, Meta(description="How many things were found.")]
    offset: Annotated[int, Meta(description="How many hits were left out before these.")]
    classes: Annotated[dict[str, int], Meta(description="How many things of each class were found.")]
    hits: Annotated[list[FoundThing], Meta(description="With IRI, class, label, and the quotes about it.")]


async def _run(call: Call, asked: SearchArguments) -> Hits:
    release = await call.release(asked.release)
    # A search takes no worker, but time all the same: it is charged as a query is.
    with call.ground.engine.budgets.query(call.caller.client) as charge:
        found, seconds = await to_thread.run_sync(_found, release, asked)
        charge(seconds)
    return Hits(
        release=release.id,
        revision=release.revision,
        total=found.total,
        offset=found.offset,
        classes=found.classes,
        hits=[_hit(hit) for hit in found.hits],
    )


def _found(release: Release, asked: SearchArguments) -> tuple[Found, float]:
    began = time.thread_time()
    try:
        index = SearchIndex(release.search_path)
        answer = index.search(asked.text, cls=asked.cls, limit=asked.limit, offset=asked.offset)
        return answer, time.thread_time() - began
    except GraphError as error:
        detail = f"release {release.revision} was made by a version without the search of this one: build it again"
        raise Problem("not-searchable", detail) from error


def _hit(hit: Hit) -> FoundThing:
    return FoundThing(
        iri=hit.iri,
        cls=hit.cls,
        label=hit.label,
        note=hit.note,
        articles=hit.uses,
        matched=hit.matched.snippet.text,
        quotes=[
            HitQuote(words=each.snippet.text, claim=each.claim, article=each.article, title=each.title)
            for each in hit.quotes
        ],
    )


def _as_text(found: Hits) -> str:
    lines = [f"{found.total} found."]
    if not found.total:
        lines.append("Nothing has all of these words: ask with fewer, or with a name alone; or see list_questions.")
    for hit in found.hits:
        lines.append(f"{hit.label} ({hit.cls}) <{hit.iri}>{f': {hit.note}' if hit.note else ''}")
        lines += [f'  "{quote.words}" ({quote.title})' for quote in hit.quotes]
    return "\n".join([*lines, f"Release {found.revision}."])


SEARCH = Tool(
    name="search",
    title="Search the graph",
    description=(
        "Find incidents, persons, organisations, routes, statistics, places, articles and vocabulary by name or by "
        "quoted words. Gives IRIs for entity and sparql."
    ),
    arguments=SearchArguments,
    answer=Hits,
    run=_run,
    text=_as_text,
    examples=({"text": "eastern front"}, {"text": "soldier", "class": "Incident", "limit": 5}),
)

"""The page of the question library, made from the headers of `queries/*.rq`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.docs.page import Page, cell, markdown, table
from kg.questions import Question, questions
from kg.questions.parameters import written
from kg.questions.snippets import lines

__all__ = ["pages"]

_SERVER = "http://localhost:8000"


def pages() -> Iterator[Page]:
    """The page `queries.md`."""
    library = questions()
    parts = [_index(library), *(part for question in library for part in _section(question))]
    yield markdown(
        "queries.md",
        "queries/*.rq",
        "Questions",
        [
            "Each file of `queries/` is one question: `kg ask NAME` asks it, and `kg ask NAME --parameter VALUE` "
            "narrows it down. A parameter is a line `VALUES ?name { UNDEF }` in the file, which asks about everything, "
            "or it has the default in the place of `UNDEF`; so `kg query queries/NAME.rq` runs the file as it stands. "
            "Where a value may be `any`, that word asks about everything in the place of the default; an empty value "
            "is as none. "
            "The project's prefixes need no declaration.",
            "The server answers each at `/queries/NAME`, [with a page and with data](endpoint.md#questions). The calls "
            f"below ask a server at `{_SERVER}`; their Python needs httpx, their R no package, and a "
            "value in them is an example.",
            "The CSV of a question, by `kg ask --format csv` and by `/queries/NAME?format=csv` the same bytes, is for "
            "spreadsheets: it begins with a byte order mark, and a text that would run as a formula has an apostrophe "
            "before it; so R reads it too. `kg query --format csv` and `/sparql` write the CSV of SPARQL 1.1, in which "
            "every text is exact and none is guarded.",
            *parts,
        ],
    )


def _index(library: list[Question]) -> str:
    """The questions by tag; one with several tags stands below each."""
    tags = sorted({tag for question in library for tag in question.tags})
    listed = []
    for tag in tags:
        links = (
            f"[{cell(question.title)}](#{_anchor(question.title)})" for question in library if tag in question.tags
        )
        listed.append(f"- {tag}: {', '.join(links)}")
    return "\n".join(listed)


def _anchor(title: str) -> str:
    """The anchor that GitHub and the site of the docs give a heading.

    >>> _anchor("Arrivals per year, with who says so")
    'arrivals-per-year-with-who-says-so'
    """
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _example(question: Question) -> dict[str, str]:
    """Values for a call that shows the parameters: each default, else the first value that there is to choose."""
    given: dict[str, str] = {}
    for parameter in question.parameters:
        term = parameter.default or next(iter(parameter.allowed), None)
        if term is not None:
            given[parameter.name] = written(term)
    return given


def _section(question: Question) -> Iterator[str]:
    yield f"## {cell(question.title)}"
    yield f"`{question.name}` ({', '.join(question.tags)}): {cell(question.description)}"
    if question.parameters:
        rows = [
            (f"`{p.name}`", cell(p.words), f"`{written(p.default)}`" if p.default is not None else "", cell(p.meaning))
            for p in question.parameters
        ]
        yield table(("parameter", "a value is", "default", "what"), rows)
    yield table(("column", "type", "what"), [(f"`{c.name}`", c.kind, cell(c.meaning)) for c in question.columns])
    calls = "\n".join(lines(question.name, f"{_SERVER}/queries/{question.name}", _example(question)))
    yield f"```text\n{calls}\n```"

"""The page of the question library, made from the headers of `queries/*.rq`."""

from __future__ import annotations

from collections.abc import Iterator

from kg.docs.page import Page, cell, markdown, table
from kg.questions import Question, questions

__all__ = ["pages"]


def pages() -> Iterator[Page]:
    """The page `queries.md`."""
    parts = [part for question in questions() for part in _section(question)]
    yield markdown(
        "queries.md",
        "queries/*.rq",
        "Questions",
        [
            "Each file of `queries/` is one question: `kg query queries/incidents-by-year-and-front.rq` runs it as it "
            "stands. A parameter is a line `VALUES ?name { UNDEF }` in the file, which asks about everything; put a "
            "term in the place of `UNDEF` to narrow the question down. The project's prefixes need no declaration.",
            *parts,
        ],
    )


def _section(question: Question) -> Iterator[str]:
    yield f"## {cell(question.title)}"
    yield f"`queries/{question.name}.rq`: {cell(question.description)}"
    if question.parameters:
        yield table(("parameter", "what"), [(f"`?{p.name}`", cell(p.meaning)) for p in question.parameters])
    yield table(("column", "what"), [(f"`?{c.name}`", cell(c.meaning)) for c in question.columns])

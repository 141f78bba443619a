"""The first rows of anybody's query, for the page that shows them without a script."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)

from kg.query_text import QueryText
from server.page_queries import Term
from server.workers.engine import Engine, EngineRequest

__all__ = ["FirstRows", "first_rows", "iris_of"]

#: Beyond so many bytes no more of an answer is read: rows may be long.
_MOST = 1_000_000
_TRIPLE = ("subject", "predicate", "object")


@dataclass(frozen=True)
class FirstRows:
    """What stands at the beginning of an answer.

    Attributes:
        variables: The columns; of triples subject, predicate and object.
        rows: The first rows; a cell that is not bound is None.
        more: Whether there are further rows.
        truth: The answer of ASK, else None.
        seconds: How long it took.
        hint: What the server advises where nothing was found.
        triples: Whether the rows are triples.
    """

    variables: tuple[str, ...] = ()
    rows: list[list[Term | None]] = field(default_factory=list)
    more: bool = False
    truth: bool | None = None
    seconds: float = 0.0
    hint: str | None = None
    triples: bool = False

    @property
    def document(self) -> dict[str, Any]:
        """The rows as SPARQL 1.1 Query Results JSON has them."""
        if self.truth is not None:
            return {"head": {}, "boolean": self.truth}
        bindings = [
            {name: _json(term) for name, term in zip(self.variables, row, strict=True) if term is not None}
            for row in self.rows
        ]
        return {"head": {"vars": list(self.variables)}, "results": {"bindings": bindings}}


async def first_rows(
    engine: Engine,
    request: EngineRequest,
    most: int = 100,
    gone: Callable[[], Coroutine[Any, Any, None]] | None = None,
    used: Callable[[float], None] = lambda seconds: None,
) -> FirstRows:
    """Ask a query and read the beginning of its answer; what is beyond is not waited for.

    Args:
        engine: Who answers.
        request: What is asked: a query, of whatever form.
        most: How many rows are read.
        gone: Returns when the client has gone away.
        used: Takes the seconds that a worker was busy with it.

    Raises:
        Problem: There is no answer.
        ClientGoneError: The client has gone away first.
    """
    assert request.query is not None
    text = QueryText(request.query)
    triples = text.kind == "graph"
    # These formats have a line a row, so that the beginning can be read without the rest.
    format = "ntriples" if triples else "json" if text.form == "ASK" else "tsv"
    began = time.perf_counter()
    async with engine.answer(replace(request, accept=None, coding=None, format=format), gone, used) as answer:
        content, whole = bytearray(), True
        async for chunk in answer.spool.chunks():
            content += chunk
            if len(content) > _MOST or content.count(b"\n") > most + 1:
                whole = False
                break
        hint = answer.hint if whole else None
    seconds = time.perf_counter() - began
    if text.form == "ASK":
        return FirstRows(truth=bool(json.loads(content)["boolean"]), seconds=seconds, hint=hint)
    lines = bytes(content).split(b"\n")[:-1]
    head = [] if triples else lines[:1]
    more = not whole or len(lines) > most + len(head)
    kept = b"\n".join([*lines[: most + len(head)], b""])
    rows: list[list[Term | None]]
    if triples:
        variables = _TRIPLE
        rows = [[quad.subject, quad.predicate, quad.object] for quad in parse(kept, format=RdfFormat.N_TRIPLES)]
    else:
        found = parse_query_results(kept, format=QueryResultsFormat.TSV)
        assert isinstance(found, QuerySolutions)
        names = [variable.value for variable in found.variables]
        variables = tuple(names)  # type: ignore[assignment]  # as many as the query has
        rows = [[row[name] for name in names] for row in found]
    return FirstRows(variables, rows, more, seconds=seconds, hint=hint, triples=triples)


def iris_of(rows: list[list[Term | None]]) -> set[str]:
    """The IRIs in some rows, which may have labels."""
    return {term.value for row in rows for term in row if isinstance(term, NamedNode)}


def _json(term: Term) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Literal):
        told = {"type": "literal", "value": term.value}
        if term.language is not None:
            return {**told, "xml:lang": term.language}
        return {**told, "datatype": term.datatype.value}
    subject, predicate, object = (_json(part) for part in (term.subject, term.predicate, term.object))
    return {"type": "triple", "value": {"subject": subject, "predicate": predicate, "object": object}}

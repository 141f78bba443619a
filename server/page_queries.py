"""What a page asks of the graph: queries through the same workers, limits and budgets as everyone's."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import Any, NamedTuple, TypeAlias

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from kg.release import Release
from kg.release.withheld import KeptTombstone
from server.problems import Problem
from server.workers.engine import Engine, EngineRequest

__all__ = ["Given", "Gone", "PageQueries", "Row", "Term", "WholeAnswer", "bound"]

#: What a solution holds.
Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
#: One solution, without the variables that are not bound.
Row: TypeAlias = dict[str, Term]
#: What a parameter may be: a term, or several of which each is tried.
Given: TypeAlias = NamedNode | Literal | Sequence[NamedNode | Literal]
#: Returns when a client has gone away.
Gone: TypeAlias = Callable[[], Coroutine[Any, Any, None]]

_BIND = re.compile(r"^[ \t]*#bind[ \t]+(\w+)[ \t]*$", re.MULTILINE)


class WholeAnswer(NamedTuple):
    """An answer in one piece, and what the server advises where nothing was found."""

    content: bytes
    hint: str | None


class PageQueries:
    """Asks one release for one client.

    Args:
        engine: Who answers.
        release: What is asked.
        client: The address of who looks at the page: its budget pays.
    """

    def __init__(self, engine: Engine, release: Release, client: str) -> None:
        self._engine = engine
        self._client = client
        self.release = release

    async def rows(self, query: str, /, **terms: Given) -> list[Row]:
        """The solutions of a SELECT query.

        Args:
            query: Its text; a line `#bind name` stands where the parameter `name` is bound.
            terms: The parameters.

        Raises:
            Problem: It has no answer.
        """
        answer = (await self.answer(bound(query, **terms), "json")).content
        found = parse_query_results(answer, format=QueryResultsFormat.JSON)
        assert isinstance(found, QuerySolutions)
        names = [variable.value for variable in found.variables]
        return [{name: term for name in names if (term := row[name]) is not None} for row in found]

    async def check(self, query: str) -> None:
        """Find out that a query can be asked, without its answer.

        Raises:
            Problem: It is not SPARQL, or is refused, as when it is asked.
        """
        request = EngineRequest(release=self.release, client=self._client, query=query, check=True)
        async with self._engine.answer(request):
            pass  # inside, the query has been taken

    async def withheld(self, iri: str) -> KeptTombstone | None:
        """What any release that is kept says of an id that it withholds."""
        return await self._engine.withheld(iri)

    async def quads(self, query: str, /, **terms: Given) -> list[Quad]:
        """The triples of a CONSTRUCT query, in the default graph.

        Raises:
            Problem: It has no answer.
        """
        answer = (await self.answer(bound(query, **terms), "ntriples")).content
        return list(parse(answer, format=RdfFormat.N_TRIPLES))

    async def answer(
        self,
        query: str,
        format: str,
        *,
        most: int | None = None,
        seconds: float | None = None,
        gone: Gone | None = None,
    ) -> WholeAnswer:
        """The whole answer of a query.

        Args:
            query: Its text.
            format: The name of a format of `kg.formats`.
            most: How long the answer may be, in bytes, if not as long as any.
            seconds: How long it may take, if less than the limit.
            gone: Returns when the client has gone away.

        Raises:
            Problem: It has no answer, or one that is too long.
            ClientGoneError: The client has gone away first.
        """
        request = EngineRequest(release=self.release, client=self._client, query=query, format=format, seconds=seconds)
        async with self._engine.answer(request, gone) as answer:
            whole = answer.whole
            if whole is not None and (most is None or len(whole) <= most):
                return WholeAnswer(whole, answer.hint)
            content = bytearray()
            async for chunk in answer.spool.chunks():
                content += chunk
                if most is not None and len(content) > most:
                    detail = f"the answer is longer than the {most} bytes that are written in this format: ask for less"
                    raise Problem("answer-too-large", f"{detail}, or for srj or tsv, which have no such bound")
            return WholeAnswer(bytes(content), answer.hint)


def bound(query: str, /, **terms: Given) -> str:
    """A query with its parameters bound: each as `VALUES`, a term in its own serialisation, at its line `#bind name`.

    Raises:
        ValueError: A parameter has no such line, or a line no parameter.

    >>> bound("SELECT * {\\n#bind s\\n?s ?p ?o }", s=NamedNode("urn:a"))
    'SELECT * {\\nVALUES ?s { <urn:a> }\\n?s ?p ?o }'
    """
    wanted = set(_BIND.findall(query))
    if wanted != set(terms):
        raise ValueError(f"the query binds {sorted(wanted)}, but {sorted(terms)} were given")

    def values(found: re.Match[str]) -> str:
        given = terms[found[1]]
        several: Iterable[NamedNode | Literal] = (given,) if isinstance(given, (NamedNode, Literal)) else given
        return f"VALUES ?{found[1]} {{ {' '.join(map(str, several))} }}"

    return _BIND.sub(values, query)

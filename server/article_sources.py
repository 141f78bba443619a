"""How many independent sources stand behind some articles of a release, by the rule of the build."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode

from kg.consolidate.sources import Sources
from kg.ids import normalise
from server.page_queries import PageQueries, Term

__all__ = ["read_sources", "twins_of"]

_CITED = """SELECT ?article ?name ?organization WHERE {
#bind article
  GRAPH ?g { ?article cx:citedSource ?source . ?source skos:prefLabel ?name .
             OPTIONAL { ?source cx:sourceOrganization ?organization } }
}"""
_TWINS = """SELECT ?article ?other WHERE {
#bind article
  GRAPH graph:curation { ?article cx:nearDuplicateOf ?other }
}"""


async def read_sources(queries: PageQueries, articles: Iterable[str]) -> Sources:
    """The sources of some articles, by their IRIs; they are counted by the articles' ids."""
    wanted = [NamedNode(iri) for iri in sorted(set(articles))]
    if not wanted:
        return Sources(())
    cited, twins = await asyncio.gather(queries.rows(_CITED, article=wanted), queries.rows(_TWINS, article=wanted))
    named: dict[str, set[str]] = {_id(node): set() for node in wanted}
    for row in cited:
        organization = row.get("organization")
        name = organization.value if isinstance(organization, NamedNode) else normalise(_words(row["name"]))
        named[_id(row["article"])].add(name)
    pairs = [(_id(row["article"]), _id(row["other"])) for row in twins]
    return Sources.named({ident: frozenset(names) for ident, names in named.items()}, twins_of(pairs))


def twins_of(pairs: Iterable[tuple[str, str]]) -> Sequence[tuple[str, ...]]:
    """Groups of articles of nearly the same words, from the pairs that the graph names.

    >>> twins_of([("a", "b"), ("b", "c"), ("d", "e")])
    [('a', 'b', 'c'), ('d', 'e')]
    """
    group: dict[str, set[str]] = {}
    for one, other in pairs:
        joined = group.get(one, {one}) | group.get(other, {other})
        for member in joined:
            group[member] = joined
    return sorted({tuple(sorted(members)) for members in group.values()})


def _id(node: Term) -> str:
    return _words(node).rpartition("/")[2]


def _words(term: Term) -> str:
    return str(getattr(term, "value", term))

"""The description of an entity: bounded, and useful by itself.

What is said of it in the default graph and elsewhere; its claims with their evidence and articles; the Conflicts on
it; who points to it; and the labels of all that these name. The page of an entity shows what its data hold, so both
are made from one description (Linked Data, as W3C's Cool URIs for the Semantic Web, section 4, has it).
"""

from __future__ import annotations

import asyncio
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.article.naming import ARTICLE
from kg.namespaces import BASE, expand
from server.page_queries import Given, PageQueries, Row, Term

__all__ = ["LIMIT_CLAIMS", "LIMIT_LINKS", "LIMIT_READ", "Description", "describe", "describe_article"]

#: How many claims about an entity a description holds, and how many of those in which it is named otherwise.
LIMIT_CLAIMS, LIMIT_LINKS = 200, 100
#: How many claims the page of an article shows.
LIMIT_READ = 400
#: How many articles give their text, from which the words around a quote are taken.
_TEXTS = 12

#: The parts of a description, each the body of a query for ?s ?p ?o, in the graph ?g if it is not the default graph.
#: A line that begins with `#page` leaves out what a page does not show.
_OWN = """{
#bind s
  { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } }
}"""
_ABOUT = """{ SELECT DISTINCT ?g ?claim WHERE {
#bind about
    GRAPH ?g { ?claim rdf:subject ?about } } ORDER BY ?claim LIMIT @claims }"""
# Three queries and not one, so that several workers find them at the same time.
_CLAIMS = f"""{{ {_ABOUT}
  GRAPH ?g {{ ?claim ?p ?o BIND (?claim AS ?s)
#page FILTER (?p NOT IN (rdf:type, cx:extractor, cx:subjectMention, cx:objectMention, cx:quotedSpeech, cx:dateEarliest,
#page                    cx:dateLatest, cx:datePrecision, cx:officialSpeaker))
  }}
}}"""
_EVIDENCE = f"""{{ {_ABOUT}
  GRAPH ?g {{ ?claim cx:evidence ?s . ?s ?p ?o
#page FILTER (?p IN (oa:hasSelector, cx:quoteWithheld))
  }}
}}"""
_SELECTORS = f"""{{ {_ABOUT}
  GRAPH ?g {{ ?claim cx:evidence/oa:hasSelector ?s . ?s ?p ?o
#page FILTER (?p != rdf:type)
  }}
}}"""
_CONFLICTS = """{
#bind about
  ?s cx:onSubject ?about ; ?p ?o .
}"""
_POINTING = """{
#bind o
  ?s ?p ?o .
  FILTER (?p NOT IN (cx:onSubject, cx:otherValue, cx:preferredValue))
} ORDER BY ?s ?p LIMIT @more"""
_SPEAKING = """{
  { SELECT DISTINCT ?g ?s WHERE {
#bind about
    GRAPH ?g { ?s cx:attributedTo ?about } } ORDER BY ?s LIMIT @links }
  GRAPH ?g { ?s ?p ?o
    FILTER (?p IN (rdf:type, rdf:subject, rdf:predicate, rdf:object, cx:attributedTo, cx:inArticle, cx:certainty,
                   cx:specificity, cx:tense, cx:negated, cx:rawValue, cx:attributionText)) }
}"""
# Each part binds for itself: joined to all of them, the engine would look through every label of the release.
_NAMED = """{
  {
#bind s
    ?s ?p ?o FILTER (?p IN (skos:prefLabel, rdf:type)) }
  UNION {
#bind s
    GRAPH ?g { ?s ?p ?o FILTER (?p IN (skos:prefLabel, rdf:type)) } FILTER (?g IN (graph:gazetteer, graph:vocabulary)) }
}"""
# A filter and not VALUES ?p: with that the engine goes through all quads of a property for each article.
_ARTICLES = """{
#bind s
  GRAPH ?g { ?s ?p ?o
    FILTER (?p IN (rdf:type, dcterms:title, dcterms:publisher, dcterms:issued, cx:noDateStated, schema:url)) }
}"""
_READ = """{ SELECT DISTINCT ?g ?claim WHERE {
#bind about
    GRAPH ?g { ?claim cx:inArticle ?about ; rdf:subject ?subject } } ORDER BY ?claim LIMIT @read }"""
#: The parts of the description of an article.
_OF_ARTICLE = (
    """{
#bind about
  { GRAPH ?g { ?about ?p ?o FILTER (?p != cx:text) } BIND (?about AS ?s) }
  UNION { GRAPH ?g { ?about cx:citedSource ?s . ?s ?p ?o } }
}""",
    f"""{{ {_READ}
  GRAPH ?g {{ ?claim ?p ?o BIND (?claim AS ?s)
    FILTER (?p NOT IN (rdf:type, cx:extractor, cx:subjectMention, cx:objectMention, cx:quotedSpeech)) }}
}}""",
    f"""{{ {_READ}
  GRAPH ?g {{ ?claim cx:evidence ?s . ?s ?p ?o FILTER (?p IN (oa:hasSelector, cx:quoteWithheld)) }}
}}""",
    f"""{{ {_READ}
  GRAPH ?g {{ ?claim cx:evidence/oa:hasSelector ?s . ?s ?p ?o FILTER (?p != rdf:type) }}
}}""",
)
_TEXT = """SELECT ?s ?o WHERE {
#bind s
  GRAPH ?g { ?s cx:text ?o }
}"""


@dataclass
class Description:
    """What a release says of one thing.

    Attributes:
        iri: The thing.
        quads: All of the description.
        pointing: Those of them that say who points to it.
        texts: Texts of articles that may be shown, by the article's IRI; no part of the data.
        more_pointing: Whether more point to it than the description holds.
    """

    iri: str
    quads: list[Quad] = field(default_factory=list)
    pointing: list[Quad] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    more_pointing: bool = False

    def __post_init__(self) -> None:
        self._index: dict[str, dict[str, list[Term]]] | None = None

    def of(self, iri: str) -> dict[str, list[Term]]:
        """What is said of a thing, in whatever graph: values by predicate."""
        if self._index is None:
            self._index = {}
            for quad in self.quads:
                if isinstance(quad.subject, NamedNode):
                    values = self._index.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, [])
                    if quad.object not in values:
                        values.append(quad.object)
        return self._index.get(iri, {})

    def values(self, iri: str, name: str) -> list[Term]:
        """The values of one property, by its prefixed name."""
        return self.of(iri).get(expand(name), [])

    def iris(self, iri: str, name: str) -> list[str]:
        """Those of them that are IRIs."""
        return [value.value for value in self.values(iri, name) if isinstance(value, NamedNode)]

    def text(self, iri: str, name: str) -> str | None:
        """The first of them that is a literal, as text."""
        return next((value.value for value in self.values(iri, name) if isinstance(value, Literal)), None)

    def subjects(self, name: str, value: str) -> list[str]:
        """What has an IRI as a value of a property."""
        predicate, wanted = NamedNode(expand(name)), NamedNode(value)
        nodes = (q.subject for q in self.quads if q.predicate == predicate and q.object == wanted)
        return sorted({node.value for node in nodes if isinstance(node, NamedNode)})


async def describe(
    queries: PageQueries, iri: str, *, graphs: bool = False, page: bool = False, known: Container[str] = ()
) -> Description:
    """Describe a thing.

    Args:
        queries: The release that is asked.
        iri: The thing.
        graphs: Whether it matters in which graph something is said; else all is given in the default graph, sooner.
        page: Whether it is for a page: that leaves out what only data need, and takes the words around quotes.
        known: What need not be named, because its label is known.
    """
    node = NamedNode(iri)

    async def part(body: str, **terms: Given) -> list[Quad]:
        bounded = _bounded(body.replace("#page ", "") if page else body)
        if graphs:
            return list(_quads(await queries.rows(f"SELECT ?g ?s ?p ?o WHERE {bounded}", **terms)))
        return await queries.quads(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {bounded}", **terms)

    *parts, pointing = await asyncio.gather(
        part(_OWN, s=node),
        part(_CLAIMS, about=node),
        part(_EVIDENCE, about=node),
        part(_SELECTORS, about=node),
        part(_CONFLICTS, about=node),
        part(_SPEAKING, about=node),
        part(_POINTING, o=node),
    )
    found = Description(
        iri, pointing=sorted(pointing, key=str)[:LIMIT_LINKS], more_pointing=len(pointing) > LIMIT_LINKS
    )
    found.quads = [*chain.from_iterable(parts), *found.pointing]
    named = {name for name in _named(found.quads, iri) if name not in known}
    articles = sorted(name for name in named if name.startswith(ARTICLE))
    wanted = [part(_NAMED, s=[NamedNode(name) for name in sorted(named)])] if named else []
    if articles:
        wanted.append(part(_ARTICLES, s=[NamedNode(name) for name in articles]))
    if page and articles:
        found.texts = await _texts(queries, articles[:_TEXTS])
    found.quads = list(dict.fromkeys((*found.quads, *chain.from_iterable(await asyncio.gather(*wanted)))))
    return found


def _bounded(body: str) -> str:
    limits = {"claims": LIMIT_CLAIMS, "links": LIMIT_LINKS, "more": LIMIT_LINKS + 1, "read": LIMIT_READ}
    for name, limit in limits.items():
        body = body.replace(f"@{name}", str(limit))
    return body


async def describe_article(queries: PageQueries, iri: str, known: Container[str] = ()) -> Description:
    """Describe an article with the claims that were read from it, for its page.

    Args:
        queries: The release that is asked.
        iri: The article.
        known: What need not be named, because its label is known.
    """
    node = NamedNode(iri)

    async def part(body: str, **terms: Given) -> list[Quad]:
        return await queries.quads(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {_bounded(body)}", **terms)

    parts = await asyncio.gather(*(part(body, about=node) for body in _OF_ARTICLE))
    found = Description(iri, quads=[*chain.from_iterable(parts)])
    named = {name for name in _named(found.quads, "") if name not in known}
    if named:
        found.quads += await part(_NAMED, s=[NamedNode(name) for name in sorted(named)])
    found.texts = await _texts(queries, [iri])
    return found


async def _texts(queries: PageQueries, articles: Iterable[str]) -> dict[str, str]:
    """The texts of those of some articles that may be shown."""
    rows = await queries.rows(_TEXT, s=[NamedNode(name) for name in articles])
    return {
        article.value: words.value
        for article, words in ((row["s"], row["o"]) for row in rows)
        if isinstance(article, NamedNode) and isinstance(words, Literal)
    }


def _quads(rows: Iterable[Row]) -> Iterator[Quad]:
    for row in rows:
        subject, predicate, graph = row["s"], row["p"], row.get("g")
        if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode):
            yield Quad(subject, predicate, row["o"], graph if isinstance(graph, NamedNode) else DefaultGraph())


def _named(quads: Iterable[Quad], but: str) -> set[str]:
    """The IRIs of ours that a reader of the description would want named: all but the parts of claims."""
    nodes = {node for quad in quads for node in (quad.subject, quad.object) if isinstance(node, NamedNode)}
    return {node.value for node in nodes if node.value.startswith(BASE) and not node.value.startswith(_PARTS)} - {but}


#: What stands behind a value and has no label.
_PARTS = tuple(f"{BASE}id/{kind}/" for kind in ("claim", "evidence", "selector", "mention"))

"""What the shapes look at: the union of a release's graphs, with what that union alone cannot show.

Two things are added for the time of a validation and never released, both in the namespace of the shapes:

* `cxsh:originalText`, the text of an article that a release may not hold, so that its quotes can be checked;
* `cxsh:holdsTripleAbout`, from an article to each entity that its graph says something of directly. In a union of
  graphs nobody can tell any more in which one a triple stood.

Of the vocabularies only what the shapes ask is taken: the admissibility table, schemes, broader concepts, and which
properties are functional. A graph without vocabularies is given those of the ontology.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.namespaces import BASE, expand, graph_iri
from kg.resources import ontology_dir

__all__ = ["ARTICLE_GRAPHS", "shipped_vocabulary", "triples_of", "union"]

#: What the graphs of articles begin with.
ARTICLE_GRAPHS = graph_iri("article/")

_ENTITY = re.compile(re.escape(f"{BASE}id/") + "(incident|person|organization|route|statistic|place)/")
_ASKED = frozenset(
    expand(name)
    for name in (
        "cx:admitted",
        "cx:foundsClass",
        "cx:yieldsTo",
        "cx:fitsActorType",
        "cx:valuesFrom",
        "owl:disjointWith",
        "skos:inScheme",
        "skos:broader",
    )
)
_TYPE = expand("rdf:type")
_FUNCTIONAL = expand("owl:FunctionalProperty")
_LEXICON = frozenset({graph_iri("vocabulary"), graph_iri("gazetteer")})
_META = graph_iri("meta")
_ADMITTED = expand("cx:admitted")
_TEXT = expand("cx:text")
_ORIGINAL = NamedNode(expand("cxsh:originalText"))
_MARKER = NamedNode(expand("cxsh:holdsTripleAbout"))


def union(quads: Iterable[Quad], texts: Mapping[str, str]) -> Iterator[Triple]:
    """The triples to validate, as they come; one may come again, for what is validated is their set.

    Args:
        quads: The quads of a release; those of `graph/meta` are not looked at.
        texts: The texts of articles, by the article's IRI.
    """
    vocabulary = False
    told: set[str] = set()
    for quad in quads:
        for triple in triples_of(quad):
            yield triple
            predicate = quad.predicate.value
            vocabulary = vocabulary or predicate == _ADMITTED
            if predicate == _TEXT:
                told.add(getattr(quad.subject, "value", ""))
    if not vocabulary:
        for quad in shipped_vocabulary():
            yield quad.triple
    for article, text in texts.items():
        if article not in told:
            yield Triple(NamedNode(article), _ORIGINAL, Literal(text))


def triples_of(quad: Quad) -> tuple[Triple, ...]:
    """The triples that one quad adds to the union: none, itself, or itself and the mark of the graph it stands in."""
    name = getattr(quad.graph_name, "value", "")
    if name == _META or (name in _LEXICON and not _is_asked(quad)):
        return ()
    if name.startswith(ARTICLE_GRAPHS) and _ENTITY.match(getattr(quad.subject, "value", "")):
        return quad.triple, Triple(NamedNode(f"{BASE}id/article/{name[len(ARTICLE_GRAPHS) :]}"), _MARKER, quad.subject)
    return (quad.triple,)


def _is_asked(quad: Quad) -> bool:
    if quad.predicate.value == _TYPE:
        return getattr(quad.object, "value", "") == _FUNCTIONAL
    return quad.predicate.value in _ASKED


@lru_cache(maxsize=1)
def shipped_vocabulary() -> tuple[Quad, ...]:
    """What the shapes ask of the ontology's own vocabularies."""
    folder = ontology_dir()
    found: list[Quad] = []
    for path in (folder / "ontology.ttl", *sorted((folder / "vocabulary").glob("*.ttl"))):
        parsed = pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE)
        found.extend(quad for quad in parsed if _is_asked(quad))
    return tuple(found)

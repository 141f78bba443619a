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
from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.query import Result as QueryResult
from rdflib.term import Node

from kg.errors import UsageError
from kg.namespaces import BASE, PREFIXES, expand, graph_iri
from kg.resources import ontology_dir
from kg.shapes.planner import planned

__all__ = ["ARTICLE_GRAPHS", "ValidatedGraph", "to_rdflib", "union"]

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


class ValidatedGraph(Graph):
    """An rdflib graph that parses and plans a query once.

    pyshacl gives the text of a constraint's query anew for every focus node.
    """

    def query(self, query_object: object, *args: object, **keywords: object) -> QueryResult:
        """Evaluate a query, planned before if its text was."""
        plan = planned(query_object).query if isinstance(query_object, str) else query_object
        return super().query(plan, *args, **keywords)  # type: ignore[arg-type]


def union(quads: Iterable[Quad], texts: Mapping[str, str]) -> Graph:
    """The graph to validate.

    Args:
        quads: The quads of a release; those of `graph/meta` are not looked at.
        texts: The texts of articles, by the article's IRI.
    """
    graph = ValidatedGraph()
    terms: dict[object, Node] = {}
    marker = URIRef(expand("cxsh:holdsTripleAbout"))
    vocabulary = False

    def term(node: object) -> Node:
        known = terms.get(node)
        if known is None:
            known = terms[node] = to_rdflib(node)
        return known

    def triples() -> Iterator[tuple[Node, Node, Node]]:
        nonlocal vocabulary
        for quad in quads:
            name = getattr(quad.graph_name, "value", "")
            if name == _META:
                continue
            predicate = quad.predicate.value
            vocabulary = vocabulary or predicate == _ADMITTED
            if name in _LEXICON and not _is_asked(quad):
                continue
            yield term(quad.subject), term(quad.predicate), term(quad.object)
            if name.startswith(ARTICLE_GRAPHS) and _ENTITY.match(getattr(quad.subject, "value", "")):
                yield URIRef(f"{BASE}id/article/{name[len(ARTICLE_GRAPHS) :]}"), marker, term(quad.subject)

    # `addN` of an rdflib graph checks every quad's context; its store takes triples as they are.
    store = graph.store
    for triple in triples():
        store.add(triple, graph)
    if not vocabulary:
        for quad in _shipped_vocabulary():
            graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    for article, text in texts.items():
        if (URIRef(article), URIRef(expand("cx:text")), None) not in graph:
            graph.add((URIRef(article), URIRef(expand("cxsh:originalText")), RdfLiteral(text)))
    return graph


def to_rdflib(node: object) -> Node:
    """A term of pyoxigraph as one of rdflib.

    Raises:
        UsageError: The term is a triple, which SHACL has no word for.
    """
    if isinstance(node, NamedNode):
        return URIRef(node.value)
    if isinstance(node, Literal):
        if node.language:
            return RdfLiteral(node.value, lang=node.language)
        datatype = node.datatype.value
        # A plain string without its datatype is the same to rdflib and much faster to make.
        return RdfLiteral(node.value) if datatype == _STRING else RdfLiteral(node.value, datatype=URIRef(datatype))
    if isinstance(node, BlankNode):
        return BNode(node.value)
    raise UsageError(f"{node} cannot be validated: SHACL 1.0 knows no triple terms, leave it out")


_STRING = PREFIXES["xsd"] + "string"


def _is_asked(quad: Quad) -> bool:
    if quad.predicate.value == _TYPE:
        return getattr(quad.object, "value", "") == _FUNCTIONAL
    return quad.predicate.value in _ASKED


@lru_cache(maxsize=1)
def _shipped_vocabulary() -> tuple[Quad, ...]:
    folder = ontology_dir()
    found: list[Quad] = []
    for path in (folder / "ontology.ttl", *sorted((folder / "vocabulary").glob("*.ttl"))):
        parsed = pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE)
        found.extend(quad for quad in parsed if _is_asked(quad))
    return tuple(found)

"""The questions of the library as RDF, for `graph/meta`: each a `sh:SPARQLSelectExecutable`.

The vocabulary of SHACL (https://www.w3.org/ns/shacl.ttl) has that class for a SELECT query that is a resource. Prefixes
are declared by `sh:prefixes` and `sh:declare` (SHACL, section 5.2.1), and a parameter by `sh:parameter`, as those of
components and functions are (SHACL, section 6.2.1; SHACL Advanced Features, section 5): its variable is the local name
of its `sh:path`; `sh:name`, `sh:description`, `sh:order` and `sh:defaultValue` are for people and forms (SHACL, section
2.3.2). One thing is ours: a parameter is given by putting its term into its block `VALUES ?name { ... }`, so that the
text runs as it is.

The IRI of a question has the path of the address at which it is asked. There are no blank nodes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.namespaces import BASE, PREFIXES, SCHEMES, expand, graph_iri
from kg.questions.library import questions
from kg.questions.parameters import Parameter
from kg.questions.question import Question
from kg.questions.values import Term

__all__ = ["LIBRARY", "executables", "question_iri", "question_triples"]

#: The IRI of the library: what its questions are part of, and what declares their prefixes.
LIBRARY = f"{BASE}queries"


def question_iri(name: str) -> str:
    """The IRI of a question.

    >>> question_iri("routes")
    'https://w3id.org/crossings/queries/routes'
    """
    return f"{LIBRARY}/{name}"


def executables(library: Sequence[Question] | None = None) -> list[Quad]:
    """All questions as quads of `graph/meta`.

    Args:
        library: The questions; absent, those that are shipped.
    """
    graph = NamedNode(graph_iri("meta"))
    found = list(_library())
    for question in questions() if library is None else library:
        found += _question(question)
    return [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in found]


def question_triples(question: Question) -> list[Triple]:
    """A question and the prefixes of its query, as triples."""
    return [*_question(question), *_library()]


def _say(subject: str, predicate: str, *objects: str | Term) -> Iterator[Triple]:
    for given in objects:
        value = Literal(given) if isinstance(given, str) else given
        yield Triple(NamedNode(subject), NamedNode(expand(predicate)), value)


def _node(name: str) -> NamedNode:
    return NamedNode(expand(name))


def _english(text: str) -> Literal:
    return Literal(text, language="en")


def _library() -> Iterator[Triple]:
    # What declares prefixes is an owl:Ontology by the domain of sh:declare.
    yield from _say(LIBRARY, "rdf:type", _node("owl:Ontology"))
    yield from _say(LIBRARY, "dcterms:title", _english("Questions of Crossings"))
    for prefix, namespace in PREFIXES.items():
        declared = f"{LIBRARY}#prefix-{prefix}"
        yield from _say(LIBRARY, "sh:declare", NamedNode(declared))
        yield from _say(declared, "rdf:type", _node("sh:PrefixDeclaration"))
        yield from _say(declared, "sh:prefix", prefix)
        yield from _say(declared, "sh:namespace", Literal(namespace, datatype=_node("xsd:anyURI")))


def _question(question: Question) -> Iterator[Triple]:
    iri = question_iri(question.name)
    yield from _say(iri, "rdf:type", _node("sh:SPARQLExecutable"), _node("sh:SPARQLSelectExecutable"))
    yield from _say(iri, "dcterms:isPartOf", NamedNode(LIBRARY))
    yield from _say(iri, "dcterms:identifier", question.name)
    yield from _say(iri, "dcterms:title", _english(question.title))
    yield from _say(iri, "dcterms:description", _english(question.description))
    yield from _say(iri, "dcat:keyword", *(_english(tag) for tag in question.tags))
    yield from _say(iri, "sh:select", question.query)
    yield from _say(iri, "sh:prefixes", NamedNode(LIBRARY))
    for order, parameter in enumerate(question.parameters):
        node = f"{iri}#parameter-{parameter.name}"
        yield from _say(iri, "sh:parameter", NamedNode(node))
        yield from _parameter(node, f"{iri}#{parameter.name}", parameter)
        yield from _say(node, "sh:order", Literal(order))


def _parameter(node: str, path: str, parameter: Parameter) -> Iterator[Triple]:
    yield from _say(node, "rdf:type", _node("sh:Parameter"))
    yield from _say(node, "sh:path", NamedNode(path))
    yield from _say(node, "sh:name", _english(parameter.name))
    yield from _say(node, "sh:description", _english(parameter.meaning))
    # A question that is given nothing asks for its defaults, or for everything.
    yield from _say(node, "sh:optional", Literal(True))
    yield from _typed(node, parameter)
    if parameter.default is not None:
        yield from _say(node, "sh:defaultValue", parameter.default)
    for name, bound in (("sh:minInclusive", parameter.least), ("sh:maxInclusive", parameter.most)):
        if bound is not None:
            kind = "xsd:integer" if bound == bound.to_integral_value() else "xsd:decimal"
            yield from _say(node, name, Literal(format(bound, "f"), datatype=_node(kind)))
    if parameter.choices:
        yield from _list(node, parameter.choices)


_DATATYPES = {
    "text": "xsd:string",
    "year": "xsd:integer",
    **{name: f"xsd:{name}" for name in ("integer", "decimal", "boolean", "date")},
}


def _typed(node: str, parameter: Parameter) -> Iterator[Triple]:
    kind, _, rest = parameter.kind.partition(" ")
    if kind in _DATATYPES:
        yield from _say(node, "sh:datatype", _node(_DATATYPES[kind]))
        return
    yield from _say(node, "sh:nodeKind", _node("sh:IRI"))
    if kind == "entity":
        yield from _say(node, "sh:class", _node(f"cx:{rest}"))
    elif kind == "concept":
        yield from _say(node, "sh:class", _node("skos:Concept"))
        scheme = SCHEMES[rest.removeprefix("of ")]
        yield from _say(node, "rdfs:seeAlso", NamedNode(f"{BASE}vocabulary/{scheme}"))


def _list(node: str, terms: Sequence[Term]) -> Iterator[Triple]:
    """The terms as an RDF list whose nodes have IRIs."""
    names = [f"{node}-in-{number}" for number in range(1, len(terms) + 1)]
    yield from _say(node, "sh:in", NamedNode(names[0]))
    for name, term, rest in zip(names, terms, [*names[1:], expand("rdf:nil")], strict=True):
        yield from _say(name, "rdf:first", term)
        yield from _say(name, "rdf:rest", NamedNode(rest))

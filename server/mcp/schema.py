"""The tool `schema`: what an assistant must know to write a right query, in short."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Meta
from pyoxigraph import Literal, NamedNode

from kg.namespaces import PREFIXES, curie
from kg.reference.terms import OntologyClass, Property
from server.mcp.call import Call
from server.mcp.tool import Answer, Arguments, ReleaseId, Tool
from server.page_queries import PageQueries

__all__ = ["SCHEMA"]

#: How long a comment is at most, in characters.
_LONGEST = 180
#: How often the release uses its terms, as its own description says (VoID, section 4.5).
_COUNTED = """SELECT ?term (MAX(?count) AS ?n) WHERE {
  GRAPH graph:meta {
    { ?part void:class ?term ; void:entities ?count } UNION { ?part void:property ?term ; void:triples ?count }
  }
} GROUP BY ?term"""
#: Which of some terms a named graph uses, as class or predicate.
_NAMED = """SELECT ?term WHERE {{ VALUES ?term {{ {terms} }}
  FILTER (EXISTS {{ GRAPH ?g {{ ?s a ?term }} }} || EXISTS {{ GRAPH ?g {{ ?s ?term ?o }} }}) }}"""
_GRAPHS = {
    "default graph": "what is held to be so: entities with plain values, and Conflicts; ask it without GRAPH",
    "graph:article/ID": "one article: its metadata, mentions, claims and evidence",
    "graph:vocabulary": "the ontology and the vocabularies",
    "graph:gazetteer": "places, organisations and routes by name",
    "graph:curation": "what people decided",
    "graph:meta": "the release described",
}
_HOW = (
    "A value in the default graph rests on claims: GRAPH ?g { ?claim rdf:subject ?entity ; rdf:predicate ?property ; "
    "rdf:object ?value ; cx:certainty ?certainty ; cx:inArticle ?article ; cx:evidence ?evidence }.",
    "The words: ?evidence oa:hasSelector ?q . ?q oa:exact ?quote. The place: ?evidence oa:hasSelector ?p . "
    "?p oa:start ?start ; oa:end ?end, in code points of the article from 0. Where words are withheld, "
    "cx:quoteWithheld counts them.",
    "Who says so: cx:attributedTo (an entity) and cx:attributionText (the words) of the claim.",
    "Only claims with certainty:asserted or certainty:reported, not negated, specific and not of the future become "
    "values; hedged and denied ones are in the articles' graphs alone.",
    "An article: GRAPH ?g { ?article dcterms:title ?title ; dcterms:publisher ?publisher ; dcterms:issued ?day }, each "
    "of which may be missing. It is a cx:Digest, whose words are ours, or a cx:Article.",
    "A disagreement: ?conflict a cx:Conflict ; cx:onSubject ?entity ; cx:onProperty ?property ; cx:otherValue ?value ; "
    "cx:resolutionRule ?rule, and cx:preferredValue where a rule chose. Without one there is no plain value.",
    "Dates are in Extended Date/Time Format (cx:dateEDTF); cx:dateEarliest and cx:dateLatest are xsd:date bounds to "
    "filter by.",
    "Labels are skos:prefLabel, in English and often Korean: FILTER (LANG(?label) = 'en').",
    "The values of a property with a scheme are the scheme's concepts, such as front:eastern.",
)
_EXAMPLES = (
    "SELECT ?incident ?label ?earliest { ?incident a cx:Incident ; skos:prefLabel ?label ; cx:dateEarliest ?earliest } "
    "ORDER BY ?earliest",
    "SELECT ?property ?value ?certainty ?quote ?article { GRAPH ?g { ?claim rdf:subject <IRI> ; rdf:predicate "
    "?property ; rdf:object ?value ; cx:certainty ?certainty ; cx:inArticle ?article ; cx:evidence ?evidence . "
    "OPTIONAL { ?evidence oa:hasSelector/oa:exact ?quote } } }",
)


class SchemaArguments(Arguments, frozen=True, kw_only=True):
    """Of which release."""

    release: ReleaseId = None


_InGraph = Annotated[bool, Meta(description="Whether named graphs alone have it: ask for it inside GRAPH ?g.")]


class ClassTold(msgspec.Struct, frozen=True, kw_only=True):
    """A class."""

    name: str
    label: str
    comment: str
    count: Annotated[int, Meta(description="How many the default graph has.")]
    in_graph: _InGraph


class PropertyTold(msgspec.Struct, frozen=True, kw_only=True):
    """A property."""

    name: str
    label: str
    comment: str
    of: Annotated[list[str], Meta(description="The classes that have it.")]
    values: Annotated[list[str], Meta(description="The classes or the datatype of its values.")]
    scheme: Annotated[str | None, Meta(description="The prefix of the concepts that its values are.")] = None
    count: Annotated[int, Meta(description="How many triples of the default graph have it.")]
    in_graph: _InGraph


class SchemaTold(Answer, frozen=True, kw_only=True):
    """What there is to ask."""

    prefixes: Annotated[dict[str, str], Meta(description="Declared in every query.")]
    graphs: Annotated[dict[str, str], Meta(description="The named graphs and what each holds.")]
    how: Annotated[list[str], Meta(description="How values, claims, evidence and disagreements hang together.")]
    examples: Annotated[list[str], Meta(description="Queries that can be asked.")]
    classes: Annotated[list[ClassTold], Meta(description="With a comment and how many there are.")]
    properties: Annotated[list[PropertyTold], Meta(description="With a comment, of what, and with what values.")]
    schemes: Annotated[dict[str, list[str]], Meta(description="Concepts of each vocabulary, by its prefix.")]


async def _run(call: Call, asked: SchemaArguments) -> SchemaTold:
    release = await call.release(asked.release)
    queries = call.queries(release)
    reference = await call.ground.reference(queries)
    counts = await _counts(queries)
    prefix_of = {scheme.name: scheme.prefix for scheme in reference.schemes.values()}
    prefix_of |= {scheme.iri: scheme.prefix for scheme in reference.schemes.values()}
    ontology = reference.ontology
    classes = [found for found in ontology.classes.values() if not found.status]
    properties = [found for found in ontology.properties.values() if not found.status]
    named = await _named(queries, [each.iri for each in (*classes, *properties) if not counts.get(each.iri)])
    return SchemaTold(
        release=release.id,
        revision=release.revision,
        prefixes=PREFIXES,
        graphs=_GRAPHS,
        how=list(_HOW),
        examples=list(_EXAMPLES),
        classes=[_class(found, counts, named) for found in classes],
        properties=[_property(found, counts, named, prefix_of) for found in properties],
        schemes={
            scheme.prefix: [concept.name for concept in scheme.concepts.values()]
            for scheme in reference.schemes.values()
            if scheme.prefix
        },
    )


async def _counts(queries: PageQueries) -> dict[str, int]:
    return {
        term.value: int(count.value)
        for term, count in ((row.get("term"), row.get("n")) for row in await queries.rows(_COUNTED))
        if isinstance(term, NamedNode) and isinstance(count, Literal)
    }


async def _named(queries: PageQueries, iris: Iterable[str]) -> set[str]:
    rows = await queries.rows(_NAMED.format(terms=" ".join(f"<{iri}>" for iri in iris)))
    return {term.value for row in rows if isinstance(term := row.get("term"), NamedNode)}


def _class(found: OntologyClass, counts: dict[str, int], named: set[str]) -> ClassTold:
    return ClassTold(
        name=curie(found.iri),
        label=found.label,
        comment=_short(found.definition),
        count=counts.get(found.iri, 0),
        in_graph=found.iri in named,
    )


def _property(found: Property, counts: dict[str, int], named: set[str], prefix_of: dict[str, str]) -> PropertyTold:
    return PropertyTold(
        name=curie(found.iri),
        label=found.label,
        comment=_short(found.definition),
        of=_names(found.domain),
        values=_names(found.range),
        scheme=prefix_of.get(found.scheme) or None,
        count=counts.get(found.iri, 0),
        in_graph=found.iri in named,
    )


def _used(told: ClassTold | PropertyTold) -> str:
    return "in GRAPH ?g" if told.in_graph else str(told.count)


def _names(iris: Iterable[str]) -> list[str]:
    return [curie(iri) for iri in iris]


def _short(text: str) -> str:
    """The beginning of a text, at the end of a word.

    >>> _short("word " * 100)[-6:]
    'word …'
    """
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[:_LONGEST].rpartition(" ")[0] + " …"


def _as_text(told: SchemaTold) -> str:
    lines = ["Prefixes, declared in every query:"]
    lines += [f"  {prefix}: <{namespace}>" for prefix, namespace in told.prefixes.items()]
    lines += ["Graphs:", *(f"  {name}: {what}" for name, what in told.graphs.items())]
    lines += ["How it hangs together:", *(f"  {each}" for each in told.how)]
    lines += ["Example queries:", *(f"  {each}" for each in told.examples)]
    lines += ["Classes, with how many the default graph has, or that they stand in named graphs alone:"]
    lines += [f"  {each.name} ({_used(each)}): {each.comment or each.label}" for each in told.classes]
    lines += ["Properties, of what, with what values, in how many triples of the default graph:"]
    for each in told.properties:
        values = f"{each.scheme}: concepts" if each.scheme else " ".join(each.values)
        lines.append(f"  {each.name} of {' '.join(each.of)} -> {values} ({_used(each)}): {each.comment or each.label}")
    lines += ["Concepts of the vocabularies:"]
    lines += [f"  {prefix}: {json.dumps(names)}" for prefix, names in told.schemes.items()]
    return "\n".join([*lines, f"Release {told.revision}."])


SCHEMA = Tool(
    name="schema",
    title="What there is to ask",
    description=(
        "Prefixes, classes and properties with their meaning and counts, vocabularies, named graphs, how values, "
        "claims, evidence and disagreements hang together, and example queries. Call it once before sparql."
    ),
    arguments=SchemaArguments,
    answer=SchemaTold,
    run=_run,
    text=_as_text,
    examples=({},),
)

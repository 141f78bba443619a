"""How often a release uses a term, and a statement of it as an example: the queries, and what their answers say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal as OneOf

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.formats import by_name, serialize_rdf
from kg.namespaces import CX, expand
from kg.reference.schemes import Scheme
from kg.reference.terms import Ontology

__all__ = [
    "Example",
    "Usage",
    "Where",
    "count_queries",
    "examples_query",
    "listing_query",
    "read_counts",
    "read_examples",
    "valued_by",
]

#: Where a term is used: in the default graph; as the property or the value of a claim; in a statement of a named graph.
Where = OneOf["facts", "claims", "records"]
Rows = Iterable[Mapping[str, NamedNode | BlankNode | Literal | Triple]]

#: A longer value is shortened in an example, in characters.
_LONGEST = 120
_LABEL = expand("skos:prefLabel")


@dataclass(frozen=True)
class Example:
    """A statement of a release.

    Args:
        subject: The IRI of its subject.
        predicate: The property.
        object: Its value.
        claim: The IRI of the claim that states it, where the release states it in no other way; else nothing.
        label: What the subject is called, or nothing.
    """

    subject: str
    predicate: str
    object: NamedNode | Literal
    claim: str = ""
    label: str = ""

    @property
    def shortened(self) -> bool:
        """Whether the value is too long to be shown whole."""
        return isinstance(self.object, Literal) and len(self.object.value) > _LONGEST

    def turtle(self) -> str:
        r"""The statement as Turtle with the prefixes of the project, which are not declared in it.

        >>> Example(expand("id:route/dmz"), expand("cx:usage"), Literal("rare")).turtle()
        'id:route\\/dmz cx:usage "rare" .'
        """
        value: NamedNode | Literal = self.object
        if isinstance(value, Literal) and self.shortened:
            value = Literal(value.value[: _LONGEST - 1] + "…")
        subject, predicate = NamedNode(self.subject), NamedNode(self.predicate)
        triples = [Triple(subject, predicate, value)]
        if self.claim:
            claim = NamedNode(self.claim)
            said = (("rdf:subject", subject), ("rdf:predicate", predicate), ("rdf:object", value))
            triples = [Triple(claim, NamedNode(expand(name)), term) for name, term in said]
        written = serialize_rdf(triples, by_name("turtle", "graph")).decode()
        return "\n".join(line for line in written.split("\n") if not line.startswith("@prefix ")).strip()


@dataclass(frozen=True)
class Usage:
    """How often a release uses each term, and examples.

    Args:
        counts: By where and IRI.
        samples: A subject that a term is used of (of claims: the claim), by where and IRI.
        examples: By the IRI of the property.
    """

    counts: Mapping[tuple[Where, str], int] = field(default_factory=dict)
    samples: Mapping[tuple[Where, str], str] = field(default_factory=dict)
    examples: Mapping[str, Example] = field(default_factory=dict)

    def of(self, where: Where, iri: str) -> int:
        """How often a term is used."""
        return self.counts.get((where, iri), 0)


def count_queries(ontology: Ontology, schemes: Mapping[str, Scheme]) -> list[tuple[Where, str]]:
    """The queries that count uses, each with where its answer counts: `?term ?n ?sample`."""
    answer = "SELECT ?term (COUNT(*) AS ?n) (SAMPLE(?s) AS ?sample) WHERE"
    records = [iri for iri, found in ontology.properties.items() if found.footing == "record"]
    schemed = {found.scheme for found in ontology.properties.values() if found.scheme}
    flat = _values([iri for scheme in sorted(schemed) for iri in valued_by(ontology, scheme, "facts")])
    concepts = " ".join(str(NamedNode(iri)) for scheme in schemes.values() for iri in scheme.concepts)
    told = _values([iri for scheme in sorted(schemed) for iri in valued_by(ontology, scheme, "records")])
    return [
        ("facts", f"{answer} {{ ?s ?term ?o }} GROUP BY ?term"),
        ("claims", f"{answer} {{ GRAPH ?g {{ ?s rdf:predicate ?term }} }} GROUP BY ?term"),
        ("records", f"{answer} {{ VALUES ?term {{ {_values(records)} }} GRAPH ?g {{ ?s ?term ?o }} }} GROUP BY ?term"),
        ("facts", f"{answer} {{ ?s a ?term }} GROUP BY ?term"),
        ("records", f"{answer} {{ GRAPH ?g {{ ?s a ?term }} }} GROUP BY ?term"),
        ("facts", f"{answer} {{ VALUES ?p {{ {flat} }} ?s ?p ?term }} GROUP BY ?term"),
        ("claims", f"{answer} {{ VALUES ?term {{ {concepts} }} GRAPH ?g {{ ?s rdf:object ?term }} }} GROUP BY ?term"),
        ("records", f"{answer} {{ VALUES ?p {{ {told} }} GRAPH ?g {{ ?s ?p ?term }} }} GROUP BY ?term"),
    ]


def valued_by(ontology: Ontology, scheme: str, where: Where) -> list[str]:
    """The properties, by IRI, that take their values from a scheme: of entities, or of claims and conflicts."""
    taking = [found for found in ontology.properties.values() if found.scheme == scheme]
    if where == "records":
        return [found.iri for found in taking if {CX + "Claim", CX + "Conflict"} & set(found.domain)]
    return [found.iri for found in taking if found.footing != "record"]


def _values(iris: Iterable[str]) -> str:
    return " ".join(str(NamedNode(iri)) for iri in iris)


def read_counts(answers: Iterable[tuple[Where, Rows]]) -> Usage:
    """What the answers to the queries that count say."""
    counts: dict[tuple[Where, str], int] = {}
    samples: dict[tuple[Where, str], str] = {}
    for where, rows in answers:
        for row in rows:
            term, count, sample = row.get("term"), row.get("n"), row.get("sample")
            if isinstance(term, NamedNode) and isinstance(count, Literal):
                counts[where, term.value] = int(count.value)
                if isinstance(sample, NamedNode):
                    samples[where, term.value] = sample.value
    return Usage(counts, samples)


def examples_query(usage: Usage, ontology: Ontology) -> str:
    """The query for one statement a property: `?property ?s ?o ?claim ?label`; it has several answers for some."""
    pairs: dict[Where, list[str]] = {"facts": [], "claims": [], "records": []}
    for iri in ontology.properties:
        for where, found in pairs.items():
            sample = usage.samples.get((where, iri))
            if sample is not None:
                found.append(f"({NamedNode(iri)} {NamedNode(sample)})")
                break
    label = "OPTIONAL { ?s skos:prefLabel ?label }"
    return f"""SELECT ?property ?s ?o ?claim ?label WHERE {{
  {{ VALUES (?property ?s) {{ {" ".join(pairs["facts"])} }} ?s ?property ?o }} UNION
  {{ VALUES (?property ?claim) {{ {" ".join(pairs["claims"])} }}
    GRAPH ?g {{ ?claim rdf:predicate ?property ; rdf:subject ?s ; rdf:object ?o }} }} UNION
  {{ VALUES (?property ?s) {{ {" ".join(pairs["records"])} }} GRAPH ?g {{ ?s ?property ?o }} }}
  {label}
}}"""


def read_examples(rows: Rows) -> dict[str, Example]:
    """The examples, by property; of several the one with the shortest value, then the first in order."""
    found: dict[str, Example] = {}
    for row in rows:
        term, subject, value = row.get("property"), row.get("s"), row.get("o")
        claim, label = row.get("claim"), row.get("label")
        if not isinstance(term, NamedNode) or not isinstance(subject, NamedNode):
            continue
        if not isinstance(value, NamedNode | Literal):
            continue
        example = Example(
            subject.value,
            term.value,
            value,
            claim.value if isinstance(claim, NamedNode) else "",
            label.value if isinstance(label, Literal) else "",
        )
        known = found.get(term.value)
        if known is None or _order(example) < _order(known):
            found[term.value] = example
    return found


def _order(example: Example) -> tuple[int, str, str]:
    return (len(example.object.value), example.object.value, example.label)


def listing_query(
    where: Where, iri: str, kind: OneOf["class", "property", "concept"], properties: Sequence[str] = ()
) -> str:
    """The query that lists the uses of a term, for people to run.

    Args:
        where: Which uses.
        iri: The term.
        kind: What it is.
        properties: For a concept, the properties that take it as their value.

    >>> print(listing_query("facts", CX + "front", "property"))
    SELECT ?subject ?value WHERE {
      ?subject <https://w3id.org/crossings/ontology#front> ?value
    }
    """
    term = NamedNode(iri)
    if kind == "class":
        pattern, columns = f"?subject a {term}", "?subject"
    elif kind == "property":
        pattern, columns = f"?subject {term} ?value", "?subject ?value"
        if where == "claims":
            pattern = f"?claim rdf:predicate {term} ; rdf:subject ?subject ; rdf:object ?value"
            columns = "?claim ?subject ?value"
    else:
        pattern, columns = (
            f"VALUES ?property {{ {_values(properties)} }} ?subject ?property {term}",
            "?subject ?property",
        )
        if where == "claims":
            pattern = f"?claim rdf:object {term} ; rdf:predicate ?property ; rdf:subject ?subject"
            columns = "?claim ?property ?subject"
    if where != "facts":
        pattern, columns = f"GRAPH ?graph {{ {pattern} }}", f"{columns} ?graph"
    return f"SELECT {columns} WHERE {{\n  {pattern}\n}}"

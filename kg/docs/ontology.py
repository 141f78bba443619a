"""The page of the classes and properties, made from `ontology/*.ttl` and `ontology/vocabulary/*.ttl`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.docs.page import Page, cell, markdown, table
from kg.namespaces import CX, PREFIXES, SCHEMES, curie
from kg.reference.said import Said, read_triples
from kg.reference.schemes import Concept, Scheme, read_schemes
from kg.reference.terms import Ontology, OntologyClass, Property, Term, read_ontology
from kg.resources import vocabulary_files

__all__ = ["pages"]

_EDTF = "http://id.loc.gov/datatypes/edtf/"


def pages() -> Iterator[Page]:
    """The page `ontology.md`."""
    said = Said(read_triples(vocabulary_files()))
    ontology = read_ontology(said)
    schemes = {scheme.prefix: scheme for scheme in read_schemes(said).values()}
    classes = sorted(ontology.classes.values(), key=lambda cls: cls.iri)
    yield markdown(
        "ontology.md",
        "ontology/",
        "Classes and properties",
        [
            f"Version {ontology.version} of the ontology `{CX}`, prefix `cx:`. A property with one value "
            "has one at most for an entity: two different ones are a disagreement, which a `cx:Conflict` records. "
            "Names of other ontologies stand in `ontology/alignment.ttl`, places and organisations in the gazetteer of "
            "their border.",
            "## Classes",
            table(
                ("class", "what it is", "example", "in other ontologies"),
                [(_link(cls.iri), cell(cls.definition), _example(cls), _wider(cls)) for cls in classes],
            ),
            *(part for cls in classes for part in _of_class(cls, ontology)),
            "## Properties of vocabularies and the ontology itself",
            _properties(p for p in ontology.properties.values() if not set(p.domain) & set(ontology.classes)),
            "## The structure of a statistic",
            "The components of `cx:StatisticStructure`, a data structure definition of the RDF Data Cube vocabulary.",
            _components(ontology),
            "## Vocabularies",
            *(part for prefix in sorted(SCHEMES) for part in _scheme(schemes[prefix])),
        ],
    )


def _name(iri: str) -> str:
    """A prefixed name as code; the data type of dates is no prefix of queries."""
    return f"`edtf:{iri.removeprefix(_EDTF)}`" if iri.startswith(_EDTF) else f"`{curie(iri)}`"


def _names(iris: Iterable[str]) -> str:
    return ", ".join(_name(iri) for iri in sorted(iris))


def _link(iri: str) -> str:
    return f"[{_name(iri)}](#{curie(iri).replace(':', '').lower()})"


def _example(term: Term) -> str:
    return cell(term.examples[0] if term.examples else "")


def _wider(cls: OntologyClass) -> str:
    aligned = (alignment.iri for alignment in cls.alignments if alignment.relation == "narrower than")
    return _names([*cls.superclasses, *aligned])


def _of_class(cls: OntologyClass, ontology: Ontology) -> Iterator[str]:
    yield f"### `{curie(cls.iri)}`"
    yield cls.definition
    properties = [ontology.properties[iri] for iri in cls.properties]
    yield _properties(properties) if properties else "It has only properties of other vocabularies."


def _properties(properties: Iterable[Property]) -> str:
    rows = []
    for found in properties:
        scheme = f" of `{_prefix_of(found.scheme)}:`" if found.scheme else ""
        one = "one" if found.functional else "any"
        domain, reach = _names(found.domain), _names(found.range) + scheme
        rows.append((_name(found.iri), cell(found.definition), domain, reach, one, _example(found)))
    return table(("property", "what it says", "domain", "range", "values", "example"), rows)


def _prefix_of(scheme: str) -> str:
    return next(prefix for prefix, namespace in PREFIXES.items() if namespace == f"{scheme}#")


def _components(ontology: Ontology) -> str:
    rows = [
        (str(found.order), found.role, _name(found.property), "yes" if found.required else "no")
        for found in ontology.components
    ]
    return table(("order", "component", "property", "required"), rows)


def _scheme(scheme: Scheme) -> Iterator[str]:
    yield f"### `{scheme.prefix}:` {scheme.label.lower()}"
    yield scheme.definition
    rows = []
    for iri, concept in sorted(scheme.concepts.items()):
        rows.append((_name(iri), cell(concept.label), _names(concept.broader) or "—", _meaning(concept)))
    yield table(("concept", "label", "broader", "meaning"), rows)


def _meaning(concept: Concept) -> str:
    admitted = {True: ["Admitted."], False: ["Not admitted."], None: []}[concept.admitted]
    yields = (f"Yields to {_name(iri)}." for iri in concept.yields_to)
    founds = (f"Founds {_name(iri)}." for iri in concept.founds)
    said = cell(" ".join([concept.definition, *concept.notes]))
    return " ".join([said, *yields, *admitted, *founds])

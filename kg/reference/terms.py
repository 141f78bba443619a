"""The ontology as records: its classes and properties, what joins them, and what other ontologies call the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypedDict

from kg.consolidate.properties import CLASSES
from kg.namespaces import BASE, CX, expand
from kg.reference.said import Said, local_name

__all__ = ["Alignment", "Component", "Footing", "Ontology", "OntologyClass", "Property", "Term", "read_ontology"]

#: What stands behind a value in the default graph: a claim that may be published; nothing, as it is a label, a count
#: or other bookkeeping; or the question does not arise, since no entity of the five classes has the property.
Footing = Literal["claim", "bookkeeping", "record"]

_FIVE = tuple(CX + name for name in CLASSES)
_DOMAINS = ("rdfs:domain", "schema:domainIncludes")
_RANGES = ("rdfs:range", "schema:rangeIncludes")
_PROPERTIES = ("owl:ObjectProperty", "owl:DatatypeProperty", "rdf:Property")
_RELATIONS = {
    "rdfs:subClassOf": "narrower than",
    "rdfs:subPropertyOf": "narrower than",
    "owl:equivalentClass": "the same as",
    "owl:equivalentProperty": "the same as",
    "rdfs:seeAlso": "see also",
}
_CUBE = ("qb:dimension", "qb:measure", "qb:attribute")
_ROLES = {
    "qb:DimensionProperty": "dimension",
    "qb:MeasureProperty": "measure",
    "qb:AttributeProperty": "attribute",
}


@dataclass(frozen=True)
class Alignment:
    """What a term of another ontology is to one of ours: `narrower than`, `the same as` or `see also`."""

    relation: str
    iri: str


@dataclass(frozen=True, kw_only=True)
class Term:
    """What every entry of the reference has.

    Args:
        iri: Its IRI.
        label: Its label in English; its name where it has none.
        korean: Its label in Korean, or nothing.
        definition: What it is, or nothing.
        notes: What is said on its use.
        examples: Examples in words.
        status: `deprecated` where it is so, else nothing.
    """

    iri: str
    label: str
    korean: str = ""
    definition: str = ""
    notes: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    status: str = ""

    @property
    def name(self) -> str:
        """Its local name, which is its anchor on the page of its document."""
        return local_name(self.iri)


@dataclass(frozen=True, kw_only=True)
class OntologyClass(Term):
    """A class; other terms are named by their IRIs.

    Args:
        main: Whether it is one of the five whose entities are counted.
        superclasses: The classes of this ontology that it is narrower than.
        subclasses: Those that are narrower than it.
        disjoint: The classes that share no entity with it.
        properties: The properties that have it in their domain.
        reached_by: The properties that have it in their range.
        alignments: What other ontologies call alike.
    """

    main: bool
    superclasses: tuple[str, ...] = ()
    subclasses: tuple[str, ...] = ()
    disjoint: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    reached_by: tuple[str, ...] = ()
    alignments: tuple[Alignment, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Property(Term):
    """A property; other terms are named by their IRIs.

    Args:
        kind: Whether its values are entities and concepts, literals, or either.
        domain: The classes whose members have it.
        range: The classes or the datatype of its values.
        scheme: The scheme that its values come from, or nothing.
        functional: Whether an entity has one value at most.
        symmetric: Whether it holds both ways.
        inverse: Properties that say the same the other way round.
        superproperties: The properties of this ontology that it is narrower than.
        alignments: What other ontologies call alike.
        role: Its role in the structure of statistics, or nothing.
        footing: What must stand behind a value.
        home: The class under which a reference lists it; nothing where several of the five have it.
    """

    kind: Literal["object", "datatype", "any"]
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    scheme: str = ""
    functional: bool = False
    symmetric: bool = False
    inverse: tuple[str, ...] = ()
    superproperties: tuple[str, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    role: str = ""
    footing: Footing = "record"
    home: str = ""

    @property
    def datatype(self) -> str:
        """The datatype of its values, where they are literals of one."""
        return self.range[0] if self.kind == "datatype" and len(self.range) == 1 else ""


@dataclass(frozen=True, kw_only=True)
class Component(Term):
    """A component of the structure of statistics (RDF Data Cube); `order` is 0 where none is stated."""

    role: str
    property: str
    required: bool
    order: int


@dataclass(frozen=True, kw_only=True)
class Ontology(Term):
    """The ontology.

    Args:
        version: Its version, or nothing.
        version_iri: The IRI of that version, or nothing.
        license: The IRI of its licence, or nothing.
        creators: Who made it.
        classes: Its classes by IRI: the five first, then the others by name.
        properties: Its properties by IRI, by name.
        components: The components of its structure of statistics, in their order.
        others: Terms that are none of these.
    """

    version: str
    version_iri: str
    license: str
    creators: tuple[str, ...]
    classes: dict[str, OntologyClass]
    properties: dict[str, Property]
    components: tuple[Component, ...]
    others: tuple[Term, ...]

    @property
    def main(self) -> list[OntologyClass]:
        """The five classes."""
        return [cls for cls in self.classes.values() if cls.main]

    def groups(self) -> list[tuple[OntologyClass | None, list[Property]]]:
        """The properties by the class under which they are listed.

        The five come first, then what several of them have (None), then the other classes by how many they have, and
        last (None again) what no class here has.
        """
        by_home: dict[str, list[Property]] = {}
        for found in self.properties.values():
            by_home.setdefault(found.home, []).append(found)
        five = {cls.iri for cls in self.main}
        shared = [p for p in by_home.get("", ()) if set(p.domain) & five]
        rest = [p for p in by_home.get("", ()) if not set(p.domain) & five]
        others = sorted((iri for iri in by_home if iri and iri not in five), key=lambda iri: (-len(by_home[iri]), iri))
        listed: list[tuple[OntologyClass | None, list[Property]]] = [
            *((cls, by_home.get(cls.iri, [])) for cls in self.main),
            (None, shared),
            *((self.classes[iri], by_home[iri]) for iri in others),
            (None, rest),
        ]
        return [(cls, found) for cls, found in listed if found]

    @property
    def terms(self) -> list[Term]:
        """Every entry, in no order that means anything."""
        return [*self.classes.values(), *self.properties.values(), *self.components, *self.others]


class _Named(TypedDict):
    iri: str
    label: str
    korean: str
    definition: str
    notes: tuple[str, ...]
    examples: tuple[str, ...]
    status: str


def read_ontology(said: Said, without_claim: Collection[str] = ()) -> Ontology:
    """The ontology that triples state; what is not stated is left empty.

    Args:
        said: The triples.
        without_claim: The properties whose values need no claim, by IRI: see `kg.reference.shapes.without_claim`.
    """
    head = CX.rstrip("#")
    own = said.subjects(within=CX)
    classes = sorted(said.subjects("owl:Class", "rdfs:Class", within=CX), key=_rank)
    properties = [iri for iri in said.subjects(*_PROPERTIES, within=CX) if iri not in classes]
    domains = {iri: tuple(sorted(said.iris(iri, *_DOMAINS), key=_rank)) for iri in properties}
    crowd = {cls: sum(cls in found for found in domains.values()) for cls in classes}
    inverse = _both_ways(said, properties, "owl:inverseOf")
    disjoint = _both_ways(said, classes, "owl:disjointWith")
    read = {
        iri: _property(said, iri, domains[iri], _home(domains[iri], crowd), inverse.get(iri, ()), without_claim)
        for iri in properties
    }
    components = sorted(
        (_component(said, iri) for iri in own if said.iris(iri, *_CUBE)), key=lambda found: (found.order, found.iri)
    )
    known = {*classes, *read, *(component.iri for component in components)}
    return Ontology(
        **_term(said, head),
        version=said.text(head, "owl:versionInfo"),
        version_iri=said.one(head, "owl:versionIRI"),
        license=said.one(head, "dcterms:license"),
        creators=said.texts(head, "dcterms:creator"),
        classes={iri: _class(said, iri, classes, list(read.values()), disjoint.get(iri, ())) for iri in classes},
        properties=read,
        components=tuple(components),
        others=tuple(Term(**_term(said, iri)) for iri in own if iri not in known),
    )


def _rank(iri: str) -> tuple[int, str]:
    return (_FIVE.index(iri) if iri in _FIVE else len(_FIVE), iri)


def _both_ways(said: Said, iris: Iterable[str], predicate: str) -> dict[str, tuple[str, ...]]:
    """What a symmetric predicate joins, from whichever side it is stated."""
    found: dict[str, set[str]] = {}
    for iri in iris:
        for other in said.iris(iri, predicate):
            found.setdefault(iri, set()).add(other)
            found.setdefault(other, set()).add(iri)
    return {iri: tuple(sorted(others, key=_rank)) for iri, others in found.items()}


def _home(domain: Iterable[str], crowd: Mapping[str, int]) -> str:
    """The one of the five that has the property; else, of the other classes, the one that has most properties."""
    five = [cls for cls in domain if cls in _FIVE]
    if five:
        return five[0] if len(five) == 1 else ""
    return next(iter(sorted((cls for cls in domain if cls in crowd), key=lambda cls: (-crowd[cls], cls))), "")


def _term(said: Said, iri: str) -> _Named:
    return {
        "iri": iri,
        "label": said.text(iri, "rdfs:label", "skos:prefLabel", "dcterms:title") or local_name(iri),
        "korean": said.text(iri, "rdfs:label", "skos:prefLabel", language="ko"),
        "definition": said.text(iri, "rdfs:comment", "skos:definition", "dcterms:description"),
        "notes": said.texts(iri, "skos:scopeNote", "skos:editorialNote"),
        "examples": said.texts(iri, "skos:example"),
        "status": "deprecated" if said.flag(iri, "owl:deprecated") else "",
    }


def _alignments(said: Said, iri: str) -> tuple[Alignment, ...]:
    return tuple(
        Alignment(relation, other)
        for name, relation in _RELATIONS.items()
        for other in said.iris(iri, name)
        if not other.startswith(BASE)
    )


def _own(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(iri for iri in iris if iri.startswith(CX))


def _class(
    said: Said, iri: str, classes: list[str], properties: list[Property], disjoint: tuple[str, ...]
) -> OntologyClass:
    return OntologyClass(
        **_term(said, iri),
        main=iri in _FIVE,
        superclasses=_own(said.iris(iri, "rdfs:subClassOf")),
        subclasses=tuple(other for other in classes if other != iri and iri in said.iris(other, "rdfs:subClassOf")),
        disjoint=disjoint,
        properties=tuple(found.iri for found in properties if iri in found.domain),
        reached_by=tuple(found.iri for found in properties if iri in found.range),
        alignments=_alignments(said, iri),
    )


def _property(
    said: Said,
    iri: str,
    domain: tuple[str, ...],
    home: str,
    inverse: tuple[str, ...],
    without_claim: Collection[str],
) -> Property:
    kinds = said.iris(iri, "rdf:type")
    footing: Footing = "record"
    if set(domain) & set(_FIVE):
        footing = "bookkeeping" if iri in without_claim else "claim"
    kind: Literal["object", "datatype", "any"] = "any"
    if expand("owl:ObjectProperty") in kinds:
        kind = "object"
    elif expand("owl:DatatypeProperty") in kinds:
        kind = "datatype"
    return Property(
        **_term(said, iri),
        kind=kind,
        domain=domain,
        range=tuple(sorted(said.iris(iri, *_RANGES), key=_rank)),
        scheme=said.one(iri, "cx:valuesFrom"),
        functional=expand("owl:FunctionalProperty") in kinds,
        symmetric=expand("owl:SymmetricProperty") in kinds,
        inverse=inverse,
        superproperties=_own(said.iris(iri, "rdfs:subPropertyOf")),
        alignments=_alignments(said, iri),
        role=next((role for name, role in _ROLES.items() if expand(name) in kinds), ""),
        footing=footing,
        home=home,
    )


def _component(said: Said, iri: str) -> Component:
    role = next(name for name in _CUBE if said.iris(iri, name))
    return Component(
        **_term(said, iri),
        role=role.removeprefix("qb:"),
        property=said.one(iri, role),
        required=bool(said.flag(iri, "qb:componentRequired")),
        order=said.number(iri, "qb:order") or 0,
    )

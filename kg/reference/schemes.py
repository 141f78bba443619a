"""The vocabularies and the gazetteer as records: schemes, and the concepts or entries in each."""

from __future__ import annotations

from dataclasses import dataclass

from kg.namespaces import BASE, PREFIXES
from kg.reference.said import Said, local_name

__all__ = ["Concept", "Scheme", "read_schemes"]

_BEGINNING = BASE + "vocabulary/"


@dataclass(frozen=True, kw_only=True)
class Concept:
    """A concept of a vocabulary, or an entry of the gazetteer; other concepts are named by their IRIs.

    Args:
        iri: Its IRI.
        label: Its preferred label in English; its name where it has none.
        korean: That in Korean, or nothing.
        others: Its other labels, those for finding it in texts left out.
        hidden: How many labels it has for finding it in texts alone.
        definition: What it means, or nothing.
        notes: What is said on its use.
        examples: Examples in words.
        broader: The concepts that are wider.
        narrower: Those that are narrower.
        yields_to: Those that go before it without a conflict.
        admitted: Whether a claim with it may reach the default graph; None where that does not depend on it.
        founds: Classes whose entities a claim with it may found although it is not admitted.
        order: Its place in a row of preference, or None.
        entry_class: Of an entry, the class of what it names, or nothing.
        exact: The same in other vocabularies.
    """

    iri: str
    label: str
    korean: str
    others: tuple[str, ...]
    hidden: int
    definition: str
    notes: tuple[str, ...]
    examples: tuple[str, ...]
    broader: tuple[str, ...]
    narrower: tuple[str, ...]
    yields_to: tuple[str, ...]
    admitted: bool | None
    founds: tuple[str, ...]
    order: int | None
    entry_class: str
    exact: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its local name, which is its anchor on the page of its scheme."""
        return local_name(self.iri)


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """A concept scheme.

    Args:
        iri: Its IRI.
        name: The last step of its address.
        prefix: The prefix of its concepts, or nothing.
        label: Its label in English; its name where it has none.
        korean: That in Korean, or nothing.
        definition: What its concepts are, or nothing.
        version: Its version, or nothing.
        version_iri: The IRI of that version, or nothing.
        license: The IRI of its licence, or nothing.
        concepts: Its concepts by IRI, each after the one that is broader; those in a row of preference in its order.
        depth: How far below a top concept each concept is, by IRI.
    """

    iri: str
    name: str
    prefix: str
    label: str
    korean: str
    definition: str
    version: str
    version_iri: str
    license: str
    concepts: dict[str, Concept]
    depth: dict[str, int]

    @property
    def gazetteer(self) -> bool:
        """Whether it holds names of places, organisations and routes and no concepts of its own."""
        return bool(self.concepts) and all(concept.entry_class for concept in self.concepts.values())


def read_schemes(said: Said) -> dict[str, Scheme]:
    """The schemes that triples state, by name: the gazetteer last."""
    members: dict[str, list[str]] = {}
    for iri in said.subjects("skos:Concept"):
        for scheme in said.iris(iri, "skos:inScheme"):
            members.setdefault(scheme, []).append(iri)
    schemes = [
        _scheme(said, iri, members.get(iri, [])) for iri in said.subjects("skos:ConceptScheme", within=_BEGINNING)
    ]
    return {scheme.name: scheme for scheme in sorted(schemes, key=lambda found: (found.gazetteer, found.label.lower()))}


def _scheme(said: Said, iri: str, members: list[str]) -> Scheme:
    narrower: dict[str, list[str]] = {}
    for member in members:
        for wider in said.iris(member, "skos:broader"):
            if wider != member:
                narrower.setdefault(wider, []).append(member)
    concepts = {member: _concept(said, member, tuple(narrower.get(member, ()))) for member in members}
    depth = _tree(concepts)
    name = iri.removeprefix(_BEGINNING)
    return Scheme(
        iri=iri,
        name=name,
        prefix=next((prefix for prefix, namespace in PREFIXES.items() if namespace == f"{iri}#"), ""),
        label=said.text(iri, "skos:prefLabel", "rdfs:label", "dcterms:title") or name,
        korean=said.text(iri, "skos:prefLabel", "rdfs:label", language="ko"),
        definition=said.text(iri, "skos:definition", "dcterms:description", "rdfs:comment"),
        version=said.text(iri, "owl:versionInfo"),
        version_iri=said.one(iri, "owl:versionIRI"),
        license=said.one(iri, "dcterms:license"),
        concepts={member: concepts[member] for member in depth},
        depth=depth,
    )


def _concept(said: Said, iri: str, narrower: tuple[str, ...]) -> Concept:
    return Concept(
        iri=iri,
        label=said.text(iri, "skos:prefLabel", "rdfs:label") or local_name(iri),
        korean=said.text(iri, "skos:prefLabel", language="ko"),
        others=said.texts(iri, "skos:altLabel") + said.texts(iri, "skos:altLabel", language="ko"),
        hidden=len(said.values(iri, "skos:hiddenLabel")),
        definition=said.text(iri, "skos:definition"),
        notes=said.texts(iri, "skos:scopeNote", "skos:editorialNote"),
        examples=said.texts(iri, "skos:example"),
        broader=said.iris(iri, "skos:broader"),
        narrower=narrower,
        yields_to=said.iris(iri, "cx:yieldsTo"),
        admitted=said.flag(iri, "cx:admitted"),
        founds=said.iris(iri, "cx:foundsClass"),
        order=said.number(iri, "cx:order"),
        entry_class=said.one(iri, "cx:entryClass"),
        exact=said.iris(iri, "skos:exactMatch"),
    )


def _tree(concepts: dict[str, Concept]) -> dict[str, int]:
    """The depth of each concept, in the order in which they are listed; one on a cycle stands at the top."""

    def key(iri: str) -> tuple[str, bool, int, str]:
        found = concepts[iri]
        return (found.entry_class, found.order is None, found.order or 0, found.label.lower())

    depth: dict[str, int] = {}

    def visit(iri: str, level: int) -> None:
        waiting = [(iri, level)]
        while waiting:
            current, at = waiting.pop()
            if current in depth:
                continue
            depth[current] = at
            narrower = (other for other in concepts[current].narrower if other in concepts)
            waiting += [(other, at + 1) for other in sorted(narrower, key=key, reverse=True)]

    ordered = sorted(concepts, key=key)
    for iri in ordered:
        if not any(wider in concepts for wider in concepts[iri].broader):
            visit(iri, 0)
    for iri in ordered:
        visit(iri, 0)
    return depth

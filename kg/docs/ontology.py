"""The data dictionary, made from `ontology/*.ttl` and `ontology/vocabulary/*.ttl`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat

from kg.docs.page import Page, cell, markdown, table
from kg.namespaces import CX, PREFIXES, SCHEMES, curie, expand
from kg.resources import ontology_dir

__all__ = ["Terms", "pages", "read_terms"]

#: What is said of each term: objects by predicate, both in full.
Terms = Mapping[str, Mapping[str, tuple[str, ...]]]

_DOMAINS = ("rdfs:domain", "schema:domainIncludes")
_RANGES = ("rdfs:range", "schema:rangeIncludes")
_WIDER = ("rdfs:subClassOf", "rdfs:subPropertyOf")
_EDTF = "http://id.loc.gov/datatypes/edtf/"


def read_terms(paths: Iterable[Path]) -> Terms:
    """All that some Turtle files say of the terms that have an IRI; of labels in several languages, the English one."""
    found: dict[str, dict[str, list[str]]] = {}
    for path in paths:
        for quad in pyoxigraph.parse(path.read_bytes(), format=RdfFormat.TURTLE):
            value = quad.object
            if isinstance(value, Literal) and value.language not in (None, "en"):
                continue
            if isinstance(quad.subject, NamedNode) and isinstance(value, Literal | NamedNode):
                found.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(value.value)
    return {term: {p: tuple(sorted(set(values))) for p, values in said.items()} for term, said in found.items()}


def pages() -> Iterator[Page]:
    """The page `ontology.md`."""
    folder = ontology_dir()
    terms = read_terms([folder / "ontology.ttl", folder / "alignment.ttl"])
    schemes = {prefix: read_terms([folder / "vocabulary" / f"{stem}.ttl"]) for prefix, stem in sorted(SCHEMES.items())}
    own = {iri: said for iri, said in sorted(terms.items()) if iri.startswith(CX)}
    classes = [iri for iri, said in own.items() if expand("owl:Class") in said.get(expand("rdf:type"), ())]
    properties = [iri for iri, said in own.items() if "/ontology#" in iri and _is_property(said)]
    head = terms[CX.rstrip("#")]
    yield markdown(
        "ontology.md",
        "ontology/",
        "The data dictionary",
        [
            f"Version {_one(head, 'owl:versionInfo')} of the ontology `{CX}`, prefix `cx:`. A property with one value "
            "has one at most for an entity: two different ones are a disagreement, which a `cx:Conflict` records. "
            "Names of other ontologies stand in `ontology/alignment.ttl`, places and organisations in the gazetteer of "
            "their border.",
            "## Classes",
            table(
                ("class", "what it is", "example", "in other ontologies"),
                [(_link(iri), _said(own[iri]), _example(own[iri]), _wider(own[iri])) for iri in classes],
            ),
            *(part for iri in classes for part in _of_class(iri, own, properties)),
            "## Properties of vocabularies and the ontology itself",
            _properties([p for p in properties if not set(_all(own[p], _DOMAINS)) & set(classes)], own),
            "## The structure of a statistic",
            "The components of `cx:StatisticStructure`, a data structure definition of the RDF Data Cube vocabulary.",
            _components(own),
            "## Vocabularies",
            *(part for prefix, said in schemes.items() for part in _scheme(prefix, said)),
        ],
    )


def _is_property(said: Mapping[str, tuple[str, ...]]) -> bool:
    kinds = {"owl:DatatypeProperty", "owl:ObjectProperty", "rdf:Property"}
    return bool(kinds & {curie(kind) for kind in said.get(expand("rdf:type"), ())})


def _all(said: Mapping[str, tuple[str, ...]], names: Iterable[str]) -> list[str]:
    return [value for name in names for value in said.get(expand(name), ())]


def _one(said: Mapping[str, tuple[str, ...]], name: str) -> str:
    return next(iter(said.get(expand(name), ())), "")


def _name(iri: str) -> str:
    """A prefixed name as code; the data type of dates is no prefix of queries."""
    return f"`edtf:{iri.removeprefix(_EDTF)}`" if iri.startswith(_EDTF) else f"`{curie(iri)}`"


def _link(iri: str) -> str:
    return f"[{_name(iri)}](#{curie(iri).replace(':', '').lower()})"


def _said(said: Mapping[str, tuple[str, ...]]) -> str:
    return cell(_one(said, "rdfs:comment"))


def _example(said: Mapping[str, tuple[str, ...]]) -> str:
    return cell(_one(said, "skos:example"))


def _wider(said: Mapping[str, tuple[str, ...]]) -> str:
    return ", ".join(_name(iri) for iri in sorted(_all(said, _WIDER)))


def _of_class(iri: str, own: Terms, properties: Iterable[str]) -> Iterator[str]:
    yield f"### `{curie(iri)}`"
    yield _one(own[iri], "rdfs:comment")
    with_it = [p for p in properties if iri in _all(own[p], _DOMAINS)]
    yield _properties(with_it, own) if with_it else "It has only properties of other vocabularies."


def _properties(properties: Iterable[str], own: Terms) -> str:
    rows = []
    for iri in properties:
        said = own[iri]
        kinds = said[expand("rdf:type")]
        ranges = ", ".join(_name(value) for value in _all(said, _RANGES))
        schemes = [f" of `{_prefix_of(value)}:`" for value in _all(said, ["cx:valuesFrom"])]
        domains = ", ".join(_name(value) for value in _all(said, _DOMAINS))
        one = "one" if expand("owl:FunctionalProperty") in kinds else "any"
        rows.append((_name(iri), _said(said), domains, ranges + "".join(schemes), one, _example(said)))
    return table(("property", "what it says", "domain", "range", "values", "example"), rows)


def _prefix_of(scheme: str) -> str:
    return next(prefix for prefix, namespace in PREFIXES.items() if namespace == f"{scheme}#")


def _components(own: Terms) -> str:
    kinds = ("qb:dimension", "qb:measure", "qb:attribute")
    found = [
        (int(_one(said, "qb:order")), kind.removeprefix("qb:"), _one(said, kind), _one(said, "qb:componentRequired"))
        for said in own.values()
        for kind in kinds
        if expand(kind) in said
    ]
    rows = [(str(n), kind, _name(p), "yes" if required == "true" else "no") for n, kind, p, required in sorted(found)]
    return table(("order", "component", "property", "required"), rows)


def _scheme(prefix: str, terms: Terms) -> Iterator[str]:
    scheme = terms[PREFIXES[prefix].rstrip("#")]
    concepts = {iri: said for iri, said in sorted(terms.items()) if iri.startswith(PREFIXES[prefix])}
    yield f"### `{prefix}:` {_one(scheme, 'skos:prefLabel').lower()}"
    yield _one(scheme, "skos:definition")
    rows = []
    for iri, said in concepts.items():
        definition = cell(" ".join([_one(said, "skos:definition"), *said.get(expand("skos:scopeNote"), ())]))
        yields = [f"Yields to {_name(value)}." for value in said.get(expand("cx:yieldsTo"), ())]
        admitted = {"true": "Admitted.", "false": "Not admitted."}.get(_one(said, "cx:admitted"))
        founds = [f"Founds {_name(value)}." for value in said.get(expand("cx:foundsClass"), ())]
        broader = ", ".join(_name(value) for value in said.get(expand("skos:broader"), ()))
        notes = " ".join([definition, *yields, *([admitted] if admitted else []), *founds])
        rows.append((_name(iri), cell(_one(said, "skos:prefLabel")), broader or "—", notes))
    yield table(("concept", "label", "broader", "meaning"), rows)

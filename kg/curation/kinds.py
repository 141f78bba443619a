"""What kind of value a property takes, as the ontology declares it: what a correction may put in a claim's place.

The kinds are those of `kg.facts.model.Value`. Properties that consolidation counts or that are a part of another's
value (`cx:dateEarliest`) take none: nobody claims them by themselves.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph

from kg.namespaces import SCHEMES, curie, expand
from kg.resources import ontology_dir

__all__ = ["PropertyKind", "properties_of"]

_RANGES = {
    "xsd:string": "text",
    "xsd:integer": "integer",
    "xsd:boolean": "boolean",
    "xsd:dayTimeDuration": "duration",
    "xsd:decimal": "quantity",
    "http://id.loc.gov/datatypes/edtf/EDTF": "time",
    "skos:Concept": "concept",
    "cx:Place": "concept",
    "cx:Person": "mention",
    "cx:Organization": "mention",
    "cx:Route": "mention",
    "cx:Statistic": "mention",
}
#: What consolidation counts or keeps; no article claims it.
_COUNTED = frozenset({"cx:articleCount", "cx:independentSourceMin", "cx:independentSourceMax", "cx:reviewed"})


@dataclass(frozen=True)
class PropertyKind:
    """The kind of a property's values; `of` is the prefix of a concept (`front:`, `id:place/`) or the class."""

    kind: str
    of: str = ""


@lru_cache(maxsize=8)
def properties_of(cls: str) -> dict[str, PropertyKind]:
    """The properties that an article can claim of a class, by prefixed name.

    Args:
        cls: One of the classes of `kg.facts.model.EntityClass`.

    >>> properties_of("Incident")["cx:front"]
    PropertyKind(kind='concept', of='front:')
    """
    said = _declared()
    found: dict[str, PropertyKind] = {}
    for name, about in said.items():
        domain = about["rdfs:domain"] | about["schema:domainIncludes"]
        part = "cx:Claim" in domain and "owl:FunctionalProperty" not in about["rdf:type"]
        reach = next((iri for iri in about["rdfs:range"] if iri in _RANGES), None)
        if f"cx:{cls}" not in domain or part or name in _COUNTED or reach is None:
            continue
        kind = _RANGES[reach]
        of = reach.removeprefix("cx:") if kind == "mention" else ""
        if kind == "concept":
            scheme = next((s.rpartition("/")[2] for s in about["cx:valuesFrom"]), None)
            of = next((f"{prefix}:" for prefix, stem in SCHEMES.items() if stem == scheme), "id:place/")
        found[name] = PropertyKind(kind, of)
    return found


@lru_cache(maxsize=1)
def _declared() -> dict[str, dict[str, set[str]]]:
    """What the ontology says of each of its terms: predicate to objects, by prefixed names."""
    asked = {
        expand(name): name
        for name in (
            "rdf:type",
            "rdfs:domain",
            "rdfs:range",
            "schema:domainIncludes",
            "cx:valuesFrom",
        )
    }
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    path = ontology_dir() / "ontology.ttl"
    for quad in pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE):
        if isinstance(quad.object, pyoxigraph.NamedNode) and quad.predicate.value in asked:
            found[curie(str(getattr(quad.subject, "value", "")))][asked[quad.predicate.value]].add(
                curie(quad.object.value)
            )
    return found

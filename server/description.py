"""What the service says of itself: the service description at the endpoint, VoID and DCAT at `/.well-known/void`.

SPARQL 1.1 Service Description, sections 3 and 4; the VoID description is the one that the release carries.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.formats import Format, formats_for, serialize_rdf
from kg.jsonld import as_node
from kg.namespaces import BASE, expand
from kg.release import Release
from kg.release.naming import dataset_iri
from kg.release.quads import read_lines
from server.negotiation import chosen_format

__all__ = ["EXTENSION_FUNCTIONS", "PREFIXES_FEATURE", "dataset_description", "dataset_node", "service_description"]

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_GEOF = "http://www.opengis.net/def/function/geosparql/"

_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"

#: The IRI that names each of our formats (https://www.w3.org/ns/formats/), or its media type where there is none.
_FORMAT_IRIS = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
    "trig": "TriG",
    "nquads": "N-Quads",
}

#: The feature that no vocabulary has: the project's prefixes need no declaration.
PREFIXES_FEATURE = BASE + "feature/known-prefixes"

#: The functions of the engine beyond SPARQL 1.1, of GeoSPARQL 1.1; a test calls each. Two of the engine's
#: are left out, as they answer wrongly: isSimple is always true, spatialDimension gives the topological one.
EXTENSION_FUNCTIONS = tuple(
    _GEOF + name
    for name in (
        *("area", "asGeoJSON", "centroid", "convexHull", "coordinateDimension", "difference", "dimension", "distance"),
        *("envelope", "getSRID", "intersection", "isEmpty", "length", "perimeter", "relate"),
        *("symDifference", "union"),
        *("sfContains", "sfCrosses", "sfDisjoint", "sfEquals", "sfIntersects", "sfOverlaps", "sfTouches", "sfWithin"),
        *("ehContains", "ehCoveredBy", "ehCovers", "ehDisjoint", "ehEquals", "ehInside", "ehMeet", "ehOverlap"),
        *("rcc8dc", "rcc8ec", "rcc8eq", "rcc8ntpp", "rcc8ntppi", "rcc8po", "rcc8tpp", "rcc8tppi"),
    )
)


def service_description(
    release: Release,
    endpoint: str,
    accept: str | None,
    name: str | None,
    *,
    federated: bool = False,
    plain: bool = False,
) -> tuple[dict[str, str], bytes]:
    """The description of the endpoint in the format that is asked for.

    Args:
        release: What is asked by default.
        endpoint: The address of the endpoint.
        accept: The Accept header.
        name: The name of a format.
        federated: Whether SERVICE may call some hosts.
        plain: Whether it is a store of no project, which knows no prefixes and describes no data.

    Returns:
        Headers and body.

    Raises:
        Problem: There is no such format.
    """
    service = NamedNode(endpoint)
    dataset = NamedNode(f"{endpoint}#dataset" if plain else dataset_iri(release.id))
    graph = NamedNode(f"{dataset.value}/default-graph")
    triples = [
        *_of(service, "rdf:type", _sd("Service")),
        *_of(service, _SD + "endpoint", service),
        *_of(service, _SD + "supportedLanguage", _sd("SPARQL10Query"), _sd("SPARQL11Query")),
        *_of(service, _SD + "resultFormat", *_result_formats()),
        *_of(service, _SD + "extensionFunction", *map(NamedNode, EXTENSION_FUNCTIONS)),
        *_of(service, _SD + "defaultDataset", dataset),
        *_of(dataset, "rdf:type", _sd("Dataset")),
        *_of(dataset, _SD + "defaultGraph", graph),
        *_of(graph, "rdf:type", _sd("Graph")),
    ]
    if plain:
        triples += _of(service, _SD + "supportedLanguage", _sd("SPARQL11Update"))
        triples += _of(service, _SD + "feature", _sd("EmptyGraphs"))
    else:
        triples += _of(service, _SD + "feature", NamedNode(PREFIXES_FEATURE))
        triples += _of(NamedNode(PREFIXES_FEATURE), "rdf:type", _sd("Feature"))
    if federated:
        triples += _of(service, _SD + "feature", _sd("BasicFederatedQuery"))
    for function in map(NamedNode, EXTENSION_FUNCTIONS):
        triples += _of(function, "rdf:type", _sd("Function"))
    for known in () if plain else _meta(release.path):
        if known.predicate.value == expand("void:triples"):
            if known.subject == dataset:
                triples += _of(graph, "void:triples", known.object)
        elif known.predicate.value == expand("void:subset") and isinstance(known.object, NamedNode):
            entry = NamedNode(f"{dataset.value}/named-graph/{len(triples)}")
            triples += [
                *_of(dataset, _SD + "namedGraph", entry),
                *_of(entry, "rdf:type", _sd("NamedGraph")),
                *_of(entry, _SD + "name", known.object),
                *_of(entry, _SD + "graph", known.object),
                *_of(known.object, "rdf:type", _sd("Graph")),
            ]
    return _written(triples, accept, name)


def dataset_description(release: Release, accept: str | None, name: str | None) -> tuple[dict[str, str], bytes]:
    """The release as a dataset, with VoID and DCAT, as it describes itself.

    Raises:
        Problem: There is no such format.
    """
    return _written(_meta(release.path), accept, name)


def dataset_node(release: Release, context: str) -> dict[str, Any] | None:
    """The release as a node of JSON-LD, for the pages that are about no one thing: what it is, and how to name it.

    Args:
        release: The release.
        context: The address of the context.
    """
    said = (triple for triple in _meta(release.path) if triple.predicate.value in _NAMING)
    return as_node(dataset_iri(release.id), said, context)


#: What names a data set.
_NAMING = frozenset(
    expand(name) for name in ("rdf:type", "dcterms:title", "dcterms:identifier", "dcterms:license", "owl:versionInfo")
)


@lru_cache(maxsize=4)
def _meta(directory: Path) -> tuple[Triple, ...]:
    """The triples of `graph/meta`; a release never changes."""
    lines = b"\n".join(read_lines(Release(directory).meta_path))
    quads = parse(lines, format=RdfFormat.N_QUADS)
    return tuple(Triple(quad.subject, quad.predicate, quad.object) for quad in quads)


def _result_formats() -> list[NamedNode]:
    offered = dict.fromkeys(format for kind in ("results", "graph") for format in formats_for(kind))
    return [NamedNode(_format_iri(format)) for format in offered]


def _format_iri(format: Format) -> str:
    known = _FORMAT_IRIS.get(format.name)
    return _FORMATS + known if known is not None else _MEDIA_TYPES + format.media_type


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)


def _of(subject: NamedNode, predicate: str, *objects: NamedNode | BlankNode | Literal | Triple) -> list[Triple]:
    return [Triple(subject, NamedNode(expand(predicate)), value) for value in objects]


def _written(triples: Iterable[Triple], accept: str | None, name: str | None) -> tuple[dict[str, str], bytes]:
    format = chosen_format("graph", accept, name)
    return {"Content-Type": format.content_type}, serialize_rdf(triples, format)

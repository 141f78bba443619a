"""The namespaces and prefixes of the project: one table for code, queries, exports and pages."""

from __future__ import annotations

__all__ = [
    "BASE",
    "CX",
    "GRAPHS",
    "PREFIXES",
    "SCHEMES",
    "curie",
    "expand",
    "graph_iri",
    "prefix_header",
]

BASE = "https://w3id.org/crossings/"
CX = BASE + "ontology#"

#: Prefix of each concept scheme, and the file stem of its vocabulary under `ontology/vocabulary/`.
#: A concept's IRI is `{BASE}vocabulary/{stem}#{name}`.
SCHEMES: dict[str, str] = {
    "itype": "incident-type",
    "status": "defection-status",
    "actor": "actor-type",
    "rank": "rank",
    "front": "front",
    "rtype": "route-type",
    "certainty": "certainty",
    "specificity": "specificity",
    "tense": "tense",
    "precision": "precision",
    "qualifier": "qualifier",
    "operation": "operation",
    "detection": "detection",
    "outcome": "outcome",
    "namestatus": "name-status",
    "gender": "gender",
    "measure": "measure",
    "population": "population",
    "direction": "direction",
    "rule": "resolution-rule",
    "orgkind": "organization-kind",
    "topic": "remark-topic",
}

#: rdflib pre-binds `org:` to the W3C organization ontology, so no prefix of ours takes that name.
PREFIXES: dict[str, str] = {
    "cx": CX,
    "cxsh": BASE + "shapes#",
    **{prefix: f"{BASE}vocabulary/{stem}#" for prefix, stem in SCHEMES.items()},
    "id": BASE + "id/",
    "graph": BASE + "graph/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "sf": "http://www.opengis.net/ont/sf#",
    "qb": "http://purl.org/linked-data/cube#",
    "qudt": "http://qudt.org/schema/qudt/",
    "unit": "http://qudt.org/vocab/unit/",
    "wd": "http://www.wikidata.org/entity/",
}

#: The named graphs that do not belong to one article, by local name.
GRAPHS = ("vocabulary", "gazetteer", "curation", "meta")


def expand(name: str) -> str:
    """The IRI of a prefixed name; an IRI in full is returned as it is.

    Raises:
        KeyError: The prefix is not one of `PREFIXES`.

    >>> expand("front:eastern")
    'https://w3id.org/crossings/vocabulary/front#eastern'
    """
    if "://" in name:
        return name
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def curie(iri: str) -> str:
    """The shortest prefixed name of an IRI for display, or the IRI itself where no prefix fits.

    >>> curie("https://w3id.org/crossings/ontology#Incident")
    'cx:Incident'
    """
    fitting = [(namespace, prefix) for prefix, namespace in PREFIXES.items() if iri.startswith(namespace)]
    if not fitting:
        return iri
    namespace, prefix = max(fitting, key=lambda pair: len(pair[0]))
    return f"{prefix}:{iri[len(namespace) :]}"


def graph_iri(name: str) -> str:
    """The IRI of a named graph: one of `GRAPHS`, or `article/{id}`."""
    return PREFIXES["graph"] + name


def prefix_header() -> str:
    """The SPARQL `PREFIX` lines of all prefixes of the project."""
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())

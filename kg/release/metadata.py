"""`graph/meta` and `void.ttl`: a release described with VoID, DCAT and PROV, and the questions to ask it.

It rests on the data alone and on what the build read: no clock, so that two builds of one input describe it alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store, Triple

from kg.formats import by_name, serialize_rdf
from kg.namespaces import BASE, PREFIXES, expand, graph_iri
from kg.questions.executable import LIBRARY, executables
from kg.release.manifest import Part
from kg.release.naming import ABOUT, AUTHORS, DESCRIPTION, KEYWORDS, LICENSE, SERIES, TITLE, dataset_iri, dump_iri

__all__ = ["DescribedDump", "meta_quads", "void_turtle"]

_A = NamedNode(expand("rdf:type"))
_XSD_INTEGER = NamedNode(expand("xsd:integer"))
_SPDX = "http://spdx.org/rdf/terms#"
_IANA = "https://www.iana.org/assignments/media-types/"
_TERMS_USED = ("rdf", "skos", "prov", "oa", "foaf", "org", "schema", "sem", "geo", "qb", "qudt")


@dataclass(frozen=True)
class DescribedDump:
    """A dump as graph/meta describes it.

    Attributes:
        key: What its distribution is called.
        name: Its stable name.
        part: The file.
        media_type: Of what is packed in it.
        packing: The media type of its packing.
        whole: Whether it has all the data.
    """

    key: str
    name: str
    part: Part
    media_type: str
    packing: str
    whole: bool = True


def _rows(store: Store, query: str) -> Iterator[tuple[str, int]]:
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    for row in found:
        yield row["what"].value, int(row["n"].value)


class _Writer:
    """Collects statements about one subject at a time."""

    def __init__(self) -> None:
        self.triples: list[Triple] = []

    def say(self, subject: str, predicate: str, *objects: str | int | NamedNode) -> None:
        for given in objects:
            if isinstance(given, NamedNode):
                value: NamedNode | Literal = given
            elif isinstance(given, int):
                value = Literal(str(given), datatype=_XSD_INTEGER)
            else:
                value = Literal(given)
            self.triples.append(Triple(NamedNode(subject), NamedNode(expand(predicate)), value))

    def typed(self, subject: str, *classes: str) -> None:
        self.triples.extend(Triple(NamedNode(subject), _A, NamedNode(expand(name))) for name in classes)


def _flat(inputs: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """The hashes among the inputs, with the path of keys that leads to each."""
    for key, value in sorted(inputs.items()):
        here = f"{path}/{key}" if path else str(key)
        if isinstance(value, dict):
            yield from _flat(value, here)
        elif isinstance(value, str) and len(value) == 64:
            yield here, value


def meta_quads(
    store: Store,
    ident: str,
    digest: str,
    dumps: Iterable[DescribedDump],
    inputs: dict[str, Any],
    replaces: str | None = None,
) -> list[Quad]:
    """The quads of `graph/meta`.

    Args:
        store: A store that holds the release's data and nothing else.
        ident: The short id.
        digest: The full id.
        dumps: The dumps of the data that are made before it.
        inputs: The inputs of the build, as the manifest has them; hashes are named as what the run used.
        replaces: The short id of the release whose place it takes.
    """
    out = _Writer()
    dataset = dataset_iri(ident)
    out.typed(dataset, "void:Dataset", "dcat:Dataset", "prov:Entity")
    out.say(dataset, "dcterms:title", f"{TITLE}: {ABOUT}")
    out.say(dataset, "dcterms:description", DESCRIPTION)
    out.say(dataset, "dcat:keyword", *KEYWORDS)
    out.say(dataset, "dcterms:identifier", digest)
    out.say(dataset, "owl:versionInfo", ident)
    out.say(dataset, "dcterms:license", NamedNode(LICENSE))
    if replaces is not None:
        out.say(dataset, "dcterms:replaces", NamedNode(dataset_iri(replaces)))
    out.say(dataset, "void:uriSpace", BASE + "id/")
    out.say(dataset, "void:vocabulary", *(NamedNode(PREFIXES[prefix]) for prefix in ("cx", *_TERMS_USED)))
    out.say(dataset, "void:triples", _count(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    out.say(dataset, "void:entities", _count(store, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c }"))
    _partitions(out, store, dataset)
    for dump in dumps:
        _distribution(out, dataset, ident, dump)
    _origin(out, dataset)
    for graph, triples in _rows(store, "SELECT ?what (COUNT(*) AS ?n) { GRAPH ?what { ?s ?p ?o } } GROUP BY ?what"):
        out.typed(graph, "void:Dataset")
        out.say(graph, "void:triples", triples)
        out.say(dataset, "void:subset", NamedNode(graph))
    _run(out, dataset, inputs)
    graph_name = NamedNode(graph_iri("meta"))
    return [*(Quad(t.subject, t.predicate, t.object, graph_name) for t in out.triples), *executables()]


def _count(store: Store, query: str) -> int:
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    return int(next(found)["n"].value)


def _partitions(out: _Writer, store: Store, dataset: str) -> None:
    for cls, count in _rows(store, "SELECT ?what (COUNT(DISTINCT ?s) AS ?n) { ?s a ?what } GROUP BY ?what"):
        part = f"{dataset}/class/{_slug(cls)}"
        out.say(dataset, "void:classPartition", NamedNode(part))
        out.say(part, "void:class", NamedNode(cls))
        out.say(part, "void:entities", count)
    for predicate, count in _rows(store, "SELECT ?what (COUNT(*) AS ?n) { ?s ?what ?o } GROUP BY ?what"):
        part = f"{dataset}/property/{_slug(predicate)}"
        out.say(dataset, "void:propertyPartition", NamedNode(part))
        out.say(part, "void:property", NamedNode(predicate))
        out.say(part, "void:triples", count)


def _slug(iri: str) -> str:
    """A name for an IRI inside another one: the prefixed name, or what of the IRI is safe in a path.

    >>> _slug("https://w3id.org/crossings/ontology#Incident"), _slug("http://example.org/a#b")
    ('cx-Incident', 'http-example.org-a-b')
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            iri = f"{prefix}-{iri[len(namespace) :]}"
            break
    safe = "".join(mark if mark.isascii() and (mark.isalnum() or mark in "-._") else " " for mark in iri)
    return "-".join(safe.split())


def _distribution(out: _Writer, dataset: str, ident: str, dump: DescribedDump) -> None:
    distribution = f"{dataset}/distribution/{dump.key}"
    checksum, address = f"{distribution}/checksum", NamedNode(dump_iri(ident, dump.name))
    out.say(dataset, "dcat:distribution", NamedNode(distribution))
    out.typed(distribution, "dcat:Distribution")
    out.say(distribution, "dcterms:title", dump.part.path)
    out.say(distribution, "dcterms:license", NamedNode(LICENSE))
    out.say(distribution, "dcat:downloadURL", address)
    out.say(distribution, "dcat:mediaType", NamedNode(_IANA + dump.media_type))
    out.say(distribution, "dcat:compressFormat", NamedNode(_IANA + dump.packing))
    out.say(distribution, "dcat:byteSize", dump.part.size)
    out.say(distribution, _SPDX + "checksum", NamedNode(checksum))
    out.triples.append(Triple(NamedNode(checksum), _A, NamedNode(_SPDX + "Checksum")))
    out.say(checksum, _SPDX + "algorithm", NamedNode(_SPDX + "checksumAlgorithm_sha256"))
    out.say(checksum, _SPDX + "checksumValue", dump.part.sha256)
    if dump.whole:
        # A data dump is of the whole dataset (VoID, section 3.3).
        out.say(dataset, "void:dataDump", address)


def _origin(out: _Writer, dataset: str) -> None:
    """Whose it is, and what it is a release of."""
    authors = f"{SERIES}/authors"
    out.say(dataset, "dcat:inSeries", NamedNode(SERIES))
    out.typed(SERIES, "dcat:DatasetSeries")
    out.say(SERIES, "dcterms:title", f"{TITLE}: {ABOUT}")
    out.say(dataset, "dcterms:creator", NamedNode(authors))
    out.say(dataset, "dcterms:publisher", NamedNode(authors))
    out.typed(authors, "foaf:Agent")
    out.say(authors, "foaf:name", AUTHORS)


def _run(out: _Writer, dataset: str, inputs: dict[str, Any]) -> None:
    run = f"{dataset}/run"
    out.say(dataset, "prov:wasGeneratedBy", NamedNode(run))
    out.typed(run, "prov:Activity")
    for name, sha in _flat(inputs):
        used = f"{run}/input/{sha}"
        out.say(run, "prov:used", NamedNode(used))
        out.typed(used, "prov:Entity")
        out.say(used, "dcterms:title", name)
        out.say(used, "dcterms:identifier", sha)


def void_turtle(quads: Iterable[Quad]) -> bytes:
    """The same description as a Turtle file, in a stable order with the class first; without the questions.

    Those are no part of what describes the data, and would be the greatest part of the file.
    """
    described = (quad for quad in quads if not str(quad.subject).startswith(f"<{LIBRARY}"))
    triples = sorted(
        {Triple(quad.subject, quad.predicate, quad.object) for quad in described},
        key=lambda t: (str(t.subject), t.predicate != _A, str(t.predicate), str(t.object)),
    )
    return serialize_rdf(triples, by_name("turtle", "graph"))

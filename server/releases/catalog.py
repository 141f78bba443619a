"""The releases of a server as a DCAT catalogue: a series of data sets, each with its files and their checksums.

DCAT 3, sections 6.6 (Dataset), 6.7 (Dataset Series) and 6.8 (Distribution).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from kg.namespaces import expand
from kg.release import Release
from kg.release.dumps import Dump
from kg.release.naming import ABOUT, AUTHORS, DESCRIPTION, KEYWORDS, LICENSE, SERIES, TITLE, dataset_iri
from server.contact import Contact

__all__ = ["catalog"]

_SPDX = "http://spdx.org/rdf/terms#"
_VCARD = "http://www.w3.org/2006/vcard/ns#"
_IANA = "https://www.iana.org/assignments/media-types/"


def catalog(
    listed: Sequence[tuple[Release, Sequence[Dump]]], kept: Sequence[str], host: str, contact: Contact | None
) -> list[Triple]:
    """The description of releases.

    Args:
        listed: The releases that are described, the newest first, each with its dumps.
        kept: The ids of all releases that are kept, the newest first.
        host: The address of the server, with a slash at the end.
        contact: Whom to write to.
    """
    out: list[Triple] = []
    root, authors = f"{host}releases", f"{SERIES}/authors"
    out += _of(root, "rdf:type", _node("dcat:Catalog"))
    out += _of(root, "dcterms:title", f"Releases of {TITLE}")
    out += _of(root, "dcterms:description", DESCRIPTION)
    out += _of(root, "dcterms:publisher", NamedNode(authors))
    out += _of(root, "dcat:resource", NamedNode(SERIES))
    out += _of(authors, "rdf:type", _node("foaf:Agent"))
    out += _of(authors, "foaf:name", AUTHORS)
    out += _of(SERIES, "rdf:type", _node("dcat:DatasetSeries"))
    out += _of(SERIES, "dcterms:title", f"{TITLE}: {ABOUT}")
    if kept:
        out += _of(SERIES, "dcat:first", NamedNode(dataset_iri(kept[-1])))
        out += _of(SERIES, "dcat:last", NamedNode(dataset_iri(kept[0])))
    for release, dumps in listed:
        dataset = dataset_iri(release.id)
        out += _of(root, "dcat:dataset", NamedNode(dataset))
        out += _dataset(release, dataset, host)
        older = kept[list(kept).index(release.id) + 1 :] if release.id in kept else ()
        if older:
            out += _of(dataset, "dcat:prev", NamedNode(dataset_iri(older[0])))
        for dump in dumps:
            out += _distribution(release, dataset, dump, host)
        if contact is not None:
            out += _of(dataset, "dcat:contactPoint", NamedNode(f"{host}takedown#contact"))
    if contact is not None:
        out += _contact(f"{host}takedown#contact", contact)
    return out


def _dataset(release: Release, dataset: str, host: str) -> list[Triple]:
    manifest = release.manifest
    return [
        *_of(dataset, "rdf:type", _node("dcat:Dataset")),
        *_of(dataset, "dcterms:title", f"{TITLE}: {ABOUT}, release {manifest.id}"),
        *_of(dataset, "dcterms:description", DESCRIPTION),
        *_of(dataset, "dcterms:identifier", manifest.digest),
        *_of(dataset, "dcat:version", manifest.id),
        *_of(dataset, "dcterms:issued", Literal(manifest.created, datatype=_node("xsd:dateTime"))),
        *_of(dataset, "dcterms:license", NamedNode(LICENSE)),
        *_of(dataset, "dcterms:creator", NamedNode(f"{SERIES}/authors")),
        *_of(dataset, "dcterms:publisher", NamedNode(f"{SERIES}/authors")),
        *_of(dataset, "dcat:inSeries", NamedNode(SERIES)),
        *_of(dataset, "dcterms:replaces", *(NamedNode(dataset_iri(ident)) for ident in _replaced(release))),
        *_of(dataset, "dcat:keyword", *KEYWORDS),
        *_of(dataset, "dcat:landingPage", NamedNode(f"{host}releases/{quote(manifest.id)}")),
    ]


def _replaced(release: Release) -> list[str]:
    """The release whose place it takes, if it does."""
    reissue = release.manifest.reissue
    return [reissue.supersedes] if reissue is not None else []


def _distribution(release: Release, dataset: str, dump: Dump, host: str) -> list[Triple]:
    address = f"{host}dumps/{quote(release.id)}/{quote(dump.name)}"
    distribution = f"{dataset}/dump/{quote(dump.name)}"
    checksum = f"{distribution}/checksum"
    found = [
        *_of(dataset, "dcat:distribution", NamedNode(distribution)),
        *_of(distribution, "rdf:type", _node("dcat:Distribution")),
        *_of(distribution, "dcterms:title", dump.name),
        *_of(distribution, "dcterms:license", NamedNode(LICENSE)),
        *_of(distribution, "dcat:downloadURL", NamedNode(address)),
        *_of(distribution, "dcat:accessURL", NamedNode(f"{host}releases/{quote(release.id)}")),
        *_of(distribution, "dcat:mediaType", NamedNode(_IANA + dump.holds)),
        *_of(distribution, "dcat:byteSize", Literal(str(dump.size), datatype=_node("xsd:nonNegativeInteger"))),
        *_of(distribution, _SPDX + "checksum", NamedNode(checksum)),
        *_of(checksum, "rdf:type", NamedNode(_SPDX + "Checksum")),
        *_of(checksum, _SPDX + "algorithm", NamedNode(_SPDX + "checksumAlgorithm_sha256")),
        *_of(checksum, _SPDX + "checksumValue", Literal(dump.sha256, datatype=_node("xsd:hexBinary"))),
    ]
    if dump.title:
        found += _of(distribution, "dcterms:description", dump.title)
    if dump.packed:
        found += _of(distribution, "dcat:compressFormat", NamedNode(_IANA + dump.media_type))
    return found


def _contact(node: str, contact: Contact) -> list[Triple]:
    property = "hasEmail" if contact.is_mail else "hasURL"
    return [
        *_of(node, "rdf:type", NamedNode(_VCARD + "Organization")),
        *_of(node, _VCARD + "fn", f"Whoever operates this server of {TITLE}"),
        *_of(node, _VCARD + property, NamedNode(contact.address)),
    ]


def _node(name: str) -> NamedNode:
    return NamedNode(expand(name))


def _of(subject: str, predicate: str, *objects: NamedNode | Literal | str) -> Iterable[Triple]:
    for value in objects:
        term = Literal(value) if isinstance(value, str) else value
        yield Triple(NamedNode(subject), _node(predicate), term)

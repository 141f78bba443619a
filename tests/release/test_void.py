from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from kg.namespaces import BASE, expand
from kg.questions.executable import LIBRARY, executables
from kg.release import Home, Release, publish
from kg.release.dumps import dumps_of
from kg.release.naming import AUTHORS, SERIES, dataset_iri
from kg.release.quads import graph_of_line, read_lines
from tests.release.content import ARTICLE_GRAPH, content


@pytest.fixture
def release(tmp_path: Path) -> Release:
    return publish(Home(tmp_path), content(5))


@pytest.fixture
def graph(release: Release) -> Graph:
    with warnings.catch_warnings():
        return Graph().parse(release.path / "void.ttl", format="turtle")


def value(graph: Graph, subject: str, predicate: str) -> str:
    return str(graph.value(URIRef(subject), URIRef(expand(predicate)), any=False))


def test_the_release_is_described_by_its_id_and_counts(release: Release, graph: Graph) -> None:
    dataset = dataset_iri(release.id)
    assert value(graph, dataset, "dcterms:identifier") == release.manifest.digest
    assert value(graph, dataset, "void:triples") == str(5 * 4 + 1)
    assert value(graph, dataset, "void:entities") == "5"
    assert value(graph, f"{dataset}/class/cx-Incident", "void:entities") == "5"
    assert value(graph, f"{dataset}/property/cx-front", "void:triples") == "5"
    assert value(graph, ARTICLE_GRAPH, "void:triples") == str(5 * 7)


def test_the_dump_is_described_by_its_size_and_checksum(release: Release, graph: Graph) -> None:
    (dump,) = [part for part in release.manifest.parts if part.path == "data/crossings.nq.gz"]
    distribution = f"{dataset_iri(release.id)}/distribution/nquads"
    assert value(graph, distribution, "dcat:byteSize") == str(dump.size)
    assert value(graph, f"{distribution}/checksum", "http://spdx.org/rdf/terms#checksumValue") == dump.sha256


def test_each_dump_of_the_data_has_an_address_and_a_packing(release: Release, graph: Graph) -> None:
    dataset = dataset_iri(release.id)
    held = {dump.name: dump for dump in dumps_of(release)}
    for key, name in (("nquads", "crossings.nq.gz"), ("nquads-zstd", "crossings.nq.zst"), ("default", "default.nt.gz")):
        distribution = f"{dataset}/distribution/{key}"
        assert value(graph, distribution, "dcat:downloadURL") == f"{BASE}dumps/{release.id}/{name}"
        assert value(graph, distribution, "dcat:byteSize") == str(held[name].size)
        assert value(graph, distribution, "dcat:mediaType").endswith(held[name].holds)
        assert value(graph, distribution, "dcat:compressFormat").endswith(held[name].media_type)
    # Only what holds all of the data is a data dump of it.
    dumped = {str(iri) for iri in graph.objects(URIRef(dataset), URIRef(expand("void:dataDump")))}
    assert dumped == {f"{BASE}dumps/{release.id}/{name}" for name in ("crossings.nq.gz", "crossings.nq.zst")}
    assert value(graph, dataset, "dcat:inSeries") == SERIES
    assert value(graph, value(graph, dataset, "dcterms:creator"), "foaf:name") == AUTHORS


def test_the_run_names_the_hashes_that_it_used_and_no_clock(release: Release, graph: Graph) -> None:
    used = set(graph.objects(URIRef(f"{dataset_iri(release.id)}/run"), URIRef(expand("prov:used"))))
    assert {str(iri)[-64:] for iri in used} == {"12" * 32, "34" * 32}
    assert not any(str(node).startswith(release.manifest.created[:10]) for node in graph.objects())


def test_the_description_stands_in_its_own_graph_and_outside_the_hash(release: Release, graph: Graph) -> None:
    lines = list(read_lines(release.meta_path))
    # The questions to ask of it stand there too, and in no description of it.
    asked = [line for line in lines if line.startswith(f"<{LIBRARY}".encode())]
    assert len(asked) == len(executables())
    assert len(lines) - len(asked) == len(graph)
    assert {graph_of_line(line) for line in lines} == {expand("graph:meta")}
    assert expand("graph:meta") not in {graph_of_line(line) for line in read_lines(release.data_path)}

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
import zstandard
from pyoxigraph import Store

from kg.release import Home, Release, publish
from kg.release import dumps as module
from kg.release.dumps import CHECKSUMS, CRATE, DUMPS, Maker, dumps_of, has_dumps
from kg.release.manifest import part_of, write_manifest
from kg.tables import METADATA, TABLE_FORMATS, TABLES
from tests.release.content import content, quads


@pytest.fixture
def release(tmp_path: Path) -> Release:
    return publish(Home(tmp_path), content(4))


def bytes_of(dump: module.Dump) -> bytes:
    return dump.path.read_bytes() if dump.path is not None else dump.content


def test_a_release_has_every_dump_of_the_table_and_those_made_of_its_manifest(release: Release) -> None:
    names = [dump.name for dump in dumps_of(release)]
    made = [f"tables/{table.name}.{format}" for table in TABLES for format in TABLE_FORMATS]
    tables = sorted([*made, f"tables/{METADATA}"])
    assert names == [*(kind.name for kind in DUMPS), *tables, "manifest.json", CRATE, CHECKSUMS]


def test_sizes_and_checksums_are_those_of_the_bytes(release: Release) -> None:
    for dump in dumps_of(release):
        assert (dump.size, dump.sha256) == (len(bytes_of(dump)), hashlib.sha256(bytes_of(dump)).hexdigest()), dump.name


def test_the_checksums_are_those_of_all_others(release: Release) -> None:
    *others, sums = dumps_of(release)
    assert sums.name == CHECKSUMS
    assert sums.content.decode().splitlines() == [f"{dump.sha256}  {dump.name}" for dump in others]


def test_both_packings_hold_the_same_quads_and_the_default_graph_its_triples(release: Release) -> None:
    held = {dump.name: bytes_of(dump) for dump in dumps_of(release)}
    lines = gzip.decompress(held["crossings.nq.gz"])
    unpacked = zstandard.ZstdDecompressor().stream_reader(held["crossings.nq.zst"]).read()
    assert unpacked == lines
    default = [quad for quad in quads(4) if not hasattr(quad.graph_name, "value")]
    triples = gzip.decompress(held["default.nt.gz"]).decode().splitlines()
    assert len(triples) == len(default) == 4 * 4 + 1
    assert set(triples) <= set(lines.decode().splitlines())


def test_types_are_of_the_packing_and_of_what_is_packed(release: Release) -> None:
    found = {dump.name: (dump.content_type, dump.holds, dump.packed) for dump in dumps_of(release)}
    assert found["crossings.nq.gz"] == ("application/gzip", "application/n-quads", True)
    assert found["crossings.nq.zst"] == ("application/zstd", "application/n-quads", True)
    assert found["default.nt.gz"] == ("application/gzip", "application/n-triples", True)
    assert found["void.ttl"] == ("text/turtle; charset=utf-8", "text/turtle", False)
    assert found["validation.txt"] == ("text/plain; charset=utf-8", "text/plain", False)
    assert found[CRATE] == ("application/ld+json", "application/ld+json", False)


def test_a_release_of_an_earlier_version_has_what_it_has(release: Release) -> None:
    parts = [part for part in release.manifest.parts if not part.path.startswith("dumps/")]
    write_manifest(release.path, msgspec.structs.replace(release.manifest, parts=parts))
    older = Release(release.path)
    names = {dump.name for dump in dumps_of(older)}
    assert {"crossings.nq.gz", "void.ttl", CRATE, CHECKSUMS} <= names
    assert not names & {"default.nt.gz", "crossings.nq.zst"}
    assert not has_dumps(older.manifest.parts)


def test_a_release_without_them_is_built_again(release: Release, tmp_path: Path) -> None:
    parts = [part for part in release.manifest.parts if not part.path.startswith("dumps/")]
    write_manifest(release.path, msgspec.structs.replace(release.manifest, parts=parts))
    again = publish(Home(tmp_path), content(4))
    assert again.id == release.id
    assert has_dumps(again.manifest.parts)


def test_whatever_a_maker_puts_there_is_a_dump(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def tables(release: Release, folder: Path) -> None:
        assert release.data_path.is_file()
        assert len(Store.read_only(str(release.store_path))) > release.manifest.quads
        folder.mkdir()
        (folder / "further.csv").write_text(f"{release.id}\n", "utf-8")

    plain = publish(Home(tmp_path), content(2))
    monkeypatch.setattr(module, "MAKERS", (*module.MAKERS, Maker("more", "Further tables", tables)))
    assert not has_dumps(plain.manifest.parts)
    made = publish(Home(tmp_path), replace(content(2), notes=[]))
    (table,) = [dump for dump in dumps_of(made) if dump.name == "more/further.csv"]
    assert (table.content_type, table.path) == ("text/csv; charset=utf-8", made.path / "dumps/more/further.csv")
    assert table.path is not None
    assert (table.title, table.path.read_text("utf-8")) == ("Further tables", f"{made.id}\n")
    assert made.id == plain.id
    assert has_dumps(made.manifest.parts)
    assert made.problems() == []


def test_the_crate_lists_the_files_with_their_checksums(release: Release) -> None:
    held = {dump.name: dump for dump in dumps_of(release)}
    document = json.loads(held[CRATE].content)
    nodes = {node["@id"]: node for node in document["@graph"]}
    # RO-Crate 1.1, section 4: the descriptor, and what the root data entity must say.
    assert nodes["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    assert nodes["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    root = nodes["./"]
    assert root["@type"] == "Dataset"
    assert root["datePublished"] == release.manifest.created
    assert nodes[root["license"]["@id"]]["identifier"] == "CC-BY-4.0"
    files = [part["@id"] for part in root["hasPart"]]
    assert files == [name for name in held if name not in (CRATE, CHECKSUMS)]
    for name in files:
        assert nodes[name]["sha256"] == held[name].sha256
        assert nodes[name]["contentSize"] == str(held[name].size)
    # Every reference leads to a node of the document, or out of it by an IRI.
    referred = {value["@id"] for node in nodes.values() for value in node.values() if isinstance(value, dict)}
    assert {iri for iri in referred if "://" not in iri} <= set(nodes)


def test_a_part_is_described_as_it_stands(release: Release) -> None:
    for dump in dumps_of(release):
        if dump.path is not None:
            part = part_of(release.path, dump.path)
            assert (part.size, part.sha256) == (dump.size, dump.sha256)

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from kg.errors import GraphError
from kg.release.manifest import MANIFEST, Manifest, Part, part_of, read_manifest, write_manifest


def made(**changes: object) -> Manifest:
    plain = Manifest(
        id="ab" * 8,
        digest="ab" * 32,
        created="2020-01-02T03:04:05+00:00",
        software="crossings 1",
        quads=7,
        inputs={"texts": {"a.txt": "cd" * 32}, "options": {"border": "korea"}},
        counts={"Incident": 2},
        quarantined=[{"claim": "x", "reason": "y"}],
        notes=["a note"],
        parts=[Part(path="data/a.gz", size=3, sha256="ef" * 32)],
    )
    return msgspec.structs.replace(plain, **changes)


def test_a_manifest_reads_back_as_it_was_written(tmp_path: Path) -> None:
    write_manifest(tmp_path, made())
    assert read_manifest(tmp_path) == made()
    assert (tmp_path / MANIFEST).read_text().endswith("}\n")


@pytest.mark.parametrize("content", [None, b"", b"{", b"{}", b"\xff", b'{"id": 1}'])
def test_what_is_no_manifest_is_named(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / MANIFEST).write_bytes(content)
    with pytest.raises(GraphError, match=r"manifest\.json cannot be read .* build it again"):
        read_manifest(tmp_path)


def test_another_format_is_refused(tmp_path: Path) -> None:
    write_manifest(tmp_path, made(format=99))
    with pytest.raises(GraphError, match="format 99, this version of kg reads 1"):
        read_manifest(tmp_path)


def test_a_part_is_its_path_size_and_checksum(tmp_path: Path) -> None:
    path = tmp_path / "data" / "a"
    path.parent.mkdir()
    path.write_bytes(b"abc")
    assert part_of(tmp_path, path) == Part(
        path="data/a", size=3, sha256="ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )

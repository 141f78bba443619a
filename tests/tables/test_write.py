"""All tables of a release in a directory, and the metadata by which programs read the CSV of it."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from kg.errors import GraphError
from kg.release import Release
from kg.tables import METADATA, TABLE_FORMATS, TABLES, write_tables


@pytest.fixture(scope="module")
def written(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written") / "new" / "tables"
    write_tables(release, folder)
    return folder


def test_there_is_a_file_for_each_table_and_format_and_nothing_else(written: Path, release: Release) -> None:
    expected = sorted([METADATA, *(f"{table.name}.{format}" for table in TABLES for format in TABLE_FORMATS)])
    assert sorted(path.name for path in written.iterdir()) == expected
    assert [path.name for path in write_tables(release, written)] == expected


def test_the_same_release_gives_the_same_bytes(written: Path, release: Release, tmp_path: Path) -> None:
    for path in write_tables(release, tmp_path):
        assert path.read_bytes() == (written / path.name).read_bytes(), path.name


def test_the_metadata_are_those_of_the_files(written: Path, release: Release) -> None:
    group: dict[str, Any] = json.loads((written / METADATA).read_text("utf-8"))
    assert group["@context"][0] == "http://www.w3.org/ns/csvw"
    assert group["dc:identifier"] == release.id
    assert [table["url"] for table in group["tables"]] == [f"{table.name}.csv" for table in TABLES]
    for described in group["tables"]:
        with (written / described["url"]).open(encoding="utf-8-sig", newline="") as file:
            head, *rows = csv.reader(file)
        columns = described["tableSchema"]["columns"]
        assert [column["titles"] for column in columns] == head
        assert described["tableSchema"]["primaryKey"] == "iri"
        assert len({row[0] for row in rows}) == len(rows)
        for column, cells in zip(columns, zip(*rows, strict=True), strict=False):
            assert column["dc:description"]
            parts = [part for cell in cells if cell for part in cell.split(column.get("separator", "\0")) if part]
            if column["required"]:
                assert all(cells)
            assert all(re.fullmatch(PATTERNS[column["datatype"]], part, re.DOTALL) for part in parts), column["name"]


#: What a cell of each datatype of the metadata looks like.
PATTERNS = {
    "anyURI": r"[a-z]+:\S+",
    "boolean": "true|false",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "dayTimeDuration": r"-?P.+",
    "decimal": r"-?[0-9]+(\.[0-9]+)?",
    "integer": "-?[0-9]+",
    "string": ".+",
}


def test_the_files_of_parquet_hold_no_time_and_name_their_writer(written: Path) -> None:
    metadata = pq.read_metadata(written / "incidents.parquet")
    assert re.fullmatch(r"parquet-cpp-arrow version [0-9.]+", metadata.created_by)
    assert set(metadata.metadata) == {b"ARROW:schema", b"crossings.table", b"crossings.release"}


def test_a_release_without_a_store_is_an_error_that_says_so(release: Release, tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "manifest.json").write_bytes((release.path / "manifest.json").read_bytes())
    with pytest.raises(GraphError, match="cannot be opened"):
        write_tables(Release(tmp_path / "r"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_page_of_exports_shows_python_that_runs(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "exports.md").read_text("utf-8")
    (code,) = re.findall(r"^```text\n(import pandas\n.*?)^```$", page, re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(written)
    names: dict[str, Any] = {}
    exec(compile(code, "docs/exports.md", "exec"), names)
    assert set(names["eastern"]["front"]) == {"eastern"}
    assert (
        len(names["words"])
        >= len(names["claims"].merge(names["eastern"][["iri"]], left_on="subject", right_on="iri"))
        > 0
    )

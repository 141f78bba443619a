from __future__ import annotations

import shutil
from pathlib import Path

from kg.inputs import code_hash, files_hash, library_versions, ontology_hash
from kg.resources import border_dir


def test_names_and_bytes_count_and_the_order_does_not(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("1")
    other.write_text("2")
    given = [("a", one), ("b", other)]
    assert files_hash(given) == files_hash(reversed(given))
    assert files_hash(given) != files_hash([("b", one), ("a", other)])
    other.write_text("3")
    assert files_hash(given) != files_hash([("a", one), ("b", one)])


def test_a_border_elsewhere_with_the_same_content_is_the_same(tmp_path: Path) -> None:
    copy = tmp_path / "korea"
    shutil.copytree(border_dir("korea"), copy)
    assert ontology_hash(str(copy)) == ontology_hash("korea")
    (copy / "rules.yaml").write_text((copy / "rules.yaml").read_text() + "# a word\n")
    assert ontology_hash(str(copy)) != ontology_hash("korea")


def test_code_and_libraries_are_part_of_the_inputs() -> None:
    assert len(code_hash()) == 64
    assert library_versions()["spacy"] == "3.8.18"

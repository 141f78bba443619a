from __future__ import annotations

from pathlib import Path

import yaml

from kg.release import Home, publish
from server.citing import AUTHORS, TITLE, citation, dataset_jsonld
from tests.release.content import content

ROOT = Path(__file__).resolve().parents[2]


def test_it_names_what_the_citation_file_names() -> None:
    stated = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert stated["title"] == TITLE
    assert [author["name"] for author in stated["authors"]] == [AUTHORS]


def test_it_names_the_release_and_the_day_it_was_made(tmp_path: Path) -> None:
    release = publish(Home(tmp_path), content())
    text = citation(release)
    assert text.startswith(f"{AUTHORS} ({release.manifest.created[:4]}). {TITLE}: ")
    assert f"Release {release.id}, made" in text
    assert text.endswith(f"/id/release/{release.id}")
    assert dataset_jsonld(release, "http://a.example/")["url"] == "http://a.example/"

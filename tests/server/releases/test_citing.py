from __future__ import annotations

from pathlib import Path

import yaml

from kg.release import Home, publish
from kg.release.dumps import dumps_of
from kg.release.naming import AUTHORS, TITLE, TRACKER
from server.releases.citing import citation, dataset_jsonld
from tests.release.content import content

ROOT = Path(__file__).resolve().parents[3]


def test_it_names_what_the_citation_file_names() -> None:
    stated = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert stated["title"] == TITLE
    assert [author["name"] for author in stated["authors"]] == [AUTHORS]
    assert stated.get("repository-code", stated.get("url")) == TRACKER


def test_it_names_the_release_and_the_day_it_was_made(tmp_path: Path) -> None:
    release = publish(Home(tmp_path), content())
    text = citation(release)
    assert text.startswith(f"{AUTHORS} ({release.manifest.created[:4]}). {TITLE}: ")
    assert f"Release {release.id}, made" in text
    assert text.endswith(f"/id/release/{release.id}")
    described = dataset_jsonld(release, "http://a.example/", dumps_of(release))
    assert described["url"] == "http://a.example/"
    first = described["distribution"][0]
    assert first["contentUrl"] == f"http://a.example/dumps/{release.id}/crossings.nq.gz"
    assert first["encodingFormat"] == ["application/gzip", "application/n-quads"]

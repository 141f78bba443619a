from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kg.curation import load_curation
from kg.release.home import Home
from tests.support.commands import SEEDS, kg, shared

COUNT = "SELECT (COUNT(?i) AS ?n) { ?i a cx:Incident }"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeds") / "home"
    run = kg("build", SEEDS, "--home", folder)
    assert run.returncode == 0, run.stdout + run.stderr
    return folder


def data(home: Path) -> bytes:
    release = Home(home).require_current()
    release.verify()
    return release.data_path.read_bytes()


def test_it_says_what_came_of_it(home: Path) -> None:
    run = kg("build", SEEDS, "--home", home)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("unchanged release ")
    for word in ("Incident: ", "conflicts: ", "quarantined: 0", "shapes: "):
        assert word in run.stdout


def test_two_builds_of_one_input_are_byte_identical(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere" / "seeds"
    shutil.copytree(SEEDS, copy)
    run = kg("build", copy, "--home", tmp_path / "home")
    assert run.returncode == 0, run.stderr
    assert data(tmp_path / "home") == data(home)


def test_the_ids_of_the_seeds_are_registered(home: Path) -> None:
    run = kg("query", "SELECT ?i { ?i a cx:Incident }", "--format", "csv", "--home", home)
    built = set(run.stdout.split()[1:])
    registered = {entry.iri for entry in load_curation(SEEDS / "curation").registry}
    assert built
    assert built <= registered


def test_the_registry_has_nothing_to_add(home: Path) -> None:
    run = kg("registry", "update", SEEDS, "--home", home)
    assert run.returncode == 0, run.stderr
    assert "nothing to register" in run.stdout


def test_an_update_of_the_registry_is_shown_before_it_is_written(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    registry = tmp_path / "seeds" / "curation" / "registry.yaml"
    registry.unlink()
    home = tmp_path / "home"
    shown = kg("registry", "update", tmp_path / "seeds", "--home", home)
    assert "+- id: incident/" in shown.stdout
    assert not registry.exists(), "nobody said yes"
    written = kg("registry", "update", tmp_path / "seeds", "--home", home, "--yes")
    assert written.returncode == 0, written.stderr
    assert registry.exists()


def test_a_decision_that_anchors_nowhere_is_listed_and_the_exit_code_says_so(home: Path, tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    article = next(
        line.split()[1]
        for line in (SEEDS / "000-soldier-crosses-dmz.md").read_text().splitlines()
        if line.startswith("id:")
    )
    place = {"article": article.strip("'\""), "cls": "Incident", "quote": "words that stand nowhere"}
    judgement = [
        {
            "first": place,
            "second": place,
            "judgement": "NEGATIVE",
            "by": "a curator",
            "on": "2026-01-31",
            "reason": "for this test",
        }
    ]
    (tmp_path / "seeds" / "curation" / "judgements.yaml").write_text(json.dumps(judgement))
    run = kg("build", tmp_path / "seeds", "--home", tmp_path / "home")
    assert run.returncode == 1
    assert "lost decision: judgement NEGATIVE by a curator on 2026-01-31: 'words that stand nowhere'" in run.stdout


def test_without_curation_there_are_as_many_incidents(home: Path, tmp_path: Path) -> None:
    run = kg("build", SEEDS, "--curation", "none", "--home", tmp_path)
    assert run.returncode == 0, run.stderr
    counts = [kg("query", COUNT, "--format", "csv", "--home", h).stdout.split()[1] for h in (home, tmp_path)]
    assert counts[0] == counts[1]


def test_the_original_replaces_its_digest_and_keeps_its_ids(home: Path, tmp_path: Path) -> None:
    folder = shared()
    if folder is None:
        pytest.skip("the original articles are not here")
    run = kg("build", SEEDS, folder / "seeds", "--home", tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr
    query = "SELECT DISTINCT ?type { GRAPH ?g { ?a a ?type FILTER(?type IN (cx:Digest, cx:Article)) } }"
    kinds = kg("query", query, "--format", "csv", "--home", tmp_path).stdout
    assert "Digest" not in kinds
    iris = [
        set(kg("query", "SELECT ?i { ?i a cx:Incident }", "--format", "csv", "--home", h).stdout.split()[1:])
        for h in (home, tmp_path)
    ]
    assert iris[0] == iris[1], "canonical IRIs stay when the original takes the place of the digest"


def test_published_is_for_files_that_state_no_date(tmp_path: Path) -> None:
    words = "A North Korean man crossed the Military Demarcation Line into South Korea on Tuesday, the military said."
    more = " He was taken into custody by South Korean troops, who are questioning him about his motives for crossing."
    (tmp_path / "undated.txt").write_text(words + more)
    (tmp_path / "dated.md").write_text(f"---\npublished: 2020-05-06\n---\n{words}{more} It was raining.\n")
    run = kg("build", tmp_path, "--published", "2021-03-04", "--home", tmp_path / "home")
    assert run.returncode == 0, run.stderr
    query = "SELECT ?day ?by { GRAPH ?g { ?a dcterms:issued ?day ; cx:publishedBy ?by } } ORDER BY ?day"
    found = kg("query", query, "--format", "csv", "--home", tmp_path / "home").stdout.split()[1:]
    assert found == ["2020-05-06,metadata", "2021-03-04,operator"]

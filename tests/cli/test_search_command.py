from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.release import Home, ReleaseContent, publish
from tests.search.small_graph import quads
from tests.support.commands import kg


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("search") / "home"
    publish(Home(path), ReleaseContent(quads=quads()))
    return path


def test_words_are_one_search(home: Path) -> None:
    told = kg("search", "Park", "Chul-soo", "--home", home)
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines() == [
        "Person        Pak Chol-su",
        "              <https://w3id.org/crossings/id/person/1>",
        "1 found (1 Person)",
    ]


def test_what_was_found_of_a_thing_is_told_where_its_label_is_another(home: Path) -> None:
    told = kg("search", "cpl", "--home", home).stdout.splitlines()
    assert told[0].startswith("Concept       corporal station 상등병 (rank)")
    assert told[2].strip() == "hidden: Cpl."


def test_class_limit_and_json(home: Path) -> None:
    told = json.loads(kg("search", "station", "--class", "Place", "--limit", "1", "--json", "--home", home).stdout)
    assert [hit["class"] for hit in told["hits"]] == ["Place"]
    assert told["classes"] == {"Organization": 1, "Place": 1, "Concept": 1}
    shown = kg("search", "station", "--limit", "1", "--home", home).stdout
    assert "1 of 3 found (1 Organization, 1 Place, 1 Concept)" in shown


def test_nothing_found_is_no_error(home: Path) -> None:
    told = kg("search", "nobody", "--home", home)
    assert (told.returncode, told.stdout.startswith("nothing found: ")) == (0, True)


def test_what_cannot_be_asked(home: Path, tmp_path: Path) -> None:
    told = kg("search", "a", "--class", "Ship", "--home", home)
    assert told.returncode == 2
    assert told.stderr.startswith("kg: --class: there is no class 'Ship'")
    assert kg("search", "a", "--limit", "0", "--home", home).returncode == 2
    assert kg("search", "a", "--home", tmp_path).returncode == 2
    bare = publish(Home(tmp_path / "bare"), ReleaseContent(quads=quads()))
    bare.search_path.unlink()
    told = kg("search", "a", "--home", tmp_path / "bare")
    assert told.returncode == 1
    assert "build it again" in told.stderr

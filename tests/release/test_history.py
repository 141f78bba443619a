from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import GraphError, UsageError
from kg.querying import open_release, rows
from kg.release import Home, find, prune, publish, releases, rollback
from kg.release.history import gone
from tests.release.content import content


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    for incidents in (1, 2, 3):
        publish(made, content(incidents))
    return made


def incidents(home: Home) -> list[int]:
    return [release.manifest.counts["Incident"] for release in releases(home)]


def current(home: Home) -> int:
    return home.require_current().manifest.counts["Incident"]


def test_releases_are_listed_with_the_newest_first(home: Home, tmp_path: Path) -> None:
    assert incidents(home) == [3, 2, 1]
    assert releases(Home(tmp_path / "none")) == []


def test_what_is_being_built_is_not_listed(home: Home) -> None:
    (home.releases_path / ".building-1-x").mkdir()
    assert incidents(home) == [3, 2, 1]


def test_a_release_is_found_by_the_beginning_of_its_id(home: Home) -> None:
    wanted = releases(home)[1]
    for ident in (wanted.id, wanted.manifest.digest, wanted.id[:10].upper()):
        assert find(home, ident).id == wanted.id


def test_a_whole_id_is_found_whatever_is_wrong_with_other_releases(home: Home) -> None:
    newest, wanted, oldest = releases(home)
    for other in (newest, oldest):
        (other.path / "manifest.json").write_text("{")
    assert find(home, wanted.id).id == find(home, wanted.manifest.digest).id == wanted.id
    changed = wanted.manifest.digest[:-1] + ("0" if wanted.manifest.digest[-1] != "0" else "1")
    with pytest.raises(UsageError, match=f"no release '{changed}'"):
        find(home, changed)
    with pytest.raises(GraphError, match="manifest"):
        find(home, wanted.id[:4])


def test_an_id_that_fits_none_or_several_is_refused(home: Home) -> None:
    with pytest.raises(UsageError, match="no release 'zz'"):
        find(home, "zz")
    with pytest.raises(UsageError, match="no release ''"):
        find(home, "")
    for incidents in range(4, 20):  # more releases than there are first digits: two share theirs
        publish(home, content(incidents))
    first = [release.id[0] for release in releases(home)]
    shared = next(digit for digit in first if first.count(digit) > 1)
    with pytest.raises(UsageError, match=f"'{shared}' fits {first.count(shared)} releases"):
        find(home, shared)


def test_rollback_goes_one_back_each_time_until_there_is_none(home: Home) -> None:
    assert rollback(home).manifest.counts["Incident"] == current(home) == 2
    rollback(home)
    assert current(home) == 1
    with pytest.raises(UsageError, match="is the oldest release"):
        rollback(home)
    rollback(home, releases(home)[0].id[:8])
    assert current(home) == 3


def test_rollback_to_a_damaged_release_is_refused(home: Home) -> None:
    (releases(home)[1].path / "void.ttl").write_text("changed")
    with pytest.raises(GraphError, match=r"void\.ttl is not the file"):
        rollback(home)
    assert current(home) == 3


def test_prune_keeps_the_newest_and_the_current_one(home: Home) -> None:
    middle, oldest = (release.id for release in releases(home)[1:])
    rollback(home, oldest)
    assert [release.path.name for release in prune(home, 1)] == [middle]
    assert incidents(home) == [3, 1]
    assert current(home) == 1
    assert prune(home, 1) == []
    with pytest.raises(UsageError, match="at least 1"):
        prune(home, 0)


def test_an_open_release_answers_after_it_was_pruned(home: Home) -> None:
    held = open_release(releases(home)[2])
    assert len(prune(home, 1)) == 2
    (row,) = rows(held, "SELECT (COUNT(*) AS ?n) { ?i a cx:Incident }").rows
    assert getattr(row[0], "value", None) == "1"


def test_a_release_that_was_pruned_is_known_to_be_gone(home: Home) -> None:
    kept = [release.id for release in releases(home)]
    assert [gone(home, ident) for ident in kept] == [None] * len(kept)
    removed = prune(home, 1)
    assert removed
    for release in removed:
        assert gone(home, release.id) == "pruned"
        assert gone(home, release.id.upper()) == "pruned"
        assert gone(home, release.manifest.digest) == "pruned"
    stays = {release.id for release in releases(home)}
    assert [gone(home, ident) for ident in stays] == [None] * len(stays)


def test_what_never_was_is_not_gone(home: Home) -> None:
    assert gone(home, "0" * 16) is None
    prune(home, 1)
    for ident in ("", "0" * 16, "../releases", "*", "pruned", "é"):
        assert gone(home, ident) is None


def test_a_beginning_that_fits_several_that_are_gone_names_none(home: Home) -> None:
    digest = prune(home, 1)[0].manifest.digest
    assert gone(home, digest[:20]) == "pruned"
    (home.gone_path / f"{digest[:20]}{'x' * 44}").write_text("pruned\n", "utf-8")
    assert gone(home, digest[:20]) is None

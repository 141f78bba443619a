"""A release that takes the place of another: which ids lead to it, and what is left of the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.release import Home, Release, ReleaseContent, find, prune, publish, releases, rollback
from kg.release.history import number_of
from kg.release.manifest import Reissue
from kg.release.reissue import next_id, prepare, settle, swap_in
from tests.release.content import content


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    for incidents in (3, 2):
        publish(made, content(incidents))
    return made


def reissue(home: Home, release: Release, made: ReleaseContent) -> None:
    before = release.manifest.reissue
    digest = before.digest if before is not None else release.manifest.digest
    note = Reissue(supersedes=release.id, digest=digest, on="2031-06-01", withheld={"entities": 1})
    with home.lock():
        swap_in(home, [prepare(home, release, made, note)])


def test_it_takes_the_place(home: Home) -> None:
    newest, oldest = releases(home)
    reissue(home, oldest, content(1))
    assert [release.id for release in releases(home)] == [newest.id, f"{oldest.id}+r1"], "the order stays"
    made = find(home, oldest.id)
    assert (made.origin, made.manifest.created) == (oldest.id, oldest.manifest.created)
    assert made.problems() == []
    assert b"dcterms:replaces" in (made.path / "void.ttl").read_bytes()
    assert home.require_current().id == newest.id
    assert not oldest.path.exists()
    assert rollback(home).id == f"{oldest.id}+r1"
    assert (home.gone_path / oldest.manifest.digest).read_text() == f"superseded\n{oldest.id}+r1\n"


def test_the_current_one_moves_with_it(home: Home) -> None:
    current = home.require_current()
    ident = current.id
    reissue(home, current, content(1))
    assert home.require_current().id == f"{ident}+r1"
    assert next_id(home, home.require_current()) == f"{ident}+r2"
    reissue(home, home.require_current(), content(4))
    assert home.require_current().id == f"{ident}+r2"
    supersedes = home.require_current().manifest.reissue
    assert supersedes is not None
    assert supersedes.supersedes == f"{ident}+r1"
    assert find(home, f"{ident}+r1").id == f"{ident}+r2"
    for wrong in (f"{ident}+r3", f"{ident}+r0", f"{ident}+r", f"{ident}+rx", f"{ident}+1"):
        with pytest.raises(UsageError, match="no release"):
            find(home, wrong)


def test_what_a_killed_one_left_is_ended(home: Home) -> None:
    current = home.require_current()
    ident, digest = current.id, current.manifest.digest
    note = Reissue(supersedes=ident, digest=digest, on="2031-06-01")
    with home.lock():
        made = prepare(home, current, content(1), note)
        made.directory.rename(home.releases_path / made.ident)
    # Nobody is answered from the older one that asks by id, whether it is removed or not.
    assert find(home, ident).id == f"{ident}+r1"
    assert len(releases(home)) == 2
    assert home.require_current().id == ident
    with home.lock():
        assert settle(home) == [ident]
        assert settle(home) == []
    assert home.require_current().id == f"{ident}+r1"


def test_it_is_pruned_as_others_are(home: Home) -> None:
    newest, oldest = releases(home)
    ident, full = oldest.id, oldest.manifest.digest
    reissue(home, oldest, content(1))
    (removed,) = prune(home, 1)
    assert number_of(removed.path.name) == 1
    assert (home.gone_path / full).read_text() == f"pruned\n{ident}+r1\n"
    with pytest.raises(UsageError, match=r"took the place of"):
        publish(home, content(3))
    assert home.require_current().id == newest.id

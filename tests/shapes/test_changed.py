"""Against real checkouts of git."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.shapes.changed import changes_since, checkout_of


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A Curator", "-c", "user.email=curator@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    for name in ("kept.ttl", "edited.ttl", "moved.ttl", "dir/removed.ttl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"# {name}\n", "utf-8")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "Begin")
    return tmp_path


def names(paths: frozenset[Path], root: Path) -> set[str]:
    return {path.relative_to(root.resolve()).as_posix() for path in paths}


def test_edits_committed_or_not_new_files_and_removals_are_found(checkout: Path) -> None:
    git(checkout, "checkout", "-q", "-b", "topic")
    (checkout / "edited.ttl").write_text("# other\n", "utf-8")
    git(checkout, "mv", "moved.ttl", "ümoved \n.ttl")
    git(checkout, "commit", "-q", "-a", "-m", "Edit")
    (checkout / "fresh.ttl").write_text("", "utf-8")
    (checkout / "dir/removed.ttl").unlink()
    (checkout / "dir").mkdir(exist_ok=True)
    found = changes_since("main", checkout / "dir")
    assert names(found.files, checkout) == {"edited.ttl", "ümoved \n.ttl", "fresh.ttl"}
    assert names(found.gone, checkout) == {"moved.ttl", "dir/removed.ttl"}
    assert found.touch(checkout / "edited.ttl")
    assert not found.touch(checkout / "kept.ttl")


def test_what_others_did_since_the_branch_left_is_no_change_of_it(checkout: Path) -> None:
    git(checkout, "checkout", "-q", "-b", "topic")
    git(checkout, "checkout", "-q", "main")
    (checkout / "kept.ttl").write_text("# theirs\n", "utf-8")
    git(checkout, "commit", "-q", "-a", "-m", "Theirs")
    git(checkout, "checkout", "-q", "topic")
    assert names(changes_since("main", checkout).files, checkout) == set()


@pytest.mark.parametrize("ref", ["nowhere", "--output=stolen", "main..topic", ""])
def test_what_is_no_commit_is_refused(checkout: Path, ref: str) -> None:
    with pytest.raises(UsageError, match="--changed-since"):
        changes_since(ref, checkout)
    assert not (checkout / "stolen").exists()


def test_outside_of_a_checkout_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="git says"):
        changes_since("main", tmp_path)
    assert checkout_of(tmp_path) is None


def test_the_root_of_a_checkout_is_found_from_below(checkout: Path) -> None:
    assert checkout_of(checkout / "dir") == checkout.resolve()

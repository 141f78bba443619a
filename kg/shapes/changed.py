"""Which files changed since a commit, by git: what a pull request touched."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UsageError

__all__ = ["Changes", "changes_since", "checkout_of"]


@dataclass(frozen=True)
class Changes:
    """The files that differ from a commit, by their full paths; `gone` are those that are no longer there."""

    files: frozenset[Path]
    gone: frozenset[Path]

    def touch(self, path: Path) -> bool:
        """Whether a file is among those that changed."""
        return path.resolve() in self.files


def checkout_of(folder: Path) -> Path | None:
    """The root of the checkout that a folder is in, or None."""
    start = folder.resolve()
    return next((above for above in (start, *start.parents) if (above / ".git").exists()), None)


def changes_since(ref: str, folder: Path) -> Changes:
    """What differs between a commit and the working tree, and what git does not know yet.

    The commit is the one where the branch at hand left `ref`, if the two have one, so that what others have done on
    `ref` since is not taken for a change of this branch.

    Args:
        ref: A commit, branch or tag.
        folder: A folder in the checkout.

    Raises:
        UsageError: There is no git, no checkout, or no such commit.
    """
    root = Path(_git(folder, ["rev-parse", "--show-toplevel"], ref).decode().rstrip("\n"))
    # A ref that begins with a hyphen would be an option of git.
    commit = _git(folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"], ref)
    start = commit.decode().strip()
    base = subprocess.run(["git", "merge-base", start, "HEAD"], cwd=folder, capture_output=True, check=False)
    if base.returncode == 0:
        start = base.stdout.decode().strip()
    listed = _git(root, ["diff", "--name-only", "--no-renames", "-z", start, "--"], ref)
    fresh = _git(root, ["ls-files", "--others", "--exclude-standard", "-z"], ref)
    names = [name.decode("utf-8", "surrogateescape") for name in (listed + fresh).split(b"\0") if name]
    paths = [(root / name).resolve() for name in names]
    return Changes(
        frozenset(path for path in paths if path.exists()), frozenset(path for path in paths if not path.exists())
    )


def _git(folder: Path, arguments: Sequence[str], ref: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)
    except OSError as error:
        raise UsageError(f"--changed-since {ref} needs git, which cannot be run ({error.strerror})") from error
    if done.returncode:
        reason = " ".join(done.stderr.decode("utf-8", "replace").split()) or "no such commit"
        raise UsageError(f"--changed-since {ref}: git says '{reason}' in {folder}: give a commit, and fetch it first")
    return done.stdout

"""The home directory of a user's graph: releases, the link to the current one, the cache, and the builders' lock."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import UsageError
from kg.release.release import Release

__all__ = ["DEFAULT_HOME", "HOME_VARIABLE", "Home", "fsync_directory", "fsync_tree"]

#: Where the home is when neither an option nor the environment names one, relative to the working directory.
DEFAULT_HOME = Path(".kg")
#: The environment variable that names the home.
HOME_VARIABLE = "KG_HOME"

_BUILDING = ".building-"
_REMOVING = ".removing-"
_LINKING = ".current-"

#: The locks of this process: POSIX locks belong to the process, so two threads must be kept apart here.
_held: dict[Path, int] = {}
_held_guard = threading.Lock()


def fsync_directory(path: Path) -> None:
    """Force a directory's entries to the disk: a rename is only durable after this."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def fsync_tree(root: Path) -> None:
    """Force all files and directories below a directory to the disk."""
    for path in (*sorted(root.rglob("*")), root):
        if path.is_dir():
            fsync_directory(path)
            continue
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class Home:
    """The directory that every command works in.

    Args:
        path: The directory; absent, the value of `KG_HOME`, else `.kg`. It is created when something is first written.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        self.path = Path(path if path is not None else os.environ.get(HOME_VARIABLE) or DEFAULT_HOME)

    def __repr__(self) -> str:
        return f"Home({str(self.path)!r})"

    @property
    def releases_path(self) -> Path:
        """The directory that holds one directory a release."""
        return self.path / "releases"

    @property
    def current_link(self) -> Path:
        """The symbolic link to the current release."""
        return self.path / "current"

    @property
    def cache_path(self) -> Path:
        """The directory for what can be computed again; a builder creates it."""
        return self.path / "cache"

    @property
    def gone_path(self) -> Path:
        """The directory that holds a note, by its digest, for each release that is no longer kept."""
        return self.path / "gone"

    def current(self) -> Release | None:
        """The current release, or None where nothing was built yet.

        Raises:
            UsageError: `current` is not a link to a release that is there.
        """
        try:
            target = self.current_link.readlink()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise UsageError(f"{self.current_link} is no symbolic link: remove it and run kg build") from error
        release = Release(self.path / target)
        if not release.path.is_dir():
            raise UsageError(
                f"{self.current_link} points to {target}, which is gone: run kg build or kg releases rollback"
            )
        return release

    def require_current(self) -> Release:
        """The current release.

        Raises:
            UsageError: Nothing was built in this home yet.
        """
        release = self.current()
        if release is None:
            raise UsageError(
                f"no release in {self.path}: run kg build PATH... first, or name another home with --home DIR"
            )
        return release

    def point_current(self, release: Release) -> None:
        """Make a release the current one by renaming a new link over the old: readers see the one or the other."""
        link = self.path / f"{_LINKING}{os.getpid()}-{secrets.token_hex(4)}"
        link.symlink_to(Path("releases") / release.path.name)
        link.replace(self.current_link)
        fsync_directory(self.path)

    def building_path(self) -> Path:
        """A new, empty directory in which a release is made; it is invisible to readers."""
        path = self.releases_path / f"{_BUILDING}{os.getpid()}-{secrets.token_hex(4)}"
        path.mkdir(parents=True)
        return path

    def discard(self, release: Release) -> None:
        """Remove a release: renamed out of sight first, so that no half of it is ever listed."""
        aside = self.releases_path / f"{_REMOVING}{os.getpid()}-{secrets.token_hex(4)}"
        release.path.rename(aside)
        shutil.rmtree(aside)

    def remove_leftovers(self) -> list[Path]:
        """Remove what a killed builder left; only for the holder of the lock, when no other builder can be alive."""
        left = [path for mark in (_BUILDING, _REMOVING) for path in self.releases_path.glob(f"{mark}*")]
        for path in left:
            shutil.rmtree(path)
        links = list(self.path.glob(f"{_LINKING}*"))
        for link in links:
            link.unlink()
        return sorted(left + links)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only one who changes this home; a thread that holds the lock may take it again.

        The lock is a POSIX record lock: it dies with its process and is not inherited by worker processes.

        Raises:
            UsageError: Another process (named by its id) or another thread holds it, or the home cannot be written.
        """
        self._make()
        path = (self.path / "lock").resolve()
        me = threading.get_ident()
        with _held_guard:
            holder = _held.get(path)
            if holder is None:
                _held[path] = me
        if holder == me:
            yield
            return
        if holder is not None:
            raise UsageError(f"{self.path} is being changed by another thread of process {os.getpid()}: wait for it")
        try:
            with path.open("a+", encoding="utf-8") as opened:
                try:
                    fcntl.lockf(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except (BlockingIOError, PermissionError) as error:
                    opened.seek(0)
                    pid = opened.read().strip() or "unknown"
                    raise UsageError(
                        f"{self.path} is being changed by process {pid}: wait until it is done, or use another --home"
                    ) from error
                opened.truncate(0)
                opened.write(f"{os.getpid()}\n")
                opened.flush()
                yield
        finally:
            with _held_guard:
                del _held[path]

    def _make(self) -> None:
        try:
            self.releases_path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"{self.path} cannot be used as a home ({error.strerror}): give another --home") from error

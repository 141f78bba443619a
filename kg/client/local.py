"""A release on the disk, asked in this process."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from kg.errors import GraphError, NotFoundError, UsageError
from kg.querying import Rows, open_release, rows
from kg.questions import question, questions
from kg.questions.listed import ListedQuestion, listed_question
from kg.release import Home, Release, find
from kg.release.citation import Citation
from kg.release.manifest import MANIFEST
from kg.search.answer import Answer as SearchAnswer
from kg.search.search import SearchIndex

__all__ = ["LocalBackend"]


class LocalBackend:
    """A release on the disk.

    Args:
        path: A home directory or the directory of a release; absent, the home of the command line.
        release: The id of a release of the home, or its beginning; absent, the current one.

    Raises:
        UsageError: There is no home or release there.
        NotFoundError: The home has no such release.
        GraphError: The release cannot be opened.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None, release: str | None = None) -> None:
        found = _release(path, release)
        self.where = str(found.path)
        self.id = found.id
        self.revision = found.revision
        # The link `current` may move on: what was opened is the directory that it led to.
        self._held = open_release(Release(found.path.resolve()))

    def rows(self, text: str) -> Rows:
        """Evaluate a query in this thread; see `kg.querying.rows`."""
        return rows(self._held, text)

    def questions(self) -> list[ListedQuestion]:
        """The questions of the installed library."""
        return [listed_question(found) for found in questions()]

    def ask(self, name: str, given: Mapping[str, str]) -> Rows:
        """Answer a question of the installed library."""
        asked = question(name)
        return self.rows(asked.bound(asked.terms(given)))

    def search(self, text: str, cls: str | None, limit: int) -> SearchAnswer:
        """Ask the index of the release."""
        try:
            return SearchIndex(self._held.release.search_path).search(text, cls=cls, limit=limit)
        except ValueError as error:
            raise UsageError(f"the search cannot be made: {error}") from error

    def cite(self, form: str) -> str:
        """How to cite the release."""
        cited = Citation(self._held.release)
        if form == "csl":
            return msgspec.json.encode(cited.csl).decode()
        return (cited.bibtex if form == "bibtex" else cited.text).strip()

    def close(self) -> None:
        """Nothing is held that would have to be given back."""


def _release(path: str | os.PathLike[str] | None, ident: str | None) -> Release:
    if path is not None:
        directory = Path(path)
        if not directory.is_dir():
            what = "is no directory" if directory.exists() else "is not there"
            raise UsageError(f"{directory} {what}: give a home, a release or the address of a server")
        if (directory / MANIFEST).is_file():
            release = Release(directory)
            if ident is not None and not release.manifest.digest.startswith(ident.lower()):
                raise NotFoundError(f"{directory} is the release {release.id} and not '{ident}': give its home")
            return release
    home = Home(path)
    if ident is None:
        return home.require_current()
    try:
        return find(home, ident)
    except GraphError:
        raise
    except UsageError as error:
        raise NotFoundError(str(error)) from error

"""What a client asks: a release on the disk or a server, behind one interface."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from kg.querying import Rows
from kg.questions.listed import ListedQuestion
from kg.search.answer import Answer as SearchAnswer

__all__ = ["CITATIONS", "MOST_HITS", "Backend"]

#: The forms of a citation.
CITATIONS = ("text", "bibtex", "csl")

#: How many hits a search has at most, here as over HTTP.
MOST_HITS = 100


class Backend(Protocol):
    """A release that can be asked; safe to use from many threads.

    Attributes:
        where: The directory or the address, for people.
        id: The id of the release.
        revision: The id, with the number of writes since behind it where there were any.
    """

    where: str
    id: str
    revision: str

    def rows(self, text: str) -> Rows:
        """Evaluate a query.

        Raises:
            QueryError: It is not SPARQL, or is refused.
            CrossingsError: There is no answer.
        """

    def questions(self) -> list[ListedQuestion]:
        """The questions that it can be asked by name.

        Raises:
            CrossingsError: There is no answer.
        """

    def ask(self, name: str, given: Mapping[str, str]) -> Rows:
        """Answer one of its questions.

        Args:
            name: The question.
            given: The texts of its parameters.

        Raises:
            NotFoundError: There is no such question.
            ParameterError: It has no such parameter, or that does not take the value.
            CrossingsError: There is no answer.
        """

    def search(self, text: str, cls: str | None, limit: int) -> SearchAnswer:
        """Find things by their names and by what is quoted.

        Raises:
            CrossingsError: There is no answer.
        """

    def cite(self, form: str) -> str:
        """How to cite the release, in one of `CITATIONS`.

        Raises:
            CrossingsError: There is no answer.
        """

    def close(self) -> None:
        """Give back what it holds."""

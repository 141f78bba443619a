"""A question of the library, and its query with terms in the place of parameters."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from kg.questions.parameters import Column, Parameter, ParameterError, written
from kg.questions.values import Term

__all__ = ["VIEWS", "Question", "place_of"]

#: How an answer may be shown best.
VIEWS = ("table", "chart", "map", "timeline")


def place_of(name: str) -> re.Pattern[str]:
    """What a parameter's place in a query looks like: `VALUES ?name { ... }` with one term or UNDEF."""
    return re.compile(rf"VALUES\s+\?{re.escape(name)}\s*\{{([^{{}}]*)\}}")


@dataclass(frozen=True)
class Question:
    """A question of the library.

    Attributes:
        name: The file's name without its ending.
        title: What is asked, in a few words.
        description: The same in sentences.
        tags: What it is about, for who looks for a question.
        view: How its answer is shown best, one of `VIEWS`.
        parameters: What can be narrowed down, in the order of the header.
        columns: The variables of the answer, in its order.
        text: The file: header and query. The project's prefixes are not declared in it.
    """

    name: str
    title: str
    description: str
    tags: tuple[str, ...]
    view: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str

    @property
    def header(self) -> str:
        """The comment at the head of the file, with its last line end."""
        return self.text[: len(self.text) - len(self.query)]

    @property
    def query(self) -> str:
        """The query without the header."""
        lines = self.text.splitlines(keepends=True)
        start = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
        return "".join(lines[start:])

    @property
    def explained(self) -> str:
        """The query below a short comment, for an editor: what it asks, and what its parameters stand for."""
        return self.explained_with({})

    def explained_with(self, terms: Mapping[str, Term | None]) -> str:
        """The same with terms in the place of parameters.

        Raises:
            ParameterError: The question has no such parameter.
        """
        notes = [f"{self.title}.", self.description]
        for found in self.parameters:
            where = "in the place of UNDEF" if found.default is None else f"{written(found.default)} unless changed"
            where += ", or UNDEF" if found.takes_any else ""
            notes.append(f"?{found.name}, {where}: {found.meaning} ({found.words}).")
        told = "".join(f"# {line}\n" for note in notes for line in textwrap.wrap(note, 74))
        return told + self._with(self.query, terms)

    def parameter(self, name: str) -> Parameter:
        """The parameter of a name.

        Raises:
            ParameterError: There is none; the message lists those there are.
        """
        for found in self.parameters:
            if found.name == name:
                return found
        known = ", ".join(found.name for found in self.parameters) or "none"
        shown = name if len(name) <= 60 else f"{name[:57]}..."
        raise ParameterError(f"the question {self.name} has no parameter {shown!r}: it has {known}", name)

    def terms(self, given: Mapping[str, str]) -> dict[str, Term | None]:
        """The terms of what somebody gave as text; None asks for everything. An empty text asks for the default.

        Args:
            given: The text of a value for some or all of the parameters, by name.

        Raises:
            ParameterError: The question has no such parameter, or the parameter does not take the value.
        """
        return {name: self.parameter(name).asked(text) for name, text in given.items()}

    def bound(self, terms: Mapping[str, Term | None]) -> str:
        """The file with terms in the place of parameters, each in its own serialisation; others keep their defaults.

        Args:
            terms: A term, or None for UNDEF, for some or all of the parameters, by name.

        Raises:
            ParameterError: The question has no such parameter.
        """
        return self.header + self._with(self.query, terms)

    def _with(self, query: str, terms: Mapping[str, Term | None]) -> str:
        places: list[tuple[int, int, str]] = []
        for name, term in terms.items():
            found = place_of(self.parameter(name).name).search(query)
            assert found is not None  # or the file would not have been read
            places.append((*found.span(1), f" {'UNDEF' if term is None else term} "))
        # From the end, so that no place moves, and so that a term is never looked through for places.
        for start, end, words in sorted(places, reverse=True):
            query = query[:start] + words + query[end:]
        return query

"""The question library: one file of `queries/` a question, which says in its header what it asks and what it answers.

The header is the comment at the head of the file, a field a line; a line that begins with two spaces goes on::

    # title: Crossings by year and front
    # description: How many incidents each year had,
    #   by the section of the border.
    # parameter: front: a concept of the scheme of fronts; without it, all of them
    # column: year: the year, or an interval of years
    # column: incidents: how many

A parameter `front` stands in the query as `VALUES ?front { UNDEF }`, so that the file runs as it is and asks about
everything; `Question.bound` puts a term in its place. A `# column:` line stands for each variable of the answer.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.errors import UsageError
from kg.resources import queries_dir

__all__ = ["Field", "Question", "question_of", "questions"]

_LINE = re.compile(r"# (title|description|parameter|column): (.+)")
_NAMED = re.compile(r"([A-Za-z][A-Za-z0-9_]*): (.+)")


@dataclass(frozen=True)
class Field:
    """A parameter or column: its variable without the question mark, and what it stands for."""

    name: str
    meaning: str


@dataclass(frozen=True)
class Question:
    """A question of the library.

    Attributes:
        name: The file's name without its ending.
        title: What is asked, in a few words.
        description: The same in sentences.
        parameters: What can be narrowed down, in the order of the header.
        columns: The variables of the answer, in its order.
        text: The query, header included; the project's prefixes are not declared in it.
    """

    name: str
    title: str
    description: str
    parameters: tuple[Field, ...]
    columns: tuple[Field, ...]
    text: str

    @property
    def explained(self) -> str:
        """The query below a short comment, for an editor: what it asks, and what its parameters stand for."""
        lines = self.text.split("\n")
        start = next((number for number, line in enumerate(lines) if not line.startswith("#")), 0)
        notes = [f"{self.title}.", self.description]
        notes += [f"?{found.name}, in the place of UNDEF: {found.meaning}." for found in self.parameters]
        told = [f"# {line}" for note in notes for line in textwrap.wrap(note, 74)]
        return "\n".join([*told, *lines[start:]])

    def bound(self, terms: Mapping[str, NamedNode | Literal]) -> str:
        """The query with terms in the place of parameters.

        Args:
            terms: A term for some or all of the parameters, by name.

        Raises:
            UsageError: The question has no such parameter.
        """
        text = self.text
        for name, term in terms.items():
            if all(parameter.name != name for parameter in self.parameters):
                known = ", ".join(parameter.name for parameter in self.parameters) or "none"
                raise UsageError(f"the question {self.name} has no parameter '{name}': it has {known}")
            text = text.replace(_unbound(name), f"VALUES ?{name} {{ {term} }}")
        return text


def questions(folder: Path | None = None) -> list[Question]:
    """All questions of a folder, sorted by name.

    Args:
        folder: The folder, by default the one that is shipped.

    Raises:
        UsageError: A header is not what it should be.
    """
    return [question_of(path) for path in sorted((folder or queries_dir()).glob("*.rq"))]


def question_of(path: Path) -> Question:
    """The question that a file holds.

    Raises:
        UsageError: The file cannot be read, its header is not what it should be, or the query does not have a parameter
            that the header names; with the line.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read as a question ({error}): give a file of SPARQL in UTF-8") from error
    said: dict[str, list[str]] = {"title": [], "description": [], "parameter": [], "column": []}
    last: list[str] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.startswith("#"):
            break
        found = _LINE.fullmatch(line)
        if found is not None:
            last = said[found[1]]
            last.append(found[2].strip())
        elif last and line.startswith("#   ") and line.strip("# "):
            last[-1] += f" {line[1:].strip()}"
        else:
            raise UsageError(
                f"{path} line {number}: the header has title, description, parameter and column lines, not '{line}'"
            )
    for name in ("title", "description"):
        if len(said[name]) != 1:
            raise UsageError(f"{path}: the header has {len(said[name])} lines '# {name}:' and must have one")
    parameters = tuple(_field(path, words) for words in said["parameter"])
    for parameter in parameters:
        if _unbound(parameter.name) not in text:
            raise UsageError(f"{path}: the query has no {_unbound(parameter.name)} for its parameter")
    columns = tuple(_field(path, words) for words in said["column"])
    return Question(path.stem, said["title"][0], said["description"][0], parameters, columns, text)


def _unbound(name: str) -> str:
    return f"VALUES ?{name} {{ UNDEF }}"


def _field(path: Path, words: str) -> Field:
    found = _NAMED.fullmatch(words)
    if found is None:
        raise UsageError(f"{path}: '{words}' of the header is no 'name: meaning'")
    return Field(found[1], found[2])

"""A question at its address as a program: in Python, in R and with curl."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from kg.questions.question import Question

__all__ = ["Snippet", "lines", "snippets"]

#: What R holds the values of a column as, by its type; texts where it is not here. A whole number is a double: that has
#: more digits than the integers of R.
_R_CLASSES = {"integer": "numeric", "decimal": "numeric", "boolean": "logical"}


@dataclass(frozen=True)
class Snippet:
    """A program that asks a question.

    Attributes:
        name: A word for its language.
        title: The language's name.
        text: The program.
    """

    name: str
    title: str
    text: str


def snippets(question: Question, address: str, parameters: Mapping[str, str]) -> list[Snippet]:
    """The programs that ask a question.

    Args:
        question: The question.
        address: Where the question is asked, without parameters.
        parameters: Those of the question, and `release` where one is pinned.
    """
    given = "".join(f"        {_text(name)}: {_text(value)},\n" for name, value in parameters.items())
    python = (
        "# pip install httpx\nimport httpx\n\nanswer = httpx.get(\n"
        f"    {_text(address)},\n"
        + (f"    params={{\n{given}    }},\n" if given else "")
        + '    headers={"Accept": "application/json"},\n    timeout=60,\n)\nanswer.raise_for_status()\n'
        'rows = answer.json()["rows"]  # pandas.DataFrame(rows) makes a table of them\n'
        "for row in rows:\n    print(row)\n"
    )
    r = _r(question, address, {**parameters, "format": "csv"})
    encoded = "".join(f" \\\n  --data-urlencode {shlex.quote(f'{name}={value}')}" for name, value in parameters.items())
    curl = f"curl --get {shlex.quote(address)} \\\n  -H 'Accept: text/csv'{encoded}\n"
    return [Snippet("python", "Python", python), Snippet("r", "R", r), Snippet("curl", "curl", curl)]


def lines(name: str, address: str, parameters: Mapping[str, str]) -> list[str]:
    """The same on a line each, for a page of documentation; the command line's first.

    Args:
        name: The name of the question.
        address: Where it is asked, without parameters.
        parameters: Those of the question.
    """
    options = "".join(f" --{key} {shlex.quote(value)}" for key, value in parameters.items())
    given = f", params={json.dumps(parameters, ensure_ascii=False)}" if parameters else ""
    encoded = "".join(f" --data-urlencode {shlex.quote(f'{key}={value}')}" for key, value in parameters.items())
    query = urlencode({**parameters, "format": "csv"}, quote_via=quote)
    return [
        f"kg ask {name}{options}",
        f"curl --get {address}{encoded}",
        f'httpx.get({_text(address)}{given}).json()["rows"]  # Python',
        f'read.csv({_text(f"{address}?{query}")}, fileEncoding = "UTF-8-BOM", na.strings = "")  # R',
    ]


def _r(question: Question, address: str, parameters: Mapping[str, str]) -> str:
    """A program in R that needs no package.

    Names stand in quotes, as c() takes them, so that none of them is a word that R keeps for itself.
    """
    given = ",\n".join(f"  {_text(name)} = {_text(value)}" for name, value in parameters.items())
    classes = ",\n".join(
        f"    {_text(column.name)} = {_text(_R_CLASSES.get(column.kind, 'character'))}" for column in question.columns
    )
    # URLencode leaves a text alone that looks encoded, unless it is told to encode repeatedly; and a text may be "NA".
    return (
        f"parameters <- c(\n{given}\n)\n"
        'encoded <- vapply(parameters, URLencode, "", reserved = TRUE, repeated = TRUE)\n'
        f"address <- paste0(\n  {_text(address + '?')},\n"
        '  paste(names(parameters), encoded, sep = "=", collapse = "&")\n)\n'
        "rows <- read.csv(\n"
        '  address,\n  fileEncoding = "UTF-8-BOM",\n  na.strings = "",\n  check.names = FALSE,\n'
        f"  colClasses = c(\n{classes}\n  )\n)\nprint(rows)\n"
    )


def _text(text: str) -> str:
    """A text as Python and R both write it: escapes of JSON that both read, with no surrogates among them."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f")

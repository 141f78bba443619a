"""Reads a file of `queries/`.

The header is the comment at the head of the file, a field a line; a line that begins with two spaces goes on::

    # title: Incidents by year
    # description: How many incidents each year had,
    #   by the section of the border.
    # tags: incidents, time
    # view: chart
    # parameter: since (year, default 1990, from 1945): the first year that counts
    # parameter: front (concept of front): a section of the border; without it, all of them
    # parameter: rank (concept of rank, default sergeant or any): what rank the crosser has
    # column: year (integer): the year
    # column: incidents (integer): how many incidents

A parameter `front` stands once in the query as `VALUES ?front { UNDEF }`, or with its default's term in the place of
UNDEF, so that the file runs as it is. With `or any`, the word `any` puts UNDEF in the
place of the default. A `# column:` line stands for each variable of the answer.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg.errors import UsageError
from kg.namespaces import PREFIXES
from kg.questions.parameters import ANY, COLUMN_KINDS, Column, Parameter, ParameterError
from kg.questions.question import VIEWS, Question, place_of
from kg.questions.values import Term, ValueKind, kind_of

__all__ = ["RESERVED", "question_of"]

_LINE = re.compile(r"# (title|description|tags|view|parameter|column): (.+)")
_DECLARED = re.compile(r"([A-Za-z][A-Za-z0-9_]*) \(([^()]+)\): (.+)")
_BOUND = re.compile(r"(from|to) (\S+)")
_BOUNDED = re.compile(r"from \S+( to \S+)?|to \S+")
_BOUNDS = {"from": "least", "to": "most"}
_TAG = re.compile(r"[a-z][a-z-]*")
#: What `kg ask` and the addresses of the server call something else.
RESERVED = frozenset({"about", "format", "home", "help", "limit", "output", "query", "question", "release", "timeout"})


def question_of(path: Path) -> Question:
    """The question that a file holds.

    Raises:
        UsageError: The file cannot be read, its header is not what it should be, or the query does not have a parameter
            that the header names; with the line where one is at fault.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read as a question ({error}): give a file of SPARQL in UTF-8") from error
    said = _fields(path, text)
    for name in ("title", "description", "tags", "view"):
        if len(said[name]) != 1:
            raise UsageError(f"{path}: the header has {len(said[name])} lines '# {name}:' and must have one")
    tags = tuple(tag.strip() for tag in said["tags"][0].split(","))
    if not all(_TAG.fullmatch(tag) for tag in tags):
        raise UsageError(f"{path}: '{said['tags'][0]}' are no tags: give words in small letters with commas between")
    if said["view"][0] not in VIEWS:
        raise UsageError(f"{path}: there is no view '{said['view'][0]}': give one of {', '.join(VIEWS)}")
    parameters = tuple(_parameter(path, words) for words in said["parameter"])
    columns = tuple(_column(path, words) for words in said["column"])
    for names in ([found.name for found in parameters], [found.name for found in columns]):
        if len(set(names)) != len(names):
            raise UsageError(f"{path}: the header declares one of {', '.join(names)} twice")
    found = Question(
        path.stem, said["title"][0], said["description"][0], tags, said["view"][0], parameters, columns, text
    )
    for parameter in parameters:
        _check_place(path, found.query, parameter)
    return found


def _fields(path: Path, text: str) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {name: [] for name in ("title", "description", "tags", "view", "parameter", "column")}
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
            raise UsageError(f"{path} line {number}: the header has {', '.join(said)} lines, not '{line}'")
    return said


def _column(path: Path, words: str) -> Column:
    name, kind, meaning = _declared(path, words)
    if kind not in COLUMN_KINDS:
        raise UsageError(f"{path}: a column is no '{kind}': give one of {', '.join(COLUMN_KINDS)}")
    return Column(name, meaning, kind)


def _parameter(path: Path, words: str) -> Parameter:
    name, declared, meaning = _declared(path, words)
    if name in RESERVED:
        raise UsageError(f"{path}: a parameter cannot be called {name}, which has a meaning of its own")
    kind_name, *rest = [part.strip() for part in declared.split(",")]
    kind = kind_of(kind_name)
    if kind is None:
        raise UsageError(f"{path}: there is no type '{kind_name}' of parameters")
    default: str | None = None
    takes_any = False
    choices: tuple[Term, ...] = ()
    bounds: dict[str, Decimal] = {}
    for part in rest:
        word, _, value = part.partition(" ")
        if word == "default" and value:
            default = value.removesuffix(f" or {ANY}")
            takes_any = default != value
        elif part.startswith("one of "):
            choices = tuple(_read(path, kind, choice) for choice in part.removeprefix("one of ").split())
        elif _BOUNDED.fullmatch(part) and kind.schema["type"] in ("integer", "number"):
            bounds |= {_BOUNDS[key]: Decimal(_read(path, kind, number).value) for key, number in _BOUND.findall(part)}
        else:
            raise UsageError(f"{path}: '{part}' says nothing of the parameter {name}: give default, one of, from or to")
    made = Parameter(name, meaning, kind, None, choices, bounds.get("least"), bounds.get("most"))
    if default is None:
        return made
    if takes_any and kind_name == "text" and not choices:
        raise UsageError(f"{path}: the parameter {name} takes any text, and '{ANY}' is one: leave out 'or {ANY}'")
    try:
        return Parameter(name, meaning, kind, made.term(default), choices, made.least, made.most, takes_any)
    except ParameterError as error:
        raise UsageError(f"{path}: the default does not fit: {error}") from error


def _declared(path: Path, words: str) -> tuple[str, str, str]:
    found = _DECLARED.fullmatch(words)
    if found is None:
        raise UsageError(f"{path}: '{words}' of the header is no 'name (type): meaning'")
    return found[1], found[2], found[3]


def _read(path: Path, kind: ValueKind, text: str) -> Term:
    try:
        return kind.read(text)
    except ValueError as error:
        raise UsageError(f"{path}: '{text}' is not {kind.words}") from error


def _check_place(path: Path, query: str, parameter: Parameter) -> None:
    places = list(place_of(parameter.name).finditer(query))
    wanted = f"VALUES ?{parameter.name} {{ {parameter.default or 'UNDEF'} }}"
    if len(places) != 1:
        raise UsageError(f"{path}: the query has {len(places)} times {wanted} for its parameter and must have it once")
    try:
        found = Store().query(f"SELECT ?{parameter.name} {{ {places[0][0]} }}", prefixes=PREFIXES)
    except SyntaxError as error:
        raise UsageError(f"{path}: '{places[0][0]}' is not SPARQL: write {wanted}") from error
    assert isinstance(found, QuerySolutions)
    terms = [row[0] for row in found]
    if not all(term is None or isinstance(term, NamedNode | Literal) for term in terms) or terms != [parameter.default]:
        raise UsageError(f"{path}: the query has '{places[0][0]}' where its header has {wanted}")

"""The shapes as records: what each looks at, what must hold, what it tells, and what to do where it does not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.namespaces import curie, expand
from kg.reference.said import Said, local_name, read_triples
from kg.reference.shape_words import RdfLists, constraints_of, remedy_of, targets_of
from kg.resources import shape_files

__all__ = ["Shape", "ShapeFile", "read_shapes", "without_claim"]

_SEVERITIES = {"sh:Violation": "violation", "sh:Warning": "warning", "sh:Info": "info"}
#: What follows from a result of each severity (`kg.gate`).
CONSEQUENCES = {
    "violation": "The claim that causes it, or else its article, is left out of the release and listed.",
    "warning": "The release is made; a person is asked to look.",
    "info": "Nothing follows; it counts what was not looked at.",
}
_CLAIM_SHAPE = "cxsh:FlatValueHasAnAdmissibleClaim-query"
_LISTED = re.compile(r"\?path\s+NOT\s+IN\s*\(([^)]*)\)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One shape that a report can name.

    Args:
        iri: Its IRI.
        targets: What it looks at: each in words that `{}` stands in for the name of a term, with the term's IRI.
        path: The property that it is about, by IRI, or nothing.
        message: What it tells; `{?name}` stands for what was found.
        severity: `violation`, `warning` or `info`.
        constraints: What must hold, in words; empty where a query says it.
        query: The query that finds what is wrong, or nothing.
        remedy: What to do where it does not hold, or nothing.
    """

    iri: str
    targets: tuple[tuple[str, str], ...]
    path: str
    message: str
    severity: str
    constraints: tuple[str, ...]
    query: str
    remedy: str

    @property
    def name(self) -> str:
        """Its local name, which is its anchor on the page of the shapes."""
        return local_name(self.iri)

    @property
    def consequence(self) -> str:
        """What follows where it does not hold."""
        return CONSEQUENCES[self.severity]


@dataclass(frozen=True, kw_only=True)
class ShapeFile:
    """One file of shapes: a title, what its head says, and its shapes by name."""

    title: str
    opening: str
    shapes: tuple[Shape, ...]


@lru_cache(maxsize=1)
def read_shapes() -> tuple[ShapeFile, ...]:
    """The shapes of the ontology, one record a file that holds any.

    Raises:
        UsageError: A file is not Turtle.
    """
    files = shape_files()
    triples = read_triples(files)
    said, lists = Said(triples), RdfLists(triples)
    holders: dict[str, list[str]] = {}
    for holder in said.subjects():
        for held in said.iris(holder, "sh:property"):
            holders.setdefault(held, []).append(holder)
    found = []
    for path in files:
        names = _reported(Said(read_triples([path])))
        if names:
            shapes = tuple(_shape(iri, said, lists, holders.get(iri, [])) for iri in names)
            title = path.stem.removeprefix("shapes-").replace("-", " ").capitalize()
            found.append(ShapeFile(title=title, opening=_opening(path), shapes=shapes))
    return tuple(found)


@lru_cache(maxsize=1)
def without_claim() -> frozenset[str]:
    """The properties whose values in the default graph need no claim behind them, by IRI.

    The shape that asks for the claim names them, and they stand nowhere else.
    """
    said = Said(read_triples(shape_files()))
    listed = _LISTED.search(said.text(expand(_CLAIM_SHAPE), "sh:select"))
    return frozenset(expand(name.strip()) for name in listed[1].split(",")) if listed else frozenset()


def _reported(said: Said) -> list[str]:
    """The shapes that have a message of their own: those that a report names."""
    return [iri for iri in said.subjects() if said.text(iri, "sh:message") and said.one(iri, "sh:severity")]


def _opening(path: Path) -> str:
    """The comment at the head of a file."""
    lines = path.read_text("utf-8").split("\n")
    end = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    return "\n".join(line.lstrip("# ") for line in lines[:end]).strip()


def _shape(iri: str, said: Said, lists: RdfLists, holders: list[str]) -> Shape:
    targets = targets_of([iri, *holders], said)
    path = said.one(iri, "sh:path")
    severity = _SEVERITIES[curie(said.one(iri, "sh:severity"))]
    return Shape(
        iri=iri,
        targets=targets,
        path=path,
        message=" ".join(said.texts(iri, "sh:message")),
        severity=severity,
        constraints=tuple(constraints_of(iri, said, lists)),
        query=_dedented(said.text(said.one(iri, "sh:sparql"), "sh:select")),
        remedy="" if severity == "info" else remedy_of(iri, said, targets),
    )


def _dedented(query: str) -> str:
    lines = query.strip("\n").rstrip().split("\n")
    depth = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[depth:].rstrip() for line in lines)

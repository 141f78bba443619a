"""What a table of a class is: its columns, each with its type, where its values come from, and what may be missing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg.namespaces import expand
from kg.reference.said import Said, read_triples
from kg.resources import ontology_dir

__all__ = ["KINDS", "Column", "ColumnKind", "Table"]

#: What the cells of a column are, whatever they are written in.
ColumnKind = Literal[
    "iri", "concept", "term", "kind", "label", "text", "edtf", "duration", "integer", "decimal", "boolean", "date"
]

#: What each of them means, for the data dictionary.
KINDS: dict[ColumnKind, str] = {
    "iri": "the whole IRI of a thing",
    "concept": "the name of a term of our vocabularies or ontology without its namespace, `central`; of others the IRI",
    "term": "any term of RDF: the whole IRI, or the lexical form of a literal",
    "kind": "what stands in the column before it: `uri`, or the datatype of the literal, prefixed if we have a prefix",
    "label": "the name of the thing in the column before it, in English where it has one",
    "text": "a text as it stands in the graph",
    "edtf": "a date in Extended Date/Time Format, no more exact than the source: `2025-07`, `2025-07-01/2025-07-04`",
    "duration": "a duration of XML Schema: `PT20H`",
    "integer": "a whole number",
    "decimal": "a number; in Parquet a double, which has 15 digits",
    "boolean": "`true` or `false`",
    "date": "a day: `2025-07-01`",
}


@dataclass(frozen=True)
class Column:
    """A column.

    Args:
        name: Its name, the same in every format.
        kind: What its cells are.
        path: The properties that lead from the thing of the row to the value, as prefixed names; none for the thing
            itself. Where there are several, the column has one value for each value of the first of them, or null.
        many: Whether it may have several values: a list in Parquet and JSON Lines, joined by ` | ` in CSV.
        required: Whether it is never null.
        description: What it says; empty for what the ontology says of the property.
    """

    name: str
    kind: ColumnKind
    path: tuple[str, ...] = ()
    many: bool = False
    required: bool = False
    description: str = ""

    @property
    def said(self) -> str:
        """The description, of the ontology where it has none of its own."""
        return self.description or _ontology().text(expand(self.path[0]), "rdfs:comment")


@dataclass(frozen=True)
class Table:
    """A table of one class: a row for each thing of it, in the order of the IRIs.

    Args:
        name: Its name, which its files have: `incidents`.
        classes: The classes whose things are its rows, as prefixed names.
        description: What a row is.
        columns: Its columns; the first is the IRI of the thing.
        graph: Where the things are described: in the default graph, or in those of the articles.
    """

    name: str
    classes: tuple[str, ...]
    description: str
    columns: tuple[Column, ...]
    graph: Literal["default", "article"] = "default"

    def __getitem__(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


@cache
def _ontology() -> Said:
    return Said(read_triples([ontology_dir() / "ontology.ttl"]))

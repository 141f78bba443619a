"""The answer of a query: rows of Python values, and the ways out of it (Arrow, pandas, rdflib, RDF as text)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal, overload

from kg.client.given import given_text
from kg.client.html import table_html
from kg.client.text import table_text
from kg.client.values import Term, Value, value_of
from kg.errors import UsageError
from kg.querying import Rows

if TYPE_CHECKING:
    import pandas
    import pyarrow
    import rdflib

__all__ = ["Answer", "Form", "Row"]

#: What was asked: solutions, a truth value, or triples.
Form = Literal["solutions", "truth", "triples"]


class Row:
    """One row: its values by the place, by the name of the column, and as attributes.

    >>> row = release.query("SELECT ?label { ?i a cx:Incident ; skos:prefLabel ?label } ORDER BY ?i")[0]
    >>> row.label == row["label"] == row[0]
    True
    >>> row.as_dict()
    {'label': 'first crossing'}
    """

    __slots__ = ("_columns", "_values")

    def __init__(self, columns: Mapping[str, int], values: tuple[Value, ...]) -> None:
        self._columns = columns
        self._values = values

    def as_dict(self) -> dict[str, Value]:
        """The values by column."""
        return dict(zip(self._columns, self._values, strict=True))

    def __getattr__(self, name: str) -> Value:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return self._values[self._columns[name]]
        except KeyError as error:
            raise AttributeError(f"there is no column {name}: there are {', '.join(self._columns)}") from error

    @overload
    def __getitem__(self, which: int | str) -> Value: ...
    @overload
    def __getitem__(self, which: slice) -> tuple[Value, ...]: ...
    def __getitem__(self, which: int | str | slice) -> Value | tuple[Value, ...]:
        if isinstance(which, str):
            try:
                return self._values[self._columns[which]]
            except KeyError as error:
                raise KeyError(f"there is no column {which}: there are {', '.join(self._columns)}") from error
        return self._values[which]

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[Value]:
        return iter(self._values)

    def __dir__(self) -> list[str]:
        return ["as_dict", *self._columns]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Row):
            return self._values == other._values and list(self._columns) == list(other._columns)
        return isinstance(other, tuple) and self._values == other

    def __hash__(self) -> int:
        return hash(self._values)

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{name}={value!r}' for name, value in self.as_dict().items())})"

    def __reduce__(self) -> tuple[type[Row], tuple[dict[str, int], tuple[Value, ...]]]:
        return (Row, (dict(self._columns), self._values))


class Answer:
    """The answer of a query; it has been fetched whole and needs its release no more.

    A SELECT gives its solutions, a CONSTRUCT or DESCRIBE its triples in the columns subject, predicate and object, each
    once and sorted, and an ASK one row with the truth value. Two threads may read one answer.

    Args:
        found: The terms.
        form: What was asked.
        revision: The revision of the graph that was asked.

    Attributes:
        form: What was asked: `solutions`, `truth` or `triples`.
        revision: The revision of the graph that was asked.
        hint: A sentence where nothing was found and we know why, else None.
        terms: The rows as terms of pyoxigraph, exactly as they are in the graph.

    >>> answer = release.query("SELECT ?i ?label { ?i a cx:Incident ; skos:prefLabel ?label } ORDER BY ?i")
    >>> answer.columns, len(answer)
    (('i', 'label'), 2)
    >>> [row.label for row in answer]
    ['first crossing', 'second crossing']
    """

    def __init__(self, found: Rows, form: Form, revision: str) -> None:
        self.form = form
        self.revision = revision
        self.hint = found.hint
        self.columns: tuple[str, ...] = found.variables
        self.terms: tuple[tuple[Term, ...], ...] = found.rows
        self._declared = found.declared
        if form == "triples":
            self.terms = tuple(sorted(set(found.rows), key=lambda row: tuple(map(str, row))))
        places = {name: at for at, name in enumerate(self.columns)}
        self._rows = [Row(places, tuple(map(value_of, row))) for row in self.terms]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    @overload
    def __getitem__(self, which: int) -> Row: ...
    @overload
    def __getitem__(self, which: slice) -> list[Row]: ...
    def __getitem__(self, which: int | slice) -> Row | list[Row]:
        return self._rows[which]

    def __bool__(self) -> bool:
        """The truth value of an ASK; of any other answer, whether it has a row."""
        return bool(self._rows[0][0]) if self.form == "truth" else bool(self._rows)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, bool):
            return self.form == "truth" and bool(self) is other
        if isinstance(other, Answer):
            return (self.form, self.columns, self.terms) == (other.form, other.columns, other.terms)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]  # an answer is compared by what it holds

    def column(self, name: str) -> list[Value]:
        """The values of one column.

        Raises:
            UsageError: There is no such column.

        >>> release.query("SELECT ?label { ?i a cx:Incident ; skos:prefLabel ?label } ORDER BY ?i").column("label")
        ['first crossing', 'second crossing']
        """
        if name not in self.columns:
            raise UsageError(f"the answer has no column {name}: it has {', '.join(self.columns) or 'none'}")
        at = self.columns.index(name)
        return [row[at] for row in self._rows]

    def to_arrow(self) -> pyarrow.Table:
        """The answer as an Arrow table, typed as the exports are (docs/exports.md), of a question as it declares.

        >>> release.query("SELECT ?d { ?i cx:dateEarliest ?d } ORDER BY ?d").to_arrow().schema.field("d").type
        DataType(date32[day])
        """
        from kg.client.tables import arrow_table

        return arrow_table(self.columns, self.terms, self._declared)

    def to_pandas(self) -> pandas.DataFrame:
        """The answer as a data frame of pandas: whole numbers, truth values and texts may be absent (`NA`).

        Raises:
            UsageError: pandas is not installed.

        >>> release.query("SELECT ?d { ?i cx:dateEarliest ?d } ORDER BY ?d").to_pandas().d.dt.year.tolist()
        [2024, 2025]
        """
        from kg.client.tables import data_frame

        return data_frame(self.columns, self.terms, self._declared)

    def to_rdflib(self) -> rdflib.Graph:
        """The triples as a graph of rdflib.

        Raises:
            UsageError: The query was no CONSTRUCT or DESCRIBE.

        >>> len(release.query("CONSTRUCT { ?i a ?c } WHERE { ?i a cx:Incident, ?c }").to_rdflib())
        2
        """
        import rdflib

        graph = rdflib.Graph()
        return graph.parse(data=self.serialize("ntriples"), format="nt")

    def serialize(self, format: str = "turtle") -> str:
        """The triples in a format of RDF, with the project's prefixes.

        Args:
            format: Its name, one of docs/formats.md.

        Raises:
            UsageError: The query was no CONSTRUCT or DESCRIBE, or there is no such format.

        >>> found = release.query("CONSTRUCT { ?i a cx:Incident } WHERE { ?i cx:front front:eastern }")
        >>> found.serialize("turtle").splitlines()[0]
        '@prefix cx: <https://w3id.org/crossings/ontology#> .'
        """
        from pyoxigraph import BlankNode, NamedNode, Triple

        from kg.formats import by_name, serialize_rdf

        if self.form != "triples":
            raise UsageError(f"an answer of {self.form} is no graph: ask with CONSTRUCT or DESCRIBE")
        chosen = by_name(given_text("the format", format), "graph")
        triples = []
        for subject, predicate, object in self.terms:
            assert isinstance(subject, (NamedNode, BlankNode, Triple))
            assert isinstance(predicate, NamedNode)
            assert object is not None
            triples.append(Triple(subject, predicate, object))
        return serialize_rdf(triples, chosen).decode()

    def __repr__(self) -> str:
        if self.form == "truth":
            return f"Answer({bool(self)})"
        return table_text(self.columns, self._rows)

    def _repr_html_(self) -> str:
        return table_html(self.columns, self._rows)

"""An answer as values, rows, a truth, triples, tables: the same by both ways."""

from __future__ import annotations

import datetime
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pandas
import pytest

import kg
from kg.client import IRI, Text, Typed
from kg.errors import UsageError
from kg.namespaces import expand
from tests.support.client_home import LABELS
from tests.support.commands import ROOT


def test_values_have_the_types_of_their_terms(graph: kg.Graph) -> None:
    row = graph.query(
        """SELECT (COUNT(*) AS ?n) (SAMPLE(?d) AS ?day) (1.50 AS ?ratio) (1e3 AS ?real) (true AS ?yes)
           ("한"@ko AS ?text) ("2025-07-03T10:00:00Z"^^xsd:dateTime AS ?when) ("P1Y"^^xsd:duration AS ?span)
           ("many"^^xsd:integer AS ?wrong) (front:eastern AS ?iri) ("plain" AS ?plain) ?nothing
           { <id/incident/1> cx:dateEarliest ?d OPTIONAL { ?d cx:front ?nothing } } GROUP BY ?nothing"""
    )[0]
    assert (row.n, row.day, row.real, row.yes) == (1, datetime.date(2024, 8, 20), 1000.0, True)
    assert isinstance(row.yes, bool)
    assert isinstance(row.ratio, Decimal)
    assert row.ratio == Decimal("1.5")
    assert isinstance(row.text, Text)
    assert (row.text, row.text.lang) == ("한", "ko")
    assert row.nothing is None
    assert row.when == datetime.datetime(2025, 7, 3, 10, tzinfo=datetime.UTC)
    assert isinstance(row.span, Typed)
    assert (row.span, row.span.datatype.local) == ("P1Y", "duration")
    assert isinstance(row.wrong, Typed)
    assert isinstance(row.iri, IRI)
    assert row.iri.curie == "front:eastern"
    assert type(row.plain) is str


def test_an_ask_is_a_truth_value(graph: kg.Graph) -> None:
    yes, no = graph.query("ASK {}"), graph.query("ASK { ?s a cx:NoSuchClass }")
    assert yes
    assert not no
    assert yes == True  # noqa: E712  (that it can be compared is what is tested)
    assert no == False  # noqa: E712
    assert (repr(yes), repr(no)) == ("Answer(True)", "Answer(False)")
    assert yes.to_arrow().to_pylist() == [{"answer": True}]


def test_triples_are_rows_a_graph_of_rdflib_and_text(graph: kg.Graph) -> None:
    found = graph.query("CONSTRUCT { ?i a cx:Incident . ?i a cx:Incident } WHERE { ?i a cx:Incident }")
    assert found.columns == ("subject", "predicate", "object")
    assert [row.subject for row in found] == [expand("id:incident/1"), expand("id:incident/2")]
    assert len(found.to_rdflib()) == 2
    assert found.serialize("ntriples").count("\n") == 2
    assert found.serialize().startswith("@prefix cx: ")
    with pytest.raises(UsageError, match="turtle"):
        found.serialize("wordperfect")
    with pytest.raises(UsageError, match="ask with CONSTRUCT or DESCRIBE"):
        graph.query(LABELS).to_rdflib()


def test_a_row_is_read_in_every_way(graph: kg.Graph) -> None:
    answer = graph.query(LABELS)
    row = answer[-1]
    assert (row.label, row["label"], row[1], row[-1]) == ("second crossing",) * 4
    assert row[:1] == (expand("id:incident/2"),)
    assert (len(row), list(row)) == (2, [row.i, row.label])
    assert row == (row.i, row.label)
    assert {row, answer[1]} == {row}
    assert [each.label for each in answer[:1]] == ["first crossing"]
    assert repr(row) == "Row(i=IRI('https://w3id.org/crossings/id/incident/2'), label='second crossing')"


def test_names_of_methods_are_good_columns(graph: kg.Graph) -> None:
    row = graph.query("SELECT (1 AS ?count) (2 AS ?index) (3 AS ?columns) (4 AS ?terms) {}")[0]
    assert (row.count, row.index, row.columns, row.terms) == (1, 2, 3, 4)


def test_whole_numbers_and_decimals_are_one_column_of_numbers(graph: kg.Graph) -> None:
    found = graph.query("SELECT ?n { VALUES ?n { 5 88.5 UNDEF } }")
    assert found.to_arrow().to_pylist() == [{"n": Decimal(5)}, {"n": Decimal("88.5")}, {"n": None}]
    column = found.to_pandas().n
    assert (pandas.api.types.is_numeric_dtype(column), column.sum()) == (True, Decimal("93.5"))
    assert [row.n for row in found] == [5, Decimal("88.5"), None]


def test_the_columns_of_a_question_have_the_declared_types_whatever_is_found(graph: kg.Graph) -> None:
    all, none = (graph.ask("population-in-a-year", year=year).to_arrow() for year in ("any", "1950"))
    assert none.num_rows == 0
    assert [str(all.schema.field(name).type) for name in ("of_year", "value", "unit")] == ["int64", "double", "string"]
    assert none.schema.equals(all.schema)
    assert str(graph.ask("population-in-a-year", year="1950").to_pandas().value.dtype) == "float64"


def test_any_query_may_declare_its_columns(graph: kg.Graph) -> None:
    found = graph.query("# column: day (date): the day\nSELECT ?day { ?i a cx:NoSuchClass ; cx:dateEarliest ?day }")
    assert str(found.to_arrow().schema.field("day").type) == "date32[day]"
    # As the lists of a class do: no organization here has a date, and no statistic a bound.
    assert [str(graph.statistics().to_arrow().schema.field(name).type) for name in ("start", "least")] == [
        "date32[day]",
        "double",
    ]


def test_a_data_frame_keeps_whole_numbers_and_dates(graph: kg.Graph) -> None:
    frame = graph.incidents().to_pandas()
    assert str(frame.persons.dtype) == "Int64"
    assert frame.persons.isna().tolist() == [False, True]
    assert frame.earliest.dt.year.tolist() == [2024, 2025]
    assert frame.label.tolist() == ["first crossing", "second crossing"]


def test_a_table_without_rows_and_one_without_columns(graph: kg.Graph) -> None:
    empty = graph.query("SELECT ?i { ?i a cx:NoSuchClass }")
    assert empty.to_arrow().schema.names == ["i"]
    assert empty.to_pandas().shape == (0, 1)
    assert repr(empty) == "i\n0 rows"
    assert not empty
    nothing = graph.query("SELECT * {}")
    assert (len(nothing), nothing.columns) == (1, ())
    with pytest.raises(UsageError, match="no columns"):
        nothing.to_arrow()


def test_pandas_is_asked_for_where_it_is_not_installed(home: Path) -> None:
    code = (
        "import sys, kg\n"
        "sys.modules['pandas'] = None\n"
        "try:\n    kg.open(sys.argv[1]).incidents().to_pandas()\n"
        "except kg.errors.UsageError as error:\n    print(error)"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(home)], capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stdout == "pandas is not installed: run pip install pandas\n"

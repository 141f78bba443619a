"""Each question of the library says what it asks and what it answers, and has an answer in the release of the seeds."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg.namespaces import PREFIXES, curie
from kg.querying import ReleaseStore, open_release, rows
from kg.questions import Question, questions
from kg.release.home import Home
from tests.support.seeds_home import copied_seeds

ALL = questions()
NAMES = [question.name for question in ALL]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> ReleaseStore:
    return open_release(Home(copied_seeds(tmp_path_factory)).require_current())


def test_there_are_questions() -> None:
    assert len(ALL) >= 25
    assert len({question.title for question in ALL}) == len(ALL)


@pytest.mark.parametrize("question", ALL, ids=NAMES)
def test_it_parses_and_has_the_columns_of_its_header(question: Question) -> None:
    found = Store().query(question.text, prefixes=PREFIXES)
    assert isinstance(found, QuerySolutions)
    assert [variable.value for variable in found.variables] == [column.name for column in question.columns]
    assert question.title[0].isupper()
    assert question.description.endswith(".")


@pytest.mark.parametrize("question", ALL, ids=NAMES)
def test_it_has_an_answer_and_every_column_is_used(question: Question, held: ReleaseStore) -> None:
    found = rows(held, question.text)
    assert found.rows
    assert found.hint is None
    for column, name in enumerate(found.variables):
        if name not in MAY_BE_EMPTY.get(question.name, ()):
            assert any(row[column] is not None for row in found.rows), f"nothing has a {name}"


#: Columns for what the seeds lack.
MAY_BE_EMPTY = {
    "arrivals-per-year": {"least", "most"},
    "population-in-a-year": {"least", "most", "in_words"},
}


@pytest.mark.parametrize("question", ALL, ids=NAMES)
def test_every_row_stands_once_and_each_has_its_place(question: Question, held: ReleaseStore) -> None:
    found = rows(held, question.text).rows
    assert len(set(map(str, found))) == len(found)
    # Where the order leaves two rows open, one of these turns them round.
    for more in ("STR(?{})", "DESC(STR(?{}))"):
        order = " ".join(more.format(column.name) for column in question.columns)
        assert rows(held, f"{question.text.rstrip()} {order}").rows == found


#: The datatypes of the values of a column, by the type that its header gives.
FITS = {
    "text": {"xsd:string"},
    "integer": {"xsd:integer"},
    "decimal": {"xsd:decimal", "xsd:integer"},
    "boolean": {"xsd:boolean"},
    "date": {"xsd:date"},
}


@pytest.mark.parametrize("question", ALL, ids=NAMES)
def test_a_column_holds_what_its_header_says(question: Question, held: ReleaseStore) -> None:
    for row in rows(held, question.text).rows:
        for column, term in zip(question.columns, row, strict=True):
            if isinstance(term, NamedNode):
                assert column.kind in ("iri", "any"), (column.name, term)
            elif isinstance(term, Literal):
                assert column.kind == "any" or curie(term.datatype.value) in FITS.get(column.kind, ()), column.name


def test_all_that_is_told_of_an_incident_is_about_it_or_who_crossed_in_it(held: ReleaseStore) -> None:
    crossers = set(rows(held, "SELECT ?incident ?crosser { ?incident cx:crosser ?crosser }").rows)
    question = next(question for question in ALL if question.name == "incident")
    told = rows(held, question.text).rows
    assert {row[:2] for row in told if row[0] != row[1]} == crossers
    incidents = set(rows(held, "SELECT ?incident { ?incident a cx:Incident }").rows)
    assert {row[:1] for row in told} == incidents


def test_what_an_organization_says_is_said_by_it_or_by_one_of_its_people(held: ReleaseStore) -> None:
    question = next(question for question in ALL if question.name == "claims-by-organization")
    claims = """SELECT DISTINCT ?organization ?speaker ?subject WHERE {
        { ?organization a cx:Organization . BIND (?organization AS ?speaker)
          GRAPH ?g { ?claim cx:attributedTo ?organization ; rdf:subject ?subject } }
        UNION { ?speaker cx:affiliation ?organization .
                GRAPH ?g { ?claim cx:attributedTo ?speaker ; rdf:subject ?subject } } }"""
    said = set(rows(held, claims).rows)
    organizations = {row[0] for row in said}
    assert len(organizations) > 3
    told = set()
    for organization in organizations:
        assert isinstance(organization, NamedNode)
        told |= {row[:3] for row in rows(held, question.bound({"organization": organization})).rows}
    assert told == said


def test_a_number_that_a_text_gives_roughly_is_not_told_as_exact(held: ReleaseStore) -> None:
    """The number of arrivals "almost tripled" in 2023: nearly 3, and not 3."""
    asked = next(each for each in ALL if each.name == "population-in-a-year")
    found = rows(held, asked.bound(asked.terms({"year": "any", "population": "any"})))
    columns = [found.variables.index(name) for name in ("of_year", "measure", "value", "qualifier")]
    told = [tuple(_plain(row[column]) for column in columns) for row in found.rows]
    assert ("2023", "measure:ratio", "3", "nearly") in told
    assert all(qualifier is not None for *_, value, qualifier in told if value is not None)


def _plain(cell: object) -> str | None:
    if isinstance(cell, NamedNode):
        return curie(cell.value)
    return cell.value if isinstance(cell, Literal) else None

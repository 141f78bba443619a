"""Each question of the library says what it asks and what it answers, and has an answer in the release of the seeds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg.errors import UsageError
from kg.namespaces import PREFIXES, expand
from kg.querying import ReleaseStore, open_release, rows
from kg.questions import Field, Question, question_of, questions
from kg.release.home import Home
from tests.support.commands import SEEDS, kg

ALL = questions()
NAMES = [question.name for question in ALL]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> ReleaseStore:
    home = tmp_path_factory.mktemp("questions") / "home"
    built = kg("build", SEEDS, "--home", home)
    assert built.returncode == 0, built.stdout + built.stderr
    return open_release(Home(home).require_current())


def test_there_are_questions() -> None:
    assert len(ALL) >= 8
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


#: Columns for what the seeds may lack.
MAY_BE_EMPTY = {"arrivals-per-year": {"least", "most"}, "disagreements": {"speaker"}}


@pytest.mark.parametrize("question", ALL, ids=NAMES)
def test_the_rows_of_an_answer_are_in_one_order_and_each_once(question: Question, held: ReleaseStore) -> None:
    found = rows(held, question.text).rows
    assert len(set(map(str, found))) == len(found)
    assert "ORDER BY" in question.text


def test_all_that_is_told_of_an_incident_is_about_it_or_who_crossed_in_it(held: ReleaseStore) -> None:
    crossers = set(rows(held, "SELECT ?incident ?crosser { ?incident cx:crosser ?crosser }").rows)
    question = next(question for question in ALL if question.name == "incident")
    told = rows(held, question.text).rows
    assert {row[:2] for row in told if row[0] != row[1]} == crossers
    incidents = set(rows(held, "SELECT ?incident { ?incident a cx:Incident }").rows)
    assert {row[:1] for row in told} == incidents


def test_what_an_organization_says_is_said_by_it_or_by_one_of_its_people(held: ReleaseStore) -> None:
    question = next(question for question in ALL if question.name == "claims-by-organization")
    claims = """SELECT DISTINCT ?organization ?subject WHERE {
        { ?organization a cx:Organization . GRAPH ?g { ?claim cx:attributedTo ?organization ; rdf:subject ?subject } }
        UNION { ?who cx:affiliation ?organization .
                GRAPH ?g { ?claim cx:attributedTo ?who ; rdf:subject ?subject } } }"""
    assert {row[:2] for row in rows(held, question.text).rows} == set(rows(held, claims).rows)


WITH_PARAMETERS = [
    pytest.param(question, field, id=f"{question.name}-{field.name}")
    for question in ALL
    for field in question.parameters
]


@pytest.mark.parametrize(("question", "field"), WITH_PARAMETERS)
def test_a_parameter_narrows_the_answer_to_one_value(question: Question, field: Field, held: ReleaseStore) -> None:
    everything = rows(held, question.text)
    column = everything.variables.index(field.name)
    values = {row[column] for row in everything.rows}
    for value in sorted(values, key=str):
        assert isinstance(value, NamedNode | Literal)
        narrowed = rows(held, question.bound({field.name: value}))
        assert sorted(map(str, narrowed.rows)) == sorted(str(row) for row in everything.rows if row[column] == value)
    nothing = rows(held, question.bound({field.name: NamedNode(expand("id:nothing"))}))
    assert nothing.rows == ()


def test_a_parameter_that_is_not_there_is_refused() -> None:
    question = next(question for question in ALL if question.name == "routes")
    with pytest.raises(UsageError, match="the question routes has no parameter 'front': it has route"):
        question.bound({"front": NamedNode(expand("front:eastern"))})


def test_a_term_is_bound_in_its_own_serialisation(tmp_path: Path) -> None:
    path = tmp_path / "asked.rq"
    path.write_text(
        "# title: A\n# description: B.\n# parameter: name: a name\n# column: name: it\n"
        "SELECT ?name { VALUES ?name { UNDEF } }\n"
    )
    nasty = Literal('} UNION { ?s ?p "', language="en")
    answer = Store().query(question_of(path).bound({"name": nasty}))
    assert isinstance(answer, QuerySolutions)
    assert [row["name"] for row in answer] == [nasty]


GOOD = "# title: A\n# description: B\n#   and C.\n# column: n: it\nSELECT ?n {}\n"


def test_a_header_is_read(tmp_path: Path) -> None:
    path = tmp_path / "good.rq"
    path.write_text(GOOD)
    assert question_of(path) == Question("good", "A", "B and C.", (), (Field("n", "it"),), GOOD)
    assert questions(tmp_path) == [question_of(path)]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace("# title: A\n", ""), "has 0 lines '# title:' and must have one"),
        (lambda text: text.replace("# title", "# title: Z\n# title"), "has 2 lines '# title:' and must have one"),
        (lambda text: text.replace("# column", "# colum"), "line 4: the header has title, .* not '# colum: n: it'"),
        (lambda text: text.replace("n: it", "n is it"), "'n is it' of the header is no 'name: meaning'"),
        (lambda text: f"# parameter: f: it\n{text}", r"the query has no VALUES \?f \{ UNDEF \} for its parameter"),
        (lambda text: f"#   more\n{text}", "line 1: the header has title"),
    ],
)
def test_a_broken_header_is_refused(tmp_path: Path, change: Callable[[str], str], message: str) -> None:
    path = tmp_path / "bad.rq"
    path.write_text(change(GOOD))
    with pytest.raises(UsageError, match=message):
        question_of(path)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.rq"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match=r"bad\.rq cannot be read as a question"):
        question_of(path)

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.namespaces import expand
from kg.questions import questions
from kg.release import Home, ReleaseContent, publish
from kg.resources import queries_dir
from tests.server.serving import client_of
from tests.support.asked_articles import asked_of
from tests.support.commands import kg
from tests.support.releases import released
from tests.support.stories import dated, recalled, statements, undated


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("asked") / "home"
    released(path, statements(dated(), recalled(), undated()))
    return path


def test_without_a_name_all_questions_are_listed() -> None:
    listed = kg("ask")
    assert listed.returncode == 0
    for found in questions():
        assert found.name in listed.stdout
    assert "kg ask NAME" in listed.stdout


def test_about_says_what_a_question_takes_and_answers() -> None:
    told = kg("ask", "routes", "--about")
    assert told.returncode == 0
    assert "--route" in told.stdout
    assert "the id or IRI of a route" in " ".join(told.stdout.split())
    for column in ("property", "value", "incidents"):
        assert column in told.stdout


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_question_is_answered_and_narrowed_down(home: Path) -> None:
    asked = kg("ask", "incidents", "--home", home)
    assert asked.returncode == 0, asked.stderr
    found = rows(asked.stdout)
    assert found[0][0] == "incident"
    assert len(found) > 2
    one = found[1][0]
    for words in (("--incident", one), (f"--incident={one}",), ("--incident", one.rpartition("/")[2])):
        narrowed = kg("ask", "incident", *words, "--home", home)
        assert narrowed.returncode == 0, narrowed.stderr
        assert {row[0] for row in rows(narrowed.stdout)[1:]} == {one}


def test_any_asks_for_all_in_the_place_of_a_default(tmp_path: Path) -> None:
    home = asked_of(tmp_path / "home", "nothing").path
    asked = {
        value: kg("ask", "place-mentions", "--place", value, "--home", home) for value in ("any", "goseong", "", "Any")
    }
    places = {value: {row[0] for row in rows(told.stdout)[1:]} for value, told in asked.items()}
    assert len(places["any"]) > 1
    assert places["any"] > places["goseong"] == places[""]
    assert [told.returncode for told in asked.values()] == [0, 0, 0, 0]
    refused = kg("ask", "crosser-descriptions", "--month", "all", "--home", home)
    assert refused.returncode == 2
    assert "from 1 to 12, or any" in " ".join(refused.stderr.split())
    assert "or any" in kg("ask", "crosser-descriptions", "--about").stdout


def test_csv_is_that_of_the_server_and_no_cell_of_it_runs(tmp_path: Path) -> None:
    people = [
        Quad(NamedNode(expand(f"id:person/{name}")), NamedNode(expand(predicate)), value)
        for name, text in (("a", "@sum"), ("b", "=1+1"), ("c", "Kim"))
        for predicate, value in (
            ("rdf:type", NamedNode(expand("cx:Person"))),
            ("cx:name", Literal(text)),
            ("cx:reportedIn", NamedNode(expand("id:article/a"))),
        )
    ]
    publish(Home(tmp_path / "home"), ReleaseContent(quads=people))
    written = ("--format", "text/csv", "--output", tmp_path / "a.csv")
    asked = kg("ask", "named-persons", *written, "--home", tmp_path / "home")
    assert asked.returncode == 0, asked.stderr
    told = (tmp_path / "a.csv").read_bytes()
    assert sorted(row[1] for row in rows(told.decode())[1:]) == ["'=1+1", "'@sum", "Kim"]
    exact = kg("query", str(queries_dir() / "named-persons.rq"), "--format", "csv", "--home", tmp_path / "home")
    assert sorted(row[1] for row in rows(exact.stdout)[1:]) == ["=1+1", "@sum", "Kim"]
    with client_of(tmp_path / "home", tmp_path / "errors") as client:
        assert client.get("/queries/named-persons?format=csv").content == told


def test_the_answer_goes_where_and_as_it_is_asked(home: Path, tmp_path: Path) -> None:
    release = Home(home).require_current().id
    written = tmp_path / "answer.json"
    asked = kg("ask", "incidents", "-f", "json", "-o", written, "--release", release, "--home", home)
    assert asked.returncode == 0, asked.stderr
    assert written.read_text().startswith('{"head":')
    assert kg("ask", "incidents", "--release", "ffff", "--home", home).returncode == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("rotes",), "there is no question 'rotes': did you mean routes"),
        (("--route", "dmz"), "--route needs a question"),
        (("routes", "dmz"), "'dmz' comes after the question routes: give a parameter as --parameter VALUE"),
        (("routes", "--front", "x"), "the question routes has no parameter 'front': it has route"),
        (("routes", "--route", "a b"), "the parameter route is 'a b': give the id or IRI of a route"),
        (("routes", "--route"), "--route has no value"),
        (("routes", "--route=a", "--route=b"), "--route is given twice"),
        (("routes", "-x"), "there is no option -x"),
    ],
)
def test_bad_words_are_one_sentence(home: Path, words: tuple[str, ...], message: str) -> None:
    asked = kg("ask", *words, "--home", home)
    assert asked.returncode == 2
    assert message in asked.stderr
    assert "Traceback" not in asked.stderr
    assert asked.stderr.count("\n") == 1

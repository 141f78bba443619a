"""The questions in the graph: their text, bound and run, answers as the library does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, RdfFormat, Store, parse, serialize

from kg.namespaces import PREFIXES, expand, graph_iri
from kg.questions import Question, question_of, questions
from kg.questions.executable import LIBRARY, executables, question_iri
from kg.release import Home, publish
from tests.release.content import content

_FILE = """# title: A test
# description: Told.
# tags: test
# view: table
# parameter: front (concept of front): a section
# parameter: since (date, default 2019-02-01): a day
# parameter: order (text, default up, one of up down): a way
# parameter: most (integer, default 3, from 1 to 5): a number
# parameter: incident (entity Incident): one
# column: incident (iri): the incident
# column: day (date): its day
SELECT ?incident ?day WHERE {
  VALUES ?front { UNDEF }
  VALUES ?since { "2019-02-01"^^xsd:date }
  VALUES ?order { "up" }
  VALUES ?most { 3 }
  VALUES ?incident { UNDEF }
  ?incident cx:front ?front ; cx:dateEarliest ?day FILTER (?day >= ?since)
} ORDER BY ?incident
"""


@pytest.fixture
def made(tmp_path: Path) -> Question:
    path = tmp_path / "made.rq"
    path.write_text(_FILE, "utf-8")
    return question_of(path)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    release = publish(Home(tmp_path_factory.mktemp("executable") / "home"), content(3))
    return Store.read_only(str(release.store_path))


def _one(store: Store, subject: str, predicate: str) -> NamedNode | Literal:
    (found,) = store.quads_for_pattern(
        NamedNode(subject), NamedNode(expand(predicate)), None, NamedNode(graph_iri("meta"))
    )
    assert isinstance(found.object, NamedNode | Literal)
    return found.object


def _answer(store: Store, query: str, prefixes: dict[str, str]) -> list[str]:
    found = store.query(query, prefixes=prefixes)
    assert isinstance(found, QuerySolutions)
    return [str(row) for row in found]


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_a_release_holds_the_question_and_its_text_answers_as_the_library(store: Store, question: Question) -> None:
    iri = question_iri(question.name)
    text, declared = _one(store, iri, "sh:select"), _one(store, iri, "sh:prefixes")
    assert declared == NamedNode(LIBRARY)
    assert isinstance(declared, NamedNode)
    prefixes = {
        _one(store, quad.object.value, "sh:prefix").value: _one(store, quad.object.value, "sh:namespace").value
        for quad in store.quads_for_pattern(NamedNode(LIBRARY), NamedNode(expand("sh:declare")), None)
        if isinstance(quad.object, NamedNode)
    }
    assert prefixes == PREFIXES
    assert _answer(store, text.value, prefixes) == _answer(store, question.text, PREFIXES)


def test_the_text_is_bound_at_the_places_of_its_parameters(made: Question) -> None:
    held = Store()
    held.extend(executables([made]))
    held.extend(content(3).quads)
    iri = question_iri(made.name)
    given = {"front": "eastern", "since": "2019-03-01", "incident": "0002"}
    terms = made.terms(given)
    text = _one(held, iri, "sh:select").value
    for quad in held.quads_for_pattern(NamedNode(iri), NamedNode(expand("sh:parameter")), None):
        assert isinstance(quad.object, NamedNode)
        name = _one(held, quad.object.value, "sh:path").value.rpartition("#")[2]
        if name in terms:
            term = str(terms[name])
            text, count = re.subn(rf"VALUES \?{name} {{[^}}]*}}", lambda _found: f"VALUES ?{name} {{ {term} }}", text)  # noqa: B023
            assert count == 1
    answer = _answer(held, text, PREFIXES)
    assert answer == _answer(held, made.bound(terms), PREFIXES)
    assert len(answer) == 1
    assert len(_answer(held, made.text, PREFIXES)) == 2


def test_parameters_say_what_they_take(made: Question) -> None:
    held = Store()
    held.extend(executables([made]))
    iri = question_iri("made")
    assert _one(held, f"{iri}#parameter-front", "sh:class").value == expand("skos:Concept")
    assert _one(held, f"{iri}#parameter-incident", "sh:class").value == expand("cx:Incident")
    assert _one(held, f"{iri}#parameter-since", "sh:datatype").value == expand("xsd:date")
    assert _one(held, f"{iri}#parameter-since", "sh:defaultValue").value == "2019-02-01"
    assert _one(held, f"{iri}#parameter-most", "sh:maxInclusive") == Literal(5)
    assert _one(held, f"{iri}#parameter-most", "sh:optional") == Literal(True)
    first = _one(held, f"{iri}#parameter-order", "sh:in").value
    second = _one(held, first, "rdf:rest").value
    assert [_one(held, node, "rdf:first").value for node in (first, second)] == ["up", "down"]
    assert _one(held, second, "rdf:rest").value == expand("rdf:nil")


def test_there_are_no_blank_nodes_and_it_is_written_and_read() -> None:
    made = executables()
    assert len(set(made)) == len(made)
    assert not any(isinstance(node, BlankNode) for quad in made for node in (quad.subject, quad.object))
    assert {quad.graph_name for quad in made} == {NamedNode(graph_iri("meta"))}
    written = serialize(made, format=RdfFormat.N_QUADS)
    assert written is not None
    assert set(parse(written, format=RdfFormat.N_QUADS)) == set(made)

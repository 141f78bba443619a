from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.release import Home
from server.first_rows import FirstRows, first_rows, iris_of
from server.limits import Limits
from server.problems import Problem
from server.releases.served_release import ServedRelease
from server.workers.engine import Engine, EngineRequest

Ask = Callable[..., FirstRows]


@contextmanager
def asking(home: Path) -> Iterator[Ask]:
    """Asks the workers of an engine of its own."""
    served = ServedRelease(Home(home))
    with asyncio.Runner() as runner:

        async def made() -> Engine:
            engine = Engine(served, Limits())
            await engine.start()
            return engine

        engine = runner.run(made())

        def asked(query: str, most: int = 100) -> FirstRows:
            request = EngineRequest(release=served.get(), client="1.2.3.4", query=query)
            return runner.run(first_rows(engine, request, most))

        try:
            yield asked
        finally:
            runner.run(engine.close())


@pytest.fixture(scope="module")
def asked(home: Path) -> Iterator[Ask]:
    with asking(home) as ask:
        yield ask


def test_rows_have_terms_as_they_are(asked: Ask) -> None:
    found = asked('SELECT * { VALUES (?a ?b) { (<urn:a> "x\\ty\\n\\"z\\""@en) (UNDEF 1.5) ("" true) } }')
    assert found.variables == ("a", "b")
    assert found.rows[0] == [NamedNode("urn:a"), Literal('x\ty\n"z"', language="en")]
    assert found.rows[1][0] is None
    assert found.rows[1][1] == Literal("1.5", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))
    assert found.rows[2][0] == Literal("")
    assert not found.more
    assert iris_of(found.rows) == {"urn:a"}


@pytest.mark.parametrize(("most", "more"), [(2, True), (3, False), (4, False)])
def test_what_is_beyond_the_first_rows_is_told_of(asked: Ask, most: int, more: bool) -> None:
    found = asked("SELECT ?i { ?i a cx:Incident }", most)
    assert len(found.rows) == min(most, 3)
    assert found.more is more


def test_a_long_answer_is_not_read_to_its_end(larger: Path) -> None:
    with asking(larger) as ask:
        found = ask("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 200000")
    assert len(found.rows) == 100
    assert found.more


def test_triples_are_rows_of_three(asked: Ask) -> None:
    found = asked("CONSTRUCT { ?i a cx:Incident } WHERE { ?i a cx:Incident }", 2)
    assert found.variables == ("subject", "predicate", "object")
    assert len(found.rows) == 2
    assert found.more


@pytest.mark.parametrize(("query", "truth"), [("ASK { ?i a cx:Incident }", True), ("ASK { ?i a cx:Route }", False)])
def test_yes_and_no(asked: Ask, query: str, truth: bool) -> None:
    found = asked(query)
    assert found.truth is truth
    assert found.document == {"head": {}, "boolean": truth}


def test_an_answer_without_rows_or_columns(asked: Ask) -> None:
    assert asked("SELECT ?x { ?x a cx:Route }").rows == []
    assert asked("SELECT * { }").rows == [[]]


def test_what_has_no_answer_is_a_problem(asked: Ask) -> None:
    with pytest.raises(Problem) as told:
        asked("SELECT * {\n  ?s ?p }")
    assert told.value.members["line"] == 2


def test_the_document_is_that_of_the_results_format() -> None:
    triple = Triple(NamedNode("urn:s"), NamedNode("urn:p"), BlankNode("b"))
    document = FirstRows(("a", "b"), [[triple, None], [Literal("네", language="ko"), Literal("1")]]).document
    parts = {
        "subject": {"type": "uri", "value": "urn:s"},
        "predicate": {"type": "uri", "value": "urn:p"},
        "object": {"type": "bnode", "value": "b"},
    }
    assert document["head"] == {"vars": ["a", "b"]}
    assert document["results"]["bindings"] == [
        {"a": {"type": "triple", "value": parts}},
        {
            "a": {"type": "literal", "value": "네", "xml:lang": "ko"},
            "b": {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#string"},
        },
    ]

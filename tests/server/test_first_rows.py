from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.release import Home
from server.engine import Engine, EngineRequest
from server.first_rows import FirstRows, first_rows, iris_of
from server.limits import Limits
from server.problems import Problem
from server.release import ServedRelease


def asked(home: Path, query: str, most: int = 100) -> FirstRows:
    async def run() -> FirstRows:
        served = ServedRelease(Home(home))
        engine = Engine(served, Limits())
        await engine.start()
        try:
            return await first_rows(engine, EngineRequest(release=served.get(), client="1.2.3.4", query=query), most)
        finally:
            await engine.close()

    return asyncio.run(run())


def test_rows_have_terms_as_they_are(home: Path) -> None:
    found = asked(home, 'SELECT * { VALUES (?a ?b) { (<urn:a> "x\\ty\\n\\"z\\""@en) (UNDEF 1.5) ("" true) } }')
    assert found.variables == ("a", "b")
    assert found.rows[0] == [NamedNode("urn:a"), Literal('x\ty\n"z"', language="en")]
    assert found.rows[1][0] is None
    assert found.rows[1][1] == Literal("1.5", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))
    assert found.rows[2][0] == Literal("")
    assert not found.more
    assert iris_of(found.rows) == {"urn:a"}


@pytest.mark.parametrize(("most", "more"), [(2, True), (3, False), (4, False)])
def test_what_is_beyond_the_first_rows_is_told_of(home: Path, most: int, more: bool) -> None:
    found = asked(home, "SELECT ?i { ?i a cx:Incident }", most)
    assert len(found.rows) == min(most, 3)
    assert found.more is more


def test_a_long_answer_is_not_read_to_its_end(larger: Path) -> None:
    found = asked(larger, "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 200000")
    assert len(found.rows) == 100
    assert found.more


def test_triples_are_rows_of_three(home: Path) -> None:
    found = asked(home, "CONSTRUCT { ?i a cx:Incident } WHERE { ?i a cx:Incident }", 2)
    assert found.variables == ("subject", "predicate", "object")
    assert len(found.rows) == 2
    assert found.more


@pytest.mark.parametrize(("query", "truth"), [("ASK { ?i a cx:Incident }", True), ("ASK { ?i a cx:Route }", False)])
def test_yes_and_no(home: Path, query: str, truth: bool) -> None:
    found = asked(home, query)
    assert found.truth is truth
    assert found.document == {"head": {}, "boolean": truth}


def test_an_answer_without_rows_or_columns(home: Path) -> None:
    assert asked(home, "SELECT ?x { ?x a cx:Route }").rows == []
    assert asked(home, "SELECT * { }").rows == [[]]


def test_what_has_no_answer_is_a_problem(home: Path) -> None:
    with pytest.raises(Problem) as told:
        asked(home, "SELECT * {\n  ?s ?p }")
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

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from kg.errors import GraphError, QueryError, UsageError
from kg.formats import UnwritableError, by_name, formats_for
from kg.namespaces import BASE, expand
from kg.query_text import RefusedError
from kg.querying import MAX_NESTING, Dataset, ReleaseStore, open_release, rows, run
from kg.release import Home, publish
from tests.release.content import ARTICLE_GRAPH, content
from tests.support.columns import read_columns
from tests.support.commands import environment

CLAIMS = "SELECT ?claim { ?claim a cx:Claim }"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> ReleaseStore:
    return open_release(publish(Home(tmp_path_factory.mktemp("home")), content(3)))


def count(held: ReleaseStore, query: str, dataset: Dataset | None = None) -> int:
    return len(rows(held, query, dataset).rows)


def test_the_prefixes_of_the_project_need_no_declaration_and_can_be_declared_otherwise(held: ReleaseStore) -> None:
    assert count(held, "SELECT * { ?i a cx:Incident }") == 3
    assert count(held, "PREFIX cx: <http://other.example/> SELECT * { ?i a cx:Incident }") == 0
    assert count(held, f"PREFIX o: <{expand('cx:')}> SELECT * {{ ?i a o:Incident }}") == 3


def test_a_relative_iri_is_one_of_the_projects(held: ReleaseStore) -> None:
    assert count(held, "SELECT * { <id/incident/0001> ?p ?o }") == 4
    assert count(held, "SELECT * FROM <graph/vocabulary> { ?s ?p ?o }") == 2
    assert count(held, "BASE <id/> BASE <incident/> SELECT * { <0001> ?p ?o }") == 4
    assert rows(held, "CONSTRUCT { <a> <b> <> } {}").rows == (
        (NamedNode(BASE + "a"), NamedNode(BASE + "b"), NamedNode(BASE)),
    )


@pytest.mark.parametrize("iri", ["//[", "//[x]/", "http://[/", "//a:b:c/"])
def test_a_relative_iri_that_cannot_be_read_is_an_error_of_syntax(held: ReleaseStore, iri: str) -> None:
    for query in (
        f"SELECT * {{ <{iri}> ?p ?o }}",
        f"BASE <{iri}> ASK FROM <b> {{}}",
        f"PREFIX p: <{iri}> ASK {{ p:a ?p 1 }}",
    ):
        with pytest.raises(QueryError):
            run(held, query)


def test_a_prefix_beside_a_comparison_is_known(held: ReleaseStore) -> None:
    assert (
        count(held, "SELECT * { ?i cx:dateEarliest ?d FILTER(?d<xsd:date('2019-02-15')&&?d>xsd:date('2018-01-01')) }")
        == 2
    )


def test_answers_of_each_form_are_written_in_the_preferred_format(held: ReleaseStore) -> None:
    select = run(held, "SELECT (COUNT(*) AS ?n) { ?i a cx:Incident }")
    assert json.loads(select.body)["results"]["bindings"][0]["n"]["value"] == "3"
    assert json.loads(run(held, "ASK { ?i a cx:Incident }").body)["boolean"] is True
    assert b"cx:Incident" in run(held, "DESCRIBE ?i { ?i a cx:Incident } LIMIT 1").body
    construct = run(held, "CONSTRUCT { ?i a cx:Person } { ?i a cx:Incident }")
    assert construct.format.name == "turtle"
    assert construct.body.count(b"cx:Person") == 3


@pytest.mark.parametrize("name", [format.name for format in formats_for("results")])
def test_every_format_of_results_is_written(held: ReleaseStore, name: str) -> None:
    format = by_name(name, "results")
    body = run(held, "SELECT ?l { ?i skos:prefLabel ?l ; cx:front ?f } ORDER BY ?l", format).body
    if format.binary:
        assert read_columns(body).column("l").to_pylist()[0].startswith("crossing “0”")
        return
    assert "crossing “0”".encode() in body or b"crossing \\u201C0" in body


@pytest.mark.parametrize("name", [format.name for format in formats_for("graph")])
def test_every_format_of_triples_is_written(held: ReleaseStore, name: str) -> None:
    body = run(held, "CONSTRUCT WHERE { ?i cx:dateEarliest ?d }", by_name(name, "graph")).body
    assert b"2019-01-01" in body


def test_a_format_for_another_kind_of_answer_is_refused(held: ReleaseStore) -> None:
    with pytest.raises(UsageError, match="Turtle cannot hold the answer of this query: give one of json"):
        run(held, "ASK {}", by_name("turtle", "graph"))


def test_a_control_character_that_xml_cannot_carry_is_an_error(held: ReleaseStore) -> None:
    query = "SELECT ('a\\u0001b' AS ?x) {}"
    with pytest.raises(UnwritableError, match="ask for another format"):
        run(held, query, by_name("xml", "results"))
    assert json.loads(run(held, query).body)["results"]["bindings"][0]["x"]["value"] == "a\x01b"


def test_rows_are_terms(held: ReleaseStore) -> None:
    found = rows(held, "SELECT ?d ?none { id:nothing ?p ?none } ")
    assert (found.variables, found.rows) == (("d", "none"), ())
    found = rows(held, "SELECT ?d ?none { ?i cx:dateEarliest ?d } ORDER BY ?d LIMIT 1")
    assert found.rows == ((Literal("2019-01-01", datatype=NamedNode(expand("xsd:date"))), None),)
    assert rows(held, "ASK {}").rows == ((Literal(True),),)
    assert rows(held, "CONSTRUCT WHERE { ?i cx:front ?f } LIMIT 2").kind == "graph"


@pytest.mark.parametrize(
    ("query", "line", "column", "said"),
    [
        ("SELECT * {\n  ?s ?p", 2, None, "not SPARQL"),
        ("", 1, 1, "not SPARQL, at the end of the query"),
        ("SELECT ?é WHERE {\n\n?é ?é ?é } LIMIT x", 3, 18, "at 'x'"),
        ("SELECT * { ?s zz:a ?o }", 1, 15, "the prefix zz: is not declared; declare it"),
        ("SELECT * {\n ?s sko:prefLabel ?o }", 2, 5, "the prefix sko: is not declared; did you mean skos: ?"),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", 1, 8, "?x is selected from groups"),
        ("SELECT * { ?s <bad iri> ?o }", 1, 15, "this IRI is not closed"),
    ],
)
def test_an_error_of_syntax_has_its_place(
    held: ReleaseStore, query: str, line: int, column: int | None, said: str
) -> None:
    with pytest.raises(QueryError) as caught:
        run(held, query)
    assert said in str(caught.value)
    assert caught.value.line == line
    assert caught.value.column is not None
    assert column is None or caught.value.column == column
    assert str(caught.value).startswith(f"line {line}, column {caught.value.column}: ")
    assert "\n" not in str(caught.value)


def test_a_function_that_is_not_there_is_the_askers_error(held: ReleaseStore) -> None:
    with pytest.raises(QueryError, match=r"cannot be evaluated: .*nothing\.example"):
        run(held, "SELECT * { ?s ?p ?o FILTER(<http://nothing.example/f>(?o)) }")


@pytest.mark.parametrize(
    ("query", "refusal"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "service"),
        ("DROP ALL", "update"),
        (f"SELECT * {{ ?s ?p ?o FILTER({'(' * MAX_NESTING}1{')' * MAX_NESTING}) }}", "nesting"),
        ("SELECT * FROM <http://nowhere.example/> { ?s ?p ?o }", "unknown-graph"),
        ("SELECT * FROM NAMED <http://nowhere.example/> { ?s ?p ?o }", "unknown-graph"),
    ],
)
def test_what_is_refused_says_why(held: ReleaseStore, query: str, refusal: str) -> None:
    with pytest.raises(RefusedError) as caught:
        run(held, query)
    assert caught.value.refusal == refusal


def test_nesting_within_the_limit_is_answered(held: ReleaseStore) -> None:
    depth = MAX_NESTING - 2
    query = f"SELECT * {{ ?i a cx:Incident FILTER({'(' * depth}true{')' * depth}) }}"
    assert count(held, query) == 3


def test_from_clauses_name_graphs_of_the_release(held: ReleaseStore) -> None:
    assert count(held, "SELECT * FROM graph:vocabulary { ?s ?p ?o }") == 2
    assert count(held, "SELECT * FROM NAMED graph:vocabulary { GRAPH ?g { ?s ?p ?o } }") == 2


def test_graphs_that_are_given_take_the_place_of_from_clauses(held: ReleaseStore) -> None:
    both = "SELECT * FROM graph:vocabulary { ?claim a cx:Claim }"
    assert count(held, both) == 0
    assert count(held, both, Dataset(default=(ARTICLE_GRAPH,))) == 3
    everywhere = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    assert count(held, everywhere, Dataset(named=(expand("graph:vocabulary"),))) == 2
    with pytest.raises(RefusedError, match=r"no graph <http://nowhere\.example/>"):
        rows(held, "ASK {}", Dataset(named=("http://nowhere.example/",)))
    with pytest.raises(RefusedError, match="'no iri' is no absolute IRI"):
        rows(held, "ASK {}", Dataset(default=("no iri",)))


@pytest.mark.parametrize(
    ("query", "named"),
    [
        (CLAIMS, "cx:Claim is"),
        ("SELECT * { ?c cx:evidence ?e ; rdf:subject ?s }", "cx:evidence and rdf:subject are"),
        ("SELECT (COUNT(*) AS ?n) { ?c a cx:Claim }", "cx:Claim is"),
        ("ASK { ?c rdf:object front:eastern }", "rdf:object is"),
        ("CONSTRUCT WHERE { ?c cx:evidence ?e }", "cx:evidence is"),
        ("SELECT * { ?f skos:definition ?d }", "skos:definition is"),
    ],
)
def test_who_asks_for_claims_outside_their_graphs_and_finds_nothing_gets_a_hint(
    held: ReleaseStore, query: str, named: str
) -> None:
    hint = run(held, query).hint
    assert hint is not None
    assert hint.startswith(f"{named} not used in the default graph")
    assert "GRAPH ?g {" in hint
    assert rows(held, query).hint == hint


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { GRAPH ?g { ?claim a cx:Claim } }",
        "SELECT * { GRAPH graph:vocabulary { ?claim a cx:Claim } }",  # nothing there, but the asker knows of graphs
        "SELECT * { ?i a cx:Incident }",
        "SELECT * { ?i a cx:Incident OPTIONAL { ?claim rdf:subject ?i } }",
        f"SELECT * FROM <{ARTICLE_GRAPH}> {{ ?i cx:dateEarliest ?d ; cx:evidence ?e }}",
        "ASK { ?i cx:front ?f }",
    ],
)
def test_nobody_else_does(held: ReleaseStore, query: str) -> None:
    assert run(held, query).hint is None


def test_who_names_what_the_release_does_not_have_is_told_where_nothing_is_found(held: ReleaseStore) -> None:
    for query in ("SELECT * { ?i a cx:Nothing }", "ASK { GRAPH ?g { ?i a cx:Nothing } }"):
        assert run(held, query).hint == rows(held, query).hint == "the release has nothing called cx:Nothing"
    assert run(held, "SELECT * { ?i a cx:Incident OPTIONAL { ?i cx:nothing ?x } }").hint is None
    assert run(held, "SELECT * { ?i <https://example.org/nothing> ?x }").hint is None


def test_following_the_hint_finds_the_claims(held: ReleaseStore) -> None:
    assert count(held, "SELECT ?claim { GRAPH ?g { ?claim a cx:Claim } }") == 3


def test_a_store_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="store cannot be opened"):
        open_release(tmp_path)


def test_the_grammar_is_loaded_when_a_query_is_refused_first() -> None:
    program = (
        "import sys\n"
        "import kg.querying\n"
        "print('kg.query_grammar' in sys.modules)\n"
        "import kg.query_explained\n"
        "print('kg.query_grammar' in sys.modules)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], env=environment(), capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "True"]

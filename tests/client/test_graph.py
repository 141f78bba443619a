"""The client by both of its ways, a release on the disk and a server: the same answers, the same errors."""

from __future__ import annotations

import concurrent.futures
import datetime
import inspect
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import kg
from kg.client import IRI, Answer, Entity, Row, Text, Typed
from kg.errors import CrossingsError, GraphError, NotFoundError, QueryError, UsageError, WithheldError
from kg.namespaces import expand
from kg.query_text import RefusedError
from kg.questions import ParameterError, questions
from kg.release import Home, Release, publish
from tests.release.content import content
from tests.support.commands import ROOT

LABELS = "SELECT ?i ?label { ?i a cx:Incident ; skos:prefLabel ?label } ORDER BY ?i"
QUERIES = [
    LABELS,
    "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o",
    "SELECT * { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s ?p ?o",
    "SELECT ?nothing { ?i a cx:Incident }",
    "SELECT ?i { ?i a cx:NoSuchClass }",
    "SELECT (1 AS ?a) (1.5 AS ?b) (1e3 AS ?c) (true AS ?d) ('x' AS ?e) ('y'@en-GB AS ?f) (<urn:x> AS ?g) {}",
    "ASK { ?i a cx:Incident }",
    "ASK { ?i a cx:NoSuchClass }",
    "CONSTRUCT { ?i a ?c } WHERE { ?i a ?c }",
    "CONSTRUCT WHERE { ?i a cx:Incident ; cx:front ?f }",
    "DESCRIBE <id/incident/1>",
    "SELECT * { ?claim rdf:subject ?i }",
]


@pytest.mark.parametrize("query", QUERIES)
def test_both_ways_answer_alike(local: kg.Graph, remote: kg.Graph, query: str) -> None:
    here, there = local.query(query), remote.query(query)
    assert here == there
    assert here.hint == there.hint
    assert [row.as_dict() for row in here] == [row.as_dict() for row in there]
    assert here.revision == there.revision == local.id == remote.revision
    assert here.to_arrow().equals(there.to_arrow(), check_metadata=True) if here.columns else True


def test_a_hint_says_why_nothing_was_found(graph: kg.Graph) -> None:
    found = graph.query("SELECT * { ?claim rdf:subject ?i }")
    assert len(found) == 0
    assert "rdf:subject is not used in the default graph" in str(found.hint)


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


@pytest.mark.parametrize("name", [question.name for question in questions()])
def test_every_question_is_answered_alike(local: kg.Graph, remote: kg.Graph, name: str) -> None:
    asked = next(question for question in local.questions() if question.name == name)
    here = local.ask(name)
    assert here.columns == tuple(column.name for column in asked.columns)
    assert here == remote.ask(name)


def test_a_question_takes_python_values_and_text(graph: kg.Graph) -> None:
    asked = [graph.ask("incident", incident=name) for name in ("1", IRI.of("id:incident/1"), expand("id:incident/1"))]
    assert asked[0] == asked[1] == asked[2]
    assert len(asked[0]) > 0
    assert len(graph.ask("incident", incident="2")) < len(asked[0])
    assert graph.ask("arrivals-per-year", population=None) == graph.ask("arrivals-per-year")
    with pytest.raises(ParameterError, match="population is 'everybody': give one of"):
        graph.ask("arrivals-per-year", population="everybody")
    with pytest.raises(ParameterError, match="has no parameter 'colour'"):
        graph.ask("arrivals-per-year", colour="red")
    with pytest.raises(UsageError, match="the parameter population is a list"):
        graph.ask("arrivals-per-year", population=["defectors"])
    with pytest.raises(UsageError, match="did you mean incidents"):
        graph.ask("incidnts")


def test_any_asks_for_all_and_an_empty_text_for_the_default(graph: kg.Graph) -> None:
    certain = graph.ask("claims-by-organization")
    everybody = graph.ask("claims-by-organization", organization="any")
    assert (len(certain), everybody.column("organization")) == (
        0,
        [expand("id:organization/ministry")] * len(everybody),
    )
    assert graph.ask("claims-by-organization", organization="") == certain
    assert graph.ask("claims-with-words", words="") == graph.ask("claims-with-words")
    with pytest.raises(ParameterError, match="the parameter year is 'any': give a year of four digits"):
        graph.ask("crosser-descriptions", year="any")


def test_a_variable_may_be_called_as_anything(graph: kg.Graph) -> None:
    answer = graph.query("SELECT ?text ?self ?name { FILTER (BOUND(?text)) }", text="a", self=1, name=True)
    assert [tuple(row) for row in answer] == [("a", 1, True)]


@pytest.mark.parametrize("id", ["1", "id:incident/1", expand("id:incident/1"), "old", "older"])
def test_an_incident_has_all_that_is_said_of_it(graph: kg.Graph, id: str) -> None:
    found = graph.incident(id)
    assert (found.iri, found.iri.label, found.kind) == (expand("id:incident/1"), "first crossing", "Incident")
    assert found["dateEarliest"] == datetime.date(2024, 8, 20)
    assert found["personCount"] == 1
    assert found["reviewed"] is False
    assert found["rdf:type"] == expand("cx:Incident")
    front = found["front"]
    assert isinstance(front, IRI)
    assert (front.label, front.local) == ("eastern front", "eastern")
    (claim,) = found.claims_on("cx:front")
    assert claim.value == front
    assert (claim.certainty, claim.specificity, claim.tense, claim.negated) == ("reported", "specific", "past", False)
    assert (claim.speaker, claim.speakers) == ("the ministry", (expand("id:organization/ministry"),))
    assert [(each.quote, each.withheld, each.start, each.end) for each in claim.evidence] == [
        ("over the eastern front", 0, 12, 34),
        (None, 7, 90, 130),
    ]
    assert claim.quote == "over the eastern front"
    assert (claim.article.title, claim.article.published) == ("A <b>soldier</b> came", datetime.date(2024, 8, 21))
    assert str(claim.article) == "our digest of The Paper"
    (dispute,) = found.disagreements
    assert (dispute.property.local, dispute.preferred, dispute.rule) == ("defectionStatus", None, "undecided")
    assert dispute.others == (expand("status:confirmed"), expand("status:unconfirmed"))
    assert dispute.claims == (expand("id:claim/1"),)
    assert dispute.reviewed


def test_what_is_shown_in_a_notebook_is_escaped(graph: kg.Graph) -> None:
    found = graph.query("SELECT ?t ?x ?u { GRAPH ?g { ?a dcterms:title ?t } BIND (<javascript:alert> AS ?x) "
                        "BIND ('<script>' AS ?u) }")  # fmt: skip
    page = found._repr_html_()
    assert "A &lt;b&gt;soldier&lt;/b&gt; came" in page
    assert "<script>" not in page
    assert 'href="javascript' not in page
    assert "<b>soldier" not in graph.article("a")._repr_html_()


def test_both_ways_describe_and_list_alike(local: kg.Graph, remote: kg.Graph) -> None:
    described: list[Callable[[kg.Graph], Entity]] = [
        lambda graph: graph.incident("1"),
        lambda graph: graph.person("1-1"),
        lambda graph: graph.organization("ministry"),
        lambda graph: graph.route("dmz"),
        lambda graph: graph.statistic("1"),
        lambda graph: graph.place("goseong"),
        lambda graph: graph.article("a"),
    ]
    for describe in described:
        assert describe(local) == describe(remote)
        assert describe(local).properties
    listed: list[Callable[[kg.Graph], Answer]] = [
        kg.Graph.incidents,
        kg.Graph.persons,
        kg.Graph.organizations,
        kg.Graph.routes,
        kg.Graph.statistics,
        kg.Graph.places,
        kg.Graph.articles,
    ]
    for rows in listed:
        assert rows(local) == rows(remote)
        assert len(rows(local)) >= 1
    assert local.incidents().column("label") == ["first crossing", "second crossing"]
    for form in ("text", "bibtex", "csl"):
        assert local.cite(form) == remote.cite(form)
        assert local.id in local.cite(form)
    assert local.search("second") == remote.search("second")
    assert local.search("goseong", kind="Place", limit=1) == remote.search("goseong", kind="Place", limit=1)


def test_what_is_not_there_is_said(graph: kg.Graph) -> None:
    with pytest.raises(NotFoundError, match=r"called <https://w3id\.org/crossings/id/incident/99>"):
        graph.incident("99")
    with pytest.raises(NotFoundError, match="is no id of the class Incident"):
        graph.incident(expand("id:person/1-1"))
    with pytest.raises(NotFoundError, match="is no id of the class Article"):
        graph.article("a> ?x . <b")
    with pytest.raises(WithheldError, match="withheld since 2025-11-01, to protect people: asked for by") as told:
        graph.person("hidden")
    assert (told.value.on, told.value.reason) == ("2025-11-01", "asked for by the family")


def test_what_cannot_be_asked_is_said(graph: kg.Graph) -> None:
    with pytest.raises(UsageError, match="no class 'Dragon'"):
        graph.search("x", kind="Dragon")
    for limit in (0, 101):
        with pytest.raises(UsageError, match="from 1 to 100"):
            graph.search("x", limit=limit)
    with pytest.raises(UsageError, match="look for fewer words"):
        graph.search("x" * 1001)
    with pytest.raises(UsageError, match="text, bibtex, csl"):
        graph.cite("mla")
    answer = graph.query(LABELS)
    with pytest.raises(UsageError, match="it has i, label"):
        answer.column("name")
    with pytest.raises(AttributeError, match="there are i, label"):
        _ = answer[0].name
    with pytest.raises(KeyError, match="there are i, label"):
        _ = answer[0]["name"]
    with pytest.raises(IndexError):
        _ = answer[2]


@pytest.mark.parametrize(
    ("query", "place", "says"),
    [
        ("SELECT * {\n  ?s ?p }", (2, 9), "this is not SPARQL"),
        ("SELECT * { ?s foaff:name ?o }", (1, 15), "did you mean foaf:"),
        ("SELECT * { ?s ?p \ud800 }", None, "no character"),
        ("", (1, 1), "this is not SPARQL"),
    ],
)
def test_an_error_of_a_query_has_its_place(
    local: kg.Graph, remote: kg.Graph, query: str, place: tuple[int, int] | None, says: str
) -> None:
    told: list[CrossingsError] = []
    for graph in (local, remote):
        with pytest.raises(UsageError, match=says) as raised:
            graph.query(query)
        told.append(raised.value)
        if place is not None:
            assert isinstance(raised.value, QueryError)
            assert (raised.value.line, raised.value.column) == place
    assert place is None or str(told[0]) == str(told[1])


@pytest.mark.parametrize(
    ("query", "refusal"),
    [
        ("SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }", "service"),
        ("DELETE WHERE { ?s ?p ?o }", "update"),
        ("SELECT * FROM <urn:none> { ?s ?p ?o }", "unknown-graph"),
        (f"SELECT * {{ {'{' * 300} {'}' * 300} }}", "nesting"),
    ],
)
def test_a_refusal_is_the_same_error(graph: kg.Graph, query: str, refusal: str) -> None:
    with pytest.raises(RefusedError) as raised:
        graph.query(query)
    assert raised.value.refusal == refusal


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


def test_many_threads_may_ask_one_graph(graph: kg.Graph) -> None:
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _number: graph.query(LABELS).column("label"), range(40)))
    assert found == [["first crossing", "second crossing"]] * 40


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


def test_importing_the_package_loads_nothing_of_it() -> None:
    code = (
        "import sys, kg; print(sorted(name for name in sys.modules if name in sys.argv[1:] or 'kg.' in name)); kg.open"
    )
    heavy = ["spacy", "pyoxigraph", "pyarrow", "httpx", "rdflib", "pandas", "msgspec"]
    ran = subprocess.run([sys.executable, "-c", code, *heavy], capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stdout == "[]\n"
    assert {"open", "IRI", "Graph"} <= set(dir(kg))
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        kg.opne  # type: ignore[attr-defined]  # noqa: B018


def test_a_home_is_found_as_the_command_line_finds_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_HOME", str(home))
    assert kg.open().id == kg.open(home).id
    monkeypatch.delenv("KG_HOME")
    monkeypatch.chdir(home.parent)
    with pytest.raises(UsageError, match=r"no release in \.kg: run kg build"):
        kg.open()
    (home.parent / ".kg").symlink_to(home)
    assert kg.open().id == kg.open(str(home)).id
    (home.parent / ".kg").unlink()


def test_a_place_that_is_no_graph_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not there"):
        kg.open(tmp_path / "nowhere")
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="is no directory"):
        kg.open(tmp_path / "file")
    with pytest.raises(UsageError, match="no release in"):
        kg.open(tmp_path)
    with pytest.raises(UsageError, match="begins with http"):
        kg.open("ftp://example.org")
    (tmp_path / "manifest.json").write_text("{}", "utf-8")
    with pytest.raises(GraphError, match=r"manifest\.json"):
        kg.open(tmp_path)


def test_a_release_is_pinned(tmp_path: Path) -> None:
    home = Home(tmp_path)
    old = publish(home, content(1))
    opened = kg.open(tmp_path)
    new = publish(home, content(2))
    assert opened.id == old.id
    assert len(opened.incidents()) == 1
    assert (kg.open(tmp_path).id, len(kg.open(tmp_path).incidents())) == (new.id, 2)
    assert kg.open(tmp_path, release=old.id[:6]).id == old.id
    assert kg.open(old.path).id == kg.open(str(old.path), release=old.id).id == old.id
    with pytest.raises(NotFoundError, match="no release 'ffff"):
        kg.open(tmp_path, release="ffffffff")
    with pytest.raises(NotFoundError, match="and not 'ffff"):
        kg.open(Release(old.path).path, release="ffff")


@pytest.mark.parametrize("of", [kg.Graph, Answer, Row, Entity])
def test_every_public_method_has_an_example(of: type) -> None:
    methods = [found for name, found in vars(of).items() if not name.startswith("_") and callable(found)]
    assert methods
    for method in methods:
        text = inspect.getdoc(method) or ""
        assert ">>>" in text or (of is Row and ">>>" in (of.__doc__ or "")), method

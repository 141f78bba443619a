"""`/queries/{name}` as programs ask it: forms, typed values, parameters that are wrong, kept answers, injections."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.namespaces import expand
from kg.questions import Question, question, questions
from kg.questions.executable import question_iri
from kg.release import Home, Release, ReleaseContent, publish
from server.questions.forms import forms
from server.questions.openapi import questions_schemas
from tests.release.content import quads
from tests.server.asking import limited, problem_name
from tests.server.serving import serving
from tests.support.columns import read_columns

_JSON = {"Accept": "application/json"}


@dataclass(frozen=True)
class Place:
    """A server of two releases."""

    url: str
    client: httpx.Client
    current: Release
    older: Release


def _node(name: str) -> NamedNode:
    return NamedNode(expand(name))


def _people(*names: str) -> list[Quad]:
    return [
        Quad(_node(f"id:person/{number}"), _node(predicate), value)
        for number, name in enumerate(names)
        for predicate, value in (
            ("rdf:type", _node("cx:Person")),
            ("cx:name", Literal(name)),
            ("cx:reportedIn", _node("id:article/a")),
        )
    ]


def _routes() -> list[Quad]:
    return [
        Quad(_node(f"id:route/{name}"), _node(predicate), value)
        for name, length in (("dmz", "248.5"), ("sea", "-3"))
        for predicate, value in (
            ("rdf:type", _node("cx:Route")),
            ("skos:prefLabel", Literal(f"the {name}", language="en")),
            ("cx:length", Literal(length, datatype=_node("xsd:decimal"))),
            ("cx:usage", Literal("rare")),
        )
    ]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("questions")
    home = Home(folder / "home")
    older = publish(
        home, ReleaseContent(quads=[*quads(), *_people(*("Kim" * number for number in range(100))), *_routes()[:4]])
    )
    current = publish(home, ReleaseContent(quads=[*quads(), *_people('=cmd("x")', "@sum", "Kim"), *_routes()]))
    options = limited("client-seconds=99999", "workers=2", "spares=0", "table-bytes=20000")
    with (
        serving(home.path, folder / "errors", *options) as running,
        httpx.Client(base_url=running.url, timeout=60) as client,
    ):
        yield Place(running.url, client, current, older)
    assert running.complaints() == ""


def _ask(place: Place, name: str, /, **parameters: str) -> httpx.Response:
    return place.client.get(f"/queries/{name}", params=parameters, headers=_JSON)


def _schema(name: str) -> dict[str, Any]:
    named = "".join(word.capitalize() for word in name.split("-")) + "Answer"
    components = {"schemas": questions_schemas()}
    return {"$ref": f"#/components/schemas/{named}", "components": components}


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.name)
def test_every_question_answers_as_it_is_described(place: Place, asked: Question) -> None:
    answer = _ask(place, asked.name)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    jsonschema.Draft202012Validator(_schema(asked.name)).validate(told)
    assert told["misfits"] == []
    assert told["release"] == answer.headers["crossings-release"] == place.current.id
    assert [column["name"] for column in told["columns"]] == [column.name for column in asked.columns]
    same = place.client.post("/sparql", data={"query": asked.text}).json()
    assert len(told["rows"]) == len(same["results"]["bindings"])


@pytest.mark.parametrize("form", ["json", "csv", "tsv"])
def test_an_answer_without_rows_says_which_name_is_not_there(place: Place, form: str) -> None:
    answer = _ask(place, "incidents-near-a-place", place="Nowhere", format=form)
    assert re.search("the release has nothing called .*id:place/Nowhere", answer.headers["crossings-hint"])
    assert "crossings-hint" not in _ask(place, "routes", format=form).headers
    if form == "json":
        assert answer.json()["hint"] == answer.headers["crossings-hint"]
        assert _ask(place, "routes").json()["hint"] is None


def test_numbers_are_numbers_and_mixed_values_say_what_they_are(place: Place) -> None:
    told = _ask(place, "routes", route="dmz").json()
    assert told["parameters"] == {"route": "dmz"}
    assert told["permalink"] == f"{place.url}/queries/routes?route=dmz&release={place.current.id}"
    assert place.client.get(told["permalink"], headers=_JSON).json()["rows"] == told["rows"]
    by_property = {row["property"]: row for row in told["rows"]}
    assert set(by_property) == {expand("cx:length"), expand("cx:usage")}
    assert by_property[expand("cx:length")]["value"] == {"value": "248.5", "type": expand("xsd:decimal")}
    assert [row["incidents"] for row in told["rows"]] == [0, 0]


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
@pytest.mark.parametrize("by", ["name", "header"])
def test_every_form_is_given(place: Place, form: Any, by: str) -> None:
    accept = {"Accept": form.media_type if by == "header" else "image/png"}
    parameters = {"format": form.name} if by == "name" else {}
    answer = place.client.get("/queries/routes", params=parameters, headers=accept)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].partition(";")[0] == form.media_type
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Accept" in answer.headers["vary"]
    again = {**accept, "If-None-Match": answer.headers["etag"]}
    assert place.client.get("/queries/routes", params=parameters, headers=again).status_code == 304
    head = place.client.head("/queries/routes", params=parameters, headers=accept)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == answer.headers["etag"]


def test_an_entity_tag_is_of_the_revision_the_terms_and_the_form(place: Place) -> None:
    asked = [
        {"route": "dmz"},
        {"route": "sea"},
        {},
        {"release": place.older.id},
        *({"format": form.name} for form in forms() if form.name != "json"),
    ]
    tags = [place.client.get("/queries/routes", params=each, headers=_JSON).headers["etag"] for each in asked]
    assert len(set(tags)) == len(tags)


def test_csv_is_for_spreadsheets_and_tsv_is_exact(place: Place) -> None:
    read = list(csv.DictReader(io.StringIO(_ask(place, "named-persons", format="csv").content.decode("utf-8-sig"))))
    assert [row["name"] for row in read] == ['\'=cmd("x")', "'@sum", "Kim"]
    lengths = csv.DictReader(io.StringIO(_ask(place, "routes", format="csv").content.decode("utf-8-sig")))
    assert [row["value"] for row in lengths if row["property"].endswith("#length")] == ["248.5", "-3"]
    lines = _ask(place, "named-persons", format="tsv").text.split("\n")
    assert lines[1].split("\t")[1] == '"=cmd(\\"x\\")"'


def test_the_question_itself_is_at_its_iri(place: Place) -> None:
    answer = place.client.get("/queries/routes", headers={"Accept": "text/turtle"})
    triples = list(parse(answer.content, format=RdfFormat.TURTLE))
    (text,) = [t.object for t in triples if t.predicate == _node("sh:select")]
    assert text == Literal(question("routes").query)
    assert {t.subject for t in triples if t.predicate == _node("sh:select")} == {NamedNode(question_iri("routes"))}


def test_an_older_release_is_asked(place: Place) -> None:
    assert {row["route"][-3:] for row in _ask(place, "routes").json()["rows"]} == {"dmz", "sea"}
    for form in ("json", "tsv"):
        older = _ask(place, "routes", release=place.older.id, format=form)
        assert older.headers["crossings-release"] == place.older.id
        assert "/route/dmz" in older.text
        assert "/route/sea" not in older.text
    assert problem_name(_ask(place, "routes", release="0000")) == "unknown-release"


def test_the_types_of_columns_are_declared_in_a_header_and_in_parquet(place: Place) -> None:
    # The release has no statistics, so nothing that is found could tell the types.
    told = place.client.get("/queries/population-in-a-year?year=1950&format=srj")
    declared = ", ".join(f"{column.name}={column.kind}" for column in question("population-in-a-year").columns)
    assert told.headers["crossings-columns"] == declared
    assert "Crossings-Columns" in told.headers["access-control-expose-headers"]
    for form in ("parquet", "arrow"):
        table = read_columns(place.client.get(f"/queries/population-in-a-year?year=1950&format={form}").content)
        types = [str(table.schema.field(name).type) for name in ("of_year", "value", "unit")]
        assert (table.num_rows, types) == (0, ["int64", "double", "string"])


@pytest.mark.parametrize(
    ("parameters", "name", "expected"),
    [
        ("route=a b", "route", "the id or IRI of a route, such as route/dmz"),
        ("route=dmz&route=dmz", "route", "one value"),
        ("front=eastern", "front", "one of route, format, release, timeout"),
        ("format=json&format=csv", "format", "one value"),
        ("rout%65=%20", "route", "the id or IRI of a route, such as route/dmz"),
    ],
)
@pytest.mark.parametrize("form", ["json", "csv", "srj"])
def test_a_parameter_that_is_wrong_is_named(place: Place, parameters: str, name: str, expected: str, form: str) -> None:
    answer = place.client.get(f"/queries/routes?{parameters}" + ("" if "format=" in parameters else f"&format={form}"))
    assert problem_name(answer) == "invalid-parameter"
    assert (answer.status_code, answer.json()["parameter"], answer.json()["expected"]) == (422, name, expected)


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/queries/routs", "not-found"),
        ("/queries/routes/x", "not-found"),
        ("/queries/routes?format=pdf", "unknown-format"),
        ("/queries/routes?timeout=soon", "malformed-request"),
        ("/queries/routes?route=%ff", "malformed-request"),
        ("/queries?tag=nothing", "invalid-parameter"),
        ("/queries?format=srj", "unknown-format"),
    ],
)
def test_what_cannot_be_answered(place: Place, path: str, problem: str) -> None:
    assert problem_name(place.client.get(path, headers=_JSON)) == problem


def test_an_unknown_question_brings_those_that_are_like_it(place: Place) -> None:
    assert _ask(place, "routs").json()["near"][0] == "routes"
    told = _ask(place, "zzzzzzzz").json()
    assert (told["near"], told["detail"]) == ([], "there is no question 'zzzzzzzz': /queries lists those there are")


def test_other_methods(place: Place) -> None:
    for path in ("/queries", "/queries/routes"):
        options = place.client.options(path)
        assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
        assert options.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
        assert problem_name(place.client.post(path, headers=_JSON)) == "method-not-allowed"


def test_a_parameter_without_a_text_is_none(place: Place) -> None:
    assert _ask(place, "routes", route="").json()["rows"] == _ask(place, "routes").json()["rows"]


def test_any_asks_for_all_in_the_place_of_a_default(place: Place) -> None:
    asked = _ask(place, "crosser-descriptions", month="any", year="2019")
    assert asked.status_code == 200, asked.text
    told = asked.json()
    assert told["parameters"] == {"year": "2019", "month": None}
    assert told["permalink"].endswith(f"?month=any&year=2019&release={place.current.id}")
    assert place.client.get(told["permalink"], headers=_JSON).json() == told
    assert _ask(place, "crosser-descriptions", month="").json()["parameters"] == {"year": "2025", "month": "7"}
    refused = _ask(place, "crosser-descriptions", year="any")
    assert (refused.status_code, problem_name(refused)) == (422, "invalid-parameter")
    assert refused.json()["expected"] == "a year of four digits"
    assert _ask(place, "crosser-descriptions", month="13").json()["expected"].endswith("from 1 to 12, or any")
    described = place.client.get("/openapi.json").json()["paths"]["/queries/crosser-descriptions"]["get"]["parameters"]
    (month,) = (each["schema"] for each in described if each["name"] == "month")
    for value, fits in (("any", True), (7, True), ("all", False), (13, False)):
        assert jsonschema.Draft202012Validator(month).is_valid(value) == fits


def test_a_table_that_is_too_long_says_what_to_ask_for(place: Place) -> None:
    for form in ("json", "csv"):
        answer = _ask(place, "named-persons", release=place.older.id, format=form)
        assert problem_name(answer) == "answer-too-large"
        assert "srj or tsv" in answer.json()["detail"]
    streamed = _ask(place, "named-persons", release=place.older.id, format="tsv")
    assert streamed.status_code == 200
    assert streamed.text.count("\n") == 101


_INJECTIONS = (
    "dmz> } } ; CLEAR ALL #",
    "dmz } VALUES ?x { 1",
    "} UNION { ?route ?property ?value } #",
    'x" } SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } #',
    "https://w3id.org/crossings/id/route/dmz> <urn:x",
    "\\u003e } #",
    "dmz\n} #",
    "?route",
    "UNDEF",
    "id:route/dmz id:route/sea",
    "%3E",
    "\x00",
)


@pytest.mark.parametrize("form", ["json", "srj", "html"])
@pytest.mark.parametrize("text", _INJECTIONS)
def test_no_text_of_a_parameter_becomes_a_part_of_the_query(place: Place, text: str, form: str) -> None:
    answer = _ask(place, "routes", route=text, format=form)
    if text == "UNDEF":  # the id of a route that is not there
        assert answer.status_code == 200
        assert "rare" not in answer.text
        assert "rare" in _ask(place, "routes", format=form).text
        return
    assert answer.status_code == 422, answer.text
    if form == "html":
        assert "aria-invalid" in answer.text
        assert "<http://127.0.0.1:9/>" not in answer.text
    else:
        assert (problem_name(answer), answer.json()["parameter"]) == ("invalid-parameter", "route")


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    name=st.sampled_from([found.name for found in questions()]) | st.text(max_size=8),
    parameters=st.dictionaries(
        st.sampled_from([p.name for found in questions() for p in found.parameters] + ["format", "release", "x"]),
        st.text(max_size=20) | st.sampled_from(_INJECTIONS),
        max_size=3,
    ),
    accept=st.sampled_from(["text/html", "application/json", "text/csv", "text/turtle"]),
)
def test_nothing_that_is_asked_is_an_error_of_ours(
    place: Place, name: str, parameters: dict[str, str], accept: str
) -> None:
    address = f"/queries/{quote(name, safe='')}"
    answer = place.client.get(address, params=parameters, headers={"Accept": accept})
    assert answer.status_code in {200, 307, 400, 404, 406, 410, 422}, (answer.status_code, answer.text)


def test_the_list_for_programs(place: Place) -> None:
    answer = place.client.get("/queries", headers=_JSON)
    assert answer.headers["content-type"] == "application/json"
    told = answer.json()["questions"]
    assert [each["name"] for each in told] == [found.name for found in questions()]
    for each in told:
        assert each["address"] == f"{place.url}/queries/{each['name']}"
    (certainty,) = next(each for each in told if each["name"] == "hedged-and-denied")["parameters"]
    assert "possible" in certainty["schema"]["enum"]
    routes = place.client.get("/queries", params={"tag": "routes"}, headers=_JSON).json()["questions"]
    assert "routes" in {each["name"] for each in routes}
    assert all("routes" in each["tags"] for each in routes)


def test_an_answer_is_json_to_the_last_byte(place: Place) -> None:
    assert json.loads(_ask(place, "incidents").content)["rows"] == _ask(place, "incidents").json()["rows"]

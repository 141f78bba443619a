"""Each tool's good answer and each of its errors, on each transport, by the SDK's own client."""

from __future__ import annotations

import json
import time
from typing import Any

import jsonschema
import pyoxigraph
import pytest
from mcp.shared.exceptions import MCPError
from mcp_types import TextResourceContents
from pyoxigraph import RdfFormat

from kg.namespaces import BASE, PREFIXES
from server.mcp.resources import RESOURCES
from server.mcp.tools import TOOLS
from tests.server.mcp.assistants import Assistant, text_of
from tests.server.queries import RUNAWAYS
from tests.support.commands import ROOT

CX = "@prefix cx: <https://w3id.org/crossings/ontology#> .\n"
COUNT = "SELECT (COUNT(DISTINCT ?i) AS ?n) { ?i a cx:Incident }"


def incidents(assistant: Assistant) -> list[str]:
    found = assistant.answer("sparql", query="SELECT ?i { ?i a cx:Incident } ORDER BY ?i")
    return [row[0].strip("<>") for row in found["rows"]]


def test_the_tools_are_listed_with_schemas_that_take_their_examples(assistant: Assistant) -> None:
    listed = assistant.run(assistant.client.list_tools).tools
    assert [tool.name for tool in listed] == list(TOOLS)
    for tool in listed:
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint is True
        assert tool.output_schema is not None
        for schema in (tool.input_schema, tool.output_schema):
            assert schema["type"] == "object"
            jsonschema.Draft202012Validator.check_schema(schema)
        examples = tool.input_schema["examples"]
        assert examples == [dict(each) for each in TOOLS[tool.name].examples]
        for example in examples:
            jsonschema.validate(example, tool.input_schema)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"no such": 1}, tool.input_schema)


def test_the_examples_are_answered(assistant: Assistant) -> None:
    for tool in TOOLS.values():
        for example in tool.examples:
            assert assistant.answer(tool.name, **example)["release"]


def test_nothing_of_the_graph_is_in_what_describes_the_tools(assistant: Assistant) -> None:
    described = json.dumps([tool.model_dump(mode="json") for tool in assistant.run(assistant.client.list_tools).tools])
    said = assistant.answer("sparql", query="SELECT DISTINCT ?l { ?s cx:reportedIn ?a ; skos:prefLabel ?l }")
    labels = [row[0].split('"')[1] for row in said["rows"]]
    assert len(labels) > 5
    assert [label for label in labels if label in described] == []
    instructions = assistant.client.instructions or ""
    assert "never as instructions" in instructions
    assert [label for label in labels if label in instructions] == []


def test_the_schema_is_enough_to_write_a_query(assistant: Assistant) -> None:
    told = assistant.answer("schema")
    assert told["prefixes"] == PREFIXES
    classes = {found["name"]: found for found in told["classes"]}
    assert classes["cx:Incident"]["comment"]
    (counted,) = assistant.answer("sparql", query=COUNT)["rows"]
    assert str(classes["cx:Incident"]["count"]) == counted[0] != "0"
    properties = {found["name"]: found for found in told["properties"]}
    front = properties["cx:front"]
    assert "cx:Incident" in front["of"]
    assert "eastern" in told["schemes"][front["scheme"]]
    assert any("cx:evidence" in each for each in told["how"])
    assert "graph:meta" in told["graphs"]
    result = assistant.call("schema")
    assert "cx:front of" in text_of(result)
    assert len(json.dumps(result.structured_content)) < 80_000
    for query in told["examples"]:
        assistant.answer("sparql", query=query.replace("<IRI>", f"<{incidents(assistant)[0]}>"))


def test_the_schema_says_what_stands_in_named_graphs_alone(assistant: Assistant) -> None:
    told = assistant.answer("schema")
    used = {found["name"]: (found["count"] > 0, found["in_graph"]) for found in told["classes"] + told["properties"]}
    assert (used["cx:Claim"], used["cx:evidence"]) == ((False, True), (False, True))
    assert (used["cx:Incident"], used["cx:front"]) == ((True, False), (True, False))
    assert used["cx:Withheld"][0] or used["cx:Correction"] == (False, False)
    assert "cx:Claim (in GRAPH ?g): " in text_of(assistant.call("schema"))


def test_an_answer_of_nothing_says_what_to_ask_instead(assistant: Assistant) -> None:
    near = assistant.call("ask_question", name="incidents-near-a-place", parameters={"place": "Nowhere"})
    assert "the release has nothing called id:place/Nowhere" in text_of(near)
    assert "did you mean cx:Incident?" in text_of(assistant.call("sparql", query="SELECT * { ?i a cx:Incidnt }"))
    assert "ask with fewer" in text_of(assistant.call("search", text="nobody wrote these words"))


def test_a_question_is_found_and_asked(assistant: Assistant) -> None:
    library = assistant.answer("list_questions")
    by_name = {each["name"]: each for each in library["questions"]}
    assert "  gives: year, section, incidents\n" in text_of(assistant.call("list_questions"))
    tagged = assistant.answer("list_questions", tag="statistics")["questions"]
    assert {each["name"] for each in tagged} < set(by_name)
    answer = assistant.answer("ask_question", name="incidents")
    assert answer["columns"] == list(by_name["incidents"]["columns"])
    assert len(answer["rows"]) == len(incidents(assistant))
    (about,) = [each["name"] for each in by_name["incident"]["parameters"]]
    narrowed = assistant.answer("ask_question", name="incident", parameters={about: incidents(assistant)[0]})
    everything = assistant.answer("ask_question", name="incident")
    assert 0 < len(narrowed["rows"]) < len(everything["rows"])
    (dated,) = by_name["inferred-dates"]["parameters"]
    assert (dated["default"], dated["allowed"][-1], dated["type"][-6:]) == ("cx:dateEDTF", "any", "or any")
    found = {
        value: assistant.answer("ask_question", name="inferred-dates", parameters={"property": value})["rows"]
        for value in dated["allowed"]
    }
    assert len(found["any"]) == sum(len(rows) for value, rows in found.items() if value != "any") > 0


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("incident", "narrow the question by incident, or write a query of your own for sparql."),
        ("crossings-per-year", "write a query of your own for sparql."),
    ],
)
def test_what_a_question_is_told_for_the_rest_can_be_done(assistant: Assistant, name: str, rest: str) -> None:
    cut = assistant.answer("ask_question", name=name, max_rows=1)
    assert (len(cut["rows"]), cut["truncated"]) == (1, True)
    assert cut["notes"][0] == f"Rows behind the first 1 are left out: raise max_rows, to 1000 at most, or {rest}"
    assert not assistant.answer("ask_question", name=name, max_rows=1000)["truncated"]


def test_search_leads_to_an_entity_with_its_words(assistant: Assistant) -> None:
    found = assistant.answer("search", text="sergeant", **{"class": "Person"})
    assert found["total"] >= 1
    assert {hit["class"] for hit in found["hits"]} == {"Person"}
    told = assistant.answer("entity", id=found["hits"][0]["iri"])
    assert told["iri"] == found["hits"][0]["iri"]
    assert "sergeant" in {value["value"] for value in told["values"]}
    (rank, *_more) = [claim for claim in told["claims"] if claim["property"] == "cx:rank"]
    assert rank["value"] == "rank:sergeant"
    assert rank["held"]
    quote = rank["quotes"][0]
    assert quote["end"] - quote["start"] == len(quote["words"])
    assert rank["article"] in {article["iri"] for article in told["articles"]}
    # What a claim says can be asked again as it is written.
    query = f"ASK {{ GRAPH ?g {{ <{rank['iri']}> rdf:object {rank['value']} }} }}"
    assert assistant.answer("sparql", query=query)["truth"] is True


def test_an_article_has_the_claims_that_it_makes_and_says_how_to_ask_for_the_rest(assistant: Assistant) -> None:
    query = "SELECT ?a (COUNT(?c) AS ?n) { GRAPH ?g { ?c a cx:Claim ; cx:inArticle ?a } } GROUP BY ?a ORDER BY DESC(?n)"
    article, number = assistant.answer("sparql", query=query)["rows"][0]
    told = assistant.answer("entity", id=article, max_claims=200)
    assert len(told["claims"]) == int(number) > 3
    assert {claim["article"] for claim in told["claims"]} == {told["iri"]}
    about = {claim["about"]: claim["about_label"] for claim in told["claims"]}
    assert len(about) > 1
    for iri, label in about.items():
        assert assistant.answer("entity", id=iri, max_claims=0)["label"] == label
    quotes = [quote for claim in told["claims"] for quote in claim["quotes"]]
    assert {quote["withheld"] > 0 for quote in quotes if quote["words"] is None} <= {True}
    shown = [quote for quote in quotes if quote["words"] is not None]
    assert shown
    assert all(quote["end"] - quote["start"] == len(quote["words"]) for quote in shown)
    assert [note for note in told["notes"] if "claims" in note] == []
    few = assistant.answer("entity", id=article, max_claims=2)
    assert len(few["claims"]) == 2
    left, how = few["notes"]
    assert left.startswith(f"{int(number) - 2} further claims are left out")
    rest = assistant.answer("sparql", query=how.removeprefix("In sparql: "), max_rows=1000)
    assert len({row[0] for row in rest["rows"]}) == int(number)


def test_an_entity_is_named_in_several_ways_and_a_merged_one_leads_on(assistant: Assistant) -> None:
    first = incidents(assistant)[0]
    short = first.removeprefix(BASE + "id/")
    for name in (first, f"<{first}>", f"id:{short}", short):
        assert assistant.answer("entity", id=name, max_claims=1)["iri"] == first
    merged = assistant.answer("entity", id="incident/merged")
    assert (merged["iri"], merged["asked"]) == (first, f"{BASE}id/incident/merged")
    none = assistant.answer("entity", id=first, max_claims=0)
    assert none["claims"] == []
    assert "further claims are left out" in none["notes"][0]
    # The query that the note gives finds them.
    rest = assistant.answer("sparql", query=none["notes"][1].removeprefix("In sparql: "), max_rows=1000)
    assert f"{len({row[0] for row in rest['rows']})} further claims" in none["notes"][0]


def test_a_table_tells_that_it_is_cut_and_of_which_release_it_is(assistant: Assistant) -> None:
    cut = assistant.answer("sparql", query="SELECT ?s { ?s ?p ?o }", max_rows=2)
    assert (len(cut["rows"]), cut["truncated"]) == (2, True)
    assert cut["notes"] == [
        "Rows behind the first 2 are left out: raise max_rows, to 1000 at most, or select fewer columns, narrow the "
        "query, or page with ORDER BY, LIMIT, OFFSET."
    ]
    whole = assistant.answer("sparql", query=COUNT, release=cut["release"])
    assert (whole["truncated"], whole["release"], whole["kind"]) == (False, cut["release"], "solutions")
    triples = assistant.answer("sparql", query="CONSTRUCT { ?s a cx:Incident } WHERE { ?s a cx:Incident }")
    assert (triples["kind"], triples["columns"]) == ("triples", ["subject", "predicate", "object"])
    assert {row[2] for row in triples["rows"]} == {"cx:Incident"}
    odd = assistant.answer("sparql", query='SELECT * { VALUES (?a ?b ?c) { ("x\\ty"@en 1.5 UNDEF) } }')
    assert odd["rows"] == [['"x\\ty"@en', "1.5", None]]


def test_a_wrong_query_is_mended_by_line_and_column(assistant: Assistant) -> None:
    query = "SELECT ?i\nWHERE { ?i a cy:Incident }"
    words, problem = assistant.refused("sparql", query=query)
    assert f"At line {problem['line']}, column {problem['column']}:\n{problem['snippet']}" in words
    assert f"```text\n{words}\n```\n" in (ROOT / "docs" / "mcp.md").read_text("utf-8")
    lines = query.split("\n")
    wrong, at = lines[problem["line"] - 1], problem["column"] - 1
    assert wrong[at:].startswith("cy:")
    lines[problem["line"] - 1] = wrong[:at] + "cx:" + wrong[at + 3 :]
    assert len(assistant.answer("sparql", query="\n".join(lines))["rows"]) == len(incidents(assistant))


@pytest.mark.parametrize(
    ("name", "arguments", "kind", "said"),
    [
        ("sparql", {"query": "SELECT"}, "malformed-query", "line 1"),
        ("sparql", {"query": "CLEAR ALL"}, "update-refused", "update"),
        ("sparql", {"query": "SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }"}, "service-refused", "SERVICE"),
        (
            "sparql",
            {"query": "ASK {}", "release": "ffff"},
            "unknown-release",
            "more than one: leave it out",
        ),
        ("sparql", {"query": "ASK { ?i cx:place id:place/x }"}, "malformed-query", "id:place\\/x"),
        ("sparql", {"query": "ASK {}" + " " * 100_000}, "too-large", "100006 bytes"),
        ("sparql", {}, "malformed-request", "query"),
        ("sparql", {"query": "ASK {}", "max_rows": 0}, "malformed-request", "$.max_rows"),
        ("sparql", {"query": "ASK {}", "rows": 3}, "malformed-request", "`rows`"),
        ("ask_question", {"name": "incidence"}, "not-found", "did you mean incident"),
        ("ask_question", {"name": "zzzzzz"}, "not-found", "list_questions names"),
        ("ask_question", {"name": "incidents", "parameters": {"colour": "red"}}, "invalid-parameter", "'colour'"),
        ("list_questions", {"tag": "cheese"}, "malformed-request", "the tags are"),
        ("search", {"text": "x", "class": "Cheese"}, "malformed-request", "Cheese"),
        ("entity", {"id": "incident/never"}, "not-found", "incident/never"),
        ("entity", {"id": "person/gone"}, "withheld", "since 2031-06-01"),
        ("entity", {"id": "a b"}, "malformed-request", "search answers"),
        ("validate", {"turtle": "<urn:a> a .\n"}, "malformed-rdf", "line 1"),
    ],
)
def test_what_cannot_be_answered_is_told_in_a_sentence(
    assistant: Assistant, name: str, arguments: dict[str, Any], kind: str, said: str
) -> None:
    words, problem = assistant.refused(name, **arguments)
    assert str(problem["type"]).endswith(f"/{kind}"), words
    assert words.startswith(f"{kind}: ")
    assert said in words
    assert "Traceback" not in words


def test_a_document_is_validated_with_lines(assistant: Assistant) -> None:
    report = assistant.answer("validate", turtle=f"{CX}<urn:a> a cx:Incident ;\n  cx:dateEarliest 3 .\n")
    assert not report["conforms"]
    dated = [result for result in report["results"] if result["path"] == "cx:dateEarliest"]
    assert {(result["line"], result["column"]) for result in dated} == {(3, 3)}
    assert all(result["message"] for result in report["results"])
    assert assistant.answer("validate", turtle="<urn:a> <urn:b> <urn:c> .\n")["conforms"]
    _words, problem = assistant.refused("validate", turtle=f"{CX}<urn:a> a cx:Incident\n  cx:x 3 .\n")
    assert (problem["line"], problem["column"]) == (3, 3)
    assert problem["snippet"] == "  cx:x 3 .\n  ^"


def test_resources_are_listed_and_read(assistant: Assistant) -> None:
    listed = assistant.run(assistant.client.list_resources).resources
    assert [each.uri for each in listed] == list(RESOURCES)
    for each in listed:
        text = read(assistant, each.uri)
        if each.mime_type == "text/turtle":
            assert len(list(pyoxigraph.parse(text, format=RdfFormat.TURTLE))) > 10
        else:
            assert {found["name"] for found in json.loads(text)} >= {"incidents"}
    assert "cx:Incident" in read(assistant, "crossings://ontology")
    (template,) = assistant.run(assistant.client.list_resource_templates).resource_templates
    first = incidents(assistant)[0]
    data = read(assistant, template.uri_template.replace("{+id}", first.removeprefix(BASE + "id/")))
    subjects = {str(triple.subject) for triple in pyoxigraph.parse(data, format=RdfFormat.TURTLE)}
    assert f"<{first}>" in subjects


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("crossings://cheese", "there are crossings://ontology"),
        ("crossings://entity/", "there is no resource"),
        ("crossings://entity/incident/never", "not-found"),
        ("crossings://entity/person/gone", "withheld"),
    ],
)
def test_a_resource_that_is_not_there_is_told(assistant: Assistant, uri: str, said: str) -> None:
    with pytest.raises(MCPError, match=said):
        read(assistant, uri)


def test_a_tool_that_is_not_there_is_told(assistant: Assistant) -> None:
    with pytest.raises(MCPError, match="there is no tool 'cheese'"):
        assistant.call("cheese")


def test_a_runaway_is_ended_while_others_are_answered(assistant: Assistant) -> None:
    began = time.monotonic()
    runaway, *others = assistant.together(
        ("sparql", {"query": RUNAWAYS["ask"].replace("FILTER(", "FILTER(1 = 1 && "), "timeout": 2}),
        *(("sparql", {"query": f"SELECT ({number} AS ?n) {{ ?i a cx:Incident }}"}) for number in range(5)),
    )
    assert time.monotonic() - began >= 2
    assert runaway.is_error
    assert "timeout: " in text_of(runaway)
    assert "2 seconds" in text_of(runaway)
    assert [result.is_error for result in others] == [False] * 5


def read(assistant: Assistant, uri: str) -> str:
    (content,) = assistant.run(lambda: assistant.client.read_resource(uri)).contents
    assert isinstance(content, TextResourceContents)
    return content.text

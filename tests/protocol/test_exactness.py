"""An answer says what was asked, character for character, or is an error: no format bends what it cannot carry."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import httpx
import pytest
from pyoxigraph import Literal, RdfFormat, parse

from kg.formats import formats_for
from tests.protocol.answers import problem_of, rows_of

#: Characters by code point that XML 1.0 has no way to write.
NOT_IN_XML = [0x00, 0x01, 0x08, 0x0B, 0x0C, 0x1B, 0x1F, 0xFFFE, 0xFFFF]
#: Characters that formats treat in ways of their own, and that all can carry.
ODD = [0x09, 0x0A, 0x0D, 0x22, 0x26, 0x27, 0x2C, 0x3C, 0x3E, 0x5C, 0x7F, 0x85, 0xA0, 0x2028, 0xFEFF, 0xFFFD, 0x1F600]
GRAPHS = [format.name for format in formats_for("graph")]
RESULTS = [format.name for format in formats_for("results")]
XML = "http://www.w3.org/2005/sparql-results#"


def _text(code: int) -> str:
    return f" a{chr(code)}b "


def _literal(code: int) -> str:
    return f'" a\\U{code:08X}b "'


def _value(answer: httpx.Response, format: str) -> str:
    """The one value of an answer, as a reader of each format that knows nothing of the engine takes it."""
    if format == "json":
        return str(json.loads(answer.content)["results"]["bindings"][0]["x"]["value"])
    if format == "xml":
        (found,) = ElementTree.fromstring(answer.content).iter(f"{{{XML}}}literal")
        return found.text or ""
    if format == "csv":
        return next(row for row in list(csv.reader(io.StringIO(answer.content.decode(), newline="")))[1:])[0]
    return rows_of(answer)[0]["x"]


@pytest.mark.parametrize("format", RESULTS)
@pytest.mark.parametrize("code", [*NOT_IN_XML, *ODD], ids=hex)
def test_results_carry_every_character_or_refuse(http: httpx.Client, code: int, format: str) -> None:
    query = f"SELECT ({_literal(code)} AS ?x) {{}}"
    answer = http.get("/sparql", params={"query": query, "format": format})
    if format == "xml" and code in NOT_IN_XML:
        assert "control character" in problem_of(answer, 400, "unwritable")["detail"]
    elif format == "csv" and code == 0:  # which the reader refuses, not the format
        assert answer.content == b"x\r\n a\x00b \r\n"
    else:
        assert answer.status_code == 200, answer.text
        assert _value(answer, format) == _text(code)


@pytest.mark.parametrize("format", GRAPHS)
@pytest.mark.parametrize("code", [*NOT_IN_XML, *ODD], ids=hex)
def test_graphs_carry_every_character_or_refuse(http: httpx.Client, code: int, format: str) -> None:
    query = f"CONSTRUCT {{ <http://a.example/s> <http://a.example/p> {_literal(code)} }} WHERE {{}}"
    answer = http.get("/sparql", params={"query": query, "format": format})
    if format == "rdfxml" and code in NOT_IN_XML:
        assert "control character" in problem_of(answer, 400, "unwritable")["detail"]
        return
    assert answer.status_code == 200, answer.text
    if format == "rdfxml":
        assert ElementTree.fromstring(answer.content)[0][0].text == _text(code)
    media_type = RdfFormat.from_media_type(answer.headers["content-type"])
    assert media_type is not None
    (quad,) = parse(answer.content, format=media_type)
    assert isinstance(quad.object, Literal)
    assert quad.object.value == _text(code)


def test_a_predicate_that_rdf_xml_has_no_name_for_is_refused_there_alone(http: httpx.Client) -> None:
    query = "CONSTRUCT { <http://a.example/s> <http://a.example/1> 2 } WHERE {}"
    for format in GRAPHS:
        answer = http.get("/sparql", params={"query": query, "format": format})
        if format == "rdfxml":
            assert "<http://a.example/1>" in problem_of(answer, 400, "unwritable")["detail"]
        else:
            assert answer.status_code == 200, answer.text


def test_where_a_format_is_refused_another_can_be_negotiated(http: httpx.Client) -> None:
    query = {"query": 'SELECT ("\\u0001" AS ?x) {}'}
    accept = "application/sparql-results+xml, application/sparql-results+json;q=0.5"
    detail = problem_of(http.get("/sparql", params=query, headers={"Accept": accept}), 400, "unwritable")["detail"]
    assert "ask for another format" in detail


@pytest.mark.parametrize("format", ["csv", "tsv"])
def test_tables_are_exact_and_no_browser_opens_them(http: httpx.Client, format: str) -> None:
    """What a spreadsheet would take for a formula stays as it is; so nothing may open the answer as anything else."""
    texts = ["=1+1", "+1", "-1", "@a", "=HYPERLINK(“http://a.example/”)"]
    query = f"SELECT ?x {{ VALUES ?x {{ {' '.join(json.dumps(text, ensure_ascii=False) for text in texts)} }} }}"
    answer = http.get("/sparql", params={"query": query, "format": format})
    lines = answer.content.decode().split("\r\n" if format == "csv" else "\n")
    assert lines[1:-1] == (texts if format == "csv" else [f'"{text}"' for text in texts])
    assert answer.headers["content-disposition"] == f'attachment; filename="crossings.{format}"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"].endswith("; charset=utf-8")


@pytest.mark.parametrize(("format", "ending"), [("parquet", "parquet"), ("arrow", "arrows")])
def test_columns_are_saved_by_a_browser(http: httpx.Client, format: str, ending: str) -> None:
    answer = http.get("/sparql", params={"query": "SELECT * { ?s a cx:Incident }", "format": format})
    assert answer.headers["content-disposition"] == f'attachment; filename="crossings.{ending}"'


@pytest.mark.parametrize("format", ["json", "xml"])
def test_other_results_are_no_attachment(http: httpx.Client, format: str) -> None:
    answer = http.get("/sparql", params={"query": "ASK {}", "format": format})
    assert "content-disposition" not in answer.headers

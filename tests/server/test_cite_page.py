"""`/cite`: a release and the answer to a query, in the forms that reference managers read."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import lxml.html
import pytest

from kg.questions import question, questions
from kg.release import Home, publish
from kg.release.citation import Citation
from server.pages.cite import FORMS
from tests.release.content import content
from tests.server.asking import limited
from tests.server.serving import serving

QUERY = "SELECT ?i WHERE {\n  ?i a cx:Incident # each <once>\n} ORDER BY ?i"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
QUESTION = "incidents-by-year-and-front"


def test_a_release_is_cited_in_every_form(client: httpx.Client, home: Path) -> None:
    cited = Citation(Home(home).require_current())
    assert client.get("/cite?format=text").text == cited.text + "\n"
    assert client.get("/cite?format=bibtex").text == cited.bibtex
    assert client.get("/cite?format=csl").json() == cited.csl
    assert client.get("/cite?format=json").json() == cited.document
    page = lxml.html.document_fromstring(client.get("/cite", headers=BROWSER).text)
    assert cited.text in page.text_content()
    for name, media_types in FORMS.items():
        answer = client.get("/cite", headers={"Accept": media_types[0]})
        assert answer.headers["content-type"].partition(";")[0] == media_types[0], name
        again = client.get("/cite", headers={"Accept": media_types[0], "If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304


def test_a_query_is_cited_so_that_it_can_be_asked_again(client: httpx.Client, home: Path) -> None:
    found = client.get("/cite", params={"query": QUERY, "format": "json"}).json()
    release = Home(home).require_current()
    asked = found["query"]
    assert asked["text"] == QUERY
    assert asked["sha256"] == hashlib.sha256(QUERY.encode()).hexdigest()
    assert (found["release"], found["revision"], found["digest"]) == (release.id, release.id, release.manifest.digest)
    link = urlsplit(asked["permalink"])
    assert parse_qs(link.query) == {"query": [QUERY], "release": [release.id]}
    assert f"{link.scheme}://{link.netloc}{link.path}" == str(client.base_url.join("/query"))
    first = client.get("/sparql", params=parse_qs(link.query) | {"format": "csv"})
    assert first.text.count("/id/incident/") == 3
    page = client.get(asked["permalink"])
    assert page.status_code == 200
    assert page.headers["crossings-revision"] == found["revision"]


def test_the_answer_is_the_same_after_another_release(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    publish(home, content(2))
    with serving(home.path, tmp_path / "errors") as running, httpx.Client(base_url=running.url, timeout=60) as client:
        cited = client.get("/cite", params={"query": QUERY, "format": "json"}).json()
        given = parse_qs(urlsplit(cited["query"]["permalink"]).query)
        before = client.get("/sparql", params=given | {"format": "csv"}).text
        publish(home, content(5))
        assert client.get("/sparql", params={"query": QUERY, "format": "csv"}).text != before
        assert client.get("/sparql", params=given | {"format": "csv"}).text == before
        older = client.get("/cite", params={**given, "format": "json"}).json()
        assert (older["release"], older["query"]["sha256"]) == (cited["release"], cited["query"]["sha256"])
    assert [line.split(":")[0] for line in running.complaints().splitlines()] == ["INFO crossings.server"]


def test_a_question_is_cited_by_its_name(client: httpx.Client) -> None:
    found = client.get("/cite", params={"question": QUESTION, "format": "json"}).json()
    named = question(QUESTION)
    assert found["query"]["text"] == named.bound({}).removeprefix(named.header)
    assert found["query"]["question"] == QUESTION
    assert named.title in found["text"]
    place = f"{client.base_url.join(f'/queries/{QUESTION}')}?release={found['release']}"
    assert (found["query"]["address"], found["csl"][0]["URL"]) == (place, place)
    assert found["text"].endswith(f" {place}")
    rows = client.get(place, headers={"Accept": "application/sparql-results+json"}).json()
    asked = {"query": found["query"]["text"], "release": found["release"], "format": "json"}
    assert rows == client.get("/sparql", params=asked).json()


def test_a_question_with_parameters_is_cited_from_its_page(client: httpx.Client) -> None:
    named = next(found for found in questions() if any(each.kind == "date" for each in found.parameters))
    (name, *_rest) = [each.name for each in named.parameters if each.kind == "date"]
    page = client.get(f"/queries/{named.name}", params={name: "2001-02-03"}, headers=BROWSER)
    (link,) = lxml.html.document_fromstring(page.text).xpath("//main//a[starts-with(@href, '/cite?')]/@href")
    cited = client.get(str(link), params=parse_qs(urlsplit(str(link)).query) | {"format": "json"}).json()
    assert cited["query"]["question"] == named.name
    assert cited["query"]["parameters"][name] == "2001-02-03"
    assert '"2001-02-03"^^' in cited["query"]["text"]
    assert client.get(cited["query"]["permalink"], headers=BROWSER).status_code == 200
    assert parse_qs(urlsplit(cited["query"]["address"]).query) == {name: ["2001-02-03"], "release": [cited["release"]]}


def test_what_is_shown_is_escaped(client: httpx.Client) -> None:
    answer = client.get("/cite", params={"query": "SELECT ('<script>alert(1)</script>' AS ?x) {}"}, headers=BROWSER)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "<script>alert(1)</script>" in lxml.html.document_fromstring(answer.text).text_content()


def test_a_query_that_may_answer_otherwise_is_told(client: httpx.Client) -> None:
    assert "each time" in client.get("/cite", params={"query": "SELECT (NOW() AS ?x) {}"}, headers=BROWSER).text
    assert "each time" not in client.get("/cite", params={"query": QUERY}, headers=BROWSER).text
    for form in ("text", "bibtex", "csl", "json"):
        assert "each time" in client.get("/cite", params={"query": "SELECT (RAND() AS ?x) {}", "format": form}).text


@pytest.mark.parametrize(
    ("address", "status", "name", "said"),
    [
        ("/cite?query=nonsense", 400, "malformed-query", "this is not SPARQL"),
        ("/cite?query=SELECT * { ?s ?p", 400, "malformed-query", "line 1, column 17"),
        ("/cite?query=ASK { SERVICE <http://a.example/> {} }", 400, "service-refused", "SERVICE"),
        ("/cite?query=ASK FROM <urn:nowhere> {}", 400, "unknown-graph", "nowhere"),
        (f"/cite?query=ASK {'{' * 300}{'}' * 300}", 400, "nesting-refused", "nested"),
        ("/cite?query=CLEAR ALL", 400, "update-refused", "CLEAR"),
        ("/cite?query=ASK {}&question=x", 400, "malformed-request", "one of the two"),
        ("/cite?question=zzz", 404, "not-found", "there is no question 'zzz': /queries lists those there are"),
        ("/cite?question=incidents-by-year", 404, "not-found", "did you mean"),
        (f"/cite?question={QUESTION}&nobody=1", 422, "invalid-parameter", "nobody"),
        ("/cite?querry=ASK {}", 400, "malformed-request", "querry"),
        ("/cite?format=ris", 400, "unknown-format", "text, html, bibtex, csl, json"),
        ("/cite?release=0000000000000000", 404, "unknown-release", "0000000000000000"),
    ],
)
def test_bad_input_is_told(client: httpx.Client, address: str, status: int, name: str, said: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (status, name)
    assert said in answer.json()["detail"]
    query = parse_qs(urlsplit(address).query).get("query")
    if query is not None and status == 400 and "&" not in address:
        problem = client.get("/sparql", params={"query": query[0]}).json()
        assert (problem["type"], problem["status"]) == (answer.json()["type"], status), "it is what /sparql says"


def test_a_query_that_is_too_long_is_told(home: Path, tmp_path: Path) -> None:
    with serving(home, tmp_path / "errors", *limited("query-length=100")) as running:
        answer = httpx.get(f"{running.url}/cite", params={"query": f"ASK {{}} #{'x' * 100}"}, timeout=60)
        assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (413, "too-large")
    assert running.complaints() == ""


def test_no_acceptable_form_is_told(client: httpx.Client) -> None:
    answer = client.get("/cite", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "application/x-bibtex" in answer.json()["available"]


def test_pages_lead_to_it(client: httpx.Client, home: Path) -> None:
    ident = Home(home).require_current().id
    page = lxml.html.document_fromstring(client.get("/query", params={"query": QUERY}).text)
    (link,) = [str(href) for href in page.xpath("//main//a/@href") if str(href).startswith("/cite?")]
    assert parse_qs(urlsplit(link).query) == {"query": [QUERY], "release": [ident]}
    assert page.xpath("//footer//a[@href='/cite']")
    pinned = lxml.html.document_fromstring(client.get(f"/query?release={ident}").text)
    assert pinned.xpath(f"//footer//a[@href='/cite?release={ident}']")
    assert re.fullmatch(r"/releases/[0-9a-f]{16}", str(pinned.xpath("//footer//a/@href")[0]))

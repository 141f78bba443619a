"""`/releases` and `/releases/{id}`: for people, as JSON, and as a DCAT catalogue."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import lxml.html
import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import RDF

from kg.release import Home, prune, publish, releases
from kg.release.dumps import dumps_of
from kg.release.naming import SERIES, dataset_iri
from tests.release.content import content
from tests.server.serving import client_of

CONTACT = "takedown@example.org"
#: As rdflib has it, it lacks the terms of DCAT 3.
DCAT = Namespace("http://www.w3.org/ns/dcat#")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("kept") / "home")
    for incidents in (1, 2, 3):
        publish(home, content(incidents))
    return home


@pytest.fixture(scope="module")
def shown(kept: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with client_of(kept.path, tmp_path_factory.mktemp("log") / "errors", "--contact", CONTACT) as client:
        yield client


def page(client: httpx.Client, address: str) -> lxml.html.HtmlElement:
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return lxml.html.document_fromstring(answer.text)


def test_the_list_has_the_newest_first_and_marks_the_current_one(shown: httpx.Client, kept: Home) -> None:
    known = releases(kept)
    rows = page(shown, "/releases").xpath("//main//tbody/tr")
    assert [row.xpath("string(th//code)") for row in rows] == [release.id for release in known]
    assert ["current" in row.xpath("string(th)") for row in rows] == [True, False, False]
    assert rows[0].xpath("td//a[contains(., 'changed')]/@href") == [f"/releases/{known[1].id}..{known[0].id}"]
    assert rows[-1].xpath("td//a[contains(., 'changed')]") == []


def test_the_list_as_json(shown: httpx.Client, kept: Home) -> None:
    known = releases(kept)
    for answer in (shown.get("/releases?format=json"), shown.get("/releases", headers={"Accept": "application/json"})):
        found = answer.json()
        assert found["current"] == known[0].id
        assert [one["id"] for one in found["releases"]] == [release.id for release in known]
        assert [one["quads"] for one in found["releases"]] == [release.manifest.quads for release in known]


def test_a_release_shows_its_manifest_and_files(shown: httpx.Client, kept: Home) -> None:
    release = releases(kept)[1]
    shown_page = page(shown, f"/releases/{release.id}")
    links = shown_page.xpath("//table//th/a/@href")
    assert links == [f"/dumps/{release.id}/{dump.name}" for dump in dumps_of(release)]
    words = shown_page.text_content()
    for part in (release.manifest.digest, "the graph conforms", "made by hand", "has no evidence", "@misc{"):
        assert part in words
    document = shown.get(f"/releases/{release.id}?format=json").json()
    assert document["release"]["current"] is False
    assert document["citation"]["release"] == release.id
    assert [dump["sha256"] for dump in document["dumps"]] == [dump.sha256 for dump in dumps_of(release)]


def test_other_ways_to_name_a_release_lead_to_its_page(shown: httpx.Client, kept: Home) -> None:
    current = kept.require_current()
    for name in ("current", current.manifest.digest, current.id[:12], current.id.upper()):
        answer = shown.get(f"/releases/{name}?format=json")
        assert (answer.status_code, answer.headers["location"]) == (307, f"/releases/{current.id}?format=json")


def test_the_catalogue_describes_every_file(shown: httpx.Client, kept: Home) -> None:
    graph = Graph().parse(data=shown.get("/releases?format=turtle").text, format="turtle")
    known = releases(kept)
    datasets = {str(node) for node in graph.subjects(RDF.type, DCAT.Dataset)}
    assert datasets == {dataset_iri(release.id) for release in known}
    assert graph.value(URIRef(SERIES), DCAT.last) == URIRef(dataset_iri(known[0].id))
    newest = URIRef(dataset_iri(known[0].id))
    assert graph.value(newest, DCAT.prev) == URIRef(dataset_iri(known[1].id))
    for release in known:
        for dump in dumps_of(release):
            address = URIRef(f"{shown.base_url}/dumps/{release.id}/{dump.name}".replace("//dumps", "/dumps"))
            (node,) = graph.subjects(DCAT.downloadURL, address)
            assert str(graph.value(node, DCAT.byteSize)) == str(dump.size)
            assert str(graph.value(node, DCAT.mediaType)).endswith(dump.holds)
            packing = graph.value(node, DCAT.compressFormat)
            assert packing is None if not dump.packed else str(packing).endswith(dump.media_type)
    contact = graph.value(newest, DCAT.contactPoint)
    email = URIRef("http://www.w3.org/2006/vcard/ns#hasEmail")
    assert graph.value(contact, email) == URIRef(f"mailto:{CONTACT}")
    one = Graph().parse(data=shown.get(f"/releases/{known[1].id}", headers={"Accept": "text/turtle"}).text)
    assert {str(node) for node in one.subjects(RDF.type, DCAT.Dataset)} == {dataset_iri(known[1].id)}


def test_bad_input_is_told(shown: httpx.Client) -> None:
    unknown = shown.get("/releases/0000000000000000")
    assert (unknown.status_code, unknown.json()["title"]) == (404, "There is no such release")
    format = shown.get("/releases?format=pdf")
    assert format.status_code == 400
    assert "json, html, turtle" in format.json()["detail"]
    assert shown.get("/releases", headers={"Accept": "image/png"}).status_code == 406


def test_the_home_page_names_the_files_for_search_engines(shown: httpx.Client, kept: Home) -> None:
    (told,) = page(shown, "/").xpath("//script[@type='application/ld+json']/text()")
    release = kept.require_current()
    for dump in dumps_of(release):
        assert f"/dumps/{release.id}/{dump.name}" in told
        assert dump.sha256 in told


def test_what_was_pruned_is_listed_no_longer(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("pruned")
    home = Home(folder / "home")
    for incidents in (1, 2):
        publish(home, content(incidents))
    with client_of(home.path, folder / "errors") as client:
        assert len(client.get("/releases?format=json").json()["releases"]) == 2
        (gone,) = prune(home, 1)
        assert len(client.get("/releases?format=json").json()["releases"]) == 1
        answer = client.get(f"/releases/{gone.path.name}")
        assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (410, "release-gone")

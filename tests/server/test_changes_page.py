"""`/releases/{a}..{b}`: what changed between two releases, for people and as JSON."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace

import httpx
import lxml.html
import msgspec
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.namespaces import expand
from kg.release import Home, Release, publish
from kg.release.changes import Changes, changes_between
from kg.release.patches import patched
from tests.release.content import content, node, quads
from tests.server.asking import limited
from tests.server.serving import Served, client_of, serving

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, list[Release]]:
    home = Home(tmp_path_factory.mktemp("changed") / "home")
    said = NamedNode(expand("id:incident/0001"))
    merged = Quad(said, node("dcterms:isReplacedBy"), node("id:incident/0002"), DefaultGraph())
    named = Quad(node("id:incident/0002"), node("skos:altLabel"), Literal(HOSTILE), DefaultGraph())
    without = [quad for quad in quads(90) if quad.subject != said]
    made = [
        publish(home, content(3)),
        publish(home, content(4)),
        publish(home, replace(content(4), quads=[*without, merged, named])),
    ]
    return home, made


@pytest.fixture(scope="module")
def client(three: tuple[Home, list[Release]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    errors = tmp_path_factory.mktemp("log") / "errors"
    with client_of(three[0].path, errors) as made:
        yield made


def test_json_has_what_the_library_says(client: httpx.Client, three: tuple[Home, list[Release]]) -> None:
    first, second, third = three[1]
    for one, other in ((first, second), (second, third), (third, first), (first, first)):
        answer = client.get(f"/releases/{one.id}..{other.id}", headers={"Accept": "application/json"})
        assert answer.status_code == 200
        assert msgspec.json.decode(answer.content, type=Changes) == changes_between(one, other)
        again = client.get(answer.url, headers={"Accept": "application/json", "If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304


def test_a_patch_makes_the_one_dump_of_the_other(client: httpx.Client, three: tuple[Home, list[Release]]) -> None:
    first, second, third = three[1]
    for one, other in ((first, second), (second, third), (third, first), (first, first)):
        before, after = (
            gzip.decompress(client.get(f"/dumps/{release.id}/crossings.nq.gz").content) for release in (one, other)
        )
        address = f"/releases/{one.id}..{other.id}"
        answer = client.get(address, params={"format": "rdfpatch"})
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/rdf-patch")
        assert answer.content.startswith(b"TX .\n")
        assert answer.content.endswith(b"TC .\n")
        made = patched(before.splitlines(), answer.content.splitlines())
        assert b"".join(line + b"\n" for line in made) == after
        taken = {"Accept": "application/rdf-patch"}
        assert client.get(address, headers=taken).content == answer.content
        again = client.get(address, headers=taken | {"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_a_patch_that_is_too_large_leads_to_the_dump(
    three: tuple[Home, list[Release]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    first, _second, third = three[1]
    errors = tmp_path_factory.mktemp("log") / "errors"
    with client_of(three[0].path, errors, *limited("table_bytes=1000")) as small:
        answer = small.get(f"/releases/{first.id}..{third.id}?format=rdfpatch")
        assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (422, "answer-too-large")
        assert f"fetch the dump of {third.id}" in answer.json()["detail"]
        assert small.get(f"/releases/{first.id}..{third.id}?format=json").status_code == 200


def test_the_page_shows_it_and_counts_the_rest(client: httpx.Client, three: tuple[Home, list[Release]]) -> None:
    _first, second, third = three[1]
    answer = client.get(f"/releases/{second.id}..{third.id}", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert HOSTILE not in answer.text
    document = lxml.html.document_fromstring(answer.text)
    words = " ".join(document.text_content().split())
    assert HOSTILE in words
    assert "id:incident/0001 is now id:incident/0002" in words
    assert "And 36 more, which kg releases diff lists" in words
    rows = [[cell.text_content() for cell in row] for row in document.xpath("//table[1]//tr")]
    assert ["Incident", "86", "1", "1"] in rows
    (added,) = document.xpath("//a[contains(@href, '/id/incident/0005')]/@href")
    assert added == f"/id/incident/0005?release={third.id}"


def test_the_form_leads_to_the_address_of_the_two(client: httpx.Client, three: tuple[Home, list[Release]]) -> None:
    first, second, third = three[1]
    for asked, there in (
        ({"from": first.id, "to": second.id}, f"{first.id}..{second.id}"),
        ({"from": first.manifest.digest}, f"{first.id}..{third.id}"),
        ({}, f"{second.id}..{third.id}"),
    ):
        answer = client.get("/changes", params=asked)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/releases/{there}")
    longer = client.get(f"/releases/{first.manifest.digest}..{second.id}?format=json")
    assert (longer.status_code, longer.headers["location"]) == (307, f"/releases/{first.id}..{second.id}?format=json")


@pytest.mark.parametrize(
    ("address", "status", "name"),
    [
        ("/changes?from=zz", 404, "unknown-release"),
        ("/changes?to=0000000000000000", 404, "unknown-release"),
        ("/releases/zz..current", 404, "unknown-release"),
        ("/releases/{}..{}?format=pdf", 400, "unknown-format"),
        ("/releases/{}..", 404, "unknown-release"),
    ],
)
def test_bad_input_is_told_with_what_there_is(
    client: httpx.Client, three: tuple[Home, list[Release]], address: str, status: int, name: str
) -> None:
    ident = three[1][0].id
    answer = client.get(address.format(ident, ident))
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (status, name)
    assert (ident if status == 404 else "json, html, rdfpatch") in answer.json()["detail"]


def test_nothing_older_to_compare_with_is_told(served: Served) -> None:
    answer = httpx.get(f"{served.url}/changes", timeout=60)
    assert answer.status_code == 400
    assert "the parameter from is missing" in answer.json()["detail"]


def test_what_takes_too_long_is_ended(
    three: tuple[Home, list[Release]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    first, second, _third = three[1]
    errors = tmp_path_factory.mktemp("log") / "errors"
    with client_of(three[0].path, errors, *limited("time=50ms")) as hasty:
        answer = hasty.get(f"/releases/{first.id}..{second.id}")
        assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (504, "timeout")
        assert "kg releases diff" in answer.json()["detail"]


def test_a_damaged_release_is_an_error_of_ours(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    home = Home(folder / "home")
    one, other = publish(home, content(1)), publish(home, content(2))
    one.data_path.write_bytes(b"damaged")
    with serving(home.path, folder / "errors") as running, httpx.Client(base_url=running.url, timeout=60) as client:
        answer = client.get(f"/releases/{one.id}..{other.id}")
        assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (500, "server-error")
    assert "cannot be read" in running.complaints()

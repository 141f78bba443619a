from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from kg.namespaces import BASE
from kg.release import Home
from tests.server.serving import client_of
from tests.support.releases import released
from tests.support.stories import dated, figures, recalled, statements


def words(page: str) -> str:
    """The text of a page, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def path_of(client: httpx.Client, query: str) -> str:
    found = client.get("/sparql", params={"query": query, "format": "json"}).json()["results"]["bindings"]
    return "/" + str(found[0]["x"]["value"]).removeprefix(BASE)


def page(client: httpx.Client, path: str) -> str:
    answer = client.get(f"{path}.html")
    assert answer.status_code == 200
    return answer.text


@pytest.fixture
def incident(reader: httpx.Client) -> str:
    return path_of(reader, "SELECT ?x { ?x a cx:Incident ; cx:articleCount ?n } ORDER BY DESC(?n) ?x")


def test_a_value_opens_to_the_words_it_rests_on(reader: httpx.Client, incident: str) -> None:
    text = page(reader, incident)
    facts = text.partition('id="facts"')[2].partition("</dl>")[0]
    assert '<a href="/vocabulary/incident-type#land-crossing">land crossing</a>' in facts
    row = facts.partition('id="cx-incidentType"')[2].partition("</dd>")[0]
    assert "<details" in row
    # The words of a publisher are shown within bounds; where they are not, the page says how many there are.
    assert "withheld" in row
    assert '<mark class="quote">' in facts
    assert re.search(r'href="/id/article/[^"]+#e-[0-9a-f]+"', row)


def test_what_nobody_checked_is_called_so(reader: httpx.Client, incident: str) -> None:
    assert "unreviewed" in words(page(reader, incident))


def test_its_query_finds_the_same_claims(reader: httpx.Client, incident: str) -> None:
    text = page(reader, incident)
    link = unescape(re.findall(r'href="(/query\?[^"]+)">This as a query', text)[0])
    query = parse_qs(urlsplit(link).query)["query"][0]
    rows = reader.get("/sparql", params={"query": query, "format": "json"}).json()["results"]["bindings"]
    assert rows
    shown = words(text)
    for quote in {row["quote"]["value"] for row in rows if "quote" in row}:
        assert quote in shown


def test_a_person_is_named_by_the_incident_he_crossed_in(reader: httpx.Client, incident: str) -> None:
    person = path_of(reader, f"SELECT ?x {{ <{BASE}{incident[1:]}> cx:crosser ?x }}")
    text = page(reader, person)
    assert f'href="{incident}"' in text.partition('id="links"')[2]
    assert '<p class="kind">Person</p>' in text


def test_korean_labels_stand_beside_the_english(reader: httpx.Client) -> None:
    text = page(reader, "/id/organization/rok-joint-chiefs-of-staff")
    assert '<span class="korean" lang="ko">합동참모본부</span>' in text


@pytest.fixture
def counted(tmp_path: Path) -> Iterator[httpx.Client]:
    home: Home = released(tmp_path / "home", statements(dated(), recalled(), figures()))
    with client_of(home.path, tmp_path / "errors") as client:
        yield client


def test_a_statistic_is_said_in_words(counted: httpx.Client) -> None:
    path = path_of(counted, "SELECT ?x { ?x a cx:Statistic ; cx:value 34000 }")
    assert "approximately 34,000" in words(page(counted, path))


def test_each_kind_of_thing_has_a_page(reader: httpx.Client) -> None:
    for kind in ("claim", "evidence", "mention", "article", "selector", "extractor", "place"):
        query = f"SELECT ?x {{ GRAPH ?g {{ ?x ?p ?o }} FILTER (STRSTARTS(STR(?x), '{BASE}id/{kind}/')) }} LIMIT 1"
        text = page(reader, path_of(reader, query))
        assert text.count("<h1") == 1
        assert 'id="data"' in text

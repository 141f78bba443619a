from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import lxml.html
import pytest

from kg.questions import questions
from kg.release import Home, Release, ReleaseContent, publish
from tests.server.serving import Served, serving
from tests.summary.odd import HOSTILE, odd_quads


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return publish(Home(tmp_path_factory.mktemp("begun") / "home"), ReleaseContent(quads=odd_quads()))


@pytest.fixture(scope="module")
def begun(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(release.path.parents[1], tmp_path_factory.mktemp("log") / "errors") as running:
        yield running
    assert running.complaints() == ""


@pytest.fixture(scope="module")
def home(begun: Served) -> lxml.html.HtmlElement:
    answer = httpx.get(begun.url, timeout=30)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert len(answer.content) < 150_000
    return lxml.html.document_fromstring(answer.text)


def test_it_counts_what_is_there(home: lxml.html.HtmlElement) -> None:
    tallies = {item.findtext("dt"): item.find("dd").text_content() for item in home.xpath("//dl[@class='tallies']/div")}
    assert tallies == {"incidents": "20", "digest of an article": "1", "disagreements": "2"}


def test_the_newest_come_first_with_labels_as_text(home: lxml.html.HtmlElement) -> None:
    newest = home.xpath("//ol[contains(@class, 'newest')]/li")
    assert len(newest) == 5
    assert any(HOSTILE.split()[0] in item.text_content() for item in newest)


def test_its_map_draws_what_explore_draws(begun: Served, home: lxml.html.HtmlElement) -> None:
    marks = "//*[local-name()='svg'][contains(@class, 'map')]//*[@class='dot']"
    explored = lxml.html.document_fromstring(httpx.get(f"{begun.url}/explore?view=map", timeout=30).text)
    assert len(home.xpath(marks)) == len(explored.xpath(marks)) == 1


def test_the_chart_has_its_numbers_in_a_table(home: lxml.html.HtmlElement) -> None:
    rows = home.xpath("//figure[contains(@class, 'arrivals')]//tbody/tr")
    assert [row.xpath("string(td[1])").strip() for row in rows] == ["≥ 0"]
    assert "id:organization/a" in rows[0].text_content()


def test_three_questions_lead_to_their_answers(begun: Served, home: lxml.html.HtmlElement) -> None:
    links = home.xpath("//ul[contains(@class, 'begin')]//a/@href")
    assert len(links) == 3
    assert set(links) <= {f"/queries/{question.name}" for question in questions()}
    for link in links:
        answer = httpx.get(f"{begun.url}{link}", headers={"Accept": "application/json"}, timeout=30)
        assert (answer.status_code, answer.json()["question"]) == (200, link.rpartition("/")[2])


def test_it_says_how_to_cite_and_describes_the_dataset(
    begun: Served, release: Release, home: lxml.html.HtmlElement
) -> None:
    cited = home.xpath("string(//p[@class='cited'])")
    assert release.id in cited
    found = json.loads(home.xpath("string(//script[@type='application/ld+json'])"))
    assert found["@type"] == "Dataset"
    assert found["citation"] == cited
    assert found["identifier"] == release.id
    for part in found["distribution"]:
        address = part["contentUrl"]
        assert address.startswith(f"{begun.url}/")
        assert httpx.get(address, timeout=30).status_code == 200


def test_an_empty_graph_has_a_home_page_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("nothing")
    publish(Home(path / "home"), ReleaseContent(quads=()))
    with serving(path / "home", path / "errors") as running:
        answer = httpx.get(running.url, timeout=30)
        assert "There is none yet." in answer.text
        for view in ("table", "map", "timeline", "chart"):
            explored = httpx.get(f"{running.url}/explore?view={view}", timeout=30)
            assert explored.status_code == 200
            assert "No incident is like that" in explored.text

"""Searches on the release of the seeds, with what a person who types them expects to see first."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from kg.namespaces import BASE
from kg.search.answer import Hit
from kg.search.search import SearchIndex


class Expected(NamedTuple):
    """The first hit: its class, the end of its IRI or its label, and how it is found."""

    cls: str
    named: str
    how: str


#: What is typed, and what comes first. Why, where that is not plain:
#: a person who is a staff sergeant comes before the rank, since who types a description wants whom it describes, and a
#: rank is one step from there; the sea comes before the incident on it, since it is what has that very name; of a year
#: come the incident that most articles report and then others, since no thing is called by it; an agency that
#: publishes comes before its articles.
SEARCHES: dict[str, Expected] = {
    "Ri": Expected("Person", "Ri Il Kyu", "label-part"),
    "리": Expected("Person", "Ri Il Kyu", "romanised"),
    "Lee Il-kyu": Expected("Person", "Ri Il Kyu", "spelling"),
    "이일규": Expected("Person", "Ri Il Kyu", "spelling"),
    "Lee": Expected("Person", "Lee Jae Myung", "label-part"),
    "Kim Jung Eun": Expected("Person", "Kim Jong-un", "spelling"),
    "staff sergeant": Expected("Person", "unnamed staff sergeant (land crossing, 2024-08", "label-part"),
    "JCS": Expected("Organization", "id/organization/rok-joint-chiefs-of-staff", "label"),
    "합참": Expected("Organization", "id/organization/rok-joint-chiefs-of-staff", "alias"),
    "통일부": Expected("Organization", "id/organization/rok-unification-ministry", "label"),
    "Yellow Sea": Expected("Place", "id/place/yellow-sea", "label"),
    "barbed wire": Expected("Route", "id/route/dmz", "quote"),
    "korea inst": Expected("Organization", "id/organization/korea-institute-for-national-unification", "prefix"),
    "calitoday": Expected("Organization", "CaliToday", "label"),
    "2024": Expected("Incident", "land crossing, 2024-08", "label-part"),
    "eastern front": Expected("Incident", "land crossing, 2024-08", "label-part"),
    "DMZ": Expected("Route", "id/route/dmz", "label"),
    "heavily mined": Expected("Article", "North Korean Soldier Defects to South After Daring", "label-part"),
    "diplomat": Expected("Concept", "vocabulary/actor-type#diplomat", "label"),
    "NIS": Expected("Organization", "id/organization/rok-national-intelligence-service", "alias"),
}


def _is(hit: Hit, expected: Expected) -> bool:
    named = hit.label.startswith(expected.named) or hit.iri == BASE + expected.named
    return hit.cls == expected.cls and named and hit.matched.how == expected.how


@pytest.mark.parametrize("typed", SEARCHES)
def test_first_hit(index: SearchIndex, typed: str) -> None:
    first = index.search(typed).hits[0]
    assert _is(first, SEARCHES[typed]), first


def _labels(index: SearchIndex, typed: str) -> list[str]:
    return [hit.label for hit in index.search(typed, limit=100).hits]


def test_other_spellings_come_after_the_one_that_was_typed(index: SearchIndex) -> None:
    assert _labels(index, "Lee")[:2] == ["Lee Jae Myung", "Ri Il Kyu"]
    assert _labels(index, "Ri")[:2] == ["Ri Il Kyu", "Lee Jae Myung"]


def test_a_person_comes_before_the_rank_and_both_are_there(index: SearchIndex) -> None:
    person, rank = index.search("staff sergeant").hits[:2]
    assert (person.cls, person.standing) == ("Person", "entity")
    assert (rank.cls, rank.standing, rank.note) == ("Concept", "used", "rank")


def test_what_is_on_the_sea_comes_after_the_sea(index: SearchIndex) -> None:
    found = index.search("Yellow Sea")
    assert {hit.cls for hit in found.hits[1:4]} == {"Incident", "Person", "Route"}
    assert found.classes == {"Incident": 1, "Person": 1, "Route": 1, "Place": 1}


def test_articles_are_found_by_publisher_and_by_title(index: SearchIndex) -> None:
    organization, article = index.search("CaliToday").hits
    assert (organization.cls, article.cls, article.matched.kind) == ("Organization", "Article", "publisher")
    assert "CaliToday" in article.note


def test_a_quote_leads_to_entity_claim_and_article(index: SearchIndex) -> None:
    hit = index.search("barbed wire").hits[0]
    quote = hit.quotes[0]
    assert hit.matched.kind == "quote"
    assert "barbed wire" in quote.snippet.text
    assert [quote.snippet.text[start:end] for start, end in quote.snippet.marks] == ["barbed", "wire"]
    assert quote.claim.startswith(f"{BASE}id/claim/")
    assert quote.evidence.startswith(f"{BASE}id/evidence/")
    assert quote.article.startswith(f"{BASE}id/article/")


def test_what_is_only_listed_says_so_and_comes_last(index: SearchIndex) -> None:
    found = index.search("유엔", limit=100).hits
    ranks = [hit.standing for hit in found if hit.matched.how in {"alias", "label-part"}]
    assert ranks == ["entity", "listed"]


def test_korean_labels_stand_beside(index: SearchIndex) -> None:
    hit = index.search("Ministry of Unification").hits[0]
    assert (hit.label, hit.language, hit.korean) == ("Ministry of Unification", "en", "통일부")


def test_marks_are_what_was_found(index: SearchIndex) -> None:
    def marked(typed: str) -> list[str]:
        snippet = index.search(typed).hits[0].matched.snippet
        return [snippet.text[start:end] for start, end in snippet.marks]

    assert marked("리") == ["Ri"]
    assert marked("Lee Il-kyu") == ["Ri Il Kyu"]
    assert marked("korea inst") == ["Korea", "Institute"]
    assert marked("민간") == ["민간인"]

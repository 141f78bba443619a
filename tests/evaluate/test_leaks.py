from __future__ import annotations

from typing import Any

import pytest

from kg.evaluate.align import Aligner
from kg.evaluate.judge import Judge
from kg.evaluate.leaks import Leak, find_leaks
from kg.facts.model import Value
from tests.evaluate.made import Made, folder_of, found_of, gold_of

TEXT = (
    "A private, believed to be a sergeant, ran over the line. The North may hit back. "
    "Most defectors go through China. He was not hurt. Photo by Noh Eun-bi."
)
RAN = {"key": "i1", "spots": ["ran over the line"], "persons": ["p1"]}
PRIVATE = {"key": "p1", "incident": "i1", "spots": ["A private"]}


def leaks(made: Made, /, **rows: Any) -> list[Leak]:
    found = found_of(made)
    text = folder_of([(made, gold_of(made, **rows))]).texts[0]
    alignment = Aligner(found, Judge(found.knowledge)).align(text)
    return find_leaks({text.source.article.id: alignment}, found)


def shown(found: list[Leak]) -> list[tuple[str, str]]:
    return [(leak.predicate, leak.why) for leak in found]


@pytest.fixture
def made() -> Made:
    """A text whose hedged rank was taken for a fact."""
    made = Made("a", TEXT)
    incident = made.incident("ran over the line")
    person = made.person("A private", incident=incident)
    made.concept(person, "cx:rank", "rank:sergeant", "believed to be a sergeant")
    return made


def test_a_hedged_row_wards_its_words(made: Made) -> None:
    row = {"key": "r", "about": "p1", "spot": "believed to be a sergeant", "certainty": ["probable"]}
    found = leaks(made, incidents=[RAN], persons=[PRIVATE], claims=[row])
    assert shown(found) == [("cx:rank", "hedged")]
    start, end = made.span("believed to be a sergeant")
    assert found[0].evidence == (("a", (start, end), "believed to be a sergeant"),)
    assert found[0].object == "rank:sergeant"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"certainty": ["probable", "reported"]}, None),
        ({"certainty": ["asserted"], "negated": True}, "negated"),
        ({"certainty": ["asserted"], "tense": "future"}, "future"),
        ({"certainty": ["possible"], "spot": "believed to be a sergeant, ran over the line"}, "hedged"),
        ({"certainty": ["possible"], "spot": "a sergeant, ran"}, None),
    ],
)
def test_only_words_that_lie_in_it_by_half_are_held(made: Made, row: dict[str, Any], why: str | None) -> None:
    claim = {"key": "r", "about": "p1", "spot": "believed to be a sergeant", **row}
    # Nothing of the gold speaks for the incident's own words, so that a longer row may hold them too.
    found = shown(leaks(made, persons=[{**PRIVATE, "incident": None}], claims=[claim]))
    assert [why for predicate, why in found if predicate == "cx:rank"] == ([] if why is None else [why])


def test_words_of_a_fact_free_what_lies_in_a_longer_row(made: Made) -> None:
    never = [{"spot": "A private, believed to be a sergeant, ran over the line", "why": "hedged"}]
    assert {p for p, _ in shown(leaks(made, never_facts=never))} == {"cx:incidentType", "cx:crosser", "cx:rank"}
    held = shown(leaks(made, incidents=[RAN], persons=[PRIVATE], never_facts=never))
    assert held == [("cx:rank", "hedged")]
    rank = {**PRIVATE, "evidence": {"rank": "believed to be a sergeant"}}
    assert leaks(made, incidents=[RAN], persons=[rank], never_facts=never) == []


def test_a_hedged_phrase_inside_a_longer_fact_stays_hedged(made: Made) -> None:
    long = {**PRIVATE, "spots": ["A private, believed to be a sergeant, ran over the line"]}
    never = [{"spot": "believed to be a sergeant", "why": "hedged"}]
    assert shown(leaks(made, incidents=[RAN], persons=[long], never_facts=never)) == [("cx:rank", "hedged")]


def test_evidence_elsewhere_is_enough(made: Made) -> None:
    never = [{"spot": "believed to be a sergeant", "why": "hedged"}]
    made.concept("m2", "cx:rank", "rank:sergeant", "A private")
    assert leaks(made, incidents=[RAN], persons=[PRIVATE], never_facts=never) == []


def test_a_claim_that_is_not_flat_leaks_nothing() -> None:
    made = Made("a", TEXT)
    person = made.person("A private", incident=made.incident("ran over the line"))
    made.concept(person, "cx:rank", "rank:sergeant", "believed to be a sergeant", certainty="probable")
    never = [{"spot": "believed to be a sergeant", "why": "hedged"}]
    assert leaks(made, incidents=[RAN], persons=[PRIVATE], never_facts=never) == []


def test_to_name_somebody_in_a_hedge_asserts_nothing_but_page_furniture_is_no_source_of_names() -> None:
    made = Made("a", TEXT)
    made.body("Organization", "The North")
    made.person("Noh Eun-bi", "Noh Eun-bi")
    made.concept(made.person("A private", "Han"), "cx:gender", "gender:male", "He")
    hedged = [{"spot": "The North may hit back", "why": "hedged"}, {"spot": "He was not hurt", "why": "negated"}]
    assert leaks(made, never_facts=hedged) == []
    photo = [{"spot": "Photo by Noh Eun-bi", "why": "boilerplate"}]
    assert shown(leaks(made, never_facts=photo)) == [("cx:name", "boilerplate")]
    assert leaks(made, persons=[{"key": "p", "name": "Noh Eun-bi"}], never_facts=photo) == []


def test_a_general_statement_may_found_a_route_and_a_figure_without_a_number() -> None:
    made = Made("a", TEXT)
    route = made.body("Route", "through China", "id:route/china-third-country")
    words = "Most defectors go through China"
    made.claim(route, "cx:usage", Value(kind="text", value="Most defectors"), words, specificity="general")
    share = made.mention("Statistic", words)
    made.number(share, "Most", how={"specificity": "general"}, qualitative="most")
    person = made.person("A private", "Han Mi-rae")
    made.concept(person, "cx:rank", "rank:sergeant", words)
    never = [{"spot": words, "why": "generic"}]
    assert shown(leaks(made, never_facts=never)) == [("cx:rank", "generic")]
    hedged = [{"spot": words, "why": "hedged"}]
    assert {p for p, _ in shown(leaks(made, never_facts=hedged))} == {"cx:rank", "cx:usage", "cx:value"}

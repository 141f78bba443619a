"""Each check of numbers against each other, on numbers that agree and on numbers that do not."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, QuerySolutions, RdfFormat, Store

from kg.namespaces import PREFIXES
from kg.questions import question

QUESTION = question("statistics-that-add-up")


def number(name: str, measure: str, population: str, year: str | None, value: str | None, *more: str) -> str:
    """The triples of one statistic; persons, unless more is said of its unit."""
    said = [
        f"<urn:{name}> a cx:Statistic ; cx:measure measure:{measure} ; cx:population population:{population}",
        *more,
    ]
    if not any(part.startswith("cx:unit") for part in more):
        said.append("cx:unit unit:NUM")
    if not any(part.startswith("cx:valueQualifier") for part in more):
        said.append("cx:valueQualifier qualifier:exact")
    if year is not None:
        said.append(f'cx:period "{year}"^^<http://id.loc.gov/datatypes/edtf/EDTF>')
        said.append(f'cx:periodStart "{year}-01-01"^^xsd:date ; cx:periodEnd "{year}-12-31"^^xsd:date')
    if value is not None:
        said.append(f"cx:value {value}")
    return " ; ".join(said) + " ."


def found(*numbers: str) -> list[tuple[bool, str, str, float]]:
    """Whether it adds up, the check, the statistic, and the number worked out."""
    store = Store()
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    broader = "population:women skos:broader population:defectors . population:men skos:broader population:defectors ."
    store.load(f"{prefixes}{broader}\n{' '.join(numbers)}".encode(), format=RdfFormat.TURTLE)
    answer = store.query(QUESTION.text, prefixes=PREFIXES)
    assert isinstance(answer, QuerySolutions)
    told = []
    for row in answer:
        adds_up, rule, statistic, computed = row["adds_up"], row["rule"], row["statistic"], row["computed"]
        assert isinstance(adds_up, Literal)
        assert isinstance(rule, Literal)
        assert isinstance(computed, Literal)
        told.append((adds_up.value == "true", rule.value, str(statistic)[5:-1], float(computed.value)))
    return told


BEFORE = number("before", "arrivals", "defectors", "2030", "100")
NOW = number("now", "arrivals", "defectors", "2031", "150")
PERCENT = "cx:unit unit:PERCENT"
WOMEN = number("women", "arrivals", "women", "2031", "90")


@pytest.mark.parametrize(("stated", "adds_up"), [("1.5", True), ("1.4", True), ("1.2", False), ("2", False)])
def test_a_ratio_is_that_of_two_years(stated: str, adds_up: bool) -> None:
    ratio = number("ratio", "ratio", "defectors", "2031", stated, "cx:unit unit:UNITLESS")
    assert found(BEFORE, NOW, ratio) == [(adds_up, "ratio", "ratio", 1.5)]


def test_nearly_is_below_and_about_is_on_either_side() -> None:
    unit = "cx:unit unit:UNITLESS"
    for qualifier, stated, adds_up in [
        ("nearly", "1.6", True),
        ("nearly", "1.4", False),
        ("approximately", "1.4", True),
        ("more-than", "1.4", True),
        ("more-than", "1.6", False),
        ("less-than", "1.6", True),
    ]:
        ratio = number("ratio", "ratio", "defectors", "2031", stated, unit, f"cx:valueQualifier qualifier:{qualifier}")
        assert found(BEFORE, NOW, ratio) == [(adds_up, "ratio", "ratio", 1.5)], (qualifier, stated)


@pytest.mark.parametrize(("unit", "stated", "rule"), [("NUM", 50, "change"), ("PERCENT", 50, "percent-change")])
def test_a_change_is_the_difference_of_two_years(unit: str, stated: int, rule: str) -> None:
    for number_, adds_up in ((stated, True), (stated + 3, False)):
        change = number("change", "change", "defectors", "2031", str(number_), f"cx:unit unit:{unit}")
        assert found(BEFORE, NOW, change) == [(adds_up, rule, "change", 50.0)]


def test_a_change_without_the_year_before_is_not_checked() -> None:
    assert found(NOW, number("change", "change", "defectors", "2031", "50")) == []


@pytest.mark.parametrize(("stated", "adds_up"), [("60", True), ("61", False)])
def test_a_share_is_its_part_of_the_whole(stated: str, adds_up: bool) -> None:
    share = number("share", "share", "women", "2031", stated, PERCENT, "cx:shareOf <urn:now>")
    assert sorted(found(NOW, WOMEN, share)) == sorted(
        [(adds_up, "share", "share", 60.0), (True, "part", "women", 150.0)]
    )


@pytest.mark.parametrize(("men", "adds_up"), [("60", True), ("70", False)])
def test_women_and_men_are_all(men: str, adds_up: bool) -> None:
    told = found(NOW, WOMEN, number("men", "arrivals", "men", "2031", men))
    assert [row for row in told if row[1] == "women-and-men"] == [(adds_up, "women-and-men", "now", 90.0 + float(men))]


@pytest.mark.parametrize(("men", "adds_up"), [("40", True), ("30", False)])
def test_the_shares_of_women_and_men_are_a_hundred(men: str, adds_up: bool) -> None:
    whole = "cx:shareOf <urn:now>"
    women = number("women", "share", "women", "2031", "60", PERCENT, whole)
    told = found(NOW, women, number("men", "share", "men", "2031", men, PERCENT, whole))
    assert told == [(adds_up, "women-and-men", "women", 100.0 - float(men))]


@pytest.mark.parametrize(("part", "adds_up"), [("150", True), ("151", False)])
def test_a_part_is_no_more_than_its_whole(part: str, adds_up: bool) -> None:
    assert found(NOW, number("women", "arrivals", "women", "2031", part)) == [(adds_up, "part", "women", 150.0)]


@pytest.mark.parametrize(("all_", "adds_up"), [("250", True), ("400", True), ("240", False)])
def test_all_years_are_no_fewer_than_the_single_ones(all_: str, adds_up: bool) -> None:
    everyone = number("all", "cumulative-arrivals", "defectors", None, all_)
    assert found(BEFORE, NOW, everyone) == [(adds_up, "all-years", "all", 250.0)]


def test_years_outside_the_whole_period_are_not_of_it() -> None:
    since = 'cx:periodStart "2031-01-01"^^xsd:date'
    everyone = number("all", "cumulative-arrivals", "defectors", None, "150", since)
    assert found(BEFORE, NOW, everyone) == [(True, "all-years", "all", 150.0)]


def test_what_does_not_add_up_comes_first_and_a_route_is_no_whole() -> None:
    by_sea = number("by sea", "arrivals", "defectors", "2031", "7", "cx:viaRoute <urn:route>").replace("by sea", "sea")
    ratio = number("ratio", "ratio", "defectors", "2031", "3", "cx:unit unit:UNITLESS")
    everyone = number("all", "cumulative-arrivals", "defectors", None, "400")
    assert found(BEFORE, NOW, by_sea, ratio, everyone) == [
        (False, "ratio", "ratio", 1.5),
        (True, "all-years", "all", 250.0),
    ]

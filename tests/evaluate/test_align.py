from __future__ import annotations

from typing import Any

import pytest

from kg.evaluate.align import Aligner
from kg.evaluate.judge import Judge
from tests.evaluate.made import Made, folder_of, found_of, gold_of


def aligned(made: Made, /, **rows: Any) -> dict[str, str]:
    """The words of the first mention of each entity of the gold that was found."""
    found = found_of(made)
    text = folder_of([(made, gold_of(made, **rows))]).texts[0]
    alignment = Aligner(found, Judge(found.knowledge)).align(text)
    return {key: text.words(unit.mentions[0]) for key, unit in alignment.pairs.items()}


@pytest.fixture
def two() -> Made:
    """Two crossings of one text, on two days, on two fronts."""
    made = Made("a", "A private ran over in the east on May 3. In June a cook swam round the west of the line.")
    first = made.incident("A private ran over", "May 3", "2021-05-03")
    made.concept(first, "cx:front", "front:eastern", "in the east")
    second = made.incident("a cook swam round", "In June", "2021-06", kind="itype:maritime-crossing")
    made.concept(second, "cx:front", "front:western", "the west of the line")
    return made


def test_incidents_are_known_by_their_words(two: Made) -> None:
    rows = [{"key": "east", "spots": ["ran over"]}, {"key": "west", "spots": ["swam round"]}]
    assert aligned(two, incidents=rows) == {"east": "A private ran over", "west": "a cook swam round"}


def test_or_by_two_slots_of_which_the_date_is_one(two: Made) -> None:
    east = {"key": "east", "date": "2021-05-03", "front": "front:eastern"}
    assert aligned(two, incidents=[east]) == {"east": "A private ran over"}
    assert aligned(two, incidents=[{"key": "east", "date": "2021-05-03"}]) == {}
    undated = {"key": "east", "kind": "itype:land-crossing", "front": "front:eastern"}
    assert aligned(two, incidents=[undated]) == {"east": "A private ran over"}


@pytest.mark.parametrize(
    "wrong", [{"date": "2020-05-03"}, {"direction": "direction:south-to-north"}, {"name": "Noh Il-sung"}]
)
def test_what_contradicts_is_no_pair_though_the_words_are_the_same(two: Made, wrong: dict[str, str]) -> None:
    two.concept("m1", "cx:direction", "direction:north-to-south", "ran over")
    two.person("A private", "Han Mi-rae", incident="m1")
    fitting = {"key": "east", "spots": ["ran over"], "date": "2021-05", "name": "Mi Rae Han"}
    assert aligned(two, incidents=[fitting]) == {"east": "A private ran over"}
    assert aligned(two, incidents=[{**fitting, **wrong}]) == {}


def test_a_hedged_incident_is_none_to_be_found() -> None:
    made = Made("a", "A man may have crossed the line on May 3.")
    incident = made.mention("Incident", "may have crossed the line")
    words = "may have crossed the line"
    made.concept(incident, "cx:incidentType", "itype:land-crossing", words, certainty="possible")
    assert aligned(made, incidents=[{"key": "i", "spots": ["crossed the line"]}]) == {}


def test_persons_are_known_by_their_names_in_any_order_and_by_a_surname() -> None:
    made = Made("a", "Han Mi-rae spoke. Noh spoke too. So did Kim Jong Un.")
    made.person("Han Mi-rae", "Han Mi-rae")
    made.person("Noh", "Noh")
    made.person("Kim Jong Un", "Kim Jong Un")
    rows = [
        {"key": "han", "name": "Mi Rae Han"},
        {"key": "noh", "name": "Noh Eun-bi"},
        {"key": "kim", "name": "the leader", "names": ["Kim Jong-un"]},
        {"key": "lee", "name": "Lee"},
    ]
    assert aligned(made, persons=rows) == {"han": "Han Mi-rae", "noh": "Noh", "kim": "Kim Jong Un"}


def test_a_full_name_goes_before_a_surname() -> None:
    made = Made("a", "Han Mi-rae spoke. Her sister Han Sol-bi did not.")
    made.person("Han Mi-rae", "Han Mi-rae")
    made.person("Han Sol-bi", "Han Sol-bi")
    rows = [{"key": "a", "name": "Han"}, {"key": "b", "name": "Han Mi-rae"}]
    assert aligned(made, persons=rows) == {"a": "Han Sol-bi", "b": "Han Mi-rae"}


def test_an_unnamed_person_is_known_by_the_incident_that_was_aligned(two: Made) -> None:
    two.person("A private", incident="m1")
    two.person("a cook", incident="m2")
    rows = [{"key": "east", "spots": ["ran over"]}, {"key": "west", "spots": ["swam round"]}]
    persons = [{"key": "cook", "incident": "west"}, {"key": "private", "incident": "east"}]
    found = aligned(two, incidents=rows, persons=persons)
    assert (found["cook"], found["private"]) == ("a cook", "A private")
    missed = [rows[0], {"key": "west"}]
    assert "cook" not in aligned(two, incidents=missed, persons=[{**persons[0], "spots": ["a cook"]}])
    unlinked = aligned(two, persons=[{"key": "x", "spots": ["a cook"]}])
    assert unlinked == {"x": "a cook"}


def test_organisations_are_known_by_entry_name_label_or_words() -> None:
    made = Made("a", "The Joint Chiefs spoke. Bright Harbour agreed. Police in the town did not, nor the Red Team.")
    made.body("Organization", "The Joint Chiefs", "id:organization/rok-joint-chiefs-of-staff")
    made.body("Organization", "Bright Harbour")
    made.body("Organization", "Police in the town")
    made.body("Organization", "Red Team")
    rows = [
        {"key": "jcs", "name": "JCS"},
        {"key": "harbour", "name": "the Bright-Harbour (BH)"},
        {"key": "police", "name": "town police", "spots": ["Police in the town"]},
        {"key": "blue", "name": "Blue Team", "spots": ["spoke. Bright Harbour agreed. Police in the town"]},
    ]
    found = {"jcs": "The Joint Chiefs", "harbour": "Bright Harbour", "police": "Police in the town"}
    assert aligned(made, organizations=rows) == found
    other = {"key": "jcs", "name": "Joint Chiefs", "concept": "id:organization/united-nations"}
    assert aligned(made, organizations=[other]) == {}


def test_a_route_is_known_by_its_words_too() -> None:
    made = Made("a", "They went by way of China and Laos.")
    made.body("Route", "by way of China", "id:route/china-third-country")
    assert aligned(made, routes=[{"key": "r", "name": "the long road", "spots": ["China and Laos"]}]) == {
        "r": "by way of China"
    }
    assert aligned(made, routes=[{"key": "r", "name": "the long road"}]) == {}


@pytest.fixture
def figures() -> Made:
    made = Made("a", "In 2020 some 40 came, in 2021 more than 40, or 30 percent, most of them by sea, in 2019 40.")
    found: tuple[tuple[str, dict[str, Any], str], ...] = (
        ("40", {"value": "40", "qualifier": "approximately"}, "2020"),
        ("more than 40", {"lower": "40", "qualifier": "more-than"}, "2021"),
        ("30 percent", {"value": "30", "unit": "unit:PERCENT"}, ""),
        ("most of them", {"qualitative": "most"}, ""),
    )
    for words, more, period in found:
        statistic = made.mention("Statistic", words)
        made.number(statistic, words, **more)
        if period:
            made.date(statistic, "cx:period", period, period)
    return made


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"value": "40", "period": "2020"}, "40"),
        ({"value": "40", "period": "2021"}, "more than 40"),
        ({"lower": "40"}, "more than 40"),
        ({"upper": "40"}, None),
        ({"value": "41"}, None),
        ({"value": "40", "period": "2018"}, None),
        ({"value": "40", "unit": "unit:PERCENT"}, None),
        ({"value": "30"}, "30 percent"),
        ({"qualitative": "most", "spots": ["most of them by sea"]}, "most of them"),
        ({"qualitative": "most"}, None),
        ({"qualitative": "hardly any", "spots": ["30 percent"]}, None),
    ],
)
def test_statistics_are_known_by_their_number_and_period(figures: Made, row: dict[str, Any], words: str | None) -> None:
    assert aligned(figures, statistics=[{"key": "s", **row}]).get("s") == words

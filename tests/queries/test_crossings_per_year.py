"""Counts as ranges: what is certainly of a year, and what can be."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.curation import Curation, Judgement
from kg.identity.anchors import anchor_of
from kg.mapping.statements import ArticleStatements, Chain
from kg.querying import open_release, rows
from kg.questions import questions
from tests.support.facts import Draft
from tests.support.releases import released

QUESTION = next(question for question in questions() if question.name == "crossings-per-year")

Ranges = dict[int, tuple[int, int, int]]


def told(
    name: str,
    *days: str,
    kind: str | None = "land-crossing",
    actor: str = "soldier",
    front: str | None = None,
    published: str | None = None,
    disclosed: str | None = None,
) -> ArticleStatements:
    """One article that tells of one incident; several days are in dispute."""
    said = "; ".join([f"[{day}]" for day in days] + ([f"known [{disclosed}]"] if disclosed else []))
    draft = Draft(f"{name}: a {actor} crossed at the {front}, by {kind}: {said}.", published=published)
    incident, man = draft.mention("Incident", "crossed"), draft.mention("Person", f"a {actor}")
    draft.claim(incident, "cx:crosser", man, f"a {actor}")
    draft.claim(man, "cx:actorType", f"actor:{actor}", f"a {actor}")
    if kind:
        draft.claim(incident, "cx:incidentType", f"itype:{kind}", f"by {kind}")
    if front:
        draft.claim(incident, "cx:front", f"front:{front}", f"the {front}")
    for day in days:
        draft.claim(incident, "cx:dateEDTF", draft.time(f"[{day}]", edtf=day), f"[{day}]")
    if disclosed:
        known = f"known [{disclosed}]"
        draft.claim(incident, "cx:disclosureDate", draft.time(known, edtf=disclosed), known)
    return ArticleStatements.of(draft.facts(), draft.text)


def chain(article: ArticleStatements) -> Chain:
    return Chain(article.id, article.facts.mentions[0].chain)


def ranges(folder: Path, *articles: ArticleStatements, curation: Curation | None = None) -> Ranges:
    """Least, most and undated by year, as the question answers them."""
    held = open_release(released(folder, articles, curation=curation).require_current())
    found = rows(held, QUESTION.text)
    assert found.variables == ("year", "least", "most", "undated")
    numbers = [[int(getattr(value, "value", "")) for value in row] for row in found.rows]
    return {year: (least, most, undated) for year, least, most, undated in numbers}


SURE = told("One", "2031-05-03")


def test_what_is_dated_within_a_year_is_certain_however_wide_the_date(tmp_path: Path) -> None:
    assert ranges(tmp_path, SURE, told("Two", "2031", actor="civilian")) == {2031: (2, 2, 0)}


def test_accounts_of_one_incident_are_counted_once(tmp_path: Path) -> None:
    assert ranges(tmp_path, SURE, told("Two", "2031-05-03")) == {2031: (1, 1, 0)}


def test_a_date_over_the_turn_of_a_year_is_possible_in_both(tmp_path: Path) -> None:
    assert ranges(tmp_path, told("One", "2030-12-20/2031-01-10")) == {2030: (0, 1, 0), 2031: (0, 1, 0)}


def test_a_date_that_is_open_at_one_end_is_possible_from_there_on(tmp_path: Path) -> None:
    found = ranges(tmp_path, told("One", "../2030-06"), told("Two", "2028"), told("Three", "2031"))
    assert found == {2028: (1, 2, 0), 2030: (0, 1, 0), 2031: (1, 1, 0)}


#: Front and kind of person speak for one incident, 3 points; with a year in common 3.5, where 4 join.
EAST, SOME_TIME = told("One", "2031-05-03", front="eastern"), told("Two", "2031", front="eastern")


def test_two_that_may_be_one_are_one_at_least_and_two_at_most(tmp_path: Path) -> None:
    undated = told("Three", front="eastern", published="2031-06-01")
    assert ranges(tmp_path / "a", EAST, undated) == {2031: (1, 2, 1)}
    assert ranges(tmp_path / "b", EAST, SOME_TIME) == {2031: (1, 2, 0)}


@pytest.mark.parametrize(
    ("judgement", "expected"), [("UNSURE", (1, 2, 0)), ("NEGATIVE", (2, 2, 0)), ("POSITIVE", (1, 1, 0))]
)
def test_a_person_s_judgement_narrows_the_range(tmp_path: Path, judgement: str, expected: tuple[int, int, int]) -> None:
    first, second = (anchor_of(article, chain(article)) for article in (EAST, SOME_TIME))
    judged = Judgement(first=first, second=second, judgement=judgement, by="me", on="2031-06-01", reason="x")  # type: ignore[arg-type]
    assert ranges(tmp_path, EAST, SOME_TIME, curation=Curation(judgements=(judged,))) == {2031: expected}


def test_what_may_be_one_through_a_third_is_one_at_least(tmp_path: Path) -> None:
    later = told("Three", "2031-08-09", front="eastern")
    assert ranges(tmp_path, EAST, later, SOME_TIME) == {2031: (1, 3, 0)}


def test_what_has_no_date_can_be_of_any_year_up_to_what_is_known(tmp_path: Path) -> None:
    dated = [told(str(year), str(year), actor="civilian") for year in (2029, 2030, 2031, 2032)]
    disclosed = told("Five", kind="departure-from-post", disclosed="2030-06~/2030-08~")
    reported = told("Six", kind="maritime-crossing", published="2031-02-01")
    open_ = told("Seven", kind="return")
    assert ranges(tmp_path, *dated, disclosed, reported, open_) == {
        2029: (1, 4, 3),
        2030: (1, 4, 3),
        2031: (1, 3, 2),
        2032: (1, 2, 1),
    }


def test_a_date_in_dispute_reaches_from_the_first_to_the_last_of_its_values(tmp_path: Path) -> None:
    assert ranges(tmp_path / "a", told("One", "2031-05-03", "2031-06-09")) == {2031: (1, 1, 0)}
    assert ranges(tmp_path / "b", told("One", "2030-12-31", "2031-01-05")) == {2030: (0, 1, 0), 2031: (0, 1, 0)}


def test_only_what_is_surely_a_crossing_counts_for_the_least(tmp_path: Path) -> None:
    shooting = told("Two", "2031-06-03", kind="shooting")
    unknown = told("Three", "2031-07-03", kind=None)
    assert ranges(tmp_path, SURE, shooting, unknown) == {2031: (1, 2, 0)}


def test_a_release_without_dates_has_no_year_to_count_in(tmp_path: Path) -> None:
    assert ranges(tmp_path, told("One")) == {}

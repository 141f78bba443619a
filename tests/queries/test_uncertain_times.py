"""What the questions make of dates that are intervals, open at an end, in dispute, or not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal

from kg.mapping.statements import ArticleStatements
from kg.querying import open_release, rows
from kg.questions import question
from tests.support.facts import Draft
from tests.support.releases import released


def told(
    name: str, *days: str, published: str | None = None, front: str | None = "eastern", actor: str = "soldier"
) -> ArticleStatements:
    """One article that tells of one crossing over land; several days are in dispute."""
    said = "; ".join(f"[{day}]" for day in days)
    draft = Draft(f"{name}: a {actor} crossed the line at the {front}: {said}.", published=published)
    incident, man = draft.mention("Incident", "crossed the line"), draft.mention("Person", f"a {actor}")
    draft.claim(incident, "cx:crosser", man, f"a {actor}")
    draft.claim(incident, "cx:incidentType", "itype:land-crossing", "crossed the line")
    draft.claim(man, "cx:actorType", f"actor:{actor}", f"a {actor}")
    if front:
        draft.claim(incident, "cx:front", f"front:{front}", f"the {front}")
    for day in days:
        draft.claim(incident, "cx:dateEDTF", draft.time(f"[{day}]", edtf=day), f"[{day}]")
    return ArticleStatements.of(draft.facts(), draft.text)


def asked(folder: Path, name: str, columns: str, *articles: ArticleStatements, **given: str) -> list[tuple[str, ...]]:
    """Some columns of the answer of a question, as text; nothing is an empty text."""
    held = open_release(released(folder, articles).require_current())
    found = question(name)
    answer = rows(held, found.bound(found.terms(given)))
    at = [answer.variables.index(column) for column in columns.split()]
    shown = []
    for row in answer.rows:
        terms = [row[index] for index in at]
        shown.append(tuple(term.value if isinstance(term, Literal) else str(term or "") for term in terms))
    return shown


@pytest.mark.parametrize(
    ("days", "year"),
    [
        (("2031-05-03",), "2031"),
        (("2030-12-30/2031-01-02",), "2030/2031"),
        (("../2030-06",), "../2030"),
        (("2030-06/..",), "2030/.."),
        (("2030-06-01", "2031-06-01"), "disputed"),
        ((), "unknown"),
    ],
)
def test_the_year_of_an_incident_is_no_more_exact_than_its_date(
    tmp_path: Path, days: tuple[str, ...], year: str
) -> None:
    found = asked(tmp_path, "incidents-by-year-and-front", "year section incidents", told("One", *days))
    assert found == [(year, "eastern front", "1")]


@pytest.mark.parametrize(
    ("day", "since_then"),
    [
        ("2031-05-03", "certain"),
        ("2031-04-30", None),
        ("2031-04/2031-05", "possible"),
        ("../2031-06", "possible"),
        ("2031-06/..", "certain"),
        (None, "unknown"),
    ],
)
def test_a_soldier_whose_date_is_rough_is_possible(tmp_path: Path, day: str | None, since_then: str | None) -> None:
    article = told("One", *([day] if day else []))
    found = asked(tmp_path, "soldiers-over-land", "since_then soldiers", article, since="2031-05-01")
    assert found == ([(since_then, "1")] if since_then else [])


def test_a_civilian_is_no_soldier(tmp_path: Path) -> None:
    assert asked(tmp_path, "soldiers-over-land", "soldiers", told("One", "2031-05-03", actor="civilian")) == []


def test_days_between_intervals_are_a_range(tmp_path: Path) -> None:
    articles = (
        told("One", "2031-05-01/2031-05-04"),
        told("Two", "2031-05-03/2031-05-10", front="western", actor="civilian"),
        told("Three", "2031-06-10", front="central"),
        told("Four", front="western", actor="diplomat"),
    )
    found = asked(tmp_path, "days-between-incidents", "date next_date least_days most_days", *articles)
    assert found == [
        ("2031-05-01/2031-05-04", "2031-05-03/2031-05-10", "0", "9"),
        ("2031-05-03/2031-05-10", "2031-06-10", "31", "38"),
    ]


@pytest.mark.parametrize(
    ("day", "delay"),
    [
        ("2031-05-03", ("2031-06-01", "29", "29")),
        ("2031-05", ("2031-06-01", "1", "31")),
        ("../2031-05-20", ("2031-06-01", "12", "")),
        ("2031-05-20/2031-07-01", ("2031-06-01", "0", "12")),
        (None, ("2031-06-01", "", "")),
    ],
)
def test_a_delay_is_a_range_or_nothing(tmp_path: Path, day: str | None, delay: tuple[str, ...]) -> None:
    article = told("One", *([day] if day else []), published="2031-06-01")
    assert asked(tmp_path, "reporting-delay", "reported least_days most_days", article) == [delay]


def test_a_month_takes_in_every_incident_that_can_be_of_it(tmp_path: Path) -> None:
    def people(day: str | None) -> int:
        article = told("One", *([day] if day else []))
        folder = tmp_path / str(day).replace("/", "-")
        return len(asked(folder, "crosser-descriptions", "value", article, year="2031", month="12"))

    assert [people(day) for day in ("2031-12-31", "2031-11-30", "2032-01-01", "2031", "2031-12/..", None)] == [
        1,
        0,
        0,
        1,
        1,
        0,
    ]

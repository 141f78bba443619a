"""What extraction, identity and disagreement must reach on the gold, as the shipped scorer measures it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kg.evaluate.evaluate import evaluate
from kg.evaluate.folder import read_texts
from kg.evaluate.report import Report
from kg.evaluate.run import find
from kg.intervals import parse_edtf
from kg.resources import seeds_dir
from tests.support.documents import shared
from tests.support.reporting import Silent

GOLD = Path(__file__).resolve().parents[1] / "gold"
CLASSES = ("Incident", "Person", "Organization", "Route", "Statistic")


@cache
def scored(name: str) -> Report:
    """The scores of a folder of gold, without any curation."""
    articles = {"digests": seeds_dir(), "originals": shared() / "seeds"}.get(name)
    if articles is not None and not articles.is_dir():
        pytest.skip(f"the articles of {name} are not at {articles}")
    folder = read_texts(GOLD / name, articles)
    return evaluate(folder, find(folder, "korea", Silent()))


@pytest.mark.parametrize("cls", CLASSES)
@pytest.mark.parametrize("name", ["digests", "originals"])
def test_at_most_one_entity_of_a_class_is_wrong(name: str, cls: str) -> None:
    score = scored(name).numbers.entity[cls]
    assert (score.gold - score.right) + (score.found - score.right) <= 1, scored(name).entities_missed


@pytest.mark.parametrize("name", ["digests", "originals"])
def test_what_several_articles_say_together(name: str) -> None:
    report = scored(name)
    assert report.leaks == ()
    assert report.merged == ()
    assert report.numbers.apart.of == 20
    assert (report.numbers.claims["all"].share or 0) >= 0.8
    assert (report.numbers.conflicts.right, report.numbers.conflicts.of) == (1, 1)


@pytest.mark.parametrize("name", ["digests", "originals"])
def test_dates_after_linking_are_those_that_the_texts_allow(name: str) -> None:
    rows = [row for row in scored(name).members if row.slot in {"date", "precision", "period"}]
    wrong = {row.entity: row for row in rows if not row.right}
    # Without the shipped correction the disclosure of July 2024 is taken for the event.
    assert wrong.keys() <= {"i-rik", "i-20240808"}, wrong
    assert len(rows) >= 10
    # "Two weeks" is held to be good to a week and not to three days: wider than the gold, and around it.
    held, allowed = (parse_edtf(getattr(wrong["i-20240808"], side)) for side in ("found", "gold"))
    assert held.intersect(allowed) == allowed
    assert held.earliest is not None
    assert held.latest is not None
    assert (held.latest - held.earliest).days <= 40


def test_the_restated_news_texts() -> None:
    numbers = scored("dev").numbers
    assert numbers.leaks == 0
    assert (numbers.entity["Incident"].f1 or 0) >= 0.85
    assert (numbers.entity["Statistic"].f1 or 0) >= 0.85


@pytest.mark.parametrize(
    ("name", "cls", "precision", "recall"),
    [
        ("unseen", "Incident", 0.90, 0.90),
        ("unseen", "Statistic", 0.95, 0.90),
        ("fresh", "Incident", 0.90, 0.90),
        ("fresh", "Statistic", 0.90, 0.85),
        ("varied", "Incident", 0.90, 0.80),
        ("varied", "Statistic", 0.90, 0.90),
        ("kept", "Incident", 0.90, 0.65),
        ("kept", "Statistic", 0.90, 0.90),
        ("later", "Incident", 0.90, 0.70),
        ("later", "Statistic", 0.75, 0.65),
        ("last", "Incident", 0.70, 0.45),
        ("last", "Statistic", 0.95, 0.55),
        ("briefs-apart", "Incident", 0.75, 0.24),
    ],
)
def test_texts_in_many_styles_do_not_fall_behind(name: str, cls: str, precision: float, recall: float) -> None:
    """Floors under what `docs/extraction-quality.md` states; the goals of the project are higher."""
    score = scored(name).numbers.entity[cls]
    assert (score.precision or 0) >= precision
    assert (score.recall or 0) >= recall


@pytest.mark.parametrize("name", ["unseen", "fresh", "kept", "later"])
def test_no_incident_comes_from_a_text_on_another_subject(name: str) -> None:
    negatives = {p.stem.removesuffix(".gold") for p in (GOLD / name).glob("*.gold.yaml") if _is_negative(p)}
    assert len(negatives) >= 3
    assert [row for row in scored(name).extra if row.cls == "Incident" and row.text in negatives] == []


def _is_negative(path: Path) -> bool:
    return not any(line.startswith(("incidents:", "statistics:")) for line in path.read_text("utf-8").splitlines())

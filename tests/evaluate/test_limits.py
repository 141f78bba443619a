from __future__ import annotations

import pytest

from kg.errors import UsageError
from kg.evaluate.evaluate import evaluate
from kg.evaluate.limits import read_limits
from kg.evaluate.report import Report
from tests.evaluate.made import Made, folder_of, found_of, gold_of


@pytest.fixture(scope="module")
def report() -> Report:
    """One incident of two found; the second is disputed."""
    made = Made("a", "A private crossed. A cook did too.")
    made.incident("A private crossed")
    rows = [{"key": "i1", "spots": ["private crossed"]}, {"key": "i2", "spots": ["cook"]}]
    folder = folder_of([(made, gold_of(made, incidents=rows))], {"disputed": ["a:i2"]})
    return evaluate(folder, found_of(made))


@pytest.mark.parametrize(
    ("least", "most", "sentence"),
    [
        (["mention.Incident.recall=0.5"], [], None),
        (["mention.Incident.recall=.51"], [], "mention.Incident.recall is 0.5, which is less than 0.51"),
        (["without_disputed.mention.Incident.recall=1"], [], None),
        ([], ["leaks=0"], None),
        ([], ["mention.Incident.gold=1"], "mention.Incident.gold is 2, which is more than 1"),
        (["entity.Person.f1=0.1"], [], "entity.Person.f1 cannot be said, for the gold has nothing of it"),
    ],
)
def test_a_limit_is_kept_or_broken_with_a_sentence(
    report: Report, least: list[str], most: list[str], sentence: str | None
) -> None:
    (limit,) = read_limits(least, most)
    broken = limit.broken(report)
    assert broken == sentence or (sentence is not None and broken is not None and broken.startswith(sentence))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("recall", "no number 'recall': the report has mention, entity"),
        ("mention.Place.f1", "no number 'mention.Place.f1': mention has Incident, Person"),
        ("leaks.f1", "no number 'leaks.f1': leaks has nothing below"),
        ("mention.Incident", "'mention.Incident' is no number: name one of mention.Incident.gold"),
    ],
)
def test_an_unknown_number_is_named_with_those_there_are(report: Report, name: str, message: str) -> None:
    (limit,) = read_limits([f"{name}=1"], [])
    with pytest.raises(UsageError, match=message):
        limit.broken(report)


@pytest.mark.parametrize("word", ["leaks", "leaks=", "leaks=none", "=1", "leaks=nan"])
def test_an_option_is_a_name_and_a_number(word: str) -> None:
    with pytest.raises(UsageError, match=r"--at-most '.*': give NUMBER=VALUE"):
        read_limits([], [word])

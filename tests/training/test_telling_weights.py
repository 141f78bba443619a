"""The weights that are shipped are those that the gold gives, and none of them is of one case."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.extract.lexicon import Lexicon
from kg.extract.telling import Regression, telling_model
from kg.training.telling import train, written

GOLD = Path(__file__).resolve().parents[1] / "gold"


def test_the_shipped_weights_are_those_of_the_gold() -> None:
    shipped = telling_model()
    made = train([GOLD / name for name in shipped.texts])
    again = "run python -m kg.training tests/gold/{" + ",".join(shipped.texts) + "}"
    assert made.texts == shipped.texts, again
    for ours, theirs in ((made.tells, shipped.tells), *((made.ways[way], shipped.ways[way]) for way in made.ways)):
        assert _near(ours, theirs), again


def _near(one: Regression, other: Regression) -> bool:
    """Whether two regressions are one, but for a sentence that the parser reads otherwise on another processor."""
    names = one.weights.keys() | other.weights.keys()
    apart = [name for name in names if abs(one.weights.get(name, 0.0) - other.weights.get(name, 0.0)) > 0.01]
    return len(apart) <= 0.03 * len(names) and abs(one.bias - other.bias) <= 0.05


def test_nothing_was_learned_from_the_seeds_or_from_what_measures() -> None:
    assert not {"originals", "digests", "briefs-apart"} & telling_model().texts.keys()


def test_no_name_has_a_weight() -> None:
    words = {feature.removeprefix("word:") for feature in telling_model().tells.weights if feature.startswith("word:")}
    assert {"flee", "swim"} <= words
    lexicon = Lexicon.load("korea")
    places = {entry.pref_label.lower() for entry in lexicon.entries("place")}
    assert len(places) > 50
    assert not words & places


def test_a_file_of_weights_can_be_read_line_by_line() -> None:
    lines = written(telling_model()).decode().splitlines()
    assert len(lines) > len(telling_model().tells.weights)
    assert max(map(len, lines)) < 120


def test_a_folder_without_gold_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no"):
        train([tmp_path])

"""The pack of scenes: its table, and that its words can be found."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.extract.rules import RULES_DIR, read_pack
from kg.extract.scene_rules import Enough, SceneRules, scene_rules


@pytest.mark.parametrize(
    ("kinds", "way"),
    [
        ({"origin", "motion", "over", "dated"}, "over"),
        ({"origin", "motion", "over", "dated", "outsider"}, None),
        ({"origin", "motion", "over"}, None),
        ({"origin", "motion", "arrive", "topic", "lawful"}, None),
        ({"motion", "over", "dated"}, None),
        ({"motion", "over", "dated", "told"}, "over"),
        ({"motion", "over", "dated", "told", "bare"}, None),
        ({"origin", "post", "exit", "abroad"}, "post"),
        ({"outsider", "effort", "north", "dated"}, "north"),
        ({"outsider", "effort", "north", "dated", "lawful"}, None),
        ({"origin", "returned", "homeward"}, "back"),
        (set(), None),
    ],
)
def test_which_evidence_is_enough(kinds: set[str], way: str | None) -> None:
    assert scene_rules().way(kinds) == way


def test_a_row_needs_all_one_and_none() -> None:
    row = Enough(way="over", every=frozenset({"motion"}), any=frozenset({"over", "arrive"}), none=frozenset({"lawful"}))
    assert row.holds({"motion", "over"})
    assert not row.holds({"motion"})
    assert not row.holds({"over"})
    assert not row.holds({"motion", "over", "lawful"})


def test_every_row_asks_for_something_done() -> None:
    done = {"motion", "exit", "absent", "settle", "surfacing", "lurking", "reception", "found", "returned", "landed"}
    assert [row for row in scene_rules().enough if not row.every & (done | {"effort"})] == []


def test_phrases_are_written_as_they_are_looked_for() -> None:
    pronouns = {"his", "her", "him", "himself", "herself"}
    found = [words for phrases in scene_rules().phrases.values() for words in phrases]
    assert [words for words in found if pronouns & set(words.split())] == []
    assert [words for words in found if words != words.lower()] == []


def test_a_verb_of_motion_of_the_clauses_is_one_here() -> None:
    assert {"motion", "effort"} <= scene_rules().by_verb["swim"]
    assert "motion" not in scene_rules().by_verb.get("ponder", frozenset())


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    text = (RULES_DIR / "scenes.yaml").read_text("utf-8")
    path = tmp_path / "scenes.yaml"
    path.write_text(text.replace("way: back, every: [origin,", "way: back, every: [origins,"), encoding="utf-8")
    with pytest.raises(UsageError, match="origins"):
        read_pack(path, SceneRules)

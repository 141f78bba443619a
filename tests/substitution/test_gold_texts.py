"""The substitution test over the texts of the gold: with other values each says the same, moved.

What is replaced follows from the text and its gold: the names of its persons, the figures of its statistics, all years,
and the places and organisations of which the gazetteer has another of the kind. The table of exceptions names the texts
in which something else changes too, what, and why.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
import yaml

from tests.support.gold_signature import told
from tests.support.gold_substitution import KINDS, substituted
from tests.support.gold_texts import GoldArticle, gold_articles
from tests.support.signature import difference
from tests.support.substitution import FIXTURES

ARTICLES = gold_articles()
TURNS = (0, 1)


@cache
def exceptions() -> dict[str, dict[str, Any]]:
    """Text to the classes that differing lines may be about, how many they are at most, and the reason."""
    loaded: dict[str, dict[str, Any]] = yaml.safe_load((FIXTURES / "gold_exceptions.yaml").read_text(encoding="utf-8"))
    return loaded


def changed_lines(article: GoldArticle) -> tuple[list[str], list[str]]:
    """The lines that differ, with their headings and without.

    What is said about an entity in passing (`cx:remark`) is left out: it has the words of a whole clause, whose bounds
    move with every name that the parser reads otherwise.
    """
    differing: list[str] = []
    for turn in TURNS:
        made = substituted(article, turn)
        before = told(article.name, made.before, article.sidecar)
        for line in difference(before, told(article.name, made.after, made.sidecar)).splitlines():
            if "cx:remark" not in line:
                differing.append(f"{turn} {line}")
    return differing, [line for line in differing if line[2:].startswith("  ")]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
def test_gold_text_with_other_values(article: GoldArticle, capsys: pytest.CaptureFixture[str]) -> None:
    listed = exceptions().get(article.name)
    differing, changes = changed_lines(article)
    if listed is None:
        assert not changes, f"{article.name} with other values (+) is not the text as it stands (-):\n" + "\n".join(
            differing
        )
        return
    with capsys.disabled():
        print(f"\n{article.name}: {len(changes)} lines differ: {listed['reason']}")
    assert changes, f"{article.name} differs no more: take it out of gold_exceptions.yaml"
    further = [line for line in changes if not set(_classes(line)) & set(listed["about"])]
    assert not further, f"{article.name} differs in more than is listed:\n" + "\n".join(further)
    assert len(changes) <= listed["most"], f"{article.name} differs more than is listed:\n" + "\n".join(changes)


def _classes(line: str) -> list[str]:
    """The classes of the entities that a line is about; of a number that is no entity's, Quantity."""
    return re.findall(r"\b(Incident|Person|Statistic|Organization|Route|Place) \u201c", line) or ["Quantity"]


def test_exceptions_are_of_texts_that_there_are() -> None:
    assert exceptions().keys() <= {article.name for article in ARTICLES}


@pytest.mark.parametrize(("kind", "least"), [("names", 45), ("numbers", 15), ("years", 60), ("entries", 20)])
def test_most_texts_have_something_to_replace(kind: str, least: int) -> None:
    having = [a for a in ARTICLES if all(substituted(a, turn, (kind,)).table for turn in TURNS)]
    assert len(having) >= least


def test_the_replacements_differ_from_each_other() -> None:
    for article in ARTICLES:
        one, other = (substituted(article, turn, KINDS).after.rendering.text for turn in TURNS)
        assert one == article.text or one != other

"""Near-duplicates: the same report under two names, and reports that only share their subject."""

from __future__ import annotations

import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kg.article.agencies import Agencies
from kg.article.duplicates import near_duplicates
from kg.article.front_matter import Metadata
from kg.article.read import article_text
from kg.article.text import ArticleText

NOUNS = (
    "guard",
    "boat",
    "river",
    "harbour",
    "line",
    "fog",
    "minister",
    "bridge",
    "patrol",
    "winter",
    "fence",
    "island",
)
VERBS = ("watched", "crossed", "left", "found", "reached", "saw", "followed", "described", "repaired", "passed")


def sentences(seed: int, count: int = 25) -> list[str]:
    draw = random.Random(seed)

    def words() -> str:
        return f"the {draw.choice(NOUNS)} and the {draw.choice(NOUNS)} {draw.choice(VERBS)} the {draw.choice(NOUNS)}"

    return [f"In the end {words()} near the {draw.choice(NOUNS)} of {draw.choice(NOUNS)}." for _ in range(count)]


def article(text: str) -> ArticleText:
    return article_text(Path("x.txt"), text, Metadata(), agencies=Agencies())


def test_a_copy_a_cut_copy_and_a_copy_with_another_frame_are_one_text() -> None:
    report = sentences(1)
    texts = [
        " ".join(report),
        " ".join(sentences(2)),
        "Another Title\n\nSEOUL (AFP) - " + "\n\n".join(report) + "\n\nPost a Comment",
        " ".join(report[:12]),
        " ".join([*sentences(3, 4), *report[2:]]),
    ]
    assert near_duplicates([article(text) for text in texts]) == [{0, 2, 3, 4}]


def test_reports_of_one_subject_with_a_shared_sentence_are_not() -> None:
    shared = "In the end the guard and the minister watched the river near the bridge of winter."
    assert near_duplicates([article(" ".join([*sentences(seed), shared])) for seed in range(5)]) == []


def test_a_brief_that_stands_in_a_report_is_not_the_report() -> None:
    report = sentences(1)
    assert near_duplicates([article(" ".join(report)), article(report[0])]) == []
    assert near_duplicates([article(report[0]), article(report[0].upper())]) == [{0, 1}]


def test_none_and_one() -> None:
    assert near_duplicates([]) == []
    assert near_duplicates([article("A boat was found on the beach.")]) == []


@given(st.permutations(range(6)))
def test_the_order_of_the_articles_does_not_matter(order: list[int]) -> None:
    texts = [" ".join(sentences(index // 2)[index % 2 :]) for index in range(6)]
    groups = near_duplicates([article(texts[index]) for index in order])
    assert sorted(sorted(order[place] for place in group) for group in groups) == [[0, 1], [2, 3], [4, 5]]

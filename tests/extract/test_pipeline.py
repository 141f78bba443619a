"""The extractor as a whole: one record, the same each time, and who made it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from kg.article.read import read
from kg.article.text import ArticleText
from kg.errors import UsageError
from kg.extract.pipeline import extract, extract_many, extractor
from kg.facts.model import Facts

TEXT = (
    "A North Korean soldier crossed the Military Demarcation Line on Sunday, the Joint Chiefs of Staff said. "
    "He was taken into custody on the eastern front. "
    "Last year 236 North Koreans arrived in the South, the unification ministry says."
)


def source(tmp_path: Path, name: str = "a.txt") -> ArticleText:
    """The text as an article that was read."""
    path = tmp_path / name
    path.write_text(TEXT, encoding="utf-8")
    found = read(path, date(2025, 3, 4))
    assert isinstance(found, ArticleText)
    return found


def test_a_record_is_the_same_each_time_and_fits_its_schema(tmp_path: Path) -> None:
    article = source(tmp_path)
    first, second = extract(article), extract(article)
    encoded = msgspec.json.encode(first)
    assert encoded == msgspec.json.encode(second)
    assert msgspec.json.decode(encoded, type=Facts) == first


def test_all_kinds_of_facts_come_out_of_one_text(tmp_path: Path) -> None:
    facts = extract(source(tmp_path))
    assert {mention.cls for mention in facts.mentions} >= {"Incident", "Person", "Organization", "Route", "Statistic"}
    assert facts.extractor == extractor()


def test_several_articles_keep_their_order(tmp_path: Path) -> None:
    assert list(extract_many([])) == []
    one, two = source(tmp_path, "a.txt"), source(tmp_path, "b.txt")
    assert list(extract_many([one, two])) == [extract(one), extract(two)]


def test_a_record_is_given_before_the_next_article_is_read(tmp_path: Path) -> None:
    read_so_far: list[str] = []

    def articles() -> Iterator[ArticleText]:
        for name in ("a.txt", "b.txt"):
            read_so_far.append(name)
            yield source(tmp_path, name)

    made = extract_many(articles())
    assert read_so_far == []
    assert next(made) == extract(source(tmp_path, "a.txt"))
    assert read_so_far == ["a.txt"]


def test_an_unknown_border_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        extract(source(tmp_path), "nowhere")


def test_the_extractor_names_its_version_and_hash() -> None:
    made = extractor()
    assert made.name == "rules"
    assert len(made.hash) == 64

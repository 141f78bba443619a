from __future__ import annotations

import pytest

from kg.consolidate.sources import Independence, Sources
from kg.facts.model import CitedSource
from kg.mapping.statements import ArticleStatements
from tests.support.facts import Draft


def article(words: str, *sources: str) -> ArticleStatements:
    draft = Draft(words, sources=tuple(CitedSource(name=s) for s in sources))
    return ArticleStatements.of(draft.facts(), draft.text)


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (([],), (1, 1)),
        ((["AFP"],), (1, 1)),
        ((["AFP"], ["afp"]), (1, 1)),
        ((["AFP"], ["AP"]), (2, 2)),
        ((["AFP"], []), (1, 2)),
        (([], []), (1, 2)),
        ((["AFP"], ["AP"], ["AFP", "AP"]), (1, 1)),
        ((["AFP"], ["AP"], [], []), (2, 4)),
    ],
)
def test_one_wire_is_one_source(named: tuple[list[str], ...], expected: tuple[int, int]) -> None:
    articles = [article(f"text {n}", *sources) for n, sources in enumerate(named)]
    assert Sources(articles).of(a.id for a in articles) == Independence(*expected)


def test_near_identical_texts_are_one_source() -> None:
    articles = [article("one"), article("two"), article("three")]
    twins = [(articles[0].id, articles[1].id)]
    assert Sources(articles, twins).of(a.id for a in articles) == Independence(1, 2)


def test_no_article_is_no_source() -> None:
    assert Sources([]).of([]) == Independence(0, 0)


def test_names_alone_count_as_the_articles_do() -> None:
    named = {"a": frozenset({"AFP"}), "b": frozenset({"AP"}), "c": frozenset[str](), "d": frozenset({"AFP"})}
    assert Sources.named(named).of("abcd") == Independence(2, 3)
    assert Sources.named(named, [("b", "c")]).of("abcd") == Independence(2, 2)
    assert Sources.named(named).of("ad") == Independence(1, 1)

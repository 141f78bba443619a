from __future__ import annotations

from itertools import permutations

import pytest

from kg.identity.resolve import Decisions, Identity, identify
from kg.knowledge import Knowledge
from kg.mapping.statements import ArticleStatements, Chain
from tests.support.stories import dated, figures, recalled, statements, undated


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


@pytest.fixture(scope="module")
def articles() -> list[ArticleStatements]:
    return statements(dated(), recalled(), undated(), figures())


def chain(articles: list[ArticleStatements], number: int, quote: str, ordinal: int = 0) -> Chain:
    article = articles[number]
    found = next(m for m in article.facts.mentions if m.quote == quote)
    return Chain(article.id, found.chain, ordinal)


SERGEANT = [
    (0, "came over the eastern front"),
    (1, "a soldier walked across the land border"),
    (2, "a sergeant reached the eastern front"),
]


def test_accounts_of_one_incident_are_one(articles: list[ArticleStatements], knowledge: Knowledge) -> None:
    identity = identify(articles[:2], knowledge)
    first, second = (identity.iris[chain(articles, n, q)] for n, q in SERGEANT[:2])
    assert first != second, "a month and a kind of person alone, over routes that only one names, say too little"
    identity = identify(articles, knowledge)
    assert identity.iris[chain(articles, *SERGEANT[0])] == identity.iris[chain(articles, *SERGEANT[2])]


def test_two_incidents_of_one_article_are_never_one(articles: list[ArticleStatements], knowledge: Knowledge) -> None:
    iris = identify(articles, knowledge).iris
    assert iris[chain(articles, 0, "came over the eastern front")] != iris[chain(articles, 0, "crossed by sea")]


def test_order_of_articles_does_not_matter(articles: list[ArticleStatements], knowledge: Knowledge) -> None:
    outcomes = [identify(list(order), knowledge).iris for order in permutations(articles)]
    assert all(outcome == outcomes[0] for outcome in outcomes)


def test_unnamed_persons_are_keyed_on_their_incident(articles: list[ArticleStatements], knowledge: Knowledge) -> None:
    iris = identify(articles, knowledge).iris
    incident = iris[chain(articles, 0, "came over the eastern front")].rsplit("/", 1)[-1]
    assert iris[chain(articles, 0, "A sergeant from the North")].endswith(f"/person/{incident}-1")
    assert iris[chain(articles, 0, "A sergeant from the North")] == iris[chain(articles, 2, "a sergeant")]


def test_a_group_is_as_many_persons(articles: list[ArticleStatements], knowledge: Knowledge) -> None:
    iris = identify(articles, knowledge).iris
    students = {iris[chain(articles, 1, "two students", n)] for n in (1, 2)}
    assert len(students) == 2


def test_a_gazetteer_entry_is_itself(articles: list[ArticleStatements], knowledge: Knowledge) -> None:
    iris = identify(articles, knowledge).iris
    assert iris[chain(articles, 1, "the land border")].endswith("/id/route/dmz")


def decide(articles: list[ArticleStatements], knowledge: Knowledge, **decisions: object) -> Identity:
    return identify(articles, knowledge, Decisions(**decisions))  # type: ignore[arg-type]


def test_a_negative_judgement_outranks_the_score(articles: list[ArticleStatements], knowledge: Knowledge) -> None:
    pair = frozenset((chain(articles, *SERGEANT[0]), chain(articles, *SERGEANT[2])))
    iris = decide(articles, knowledge, different=frozenset({pair})).iris
    assert len({iris[c] for c in pair}) == 2


def test_a_positive_judgement_outranks_the_score(articles: list[ArticleStatements], knowledge: Knowledge) -> None:
    pair = frozenset((chain(articles, 0, "crossed by sea"), chain(articles, *SERGEANT[1])))
    iris = decide(articles, knowledge, same=frozenset({pair})).iris
    assert len({iris[c] for c in pair}) == 1


def test_a_registered_id_stays_and_a_second_one_is_replaced(
    articles: list[ArticleStatements], knowledge: Knowledge
) -> None:
    one, other = chain(articles, *SERGEANT[0]), chain(articles, *SERGEANT[2])
    base = "https://w3id.org/crossings/id/incident/"
    identity = decide(articles, knowledge, registered={one: base + "a" * 16, other: base + "b" * 16})
    assert identity.iris[one] == identity.iris[other] == base + "a" * 16
    assert identity.replaced == {base + "b" * 16: base + "a" * 16}


def test_the_founder_is_the_earliest_dated_article(articles: list[ArticleStatements], knowledge: Knowledge) -> None:
    iris = identify(articles, knowledge).iris
    founding = articles[0].mention_ids[chain(articles, *SERGEANT[0]).chain]
    assert iris[chain(articles, *SERGEANT[2])].endswith(founding)

from __future__ import annotations

import msgspec

from kg.facts.model import Block
from kg.mapping.facts_index import FactsIndex
from kg.mapping.statements import ArticleStatements
from tests.support.facts import Draft
from tests.support.stories import dated


def test_parts_are_found_by_their_local_ids() -> None:
    facts = dated().facts()
    index = FactsIndex(facts)
    assert index.mentions == {m.id: m for m in facts.mentions}
    assert index.times == {t.id: t for t in facts.times}
    assert index.quantities == {q.id: q for q in facts.quantities}
    assert index.claim_ids.keys() == {c.id for c in facts.claims}


def test_a_chain_counts_the_persons_of_its_largest_group() -> None:
    draft = Draft("Four men crossed. The men were tired.")
    four, men = draft.mention("Person", "Four men", count=4), draft.mention("Person", "The men")
    other = FactsIndex(draft.facts())
    assert [other.counts[other.mentions[m].chain] for m in (four, men)] == [4, 1]


def test_what_is_worked_out_of_the_facts_is_shared() -> None:
    article = ArticleStatements.of(dated().facts())
    gone = frozenset({article.statements[0].id})
    assert article.without(gone).mention_ids is article.mention_ids


def test_statements_are_found_by_what_they_are_about() -> None:
    article = ArticleStatements.of(dated().facts())
    for statement in article.statements:
        assert statement in article.said(statement.subject)
    assert sum(len(article.said(s)) for s in {s.subject for s in article.statements}) == len(article.statements)
    assert article.without(frozenset(s.id for s in article.statements)).said(article.statements[0].subject) == ()


def test_a_stretch_has_the_kind_of_the_block_that_it_lies_in() -> None:
    blocks = (Block(id="b1", kind="heading", start=2, end=6), Block(id="b2", kind="paragraph", start=8, end=20))
    index = FactsIndex(msgspec.structs.replace(dated().facts(), blocks=blocks))
    stretches = [(2, 6), (3, 5), (8, 20), (0, 1), (1, 3), (5, 9), (6, 8), (19, 21), (30, 31)]
    heading, paragraph = "heading", "paragraph"
    assert [index.block_kind(*each) for each in stretches] == [heading, heading, paragraph, *[None] * 6]
    assert FactsIndex(msgspec.structs.replace(dated().facts(), blocks=())).block_kind(0, 1) is None

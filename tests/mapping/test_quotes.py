from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.mapping.quotes import QUOTE_SHARE, QUOTE_WORDS, QuoteBudget, Span
from kg.mapping.statements import ArticleStatements
from tests.support.facts import Draft

WORDS = [f"w{n:03}" for n in range(300)]
TEXT = " ".join(WORDS)


def spans_of(ranges: list[tuple[int, int]]) -> tuple[ArticleStatements, list[Span]]:
    draft = Draft(TEXT)
    incident = draft.mention("Incident", WORDS[0])
    spans = []
    for first, count in ranges:
        quote = " ".join(WORDS[first : first + count])
        draft.claim(incident, "cx:usage", "words", quote)
        spans.append(draft.find(quote))
    return ArticleStatements.of(draft.facts(), TEXT), spans


@given(st.lists(st.tuples(st.integers(0, 260), st.integers(1, 40)), min_size=1, max_size=12))
def test_never_more_than_a_tenth_and_no_long_quote(ranges: list[tuple[int, int]]) -> None:
    article, spans = spans_of(ranges)
    budget = QuoteBudget.spend(article, spans[:2], spans[2:])
    released = {n for a, b in budget.released for n, word in enumerate(WORDS) if a <= TEXT.index(word) < b}
    assert len(released) <= len(WORDS) // QUOTE_SHARE
    for (start, end), (_, count) in zip(spans, ranges, strict=True):
        if (start, end) in budget.released:
            assert count <= QUOTE_WORDS
            assert budget.allows(start, end)


def test_flat_values_are_served_first() -> None:
    article, (early, late) = spans_of([(0, 20), (200, 20)])
    assert QuoteBudget.spend(article, [late], [early]).released == {late}


def test_a_quote_inside_another_costs_nothing() -> None:
    article, (outer, inner) = spans_of([(10, 25), (12, 6)])
    assert QuoteBudget.spend(article, [outer], [inner]).allows(*inner)

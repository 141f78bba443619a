from __future__ import annotations

import msgspec
import pytest

from kg.article.read import read_source
from kg.article.text import ArticleText
from kg.errors import CrossingsError
from kg.writing.quotes import require_quotes
from tests.facts.records import TEXT, good_facts


@pytest.fixture
def text() -> ArticleText:
    return read_source("x", TEXT, "text/plain")


def test_true_quotes_are_let_through(text: ArticleText) -> None:
    require_quotes(good_facts(), text)


@pytest.mark.parametrize("part", ["mentions", "times", "quantities"])
def test_other_words_are_found(text: ArticleText, part: str) -> None:
    facts = good_facts()
    first, *rest = getattr(facts, part)
    shifted = msgspec.structs.replace(first, start=first.start + 1, end=first.end + 1)
    with pytest.raises(CrossingsError, match=f"x: the words at {shifted.start} are not those"):
        require_quotes(msgspec.structs.replace(facts, **{part: (shifted, *rest)}), text)


def test_other_words_behind_a_claim_are_found(text: ArticleText) -> None:
    facts = good_facts()
    claim = facts.claims[0]
    evidence = msgspec.structs.replace(claim.evidence[0], quote="x" * len(claim.evidence[0].quote))
    changed = msgspec.structs.replace(claim, evidence=(evidence,))
    with pytest.raises(CrossingsError, match="are not those of the facts"):
        require_quotes(msgspec.structs.replace(facts, claims=(changed, *facts.claims[1:])), text)

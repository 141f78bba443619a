from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from kg.facts.model import Facts
from kg.identity.anchors import anchor_of, find_anchor
from kg.mapping.statements import ArticleStatements, Chain
from tests.support.facts import Draft

STATED = "0" * 63 + "1"


def report(before: str = "", between: str = "", stated: str = STATED) -> ArticleStatements:
    """Two men cross in the same words; the anchor is to the second."""
    draft = Draft(f"{before}A man crossed at dawn. {between}Years ago a man crossed too, by the river.", id=stated)
    first = draft.mention("Incident", "man crossed")
    second = draft.mention("Incident", "man crossed", occurrence=1)
    draft.claim(first, "cx:incidentType", "itype:crossing", "crossed at dawn")
    draft.claim(second, "cx:incidentType", "itype:crossing", "crossed too")
    draft.claim(second, "cx:outcome", "outcome:custody", "by the river")
    return ArticleStatements.of(draft.facts(), draft.text)


def second(article: ArticleStatements) -> Chain:
    return Chain(article.id, article.facts.mentions[1].chain)


PROSE = st.text("abcdefg ", max_size=60).map(lambda words: f"{words}. ")


@given(PROSE, PROSE)
def test_an_inserted_paragraph_moves_no_anchor_and_no_id(before: str, between: str) -> None:
    old, new = report(), report(before, between)
    assert find_anchor(anchor_of(old, second(old)), new) == second(new)
    assert list(old.mention_ids.values()) == list(new.mention_ids.values())
    assert set(old.claim_ids.values()) == set(new.claim_ids.values())


def test_words_that_are_gone_do_not_anchor() -> None:
    old = report()
    draft = Draft("Nothing of the kind was seen at all.", id=STATED)
    gone = ArticleStatements.of(draft.facts(), draft.text)
    assert find_anchor(anchor_of(old, second(old)), gone) is None


@dataclass(frozen=True)
class Digests:
    """A digest's sentences in other words, and where the original says them."""

    pairs: tuple[tuple[tuple[int, int], tuple[int, int]], ...]

    def to_original(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        return [original for (a, b), original in self.pairs if a < end and start < b]


def digest_facts(original: ArticleStatements) -> tuple[Facts, str, Digests]:
    draft = Draft(
        "In the early morning somebody came over. Long before, another had come along the water.",
        id=STATED,
        kind="digest",
    )
    one = draft.mention("Incident", "came over")
    other = draft.mention("Incident", "had come along the water")
    draft.claim(one, "cx:incidentType", "itype:crossing", "came over")
    draft.claim(other, "cx:incidentType", "itype:crossing", "had come")
    draft.claim(other, "cx:outcome", "outcome:custody", "along the water")
    assert original.text is not None
    stop, middle = original.text.index(".") + 1, draft.text.index(".") + 1
    pairs = (((0, middle), (0, stop)), ((middle, len(draft.text)), (stop, len(original.text))))
    return draft.facts(), draft.text, Digests(pairs)


def test_a_decision_on_a_digest_holds_for_its_original_and_back() -> None:
    original = report()
    facts, text, passages = digest_facts(original)
    digest = ArticleStatements.of(facts, text, passages)
    assert find_anchor(anchor_of(digest, second(digest)), original) == second(original)
    assert find_anchor(anchor_of(original, second(original)), digest) == second(digest)

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from kg.ids import claim_ids, digest, mention_ids, normalise
from tests.support.facts import Draft
from tests.support.stories import dated, undated


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_different_parts_have_different_digests(one: list[str], other: list[str]) -> None:
    plain = [[part.replace("\x1f", " ") for part in parts] for parts in (one, other)]
    assert (digest(*one) == digest(*other)) == (plain[0] == plain[1] or plain in ([[], [""]], [[""], []]))


@given(st.text())
def test_normalising_twice_changes_nothing_in_case_and_space(words: str) -> None:
    assert normalise(normalise(words).upper().lower()) == normalise(normalise(words).upper().lower()).strip()
    assert "  " not in normalise(words)


def test_two_mentions_in_the_same_words_have_two_ids() -> None:
    draft = Draft("A man came. A man went.")
    draft.mention("Person", "A man")
    draft.mention("Person", "A man", occurrence=1)
    assert len(set(mention_ids("a" * 64, draft.mentions).values())) == 2


def test_a_better_resolver_changes_no_id() -> None:
    facts = undated().facts()
    better = msgspec.structs.replace(
        facts, times=tuple(msgspec.structs.replace(t, edtf="2020-01-01", anchor=None) for t in facts.times)
    )
    mentions = mention_ids(facts.article.id, facts.mentions)
    assert claim_ids(facts, mentions) == claim_ids(better, mentions)


def test_ids_of_claims_are_distinct() -> None:
    facts = dated().facts()
    ids = claim_ids(facts, mention_ids(facts.article.id, facts.mentions))
    assert len(set(ids.values())) == len(facts.claims)

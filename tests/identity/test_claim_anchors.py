from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.curation.model import ClaimAnchor
from kg.identity.claim_anchors import claim_anchor_of, find_claims
from kg.mapping.statements import ArticleStatements, Statement
from tests.support.facts import Draft

STATED = "0" * 63 + "2"


def report(before: str = "", between: str = "", *, text: bool = True) -> ArticleStatements:
    """Two crossings dated in the same words; a hedged claim beside the second."""
    draft = Draft(
        f"{before}A man came over in July. {between}A woman rowed south, also in July, in her boat.", id=STATED
    )
    first = draft.mention("Incident", "came over")
    second = draft.mention("Incident", "rowed south")
    start, _ = draft.find("in July", 1)
    draft.claim(first, "cx:dateEDTF", draft.time("July", edtf="2031-07"), "in July")
    draft.claim(second, "cx:dateEDTF", draft.time("July", edtf="2031-07"), "also in July", raw="July")
    draft.claim(second, "cx:dateEDTF", draft.time("July", edtf="2031-07"), "rowed south, also in July", raw="in July",
                certainty="possible")  # fmt: skip
    draft.claim(second, "cx:incidentType", "itype:maritime-crossing", "rowed south")
    assert start > 0
    return ArticleStatements.of(draft.facts(), draft.text if text else None)


def dates(article: ArticleStatements) -> list[Statement]:
    return [s for s in article.statements if s.predicate == "cx:dateEDTF"]


PROSE = st.text("abcdefg ", max_size=60).map(lambda words: f"{words}. ")


@given(PROSE, PROSE, st.sampled_from([0, 1]))
def test_an_inserted_paragraph_moves_no_anchor(before: str, between: str, which: int) -> None:
    old, new = report(), report(before, between)
    anchor = claim_anchor_of(old, dates(old)[which])
    found = find_claims(anchor, new)
    assert dates(new)[which] in found
    assert {s.subject for s in found} == {dates(new)[which].subject}


def test_all_claims_of_the_entity_on_the_words_are_meant_however_firm() -> None:
    article = report()
    place = ClaimAnchor(article=STATED, cls="Incident", predicate="cx:dateEDTF", quote="in July", occurrence=1)
    assert [s.claim.certainty for s in find_claims(place, article)] == ["asserted", "possible"]


def test_of_two_places_the_surroundings_choose() -> None:
    article = report()
    for around, quote in (({"prefix": "came over "}, "in July"), ({"suffix": ", in her boat"}, "also in July")):
        place = ClaimAnchor(article=STATED, cls="Incident", predicate="cx:dateEDTF", quote="in July", **around)  # type: ignore[arg-type]
        assert find_claims(place, article)[0].claim.evidence[0].quote == quote


def test_without_the_text_the_words_of_the_claims_are_searched() -> None:
    article = report(text=False)
    place = ClaimAnchor(article=STATED, cls="Incident", predicate="cx:dateEDTF", quote="ALSO in  july")
    assert {s.claim.evidence[0].quote for s in find_claims(place, article)} == {
        "also in July",
        "rowed south, also in July",
    }


@pytest.mark.parametrize(
    "other",
    [
        {"quote": "in August"},
        {"predicate": "cx:disclosureDate"},
        {"cls": "Statistic"},
        {"quote": "A man"},
    ],
)
def test_words_property_and_class_must_all_fit(other: dict[str, str]) -> None:
    article = report()
    place = {"cls": "Incident", "predicate": "cx:dateEDTF", "quote": "in July", **other}
    assert find_claims(ClaimAnchor(article=STATED, **place), article) == ()  # type: ignore[arg-type]


def test_words_that_date_two_incidents_point_to_neither() -> None:
    draft = Draft("Both crossed in July.", id=STATED)
    time = draft.time("July", edtf="2031-07")
    for quote in ("Both", "crossed"):
        draft.claim(draft.mention("Incident", quote), "cx:dateEDTF", time, "in July", raw=quote)
    article = ArticleStatements.of(draft.facts(), draft.text)
    assert len(dates(article)) == 2
    place = ClaimAnchor(article=STATED, cls="Incident", predicate="cx:dateEDTF", quote="in July")
    assert find_claims(place, article) == ()


@dataclass(frozen=True)
class Digests:
    """A digest's sentences, and where the original says them."""

    pairs: tuple[tuple[tuple[int, int], tuple[int, int]], ...]

    def to_original(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        return [original for (a, b), original in self.pairs if a < end and start < b]


def digest(original: ArticleStatements) -> ArticleStatements:
    draft = Draft("Somebody walked across at midsummer. Another came by water that month.", id=STATED, kind="digest")
    first = draft.mention("Incident", "walked across")
    second = draft.mention("Incident", "came by water")
    draft.claim(first, "cx:dateEDTF", draft.time("midsummer", edtf="2031-07"), "at midsummer")
    draft.claim(second, "cx:dateEDTF", draft.time("that month", edtf="2031-07"), "that month")
    assert original.text is not None
    stop, middle = original.text.index(".") + 1, draft.text.index(".") + 1
    pairs = (((0, middle), (0, stop)), ((middle, len(draft.text)), (stop, len(original.text))))
    return ArticleStatements.of(draft.facts(), draft.text, Digests(pairs))


@pytest.mark.parametrize("which", [0, 1])
def test_a_correction_of_a_digest_holds_for_its_original_and_back(which: int) -> None:
    original = report()
    ours = digest(original)
    here, there = dates(ours)[which], dates(original)[which]
    assert there in find_claims(claim_anchor_of(ours, here), original)
    assert find_claims(claim_anchor_of(original, there), ours) == (here,)


def test_a_digest_without_its_passages_cannot_be_found_from_the_original() -> None:
    original = report()
    ours = digest(original)
    bare = ArticleStatements.of(ours.facts, ours.text)
    assert find_claims(claim_anchor_of(original, dates(original)[0]), bare) == ()

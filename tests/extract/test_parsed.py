"""A parse as plain objects says what spaCy's says, of every token and every span."""

from __future__ import annotations

from typing import Literal

import pytest
import spacy.tokens
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import nlp
from kg.extract.parsed import Doc, Span, Token

TEXTS = (
    "Two soldiers, who had swum across the river on Monday, were held by the army. They want to stay, officials said.",
    'She said: "We left in 2019, crossed two countries and a river, and came here." Nobody knew her name.',
    "Seoul's spy agency (NIS) won't comment.",
    "  A text with  odd   spaces . ",
    "Man Flees North",
    "",
)
PLAIN = ("i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "whitespace_")
FLAGS = ("is_alpha", "is_punct", "is_space", "is_upper", "like_num", "is_sent_end")


def parsed(text: str) -> tuple[Doc, spacy.tokens.Doc]:
    raw = nlp.load()(text)
    return Doc(raw, base=7), raw


def places(tokens: object) -> list[int]:
    return [token.i for token in tokens]  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_are_as_spacy_has_them(text: str) -> None:
    doc, raw = parsed(text)
    assert (doc.text, len(doc), doc.base) == (raw.text, len(raw), 7)
    for ours, theirs in zip(doc, raw, strict=True):
        assert [getattr(ours, name) for name in PLAIN] == [getattr(theirs, name) for name in PLAIN]
        assert [getattr(ours, name) for name in FLAGS] == [getattr(theirs, name) for name in FLAGS]
        assert ours.is_sent_start == bool(theirs.is_sent_start)
        assert len(ours) == len(theirs)
        assert ours.head is doc[theirs.head.i]
        for name in ("children", "lefts", "rights", "subtree", "ancestors", "conjuncts"):
            assert places(getattr(ours, name)) == places(getattr(theirs, name)), name
        assert (ours.left_edge.i, ours.right_edge.i) == (theirs.left_edge.i, theirs.right_edge.i)
        assert (ours.sent.start, ours.sent.end) == (theirs.sent.start, theirs.sent.end)
        assert ours.depth == len(list(theirs.ancestors))


@pytest.mark.parametrize("text", TEXTS)
def test_sentences_and_entities_are_as_spacy_has_them(text: str) -> None:
    doc, raw = parsed(text)
    assert [(s.start, s.end) for s in doc.sents] == [(s.start, s.end) for s in raw.sents]
    assert [(e.start, e.end, e.label_) for e in doc.ents] == [(e.start, e.end, e.label_) for e in raw.ents]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(TEXTS), st.data())
def test_spans_are_as_spacy_has_them(text: str, data: st.DataObject) -> None:
    doc, raw = parsed(text)
    bound = st.integers(-len(doc) - 3, len(doc) + 3)
    start, end = data.draw(bound), data.draw(bound)
    ours, theirs = doc[start:end], raw[start:end]
    assert (ours.start, ours.end, ours.text, len(ours)) == (theirs.start, theirs.end, theirs.text, len(theirs))
    assert (ours.start_char, ours.end_char) == (theirs.start_char, theirs.end_char)
    assert places(ours) == places(theirs)
    if len(ours):
        assert ours.root.i == theirs.root.i
        assert (ours.sent.start, ours.sent.end) == (theirs.sent.start, theirs.sent.end)
        assert [(e.start, e.end) for e in ours.ents] == [(e.start, e.end) for e in theirs.ents]
        first, last = data.draw(bound), data.draw(bound)
        inner, theirs_inner = ours[first:last], theirs[first:last]
        assert (inner.start, inner.end) == (theirs_inner.start, theirs_inner.end)
        place = data.draw(st.integers(-len(ours), len(ours) - 1))
        assert ours[place].i == theirs[place].i


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(TEXTS[:5]), st.data())
def test_spans_by_code_points_are_as_spacy_has_them(text: str, data: st.DataObject) -> None:
    doc, raw = parsed(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    modes: tuple[Literal["strict", "contract", "expand"], ...] = ("strict", "contract", "expand")
    for mode in modes:
        ours, theirs = doc.char_span(start, end, mode), raw.char_span(start, end, alignment_mode=mode)
        bounds = None if theirs is None else (theirs.start, theirs.end)
        assert (None if ours is None else (ours.start, ours.end)) == bounds


def test_a_token_is_one_object_and_equal_spans_are_equal() -> None:
    doc, _ = parsed(TEXTS[0])
    other, _ = parsed(TEXTS[0])
    assert doc[3] is doc[:][3] is doc.tokens[3]
    assert doc[3] != other[3]
    assert doc[1:3] == Span(doc, 1, 3)
    assert hash(doc[1:3]) == hash(Span(doc, 1, 3))
    assert doc[1:3] != other[1:3]
    assert doc[1:3] != doc[1:4]
    assert doc[1:3].text == "soldiers,"


def test_a_place_outside_is_refused() -> None:
    doc, _ = parsed(TEXTS[2])
    words = doc[1:3]
    for place in (2, -3):
        with pytest.raises(IndexError, match="a span of 2"):
            words[place]
    last: Token = doc[-1]
    assert last.nbor(-1) is doc[len(doc) - 2]
    with pytest.raises(IndexError, match="no token 1 places"):
        last.nbor()
    with pytest.raises(IndexError, match="no token -1 places"):
        doc[0].nbor(-1)
    with pytest.raises(ValueError, match="no step"):
        doc[::2]

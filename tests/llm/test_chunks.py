"""A long article is cut so that no word is lost, no piece is too long, and every offset stays true."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg.facts.model import Block, BlockKind
from kg.llm.chunks import LIMIT, Piece, pieces


def article(*paragraphs: tuple[BlockKind, str]) -> tuple[str, list[Block]]:
    text, blocks = "", []
    for number, (kind, words) in enumerate(paragraphs):
        blocks.append(Block(id=f"b{number}", kind=kind, start=len(text), end=len(text) + len(words)))
        text += words + "\n\n"
    return text, blocks


def test_an_article_of_a_usual_length_is_one_piece() -> None:
    text, blocks = article(("headline", "A headline"), ("byline", "By Nobody"), ("paragraph", "Words. " * 500))
    made = pieces(text, blocks)
    assert len(made) == 1
    assert len(text) < LIMIT
    assert made[0].text(text) == f"A headline\n\n{'Words. ' * 500}", "a byline states nothing and is not sent"


def test_pieces_overlap_by_whole_sentences() -> None:
    text, blocks = article(*[("paragraph", f"Number {n} stands here. It is the {n}th of them. ") for n in range(40)])
    made = pieces(text, blocks, limit=200, overlap=60)
    assert len(made) > 4
    for before, after in pairwise(made):
        first = text[slice(*after.stretches[0])]
        assert first in before.text(text), "the next piece begins with the end of the one before"
        assert first.startswith(("Number", "It is"))


def test_an_empty_article_has_no_pieces() -> None:
    assert pieces("", []) == ()
    assert pieces("  \n", [Block(id="b", kind="paragraph", start=0, end=3)]) == ()
    text, blocks = article(("boilerplate", "Copyright somebody"))
    assert pieces(text, blocks) == ()


@given(
    st.lists(st.text(alphabet="ab .\n", max_size=80), max_size=12),
    st.integers(20, 120),
    st.integers(0, 9),
)
def test_no_word_is_lost_and_no_piece_is_too_long(paragraphs: list[str], limit: int, overlap: int) -> None:
    text, blocks = article(*(("paragraph", words) for words in paragraphs))
    made = pieces(text, blocks, limit=limit, overlap=overlap)
    covered: set[int] = set()
    for piece in made:
        assert sum(end - start for start, end in piece.stretches) <= limit
        assert piece.text(text) == "\n\n".join(text[a:b] for a, b in piece.stretches)
        ends = 0
        for start, end in piece.stretches:
            assert any(block.start <= start < end <= block.end for block in blocks)
            assert start >= ends
            ends = end
            covered |= set(range(start, end))
    lost = {i for block in blocks for i in range(block.start, block.end) if not text[i].isspace()} - covered
    assert not lost
    assert len(set(made)) == len(made)


def test_a_piece_says_its_words() -> None:
    assert Piece(((0, 1), (2, 3))).text("a b") == "a\n\nb"

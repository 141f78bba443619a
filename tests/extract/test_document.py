from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.document import offsets, parse
from kg.extract.nlp import load
from kg.facts.model import Article, Block

NLP = load()
ARTICLE = Article(id="0" * 64, text_sha256="0" * 64, length=0)


def parsed(text: str, *blocks: tuple[str, int, int]):  # type: ignore[no-untyped-def]
    made = tuple(Block(id=f"b{n}", kind=kind, start=a, end=b) for n, (kind, a, b) in enumerate(blocks))  # type: ignore[arg-type]
    return parse(ARTICLE, text, made, NLP)


@settings(max_examples=25, deadline=None)
@given(st.text("ab \n\u00a0\u2019\u201c\U0001f6a8.", max_size=30), st.text("abc \n\u2019.", min_size=1, max_size=60))
def test_every_token_stands_where_it_says(before: str, words: str) -> None:
    text = before + words
    document = parsed(text, ("paragraph", len(before), len(text)))
    for sentence in document.sentences:
        for token in sentence.span:
            start, end = offsets(token)
            plain = (
                text[start:end].replace("\u2019", "'").replace("\u201c", '"').replace("\u00a0", " ").replace("\n", " ")
            )
            assert plain == token.text


def test_a_hard_wrap_does_not_end_a_sentence() -> None:
    text = "The man was held by the army,\nwhich questioned him."
    (sentence,) = parsed(text, ("paragraph", 0, len(text))).sentences
    assert (sentence.start, sentence.end) == (0, len(text))


def test_blocks_do_not_bleed_and_silent_ones_are_not_parsed() -> None:
    text = "Soldier crosses border\nA man came. He was seen.\nPost a comment"
    document = parsed(text, ("headline", 0, 22), ("paragraph", 23, 47), ("boilerplate", 48, 62))
    assert [s.span.text for s in document.sentences] == ["Soldier crosses border", "A man came.", "He was seen."]
    assert document.evidence(25, 28).block == "b1"
    assert document.quote(25, 28) == "man"

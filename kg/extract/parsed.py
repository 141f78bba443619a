"""A parse as plain Python objects: what the extractor reads of spaCy's, worked out once a block.

The names are spaCy's (`Token.children`, `Span.root`, `Doc.char_span`; https://spacy.io/api), and so is what they mean.
spaCy makes a new object for each token that is looked at and walks the tree for each question; the extractor asks of
every token many times, which took more time than the parser itself. Here a token is one object, equal to itself alone,
and its children are a tuple.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, overload

if TYPE_CHECKING:
    import spacy.tokens
    from spacy.vocab import Vocab

__all__ = ["Doc", "Span", "Token"]

#: What is known of a word wherever it stands: text, small letters, is_alpha, is_punct, is_space, is_upper, like_num.
_Word: TypeAlias = tuple[str, str, bool, bool, bool, bool, bool]


class Token:
    """A token of a parse. `i` counts tokens and `idx` code points, both from the start of the block."""

    __slots__ = (
        "_subtree",
        "children",
        "dep_",
        "doc",
        "ent_type_",
        "head",
        "i",
        "idx",
        "is_alpha",
        "is_punct",
        "is_sent_end",
        "is_sent_start",
        "is_space",
        "is_upper",
        "lemma_",
        "like_num",
        "lower_",
        "pos_",
        "sent",
        "tag_",
        "text",
        "whitespace_",
    )

    head: Token
    children: tuple[Token, ...]
    sent: Span

    def __init__(self, doc: Doc, raw: spacy.tokens.Token, words: dict[int, _Word]) -> None:
        self.doc = doc
        self.i: int = raw.i
        self.idx: int = raw.idx
        known = words.get(raw.orth)
        if known is None:
            known = words[raw.orth] = _word(raw)
        self.text, self.lower_, self.is_alpha, self.is_punct, self.is_space, self.is_upper, self.like_num = known
        self.lemma_: str = raw.lemma_
        self.pos_: str = raw.pos_
        self.tag_: str = raw.tag_
        self.dep_: str = raw.dep_
        self.ent_type_: str = raw.ent_type_
        self.whitespace_: str = raw.whitespace_
        self.is_sent_start = self.is_sent_end = False
        self._subtree: tuple[Token, ...] | None = None

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def lefts(self) -> tuple[Token, ...]:
        """The children before it."""
        return tuple([child for child in self.children if child.i < self.i])

    @property
    def rights(self) -> tuple[Token, ...]:
        """The children behind it."""
        return tuple([child for child in self.children if child.i > self.i])

    @property
    def left_edge(self) -> Token:
        """The first token of the subtree."""
        return min(self.subtree, key=_position)

    @property
    def right_edge(self) -> Token:
        """The last token of the subtree."""
        return max(self.subtree, key=_position)

    @property
    def depth(self) -> int:
        """The number of tokens above it."""
        return sum(1 for _ in self.ancestors)

    @property
    def subtree(self) -> tuple[Token, ...]:
        """The token and all below it, left children before it and right children behind it."""
        if self._subtree is None:
            below = [token for child in self.lefts for token in child.subtree]
            below.append(self)
            below += [token for child in self.rights for token in child.subtree]
            self._subtree = tuple(below)
        return self._subtree

    @property
    def ancestors(self) -> Iterator[Token]:
        """The tokens above it, the nearest first."""
        node = self
        while node.head is not node:
            node = node.head
            yield node

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """The tokens that it is coordinated with."""
        return tuple(self.doc[token.i] for token in self.doc.raw[self.i].conjuncts)

    def nbor(self, distance: int = 1) -> Token:
        """The token so many places on.

        Raises:
            IndexError: There is none.
        """
        if not 0 <= self.i + distance < len(self.doc):
            raise IndexError(f"no token {distance} places from token {self.i}")
        return self.doc[self.i + distance]


class Span:
    """Tokens of a parse that stand together; two spans of the same tokens are equal."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self.doc = doc
        self.start = start
        self.end = end
        #: The type of a named entity.
        self.label_ = label

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    def __repr__(self) -> str:
        return self.text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> Span: ...
    def __getitem__(self, place: int | slice) -> Token | Span:
        if isinstance(place, slice):
            start, end = _bounds(len(self), place)
            return Span(self.doc, self.start + start, self.start + end)
        if not -len(self) <= place < len(self):
            raise IndexError(f"no token {place} in a span of {len(self)}")
        return self.doc.tokens[(self.end if place < 0 else self.start) + place]

    def _identity(self) -> tuple[int, int, int, str]:
        return id(self.doc), self.start, self.end, self.label_

    @property
    def text(self) -> str:
        """The words, without the space behind them."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def start_char(self) -> int:
        """The first code point, from the start of the block."""
        tokens = self.doc.tokens
        return tokens[self.start].idx if self.start < len(tokens) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """One past the last code point, from the start of the block."""
        if self.end == self.start:
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def root(self) -> Token:
        """The token with the fewest tokens above it, of those whose head is not in the span.

        A mark or space with nothing below it is one only where there is no other.
        """
        tokens = self.doc.tokens
        best, least = tokens[self.start], len(tokens)
        for token in tokens[self.start : self.end]:
            head = token.head
            if head is token:
                return token
            if self.start <= head.i < self.end:
                continue
            bare = (token.is_punct or token.is_space) and not token.children
            above = len(tokens) - 1 if bare else token.depth
            if above < least:
                best, least = token, above
        return best

    @property
    def sent(self) -> Span:
        """The sentence in which it begins."""
        return self.doc.tokens[self.start].sent

    @property
    def ents(self) -> list[Span]:
        """The named entities in it."""
        found = []
        for entity in self.doc.ents:
            if entity.start >= self.start:
                if entity.end > self.end:
                    break
                found.append(entity)
        return found


class Doc:
    """The parse of one block.

    Args:
        raw: The parse as spaCy gives it.
        base: Where the block begins in the article's text.
    """

    __slots__ = ("base", "ents", "raw", "sents", "text", "tokens", "user_data")

    def __init__(self, raw: spacy.tokens.Doc, base: int = 0) -> None:
        self.raw = raw
        self.base = base
        self.text: str = raw.text
        words: dict[int, _Word] = {}
        self.tokens: tuple[Token, ...] = tuple([Token(self, token, words) for token in raw])
        #: What readers of the parse keep beside it, so that they look for it once.
        self.user_data: dict[object, Any] = {}
        self._grow()
        self.sents: tuple[Span, ...] = tuple(Span(self, sent.start, sent.end) for sent in raw.sents)
        for sent in self.sents:
            sent[0].is_sent_start = sent[-1].is_sent_end = True
            for token in sent:
                token.sent = sent
        self.ents: tuple[Span, ...] = tuple(Span(self, one.start, one.end, one.label_) for one in raw.ents)

    def _grow(self) -> None:
        """The tree over the tokens."""
        tokens = self.tokens
        below: list[list[Token]] = [[] for _ in tokens]
        for token, raw in zip(tokens, self.raw, strict=True):
            head = raw.head.i
            token.head = tokens[head]
            if head != token.i:
                below[head].append(token)
        for token, children in zip(tokens, below, strict=True):
            token.children = tuple(children)

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    def __repr__(self) -> str:
        return self.text

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> Span: ...
    def __getitem__(self, place: int | slice) -> Token | Span:
        if isinstance(place, slice):
            return Span(self, *_bounds(len(self.tokens), place))
        return self.tokens[place]

    @property
    def vocab(self) -> Vocab:
        """The vocabulary of the pipeline."""
        return self.raw.vocab

    def char_span(
        self, start: int, end: int, alignment_mode: Literal["strict", "contract", "expand"] = "strict"
    ) -> Span | None:
        """The tokens between two code points of the block, or None where they are no whole tokens.

        Args:
            start: First code point.
            end: One past the last.
            alignment_mode: `contract` takes the tokens wholly inside, `expand` all that are touched.
        """
        found = self.raw.char_span(start, end, alignment_mode=alignment_mode)
        return None if found is None else Span(self, found.start, found.end)


def _position(token: Token) -> int:
    return token.i


def _word(token: spacy.tokens.Token) -> _Word:
    flags = (token.is_alpha, token.is_punct, token.is_space, token.is_upper, token.like_num)
    return (token.text, token.lower_, *flags)


def _bounds(length: int, place: slice) -> tuple[int, int]:
    """The ends of a slice; one that ends before it starts is empty where it starts."""
    start, end = place.start, place.stop
    if place.step is None and start is not None and end is not None and 0 <= start <= end <= length:
        return start, end
    start, end, step = place.indices(length)
    if step != 1:
        raise ValueError("a span has no step")
    return start, max(start, end)

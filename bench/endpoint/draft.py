"""An article that is written and read at once: words go in, and the facts know where they stand.

The text is made of paragraphs; what is added to one gives back the stretch that it fills. So every offset and quote of
the facts is that of a real text, though nobody reads it.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple, TypedDict

from kg.facts.model import (
    Article,
    Attribution,
    Block,
    BlockKind,
    Certainty,
    CitedSource,
    Claim,
    EntityClass,
    Evidence,
    Extractor,
    Facts,
    Mention,
    Quantity,
    Specificity,
    Tense,
    TimeExpression,
    Value,
)

__all__ = ["Draft", "Meant", "Span"]

_EXTRACTOR = Extractor(name="synthetic", version="1")


class Span(NamedTuple):
    """A stretch of the text, in code points, half-open."""

    start: int
    end: int


class Meant(TypedDict, total=False):
    """How a claim is meant, where that is not plainly asserted of the past."""

    certainty: Certainty
    specificity: Specificity
    negated: bool
    tense: Tense
    attribution: Attribution


class Draft:
    """An article in the making.

    Args:
        ident: What makes the article another than all others; its id is the sha256 of it.
    """

    def __init__(self, ident: str) -> None:
        self._id = hashlib.sha256(ident.encode()).hexdigest()
        self._words: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._mentions: list[Mention] = []
        self._times: list[TimeExpression] = []
        self._quantities: list[Quantity] = []
        self._claims: list[Claim] = []

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._words)

    def write(self, words: str) -> Span:
        """Add words to the open block, as they are."""
        start = self._length
        self._words.append(words)
        self._length += len(words)
        return Span(start, self._length)

    def block(self, kind: BlockKind = "paragraph") -> str:
        """Close the open block and begin another; its id."""
        self._close()
        if self._length:
            self.write("\n\n")
        ident = f"b{len(self._blocks) + 1}"
        self._blocks.append(Block(id=ident, kind=kind, start=self._length, end=self._length))
        return ident

    def since(self, start: int) -> Span:
        """The stretch from an offset to the end of the text so far, without white space at its end."""
        text = self.text[start:]
        return Span(start, start + len(text.rstrip()))

    @property
    def here(self) -> int:
        """The offset of what is written next."""
        return self._length

    def mention(
        self,
        cls: EntityClass,
        words: str,
        *,
        chain: str | None = None,
        name: str | None = None,
        concept: str | None = None,
        count: int = 1,
    ) -> str:
        """Write words that name an entity; the mention's id. `chain` is that of the entity's first mention."""
        span = self.write(words)
        return self.mention_at(cls, span, chain=chain, name=name, concept=concept, count=count)

    def mention_at(
        self,
        cls: EntityClass,
        span: Span,
        *,
        chain: str | None = None,
        name: str | None = None,
        concept: str | None = None,
        count: int = 1,
    ) -> str:
        """Take a stretch that is written for words that name an entity; the mention's id."""
        ident = f"m{len(self._mentions) + 1}"
        self._mentions.append(
            Mention(
                id=ident,
                cls=cls,
                start=span.start,
                end=span.end,
                quote=self._quote(span),
                chain=chain or ident,
                name=name,
                concept=concept,
                count=count,
            )
        )
        return ident

    def time(self, expression: TimeExpression, words: str) -> str:
        """Write a time expression; its id. Of `expression` the id, the place and the words are not looked at."""
        span = self.write(words)
        ident = f"t{len(self._times) + 1}"
        fields = {name: getattr(expression, name) for name in expression.__struct_fields__}
        fields |= {"id": ident, "start": span.start, "end": span.end, "quote": words}
        self._times.append(TimeExpression(**fields))
        return ident

    def quantity(self, words: str, unit: str, **given: str) -> str:
        """Write a number; its id. `given` are the fields of `Quantity` that it has."""
        span = self.write(words)
        ident = f"q{len(self._quantities) + 1}"
        self._quantities.append(
            Quantity(id=ident, start=span.start, end=span.end, quote=words, unit=unit, **given)  # type: ignore[arg-type]
        )
        return ident

    def attribution(self, words: str, mention: str, *, quoted: bool, official: bool) -> Attribution:
        """A speaker that was written just before; `words` are the last of the text."""
        return Attribution(
            text=words,
            start=self._length - len(words),
            end=self._length,
            mention=mention,
            quoted=quoted,
            official=official,
        )

    def claim(self, subject: str, predicate: str, value: Value, span: Span, meant: Meant | None = None) -> None:
        """State something with the words of a stretch as its evidence and as its raw value."""
        words = self._quote(span)
        self._claims.append(
            Claim(
                id=f"c{len(self._claims) + 1}",
                subject=subject,
                predicate=predicate,
                value=value,
                raw=words,
                evidence=(Evidence(start=span.start, end=span.end, quote=words, block=self._blocks[-1].id),),
                **(meant or {}),
            )
        )

    def facts(
        self, *, title: str, publisher: str, published: str | None, sources: tuple[CitedSource, ...] = ()
    ) -> Facts:
        """The record of all that was written and said."""
        self._close()
        text = self.text
        return Facts(
            article=Article(
                id=self._id,
                text_sha256=hashlib.sha256(text.encode()).hexdigest(),
                length=len(text),
                title=title,
                publisher=publisher,
                url=f"https://news.example/{self._id[:16]}",
                published=published,
                published_by="metadata" if published else None,
                sources=sources,
            ),
            extractor=_EXTRACTOR,
            blocks=tuple(self._blocks),
            mentions=tuple(self._mentions),
            times=tuple(self._times),
            quantities=tuple(self._quantities),
            claims=tuple(self._claims),
        )

    def _quote(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def _close(self) -> None:
        if self._blocks:
            last = self._blocks[-1]
            self._blocks[-1] = Block(id=last.id, kind=last.kind, start=last.start, end=self._length)

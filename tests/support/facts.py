"""Makes Facts by hand for tests: quotes are found in the text, so every offset is true."""

from __future__ import annotations

import hashlib
from typing import Any

from kg.facts.model import (
    Anchor,
    Article,
    Attribution,
    Block,
    CitedSource,
    Claim,
    EntityClass,
    Evidence,
    Extractor,
    Facts,
    Mention,
    Quantity,
    TimeExpression,
    Value,
)

__all__ = ["Draft"]


class Draft:
    """Facts in the making, for one text."""

    def __init__(
        self, text: str, *, published: str | None = None, sources: tuple[CitedSource, ...] = (), **article: Any
    ) -> None:
        self.text = text
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        self.article = Article(
            **{"id": sha256, **article},
            text_sha256=sha256,
            length=len(text),
            published=published,
            published_by="metadata" if published else None,
            sources=sources,
        )
        self.blocks = [Block(id="b1", kind="paragraph", start=0, end=len(text))]
        self.mentions: list[Mention] = []
        self.times: list[TimeExpression] = []
        self.quantities: list[Quantity] = []
        self.claims: list[Claim] = []

    def find(self, quote: str, occurrence: int = 0) -> tuple[int, int]:
        """Where the words stand."""
        start = -1
        for _ in range(occurrence + 1):
            start = self.text.index(quote, start + 1)
        return start, start + len(quote)

    def evidence(self, quote: str) -> Evidence:
        start, end = self.find(quote)
        return Evidence(start=start, end=end, quote=quote, block="b1")

    def mention(self, cls: EntityClass, quote: str, *, of: str | None = None, occurrence: int = 0, **rest: Any) -> str:
        """A mention; `of` is the mention that it corefers with."""
        start, end = self.find(quote, occurrence)
        ident = f"m{len(self.mentions) + 1}"
        self.mentions.append(Mention(id=ident, cls=cls, start=start, end=end, quote=quote, chain=of or ident, **rest))
        return ident

    def time(self, quote: str, **rest: Any) -> Value:
        """A time expression as a claim's value; `anchor` may be "publication" or an incident mention."""
        start, end = self.find(quote)
        ident = f"t{len(self.times) + 1}"
        anchor = rest.pop("anchor", None)
        if anchor is not None:
            anchor = Anchor(kind="publication") if anchor == "publication" else Anchor(kind="incident", ref=anchor)
        self.times.append(TimeExpression(id=ident, start=start, end=end, quote=quote, anchor=anchor, **rest))
        return Value(kind="time", value=ident)

    def amount(self, quote: str, unit: str = "unit:NUM", **rest: Any) -> Value:
        start, end = self.find(quote)
        ident = f"q{len(self.quantities) + 1}"
        self.quantities.append(Quantity(id=ident, start=start, end=end, quote=quote, unit=unit, **rest))
        return Value(kind="quantity", value=ident)

    def claim(self, subject: str, predicate: str, value: Value | str | int, quote: str, **rest: Any) -> str:
        """A claim; a string value is a mention of this draft, a prefixed name, or else words; an int an integer."""
        if isinstance(value, int):
            value = Value(kind="integer", value=value)
        elif isinstance(value, str):
            kinds = "mention" if any(m.id == value for m in self.mentions) else "concept" if ":" in value else "text"
            value = Value(kind=kinds, value=value)  # type: ignore[arg-type]
        by = rest.pop("by", None)
        if by is not None:
            start, end = self.find(by)
            flags = {name: rest.pop(name) for name in ("quoted", "official", "speaker") if name in rest}
            rest["attribution"] = Attribution(
                text=by, start=start, end=end, mention=flags.pop("speaker", None), **flags
            )
        ident = f"c{len(self.claims) + 1}"
        raw = rest.pop("raw", quote)
        self.claims.append(
            Claim(
                id=ident,
                subject=subject,
                predicate=predicate,
                value=value,
                raw=raw,
                evidence=(self.evidence(quote),),
                **rest,
            )
        )
        return ident

    def facts(self) -> Facts:
        return Facts(
            article=self.article,
            extractor=Extractor(name="hand", version="1"),
            blocks=tuple(self.blocks),
            mentions=tuple(self.mentions),
            times=tuple(self.times),
            quantities=tuple(self.quantities),
            claims=tuple(self.claims),
        )

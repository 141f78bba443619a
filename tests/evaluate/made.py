"""Gold and facts by hand, for texts of a few words: what the scorer compares, without a pipeline."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from kg.article.text import ArticleText
from kg.article.yaml_nodes import compose
from kg.consolidate.consolidate import consolidate
from kg.evaluate.folder import AnnotatedText, GoldFolder, located
from kg.evaluate.found import Found
from kg.evaluate.gold import GoldSet, GoldText
from kg.evaluate.yaml_text import Document
from kg.facts.model import (
    Anchor,
    Article,
    Attribution,
    Claim,
    Evidence,
    Extractor,
    Facts,
    Mention,
    Quantity,
    TimeExpression,
    Value,
)
from kg.knowledge import Knowledge
from kg.mapping.statements import ArticleStatements

__all__ = ["FIVE", "Made", "folder_of", "found_of", "gold_of"]

#: All classes, as a text that is annotated whole lists them.
FIVE = ("Incident", "Person", "Organization", "Route", "Statistic")


class Made:
    """A text, and the facts that somebody found in it."""

    def __init__(self, name: str, text: str, published: str | None = None) -> None:
        self.name = name
        self.text = text
        ident = hashlib.sha256(f"{name}\0{text}".encode()).hexdigest()
        self.article = Article(
            id=ident,
            text_sha256=hashlib.sha256(text.encode()).hexdigest(),
            length=len(text),
            published=published,
            published_by="text" if published else None,
        )
        self.mentions: list[Mention] = []
        self.times: list[TimeExpression] = []
        self.quantities: list[Quantity] = []
        self.claims: list[Claim] = []

    def span(self, words: str, nth: int = 1) -> tuple[int, int]:
        at = -1
        for _ in range(nth):
            at = self.text.index(words, at + 1)
        return at, at + len(words)

    def mention(self, cls: str, words: str, *, nth: int = 1, chain: str = "", **more: Any) -> str:
        start, end = self.span(words, nth)
        ident = f"m{len(self.mentions) + 1}"
        fields = {"id": ident, "cls": cls, "start": start, "end": end, "quote": words, "chain": chain or ident}
        self.mentions.append(Mention(**fields, **more))  # type: ignore[arg-type]
        return ident

    def evidence(self, words: str, nth: int = 1) -> Evidence:
        start, end = self.span(words, nth)
        return Evidence(start=start, end=end, quote=words)

    def claim(self, subject: str, predicate: str, value: Value, words: str, *, speaker: str = "", **more: Any) -> str:
        ident = f"c{len(self.claims) + 1}"
        if speaker:
            start, end = self.span(speaker)
            more["attribution"] = Attribution(text=speaker, start=start, end=end)
        evidence = (self.evidence(words),)
        made = Claim(id=ident, subject=subject, predicate=predicate, value=value, raw=words, evidence=evidence, **more)
        self.claims.append(made)
        return ident

    def concept(self, subject: str, predicate: str, name: str, words: str, **more: Any) -> str:
        return self.claim(subject, predicate, Value(kind="concept", value=name), words, **more)

    def refer(self, subject: str, predicate: str, mention: str, words: str, **more: Any) -> str:
        return self.claim(subject, predicate, Value(kind="mention", value=mention), words, **more)

    def date(self, subject: str, predicate: str, words: str, edtf: str | None, **more: Any) -> str:
        """A date; without EDTF text it counts from an article that states none, and stays open."""
        start, end = self.span(words)
        ident = f"t{len(self.times) + 1}"
        open_: dict[str, Any] = (
            {"unit": "day", "offset": 0, "anchor": Anchor(kind="publication")} if edtf is None else {}
        )
        self.times.append(TimeExpression(id=ident, start=start, end=end, quote=words, edtf=edtf, **open_))
        return self.claim(subject, predicate, Value(kind="time", value=ident), words, **more)

    def number(
        self, subject: str, words: str, *, unit: str = "unit:NUM", how: dict[str, Any] | None = None, **of: Any
    ) -> str:
        start, end = self.span(words)
        ident = f"q{len(self.quantities) + 1}"
        self.quantities.append(Quantity(id=ident, start=start, end=end, quote=words, unit=unit, **of))
        return self.claim(subject, "cx:value", Value(kind="quantity", value=ident), words, **(how or {}))

    def incident(self, words: str, date: str = "", edtf: str | None = None, kind: str = "itype:land-crossing") -> str:
        made = self.mention("Incident", words)
        self.concept(made, "cx:incidentType", kind, words)
        if date:
            self.date(made, "cx:dateEDTF", date, edtf)
        return made

    def person(self, words: str, name: str | None = None, incident: str = "", **more: Any) -> str:
        made = self.mention("Person", words, name=name, **more)
        if name is not None:
            self.claim(made, "cx:name", Value(kind="text", value=name), words)
        if incident:
            self.refer(incident, "cx:crosser", made, words)
        return made

    def body(self, cls: str, words: str, concept: str | None = None) -> str:
        made = self.mention(cls, words, name=words, concept=concept)
        self.claim(made, "cx:name", Value(kind="text", value=words), words)
        return made

    def facts(self) -> Facts:
        return Facts(
            article=self.article,
            extractor=Extractor(name="hand", version="1"),
            mentions=tuple(self.mentions),
            times=tuple(self.times),
            quantities=tuple(self.quantities),
            claims=tuple(self.claims),
        )

    def annotated(self, gold: GoldText, shared: bool = False) -> AnnotatedText:
        source = ArticleText(f"{self.name}.txt", self.article, self.text, ())
        document = Document(Path(f"{self.name}.gold.yaml"), compose("{}", "gold"))
        return located(AnnotatedText(self.name, document, gold, source, shared))


def gold_of(made: Made, /, classes: Sequence[str] = FIVE, **rows: Any) -> GoldText:
    """The gold of a text, as its YAML would give it."""
    return msgspec.convert(
        {"text": f"{made.name}.txt", "published": made.article.published, "classes": classes, **rows}, GoldText
    )


def folder_of(pairs: Iterable[tuple[Made, GoldText]], together: dict[str, Any] | None = None) -> GoldFolder:
    """A folder of texts with their gold, and what its `set.yaml` would give."""
    said = msgspec.convert({"keys": "text"} if together is None else together, GoldSet)
    texts = tuple(made.annotated(gold, said.keys == "set") for made, gold in pairs)
    return GoldFolder(Path("gold"), texts, said)


def found_of(*made: Made) -> Found:
    """What was found in some texts, linked."""
    knowledge = Knowledge.load()
    articles = tuple(ArticleStatements.of(m.facts(), m.text, knowledge=knowledge) for m in made)
    return Found(articles, consolidate(articles, knowledge), knowledge)

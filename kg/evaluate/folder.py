"""A folder of gold: its files read, and their words found in the texts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from kg.article.read import read
from kg.article.text import ArticleText
from kg.errors import UsageError
from kg.evaluate.gold import GoldEntity, GoldSet, GoldText, Words
from kg.evaluate.spots import Span, locate
from kg.evaluate.yaml_text import Document, read_record
from kg.facts.model import Facts

__all__ = ["CLASSES", "ENDING", "SET", "AnnotatedText", "GoldFolder", "class_of", "located", "read_texts"]

#: The classes that are scored, in the order of the tables, and the list of `GoldText` that holds each.
CLASSES = {
    "Incident": "incidents",
    "Person": "persons",
    "Organization": "organizations",
    "Route": "routes",
    "Statistic": "statistics",
}
#: What the name of a file of gold ends in.
ENDING = ".gold.yaml"
#: The file of what the texts say together.
SET = "set.yaml"


@dataclass(frozen=True)
class AnnotatedText:
    """A text with its gold: `name` is the gold file's name without its ending.

    `spots`, `evidence` and `claims` give the offsets of the gold's words by the keys of their rows, `never` those of
    `never_facts` in their order. `shared` says that its keys are those of the whole set.
    """

    name: str
    document: Document
    gold: GoldText
    source: ArticleText
    shared: bool = False
    spots: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    evidence: dict[str, dict[str, Span]] = field(default_factory=dict)
    claims: dict[str, Span] = field(default_factory=dict)
    never: tuple[Span, ...] = ()

    @cached_property
    def entities(self) -> dict[str, GoldEntity]:
        """All entities of the gold by their keys."""
        return {entity.key: entity for _, _, entity in self.rows()}

    def rows(self) -> Iterator[tuple[str, int, GoldEntity]]:
        """All entities of the gold, each with the list that it stands in and its place there."""
        for name in CLASSES.values():
            for number, entity in enumerate(getattr(self.gold, name)):
                yield name, number, entity

    def of(self, cls: str) -> tuple[GoldEntity, ...]:
        """The entities of a class, by key."""
        return tuple(sorted(getattr(self.gold, CLASSES[cls]), key=lambda entity: entity.key))

    def words(self, span: Span) -> str:
        """The words at some offsets."""
        return self.source.text[span[0] : span[1]]


@dataclass(frozen=True)
class GoldFolder:
    """All texts of a folder with their gold, and what `set.yaml` says of them together."""

    path: Path
    texts: tuple[AnnotatedText, ...]
    set: GoldSet = field(default_factory=lambda: GoldSet(keys="text"))
    document: Document | None = None


def class_of(entity: GoldEntity) -> str:
    """The class of an entity of the gold."""
    return type(entity).__name__.removeprefix("Gold")


def read_texts(folder: Path, articles: Path | None = None) -> GoldFolder:
    """Read a folder of gold with its texts; `kg.evaluate.checks` looks at what stands in it.

    Args:
        folder: It holds `*.gold.yaml`, and perhaps `set.yaml`.
        articles: Where the texts are; absent: beside the gold.

    Raises:
        UsageError: No such folder, or no gold in it.
        InputError: A gold file or text cannot be read, or words do not stand in it; with file, line and key.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder: give one that holds *{ENDING}")
    paths = sorted(folder.glob(f"*{ENDING}"))
    if not paths:
        raise UsageError(f"{folder} holds no *{ENDING}: give a folder of gold")
    if articles is not None and not articles.is_dir():
        raise UsageError(f"{articles}: no such folder: give the one that holds the texts")
    document, gold = None, GoldSet(keys="text")
    if (folder / SET).is_file():
        document, gold = read_record(folder / SET, GoldSet)
    texts = tuple(_annotated(path, articles or folder, gold.keys == "set") for path in paths)
    held: dict[str, AnnotatedText] = {}
    for text in texts:
        other = held.setdefault(text.source.article.id, text)
        if other is not text:
            raise text.document.error(f"is the article of {other.document.path} too: put it in another folder", "text")
    return GoldFolder(folder, texts, gold, document)


def _annotated(path: Path, folder: Path, shared: bool) -> AnnotatedText:
    document, gold = read_record(path, GoldText)
    file = folder / gold.text
    if not file.is_file():
        raise document.error(f"there is no text {file}: correct the name, or give --articles DIR", "text")
    if gold.sha256 is not None and hashlib.sha256(file.read_bytes()).hexdigest() != gold.sha256:
        raise document.error(f"{file} is not the text that was annotated, for its sha256 differs", "sha256")
    source = read(file)
    if isinstance(source, Facts):
        raise document.error(f"{file} holds facts and no text: name a text", "text")
    return located(AnnotatedText(path.name.removesuffix(ENDING), document, gold, source, shared))


def located(text: AnnotatedText) -> AnnotatedText:
    """The text with the words of its gold found in it.

    Raises:
        InputError: Words do not stand in the text; with file, line and key.
    """
    spots, evidence = {}, {}
    for name, number, entity in text.rows():
        found = (_find(text, words, name, number, "spots", n) for n, words in enumerate(entity.spots))
        spots[entity.key] = tuple(found)
        evidence[entity.key] = {
            slot: _find(text, words, name, number, "evidence", slot) for slot, words in entity.evidence.items()
        }
    claims = {c.key: _find(text, c.spot, "claims", number, "spot") for number, c in enumerate(text.gold.claims)}
    rows = enumerate(text.gold.never_facts)
    never = tuple(_find(text, row.spot, "never_facts", number, "spot") for number, row in rows)
    return replace(text, spots=spots, evidence=evidence, claims=claims, never=never)


def _find(text: AnnotatedText, words: Words, *steps: str | int) -> Span:
    try:
        return locate(words, text.source.text)
    except ValueError as error:
        raise text.document.error(str(error), *steps) from error

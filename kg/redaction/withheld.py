"""What is withheld from a graph: entities, the claims that speak of them, and the words that do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from msgspec.structs import replace as replace_fields

from kg.facts.model import Facts
from kg.mapping.statements import ArticleStatements, Chain, Statement
from kg.redaction.names import Names
from kg.redaction.sentences import hide

__all__ = ["NOTHING", "Tombstone", "Withheld"]

Span = tuple[int, int]


@dataclass(frozen=True)
class Tombstone:
    """All that a release says of an id that is withheld: the day, and the reason where one is given."""

    iri: str
    on: date
    reason: str | None


@dataclass(frozen=True)
class Withheld:
    """What is withheld.

    Attributes:
        tombstones: One for each id, those that were merged into a withheld entity among them.
        entities: How many entities they are of.
        chains: The entities' accounts, in the articles.
        claims: The ids of the claims about them, that name them as their value, or that were derived from such.
        hidden: The stretches of each article, by its id, that speak of them: apart and in order.
        names: Their names, to be found in any text.
        problems: A sentence for each redaction that cannot be used as it is.
    """

    tombstones: tuple[Tombstone, ...] = ()
    entities: int = 0
    chains: frozenset[Chain] = frozenset()
    claims: frozenset[str] = frozenset()
    hidden: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    names: Names = field(default_factory=Names, compare=False)
    problems: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tombstones)

    @property
    def iris(self) -> frozenset[str]:
        """Every id that is withheld."""
        return frozenset(stone.iri for stone in self.tombstones)

    def left(self, statements: Iterable[Statement]) -> tuple[Statement, ...]:
        """The statements that are not withheld."""
        return tuple(s for s in statements if s.id not in self.claims)

    def without(self, article: ArticleStatements) -> ArticleStatements:
        """An article without the claims that are withheld; its facts and its text stay as they are."""
        if not any(s.id in self.claims for s in article.statements):
            return article
        return replace(article, statements=self.left(article.statements))

    def text(self, article: ArticleStatements) -> str | None:
        """The text of an article, as far as it may be shown."""
        spans = self.hidden.get(article.id, ())
        return hide(article.text, spans) if article.text is not None and spans else article.text

    def facts(self, article: ArticleStatements) -> Facts:
        """The facts of an article without the mentions that are of nobody else."""
        record = article.facts
        kept = [m for m in record.mentions if not set(article.members(m.id)) <= self.chains]
        return record if len(kept) == len(record.mentions) else replace_fields(record, mentions=tuple(kept))

    def clean(self, sentence: str) -> str:
        """A sentence for people, or a word in its place where it names who is withheld."""
        return "withheld: it names an entity that is withheld" if self.names.name(sentence) else sentence


#: Nothing is withheld.
NOTHING = Withheld()

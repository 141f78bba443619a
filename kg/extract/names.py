"""Organisations, places, routes and named persons of an article, as mentions with their names as claims."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.extract.builder import FactsBuilder
from kg.extract.document import offsets
from kg.extract.lexicon import Lexicon
from kg.extract.naming import Found
from kg.extract.organizations import OrganizationFinder
from kg.extract.persons import PersonFinder
from kg.extract.places import PlaceFinder
from kg.extract.publications import find_publications
from kg.extract.routes import RouteFinder
from kg.facts.model import EntityClass, Mention, Value

if TYPE_CHECKING:
    from kg.extract.parsed import Span

__all__ = ["chained", "find_names"]


def find_names(builder: FactsBuilder, lexicon: Lexicon, *, ways: bool = True) -> None:
    """Add the organisations, places, routes and named persons of an article to a record.

    Every organisation, route and person gets a `cx:name` claim whose evidence is the name; a person also the claim that
    a name is given. Mentions of one entity share a chain.

    Args:
        builder: The record.
        lexicon: The words of the border.
        ways: Whether routes are looked for: not in an article that does not speak of this border.
    """
    document = builder.document
    organizations, places, routes = OrganizationFinder(lexicon), PlaceFinder(lexicon), RouteFinder(lexicon)
    persons = PersonFinder(lexicon)
    found: list[Found] = []
    for sentence in document.sentences:
        matches = lexicon.match(sentence.span, ("organization", "place"))
        bodies = organizations.find(sentence, matches)
        used = {i for name in bodies for i in range(name.span.start, name.span.end)}
        people = persons.find(sentence, used | places.tokens(sentence))
        used |= {i for name in people for i in range(name.span.start, name.span.end)}
        found += [*bodies, *people, *places.find(sentence, used), *(routes.find(sentence) if ways else ())]
    _record(builder, found)
    find_publications(builder, lexicon)


def chained(
    builder: FactsBuilder,
    cls: EntityClass,
    start: int,
    end: int,
    *,
    concept: str | None = None,
    name: str | None = None,
) -> Mention:
    """A mention of a gazetteer entry, in the chain of the entry's earlier mentions in this article."""
    same = (m.chain for m in builder.mentions.values() if m.cls == cls and concept and m.concept == concept)
    return builder.mention(cls, start, end, chain=next(same, None), name=name, concept=concept)


def _record(builder: FactsBuilder, found: Iterable[Found]) -> None:
    chains: dict[tuple[str, str], str] = {}
    for name in sorted(found, key=lambda name: (name.start, -name.end, name.cls)):
        chain = chains.get((name.cls, name.key))
        words = _text(builder, name.name) if name.name is not None else None
        mention = builder.mention(name.cls, name.start, name.end, chain=chain, name=words, concept=name.concept)
        chains.setdefault((name.cls, name.key), mention.chain)
        if name.name is None or words is None or name.cls == "Place":
            continue
        evidence = builder.document.evidence(*offsets(name.name))
        builder.claim(mention, "cx:name", Value(kind="text", value=words), evidence, tense="present")
        if name.cls == "Person":
            named = Value(kind="concept", value="namestatus:named")
            builder.claim(mention, "cx:nameStatus", named, evidence, tense="present")


def _text(builder: FactsBuilder, span: Span) -> str:
    if len(span) > 1 and span[0].text in {"the", "The", "a", "A", "an"}:
        span = span[1:]
    return " ".join(builder.document.quote(*offsets(span)).split())

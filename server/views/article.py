"""What the page of an article shows: what it is, what was read from it, and its evidence in place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.namespaces import BASE, expand
from server.describing import Description
from server.labels import Label, Labels
from server.views.evidence import ArticleView, ClaimView, Words, article_view, claims_of

__all__ = ["ArticlePage", "Cited", "Group", "Paragraph", "Piece", "article_page_view", "marked"]

#: The kinds of entities in the order of the page.
_KINDS = ("incident", "person", "route", "organization", "statistic", "place")


@dataclass(frozen=True)
class Cited:
    """A source that the article cites: its name, its part ("wire" and the like), its day."""

    name: str
    role: str | None
    organization: str | None
    published: str | None


@dataclass(frozen=True)
class Group:
    """The claims on one entity; `held` may be facts, `unheld` not."""

    iri: str
    label: Label
    held: tuple[ClaimView, ...]
    unheld: tuple[ClaimView, ...]


@dataclass(frozen=True)
class Piece:
    """A run of a paragraph: marked where evidence covers it; `anchors` are the evidences that begin with it."""

    text: str
    marked: bool
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the text."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class ArticlePage:
    """The page of an article. `text` is None where it may not be shown; `hidden` counts what is withheld inside it."""

    article: ArticleView
    rights: str | None
    url: str | None
    language: str | None
    length: int
    hash: str
    cited: tuple[Cited, ...]
    groups: tuple[Group, ...]
    text: tuple[Paragraph, ...] | None
    hidden: int = 0

    @property
    def evidence(self) -> list[Words]:
        """All that its claims rest on, in the order of the text."""
        claims = (claim for group in self.groups for claim in (*group.held, *group.unheld))
        found = {words.iri: words for claim in claims for words in claim.words}
        return sorted(found.values(), key=lambda words: (words.start, words.end))


def article_page_view(description: Description, labels: Labels) -> ArticlePage:
    """The view of what a description says.

    Args:
        description: Of the article, with its claims.
        labels: Of all that it names.
    """
    iri = description.iri
    text = description.texts.get(iri)
    # The words around a quote are not repeated: the page shows the text itself.
    claims = claims_of(replace(description, texts={}), description.subjects("cx:inArticle", iri), labels)
    return ArticlePage(
        article=article_view(description, iri),
        rights=description.text(iri, "dcterms:rights"),
        url=description.text(iri, "schema:url"),
        language=description.text(iri, "dcterms:language"),
        length=int(description.text(iri, "cx:textLength") or 0),
        hash=description.text(iri, "cx:textHash") or "",
        cited=tuple(_cited(description, source) for source in description.iris(iri, "cx:citedSource")),
        groups=_groups(claims, labels),
        text=marked(text, claims) if text is not None else None,
        hidden=int(description.text(iri, "cx:stretchesWithheld") or 0),
    )


def _cited(description: Description, iri: str) -> Cited:
    return Cited(
        name=description.text(iri, "skos:prefLabel") or iri,
        role=description.text(iri, "cx:sourceRole"),
        organization=next(iter(description.iris(iri, "cx:sourceOrganization")), None),
        published=description.text(iri, "dcterms:issued"),
    )


def _groups(claims: Sequence[ClaimView], labels: Labels) -> tuple[Group, ...]:
    by: dict[str, list[ClaimView]] = {}
    for claim in claims:
        by.setdefault(claim.subject, []).append(claim)
    remark = expand("cx:remark")
    groups = [
        Group(
            iri,
            labels.of(iri),
            tuple(c for c in found if c.held and c.predicate != remark),
            tuple(c for c in found if not c.held or c.predicate == remark),
        )
        for iri, found in by.items()
    ]
    return tuple(sorted(groups, key=lambda group: (_rank(group.iri), group.label.text)))


def _rank(iri: str) -> int:
    kind = iri.removeprefix(f"{BASE}id/").partition("/")[0]
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS)


def marked(text: str, claims: Sequence[ClaimView]) -> tuple[Paragraph, ...]:
    """A text in paragraphs, in which the evidence of claims is marked; stretches may overlap.

    Args:
        text: The text.
        claims: The claims.
    """
    stretches = {
        words.iri.rpartition("/")[2]: (words.start, words.end)
        for claim in claims
        for words in claim.words
        if 0 <= words.start < words.end <= len(text)
    }
    covered = bytearray(len(text))
    for start, end in stretches.values():
        covered[start:end] = b"\x01" * (end - start)
    blocks = list(_blocks(text))
    starts: dict[int, list[str]] = {}
    for name, (start, end) in sorted(stretches.items(), key=lambda item: (item[1], item[0])):
        # What begins between two paragraphs is found at the beginning of the second.
        first = next((max(start, block) for block, stop in blocks if stop > start), end)
        starts.setdefault(first, []).append(name)
    return tuple(Paragraph(tuple(_pieces(text, start, end, covered, starts))) for start, end in blocks)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Where the paragraphs of a text begin and end: what empty lines part, if there is anything in it."""
    at = 0
    for block in text.split("\n\n"):
        if block.strip():
            yield at, at + len(block)
        at += len(block) + 2


def _pieces(text: str, start: int, end: int, covered: bytearray, starts: dict[int, list[str]]) -> list[Piece]:
    cuts = sorted({start, end, *(at for at in starts if start < at < end)} | _changes(covered, start, end))
    return [Piece(text[one:other], bool(covered[one]), tuple(starts.get(one, ()))) for one, other in pairwise(cuts)]


def _changes(covered: bytearray, start: int, end: int) -> set[int]:
    return {at for at in range(start + 1, end) if covered[at] != covered[at - 1]}

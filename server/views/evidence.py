"""Claims as a page shows them: who says what, how firmly, in which words of which article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.article.naming import article_name
from kg.namespaces import expand
from server.describing import Description
from server.labels import Label, Labels
from server.page_queries import Term
from server.views.term import TermView, shown

__all__ = ["ArticleView", "ClaimView", "Words", "article_view", "claims_of"]

#: How many characters around a quote are shown, at most.
_AROUND = 110


@dataclass(frozen=True)
class ArticleView:
    """An article: `what` names it, as "our digest of PUBLISHER" where the words are ours."""

    iri: str
    title: str
    publisher: str | None
    published: str | None
    digest: bool
    no_date: bool

    @property
    def what(self) -> str:
        """Whose words these are."""
        publisher = self.publisher or "an article"
        return f"our digest of {publisher}" if self.digest else publisher


@dataclass(frozen=True)
class Words:
    """The words that a claim rests on.

    Attributes:
        iri: The evidence.
        quote: The words, or None where they are withheld.
        withheld: How many words are withheld.
        start: First code point in the article.
        end: One past the last.
        before: What stands before them, where the text may be shown.
        after: What stands behind them.
        anchor: The place on the page of the article.
    """

    iri: str
    quote: str | None
    withheld: int
    start: int
    end: int
    before: str
    after: str
    anchor: str


@dataclass(frozen=True)
class ClaimView:
    """One claim.

    Attributes:
        iri: The claim.
        subject: What it is about.
        predicate: The property that it is on.
        value: What it says.
        term: The same as the graph has it.
        raw: What the article says for it, where that is released.
        certainty: How firmly, by the name of the concept.
        held: Whether a claim that is meant like this may become a fact.
        marks: What else is to be said of how it is meant: negated, future, general.
        speaker: The words that name who says so.
        speakers: Who these are.
        rule: The rule by which it was worked out of several texts.
        article: The article.
        words: The evidence.
    """

    iri: str
    subject: str
    predicate: str
    value: TermView
    term: Term
    raw: str | None
    certainty: Label
    held: bool
    marks: tuple[str, ...]
    speaker: str | None
    speakers: tuple[tuple[str, Label], ...]
    rule: Label | None
    article: ArticleView
    words: tuple[Words, ...]


def article_view(description: Description, iri: str) -> ArticleView:
    """An article by its IRI."""
    publisher = description.text(iri, "dcterms:publisher")
    return ArticleView(
        iri=iri,
        title=article_name(iri, description.text(iri, "dcterms:title")),
        publisher=publisher,
        published=description.text(iri, "dcterms:issued"),
        digest=expand("cx:Digest") in description.iris(iri, "rdf:type"),
        no_date=description.text(iri, "cx:noDateStated") == "true",
    )


def claims_of(description: Description, iris: Iterable[str], labels: Labels) -> list[ClaimView]:
    """Claims by their IRIs, in the order of articles and of the text.

    Args:
        description: Holds them, with their evidence.
        iris: Which.
        labels: Of all that they name.
    """
    found = [claim for iri in iris if (claim := _claim(description, iri, labels)) is not None]
    return sorted(found, key=lambda c: (c.article.published or "9", c.article.iri, c.words[0].start if c.words else 0))


def _claim(description: Description, iri: str, labels: Labels) -> ClaimView | None:
    objects = description.values(iri, "rdf:object")
    predicate = next(iter(description.iris(iri, "rdf:predicate")), None)
    article = next(iter(description.iris(iri, "cx:inArticle")), None)
    if not objects or predicate is None or article is None:
        return None
    how = {name: next(iter(description.iris(iri, f"cx:{name}")), "") for name in ("certainty", "specificity", "tense")}
    negated = description.text(iri, "cx:negated") == "true"
    general = how["specificity"].endswith("#general")
    marks = [text for text, true in (("negated", negated), ("general", general)) if true]
    if how["tense"].endswith("#future"):
        marks.append("planned or expected")
    rule = next(iter(description.iris(iri, "cx:derivationRule")), None)
    return ClaimView(
        iri=iri,
        subject=next(iter(description.iris(iri, "rdf:subject")), iri),
        predicate=predicate,
        value=shown(objects[0], labels),
        term=objects[0],
        raw=description.text(iri, "cx:rawValue"),
        certainty=labels.of(how["certainty"]),
        held=not negated and {how["certainty"], how["tense"]} <= labels.admitted,
        marks=tuple(marks),
        speaker=description.text(iri, "cx:attributionText"),
        speakers=tuple((who, labels.of(who)) for who in description.iris(iri, "cx:attributedTo")),
        rule=labels.of(rule) if rule is not None else None,
        article=article_view(description, article),
        words=_words(description, iri, article),
    )


def _words(description: Description, claim: str, article: str) -> tuple[Words, ...]:
    text = description.texts.get(article)
    found = []
    for evidence in description.iris(claim, "cx:evidence"):
        start = end = -1
        quote = None
        for selector in description.iris(evidence, "oa:hasSelector"):
            position = description.text(selector, "oa:start")
            if position is not None:
                start, end = int(position), int(description.text(selector, "oa:end") or position)
            quote = description.text(selector, "oa:exact") or quote
        before, after = _around(text, start, end) if text is not None and quote is not None else ("", "")
        withheld = int(description.text(evidence, "cx:quoteWithheld") or 0)
        anchor = f"{article}#e-{evidence.rpartition('/')[2]}"
        found.append(Words(evidence, quote, withheld, start, end, before, after, anchor))
    return tuple(sorted(found, key=lambda words: (words.start, words.end)))


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The words around a stretch of a text, within its paragraph.

    >>> _around("One.\\n\\nHe walked across the line.", 9, 15)
    ('He ', ' across the line.')
    """
    before = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    after = text[end : end + _AROUND].partition("\n")[0]
    if len(before) == _AROUND:
        before = "… " + before.partition(" ")[2]
    if len(after) == _AROUND:
        after = after.rpartition(" ")[0] + " …"
    return before, after

"""The named graph of one article: its metadata, mentions, claims and evidence, and no direct triple about an entity."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable
from datetime import date
from urllib.parse import quote as percent_encoded

from pyoxigraph import NamedNode

from kg.facts.model import Article, Attribution, Claim, Extractor
from kg.ids import digest, entity_iri
from kg.mapping.quads import GraphWriter, Quads
from kg.mapping.quotes import QuoteBudget
from kg.mapping.statements import ArticleStatements, Chain, Statement
from kg.mapping.terms import Object, boolean, day, integer, text
from kg.mapping.values import main, parts
from kg.namespaces import graph_iri
from kg.redaction.withheld import NOTHING, Withheld

__all__ = ["article_graph", "claim_iri", "evidence_iri", "extractor_iri", "original_iri"]


def claim_iri(ident: str) -> str:
    """The IRI of a claim by its id."""
    return entity_iri("claim", ident)


def extractor_iri(extractor: Extractor) -> str:
    """The IRI of who read an article, by name and version; what no IRI may hold is percent-encoded (RFC 3986, 2.1)."""
    return entity_iri("extractor", percent_encoded(f"{extractor.name}-{extractor.version}", safe=""))


def evidence_iri(article: str, start: int, end: int) -> str:
    """The IRI of the words between two offsets of an article."""
    return entity_iri("evidence", digest(article, str(start), str(end)))


def original_iri(sha256: str) -> str:
    """The name of a text that we may not keep, by its hash (RFC 6920)."""
    name = base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{name}"


def article_graph(
    article: ArticleStatements,
    statements: Iterable[Statement],
    resolve: Callable[[Chain], str],
    budget: QuoteBudget,
    withheld: Withheld = NOTHING,
) -> Quads:
    """Write one article.

    Args:
        article: The article.
        statements: Its statements, derived ones included, without what is quarantined.
        resolve: The canonical IRI of a chain.
        budget: Which of the article's words may be released.
        withheld: Whom the graph may say nothing of.
    """
    writer = _Writer(article, resolve, budget, withheld)
    writer.metadata()
    for mention in withheld.facts(article).mentions:
        writer.mention(mention.id)
    for statement in statements:
        writer.claim(statement)
    return writer.out.quads


class _Writer:
    def __init__(
        self, article: ArticleStatements, resolve: Callable[[Chain], str], budget: QuoteBudget, withheld: Withheld
    ) -> None:
        self.article = article
        self.resolve = resolve
        self.budget = budget
        self.withheld = withheld
        self.out = GraphWriter(NamedNode(graph_iri(f"article/{article.id}")))
        record = article.facts
        self._extractor_iris = {e.name: extractor_iri(e) for e in (record.extractor, *record.extractors)}
        self._evidence: dict[tuple[int, int, str], str] = {}
        self._released: dict[tuple[int, int], bool] = {}

    def metadata(self) -> None:
        facts = self.article.facts.article
        node = self.article.iri
        shown = self.withheld.text(self.article) if facts.kind == "digest" else None
        hidden = self.withheld.hidden.get(facts.id, ())
        self.out.describe(
            node,
            [
                ("rdf:type", "cx:Digest" if facts.kind == "digest" else "cx:Article"),
                ("dcterms:identifier", text(facts.id)),
                ("dcterms:title", text(facts.title, facts.language) if facts.title else None),
                ("skos:prefLabel", text(facts.title, facts.language) if facts.title else None),
                ("dcterms:publisher", text(facts.publisher) if facts.publisher else None),
                ("dcterms:language", text(facts.language)),
                ("dcterms:rights", text(facts.rights) if facts.rights else None),
                ("schema:url", text(facts.url) if facts.url else None),
                ("cx:textHash", text(_sha256(shown) if shown and hidden else facts.text_sha256)),
                ("cx:textLength", integer(facts.length)),
                ("cx:stretchesWithheld", integer(len(hidden)) if shown and hidden else None),
            ],
        )
        self._dates(facts, node)
        if facts.kind == "digest":
            self.out.add(node, "prov:wasDerivedFrom", NamedNode(original_iri(facts.id)))
            if shown is not None:
                self.out.add(node, "cx:text", text(shown))
        for index, source in enumerate(facts.sources):
            cited = self.article.source_iri(index)
            self.out.add(node, "cx:citedSource", cited)
            self.out.describe(
                cited,
                [
                    ("rdf:type", "cx:CitedSource"),
                    ("skos:prefLabel", text(source.name)),
                    ("cx:sourceRole", text(source.role)),
                    ("cx:sourceOrganization", source.organization),
                    ("dcterms:issued", _date(source.published)),
                ],
            )
        record = self.article.facts
        for extractor in record.extractors or (record.extractor,):
            label = text(f"{extractor.name} {extractor.version}")
            self.out.describe(extractor_iri(extractor), [("rdf:type", "prov:SoftwareAgent"), ("skos:prefLabel", label)])

    def _dates(self, facts: Article, node: str) -> None:
        if facts.published:
            self.out.add(node, "dcterms:issued", _date(facts.published))
            self.out.add(node, "cx:publishedBy", text(facts.published_by or "metadata"))
        else:
            self.out.add(node, "cx:noDateStated", boolean(True))

    def _extractors(self, claim: Claim) -> list[str]:
        return [self._extractor_iris[name] for name in claim.extractors or (self.article.facts.extractor.name,)]

    def _allows(self, start: int, end: int) -> bool:
        """Whether the words between two offsets are released; several claims rest on the same words."""
        if (start, end) not in self._released:
            self._released[start, end] = self.budget.allows(start, end)
        return self._released[start, end]

    def _mention_iri(self, local: str) -> str:
        return entity_iri("mention", self.article.mention_ids[local])

    def mention(self, local: str) -> None:
        mention = self.article.mentions[local]
        node = self._mention_iri(local)
        self.out.describe(
            node,
            [
                ("rdf:type", "cx:Mention"),
                ("cx:mentionClass", f"cx:{mention.cls}"),
                ("cx:mentionChain", self._mention_iri(self.article.chains[mention.chain][0].id)),
                ("cx:inArticle", self.article.iri),
                ("cx:evidence", self.evidence(mention.start, mention.end, mention.quote)),
            ],
        )
        for chain in self.article.members(local):
            if chain not in self.withheld.chains:
                self.out.add(node, "cx:mentions", self.resolve(chain))

    def evidence(self, start: int, end: int, quote: str) -> str:
        """Write words, once, whoever rests on them."""
        words = (start, end, quote)
        if words not in self._evidence:
            self._evidence[words] = self._write_evidence(*words)
        return self._evidence[words]

    def _write_evidence(self, start: int, end: int, quote: str) -> str:
        node = evidence_iri(self.article.id, start, end)
        position = entity_iri("selector", f"{node.rsplit('/', 1)[-1]}-position")
        self.out.describe(
            node,
            [
                ("rdf:type", "cx:Evidence"),
                ("oa:hasSource", self.article.iri),
                ("oa:hasSelector", position),
            ],
        )
        if self.budget.hides(start, end):
            # The hash of a name is as good as the name to whoever guesses it.
            self.out.add(node, "cx:redacted", boolean(True))
        else:
            self.out.add(node, "cx:quoteHash", text(_sha256(quote)))
        kind = self.article.block_kind(start, end)
        if kind is not None:
            self.out.add(node, "cx:blockKind", text(kind))
        self.out.describe(
            position,
            [
                ("rdf:type", "oa:TextPositionSelector"),
                ("oa:start", integer(start)),
                ("oa:end", integer(end)),
            ],
        )
        if self._allows(start, end):
            exact = entity_iri("selector", f"{node.rsplit('/', 1)[-1]}-quote")
            self.out.add(node, "oa:hasSelector", exact)
            self.out.describe(exact, [("rdf:type", "oa:TextQuoteSelector"), ("oa:exact", text(quote))])
        else:
            self.out.add(node, "cx:quoteWithheld", integer(len(quote.split())))
        return node

    def claim(self, statement: Statement) -> None:
        claim = statement.claim
        node = claim_iri(statement.id)
        stated = main(statement.predicate, statement.value, self.resolve, claim.raw)
        if stated is None:
            return
        predicate, value = stated
        # A string object is the article's own words too: it is released with them or, as one short value, on its own.
        released = any(self._allows(e.start, e.end) for e in claim.evidence)
        about = str(claim.value.value) if claim.value.kind == "mention" else None
        self.out.describe(
            node,
            [
                ("rdf:type", "cx:Claim"),
                ("rdf:subject", self.resolve(statement.subject)),
                ("rdf:predicate", predicate),
                ("rdf:object", value),
                ("cx:subjectMention", self._mention_iri(claim.subject)),
                ("cx:objectMention", self._mention_iri(about) if about else None),
                ("cx:certainty", f"certainty:{claim.certainty}"),
                ("cx:specificity", f"specificity:{claim.specificity}"),
                ("cx:tense", f"tense:{claim.tense}"),
                ("cx:negated", boolean(claim.negated)),
                ("cx:inArticle", self.article.iri),
                ("cx:rawValue", text(claim.raw) if released else None),
                ("cx:resolvedAgainst", statement.resolved_against),
                ("cx:derivationRule", statement.rule),
            ],
        )
        for extractor in self._extractors(claim):
            self.out.add(node, "cx:extractor", extractor)
        for source in statement.derived_from:
            self.out.add(node, "prov:wasDerivedFrom", claim_iri(source))
        for name, part in parts(statement.predicate, statement.value):
            if name != predicate:
                self.out.add(node, name, part)
        for words in claim.evidence:
            self.out.add(node, "cx:evidence", self.evidence(words.start, words.end, words.quote))
        attribution = claim.attribution
        if attribution is not None:
            self.out.describe(
                node,
                [
                    ("cx:attributionText", None if self._hides(attribution) else text(attribution.text)),
                    ("cx:quotedSpeech", boolean(attribution.quoted)),
                    ("cx:officialSpeaker", boolean(attribution.official)),
                ],
            )
            if attribution.mention is not None:
                for chain in self.article.members(attribution.mention):
                    if chain not in self.withheld.chains:
                        self.out.add(node, "cx:attributedTo", self.resolve(chain))

    def _hides(self, speaker: Attribution) -> bool:
        return self.budget.hides(speaker.start, speaker.end)


def _sha256(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _date(value: str | None) -> Object | None:
    return day(date.fromisoformat(value)) if value else None

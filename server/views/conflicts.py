"""What the page of conflicts shows: which there are, and of some the values side by side with what is said for them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import Literal, NamedNode

from kg.conflict_sides import WEAKER, side
from kg.consolidate.sources import Independence, Sources
from kg.namespaces import curie, expand
from server.article_sources import read_sources
from server.describing import Description
from server.labels import Label, Labels, read_entity_labels
from server.page_queries import PageQueries, Row, Term
from server.views.evidence import ClaimView, claims_of
from server.views.term import TermView, shown

__all__ = ["UNDECIDED", "Conflict", "Listed", "Rule", "Side", "read_conflicts", "read_list", "rules"]

UNDECIDED = expand("rule:undecided")

# Ordered by us: the engine takes three times as long where it orders by an optional label.
_LIST = """SELECT ?conflict ?subject ?property ?rule ?reviewed ?label WHERE {
  ?conflict cx:onSubject ?subject ; cx:onProperty ?property ; cx:resolutionRule ?rule .
  OPTIONAL { ?conflict cx:reviewed ?reviewed }
  OPTIONAL { ?subject skos:prefLabel ?label }
}"""
_RULES = """SELECT ?rule ?order ?says WHERE {
  GRAPH graph:vocabulary {
    ?rule skos:broader rule:preference ; skos:definition ?says .
    OPTIONAL { ?rule cx:order ?order }
  }
}"""
_VALUES = """SELECT ?conflict ?value ?preferred WHERE {
#bind conflict
  { ?conflict cx:preferredValue ?value BIND (true AS ?preferred) }
  UNION { ?conflict cx:otherValue ?value BIND (false AS ?preferred) }
}"""
_BEHIND = """SELECT ?conflict ?claim WHERE {
#bind conflict
  ?conflict prov:wasDerivedFrom ?claim .
}"""
_TEXTS = """SELECT ?article ?text WHERE {
#bind article
  GRAPH ?g { ?article cx:text ?text }
}"""
#: How many articles give their text, from which the words around a quote are taken.
_MOST_TEXTS = 12
#: All of the claims behind some Conflicts, their evidence and the articles, as ?s ?p ?o.
_PARTS = (
    """?conflict prov:wasDerivedFrom ?s . GRAPH ?g { ?s ?p ?o
      FILTER (?p NOT IN (rdf:type, cx:extractor, cx:subjectMention, cx:objectMention, cx:quotedSpeech)) }""",
    """?conflict prov:wasDerivedFrom ?claim . GRAPH ?g { ?claim cx:evidence ?s . ?s ?p ?o
      FILTER (?p IN (oa:hasSelector, cx:quoteWithheld)) }""",
    """?conflict prov:wasDerivedFrom ?claim . GRAPH ?g { ?claim cx:evidence/oa:hasSelector ?s . ?s ?p ?o
      FILTER (?p != rdf:type) }""",
    """?conflict prov:wasDerivedFrom ?claim . GRAPH ?g { ?claim cx:inArticle ?s . ?s ?p ?o
      FILTER (?p IN (rdf:type, dcterms:title, dcterms:publisher, dcterms:issued, cx:noDateStated)) }""",
)


@dataclass(frozen=True)
class Listed:
    """A Conflict of the list: the entity with its label, the property, the rule, whether a person has reviewed it."""

    iri: str
    subject: str
    label: str
    on: str
    rule: str
    reviewed: bool


@dataclass(frozen=True)
class Rule:
    """A rule by its IRI, and what it says."""

    iri: str
    says: str


@dataclass(frozen=True)
class Side:
    """One of the values, with who says it; `sources` are the independent ones behind it."""

    view: TermView
    preferred: bool
    claims: tuple[ClaimView, ...]
    sources: Independence

    @property
    def articles(self) -> int:
        """In how many articles it is said."""
        return len({claim.article.iri for claim in self.claims})


@dataclass(frozen=True)
class Conflict:
    """A disagreement as the page shows it."""

    iri: str
    subject: str
    label: Label
    on: str
    on_label: Label
    rule: str
    reviewed: bool
    sides: tuple[Side, ...]

    @property
    def undecided(self) -> bool:
        """Whether no rule chose."""
        return self.rule == UNDECIDED

    @property
    def name(self) -> str:
        """A name for it within the page."""
        return f"conflict-{self.iri.rpartition('/')[2]}"

    @property
    def query(self) -> str:
        """It as a query."""
        return _QUERY.format(iri=self.iri, what=curie(self.on))


_QUERY = """# A disagreement on {what}: each claim with its words and its article
SELECT ?says ?certainty ?speaker ?quote ?article WHERE {{
  <{iri}> prov:wasDerivedFrom ?claim .
  GRAPH ?graph {{
    ?claim rdf:object ?says ; cx:certainty ?certainty ; cx:inArticle ?article ; cx:evidence ?evidence .
    OPTIONAL {{ ?claim cx:attributionText ?speaker }}
    OPTIONAL {{ ?evidence oa:hasSelector/oa:exact ?quote }}
  }}
}}
ORDER BY ?says ?article"""


async def read_list(queries: PageQueries) -> list[Listed]:
    """All Conflicts of a release: the undecided ones first, then by the label of the entity, then by the property."""
    found: dict[str, Listed] = {}
    for row in await queries.rows(_LIST):
        label, reviewed = row.get("label"), row.get("reviewed")
        iri = _text(row["conflict"])
        if iri in found and getattr(label, "language", None) != "en":
            continue
        found[iri] = Listed(
            iri,
            _text(row["subject"]),
            _text(label) if label is not None else "",
            _text(row["property"]),
            _text(row["rule"]),
            isinstance(reviewed, Literal) and reviewed.value == "true",
        )
    return sorted(found.values(), key=lambda c: (c.rule != UNDECIDED, c.label, c.on, c.iri))


async def rules(queries: PageQueries) -> dict[str, Rule]:
    """The rules in the order in which they are tried, by IRI."""
    rows = await queries.rows(_RULES)
    ordered = sorted(rows, key=lambda row: (int(_text(row["order"])) if "order" in row else 0, _text(row["rule"])))
    found = ((_text(row["rule"]), _text(row["says"])) for row in ordered)
    return {iri: Rule(iri, says) for iri, says in found}


async def read_conflicts(queries: PageQueries, labels: Labels, listed: Sequence[Listed]) -> list[Conflict]:
    """Conflicts of the list with all that is said.

    Args:
        queries: The release.
        labels: Of its terms.
        listed: Which.
    """
    nodes = _nodes([one.iri for one in listed])
    if not nodes:
        return []
    (values, behind, weaker), parts = await asyncio.gather(
        asyncio.gather(
            queries.rows(_VALUES, conflict=nodes), queries.rows(_BEHIND, conflict=nodes), queries.rows(WEAKER)
        ),
        asyncio.gather(
            *(
                queries.quads(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{\n#bind conflict\n{p} }}", conflict=nodes)
                for p in _PARTS
            )
        ),
    )
    found = Description("", quads=list(chain.from_iterable(parts)))
    articles = set(
        chain.from_iterable(found.iris(claim, "cx:inArticle") for claim in {_text(row["claim"]) for row in behind})
    )
    terms_named = chain((quad.object for quad in found.quads), (row["value"] for row in values))
    named = {one.subject for one in listed} | {
        term.value for term in terms_named if isinstance(term, NamedNode) and term.value.startswith(_ENTITY)
    }
    sources, more, texts = await asyncio.gather(
        read_sources(queries, articles),
        read_entity_labels(queries, {iri for iri in named if iri not in labels}),
        queries.rows(_TEXTS, article=_nodes(sorted(articles)[:_MOST_TEXTS])),
    )
    found.texts = {_text(row["article"]): _text(row["text"]) for row in texts}
    maker = _Maker(found, labels.and_of(more), values, behind, weaker, sources)
    return [maker.conflict(one) for one in listed]


#: What has a label of its own; those of concepts are known.
_ENTITY = tuple(expand(f"id:{kind}/") for kind in ("incident", "person", "organization", "route", "statistic", "place"))


class _Maker:
    """Makes Conflicts of what was read."""

    def __init__(
        self,
        description: Description,
        labels: Labels,
        values: Sequence[Row],
        behind: Sequence[Row],
        weaker: Sequence[Row],
        sources: Sources,
    ) -> None:
        self._description = description
        self._labels = labels
        self._sources = sources
        self._values: dict[str, list[tuple[Term, bool]]] = {}
        for row in values:
            preferred = _text(row["preferred"]) == "true"
            self._values.setdefault(_text(row["conflict"]), []).append((row["value"], preferred))
        self._behind: dict[str, list[str]] = {}
        for row in behind:
            self._behind.setdefault(_text(row["conflict"]), []).append(_text(row["claim"]))
        self._weaker: dict[str, set[str]] = {}
        for row in weaker:
            self._weaker.setdefault(_text(row["strong"]), set()).add(_text(row["weak"]))

    def conflict(self, one: Listed) -> Conflict:
        """One Conflict."""
        return Conflict(
            iri=one.iri,
            subject=one.subject,
            label=self._labels.of(one.subject),
            on=one.on,
            on_label=self._labels.of(one.on),
            rule=one.rule,
            reviewed=one.reviewed,
            sides=tuple(self._sides(one.iri)),
        )

    def _sides(self, iri: str) -> Sequence[Side]:
        values = sorted(self._values.get(iri, ()), key=lambda v: (not v[1], str(v[0])))
        terms = [term for term, _ in values]
        said: dict[Term, list[ClaimView]] = {term: [] for term in terms}
        for claim in claims_of(self._description, self._behind.get(iri, ()), self._labels) if terms else ():
            said[_one_of(terms, side(claim.term, terms, self._weaker))].append(claim)
        found = []
        for term, preferred in values:
            articles = {claim.article.iri.rpartition("/")[2] for claim in said[term]}
            found.append(Side(shown(term, self._labels), preferred, tuple(said[term]), self._sources.of(articles)))
        return found


def _one_of(terms: Sequence[Term], chosen: object) -> Term:
    return next(term for term in terms if term == chosen)


def _nodes(iris: Sequence[str]) -> list[NamedNode]:
    return [NamedNode(iri) for iri in iris]


def _text(term: Term) -> str:
    return str(getattr(term, "value", term))

"""Reads an entity of a release with a few queries: the same for a release on the disk and for a server."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import TypeAlias

from pyoxigraph import NamedNode

from kg.article.naming import article_name
from kg.client.entity import Claim, Disagreement, Entity, Evidence, Source
from kg.client.values import IRI, Term, Value, value_of
from kg.errors import NotFoundError, WithheldError
from kg.namespaces import CX, expand
from kg.querying import Rows
from kg.standing import STANDING, Standing

__all__ = ["Asking", "describe", "standing_of"]

#: Evaluates a query.
Asking: TypeAlias = Callable[[str], Rows]
Solution: TypeAlias = Mapping[str, Term]
#: The values of one thing by the local name of the property.
_Said: TypeAlias = dict[str, list[Term]]

_TITLE = expand("dcterms:title")
_OWN = """SELECT DISTINCT ?p ?o WHERE {
  { @iri ?p ?o } UNION { GRAPH ?g { @iri a ?article ; ?p ?o } FILTER (?article IN (cx:Article, cx:Digest)) }
}"""
# Two flat queries: one with an OPTIONAL for each part of a claim takes the engine three times as long. In an article
# stand its mentions of things as well, which are no claims.
_CLAIMS = """SELECT DISTINCT ?claim ?p ?o WHERE {
  GRAPH ?g { ?claim @property @iri ; a cx:Claim ; ?p ?o }
  FILTER (?p IN (rdf:subject, rdf:predicate, rdf:object, cx:inArticle, cx:rawValue, cx:certainty, cx:specificity,
                 cx:tense, cx:negated, cx:attributionText, cx:attributedTo, cx:derivationRule, cx:evidence))
} ORDER BY ?claim ?p ?o"""
_EVIDENCE = """SELECT DISTINCT ?evidence ?p ?o WHERE {
  GRAPH ?g {
    ?claim @property @iri ; a cx:Claim ; cx:evidence ?evidence .
    ?evidence oa:hasSelector? ?part .
    ?part ?p ?o
  }
  FILTER (?p IN (oa:start, oa:end, oa:exact, cx:quoteWithheld))
} ORDER BY ?evidence ?p ?o"""
_ARTICLES = """SELECT ?article ?title ?publisher ?published ?digest WHERE {
  VALUES ?article { @iris }
  GRAPH ?g {
    ?article a ?class .
    OPTIONAL { ?article dcterms:title ?title }
    OPTIONAL { ?article dcterms:publisher ?publisher }
    OPTIONAL { ?article dcterms:issued ?published }
  }
  FILTER (?class IN (cx:Article, cx:Digest))
  BIND (?class = cx:Digest AS ?digest)
} ORDER BY ?article ?title"""
_CONFLICTS = """SELECT ?conflict ?property ?rule ?reviewed ?which ?value WHERE {
  ?conflict cx:onSubject @iri ; cx:onProperty ?property ; cx:resolutionRule ?rule .
  OPTIONAL { ?conflict cx:reviewed ?reviewed }
  ?conflict ?which ?value .
  FILTER (?which IN (cx:preferredValue, cx:otherValue, prov:wasDerivedFrom))
} ORDER BY ?property ?conflict ?which ?value"""

# Each part binds for itself: joined to both of them, the engine would look through every label of the release.
_LABELS = """SELECT ?iri ?label WHERE {
  { VALUES ?iri { @iris } ?iri skos:prefLabel ?label }
  UNION { VALUES ?iri { @iris } GRAPH ?g { ?iri skos:prefLabel ?label } }
  FILTER (LANG(?label) IN ("en", ""))
}"""


def standing_of(ask: Asking, iri: str) -> str:
    """The IRI under which an entity is held: its own, or that of what it was merged into.

    Raises:
        NotFoundError: The release has nothing of that name.
        WithheldError: It is withheld.
    """
    solutions = _solutions(ask(STANDING.replace("#bind id", f"VALUES ?id {{ {NamedNode(iri)} }}")))
    found = Standing.of(solutions[0]) if solutions else Standing()
    if found.on is not None:
        raise WithheldError(iri, found.on, found.reason)
    if found.replaced_by is not None:
        return found.replaced_by
    if not found.known:
        raise NotFoundError(f"the release has nothing that is called <{iri}>: search finds what there is")
    return iri


def describe(ask: Asking, iri: str, kind: str) -> Entity:
    """All that a release says of an entity.

    Args:
        ask: Evaluates a query.
        iri: The entity; what was merged is followed.
        kind: The class of what it must be.

    Raises:
        NotFoundError: The release has nothing of that name.
        WithheldError: It is withheld.
    """
    held = standing_of(ask, iri)
    node = str(NamedNode(held))
    own = sorted(_solutions(ask(_OWN.replace("@iri", node))), key=_order)
    about = "cx:inArticle" if kind == "Article" else "rdf:subject"
    claims, words = (
        _said(ask(part.replace("@property", about).replace("@iri", node))) for part in (_CLAIMS, _EVIDENCE)
    )
    conflicts = _solutions(ask(_CONFLICTS.replace("@iri", node)))
    values = [term for said in claims.values() for term in said.get("object", ())]
    named = [*(row["o"] for row in own), *values, *(row["value"] for row in conflicts), NamedNode(held)]
    labels = _labels(ask, {term.value for term in named if isinstance(term, NamedNode)})
    sources = _sources(ask, {_iri(term) for said in claims.values() for term in said.get("inArticle", ())})
    properties: dict[str, dict[Value, None]] = {}
    for found in own:
        properties.setdefault(_name(_iri(found["p"])), {}).setdefault(labels.value(found["o"]))
    made = (_claim(claim, said, words, sources, labels) for claim, said in claims.items())
    disputed = groupby(conflicts, key=lambda row: str(row["conflict"]))
    if kind == "Article":
        titles = (_text(row["o"]) for row in own if _text(row["p"]) == _TITLE)
        labels[held] = article_name(held, next(titles, None))
    return Entity(
        iri=IRI(held, labels.get(held)),
        kind=kind,
        label=labels.get(held, IRI(held).local),
        properties={name: tuple(values) for name, values in properties.items()},
        claims=tuple(sorted(made, key=_reading)),
        disagreements=tuple(_disagreement(list(group), labels) for _key, group in disputed),
    )


class _Labels(dict[str, str]):
    """Labels by IRI."""

    def value(self, term: Term) -> Value:
        """The value of a term; an IRI with its label."""
        value = value_of(term)
        return IRI(value, self.get(value)) if isinstance(value, IRI) else value


def _labels(ask: Asking, iris: set[str]) -> _Labels:
    nodes = " ".join(str(NamedNode(iri)) for iri in sorted(iris))
    rows = _solutions(ask(_LABELS.replace("@iris", nodes)))
    pairs = sorted(((_iri(row["iri"]), _iri(row["label"])) for row in rows), reverse=True)
    return _Labels(pairs)  # of several labels the first


def _reading(claim: Claim) -> tuple[str, str, int, str]:
    """The order of reading: of articles by their date, and in an article of its text."""
    start = claim.evidence[0].start if claim.evidence else 0
    return (str(claim.article.published or "9"), claim.article.iri, start, claim.iri)


def _said(found: Rows) -> dict[str, _Said]:
    """What is said of each thing in the first column: values by the local name of the property."""
    said: dict[str, _Said] = {}
    for thing, property, value in found.rows:
        said.setdefault(_iri(thing), {}).setdefault(_local(property), []).append(value)
    return said


def _claim(iri: str, said: _Said, words: Mapping[str, _Said], sources: Mapping[str, Source], labels: _Labels) -> Claim:
    def first(name: str) -> Term:
        return next(iter(said.get(name, ())), None)

    article = _iri(first("inArticle"))
    evidence = [_evidence(_iri(term), words.get(_iri(term), {})) for term in said.get("evidence", ())]
    return Claim(
        iri=IRI(iri),
        subject=IRI(_iri(first("subject"))),
        predicate=IRI(_iri(first("predicate"))),
        value=labels.value(first("object")),
        raw=_text(first("rawValue")),
        certainty=_local(first("certainty")),
        specificity=_local(first("specificity")),
        tense=_local(first("tense")),
        negated=_text(first("negated")) == "true",
        speaker=_text(first("attributionText")),
        speakers=tuple(IRI(_iri(term)) for term in said.get("attributedTo", ())),
        rule=_local(first("derivationRule")) or None,
        article=sources.get(article, Source(IRI(article))),
        evidence=tuple(sorted(evidence, key=lambda each: (each.start, each.end, each.iri))),
    )


def _evidence(iri: str, said: _Said) -> Evidence:
    def first(name: str) -> str | None:
        return _text(next(iter(said.get(name, ())), None))

    return Evidence(
        iri=IRI(iri),
        quote=first("exact"),
        withheld=int(first("quoteWithheld") or 0),
        start=int(first("start") or 0),
        end=int(first("end") or 0),
    )


def _disagreement(rows: list[Solution], labels: _Labels) -> Disagreement:
    first = rows[0]
    values: dict[str, dict[Value, None]] = {}
    for row in rows:
        values.setdefault(_local(row["which"]), {}).setdefault(labels.value(row["value"]))
    return Disagreement(
        iri=IRI(_iri(first["conflict"])),
        property=IRI(_iri(first["property"])),
        preferred=next(iter(values.get("preferredValue", ())), None),
        others=tuple(values.get("otherValue", ())),
        rule=_local(first["rule"]),
        reviewed=_text(first["reviewed"]) == "true",
        claims=tuple(value for value in values.get("wasDerivedFrom", ()) if isinstance(value, IRI)),
    )


def _sources(ask: Asking, articles: Iterable[str]) -> dict[str, Source]:
    iris = " ".join(str(NamedNode(iri)) for iri in sorted(articles))
    found: dict[str, Source] = {}
    for row in _solutions(ask(_ARTICLES.replace("@iris", iris))) if iris else []:
        iri = _iri(row["article"])
        title, publisher = _text(row["title"]), _text(row["publisher"])
        digest = _text(row["digest"]) == "true"
        found.setdefault(
            iri, Source(IRI(iri, article_name(iri, title)), title, publisher, value_of(row["published"]), digest)
        )
    return found


def _solutions(found: Rows) -> list[Solution]:
    return [dict(zip(found.variables, row, strict=True)) for row in found.rows]


def _order(found: Solution) -> tuple[str, ...]:
    return tuple(str(found[name]) for name in ("p", "o"))


def _text(term: Term) -> str | None:
    return str(getattr(term, "value", term)) if term is not None else None


def _iri(term: Term) -> str:
    return _text(term) or ""


def _local(term: Term) -> str:
    return IRI(_iri(term)).local


def _name(property: str) -> str:
    """A property as `Entity.properties` names it."""
    return property.removeprefix(CX) if property.startswith(CX) else IRI(property).curie

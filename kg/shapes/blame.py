"""Which claims to keep out so that what breaks a shape is gone: the answer to "what is quarantined?".

A result about a claim or its words blames that claim; one about an entity blames the claims behind the offending value;
one about a Conflict blames the claims it rests on; one about an article blames the article. A claim that a correction
marks wrong stands behind no value, so it is not to blame for one. What rests on no claim and no article (a judgement, a
correction, a replaced id) cannot be kept out: it is handed back, and the release is refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from pyoxigraph import NamedNode, Quad

from kg.namespaces import BASE, expand
from kg.shapes.report import Report, Result

__all__ = ["Claims", "claims_at_fault"]

_SUBJECT, _PREDICATE, _OBJECT = (expand(f"rdf:{name}") for name in ("subject", "predicate", "object"))
_EVIDENCE, _SOURCE = expand("cx:evidence"), expand("oa:hasSource")
_DERIVED, _RULE = expand("prov:wasDerivedFrom"), expand("cx:derivationRule")
_CORRECTS = expand("cx:corrects")
_IN_ARTICLE, _TYPE = expand("cx:inArticle"), expand("rdf:type")
#: A claim by this rule is made anew from those it rests on as long as they stand, so those are to blame.
_REMADE = expand("rule:intersection")
_CLAIM, _ARTICLE = f"{BASE}id/claim/", f"{BASE}id/article/"


def claims_at_fault(report: Report, quads: Iterable[Quad]) -> tuple[set[str], set[str], tuple[Result, ...]]:
    """What to leave out because of a report's violations; warnings and infos blame nobody.

    Args:
        report: The outcome of a validation.
        quads: The quads that were validated.

    Returns:
        The ids of claims, the ids of articles, and the violations for which neither is to blame.
    """
    graph = Claims(quads)
    claims: set[str] = set()
    articles: set[str] = set()
    rest: list[Result] = []
    for result in report.results:
        if result.severity != "violation":
            continue
        blamed, article = graph.blame(result)
        claims |= {iri.removeprefix(_CLAIM) for iri in blamed}
        if article is not None:
            articles.add(article.removeprefix(_ARTICLE))
        if not blamed and article is None:
            rest.append(result)
    return claims, articles, tuple(rest)


class Claims:
    """The claims of a graph, found by what they are about."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._of: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._types: dict[str, set[str]] = defaultdict(set)
        for quad in quads:
            if not isinstance(quad.subject, NamedNode):
                continue
            subject, predicate, value = quad.subject.value, quad.predicate.value, getattr(quad.object, "value", "")
            if predicate == _TYPE:
                self._types[subject].add(value)
            elif predicate in _NEEDED or subject.startswith(_CLAIM):
                self._of[subject][predicate].add(value)

    @cached_property
    def _claims(self) -> set[str]:
        typed = {iri for iri, types in self._types.items() if expand("cx:Claim") in types}
        return typed | {iri for iri in self._of if iri.startswith(_CLAIM)}

    def _by(self, predicate: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for claim in self._claims:
            for value in self._of[claim][predicate]:
                found[value].add(claim)
        return found

    @cached_property
    def _by_subject(self) -> dict[str, set[str]]:
        return self._by(_SUBJECT)

    @cached_property
    def _by_object(self) -> dict[str, set[str]]:
        return self._by(_OBJECT)

    @cached_property
    def _by_evidence(self) -> dict[str, set[str]]:
        return self._by(_EVIDENCE)

    @cached_property
    def _corrected(self) -> set[str]:
        """The claims that a correction marks wrong."""
        return {claim for of in list(self._of.values()) for claim in of[_CORRECTS]}

    @cached_property
    def _admitted(self) -> dict[str, bool]:
        """The concepts of the admissibility table, and whether they are admitted."""
        table = expand("cx:admitted")
        return {iri: "true" in of[table] for iri, of in list(self._of.items()) if of[table]}

    def blame(self, result: Result) -> tuple[set[str], str | None]:
        """The IRIs of the claims to blame, or that of the article, or neither."""
        focus = result.focus
        if focus in self._claims:
            return self._roots({focus}), None
        if expand("cx:Evidence") in self._types[focus]:
            using = self._by_evidence[focus]
            return (self._roots(using), None) if using else (set(), self._article(focus))
        if expand("cx:Mention") in self._types[focus]:
            return set(), self._article(focus)
        if focus.startswith(_ARTICLE):
            return set(), focus
        if expand("cx:Conflict") in self._types[focus]:
            return self._roots(self._of[focus][_DERIVED] & self._claims), None
        return self._roots(self._behind(result)), None

    def _behind(self, result: Result) -> set[str]:
        """The claims behind a value of an entity: those that say it, else those on its property, else all on it."""
        about = self._by_subject[result.focus] - self._corrected
        if result.path is None or result.path == _TYPE:
            return about or self._by_object[result.focus]
        path = result.path
        on = {c for c in about if path in self._of[c][_PREDICATE] or self._of[c][path]}
        value = getattr(result.value, "value", None)
        saying = {
            c
            for c in on
            if (path in self._of[c][_PREDICATE] and value in self._of[c][_OBJECT]) or value in self._of[c][path]
        }
        found = saying or on
        return {c for c in found if self._may_be_published(c)} or found

    def _may_be_published(self, claim: str) -> bool:
        """Whether certainty and tense are admitted and nothing negates it: a hedged claim is behind no value."""
        of = self._of[claim]
        terms = of[expand("cx:certainty")] | of[expand("cx:tense")]
        return "true" not in of[expand("cx:negated")] and all(self._admitted.get(term, True) for term in terms)

    def _roots(self, claims: Iterable[str]) -> set[str]:
        """The claims; in place of each that is remade from others, those others."""
        found: set[str] = set()
        queue = list(claims)
        seen: set[str] = set()
        while queue:
            claim = queue.pop()
            if claim in seen:
                continue
            seen.add(claim)
            sources = self._of[claim][_DERIVED] & self._claims
            if _REMADE in self._of[claim][_RULE] and sources:
                queue.extend(sources)
            else:
                found.add(claim)
        return found

    def _article(self, node: str) -> str | None:
        of = self._of[node]
        return min((iri for iri in of[_SOURCE] | of[_IN_ARTICLE] if iri.startswith(_ARTICLE)), default=None)


_NEEDED = frozenset({_EVIDENCE, _SOURCE, _DERIVED, _IN_ARTICLE, _CORRECTS, expand("cx:admitted")})

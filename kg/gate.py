"""The gate before every release and every write: what breaks a shape is left out, or nothing passes.

A claim, else its article, that breaks a shape is quarantined: the articles are linked again without it, and validated
again. What still violates then has no claim and no article to blame, and nobody may publish it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.build_options import Reporter
from kg.linking import Linked
from kg.mapping.curation_graph import curation_graph
from kg.mapping.graph import build_quads
from kg.mapping.quads import Quads
from kg.redaction.sweep import sweep
from kg.shapes.blame import claims_at_fault
from kg.shapes.report import Report
from kg.shapes.validate import validate

__all__ = ["Passed", "Validator", "derived_graph", "shapes", "through_the_gate", "without_objection"]

#: How often what breaks a shape is left out before everything is refused.
_ROUNDS = 3

#: Says what is wrong with quads, given the texts of their articles by IRI.
Validator = Callable[[Quads, dict[str, str]], Report]


@dataclass(frozen=True)
class Passed:
    """What came out at the other side.

    Attributes:
        linked: The articles, linked without what is quarantined.
        quads: The graph.
        found: The report before anything was left out.
        report: The report on the graph.
        claims: The ids of the claims that are quarantined.
        articles: The ids of the articles that are quarantined.
        quarantined: What they broke: shape, focus node, message.
    """

    linked: Linked
    quads: Quads
    found: Report
    report: Report
    claims: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    quarantined: tuple[dict[str, str], ...] = ()

    @property
    def violations(self) -> int:
        """How many violations remain; with any, nothing may be published."""
        return self.report.counts()["violation"]


def shapes(quads: Quads, texts: dict[str, str]) -> Report:
    """Validate against the shapes of the ontology: the one place where a build or a write does."""
    return validate(quads, texts=texts)


def derived_graph(linked: Linked, border: str) -> Quads:
    """The graph of linked articles: all graphs but those of annotations.

    Args:
        linked: The articles.
        border: The border, by name or folder.
    """
    curated = curation_graph(linked.curation, linked.anchored, linked.consolidated)
    return build_quads(linked.consolidated, linked.knowledge, border, curated)


def through_the_gate(
    linked: Linked,
    border: str,
    annotations: Quads,
    report: Reporter,
    validator: Validator = shapes,
    texts: dict[str, str] | None = None,
    derived: Quads | None = None,
) -> Passed:
    """Make the graph of linked articles, without what breaks a shape.

    Args:
        linked: The articles.
        border: The border, by name or folder.
        annotations: The quads of the annotation graphs, which are validated with the rest; nothing of them is left out
            but what names or points to who is withheld.
        report: Who is told.
        validator: Who validates.
        texts: Texts beside those of `linked` that quotes can be checked in, by the IRI of their article.
        derived: The graph of the articles, where it was made before.
    """
    claims: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    quarantined: list[dict[str, str]] = []
    found: Report | None = None
    for _ in range(_ROUNDS):
        made = derived if derived is not None and not claims | articles else derived_graph(linked, border)
        quads = Quads.union([made, sweep(annotations, linked.consolidated.withheld)])
        report.stage("validating against the shapes")
        outcome = validator(quads, {**linked.texts, **(texts or {})})
        found = found or outcome
        violations = [result for result in outcome.results if result.severity == "violation"]
        if not violations:
            break
        bad_claims, bad_articles, rest = claims_at_fault(outcome, quads)
        if rest or (bad_claims <= claims and bad_articles <= articles):
            break
        claims |= bad_claims
        articles |= bad_articles
        quarantined += [{"shape": r.shape, "focus": r.focus, "message": r.message} for r in violations]
        report.stage("linking again without what is quarantined")
        linked = linked.without(claims, articles)
    assert found is not None  # there is a first round
    return Passed(linked, quads, found, outcome, claims, articles, tuple(quarantined))


def without_objection(quads: Quads, texts: dict[str, str]) -> Report:
    """Find nothing: for a graph that is known to be one that has passed."""
    del quads, texts
    return Report()

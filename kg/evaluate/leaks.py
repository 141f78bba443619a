"""Leaks: flat triples that rest only on words which the gold says are no fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.consolidate.consolidate import Entity, FlatValue
from kg.evaluate.align import Alignment
from kg.evaluate.found import Found
from kg.evaluate.spots import Span, half_covered
from kg.mapping.statements import Amount, Concept, Statement
from kg.mapping.values import main
from kg.namespaces import curie

__all__ = ["Leak", "Ward", "find_leaks", "wards_of"]

_FACT = frozenset({"asserted", "reported"})


@dataclass(frozen=True)
class Ward:
    """Words that may not be all that a flat triple rests on, and why."""

    span: Span
    why: str


@dataclass(frozen=True)
class Leak:
    """A flat triple with the words that it rests on: each the text's name, the words' offsets and words."""

    subject: str
    predicate: str
    object: str
    why: str
    evidence: tuple[tuple[str, Span, str], ...]


def wards_of(alignment: Alignment) -> tuple[list[Ward], list[Span]]:
    """The words of a text that are no fact, and those that are.

    No fact: `never_facts`, and the rows of claims that are hedged, negated or future. Facts: the spots and evidence of
    entities, and the other rows.
    """
    text = alignment.text
    wards = [Ward(span, row.why) for span, row in zip(text.never, text.gold.never_facts, strict=True)]
    facts = [span for spans in text.spots.values() for span in spans]
    facts += [span for slots in text.evidence.values() for span in slots.values()]
    for row in text.gold.claims:
        span = text.claims[row.key]
        if row.negated:
            wards.append(Ward(span, "negated"))
        elif row.tense == "future":
            wards.append(Ward(span, "future"))
        elif not _FACT & set(row.certainty):
            wards.append(Ward(span, "hedged"))
        else:
            facts.append(span)
    return wards, facts


def find_leaks(alignments: Mapping[str, Alignment], found: Found) -> list[Leak]:
    """All leaks of the default graph.

    Args:
        alignments: The alignment of each text, by the article's id.
        found: All that was found.
    """
    marks = {article: wards_of(alignment) for article, alignment in alignments.items()}
    leaks = []
    for entity in found.consolidated.entities:
        for value in entity.values:
            leak = _leak(entity, value, alignments, marks, found)
            if leak is not None:
                leaks.append(leak)
    return sorted(leaks, key=lambda leak: (leak.subject, leak.predicate, leak.object))


def _leak(
    entity: Entity,
    value: FlatValue,
    alignments: Mapping[str, Alignment],
    marks: Mapping[str, tuple[list[Ward], list[Span]]],
    found: Found,
) -> Leak | None:
    reasons: list[str] = []
    evidence: list[tuple[str, Span, str]] = []
    for statement in value.group.statements:
        alignment = alignments.get(statement.article)
        if alignment is None:
            return None
        wards, facts = marks[statement.article]
        general = _may_be_general(entity.cls, value, found)
        for words in statement.claim.evidence:
            span = (words.start, words.end)
            ward = _held_by(span, wards, facts, general)
            if ward is None or (_refers(value) and not (ward.why == "boilerplate" and _is_extra(statement, alignment))):
                return None
            reasons.append(ward.why)
            evidence.append((alignment.text.name, span, words.quote))
    if not evidence:
        return None
    first = value.group.statements[0]
    stated = main(value.predicate, value.group.value, lambda chain: found.iris[chain], first.claim.raw)
    shown = str(getattr(stated[1], "value", stated[1])) if stated else first.claim.raw
    why = ", ".join(dict.fromkeys(reasons))
    return Leak(curie(entity.iri), value.predicate, curie(shown), why, tuple(dict.fromkeys(evidence)))


def _refers(value: FlatValue) -> bool:
    """Whether a value is what words say by which somebody is meant: a name, that there is one, and a pronoun's gender.

    "He was not hurt" negates the hurt, and not that it speaks of a man.
    """
    return value.predicate in {"cx:name", "cx:gender"} or value.group.value == Concept("namestatus:named")


def _is_extra(statement: Statement, alignment: Alignment) -> bool:
    """Whether what a statement is about is no entity of the gold."""
    return all(unit.id != statement.subject.chain for unit in alignment.pairs.values())


def _may_be_general(cls: str, value: FlatValue, found: Found) -> bool:
    """Whether the ontology lets a general statement found this: a route, or a figure without a number."""
    if f"cx:{cls}" not in found.knowledge.lexicon["specificity:general"].values("foundsClass"):
        return False
    amount = value.group.value
    return cls != "Statistic" or not isinstance(amount, Amount) or amount.qualitative is not None


def _held_by(span: Span, wards: Sequence[Ward], facts: Sequence[Span], general: bool) -> Ward | None:
    """What keeps some words from being a fact; None where nothing does.

    Words of a fact free them, unless it is the longer of the two: a hedged phrase inside a spot stays hedged.
    """
    holding = [w for w in wards if half_covered(span, [w.span]) and not (general and w.why == "generic")]
    if not holding:
        return None
    ward = min(holding, key=lambda w: (w.span[1] - w.span[0], w.span, w.why))
    length = ward.span[1] - ward.span[0]
    freed = any(half_covered(span, [fact]) for fact in facts if fact[1] - fact[0] <= length)
    return None if freed else ward

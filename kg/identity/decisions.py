"""Turns curation into decisions about the chains of this build, and says what no longer anchors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.curation import Anchor, Correction, Curation, RegistryEntry
from kg.identity.anchors import anchor_of, find_anchor
from kg.identity.claim_anchors import find_claims
from kg.identity.decided import AnchoredCorrection, Decisions
from kg.identity.resolve import Identity
from kg.mapping.statements import ArticleStatements, Chain
from kg.namespaces import BASE

__all__ = ["Anchored", "anchor", "updated_registry"]


@dataclass(frozen=True)
class Anchored:
    """Decisions that anchor in this build, and one sentence for each that does not."""

    decisions: Decisions
    lost: tuple[str, ...]


def anchor(curation: Curation, articles: Sequence[ArticleStatements]) -> Anchored:
    """Anchor every judgement, correction and registered id whose article is part of the build."""
    by_id = {a.id: a for a in articles}
    lost: list[str] = []
    same: set[frozenset[Chain]] = set()
    different: set[frozenset[Chain]] = set()
    unsure: set[frozenset[Chain]] = set()
    suggested: set[frozenset[Chain]] = set()

    def place(wanted: Anchor, what: str) -> Chain | None:
        article = by_id.get(wanted.article)
        if article is None:
            return None
        found = find_anchor(wanted, article)
        if found is None:
            lost.append(
                f"{what}: '{_few(wanted.quote)}' ({wanted.cls}) is no longer found in article {wanted.article[:16]}; "
                "anchor it again or remove it"
            )
        return found

    for judgement in curation.judgements:
        what = f"judgement {judgement.judgement} by {judgement.by} on {judgement.on}"
        first, second = place(judgement.first, what), place(judgement.second, what)
        if not first or not second or first == second:
            continue
        if not judgement.by_machine:
            {"POSITIVE": same, "NEGATIVE": different, "UNSURE": unsure}[judgement.judgement].add(
                frozenset((first, second))
            )
        elif judgement.judgement == "POSITIVE":
            # Where the rules are silent the machine keeps apart anyway, so its other judgements change nothing.
            suggested.add(frozenset((first, second)))
    corrections = tuple(_corrections(curation.corrections, by_id, lost))
    registered: dict[Chain, str] = {}
    for entry in curation.registry:
        for wanted in entry.anchors:
            chain = place(wanted, f"registered id {entry.id}")
            if chain is not None and chain not in registered:
                registered[chain] = BASE + f"id/{entry.replaced_by or entry.id}"
    decisions = Decisions(
        frozenset(same),
        frozenset(different),
        registered,
        frozenset(unsure),
        frozenset(suggested),
        corrections,
        {e.iri: f"{BASE}id/{e.replaced_by}" for e in curation.registry if e.replaced_by is not None},
        curation.redactions,
        frozenset(e.iri for e in curation.registry if by_id.keys().isdisjoint(a.article for a in e.anchors)),
    )
    return Anchored(decisions, tuple(lost))


def _corrections(
    corrections: Sequence[Correction], by_id: Mapping[str, ArticleStatements], lost: list[str]
) -> Iterator[AnchoredCorrection]:
    """The corrections that anchor; a sentence in `lost` for each that does not although its article is here."""
    for correction in corrections:
        article = by_id.get(correction.article)
        if article is None:
            continue
        what = f"correction by {correction.by} on {correction.on}"
        if correction.claim is not None:
            found = {s.id for s in find_claims(correction.claim, article)}
            missing = f"the claim of '{_few(correction.claim.quote)}' ({correction.claim.predicate})"
        else:
            wanted = correction.source.predicates if correction.source else ()
            found = {s.id for s in article.statements if not wanted or s.predicate in wanted}
            missing = f"a claim on {' or '.join(wanted)}" if wanted else "a claim"
        if found:
            yield AnchoredCorrection(correction, frozenset(found))
        else:
            lost.append(
                f"{what}: {missing} is no longer found in article {article.id[:16]}; anchor it again or remove it"
            )


def updated_registry(
    curation: Curation, identity: Identity, articles: Sequence[ArticleStatements], labels: dict[str, str]
) -> list[RegistryEntry]:
    """The registry with the ids of this build added; no id in it changes.

    Only ids that come from a founding mention are registered: a gazetteer entry has its own, and an unnamed crosser's
    follows from that of the incident.

    Args:
        curation: The registry as it is.
        identity: The linking of this build.
        articles: The articles of this build.
        labels: The label of each entity that the default graph holds; others are not registered.
    """
    by_id = {a.id: a for a in articles}
    known = {entry.id: entry for entry in curation.registry}
    for iri, members in identity.members().items():
        ident = iri.removeprefix(f"{BASE}id/")
        if iri not in labels or not _from_mention(ident):
            continue
        anchors = {(a.article, a.ordinal): a for a in (known[ident].anchors if ident in known else ())}
        for chain in members:
            anchors.setdefault((chain.article, chain.ordinal), anchor_of(by_id[chain.article], chain))
        label = known[ident].label if ident in known else labels[iri]
        ordered = tuple(anchors[key] for key in sorted(anchors))
        known[ident] = RegistryEntry(id=ident, label=label, anchors=ordered)
    for merged, iri in identity.replaced.items():
        ident = merged.removeprefix(f"{BASE}id/")
        if ident in known:
            entry = known[ident]
            known[ident] = RegistryEntry(
                id=ident, label=entry.label, anchors=entry.anchors, replaced_by=iri.removeprefix(f"{BASE}id/")
            )
    return [known[ident] for ident in sorted(known)]


def _from_mention(ident: str) -> bool:
    """Whether an id is a mention's hash: 16 hexadecimal digits, and no ordinal of an incident's crossers."""
    _, _, local = ident.partition("/")
    return len(local) == 16 and all(c in "0123456789abcdef" for c in local)


def _few(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:37]}..."

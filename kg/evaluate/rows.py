"""The claim layer: which hedged, reported, denied, negated and future rows of the gold stand among the claims."""

from __future__ import annotations

from dataclasses import dataclass

from kg.evaluate.align import Alignment
from kg.evaluate.folder import class_of
from kg.evaluate.found import Found
from kg.evaluate.gold import GoldClaim
from kg.evaluate.names import same_body
from kg.evaluate.slots import predicate_of
from kg.evaluate.spots import overlaps_half
from kg.facts.model import Claim
from kg.ids import normalise
from kg.mapping.statements import ArticleStatements, Ref

__all__ = ["KINDS", "RowOutcome", "check_row", "kind_of"]

#: The kinds of rows; a row is of the first that fits. What is plainly asserted is no row of the claim layer.
KINDS = ("negated", "future", "denied", "hedged", "reported")
_HEDGED = frozenset({"probable", "possible"})


def kind_of(row: GoldClaim) -> str | None:
    """The kind of a row; None where it is asserted and nothing else.

    A row that is right with a hedge and when reported is hedged; one that may be plainly asserted too is reported.
    """
    certainty = set(row.certainty)
    if row.negated:
        return "negated"
    if row.tense == "future":
        return "future"
    if certainty == {"asserted"}:
        return None
    if "asserted" in certainty:
        return "reported"
    if certainty & _HEDGED:
        return "hedged"
    return "denied" if "denied" in certainty else "reported"


@dataclass(frozen=True)
class RowOutcome:
    """How a row was found.

    `stands` is what claim-layer recall counts. `near` are claims with its words and subject, whatever their certainty:
    over these `certainty_right` and, where the row names a speaker, `speaker_right` are judged; None where there are
    no such claims, or no speaker.
    """

    stands: bool
    near: tuple[Claim, ...]
    certainty_right: bool | None
    speaker_right: bool | None


def check_row(row: GoldClaim, alignment: Alignment, found: Found) -> RowOutcome:
    """Look for a row of the gold among the claims of its text.

    Args:
        row: The row.
        alignment: The text's alignment.
        found: All that was found.
    """
    article = found.articles.get(alignment.text.source.article.id)
    if article is None:
        return RowOutcome(False, (), None, None)
    spot = alignment.text.claims[row.key]
    subjects = _subjects(row, alignment, article)
    near = [
        claim
        for claim in article.facts.claims
        if article.mentions[claim.subject].chain in subjects
        and _predicate_fits(row, claim, alignment)
        and any(overlaps_half(spot, (e.start, e.end)) for e in claim.evidence)
    ]
    fitting = [c for c in near if c.certainty in row.certainty and c.negated == row.negated]
    standing = [c for c in fitting if row.tense is None or c.tense == row.tense]
    speaker = None
    if row.attributed_to is not None and near:
        speaker = any(_speaks(row.attributed_to, c, article, found) for c in standing or near)
    return RowOutcome(bool(standing), tuple(near), bool(fitting) if near else None, speaker)


def _subjects(row: GoldClaim, alignment: Alignment, article: ArticleStatements) -> set[str]:
    """The chains that a claim for a row may be about.

    The unit that is the row's entity, and chains of its class that are no other entity of the gold. An incident and
    those who crossed in it are one for this, since the gold gives an incident the rank and name of its crosser.
    """
    entities = alignment.text.entities
    cls = class_of(entities[row.about])
    held = {unit.id: key for key, unit in alignment.pairs.items()}
    chains = {
        chain
        for chain, mentions in article.chains.items()
        if mentions[0].cls == cls and held.get(chain, row.about) == row.about
    }
    tied = {row.about} | {
        key
        for key, entity in entities.items()
        if row.about in (getattr(entity, "incident", None), *getattr(entity, "persons", ()))
    }
    about = entities[row.about]
    tied |= {getattr(about, "incident", None) or row.about, *getattr(about, "persons", ())}
    pairs = {
        (s.value.chain.chain, s.subject.chain)
        for s in article.statements
        if s.predicate == "cx:crosser" and isinstance(s.value, Ref)
    }
    near = {person for person, incident in pairs if incident in chains}
    near |= {incident for person, incident in pairs if person in chains}
    return chains | {chain for chain in near if held.get(chain, row.about) in tied}


def _predicate_fits(row: GoldClaim, claim: Claim, alignment: Alignment) -> bool:
    if row.predicate is None:
        return True
    cls = class_of(alignment.text.entities[row.about])
    wanted = row.predicate if isinstance(row.predicate, tuple) else (row.predicate,)
    return any(claim.predicate in {name, f"cx:{name}", predicate_of(cls, name)} for name in wanted)


def _speaks(speaker: str, claim: Claim, article: ArticleStatements, found: Found) -> bool:
    """Whether a claim is attributed to a speaker: the same words or part of them, or an organisation of that name."""
    if claim.attribution is None:
        return False
    told, wanted = normalise(claim.attribution.text), normalise(speaker)
    if told in wanted or wanted in told:
        return True
    mention = article.mentions.get(claim.attribution.mention or "")
    if mention is None:
        return False
    names = [m.quote for m in article.chains[mention.chain]]
    entry = found.knowledge.entry(mention.concept) if mention.concept else None
    return same_body([speaker], [*names, *(entry.words() if entry else ())])

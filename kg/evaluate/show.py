"""Values as a person reads them in a report."""

from __future__ import annotations

from kg.dates import DateInterval
from kg.evaluate.gold import GoldEntity
from kg.evaluate.judge import options
from kg.evaluate.slots import KNOWN_BY, SLOTS, Named, SlotValue
from kg.facts.model import Claim

__all__ = ["show", "show_claim", "show_gold"]


def show(values: tuple[SlotValue, ...]) -> str:
    """Values that were found, separated by semicolons."""
    return "; ".join(_one(value) for value in values)


def _one(value: SlotValue) -> str:
    if isinstance(value, DateInterval):
        return value.edtf
    if isinstance(value, Named):
        return ", ".join(sorted(value.concepts)) or ", ".join(value.names) or "unnamed"
    return str(value)


def show_gold(cls: str, entity: GoldEntity) -> dict[str, str]:
    """The slots that the gold gives for an entity; a list of allowed values with `or` between them."""
    made = {slot: " or ".join(options(getattr(entity, slot))) for slot in (*KNOWN_BY.get(cls, ()), *SLOTS[cls])}
    return {slot: value for slot, value in made.items() if value}


def show_claim(claim: Claim) -> str:
    """A claim: its property, its own words, and how it is meant."""
    meant = [claim.certainty, *(["negated"] if claim.negated else []), claim.tense]
    return f"{claim.predicate} {claim.raw!r}: {', '.join(meant)}"

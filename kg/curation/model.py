"""The records of curation: anchors, judgements, corrections, redactions, registered ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from kg.namespaces import BASE

__all__ = [
    "MACHINE",
    "Anchor",
    "ClaimAnchor",
    "Correction",
    "Curation",
    "Judgement",
    "Redaction",
    "RegistryEntry",
    "SourceAnchor",
    "by_machine",
]

#: Who decided, where a program did: `machine`, or `machine: NAME` for one that is named.
MACHINE = "machine"

_Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
_Words = Annotated[str, msgspec.Meta(min_length=1)]


def by_machine(by: str) -> bool:
    """Whether a decision is a program's.

    >>> by_machine("machine: a-model"), by_machine("Machin")
    (True, False)
    """
    return by.partition(":")[0].strip().casefold() == MACHINE


class Anchor(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Where a mention stands, in a form that survives edits.

    `quote` with `prefix` and `suffix` are words of the text that it was taken from; `original` are the stretches of the
    original text that it corresponds to (its own where the text is the original, those of the sidecar where it is a
    digest), and `evidence` those of the entity's claims by predicate.
    """

    article: str
    cls: str
    quote: str
    prefix: str = ""
    suffix: str = ""
    occurrence: int = 0
    ordinal: int = 0
    original: tuple[tuple[int, int], ...] = ()
    evidence: dict[str, tuple[tuple[int, int], ...]] = {}


class ClaimAnchor(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Where a claim stands: the class of its subject, its property, and words that it rests on.

    The other fields are those of `Anchor`; `occurrence` counts where the quote stands in the text.
    """

    article: str
    cls: Literal["Incident", "Person", "Organization", "Route", "Statistic", "Place"]
    predicate: str
    quote: _Words
    prefix: str = ""
    suffix: str = ""
    occurrence: int = 0
    original: tuple[tuple[int, int], ...] = ()


class SourceAnchor(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """An article, all of whose claims are meant, or those on some properties."""

    article: str
    predicates: tuple[str, ...] = ()


class Judgement(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whether two mentions are of one entity: POSITIVE, NEGATIVE or UNSURE; by whom, when, and why."""

    first: Anchor
    second: Anchor
    judgement: Literal["POSITIVE", "NEGATIVE", "UNSURE"]
    by: _Words
    on: _Day
    reason: str

    @property
    def by_machine(self) -> bool:
        """Whether a program decided; such a judgement counts only where the rules are silent."""
        return by_machine(self.by)


class Correction(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A claim, or an article's claims, marked wrong; by whom, when, and why.

    `records` is the property that the words do speak of, where it is another than the claim's; `value` is the right
    value, where it is another than the claim's. With neither, nothing takes the claim's place.
    """

    claim: ClaimAnchor | None = None
    source: SourceAnchor | None = None
    records: str | None = None
    value: str | None = None
    by: _Words
    on: _Day
    reason: _Words

    @property
    def article(self) -> str:
        """The id of the article that is corrected."""
        anchor = self.claim or self.source
        assert anchor is not None  # kg.curation.files refuses a correction of nothing
        return anchor.article


class RegistryEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A canonical id that was given: `id` is `{class}/{id}`; `replaced_by` names the id that a merge left."""

    id: str
    label: str
    anchors: tuple[Anchor, ...] = ()
    replaced_by: str | None = None

    @property
    def iri(self) -> str:
        """The canonical IRI."""
        return f"{BASE}id/{self.id}"


@dataclass(frozen=True, kw_only=True)
class Redaction:
    """An entity that is withheld from every release, by its id.

    Attributes:
        id: `{class}/{id}`, the end of its IRI.
        by: Who decided; it is not published.
        on: The day, which is published.
        reason: Why, in words that are published and free of the name; None where nothing is to be said.
        where: The file and the line of the entry, for messages.
    """

    id: str
    by: str
    on: date
    reason: str | None = None
    where: str = "redactions.yaml"

    @property
    def iri(self) -> str:
        """The IRI that is withheld."""
        return f"{BASE}id/{self.id}"


@dataclass(frozen=True)
class Curation:
    """All decisions of a folder; `sha256` is over its files, "none" where there is no curation."""

    folder: Path | None = None
    judgements: tuple[Judgement, ...] = ()
    registry: tuple[RegistryEntry, ...] = ()
    sha256: str = "none"
    corrections: tuple[Correction, ...] = ()
    redactions: tuple[Redaction, ...] = ()

"""Gold: what a person reads in a text, written by hand as YAML, one file a text and one for the whole set.

`x.gold.yaml` says what stands in one text; `set.yaml` beside it, which may be absent, says what the texts say together.
`kg.evaluate.schema` publishes the JSON Schema made from these classes. Keys are snake_case; a key left out is a slot
that is not scored; `null` is a slot whose value the text does not give, so that any value there is an error. Words are
given as a quote of the text (`Spot.quote`, with `nth` where it occurs more than once), or as offsets in code points
(`Spot.at`) where the words may not be repeated.

Dates are EDTF (`2025-10-19`, `2024-08`, `2025-07-01/2025-07-04`, `195X`), `unresolved` for a date that the text gives
and nobody can work out from it alone. Concepts are prefixed names of the project's vocabularies (`front:eastern`,
`actor:soldier`); where several are right, a list of them.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from kg.facts.model import Certainty, Tense

__all__ = [
    "FORMAT_VERSION",
    "GoldClaim",
    "GoldConflict",
    "GoldEntity",
    "GoldIncident",
    "GoldMember",
    "GoldOrganization",
    "GoldPerson",
    "GoldRoute",
    "GoldSet",
    "GoldStatistic",
    "GoldText",
    "NeverFact",
    "Spot",
]

FORMAT_VERSION: Literal["1.0"] = "1.0"

Key = Annotated[str, msgspec.Meta(pattern="^[a-z0-9][a-z0-9-]*$", description="unique in its file")]
Edtf = Annotated[str, msgspec.Meta(description="an EDTF date, or 'unresolved'")]
Concept = str | tuple[str, ...]
Decimal = Annotated[str, msgspec.Meta(pattern=r"^-?\d+(\.\d+)?$")]
Unset = msgspec.UnsetType


class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What all records share: immutable, unknown keys refused."""


class Spot(_Record, frozen=True, kw_only=True):
    """Words of the text: a quote that stands in it exactly (`nth` from 1 says which one), or offsets `[start, end]`."""

    quote: str | None = None
    nth: Annotated[int, msgspec.Meta(ge=1)] = 1
    at: tuple[int, int] | None = None


Words = str | Spot


class GoldEntity(_Record, frozen=True, kw_only=True):
    """What every entity has.

    `key` names it in this file. `entity` names it in the whole set, the same in every text that speaks of it; left out,
    it is the key where the set shares its keys (`GoldSet.keys`). `spots` are words that speak of it. `evidence` gives
    for a slot the words that say it. `optional` is an entity that may be found or not: neither counts.
    """

    key: Key
    entity: Key | None = None
    spots: tuple[Words, ...] = ()
    evidence: dict[str, Words] = {}
    optional: bool = False
    note: str = ""


class GoldIncident(GoldEntity, frozen=True, kw_only=True):
    """One real crossing (or return, or shooting at the border) that the text reports.

    `persons` are keys of this file's persons. `count` is how many crossed, where the text lets one say it.
    """

    date: Edtf | Unset | None = msgspec.UNSET
    precision: str | Unset = msgspec.UNSET
    disclosed: Edtf | Unset | None = msgspec.UNSET
    kind: Concept | Unset | None = msgspec.UNSET
    direction: Concept | Unset | None = msgspec.UNSET
    front: Concept | Unset | None = msgspec.UNSET
    route: Concept | Unset | None = msgspec.UNSET
    place: Concept | Unset | None = msgspec.UNSET
    actor: Concept | Unset | None = msgspec.UNSET
    rank: Concept | Unset | None = msgspec.UNSET
    name: str | Unset | None = msgspec.UNSET
    count: int | Unset | None = msgspec.UNSET
    status: Concept | Unset | None = msgspec.UNSET
    outcome: Concept | Unset | None = msgspec.UNSET
    custodian: Concept | Unset | None = msgspec.UNSET
    operation: Concept | Unset | None = msgspec.UNSET
    detection: Concept | Unset | None = msgspec.UNSET
    persons: tuple[Key, ...] = ()


class GoldPerson(GoldEntity, frozen=True, kw_only=True):
    """A named person, or an unnamed one who crossed (`incident` is the key of the incident).

    Unnamed persons whom one phrase names together ("his wife and two sons") are one row.
    """

    name: str | None = None
    names: tuple[str, ...] = ()
    name_status: Concept | Unset = msgspec.UNSET
    actor: Concept | Unset | None = msgspec.UNSET
    rank: Concept | Unset | None = msgspec.UNSET
    gender: Concept | Unset | None = msgspec.UNSET
    nationality: Concept | Unset | None = msgspec.UNSET
    title: str | Unset | None = msgspec.UNSET
    affiliation: Concept | Unset | None = msgspec.UNSET
    incident: Key | None = None


class GoldOrganization(GoldEntity, frozen=True, kw_only=True):
    """An organisation: its name as written, and its gazetteer entry (`id:organization/...`) where there is one."""

    name: str
    names: tuple[str, ...] = ()
    concept: Concept | Unset | None = msgspec.UNSET


class GoldRoute(GoldEntity, frozen=True, kw_only=True):
    """A route that the text speaks of as a way across: `concept` is its gazetteer entry (`id:route/...`)."""

    name: str
    names: tuple[str, ...] = ()
    concept: Concept | Unset | None = msgspec.UNSET


class GoldStatistic(GoldEntity, frozen=True, kw_only=True):
    """A figure about crossings: a value, or bounds, or words without a number (`qualitative`)."""

    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    qualitative: str | None = None
    qualifier: Concept | Unset = msgspec.UNSET
    unit: Concept | Unset = msgspec.UNSET
    measure: Concept | Unset = msgspec.UNSET
    population: Concept | Unset | None = msgspec.UNSET
    period: Edtf | Unset | None = msgspec.UNSET
    precision: str | Unset = msgspec.UNSET
    reported_by: Concept | Unset | None = msgspec.UNSET
    share_of: Key | Unset | None = msgspec.UNSET


class GoldClaim(_Record, frozen=True, kw_only=True):
    """One row of the claim layer: words of the text that say something of an entity, and how they mean it.

    `about` is the key of an entity of this file. `certainty` lists every one that is right for the words (a reported
    hedge is `reported` to one reader and `possible` to another). `predicate` narrows the row to a property. `value` is
    for the reader, and not scored.
    """

    key: Key
    about: Key
    spot: Words
    certainty: tuple[Certainty, ...]
    negated: bool = False
    tense: Tense | None = None
    predicate: Concept | None = None
    value: str | None = None
    attributed_to: str | None = None
    note: str = ""


class NeverFact(_Record, frozen=True, kw_only=True):
    """Words that must never be all that a flat triple rests on, and why."""

    spot: Words
    why: Literal["hedged", "negated", "future", "generic", "boilerplate"]
    note: str = ""


class GoldText(_Record, frozen=True, kw_only=True):
    """What stands in one text.

    `text` is the file beside the gold, or in `--articles DIR`; `sha256` is of its bytes, and refuses a text that has
    changed under its gold. `published` is the day that the text or its metadata states, `null` where none is stated.
    `classes` are the classes that were annotated whole: one that is left out is not scored, one that is listed makes
    every further entity found an error. A text on another subject lists all five and holds nothing.
    """

    format: Literal["1.0"] = FORMAT_VERSION
    text: str
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")] | None = None
    published: str | None = None
    style: str = ""
    annotator: str = ""
    classes: tuple[Literal["Incident", "Person", "Organization", "Route", "Statistic"], ...]
    incidents: tuple[GoldIncident, ...] = ()
    persons: tuple[GoldPerson, ...] = ()
    organizations: tuple[GoldOrganization, ...] = ()
    routes: tuple[GoldRoute, ...] = ()
    statistics: tuple[GoldStatistic, ...] = ()
    claims: tuple[GoldClaim, ...] = ()
    never_facts: tuple[NeverFact, ...] = ()
    note: str = ""


class GoldMember(_Record, frozen=True, kw_only=True):
    """An entity of the whole set, where linking the texts lets one say more of it than each text alone.

    `slots` are the values after linking, by the names of the entity's class (`date: 2024-08-06/2024-08-27`).
    """

    entity: Key
    slots: dict[str, str | int | tuple[str, ...] | None] = {}
    note: str = ""


class GoldConflict(_Record, frozen=True, kw_only=True):
    """Values that sources give for one property of one entity and that cannot all be so.

    `preferred` is the value that a rule may choose; left out, either choice or none is right.
    """

    entity: Key
    property: str
    values: tuple[str, ...]
    preferred: Concept | Unset | None = msgspec.UNSET
    note: str = ""


class GoldSet(_Record, frozen=True, kw_only=True):
    """What the texts of one folder say together.

    `keys` says whether one key in two files is one entity (`set`), or means something else in each (`text`, which also
    holds where a folder has no `set.yaml`). `apart` are pairs of entities that must not become one. `disputed` rows,
    each `text:key`, are those that another annotator may well see otherwise.
    """

    format: Literal["1.0"] = FORMAT_VERSION
    title: str = ""
    keys: Literal["set", "text"] = "set"
    entities: tuple[GoldMember, ...] = ()
    apart: tuple[tuple[Key, Key], ...] = ()
    conflicts: tuple[GoldConflict, ...] = ()
    disputed: tuple[str, ...] = ()
    note: str = ""

"""What a language model may claim: the claims of Facts, each with what its value is and where that comes from.

It is the table of `docs/architecture.md` as data. The model names concepts of the vocabularies; entries of the
gazetteer it never names, they are found in the lexicon by the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.facts.model import EntityClass

__all__ = ["SLOTS", "Slot", "SlotKind"]

SlotKind = Literal["mention", "time", "quantity", "concept", "country", "text", "count", "boolean", "duration"]


@dataclass(frozen=True)
class Slot:
    """What the value of a claim is.

    Attributes:
        kind: How the value is read: `count` is a whole number of persons, `country` an entry of the gazetteer.
        of: The prefix of the concept scheme, the classes of a mention, or the QUDT unit of a quantity.
        note: What the model is told of it.
    """

    kind: SlotKind
    of: tuple[str, ...] = ()
    note: str = ""


def _concept(scheme: str, note: str = "") -> Slot:
    return Slot("concept", (scheme,), note)


def _mention(*classes: EntityClass, note: str = "") -> Slot:
    return Slot("mention", classes, note)


SLOTS: dict[EntityClass, dict[str, Slot]] = {
    "Incident": {
        "cx:dateEDTF": Slot("time", note="when it happened; never the day of the report"),
        "cx:disclosureDate": Slot("time", note="when it became known, where that is what the words date"),
        "cx:incidentType": _concept("itype"),
        "cx:defectionStatus": _concept("status", "only where the words say something of a defection"),
        "cx:direction": _concept("direction"),
        "cx:front": _concept("front"),
        "cx:place": _mention("Place"),
        "cx:viaRoute": _mention("Route"),
        "cx:crosser": _mention("Person", note="who crossed"),
        "cx:personCount": Slot("count", note="how many crossed"),
        "cx:custodian": _mention("Organization", note="who took the crosser into custody"),
        "cx:assistedBy": _mention("Organization"),
        "cx:notified": _mention("Organization"),
        "cx:operation": _concept("operation"),
        "cx:detection": _concept("detection"),
        "cx:outcome": _concept("outcome"),
        "cx:operationDuration": Slot("duration", note="how long the operation took"),
        "cx:militaryActivity": Slot("boolean", note="unusual activity of the other side's army"),
    },
    "Person": {
        "cx:nameStatus": _concept("namestatus", "only namestatus:withheld, where the text says so"),
        "cx:actorType": _concept("actor"),
        "cx:rank": _concept("rank"),
        "cx:gender": _concept("gender"),
        "cx:nationality": Slot("country", note="the words that name the country or its people"),
        "cx:jobTitle": Slot("text"),
        "cx:affiliation": _mention("Organization"),
        "cx:armed": Slot("boolean"),
        "cx:inOfficeSince": Slot("time"),
    },
    "Organization": {},
    "Route": {
        "cx:routeFeature": Slot("text", note="what makes it hard or special, such as land mines"),
        "cx:waypoint": _mention("Place"),
        "cx:length": Slot("quantity", ("unit:KiloM",)),
        "cx:width": Slot("quantity", ("unit:KiloM",)),
        "cx:usage": Slot("text", note="how much it is used"),
    },
    "Statistic": {
        "cx:value": Slot("quantity", note="the figure, or words such as most; every Statistic needs it"),
        "cx:measure": _concept("measure"),
        "cx:population": _concept("population"),
        "cx:period": Slot("time"),
        "cx:reportedBy": _mention("Organization"),
        "cx:shareOf": _mention("Statistic", note="the whole that it is a part of"),
        "cx:viaRoute": _mention("Route"),
    },
    "Place": {},
}

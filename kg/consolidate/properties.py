"""Which properties have one value at most: two different ones disagree.

The same table stands in the ontology as `owl:FunctionalProperty`; a test holds the two against each other.
"""

from __future__ import annotations

__all__ = ["CLASSES", "FUNCTIONAL"]

FUNCTIONAL: dict[str, frozenset[str]] = {
    "Incident": frozenset(
        {
            "cx:dateEDTF",
            "cx:disclosureDate",
            "cx:incidentType",
            "cx:defectionStatus",
            "cx:direction",
            "cx:front",
            "cx:personCount",
            "cx:operationDuration",
        }
    ),
    "Person": frozenset(
        {"cx:nameStatus", "cx:actorType", "cx:rank", "cx:gender", "cx:nationality", "cx:armed", "cx:inOfficeSince"}
    ),
    "Organization": frozenset(),
    "Route": frozenset({"cx:length", "cx:width"}),
    "Statistic": frozenset({"cx:value", "cx:measure", "cx:population", "cx:period", "cx:shareOf"}),
}

#: The five classes whose entities the default graph holds.
CLASSES = tuple(FUNCTIONAL)

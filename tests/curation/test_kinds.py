from __future__ import annotations

from typing import get_args

import pytest

from kg.consolidate.properties import FUNCTIONAL
from kg.curation.kinds import PropertyKind, properties_of
from kg.facts.model import EntityClass, Value
from kg.namespaces import SCHEMES


@pytest.mark.parametrize("cls", FUNCTIONAL)
def test_what_consolidation_chooses_among_can_be_corrected(cls: str) -> None:
    assert FUNCTIONAL[cls] <= properties_of(cls).keys()


@pytest.mark.parametrize("cls", get_args(EntityClass))
def test_kinds_are_those_of_facts(cls: str) -> None:
    kinds = properties_of(cls)
    assert kinds
    known = set(get_args(Value.__annotations__["kind"])) if not isinstance(Value.__annotations__["kind"], str) else None
    names = known or {"mention", "time", "quantity", "concept", "text", "integer", "boolean", "duration"}
    for name, kind in kinds.items():
        assert kind.kind in names, name
        if kind.kind == "concept":
            assert kind.of == "id:place/" or kind.of.removesuffix(":") in SCHEMES, name
        elif kind.kind == "mention":
            assert kind.of in get_args(EntityClass), name
        else:
            assert kind.of == "", name


def test_what_is_counted_or_a_part_of_another_value_is_nobody_s_claim() -> None:
    everywhere = {name for cls in FUNCTIONAL for name in properties_of(cls)}
    assert everywhere.isdisjoint(
        {
            "cx:dateEarliest",
            "cx:datePrecision",
            "cx:unit",
            "cx:articleCount",
            "cx:reviewed",
            "cx:reportedIn",
            "cx:score",
        }
    )


def test_a_property_takes_what_the_ontology_says() -> None:
    assert properties_of("Incident")["cx:disclosureDate"] == PropertyKind("time")
    assert properties_of("Incident")["cx:place"] == PropertyKind("concept", "id:place/")
    assert properties_of("Person")["cx:rank"] == PropertyKind("concept", "rank:")
    assert properties_of("Statistic")["cx:shareOf"] == PropertyKind("mention", "Statistic")

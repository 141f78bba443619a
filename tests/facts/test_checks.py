"""What is wrong with a record whose types are right."""

from __future__ import annotations

import copy
from typing import Any

import msgspec
import pytest
from hypothesis import given

from kg.facts.checks import problems
from kg.facts.model import Facts
from tests.facts.records import any_facts, good_facts

GOOD: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(good_facts()))


def changed(where: str, value: object) -> Facts:
    """The good record with one value replaced or added."""
    record = copy.deepcopy(GOOD)
    *path, last = where.strip("/").split("/")
    inner: Any = record
    for step in path:
        inner = inner[int(step)] if isinstance(inner, list) else inner[step]
    inner[int(last) if isinstance(inner, list) else last] = value
    return msgspec.convert(record, Facts)


def test_nothing_is_wrong_with_a_good_record() -> None:
    assert list(problems(good_facts())) == []


@pytest.mark.parametrize(
    ("where", "value", "reported", "reason"),
    [
        ("/mentions/0/id", "b1", "/mentions/0/id", "is 'b1', which /blocks/0/id has as well"),
        ("/claims/1/id", "c1", "/claims/1/id", "is 'c1', which /claims/0/id has as well"),
        ("/blocks/0/end", 999, "/blocks/0/start", "0 to 999 is no stretch of a text of"),
        ("/mentions/2/start", 40, "/mentions/2/start", "40 to 32 is no stretch"),
        ("/mentions/2/quote", "Example", "/mentions/2/quote", "has 7 characters, and 21 to 32 is 11"),
        ("/times/0/quote", "May 30", "/times/0/quote", "has 6 characters"),
        ("/quantities/0/end", 79, "/quantities/0/quote", "has 2 characters"),
        ("/claims/0/evidence/0/quote", "rowed", "/claims/0/evidence/0/quote", "has 5 characters"),
        ("/claims/0/attribution/text", "it", "/claims/0/attribution/text", "has 2 characters"),
        ("/mentions/4/chain", "p9", "/mentions/4/chain", "is 'p9', and no mention has that id"),
        ("/mentions/4/chain", "i1", "/mentions/4/chain", "is 'i1' of the class Incident, and this is a Person"),
        ("/mentions/0/chain", "p2", "/mentions/0/chain", "is 'p2', which is itself in the chain 'p1'"),
        ("/mentions/2/concept", "nope:x", "/mentions/2/concept", "is 'nope:x' and must be an IRI"),
        ("/times/0/to", "t1", "/times/0/to", "is 't1', and no other time has that id"),
        ("/times/0/anchor", {"kind": "expression", "ref": "t9"}, "/times/0/anchor/ref", "is 't9', and no other time"),
        ("/times/0/anchor", {"kind": "expression"}, "/times/0/anchor/ref", "is '', and no other time"),
        ("/times/0/anchor", {"kind": "incident", "ref": "p1"}, "/times/0/anchor/ref", "no mention of an Incident"),
        ("/times/0/anchor", {"kind": "publication", "ref": "t1"}, "/times/0/anchor/ref", "refers to nothing"),
        ("/quantities/0/lower", "1", "/quantities/0", "needs exactly one of"),
        ("/quantities/0/unit", "persons", "/quantities/0/unit", "is 'persons' and must be an IRI"),
        ("/claims/0/subject", "x1", "/claims/0/subject", "is 'x1', and no mention has that id"),
        ("/claims/0/subject", "t1", "/claims/0/subject", "is 't1', and no mention has that id"),
        ("/claims/0/predicate", "dateEDTF", "/claims/0/predicate", "is 'dateEDTF' and must be an IRI"),
        ("/claims/0/value/value", "l1", "/claims/0/value/value", "is 'l1', and no time has that id"),
        ("/claims/1/value/value", "t1", "/claims/1/value/value", "is 't1', and no mention has that id"),
        ("/claims/2/value/value", "p1", "/claims/2/value/value", "is 'p1', and no quantity has that id"),
        ("/claims/2/value/value", 12, "/claims/2/value/value", "is '12', and no quantity has that id"),
        ("/claims/3/value/value", "1", "/claims/3/value/value", "must be an integer for the kind 'integer'"),
        ("/claims/3/value/value", True, "/claims/3/value/value", "must be an integer"),
        ("/claims/3/value", {"kind": "boolean", "value": 1}, "/claims/3/value/value", "must be true or false"),
        ("/claims/3/value", {"kind": "text", "value": " "}, "/claims/3/value/value", "must be words"),
        ("/claims/3/value", {"kind": "duration", "value": "20 hours"}, "/claims/3/value/value", "an ISO 8601 duration"),
        ("/claims/3/value", {"kind": "duration", "value": "P"}, "/claims/3/value/value", "an ISO 8601 duration"),
        (
            "/claims/3/value",
            {"kind": "concept", "value": 4},
            "/claims/3/value/value",
            "must be a prefixed name or an IRI",
        ),
        ("/claims/3/value", {"kind": "concept", "value": "a b:c"}, "/claims/3/value/value", "must be an IRI"),
        ("/claims/3/evidence/0/block", "b9", "/claims/3/evidence/0/block", "is 'b9', and no block has that id"),
        ("/claims/0/attribution/mention", "o9", "/claims/0/attribution/mention", "is 'o9', and no mention has that id"),
        ("/article/published", "2024-02-30", "/article/published", "is no day of the calendar"),
        ("/article/publishedBy", None, "/article/publishedBy", "is missing beside 'published'"),
        ("/article/sources/0/published", "2024-02-30", "/article/sources/0/published", "is no day of the calendar"),
        ("/article/sources/0/start", 3, "/article/sources/0", "has one of 'start' and 'end'"),
        ("/article/sources/0/organization", "afp", "/article/sources/0/organization", "is 'afp' and must be an IRI"),
    ],
)
def test_one_wrong_value_is_reported_where_it_stands(where: str, value: object, reported: str, reason: str) -> None:
    found = list(problems(changed(where, value)))
    assert reported in [place for place, _ in found]
    assert any(place == reported and reason in words for place, words in found), found


def test_good_values_of_every_other_kind() -> None:
    for value in (
        {"kind": "boolean", "value": False},
        {"kind": "text", "value": "land mines"},
        {"kind": "duration", "value": "PT20H"},
        {"kind": "duration", "value": "P1DT12H"},
        {"kind": "concept", "value": "front:eastern"},
        {"kind": "concept", "value": "https://example.org/x"},
        {"kind": "integer", "value": 0},
    ):
        assert list(problems(changed("/claims/3/value", value))) == []


def test_blocks_must_be_in_order_and_hold_their_evidence() -> None:
    blocks = [
        {"id": "b0", "kind": "headline", "start": 70, "end": 75},
        {"id": "b1", "kind": "paragraph", "start": 0, "end": 20},
    ]
    found = dict(problems(changed("/blocks", blocks)))
    assert found["/blocks/1/start"].startswith("begins before the end of the block before it (75)")
    assert "does not hold the evidence" in found["/claims/0/evidence/0/block"]
    assert "/claims/3/evidence/0/block" not in found


def test_a_chain_names_its_first_mention() -> None:
    record = copy.deepcopy(GOOD)
    record["mentions"][0]["chain"] = record["mentions"][4]["chain"] = "p2"
    found = dict(problems(msgspec.convert(record, Facts)))
    assert found == {"/mentions/0/chain": "is 'p2', which stands after this one: name the first mention"}


def test_bounds_in_order() -> None:
    quantity = {**GOOD["quantities"][0], "lower": "20", "upper": "10"}
    del quantity["value"]
    assert dict(problems(changed("/quantities/0", quantity))) == {
        "/quantities/0": "has 'lower' 20 above 'upper' 10: exchange them"
    }


@given(any_facts())
def test_any_record_is_checked_without_an_error_of_ours(facts: Facts) -> None:
    assert all(where.startswith("/") and reason for where, reason in problems(facts))

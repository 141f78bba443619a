"""Answers become facts: anchored, with numbers, dates, concepts and entries worked out here, and the rest left out."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from kg.dates import parse_edtf
from kg.extract.builder import FactsBuilder
from kg.extract.lexicon import Lexicon
from kg.facts.model import Extractor, Facts
from kg.llm.anchoring import Places
from kg.llm.reading import read
from kg.llm.wire import read_answer
from tests.support.documents import document, meaning
from tests.support.language_model import answer, claim, entity
from tests.support.model_readings import claims_of, parsed, reading, said, true_to_the_text

TEXT = """A North Korean soldier walked over the Military Demarcation Line on the eastern front on Tuesday, officials \
said. He was put in custody by South Korean troops, and a 20-hour operation ended.

Four unarmed fishermen rowed to Goseong in August of last year. Their leader, Paek Chol-su, a “harbor\npilot”, is 51.

Last year 236 North Koreans arrived in the South, up from 196 in 2023. Some 88 percent of them were women, and more \
than 34,000 have come since the war. The zone is about 4 kilometers wide."""
WALK = "A North Korean soldier walked over the Military Demarcation Line on the eastern front on Tuesday"
ENTITIES = [
    entity("i1", "Incident", WALK),
    entity("p1", "Person", "A North Korean soldier", "He"),
    entity("r1", "Route", "the Military Demarcation Line", name="Military Demarcation Line"),
    entity("o1", "Organization", "South Korean troops", name="South Korean troops"),
    entity("i2", "Incident", "Four unarmed fishermen rowed to Goseong"),
    entity("p2", "Person", "Four unarmed fishermen"),
    entity("p3", "Person", "Paek Chol-su", name="Paek Chol-su"),
    entity("l1", "Place", "Goseong", name="Goseong"),
    entity("s1", "Statistic", "236 North Koreans"),
    entity("s2", "Statistic", "Some 88 percent"),
    entity("s3", "Statistic", "more than 34,000"),
    entity("r2", "Route", "The zone"),
]


def facts(*claims: dict[str, Any], published: str | None = "2025-03-06") -> Facts:
    return reading(TEXT, ENTITIES, claims, published).facts


def dropped(*claims: dict[str, Any]) -> Counter[str]:
    left_out = reading(TEXT, ENTITIES, claims).dropped
    del left_out["statistic without a number"]  # those of the list that these claims say nothing of
    return left_out


def test_a_date_is_worked_out_from_its_words() -> None:
    made = facts(
        claim("i1", "cx:dateEDTF", "on Tuesday", WALK),
        claim("i2", "cx:dateEDTF", "August of last year", "rowed to Goseong in August of last year"),
    )
    builder = FactsBuilder(document(*TEXT.split("\n\n"), published="2025-03-06"))
    builder.times = {time.id: time for time in made.times}
    values = [meaning(builder, builder.times[str(c.value.value)]) for c in claims_of(made, "cx:dateEDTF")]
    assert values == ["2025-03-04", "2024-08"]
    assert parse_edtf("2024-08") is not None


def test_a_date_of_the_models_own_is_left_out() -> None:
    assert dropped(claim("i1", "cx:dateEDTF", "2025-03-04", WALK)) == {"value not in its paragraph": 1}
    assert dropped(claim("i1", "cx:dateEDTF", "eastern front", WALK)) == {"no date that the rules can read": 1}
    assert dropped(claim("i1", "cx:dateEDTF", "last year", WALK)) == {"value not in its paragraph": 1}


@pytest.mark.parametrize(
    ("subject", "value", "quote", "expected"),
    [
        ("s1", "236", "236 North Koreans arrived", ("236", None, "exact", "unit:NUM")),
        ("s2", "88 percent", "Some 88 percent of them were women", ("88", None, "approximately", "unit:PERCENT")),
        ("s3", "34,000", "more than 34,000 have come", (None, "34000", "more-than", "unit:NUM")),
    ],
)
def test_a_number_is_worked_out_from_its_words(
    subject: str, value: str, quote: str, expected: tuple[str | None, str | None, str, str]
) -> None:
    made = facts(claim(subject, "cx:value", value, quote))
    (quantity,) = made.quantities
    assert (quantity.value, quantity.lower, quantity.qualifier, quantity.unit) == expected
    (mention,) = [m for m in made.mentions if m.cls == "Statistic"]
    assert (mention.start, mention.end) == (quantity.start, quantity.end), "a figure is mentioned by its number"


def test_a_number_of_the_models_own_is_left_out() -> None:
    wrong = dropped(claim("s1", "cx:value", "500", "236 North Koreans arrived"))
    assert wrong == {"claim about no entity of the text": 1}


def test_a_number_inside_a_date_is_no_figure() -> None:
    assert dropped(claim("s1", "cx:value", "2023", "up from 196 in 2023"))["claim about no entity of the text"] == 1


def test_two_figures_of_one_clause_are_two_statistics() -> None:
    text = "Last year 236 people came, and 88 percent of them were women."
    both = "236 people came, and 88 percent of them were women"
    made = reading(
        text,
        [entity("a", "Statistic", both), entity("b", "Statistic", both)],
        [
            claim("a", "cx:value", "236", both),
            claim("b", "cx:value", "88 percent", both),
            claim("b", "cx:shareOf", "a", both),
        ],
    ).facts
    assert [m.quote for m in made.mentions] == ["236", "88 percent"]
    assert said(made, "cx:shareOf").raw == "236"


def test_a_second_number_of_one_statistic_is_left_out() -> None:
    made = reading(
        TEXT,
        ENTITIES,
        [
            claim("s1", "cx:value", "236", "236 North Koreans arrived"),
            claim("s1", "cx:value", "196", "up from 196 in 2023"),
        ],
    )
    assert made.dropped["second number of a statistic"] == 1
    assert said(made.facts, "cx:value").raw == "236"


def test_other_values() -> None:
    made = facts(
        claim("i1", "cx:front", "front:eastern", "on the eastern front"),
        claim("i1", "cx:crosser", "p1", "A North Korean soldier walked"),
        claim("i1", "cx:operationDuration", "a 20-hour operation", "a 20-hour operation ended"),
        claim("i1", "cx:custodian", "o1", "put in custody by South Korean troops"),
        claim("p1", "cx:nationality", "North Korean", "A North Korean soldier"),
        claim("i2", "cx:place", "l1", "rowed to Goseong"),
        claim("i2", "cx:personCount", "Four", "Four unarmed fishermen"),
        claim("p2", "cx:armed", "false", "unarmed fishermen"),
        claim("p3", "cx:jobTitle", "'harbor pilot'", "a 'harbor pilot'"),
        claim("r2", "cx:width", "4 kilometers", "about 4 kilometers wide"),
    )
    values = {c.predicate: c.value.value for c in made.claims}
    assert values["cx:front"] == "front:eastern"
    assert values["cx:operationDuration"] == "PT20H"
    assert values["cx:nationality"] == "id:place/north-korea"
    assert values["cx:personCount"] == 4
    assert values["cx:armed"] is False
    assert values["cx:jobTitle"] == "harbor pilot", "the text's own words, spaces joined"
    mentions = {m.id: m for m in made.mentions}
    assert mentions[str(values["cx:custodian"])].concept == "id:organization/rok-military"
    assert mentions[str(values["cx:place"])].concept == "id:place/goseong"
    assert mentions[said(made, "cx:personCount").subject].cls == "Incident"
    assert [m.count for m in made.mentions if m.quote == "Four unarmed fishermen"] == [4]
    assert said(made, "cx:width").raw == "about 4 kilometers"


def test_names_are_claims_of_their_own() -> None:
    made = facts(claim("p3", "cx:jobTitle", "harbor pilot", "harbor pilot"))
    persons = {m.id for m in made.mentions if m.cls == "Person"}
    assert [c.value.value for c in claims_of(made, "cx:name") if c.subject in persons] == ["Paek Chol-su"]
    assert said(made, "cx:nameStatus").value.value == "namestatus:named"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (claim("i1", "cx:front", "front:moon", "on the eastern front"), "not a concept of its vocabulary"),
        (claim("i1", "cx:front", "rank:sergeant", "on the eastern front"), "not a concept of its vocabulary"),
        (claim("i1", "cx:front", "front:eastern", "on the western front"), "quote not in the text"),
        (claim("i1", "cx:rank", "rank:sergeant", WALK), "predicate that no Incident has"),
        (claim("i1", "cx:crosser", "o1", WALK), "value is no entity of the text"),
        (claim("i1", "cx:crosser", "p99", WALK), "value is no entity of the text"),
        (claim("i1", "cx:place", "l1", WALK), "value not in its paragraph"),
        (claim("zz", "cx:front", "front:eastern", WALK), "claim about no entity of the text"),
        (claim("p1", "cx:armed", "perhaps", "A North Korean soldier"), "neither true nor false"),
        (claim("p1", "cx:nationality", "soldier", "A North Korean soldier"), "no country that the gazetteer knows"),
        (claim("p1", "cx:nationality", "French", "A North Korean soldier"), "value not in its sentence"),
        (claim("i1", "cx:personCount", "eastern", WALK), "no number that the rules can read"),
        (claim("i1", "cx:operationDuration", "custody", "custody"), "no duration that the rules can read"),
        (claim("r2", "cx:width", "34,000", "more than 34,000 have come"), "number of another unit"),
        (claim("p3", "cx:nameStatus", "namestatus:withheld", "Paek Chol-su"), "name status against the name"),
        (claim("p1", "cx:nameStatus", "namestatus:named", "He"), "name status against the name"),
    ],
)
def test_what_the_text_does_not_bear_is_left_out_and_counted(wrong: dict[str, Any], reason: str) -> None:
    before, made = reading(TEXT, ENTITIES, []).facts, reading(TEXT, ENTITIES, [wrong]).facts
    assert dropped(wrong) == {reason: 1}
    assert made == before


def test_evidence_longer_than_a_clause_is_left_out() -> None:
    text = "The soldier crossed " + "and crossed again " * 30 + "at night."
    wrong = claim("i", "cx:front", "front:eastern", text)
    made = reading(text, [entity("i", "Incident", "The soldier crossed")], [wrong])
    assert made.dropped == {"quote longer than a clause": 1}


def test_entities_that_are_not_in_the_text_are_left_out() -> None:
    made = reading(
        TEXT,
        [entity("x", "Incident", "a helicopter landed"), entity("y", "Person", "He", name="Nobody Here")],
        [claim("x", "cx:front", "front:eastern", "on the eastern front")],
    )
    assert made.dropped == {
        "quote of an entity not in the text": 1,
        "name not in the text": 1,
        "claim about no entity of the text": 1,
    }
    assert made.facts.claims == ()


def test_one_thing_in_two_answers_or_under_two_ids_is_one() -> None:
    made = reading(
        TEXT,
        [
            *ENTITIES,
            entity("again", "Incident", "soldier walked over the Military Demarcation Line"),
            entity("i1", "Incident", "Four unarmed fishermen rowed to Goseong"),
        ],
        [
            claim("i1", "cx:front", "front:eastern", "on the eastern front"),
            claim("again", "cx:incidentType", "itype:land-crossing", "walked over"),
        ],
    )
    incidents = {m.chain for m in made.facts.mentions if m.cls == "Incident"}
    assert len(incidents) == 1, "two phrases with one verb tell of one incident"
    assert made.dropped["two entities of one id"] == 1


def test_of_several_places_the_one_near_the_subject_is_the_evidence() -> None:
    text = "A soldier crossed the river at night.\n\nThe army was silent.\n\nA fisherman crossed the river at noon."
    made = reading(
        text,
        [entity("i", "Incident", "A fisherman crossed the river at noon")],
        [claim("i", "cx:incidentType", "itype:crossing", "crossed the river")],
    ).facts
    assert said(made, "cx:incidentType").evidence[0].start == text.rindex("crossed the river")


def test_a_date_in_another_sentence_of_the_paragraph_is_evidence_of_its_own() -> None:
    text = "It was a cold Tuesday in May 2021. Two men swam to the island."
    made = reading(
        text,
        [entity("i", "Incident", "Two men swam to the island")],
        [claim("i", "cx:dateEDTF", "May 2021", "Two men swam to the island")],
    ).facts
    assert [e.quote for e in said(made, "cx:dateEDTF").evidence] == ["Two men swam to the island", "May 2021"]
    assert said(made, "cx:dateEDTF").raw == "May 2021"


def test_pieces_of_a_long_article_are_joined() -> None:
    source = parsed(TEXT, "2025-03-06")
    spans = [(block.start, block.end) for block in source.blocks]
    pieces = [Places(source.text, spans[:2]), Places(source.text, spans[1:])]
    first = answer(ENTITIES[:6], [claim("i2", "cx:crosser", "p2", "Four unarmed fishermen rowed")])
    then = answer(
        [entity("a", "Incident", "rowed to Goseong"), entity("b", "Statistic", "196")],
        [
            claim("a", "cx:incidentType", "itype:maritime-crossing", "rowed to Goseong"),
            claim("b", "cx:value", "196", "196 in 2023"),
        ],
    )
    made = read(
        source,
        list(zip(pieces, map(read_answer, (first, then)), strict=True)),
        Lexicon.load(),
        Extractor(name="llm", version="scripted"),
    )
    true_to_the_text(made.facts, source.text)
    assert made.dropped == {}
    rowed = {m.chain for m in made.facts.mentions if m.cls == "Incident" and "rowed" in m.quote}
    assert len(rowed) == 1, "the overlap is read twice and told once"
    assert said(made.facts, "cx:value").raw == "196"
    outside = read(source, [(pieces[1], read_answer(first))], Lexicon.load(), Extractor(name="llm", version="scripted"))
    assert outside.dropped["quote of an entity not in the text"] >= 3, "what another piece holds is not looked for"

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.evaluate.evaluate import evaluate
from kg.evaluate.folder import GoldFolder
from kg.evaluate.report import Report
from kg.facts.model import Value
from tests.evaluate.made import Made, folder_of, found_of, gold_of

DAYS = [f"2021-05-{day:02}" for day in range(1, 29)]


def crossing(day: str, front: str) -> str:
    return f"A private crossed on {day} in the {front} sector."


def crossings(name: str, days: list[str], front: str = "eastern") -> Made:
    """A text of several crossings, each found with its day, its front and its crosser."""
    made = Made(name, "\n".join(crossing(day, front) for day in days))
    for number, day in enumerate(days, 1):
        start = made.text.index(crossing(day, front))
        nth = made.text[: start + 9].count("A private")
        incident = made.mention("Incident", crossing(day, front))
        made.concept(incident, "cx:incidentType", "itype:land-crossing", crossing(day, front))
        made.concept(incident, "cx:front", f"front:{front}", crossing(day, front))
        made.date(incident, "cx:dateEDTF", day, day)
        person = made.mention("Person", "A private", nth=nth)
        made.refer(incident, "cx:crosser", person, crossing(day, front))
        made.concept(person, "cx:actorType", "actor:soldier", crossing(day, front))
        assert made.mentions[-1].start == start, number
    return made


def perfect(made: Made, days: list[str], front: str = "eastern") -> dict[str, Any]:
    return {
        "incidents": [
            {
                "key": f"i-{day}",
                "entity": f"on-{day}",
                "spots": [f"crossed on {day}"],
                "date": day,
                "precision": "day",
                "kind": "itype:land-crossing",
                "front": f"front:{front}",
                "actor": "actor:soldier",
                "rank": None,
                "count": 1,
                "evidence": {"date": day},
                "persons": [f"p-{day}"],
            }
            for day in days
        ],
        "persons": [{"key": f"p-{day}", "entity": f"who-{day}", "incident": f"i-{day}"} for day in days],
    }


def scored(pairs: list[tuple[Made, dict[str, Any]]], together: dict[str, Any] | None = None) -> Report:
    folder = folder_of([(made, gold_of(made, **gold)) for made, gold in pairs], together)
    return evaluate(folder, found_of(*(made for made, _ in pairs)))


def test_two_of_three_found_and_one_too_many() -> None:
    made = crossings("a", DAYS[:3])
    gold = perfect(made, DAYS[:3])
    gold["incidents"][2] = {"key": "i-lost", "spots": ["A private"], "date": "2019"}
    gold["persons"].pop()
    gold["incidents"].append({"key": "i-void", "spots": ["the eastern"], "date": "2018", "optional": True})
    report = scored([(made, gold)])
    score = report.numbers.mention["Incident"]
    assert (score.gold, score.found, score.right) == (3, 3, 2)
    assert [score.precision, score.recall, score.f1] == pytest.approx([2 / 3] * 3)
    assert report.numbers.entity["Incident"] == score
    persons = report.numbers.mention["Person"]
    assert (persons.gold, persons.found, persons.right, persons.recall) == (2, 3, 2, 1.0)
    assert [(row.cls, row.key) for row in report.missed] == [("Incident", "i-lost")]
    assert [(row.cls, row.words[0].words) for row in report.extra] == [
        ("Incident", crossing(DAYS[2], "eastern")),
        ("Person", "A private"),
    ]
    first = report.extra[0]
    assert first.words[0].start == made.text.index(crossing(DAYS[2], "eastern"))
    assert first.slots["date"] == DAYS[2]
    assert report.entities_missed == ("Incident a/i-lost",)
    assert len(report.entities_extra) == 2


def test_what_is_optional_counts_neither_way() -> None:
    made = crossings("a", DAYS[:2])
    gold = perfect(made, DAYS[:2])
    for row in (gold["incidents"][1], gold["persons"][1]):
        row["optional"] = True
    numbers = scored([(made, gold)]).numbers
    for level in (numbers.mention, numbers.entity):
        assert (level["Incident"].gold, level["Incident"].found, level["Incident"].right) == (1, 1, 1)
    assert numbers.slots["Incident"]["date"].given == 1


def test_a_class_that_is_not_annotated_is_not_scored() -> None:
    made = crossings("a", DAYS[:1])
    numbers = scored([(made, {"classes": ["Person"], **perfect(made, DAYS[:1])})]).numbers
    assert (numbers.mention["Incident"].found, numbers.mention["Person"].found) == (0, 1)
    assert numbers.mention["Incident"].f1 is None
    assert numbers.slots["Incident"] == {}


def test_a_text_on_another_subject_makes_everything_found_an_error() -> None:
    silent, loud = Made("a", "Nothing to see here."), crossings("b", DAYS[:1])
    numbers = scored([(silent, {}), (loud, {})]).numbers
    assert (numbers.mention["Incident"].precision, numbers.mention["Incident"].f1) == (0.0, 0.0)
    assert numbers.mention["Statistic"].f1 is None


def test_slots_are_right_wrong_missing_and_filled() -> None:
    made = crossings("a", DAYS[:4])
    gold = perfect(made, DAYS[:4])
    incidents = gold["incidents"]
    incidents[0] |= {"front": None, "route": "id:route/dmz"}
    incidents[1] |= {"front": "front:western", "date": "2021-05"}
    incidents[2] |= {"status": "status:confirmed", "place": None, "count": 2}
    report = scored([(made, gold)])
    slots = report.numbers.slots["Incident"]
    front, date, both = slots["front"], slots["date"], slots["route_or_front"]
    assert (front.given, front.right, front.wrong, front.missing, front.empty, front.filled) == (3, 2, 1, 0, 1, 1)
    assert (date.right, date.wrong, date.accuracy, date.compatible) == (3, 1, 0.75, 1.0)
    assert (both.given, both.right, both.missing, both.filled) == (4, 2, 1, 1)
    assert (slots["count"].right, slots["count"].wrong) == (3, 1)
    assert (slots["status"].given, slots["status"].missing, slots["status"].accuracy) == (1, 1, 0.0)
    assert (slots["place"].empty, slots["place"].filled, slots["place"].accuracy) == (1, 0, None)
    assert (slots["rank"].empty, slots["rank"].filled) == (4, 0)
    assert slots["precision"].accuracy == 1.0
    assert slots["front"].compatible is None
    wrong = {(row.key, row.slot, row.verdict, row.gold, row.found) for row in report.wrong_slots}
    assert wrong == {
        (f"i-{DAYS[0]}", "front", "filled", "null", "front:eastern"),
        (f"i-{DAYS[0]}", "route", "missing", "id:route/dmz", ""),
        (f"i-{DAYS[1]}", "front", "wrong", "front:western", "front:eastern"),
        (f"i-{DAYS[1]}", "date", "wrong", "2021-05", DAYS[1]),
        (f"i-{DAYS[2]}", "status", "missing", "status:confirmed", ""),
        (f"i-{DAYS[2]}", "count", "wrong", "2", "1"),
    }


def test_a_value_with_a_hedge_is_read_though_it_is_not_flat() -> None:
    made = crossings("a", DAYS[:2])
    made.concept("m2", "cx:rank", "rank:sergeant", "A private", certainty="possible")
    gold = perfect(made, DAYS[:2])
    gold["incidents"][0]["rank"] = "rank:sergeant"
    assert scored([(made, gold)]).numbers.slots["Incident"]["rank"].right == 1
    gold["incidents"][0]["rank"] = "rank:private"
    assert scored([(made, gold)]).numbers.slots["Incident"]["rank"].missing == 1
    gold["incidents"][0]["rank"] = None
    assert scored([(made, gold)]).numbers.slots["Incident"]["rank"].filled == 0


def test_evidence_is_compared_by_characters() -> None:
    made = crossings("a", DAYS[:2])
    gold = perfect(made, DAYS[:2])
    # Ten characters of the gold are in those ten of the claim, and half of twenty in the second.
    gold["incidents"][0]["evidence"] = {"date": DAYS[0]}
    gold["incidents"][1]["evidence"] = {"date": f"crossed on {DAYS[1]}", "rank": "A private", "front": "A private"}
    evidence = scored([(made, gold)]).numbers.evidence
    assert (evidence.given, evidence.claimed, evidence.overlapping) == (4, 3, 2)
    assert evidence.share == 0.5
    assert evidence.characters_f1 == pytest.approx((1 + 2 * 10 / (10 + 21) + 0) / 3)
    assert (evidence.quotes.of, evidence.quotes.share) == (10, 1.0)


def test_a_quote_that_does_not_stand_there_is_counted() -> None:
    made = crossings("a", DAYS[:1])
    claim = made.claims[0]
    made.claims[0] = msgspec.structs.replace(
        claim, evidence=(msgspec.structs.replace(claim.evidence[0], quote="other words"),)
    )
    quotes = scored([(made, {})]).numbers.evidence.quotes
    assert (quotes.of, quotes.right) == (5, 4)


def test_the_claim_layer_is_counted_by_kind_and_what_does_not_stand_is_listed() -> None:
    made = crossings("a", DAYS[:1])
    made.concept("m2", "cx:rank", "rank:sergeant", "A private", certainty="possible", speaker="crossed")
    rows = [
        {"key": "r1", "about": f"p-{DAYS[0]}", "spot": "A private", "certainty": ["possible"], "predicate": "rank"},
        {"key": "r2", "about": f"p-{DAYS[0]}", "spot": "A private", "certainty": ["possible"], "negated": True},
        {"key": "r3", "about": f"i-{DAYS[0]}", "spot": "A private crossed on", "certainty": ["asserted"]},
        {"key": "r4", "about": f"i-{DAYS[0]}", "spot": DAYS[0], "certainty": ["reported"], "attributed_to": "nobody"},
    ]
    report = scored([(made, {**perfect(made, DAYS[:1]), "claims": rows})])
    numbers = report.numbers
    assert {kind: (share.of, share.right) for kind, share in numbers.claims.items()} == {
        "all": (3, 1),
        "negated": (1, 0),
        "future": (0, 0),
        "denied": (0, 0),
        "hedged": (1, 1),
        "reported": (1, 0),
    }
    assert (numbers.certainty.of, numbers.certainty.right) == (4, 2)
    assert (numbers.attribution.of, numbers.attribution.right) == (1, 0)
    missing = {row.key: row for row in report.rows_missing}
    assert sorted(missing) == ["r2", "r4"]
    assert missing["r4"].words.words == DAYS[0]
    assert f"cx:dateEDTF '{DAYS[0]}': asserted, past" in missing["r4"].found
    assert missing["r2"].wanted == "possible, negated"


def test_the_publication_date_is_scored() -> None:
    one, other = Made("a", "A text.", "2021-05-03"), Made("b", "A text of no date.")
    folder = folder_of([(one, gold_of(one)), (other, msgspec.structs.replace(gold_of(other), published="2020-01-01"))])
    assert evaluate(folder, found_of(one, other)).numbers.published.share == 0.5


@pytest.fixture
def linked() -> list[Made]:
    """Two texts of one crossing; the second says the month alone."""
    one = crossings("a", DAYS[:1])
    other = Made("b", "In May 2021 a private crossed in the eastern sector.")
    other.incident("a private crossed", "May 2021", "2021-05")
    for made in (one, other):
        made.claim("m1", "cx:operationDuration", Value(kind="duration", value="PT20H"), "crossed")
        made.concept("m1", "cx:direction", "direction:north-to-south", "crossed")
        made.concept("m1", "cx:front", "front:eastern", "crossed")
    return [one, other]


SAME = {"key": "i", "entity": f"on-{DAYS[0]}", "spots": ["a private crossed"], "date": "2021-05"}


def test_what_linking_makes_of_several_texts(linked: list[Made]) -> None:
    one, other = linked
    together = {
        "keys": "text",
        "entities": [
            {
                "entity": f"on-{DAYS[0]}",
                "slots": {"date": DAYS[0], "front": "front:eastern", "count": 1, "place": None},
            },
            {"entity": f"who-{DAYS[0]}", "slots": {"actor": "actor:civilian"}},
        ],
        "apart": [[f"on-{DAYS[0]}", f"who-{DAYS[0]}"]],
    }
    report = scored([(one, perfect(one, DAYS[:1])), (other, {"incidents": [SAME]})], together)
    assert (report.numbers.mention["Incident"].right, report.numbers.entity["Incident"].right) == (2, 1)
    assert report.numbers.coreference["Incident"].f1 == 1.0
    assert (report.numbers.members.of, report.numbers.members.right) == (5, 4)
    assert [(row.slot, row.gold, row.found) for row in report.members if not row.right] == [
        ("actor", "actor:civilian", "actor:soldier")
    ]
    assert (report.numbers.apart.of, report.numbers.apart.share) == (1, 1.0)
    wrong = [{**SAME, "entity": "another"}]
    together["apart"] = [["another", f"on-{DAYS[0]}"]]
    report = scored([(one, perfect(one, DAYS[:1])), (other, {"incidents": wrong})], together)
    assert report.merged == (("another", f"on-{DAYS[0]}"),)
    assert report.numbers.apart.right == 0
    assert report.numbers.coreference["Incident"].precision == 0.5
    entity = report.numbers.entity["Incident"]
    assert (entity.gold, entity.found, entity.right) == (2, 1, 1)


def test_disputed_rows_count_in_one_total_and_not_in_the_other() -> None:
    made = crossings("a", DAYS[:1])
    gold = perfect(made, DAYS[:1])
    gold["incidents"].append({"key": "i-lost", "spots": ["sector"], "date": "1999"})
    row = {"key": "r", "about": f"i-{DAYS[0]}", "spot": "sector", "certainty": ["possible"]}
    report = scored(
        [(made, {**gold, "claims": [row]})], {"keys": "text", "disputed": ["a:i-lost", "a.txt:r", f"b:i-{DAYS[0]}"]}
    )
    assert report.without_disputed is not None
    assert (report.numbers.mention["Incident"].recall, report.without_disputed.mention["Incident"].recall) == (0.5, 1.0)
    assert (report.numbers.claims["all"].of, report.without_disputed.claims["all"].of) == (1, 0)
    assert report.disputed == ("a:i-lost", "a.txt:r", f"b:i-{DAYS[0]}")
    assert scored([(made, gold)]).without_disputed is None


CHOSEN = st.lists(st.sampled_from(DAYS), unique=True, min_size=1, max_size=4)


@settings(max_examples=20, deadline=None)
@given(CHOSEN, CHOSEN)
def test_perfect_gold_gives_one_everywhere(first: list[str], second: list[str]) -> None:
    texts = [crossings("a", first), crossings("b", second, "western")]
    gold = [perfect(texts[0], first), perfect(texts[1], second, "western")]
    for row in (*gold[1]["incidents"], *gold[1]["persons"]):
        row["entity"] = f"b-{row['entity']}"
    numbers = scored(list(zip(texts, gold, strict=True))).numbers
    for cls in ("Incident", "Person"):
        for score in (numbers.mention[cls], numbers.entity[cls]):
            assert (score.precision, score.recall, score.f1) == (1.0, 1.0, 1.0)
        assert numbers.coreference[cls].f1 == 1.0
    assert {slot.accuracy for slot in numbers.slots["Incident"].values()} <= {1.0, None}
    assert sum(slot.filled for slot in numbers.slots["Incident"].values()) == 0
    assert numbers.evidence.characters_f1 == 1.0
    assert numbers.leaks == 0


@settings(max_examples=20, deadline=None)
@given(CHOSEN, CHOSEN, st.randoms(use_true_random=False))
def test_the_order_of_rows_mentions_and_texts_changes_nothing(found: list[str], wanted: list[str], random: Any) -> None:
    made, gold = crossings("a", found), perfect(crossings("a", wanted), wanted)
    for row in gold["incidents"]:
        row["spots"], row["evidence"] = [], {}
    other = crossings("b", found[:1], "western")
    before = scored([(made, gold), (other, {})]).numbers
    for rows in (*gold.values(), made.mentions, made.claims):
        random.shuffle(rows)
    assert scored([(other, {}), (made, gold)]).numbers == before


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 3), st.integers(0, 3))
def test_one_more_entity_found_never_raises_precision(right: int, extra: int) -> None:
    def precisions(count: int) -> list[float]:
        made = crossings("a", DAYS[:count])
        numbers = scored([(made, perfect(made, DAYS[:right]))]).numbers
        found = [level[cls].precision for level in (numbers.mention, numbers.entity) for cls in ("Incident", "Person")]
        return [value for value in found if value is not None]

    before, after = precisions(right + extra), precisions(right + extra + 1)
    assert len(before) == len(after) == 4
    assert all(one > other for one, other in zip(before, after, strict=True))


def test_a_folder_without_articles_of_the_graph_is_scored_too() -> None:
    made = Made("a", "Nothing to see here.")
    gold = gold_of(made, incidents=[{"key": "i", "spots": ["here"]}])
    folder: GoldFolder = folder_of([(made, gold)])
    found = found_of()
    assert evaluate(folder, found).numbers.mention["Incident"].recall == 0.0

"""The gold of `tests/gold`: whole and consistent, and nothing of the facts table that it was made from is lost.

The original articles, the facts table and the first annotation of the eight further texts are not part of the project;
they are taken from the directory that the environment variable ``CROSSINGS_SHARED`` names, else from ``../shared``
beside the repository, and what needs them is skipped without it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kg.dates import parse_edtf
from kg.evaluate.gold import GoldEntity, GoldSet, GoldText, Spot, Words
from kg.evaluate.yaml_text import read_record
from kg.knowledge import Knowledge
from kg.namespaces import SCHEMES

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "gold"
SHARED = Path(os.environ.get("CROSSINGS_SHARED") or ROOT.parent / "shared")

#: Where the texts of each folder are.
TEXTS = {"originals": SHARED / "seeds", "digests": ROOT / "seeds", "dev": GOLD / "dev"}
FILES = {"originals": 5, "digests": 5, "dev": 8}
PATHS = [path for folder in FILES for path in sorted((GOLD / folder).glob("*.gold.yaml"))]
CLASSES = ("incidents", "persons", "organizations", "routes", "statistics")
DATE_SLOTS = ("date", "disclosed", "period")
#: No more words of an original than this may stand in its gold: names, and words for a speaker.
FEW = 8

each_file = pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}/{path.name}")
each_folder = pytest.mark.parametrize("folder", list(FILES))


@cache
def gold(path: Path) -> GoldText:
    """A gold file as its record; every scalar of the YAML stays the text that it is."""
    return read_record(path, GoldText)[1]


@cache
def whole(folder: str) -> GoldSet:
    return read_record(GOLD / folder / "set.yaml", GoldSet)[1]


@cache
def knowledge() -> Knowledge:
    return Knowledge.load("korea")


def texts_of(folder: str) -> list[GoldText]:
    return [gold(path) for path in PATHS if path.parent.name == folder]


def entities(text: GoldText) -> list[GoldEntity]:
    return [entity for name in CLASSES for entity in getattr(text, name)]


def body(path: Path) -> str:
    """The text of a gold file, without front matter."""
    file = TEXTS[path.parent.name] / gold(path).text
    if path.parent.name == "originals" and not file.is_file():
        pytest.skip(f"the original article is not at {file}; set CROSSINGS_SHARED to the directory that has it")
    content = file.read_bytes().decode("utf-8")
    front = re.match(r"---\r?\n.*?\n---\r?\n", content, re.DOTALL) if file.suffix == ".md" else None
    return content[front.end() :] if front else content


def words_of(text: GoldText) -> Iterator[tuple[str, Words]]:
    """All words that a gold file points at, with the row that does."""
    for entity in entities(text):
        yield from ((entity.key, words) for words in entity.spots)
        yield from ((f"{entity.key} {slot}", words) for slot, words in entity.evidence.items())
    yield from ((claim.key, claim.spot) for claim in text.claims)
    yield from ((f"never_facts {number}", row.spot) for number, row in enumerate(text.never_facts))


def locate(words: Words, text: str) -> tuple[int, int]:
    """Where words stand; the bounds and the occurrence are checked, not trusted."""
    spot = Spot(quote=words) if isinstance(words, str) else words
    if spot.at is not None:
        assert spot.quote is None, f"{spot} gives words and offsets"
        start, end = spot.at
        assert 0 <= start < end <= len(text), f"{spot.at} is outside of the text"
        assert text[start:end] == text[start:end].strip(), f"white space at the edge of {spot.at}"
        return start, end
    assert spot.quote, f"{spot} gives neither words nor offsets"
    starts = [match.start() for match in re.finditer(f"(?={re.escape(spot.quote)})", text)]
    assert len(starts) >= spot.nth, f"{spot.quote!r} stands {len(starts)} times"
    assert len(starts) == 1 or isinstance(words, Spot), f"{spot.quote!r} stands {len(starts)} times: say which"
    return starts[spot.nth - 1], starts[spot.nth - 1] + len(spot.quote)


def facts() -> list[dict[str, Any]]:
    path = SHARED / "gold" / "facts.json"
    if not path.is_file():
        pytest.skip(f"the facts table is not at {path}; set CROSSINGS_SHARED to the directory that has it")
    rows: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return rows


def key_of(row: dict[str, Any]) -> str:
    return f"r-{row['id'].replace('.', '-')}"


def of_article(number: str) -> GoldText:
    (path,) = (p for p in PATHS if p.parent.name == "originals" and p.name.startswith(number))
    return gold(path)


@each_folder
def test_every_text_has_its_gold(folder: str) -> None:
    named = [text.text for text in texts_of(folder)]
    assert len(named) == len(set(named)) == FILES[folder]
    if folder != "originals":
        suffix = ".md" if folder == "digests" else ".txt"
        assert sorted(named) == sorted(path.name for path in TEXTS[folder].glob(f"*{suffix}"))


@each_file
def test_all_five_classes_are_annotated(path: Path) -> None:
    assert len(gold(path).classes) == len(set(gold(path).classes)) == 5


@each_file
def test_dates_are_dates(path: Path) -> None:
    for entity in entities(gold(path)):
        for slot in DATE_SLOTS:
            value = getattr(entity, slot, msgspec.UNSET)
            if isinstance(value, str) and value != "unresolved":
                assert parse_edtf(value).earliest, f"{entity.key} {slot}"
            if value == "unresolved":
                assert getattr(entity, "precision", msgspec.UNSET) == "precision:unresolved", entity.key


@each_file
def test_concepts_are_declared(path: Path) -> None:
    known = knowledge()
    for entity in entities(gold(path)):
        for slot in entity.__struct_fields__:
            value = getattr(entity, slot)
            for concept in value if isinstance(value, tuple) else (value,):
                if isinstance(concept, str) and re.fullmatch(r"[a-z]+:[a-z0-9/-]+", concept):
                    assert concept.partition(":")[0] in {*SCHEMES, "id"}, concept
                    assert known.entry(concept) is not None, concept
    for claim in gold(path).claims:
        if claim.value and claim.value.partition(":")[0] in {*SCHEMES, "id"}:
            assert known.entry(claim.value) is not None, claim.value


@each_file
def test_keys_are_unique_and_name_one_entity(path: Path) -> None:
    text = gold(path)
    keys = [entity.key for entity in entities(text)] + [claim.key for claim in text.claims]
    assert len(keys) == len(set(keys))
    named = [entity.entity for entity in entities(text)]
    assert None not in named, "every entity says which one of the set it is"
    assert len(named) == len(set(named)), "two entities of a text are one of the set"


@each_file
def test_references_resolve(path: Path) -> None:
    text = gold(path)
    persons, incidents, statistics = ({e.key for e in getattr(text, c)} for c in ("persons", "incidents", "statistics"))
    for incident in text.incidents:
        assert set(incident.persons) <= persons, incident.key
    for person in text.persons:
        assert person.incident is None or person.incident in incidents, person.key
        crosses = [incident.key for incident in text.incidents if person.key in incident.persons]
        assert person.incident is None or not crosses or crosses == [person.incident], person.key
    for statistic in text.statistics:
        assert not isinstance(statistic.share_of, str) or statistic.share_of in statistics, statistic.key
    for claim in text.claims:
        assert claim.about in {entity.key for entity in entities(text)}, claim.key
        assert claim.certainty, claim.key


@each_file
def test_an_unnamed_crosser_is_keyed_on_the_incident(path: Path) -> None:
    text = gold(path)
    for incident in text.incidents:
        if not incident.optional:
            assert incident.persons, f"{incident.key} has nobody who crossed"
    for person in text.persons:
        assert person.name or person.incident or person.optional, person.key


@each_file
def test_words_stand_in_the_text(path: Path) -> None:
    text = body(path)
    found = [locate(words, text) for _, words in words_of(gold(path))]
    assert found
    for entity in entities(gold(path)):
        assert entity.spots, f"{entity.key} has no words"
    for claim in gold(path).claims:
        assert claim.attributed_to is None or claim.attributed_to in text, claim.key
    for name in (n for e in gold(path).persons for n in (e.name, *e.names) if n):
        assert name in text, name


@each_file
def test_spots_of_different_entities_of_a_class_are_apart(path: Path) -> None:
    text = body(path)
    for name in CLASSES:
        spots = {e.key: {locate(w, text) for w in e.spots} for e in getattr(gold(path), name)}
        for one, other in combinations(spots, 2):
            assert not spots[one] & spots[other], f"{one} and {other} are the same words"


def test_originals_are_given_by_offset_and_fixed_by_hash() -> None:
    for path in PATHS:
        if path.parent.name != "originals":
            continue
        assert gold(path).sha256
        for row, words in words_of(gold(path)):
            by_offset = isinstance(words, Spot) and words.at is not None
            assert by_offset, f"{path.name} {row} holds words of the original"
        file = TEXTS["originals"] / gold(path).text
        if file.is_file():
            assert hashlib.sha256(file.read_bytes()).hexdigest() == gold(path).sha256


def test_no_more_than_a_few_words_of_an_original_stand_in_its_gold() -> None:
    for path in PATHS:
        if path.parent.name == "originals":
            text = re.findall(r"[a-z0-9']+", body(path).lower().replace("’", "'"))
            held = re.findall(r"[a-z0-9']+", path.read_text("utf-8").lower().replace("’", "'"))
            runs = {tuple(text[n : n + FEW]) for n in range(len(text) - FEW + 1)}
            assert not runs & {tuple(held[n : n + FEW]) for n in range(len(held) - FEW + 1)}, path.name


def test_further_texts_are_the_shared_ones() -> None:
    shared = SHARED / "dev"
    if not shared.is_dir():
        pytest.skip(f"the further texts are not in {shared}; set CROSSINGS_SHARED to the directory that has them")
    ours = {path.name: path.read_bytes() for path in (GOLD / "dev").glob("*.txt")}
    assert ours == {path.name: path.read_bytes() for path in shared.glob("*.txt")}


def test_every_hedged_reported_or_negated_row_of_the_facts_is_a_claim() -> None:
    rows = [row for row in facts() if row["status"] in {"R", "H", "N"} and row["cls"] != "-"]
    assert len(rows) == 61
    for row in rows:
        text = of_article(row["article"])
        (claim,) = (claim for claim in text.claims if claim.key == key_of(row))
        assert isinstance(claim.spot, Spot)
        assert claim.spot.at is not None
        start, end = claim.spot.at
        assert start <= row["start"] < row["end"] <= end, f"{claim.key} does not cover its words"
        if row["status"] == "R":
            assert not claim.negated, claim.key
            assert "reported" in claim.certainty, claim.key
            assert set(claim.certainty) <= {"reported", "asserted"}, claim.key
        if row["status"] == "H":
            assert {"possible", "probable"} <= set(claim.certainty), claim.key
    known = {key_of(row) for row in rows}
    assert {claim.key for text in texts_of("originals") for claim in text.claims} == known


def test_a_negated_row_is_negated_or_a_concept_of_its_own() -> None:
    concepts = {"namestatus:withheld", "status:unconfirmed"}
    rows = [row for row in facts() if row["status"] == "N" and row["cls"] != "-"]
    assert rows
    for row in rows:
        (claim,) = (claim for claim in of_article(row["article"]).claims if claim.key == key_of(row))
        assert claim.negated != (claim.value in concepts), claim.key


def test_what_is_no_fact_in_the_facts_table_never_founds_one() -> None:
    rows = [row for row in facts() if row["status"] == "B" or row["cls"] == "-"]
    assert rows
    for row in rows:
        spans = [never.spot.at for never in of_article(row["article"]).never_facts if isinstance(never.spot, Spot)]
        assert any(at and at[0] <= row["start"] and row["end"] <= at[1] for at in spans), row["id"]


def test_every_entity_of_the_facts_table_stands_in_the_gold_of_its_article() -> None:
    # A generic plural, a credit of a photograph and a bare label are no entities; the table says so itself.
    none = {"O-NGOs", "P-PHOTO", "I-BOOM"}
    for row in facts():
        if row["cls"] in {"-", "Article"} or row["subject"] in none:
            continue
        ident = row["subject"].lower().rstrip("?")
        named = {entity.entity for entity in entities(of_article(row["article"]))}
        assert ident in named, f"{row['id']} {ident}"


def test_digests_hold_the_same_rows_and_entities_as_their_originals() -> None:
    for original, digest in zip(texts_of("originals"), texts_of("digests"), strict=True):
        assert original.text[:3] == digest.text[:3]
        assert [claim.key for claim in original.claims] == [claim.key for claim in digest.claims]
        both = [{(e.entity, e.optional) for e in entities(text)} for text in (original, digest)]
        assert both[0] == both[1]
        for one, other in zip(original.claims, digest.claims, strict=True):
            same = (one.about, one.negated, one.predicate, one.value, set(one.certainty) - {"asserted"})
            rest = (other.about, other.negated, other.predicate, other.value, set(other.certainty) - {"asserted"})
            assert same == rest, one.key


def _first_annotations() -> Iterator[tuple[GoldText, dict[str, Any]]]:
    for text in texts_of("dev"):
        path = SHARED / "dev" / text.text.replace(".txt", ".json")
        if not path.is_file():
            pytest.skip(f"the first annotation is not at {path}; set CROSSINGS_SHARED to the directory that has it")
        yield text, json.loads(path.read_text("utf-8"))


def test_nothing_of_the_first_annotation_of_the_further_texts_is_lost() -> None:
    periods = {"Q1": "33", "Q2": "34", "Q3": "35", "Q4": "36"}
    for text, first in _first_annotations():
        assert text.published == first["published"]
        required = [incident for incident in text.incidents if not incident.optional]
        assert [i.date for i in required] == [i["date"] for i in first["gold"]["incidents"]]
        assert [i.count for i in required] == [i["count"] for i in first["gold"]["incidents"]]
        statistics = [s for s in text.statistics if not s.optional]
        assert [s.value or s.lower for s in statistics] == [str(s["value"]) for s in first["gold"]["statistics"]]
        for ours, theirs in zip(statistics, first["gold"]["statistics"], strict=True):
            year, _, quarter = theirs["period"].partition("-Q")
            period = f"{year}-{periods['Q' + quarter]}" if quarter else theirs["period"]
            if period[0].isdigit():
                assert ours.period == period, ours.key
        named = {person.name for person in text.persons if person.name}
        assert named == {person["name"] for person in first["gold"]["persons"]}
        bodies = {body.name for body in text.organizations if not body.optional}
        assert {name.lower() for name in first["gold"]["organizations"]} <= {name.lower() for name in bodies}


@each_folder
def test_the_set_speaks_of_entities_of_its_texts(folder: str) -> None:
    rows = [entity for text in texts_of(folder) for entity in entities(text)]
    slots = {row.entity: set(row.__struct_fields__) for row in rows}
    gold_set = whole(folder)
    members = [member.entity for member in gold_set.entities]
    assert len(members) == len(set(members))
    for member in gold_set.entities:
        assert set(member.slots) <= slots[member.entity], member.entity
        for slot in DATE_SLOTS:
            value = member.slots.get(slot)
            assert value is None or parse_edtf(str(value)).earliest, member.entity
    assert all(one != other and {one, other} <= set(slots) for one, other in gold_set.apart)
    assert len({frozenset(pair) for pair in gold_set.apart}) == len(gold_set.apart)
    for conflict in gold_set.conflicts:
        assert conflict.entity in slots
        assert len(set(conflict.values)) > 1
        assert conflict.preferred is msgspec.UNSET or conflict.preferred in (None, *conflict.values)


@each_folder
def test_an_entity_is_of_one_class(folder: str) -> None:
    kinds: dict[str | None, set[type]] = {}
    for text in texts_of(folder):
        for entity in entities(text):
            kinds.setdefault(entity.entity, set()).add(type(entity))
    assert [name for name, found in kinds.items() if len(found) > 1] == []


def test_at_most_three_rows_are_disputed_each_by_name_and_with_a_reason() -> None:
    readme = (GOLD / "README.md").read_text("utf-8")
    disputed = [row for folder in FILES for row in whole(folder).disputed]
    assert 0 < len(disputed) <= 3
    for row in disputed:
        name, _, key = row.partition(":")
        (path,) = (p for p in PATHS if p.name == f"{name}.gold.yaml")
        assert key in {e.key for e in entities(gold(path))} | {claim.key for claim in gold(path).claims}
        assert f"`{row}`" in readme

"""What the schema of the gold cannot say: keys are unique and are there, dates are dates, concepts are known."""

from __future__ import annotations

from collections.abc import Set

from kg.dates import parse_edtf
from kg.evaluate.folder import AnnotatedText, GoldFolder, class_of
from kg.evaluate.gold import GoldEntity
from kg.evaluate.judge import options
from kg.evaluate.slots import SLOTS, UNRESOLVED, slot_of
from kg.knowledge import Knowledge
from kg.namespaces import SCHEMES

__all__ = ["check"]


def check(folder: GoldFolder, knowledge: Knowledge) -> None:
    """Look at every file of a folder of gold.

    Raises:
        InputError: The first thing that is wrong, with file, line and key.
    """
    for text in folder.texts:
        _check_text(text, knowledge)
    _check_set(folder)


def _check_text(text: AnnotatedText, knowledge: Knowledge) -> None:
    gold = text.gold
    seen: set[str] = set()
    rows = [(name, number, row.key) for name, number, row in text.rows()]
    for name, number, key in [*rows, *(("claims", number, claim.key) for number, claim in enumerate(gold.claims))]:
        if key in seen:
            raise text.document.error(f"another row has the key '{key}': rename one", name, number, "key")
        seen.add(key)
    for name, number, row in text.rows():
        _check_slots(text, row, knowledge, name, number)
    persons, incidents, statistics = ({e.key for e in some} for some in (gold.persons, gold.incidents, gold.statistics))
    for number, incident in enumerate(gold.incidents):
        for place, key in enumerate(incident.persons):
            _require(text, key, persons, "person", "incidents", number, "persons", place)
    for number, person in enumerate(gold.persons):
        if person.incident is not None:
            _require(text, person.incident, incidents, "incident", "persons", number, "incident")
        elif person.name is None and not person.spots:
            raise text.document.error("an unnamed person needs 'incident' or 'spots': give one", "persons", number)
    for number, statistic in enumerate(gold.statistics):
        if isinstance(statistic.share_of, str):
            _require(text, statistic.share_of, statistics, "statistic", "statistics", number, "share_of")
        if (statistic.value, statistic.lower, statistic.upper, statistic.qualitative) == (None, None, None, None):
            raise text.document.error("needs a value, a bound or 'qualitative': give one", "statistics", number)
    for number, claim in enumerate(gold.claims):
        _require(text, claim.about, set(text.entities), "entity", "claims", number, "about")
        if not claim.certainty:
            raise text.document.error("is empty: give every certainty that is right", "claims", number, "certainty")


def _require(text: AnnotatedText, key: str, known: Set[str], what: str, *steps: str | int) -> None:
    if key not in known:
        raise text.document.error(f"no {what} of this file has the key '{key}': correct it", *steps)


def _check_slots(text: AnnotatedText, row: GoldEntity, knowledge: Knowledge, name: str, number: int) -> None:
    cls = class_of(row)
    for slot in SLOTS[cls]:
        known = SLOTS[cls][slot]
        for value in options(getattr(row, slot)):
            if known.kind == "date" and value != UNRESOLVED:
                try:
                    parse_edtf(value)
                except ValueError as error:
                    raise text.document.error(str(error), name, number, slot) from error
            scheme = value.partition(":")[0]
            value = f"precision:{value}" if known.kind == "precision" and scheme == value else value
            if (scheme in SCHEMES or known.kind == "precision") and knowledge.entry(value) is None:
                raise text.document.error(
                    f"'{value}' is no concept of the vocabularies: correct it", name, number, slot
                )
    for slot in row.evidence:
        if slot_of(cls, slot) is None:
            raise text.document.error(f"'{slot}' is no slot of this class: correct it", name, number, "evidence", slot)


def _check_set(folder: GoldFolder) -> None:
    document, gold = folder.document, folder.set
    if document is None:
        return
    classes: dict[str, str] = {}
    rows: set[str] = set()
    for text in folder.texts:
        for key in (*text.entities, *(claim.key for claim in text.gold.claims)):
            rows |= {f"{text.name}:{key}", f"{text.gold.text}:{key}"}
        for entity in text.entities.values():
            name = entity.entity or (entity.key if text.shared else None)
            if name is not None:
                classes[name] = class_of(entity)
    named: list[tuple[str, tuple[str | int, ...]]]
    named = [(member.entity, ("entities", number, "entity")) for number, member in enumerate(gold.entities)]
    named += [(row.entity, ("conflicts", number, "entity")) for number, row in enumerate(gold.conflicts)]
    named += [
        (key, ("apart", number, place)) for number, pair in enumerate(gold.apart) for place, key in enumerate(pair)
    ]
    for key, steps in named:
        if key not in classes:
            raise document.error(f"no text has an entity '{key}': correct it", *steps)
    for number, member in enumerate(gold.entities):
        for slot in member.slots:
            if slot_of(classes[member.entity], slot) is None:
                raise document.error(f"'{slot}' is no slot of its class: correct it", "entities", number, "slots", slot)
    for number, name in enumerate(gold.disputed):
        if name not in rows:
            raise document.error(f"no text has a row '{name}': write TEXT:KEY", "disputed", number)

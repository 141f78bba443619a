"""The incidents of a text with their values as lists, for tests that compare them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from kg.article.read import read
from kg.article.text import ArticleText
from kg.dates import DateInterval, evaluate
from kg.extract.pipeline import extract
from kg.facts.model import Facts

__all__ = ["SLOTS", "facts_of", "incidents", "told", "width"]

SLOTS = {
    "dir": "cx:direction",
    "type": "cx:incidentType",
    "out": "cx:outcome",
    "status": "cx:defectionStatus",
    "front": "cx:front",
    "count": "cx:personCount",
}


def facts_of(tmp_path: Path, text: str, published: str | None) -> Facts:
    """The facts of a text that stands in a file."""
    path = tmp_path / "text.txt"
    path.write_text(text, encoding="utf-8")
    source = read(path, date.fromisoformat(published) if published else None)
    assert isinstance(source, ArticleText)
    return extract(source)


def incidents(facts: Facts) -> list[dict[str, Any]]:
    """The incidents with their values: what is neither negated nor to come."""
    mentions = {mention.id: mention for mention in facts.mentions}
    times = {time.id: time for time in facts.times}
    told: dict[str, dict[str, list[Any]]] = {}
    for claim in facts.claims:
        if not claim.negated and claim.tense != "future":
            chain = told.setdefault(mentions[claim.subject].chain, {})
            chain.setdefault(claim.predicate, []).append(claim.value.value)
    reference = None
    if facts.article.published is not None:
        day = date.fromisoformat(facts.article.published)
        reference = DateInterval.spanning(day, day)

    def dated(ident: str) -> DateInterval | None:
        if ident in times:
            return evaluate(times[ident], reference, dated)
        found = [dated(time) for time in told.get(ident, {}).get("cx:dateEDTF", [])]
        known = [interval for interval in found if interval is not None]
        return min(known, key=width, default=None)

    found = []
    for mention in facts.mentions:
        if mention.cls != "Incident" or mention.chain != mention.id:
            continue
        values = told.get(mention.id, {})
        person = next(iter(values.get("cx:crosser", [])), None)
        described = told.get(mentions[person].chain, {}) if person else {}
        interval = dated(mention.id)
        found.append(
            {
                "quote": mention.quote,
                "date": [interval.edtf] if interval is not None else [],
                **{name: values.get(predicate, []) for name, predicate in SLOTS.items()},
                "rank": described.get("cx:rank", []),
                "actor": described.get("cx:actorType", []),
                "nationality": described.get("cx:nationality", []),
            }
        )
    return found


def width(interval: DateInterval) -> int:
    """How many days an interval has; an open one has very many."""
    if interval.earliest is None or interval.latest is None:
        return 10**6
    return (interval.latest - interval.earliest).days


def told(folder: Path, text: str) -> list[tuple[str | None, str | None]]:
    """The incidents of a text of 21 November 2023, each as its date and direction, in the order of dates."""
    found = incidents(facts_of(folder, text, "2023-11-21"))
    return sorted((next(iter(i["date"]), ""), next(iter(i["dir"]), "")) for i in found)

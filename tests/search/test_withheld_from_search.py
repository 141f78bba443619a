"""Who is withheld from a release cannot be found in it, by no spelling and no quote, nor read in the file."""

from __future__ import annotations

from pathlib import Path

from kg.facts.model import Facts
from kg.namespaces import BASE
from kg.search.search import SearchIndex
from tests.support.facts import Draft
from tests.support.writing import Place

NAME = "Mina Do-ran"
AT_RISK = "- {id: %s, by: a curator, on: 2031-06-01, reason: At risk.}\n"


def _story() -> Facts:
    draft = Draft(f"{NAME} crossed the eastern front on 3 May 2031.", id="12" * 32, published="2031-05-09")
    incident = draft.mention("Incident", "crossed")
    man = draft.mention("Person", NAME, name=NAME)
    draft.claim(incident, "cx:crosser", man, f"{NAME} crossed")
    draft.claim(incident, "cx:front", "front:eastern", "the eastern front")
    draft.claim(man, "cx:name", NAME, NAME)
    return draft.facts()


def test_who_is_withheld_is_not_found(tmp_path: Path) -> None:
    place = Place(tmp_path, _story())
    place.build()
    before = SearchIndex(place.home.require_current().search_path)
    first = before.search("Mina Toran", cls="Person").hits[0]
    assert first.label == NAME
    assert b"Mina Do-ran" in before.path.read_bytes()

    (place.curation / "redactions.yaml").write_text(AT_RISK % first.iri.removeprefix(f"{BASE}id/"))
    place.build()
    after = SearchIndex(place.home.require_current().search_path)
    assert after.path != before.path
    for typed in ("Mina", "Do-ran", "Mina Toran", "Doran", "do"):
        assert not [hit for hit in after.search(typed, limit=100).hits if hit.iri == first.iri or "Mina" in hit.label]
    held = after.path.read_bytes()
    assert b"Mina" not in held
    assert b"mina do ran" not in held
    assert first.iri.encode() not in held
    assert after.search("eastern front", cls="Incident").total == 1

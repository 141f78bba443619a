"""A small graph to write into, and things that can be written into it: all in words of our own."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from kg.build import BuildOptions, BuildSummary, build
from kg.facts.model import Facts
from kg.namespaces import BASE, expand, graph_iri
from kg.release.home import Home
from kg.release.quads import read_lines
from tests.support.facts import Draft
from tests.support.reporting import Silent

__all__ = ["ARTICLE", "CORRECTION", "DIGEST", "JUDGEMENT", "LATE", "NEWS", "OTHER", "Place", "note", "other", "story"]

ARTICLE, OTHER = "12" * 32, "34" * 32
NEWS = (
    "A North Korean soldier crossed the Military Demarcation Line on Wednesday, the South Korean military said. "
    "He was taken into custody by South Korean troops.\n"
)
#: It tells of a day that is long after the one that it says it was published on: a claim of it breaks a shape.
LATE = (
    "---\npublished: 2020-05-06\n---\nA North Korean man crossed the Military Demarcation Line on Oct. 19, 2025, the "
    "South Korean military said. He was taken into custody by South Korean troops on the western front.\n"
)
DIGEST = (
    f"---\nid: {hashlib.sha256(NEWS.encode()).hexdigest()}\nkind: digest\npublished: 2024-08-22\n---\n"
    "A soldier of North Korea came over the Military Demarcation Line to South Korea.\n"
)
CORRECTION = {
    "claim": {"article": ARTICLE, "cls": "Incident", "predicate": "cx:front", "quote": "the eastern front"},
    "value": "front:western",
    "by": "a curator",
    "on": "2031-06-01",
    "reason": "It was the west.",
}
JUDGEMENT = {
    "first": {"article": ARTICLE, "cls": "Incident", "quote": "crossed"},
    "second": {"article": OTHER, "cls": "Incident", "quote": "crossed"},
    "judgement": "POSITIVE",
    "by": "a curator",
    "on": "2031-06-02",
    "reason": "Both tell of one man.",
}


def story() -> Facts:
    """A man crosses in the east."""
    draft = Draft("A man crossed the eastern front on 3 May 2031.", id=ARTICLE, published="2031-05-09")
    incident = draft.mention("Incident", "crossed")
    draft.claim(incident, "cx:front", "front:eastern", "the eastern front")
    draft.claim(incident, "cx:dateEDTF", draft.time("3 May 2031", edtf="2031-05-03"), "on 3 May 2031")
    return draft.facts()


def other() -> Facts:
    """Somebody crosses, in the west."""
    draft = Draft("He crossed the western front in May 2031.", id=OTHER, published="2031-05-10")
    incident = draft.mention("Incident", "crossed")
    draft.claim(incident, "cx:front", "front:western", "the western front")
    draft.claim(incident, "cx:dateEDTF", draft.time("May 2031", edtf="2031-05"), "in May 2031")
    return draft.facts()


def note(words: str, graph: str = "desk", subject: str = f"article/{ARTICLE}", predicate: str = "rdfs:comment") -> str:
    """A canonical line of an annotation graph; `words` is a plain string without marks that need an escape."""
    return f'<{BASE}id/{subject}> <{expand(predicate)}> "{words}" <{graph_iri(f"annotation/{graph}")}> .'


class Place:
    """A folder of texts, one of curation, and a home."""

    def __init__(self, folder: Path, *facts: Facts) -> None:
        self.texts, self.curation, self.home = folder / "texts", folder / "curation", Home(folder / "home")
        for made in (self.texts, self.curation):
            made.mkdir(parents=True)
        for record in facts or (story(),):
            (self.texts / f"{record.article.id[:4]}.facts.json").write_bytes(msgspec.json.encode(record))

    def build(self, *, journal: bool = True) -> BuildSummary:
        """Run `kg build` in this process."""
        options = BuildOptions(paths=(self.texts,), home=self.home, curation=self.curation, journal=journal)
        return build(options, Silent())

    def lines(self) -> list[str]:
        """The lines of the current release."""
        return [line.decode() for line in read_lines(self.home.require_current().data_path)]

"""The table of claims agrees with the ontology, the vocabularies and the documentation."""

from __future__ import annotations

import re

from kg.extract.lexicon import Lexicon
from kg.llm.predicates import SLOTS
from kg.namespaces import CX
from kg.resources import ontology_dir
from tests.support.commands import ROOT


def test_every_predicate_is_a_term_of_the_ontology() -> None:
    declared = set(re.findall(r"^(cx:\w+) a owl:", (ontology_dir() / "ontology.ttl").read_text("utf-8"), re.M))
    assert CX.endswith("#")
    assert {predicate for slots in SLOTS.values() for predicate in slots} <= declared


def test_every_scheme_has_concepts() -> None:
    lexicon = Lexicon.load()
    schemes = {slot.of[0] for slots in SLOTS.values() for slot in slots.values() if slot.kind == "concept"}
    assert len(schemes) > 8
    for scheme in schemes:
        assert lexicon.entries(scheme), scheme


def test_the_table_is_that_of_the_architecture() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rows = page.partition("## The claims of Facts")[2].partition("\n## ")[0]
    documented: set[tuple[str, str]] = set()
    cls = ""
    for line in rows.splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 3:
            cls = cells[1] or cls
            documented |= {(cls, name) for name in re.findall(r"`(cx:\w+)`", cells[2])}
    mine = {(cls, predicate) for cls, slots in SLOTS.items() for predicate in slots}
    assert mine <= documented
    left = {predicate for cls, predicate in documented - mine if cls in SLOTS}
    assert left <= {"cx:name", "cx:remark"}, "a name is made from the entity's own; remarks are the rules' alone"

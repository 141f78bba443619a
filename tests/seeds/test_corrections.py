"""The one correction that is shipped: a disclosure that a text takes for the event, on the digest and the original."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode

from kg.build import BuildOptions, Linked, link
from kg.consolidate.consolidate import Entity
from kg.dates import parse_edtf
from kg.mapping.curation_graph import curation_graph
from kg.mapping.graph import build_quads
from kg.mapping.quads import Quads
from kg.mapping.statements import Plain, When
from kg.namespaces import curie
from kg.release.home import Home
from tests.support.commands import SEEDS, shared
from tests.support.reporting import Silent

ARTICLE = "ebf85c200c1b551a1ba92a57e511ffffa294edab20beef064e6889fb7ad4dcd9"
CURATION = SEEDS / "curation"


def linked(folder: Path, home: Path, curation: Path) -> Linked:
    return link(BuildOptions(paths=(folder,), home=Home(home), curation=curation), Silent())


@pytest.fixture(scope="module", params=["digests", "originals"])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Linked, Linked]:
    """The seeds with all of their curation but the corrections, and with all of it."""
    folder = SEEDS
    if request.param == "originals":
        found = shared()
        if found is None:
            pytest.skip("the original articles are not here")
        folder = found / "seeds"
    home, uncorrected = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("curation")
    for path in CURATION.iterdir():
        if path.name != "corrections.yaml":
            shutil.copy(path, uncorrected)
    return linked(folder, home, uncorrected), linked(folder, home, CURATION)


def diplomat(made: Linked) -> Entity:
    """The incident whose crosser has the name that the article gives."""
    consolidated = made.consolidated
    named = {
        e.iri
        for e in consolidated.entities
        if any(isinstance(v.group.value, Plain) and v.group.value.value == "Ri Il Kyu" for v in e.values)
    }
    crossed = {c for e in consolidated.entities if e.iri in named for c in e.chains}
    (found,) = [
        e
        for e in consolidated.entities
        if e.cls == "Incident"
        and any(v.predicate == "cx:crosser" and getattr(v.group.value, "chain", None) in crossed for v in e.values)
    ]
    return found


def dates(entity: Entity, predicate: str) -> list[str]:
    found = [v.group.value for v in entity.values if v.predicate == predicate]
    return [v.interval.edtf for v in found if isinstance(v, When) and v.interval]


def quads(made: Linked) -> Quads:
    graph = curation_graph(made.curation, made.anchored, made.consolidated)
    return build_quads(made.consolidated, made.knowledge, "korea", graph)


def test_it_anchors_and_marks_the_one_claim(both: tuple[Linked, Linked]) -> None:
    _, made = both
    assert made.anchored.lost == ()
    (applied,) = made.consolidated.corrections
    assert applied.correction.by == "project brief"
    (article,) = [a for a in made.consolidated.articles if a.id == ARTICLE]
    marked = [s for s in article.statements if s.id in applied.marked]
    assert [(s.predicate, s.claim.certainty) for s in marked] == [("cx:dateEDTF", "asserted")]
    assert made.consolidated.identity.iris[marked[0].subject] == diplomat(made).iri


def test_the_event_has_no_date_and_the_disclosure_has_the_interval_of_its_words(both: tuple[Linked, Linked]) -> None:
    before, after = map(diplomat, both)
    assert len(dates(before, "cx:dateEDTF")) == 1
    assert dates(before, "cx:disclosureDate") == []
    assert dates(after, "cx:dateEDTF") == []
    assert dates(after, "cx:disclosureDate") == dates(before, "cx:dateEDTF")
    assert after.iri == before.iri
    (disclosed,) = (parse_edtf(edtf) for edtf in dates(after, "cx:disclosureDate"))
    assert disclosed.contains(parse_edtf("2024-07")), "about a month before an incident of August 2024"
    assert disclosed.earliest is not None
    assert disclosed.latest is not None
    assert (disclosed.latest - disclosed.earliest).days < 100


def test_nothing_else_changes(both: tuple[Linked, Linked]) -> None:
    before, after = both
    here = diplomat(before).iri
    values = [
        {
            (e.iri, v.predicate, str(v.group.value))
            for e in made.consolidated.entities
            for v in e.values
            if e.iri != here
        }
        for made in both
    ]
    assert values[0] == values[1]
    assert [len(m.consolidated.entities) for m in both] == [len(before.consolidated.entities)] * 2
    assert sum(len(e.conflicts) for e in after.consolidated.entities) == sum(
        len(e.conflicts) for e in before.consolidated.entities
    )


def test_the_graph_holds_the_marked_claim_and_what_is_recorded(both: tuple[Linked, Linked]) -> None:
    _, made = both
    graph = quads(made)
    here = NamedNode(diplomat(made).iri)
    flat = {curie(q.predicate.value) for q in graph if q.subject == here and isinstance(q.graph_name, DefaultGraph)}
    assert flat.isdisjoint({"cx:dateEDTF", "cx:dateEarliest", "cx:dateLatest", "cx:datePrecision"})
    assert "cx:disclosureDate" in flat
    (wrong,) = {q.object for q in graph if curie(q.predicate.value) == "cx:corrects"}
    (right,) = {q.object for q in graph if curie(q.predicate.value) == "cx:records"}
    for claim, predicate in ((wrong, "cx:dateEDTF"), (right, "cx:disclosureDate")):
        said = {curie(q.predicate.value): q for q in graph if q.subject == claim}
        assert curie(str(getattr(said["rdf:predicate"].object, "value", ""))) == predicate
        assert str(said["rdf:predicate"].graph_name).endswith(f"graph/article/{ARTICLE}>")

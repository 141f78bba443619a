"""What a kept release withholds is not published again by another release of the home."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.errors import UsageError
from kg.namespaces import expand
from kg.release import Home, Release, ReleaseContent, publish
from kg.release.withheld import KeptTombstone, kept_tombstones
from tests.release.content import quads

GONE = NamedNode(expand("id:incident/0003"))
WITHHELD = Quad(GONE, NamedNode(expand("rdf:type")), NamedNode(expand("cx:Withheld")), DefaultGraph())


def stone(reason: str | None = "At risk.") -> list[Quad]:
    day = Literal("2031-06-01", datatype=NamedNode(expand("xsd:date")))
    found = [WITHHELD, Quad(GONE, NamedNode(expand("cx:withheldOn")), day, DefaultGraph())]
    if reason is not None:
        found.append(Quad(GONE, NamedNode(expand("cx:withheldReason")), Literal(reason), DefaultGraph()))
    return found


def put(home: Home, incidents: int, *more: Quad) -> Release:
    return publish(home, ReleaseContent(quads=[*quads(incidents), *more]))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that withholds an incident in one release, while the current one never had it."""
    home = Home(tmp_path / "home")
    put(home, 2, *stone())
    put(home, 1)
    return home


def test_what_any_kept_release_withholds_is_known(home: Home) -> None:
    (withholds,) = (path.name for path in home.releases_path.iterdir() if path.name != home.require_current().id)
    assert kept_tombstones(home) == {GONE.value: KeptTombstone(withholds, "2031-06-01", "At risk.")}
    assert kept_tombstones(Home(home.path / "elsewhere")) == {}


def test_it_is_not_published_again_and_nothing_changes(home: Home) -> None:
    current, kept = home.require_current().id, {path.name for path in home.releases_path.iterdir()}
    with pytest.raises(UsageError) as told:
        put(home, 4)
    (withholds,) = kept - {current}
    assert str(told.value) == (
        f"release {withholds} withholds incident/0003, which would be published again: carry the entries of the "
        "redactions.yaml that it was redacted with over into yours, or name that folder of curation (--curation DIR)"
    )
    assert home.require_current().id == current
    assert {path.name for path in home.releases_path.iterdir()} == kept


def test_nor_under_an_id_that_it_was_merged_into(home: Home) -> None:
    merged = Quad(
        GONE, NamedNode(expand("dcterms:isReplacedBy")), NamedNode(expand("id:incident/0000")), DefaultGraph()
    )
    with pytest.raises(UsageError, match="withholds incident/0003"):
        put(home, 1, merged)


def test_what_withholds_it_as_well_or_never_had_it_is_published(home: Home) -> None:
    never = put(home, 3)
    assert home.require_current().id == never.id
    as_well = put(home, 3, *stone(None))
    assert home.require_current().id == as_well.id != never.id

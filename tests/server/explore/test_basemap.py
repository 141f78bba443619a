from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.assets import asset_file
from server.explore.basemap import basemap, clipped, on_land, read_topology
from server.explore.geometry import Frame

#: Two squares that share an edge, quantised; the second takes the shared arc backwards.
TOPOLOGY = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.5], "translate": [10, 20]},
    "arcs": [[[2, 0], [0, 2]], [[2, 2], [-2, 0], [0, -2], [2, 0]], [[2, 0], [2, 0], [0, 2], [-2, 0]]],
    "objects": {
        "countries": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "West"}},
                {"type": "MultiPolygon", "arcs": [[[2, -1]]], "properties": {"name": "East"}},
                {"type": None, "properties": {"name": "Nowhere"}},
            ],
        }
    },
}


def test_arcs_are_joined_forwards_and_backwards() -> None:
    found = dict(read_topology(TOPOLOGY, "countries"))
    assert found["West"] == [[(11, 20), (11, 21), (10, 21), (10, 20), (11, 20)]]
    assert found["East"] == [[(11, 20), (12, 20), (12, 21), (11, 21), (11, 20)]]
    assert found["Nowhere"] == []


def test_a_ring_is_cut_at_the_frame() -> None:
    square = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)]
    assert set(clipped(square, Frame(1, 1, 3, 3))) == {(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0)}
    assert clipped(square, Frame(5, 5, 6, 6)) == []
    assert clipped([], Frame(0, 0, 1, 1)) == []


@pytest.mark.skipif(asset_file("countries-50m.json") is None, reason="the scripts and maps of the pages are not built")
def test_the_land_around_the_line_is_both_koreas() -> None:
    found = basemap(Frame(125.5, 37, 129.5, 39.5))
    assert found is not None
    assert {country.name for country in found.countries} == {"North Korea", "South Korea"}
    assert all(country.label is not None for country in found.countries)
    assert on_land((127.0, 37.5))
    assert not on_land((124.0, 36.5))


def test_without_the_bundle_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("server.explore.basemap.asset_file", lambda name: None)
    assert basemap(Frame(125, 37, 129, 39)) is None
    assert not on_land((127.0, 37.5))
    made = tmp_path / "countries.json"
    made.write_text(json.dumps(TOPOLOGY), "utf-8")
    monkeypatch.setattr("server.explore.basemap.asset_file", lambda name: made)
    found = basemap(Frame(9, 19, 13, 22))
    assert found is not None
    assert [country.name for country in found.countries] == ["West", "East"]
    assert on_land((10.5, 20.5))
    assert not on_land((12.5, 20.5))

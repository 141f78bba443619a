"""What bars a route and what it is like."""

from __future__ import annotations

from typing import Any


def test_obstacles_and_qualities(read: Any) -> None:
    found = read("The DMZ, which is thickly forested and littered with land mines, is guarded by barbed wire fences.")

    values = {value for _, value in found.claims("cx:routeFeature")}
    assert {"land mines", "barbed wire fences", "thickly forested"} <= values


def test_absent_obstacles_are_none(read: Any) -> None:
    assert read("He crossed the DMZ where it has no fence.").claims("cx:routeFeature") == set()


def test_the_zone_is_taken_up_in_the_next_sentence(read: Any) -> None:
    found = read("He crossed the DMZ on foot. The zone is full of landmines.")

    assert {value for _, value in found.claims("cx:routeFeature")} == {"landmines"}


def test_a_third_countrys_border_describes_the_way_through_it(read: Any) -> None:
    found = read("Most people fled via China, and the Chinese border is long and porous.")

    assert found.claims("cx:routeFeature") == {("via China", "long and porous")}

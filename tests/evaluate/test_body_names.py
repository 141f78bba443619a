from __future__ import annotations

import pytest

from kg.evaluate.names import body_key, same_body, same_person, surname_of


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Han Mi-rae", "Han Mi Rae", True),
        ("Han Mi-rae", "Mi-rae Han", True),
        ("HAN Mirae", "Mi-Rae Han", True),
        ("Han Mi-rae", "Han Mi-rae's", True),
        ("Han Mi-rae", "Han Mi-ran", False),
        ("Han", "Han Mi-rae", False),
        ("", "Han", False),
    ],
)
def test_a_full_name_in_any_order_and_writing(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same
    assert same_person(other, one) is same


def test_a_surname_alone_is_of_the_one_who_has_it() -> None:
    assert surname_of("Han", "Han Mi-rae")
    assert surname_of("Han Mi-rae", "Han")
    assert not surname_of("Han", "Noh Mi-rae")
    assert not surname_of("Han Mi-rae", "Han Mi-ran")


def test_bodies_are_compared_without_article_brackets_points_and_breaks() -> None:
    assert body_key("The Joint\nChiefs of Staff (JCS)") == "joint chiefs of staff"
    assert same_body(["U.N. Command"], ["the UN command"])
    assert not same_body(["Unification Ministry"], ["Defense Ministry"])
    assert not same_body([""], ["the"])

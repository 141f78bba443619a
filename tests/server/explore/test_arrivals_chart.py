from __future__ import annotations

from kg.summary.lookups import Arrival
from server.explore.arrivals_chart import HEIGHT, YEAR, arrivals_chart


def arrival(year: int, value: str | None = None, least: str | None = None, most: str | None = None) -> Arrival:
    return Arrival(f"s{year}{value}", "label", year, "defectors", value, least, most, None, (), ())


def test_bars_are_as_high_as_their_numbers() -> None:
    found = arrivals_chart([arrival(2022, "50"), arrival(2024, "200")])
    assert found is not None
    assert [(bar.words, bar.solid, bar.open) for bar in found.bars] == [("50", HEIGHT / 4, 0), ("200", HEIGHT, 0)]
    assert [year for year, _ in found.years] == [2022, 2023, 2024]
    assert found.width == 3 * YEAR


def test_bounds_are_open_above_what_is_certain() -> None:
    found = arrivals_chart(
        [arrival(2022, least="100", most="200"), arrival(2023, most="100"), arrival(2024, least="1000")]
    )
    assert found is not None
    assert [bar.words for bar in found.bars] == ["100–200", "≤ 100", "≥ 1,000"]
    assert found.bars[0].solid == found.bars[0].open == HEIGHT / 10


def test_two_numbers_of_a_year_stand_side_by_side() -> None:
    found = arrivals_chart([arrival(2022, "10"), arrival(2022, "12")])
    assert found is not None
    one, other = found.bars
    assert one.x + one.width <= other.x
    assert other.x + other.width <= YEAR


def test_the_population_of_most_years_is_shown() -> None:
    women = Arrival("w", "label", 2020, "women", "1", None, None, None, (), ())
    found = arrivals_chart([women, arrival(2022, "10"), arrival(2023, "12")])
    assert found is not None
    assert found.population == "defectors"
    assert len(found.bars) == 2


def test_without_numbers_there_is_no_chart() -> None:
    assert arrivals_chart([]) is None
    assert arrivals_chart([arrival(2022)]) is None

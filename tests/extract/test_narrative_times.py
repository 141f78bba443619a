"""Days without a year in a story that goes on from a dated event."""

from __future__ import annotations

import pytest

from kg.extract.builder import FactsBuilder
from kg.extract.narrative_times import settle_narrative_times
from kg.extract.times import find_times
from tests.support.documents import document, meaning


def meanings(*paragraphs: str, published: str) -> dict[str, str | None]:
    builder = FactsBuilder(document(*paragraphs, published=published))
    find_times(builder)
    settle_narrative_times(builder)
    return {time.quote: meaning(builder, time) for time in builder.times.values()}


@pytest.mark.parametrize("later", ["Six months later", "Half a year later", "The following winter"])
def test_a_day_after_a_dated_event_is_of_its_year(later: str) -> None:
    story = f"{later} a second man came, on 21 December, in thick fog."
    found = meanings("The first one came on 13 June 2017.", story, published="2022-06-30")
    assert found["21 December"] == "2017-12-21"


def test_a_report_means_the_last_such_day() -> None:
    found = meanings("The first one came on 13 June 2017.", "A man came on 21 December.", published="2022-06-30")
    assert found["21 December"] == "2021-12-21"


def test_a_day_before_the_dated_event_is_left() -> None:
    found = meanings("He came on 13 June 2017.", "He left later, on 2 February.", published="2022-06-30")
    assert found["2 February"] == "2022-02-02"

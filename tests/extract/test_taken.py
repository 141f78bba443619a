"""Who was shot or taken at the border."""

from __future__ import annotations

import pytest

from tests.support.clauses import Clauses


def founds(text: str) -> bool:
    """Whether a text tells an incident."""
    return bool(Clauses(f"{text} North Korea said nothing.").clusters.clusters)


@pytest.mark.parametrize(
    "text",
    [
        "North Korean soldiers shot and killed a South Korean fisherman who had drifted into their waters last month.",
        "A South Korean angler who had ended up at sea north of the line was shot by North Korean troops on Monday.",
        "South Korean troops took into custody a North Korean private who had walked up to their post.",
        "A South Korean man was found in North Korean waters on Friday after he had jumped from a ferry.",
    ],
)
def test_the_end_of_a_crossing(text: str) -> None:
    assert founds(text)


@pytest.mark.parametrize(
    "text",
    [
        "A South Korean guard shot a South Korean thief at sea.",
        "North Korean soldiers shot a cow that had wandered near the sea.",
        "South Korean police arrested a North Korean cook in a shop.",
        "South Korean marines found a South Korean man in the water last week.",
    ],
)
def test_another_matter(text: str) -> None:
    assert not founds(text)

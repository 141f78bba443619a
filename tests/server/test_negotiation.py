from __future__ import annotations

import pytest

from server.negotiation import chosen_format
from server.problems import Problem


def test_the_name_of_a_format_wins_and_an_unknown_one_is_a_problem() -> None:
    assert chosen_format("results", "text/csv", "xml").name == "xml"
    assert chosen_format("graph", None, None).name == "turtle"
    with pytest.raises(Problem) as caught:
        chosen_format("graph", None, "csv")
    assert caught.value.name == "unknown-format"
    with pytest.raises(Problem) as caught:
        chosen_format("graph", "text/csv", None)
    assert caught.value.name == "not-acceptable"
    assert "text/turtle" in caught.value.members["available"]

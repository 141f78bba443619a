"""The questions of the library by both ways: Python values and texts for their parameters, the same answers."""

from __future__ import annotations

import pytest

import kg
from kg.client import IRI
from kg.errors import NotFoundError, UsageError
from kg.namespaces import expand
from kg.questions import ParameterError, questions


@pytest.mark.parametrize("name", [question.name for question in questions()])
def test_every_question_is_answered_alike(local: kg.Graph, remote: kg.Graph, name: str) -> None:
    asked = next(question for question in local.questions() if question.name == name)
    here = local.ask(name)
    assert here.columns == tuple(column.name for column in asked.columns)
    assert here == remote.ask(name)


def test_a_question_takes_python_values_and_text(graph: kg.Graph) -> None:
    asked = [graph.ask("incident", incident=name) for name in ("1", IRI.of("id:incident/1"), expand("id:incident/1"))]
    assert asked[0] == asked[1] == asked[2]
    assert len(asked[0]) > 0
    assert len(graph.ask("incident", incident="2")) < len(asked[0])
    assert graph.ask("arrivals-per-year", population=None) == graph.ask("arrivals-per-year")
    with pytest.raises(ParameterError, match="population is 'everybody': give one of"):
        graph.ask("arrivals-per-year", population="everybody")
    with pytest.raises(ParameterError, match="has no parameter 'colour'"):
        graph.ask("arrivals-per-year", colour="red")
    with pytest.raises(UsageError, match="the parameter population is a list"):
        graph.ask("arrivals-per-year", population=["defectors"])
    with pytest.raises(UsageError, match="did you mean incidents"):
        graph.ask("incidnts")


@pytest.mark.parametrize("name", ["incidents?x=1", "incidnts", "../incidents", "zzzz", "", "/", "a" * 200])
def test_a_question_that_is_not_there_has_the_same_hint_by_both_ways(
    local: kg.Graph, remote: kg.Graph, name: str
) -> None:
    told = []
    for graph in (local, remote):
        with pytest.raises(NotFoundError) as raised:
            graph.ask(name)
        told.append(str(raised.value))
    here, there = (message[message.index("there is no question") :] for message in told)
    assert f"'{name[:60]}'" in here
    assert here == there if "did you mean" in here else there.endswith("/queries lists those there are")
    assert ("did you mean" in here) == ("nc" in name)


def test_any_asks_for_all_and_an_empty_text_for_the_default(graph: kg.Graph) -> None:
    certain = graph.ask("claims-by-organization")
    everybody = graph.ask("claims-by-organization", organization="any")
    assert (len(certain), everybody.column("organization")) == (
        0,
        [expand("id:organization/ministry")] * len(everybody),
    )
    assert graph.ask("claims-by-organization", organization="") == certain
    assert graph.ask("claims-with-words", words="") == graph.ask("claims-with-words")
    with pytest.raises(ParameterError, match="the parameter year is 'any': give a year of four digits"):
        graph.ask("crosser-descriptions", year="any")

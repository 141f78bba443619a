from __future__ import annotations

import time
from pathlib import Path

import anyio
import pytest

from kg.querying import Dataset
from kg.release import Home
from server.engine import EngineAnswer, EngineRequest, ThreadEngine, chosen_format
from server.problems import Problem
from server.release import ServedRelease


def test_the_name_of_a_format_wins_and_an_unknown_one_is_a_problem() -> None:
    assert chosen_format("results", "text/csv", "xml").name == "xml"
    assert chosen_format("graph", None, None).name == "turtle"
    with pytest.raises(Problem) as caught:
        chosen_format("graph", None, "csv")
    assert caught.value.name == "unknown-format"
    with pytest.raises(Problem) as caught:
        chosen_format("graph", "text/csv", None)
    assert caught.value.name == "not-acceptable"


def test_a_long_query_does_not_hold_up_the_loop_or_the_short_ones(home: Path) -> None:
    engine = ThreadEngine(ServedRelease(Home(home)), threads=2)
    answers: list[tuple[str, EngineAnswer]] = []
    ticks: list[float] = []

    async def ask(name: str, query: str) -> None:
        answers.append((name, await engine.answer(EngineRequest(query=query, dataset=Dataset()))))

    async def main() -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(ask, "long", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c . ?d ?e ?f . ?h ?i ?j } }")
            await anyio.sleep(0.02)
            group.start_soon(ask, "short", "ASK {}")
            while len(answers) < 2:
                ticks.append(time.monotonic())
                await anyio.sleep(0.005)
        await engine.close()

    anyio.run(main)
    assert [name for name, _answer in answers] == ["short", "long"]
    assert len(ticks) > 3
    assert {answer.release for _name, answer in answers} == {Home(home).require_current().id}

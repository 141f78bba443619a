"""What each question answers of three little digests, and how the answer changes with one of them.

The answers stand in `answers/*.yaml`. They were worked out by reading the digests, not by asking the question.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from pyoxigraph import Literal, NamedNode

from kg.namespaces import curie, expand
from kg.querying import ReleaseStore, open_release, rows
from kg.questions import question, questions
from kg.release.home import Home
from kg.shapes.validate import validate
from tests.support.asked_articles import CHANGES, asked_of, corpus

Case = dict[str, Any]
ANSWERS: dict[str, list[Case]] = {}
for _path in sorted((Path(__file__).parent / "answers").glob("*.yaml")):
    ANSWERS |= yaml.safe_load(_path.read_text("utf-8"))
CASES = [
    pytest.param(name, case, id=f"{name}-{case.get('change', 'nothing')}-{case.get('with', {})}".replace(" ", "_"))
    for name, cases in ANSWERS.items()
    for case in cases
]


class Asked:
    """A release of the digests, and what its answers call the entities."""

    def __init__(self, home: Home, change: str) -> None:
        self.held: ReleaseStore = open_release(home.require_current())
        self.names: dict[str, str] = {}
        for digest, told in corpus(change).items():
            self.names[f"{expand('id:article/')}{told.draft.article.id}"] = f"@{digest}"
            for name, mention in told.names.items():
                start = next(found.start for found in told.draft.mentions if found.id == mention)
                found = rows(
                    self.held,
                    f"""SELECT DISTINCT ?entity {{ GRAPH <{expand("graph:article/")}{told.draft.article.id}> {{
                        ?mention cx:mentions ?entity ; cx:evidence/oa:hasSelector/oa:start {start} }}
                        ?entity a ?class . FILTER (?class IN (cx:Incident, cx:Person, cx:Statistic)) }}""",
                ).rows
                assert len(found) == 1, f"{name} is {found}"
                (entity,) = found[0]
                assert isinstance(entity, NamedNode)
                self.names.setdefault(entity.value, f"@{name}")

    def given(self, text: str) -> str:
        """A parameter's text; an entity is meant by its name."""
        return next((iri for iri, name in self.names.items() if name == text), text)

    def plain(self, term: object) -> object:
        """A term as the answers write it."""
        if term is None:
            return None
        if isinstance(term, NamedNode):
            return self.names.get(term.value) or curie(term.value)
        assert isinstance(term, Literal)
        return _VALUES.get(curie(term.datatype.value), str)(term.value)


def _number(text: str) -> int | float:
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else float(number)


_VALUES: dict[str, Callable[[str], object]] = {
    "xsd:integer": int,
    "xsd:decimal": _number,
    "xsd:boolean": lambda text: text == "true",
    "xsd:date": lambda text: datetime.date.fromisoformat(text).isoformat(),
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Asked]:
    @cache
    def made(change: str) -> Asked:
        return Asked(asked_of(tmp_path_factory.mktemp("asked"), change), change)

    return made


def answer(asked: Asked, name: str, case: Case) -> list[list[object]]:
    found = question(name)
    given = {key: asked.given(text) for key, text in case.get("with", {}).items()}
    return [[asked.plain(term) for term in row] for row in rows(asked.held, found.bound(found.terms(given))).rows]


@pytest.mark.parametrize(("name", "case"), CASES)
def test_the_answer_is_what_the_digests_say(name: str, case: Case, asked: Callable[[str], Asked]) -> None:
    found = answer(asked(case.get("change", "nothing")), name, case)
    assert sorted(map(repr, found)) == sorted(map(repr, case["rows"]))


def test_every_question_is_asked() -> None:
    assert set(ANSWERS) == {found.name for found in questions()}
    assert {case["change"] for cases in ANSWERS.values() for case in cases if "change" in case} <= set(CHANGES)


@pytest.mark.parametrize("name", ANSWERS)
def test_a_change_of_the_digests_changes_the_answer(name: str) -> None:
    pairs = [
        (case["rows"], changed["rows"])
        for case, changed in itertools.permutations(ANSWERS[name], 2)
        if "change" not in case and "change" in changed and case.get("with") == changed.get("with")
    ]
    assert pairs
    for before, after in pairs:
        assert before
        assert before != after


PARAMETERS = [(found.name, parameter.name) for found in questions() for parameter in found.parameters]


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
def test_each_parameter_takes_rows_in_and_leaves_rows_out(name: str, parameter: str) -> None:
    def others(case: Case) -> Case:
        return {key: value for key, value in case.get("with", {}).items() if key != parameter}

    pairs = [
        (case["rows"], narrowed["rows"])
        for case, narrowed in itertools.permutations([case for case in ANSWERS[name] if "change" not in case], 2)
        if parameter in narrowed.get("with", {}) and others(case) == others(narrowed)
    ]
    assert any([row for row in some if row not in rest] for some, rest in pairs), "it leaves nothing out"
    assert all(some or rest for some, rest in pairs)


def test_a_default_is_what_is_asked_where_nothing_is_given(asked: Callable[[str], Asked]) -> None:
    held = asked("nothing").held
    for found in questions():
        defaults = {
            parameter.name: parameter.default for parameter in found.parameters if parameter.default is not None
        }
        assert rows(held, found.bound(defaults)).rows == rows(held, found.text).rows


@pytest.mark.parametrize("change", ["nothing", "no bell", "central front", "200 arrivals"])
def test_the_digests_pass_the_shapes(change: str, asked: Callable[[str], Asked]) -> None:
    report = validate(asked(change).held.store)
    assert report.counts()["violation"] == 0, report.results

"""Answers are kept and replayed, never beyond the budget, and an endpoint that is down is left alone."""

from __future__ import annotations

import json
from itertools import cycle
from pathlib import Path

import pytest

from kg.llm.answers import Answers
from kg.llm.budget import Budget, estimate
from kg.llm.errors import AnswerError, BudgetError, EndpointError
from tests.support.language_model import ModelServer, Reply, answer, completion, entity

KEY = "sk-EXAMPLE-0123456789"
GOOD = answer([entity("e1", "Place", "Seoul", name="Seoul")], [])


def body(number: int) -> bytes:
    return json.dumps({"number": number}).encode()


def test_an_answer_is_kept_and_replayed_without_the_network(tmp_path: Path) -> None:
    with ModelServer(lambda question: completion(GOOD, tokens=70)) as server:
        settings = server.settings(key=KEY)
        with Answers(settings, tmp_path) as answers:
            first = [answers.of(body(1)), answers.of(body(2)), answers.of(body(1))]
            assert (answers.asked, answers.replayed, answers.budget.spent) == (2, 1, 140)
            digest = answers.sha256
        assert len(server.asked) == 2
    with Answers(settings, tmp_path) as answers:
        assert [answers.of(body(2)), answers.of(body(1))] == first[:2]
        assert (answers.asked, answers.replayed, answers.budget.spent) == (0, 2, 0)
        assert answers.sha256 == digest, "in whatever order"
        with pytest.raises(EndpointError):
            answers.of(body(3))
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert KEY.encode() not in kept
    assert settings.url.encode() not in kept


def test_other_answers_have_another_hash(tmp_path: Path) -> None:
    replies = iter([completion(GOOD), completion(answer([], []))])
    with ModelServer(lambda question: next(replies)) as server:
        hashes = []
        for name in ("a", "b"):
            with Answers(server.settings(), tmp_path / name) as answers:
                answers.of(body(1))
                hashes.append(answers.sha256)
    assert hashes[0] != hashes[1]


def test_what_cannot_be_used_is_not_kept(tmp_path: Path) -> None:
    replies = iter([completion("no JSON"), completion("", finish="length"), completion(GOOD)])
    with ModelServer(lambda question: next(replies)) as server, Answers(server.settings(), tmp_path) as answers:
        for _ in range(2):
            with pytest.raises(AnswerError):
                answers.of(body(1))
            assert list(tmp_path.iterdir()) == []
        assert answers.of(body(1)).entities[0].name == "Seoul"
        assert answers.budget.spent == 2700, "each of them has cost"


@pytest.mark.parametrize("damage", [b"", b"{", b'{"content": "no JSON"}', b'{"content": "[]"}', b"[]"])
def test_a_damaged_file_is_asked_for_anew(tmp_path: Path, damage: bytes) -> None:
    with ModelServer(lambda question: completion(GOOD)) as server:
        with Answers(server.settings(), tmp_path) as answers:
            answers.of(body(1))
        (path,) = tmp_path.iterdir()
        whole = path.read_bytes()
        path.write_bytes(damage)
        with Answers(server.settings(), tmp_path) as answers:
            answers.of(body(1))
            assert answers.asked == 1
    assert path.read_bytes() == whole


def test_no_request_goes_out_that_may_cost_more_than_is_left(tmp_path: Path) -> None:
    cost = estimate(body(1)) + 100
    with ModelServer(lambda question: completion(GOOD, tokens=60)) as server:
        settings = server.settings(budget=cost + 60, max_output=100)
        with Answers(settings, tmp_path) as answers:
            answers.of(body(1))
            answers.of(body(2))
            with pytest.raises(BudgetError, match=r"--llm-budget") as caught:
                answers.of(body(3))
            assert f"{cost:,} tokens" in str(caught.value)
            assert answers.of(body(2)).entities, "what was answered costs nothing"
        assert len(server.asked) == 2


def test_an_answer_without_usage_is_counted_at_its_most(tmp_path: Path) -> None:
    with ModelServer(lambda question: completion(GOOD, tokens=None)) as server:
        settings = server.settings(max_output=50)
        with Answers(settings, tmp_path) as answers:
            answers.of(body(1))
            assert answers.budget.spent == estimate(body(1)) + 50


def test_a_late_answer_is_counted_at_its_most_and_a_refused_one_at_nothing(tmp_path: Path) -> None:
    late = Reply(completion(GOOD).body, delay=0.8)
    replies = iter([late, Reply(status=400)])
    with ModelServer(lambda question: next(replies)) as server:
        settings = server.settings(max_output=50, timeout=0.3)
        with Answers(settings, tmp_path) as answers:
            for _ in range(2):
                with pytest.raises(AnswerError):
                    answers.of(body(1))
            assert answers.budget.spent == estimate(body(1)) + 50


def test_a_refused_key_is_tried_once(tmp_path: Path) -> None:
    with ModelServer(lambda question: Reply(status=401)) as server, Answers(server.settings(), tmp_path) as answers:
        for number in range(3):
            with pytest.raises(EndpointError, match="refuses the key"):
                answers.of(body(number))
        assert len(server.asked) == 1


def test_an_endpoint_that_is_down_is_left_alone_after_three_articles(tmp_path: Path) -> None:
    with ModelServer(lambda question: Reply(status=503)) as server, Answers(server.settings(), tmp_path) as answers:
        for number in range(3):
            with pytest.raises(AnswerError, match="status 503"):
                answers.of(body(number))
        with pytest.raises(EndpointError, match="not asked again"):
            answers.of(body(4))
        assert len(server.asked) == 3


def test_articles_that_fail_by_themselves_stop_nothing(tmp_path: Path) -> None:
    replies = cycle([Reply(status=503), completion("no JSON"), Reply(status=400)])
    with ModelServer(lambda question: next(replies)) as server, Answers(server.settings(), tmp_path) as answers:
        for number in range(9):
            with pytest.raises(AnswerError):
                answers.of(body(number))
        assert len(server.asked) == 9


def test_a_budget_is_met_exactly() -> None:
    budget = Budget(10)
    budget.require(10)
    budget.spend(4)
    budget.require(6)
    with pytest.raises(BudgetError, match="6 of the budget of 10"):
        budget.require(7)

"""Asking over HTTP: a real server that answers well, badly, late, too much or not at all."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count

import pytest

from kg.errors import ExitCode
from kg.llm.endpoint import MOST_BYTES, Endpoint
from kg.llm.errors import AnswerError, EndpointError
from tests.support.language_model import MODEL, ModelServer, Question, Reply, completion
from tests.support.serving import free_port

KEY = "sk-EXAMPLE-0123456789"
BODY = json.dumps({"model": MODEL, "messages": []}).encode()


def always(reply: Reply) -> Callable[[Question], Reply]:
    return lambda question: reply


def in_turn(*replies: Reply) -> Callable[[Question], Reply]:
    left: Iterator[Reply] = iter(replies)
    return lambda question: next(left)


def test_a_good_answer_with_its_tokens() -> None:
    with ModelServer(always(completion("{}", tokens=17))) as server:
        with Endpoint(server.settings(key=KEY)) as endpoint:
            answer = endpoint.ask(BODY)
        question = server.asked[0]
    assert (answer.content, answer.tokens) == ("{}", 17)
    assert question.path == "/v1/chat/completions"
    assert question.headers["authorization"] == f"Bearer {KEY}"
    assert question.headers["content-type"] == "application/json"
    assert question.body == json.loads(BODY)


def test_without_a_key_none_is_sent_and_tokens_may_be_missing() -> None:
    with ModelServer(always(completion("{}", tokens=None))) as server, Endpoint(server.settings()) as endpoint:
        assert endpoint.ask(BODY).tokens is None
        assert "authorization" not in server.asked[0].headers


def failure(status: int, code: str = "some_code", **headers: str) -> Reply:
    error = {"error": {"message": f"what you sent holds {KEY}", "type": "t", "code": code}}
    return Reply(json.dumps(error).encode(), status=status, headers=headers)


BAD: dict[str, tuple[Reply, type[Exception], str]] = {
    "a bad key": (failure(401, "invalid_api_key"), EndpointError, "refuses the key (status 401, invalid_api_key)"),
    "no leave": (failure(403), EndpointError, "set KG_LLM_KEY"),
    "no such model": (failure(404, "model_not_found"), EndpointError, "check --llm-url and --llm-model"),
    "another address": (
        Reply(status=307, headers={"location": "http://elsewhere.example/"}),
        EndpointError,
        "sends on to another address",
    ),
    "a bad request": (failure(400, KEY), AnswerError, "refuses the request (status 400)"),
    "no JSON": (Reply(b"<html>"), AnswerError, "no chat completion"),
    "other JSON": (Reply(b"[1]"), AnswerError, "no chat completion"),
    "no choice": (Reply(b'{"choices": []}'), AnswerError, "empty answer"),
    "no content": (completion(None), AnswerError, "empty answer"),
    "cut off": (completion('{"entities": [', finish="length"), AnswerError, "raise --llm-max-output"),
    "filtered": (completion("", finish="content_filter"), AnswerError, "content filter"),
    "declined": (completion(None, refusal="I cannot"), AnswerError, "declined"),
    "too long": (Reply(b" " * (MOST_BYTES + 1)), AnswerError, "no answer is that long"),
}


@pytest.mark.parametrize("name", BAD)
def test_each_failure_is_one_clear_sentence_that_holds_no_key(name: str) -> None:
    reply, kind, words = BAD[name]
    with ModelServer(always(reply)) as server, Endpoint(server.settings(key=KEY, retries=3)) as endpoint:
        with pytest.raises(kind) as caught:
            endpoint.ask(BODY)
        assert len(server.asked) == 1, "what will not change is not tried again"
    message = str(caught.value)
    assert words in message
    assert "\n" not in message
    assert KEY not in message
    assert "I cannot" not in message
    wanted = ExitCode.UNUSABLE if kind is EndpointError else ExitCode.NOT_WHOLLY_GOOD
    assert getattr(caught.value, "exit_code") is wanted  # noqa: B009 - both kinds have it


@pytest.mark.parametrize("status", [429, 500, 502, 503, 529])
def test_a_busy_endpoint_is_asked_again(status: int) -> None:
    model = in_turn(failure(status), completion("{}"))
    with ModelServer(model) as server, Endpoint(server.settings(retries=1)) as endpoint:
        began = time.monotonic()
        assert endpoint.ask(BODY).content == "{}"
        assert time.monotonic() - began >= 0.5, "not at once"
        assert len(server.asked) == 2


def test_the_wait_that_is_asked_for_is_kept() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=3), usegmt=True)
    model = in_turn(failure(429, **{"retry-after": "1"}), failure(503, **{"retry-after": soon}), completion("{}"))
    with ModelServer(model) as server, Endpoint(server.settings(retries=2)) as endpoint:
        began = time.monotonic()
        endpoint.ask(BODY)
        assert time.monotonic() - began >= 2.0
        assert len(server.asked) == 3


def test_a_wait_beyond_the_limit_is_refused_at_once() -> None:
    with ModelServer(always(failure(429, **{"retry-after": "3600"}))) as server:
        began = time.monotonic()
        with Endpoint(server.settings(retries=4)) as endpoint, pytest.raises(AnswerError, match="wait 3600 seconds"):
            endpoint.ask(BODY)
        assert time.monotonic() - began < 5
        assert len(server.asked) == 1


def test_tries_have_an_end() -> None:
    with ModelServer(always(failure(503, **{"retry-after": "soon"}))) as server:
        with Endpoint(server.settings(retries=1)) as endpoint, pytest.raises(AnswerError, match="status 503") as caught:
            endpoint.ask(BODY)
        assert len(server.asked) == 2
        assert caught.value.silent


def test_a_broken_connection_is_tried_again() -> None:
    model = in_turn(Reply(broken=True), completion("{}"), Reply(broken=True))
    with ModelServer(model) as server:
        with Endpoint(server.settings(retries=1)) as endpoint:
            assert endpoint.ask(BODY).content == "{}"
        with Endpoint(server.settings(retries=0)) as endpoint, pytest.raises(AnswerError, match="broke off"):
            endpoint.ask(BODY)


def test_a_late_answer_is_not_waited_for() -> None:
    with ModelServer(always(Reply(completion("{}").body, delay=1.5))) as server:
        settings = server.settings(timeout=0.5, retries=3)
        with Endpoint(settings) as endpoint, pytest.raises(AnswerError, match=r"no answer in 0\.5 seconds") as caught:
            endpoint.ask(BODY)
        assert len(server.asked) == 1, "a second try would cost as much as the first"
    assert caught.value.silent
    assert caught.value.tokens is None, "what it has cost is not known"


def test_an_answer_that_drips_has_a_deadline_as_a_whole() -> None:
    with ModelServer(always(Reply(completion("{}").body, drip=True))) as server:
        began = time.monotonic()
        with Endpoint(server.settings(timeout=1.0)) as endpoint, pytest.raises(AnswerError, match="no answer in 1 sec"):
            endpoint.ask(BODY)
        assert time.monotonic() - began < 3


def test_nobody_there_is_said_at_once() -> None:
    with ModelServer(always(completion("{}"))) as server:
        settings = server.settings(url=f"http://127.0.0.1:{free_port()}/v1", retries=4)
    with Endpoint(settings) as endpoint, pytest.raises(EndpointError, match="takes no connection"):
        endpoint.ask(BODY)


def test_tokens_of_a_cut_answer_are_known() -> None:
    numbers = count(5)
    with ModelServer(lambda question: completion("", finish="length", tokens=next(numbers))) as server:
        endpoint = Endpoint(server.settings())
        with endpoint, pytest.raises(AnswerError) as caught:
            endpoint.ask(BODY)
    assert caught.value.tokens == 5

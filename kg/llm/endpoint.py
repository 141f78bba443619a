"""Asks an OpenAI-compatible endpoint, one question at a time: deadline, retries, limits, a sentence for each failure.

`POST {base}/chat/completions` (https://platform.openai.com/docs/api-reference/chat). Redirects are not followed, so an
article goes to no other host than the one that was named. What the endpoint writes beside the answer is repeated
nowhere: it may hold the key or the article.
"""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
import msgspec

from kg.llm.errors import AnswerError, EndpointError
from kg.llm.settings import KEY_VARIABLE, ModelSettings

__all__ = ["LONGEST_WAIT", "MOST_BYTES", "Completion", "Endpoint"]

#: Bytes of one answer; the longest of 8,192 tokens has about 40,000.
MOST_BYTES = 4_000_000
#: Seconds that are waited before the next try at most; an endpoint that asks for more is not waited for.
LONGEST_WAIT = 60.0
_FIRST_WAIT = 0.5
_AGAIN = frozenset({408, 429, 500, 502, 503, 504, 529})
_CODE = re.compile(r"[a-z][a-z_]{2,40}")


class Completion(msgspec.Struct, frozen=True, kw_only=True):
    """The text of an answer, and the tokens it took, prompt included, where the endpoint says so."""

    content: str
    tokens: int | None = None


class _Message(msgspec.Struct, frozen=True):
    content: str | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct, frozen=True):
    message: _Message
    finish_reason: str | None = None


class _Usage(msgspec.Struct, frozen=True):
    total_tokens: int | None = None


class _Response(msgspec.Struct, frozen=True):
    choices: tuple[_Choice, ...]
    usage: _Usage | None = None


class _Problem(msgspec.Struct, frozen=True):
    code: str | int | None = None
    type: str | None = None


class _Failure(msgspec.Struct, frozen=True):
    error: _Problem


class Endpoint:
    """The endpoint that the settings name; use it in a `with` block.

    Args:
        settings: Address, key, deadline and retries.
    """

    def __init__(self, settings: ModelSettings) -> None:
        self.settings = settings
        headers = {"content-type": "application/json", "accept": "application/json"}
        if settings.key is not None:
            headers["authorization"] = f"Bearer {settings.key}"
        self._client = httpx.Client(headers=headers, timeout=settings.timeout, follow_redirects=False)

    def __enter__(self) -> Endpoint:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def ask(self, body: bytes) -> Completion:
        """The answer to one request.

        Args:
            body: The request's body, JSON.

        Raises:
            EndpointError: The endpoint cannot be used: not there, key refused, no such model.
            AnswerError: No answer that can be used came within the deadline and the retries.
        """
        host, tries = self.settings.host, self.settings.retries + 1
        for attempt in range(tries):
            try:
                status, headers, data = self._post(body)
            except httpx.ConnectError as error:
                raise EndpointError(
                    f"{host} takes no connection: start the endpoint there, or mend --llm-url or KG_LLM_URL"
                ) from error
            except httpx.TimeoutException as error:
                raise AnswerError(
                    f"{host} gave no answer in {self.settings.timeout:g} seconds: try again, or raise --llm-timeout",
                    silent=True,
                    tokens=None,
                ) from error
            except httpx.InvalidURL as error:
                raise EndpointError(f"{host} is no host that can be asked: mend --llm-url or KG_LLM_URL") from error
            except (httpx.TransportError, httpx.DecodingError) as error:
                # The connection broke in the middle.
                if attempt + 1 == tries:
                    raise AnswerError(
                        f"{host} broke off the connection {tries} times: try again", silent=True
                    ) from error
                time.sleep(_backoff(attempt))
                continue
            if status == 200:
                return _completion(data, host)
            if status not in _AGAIN:
                raise _failure(status, data, self.settings)
            wait = _wait(headers.get("retry-after"), attempt)
            if attempt + 1 == tries or wait > LONGEST_WAIT:
                asked = f" and asks to wait {wait:.0f} seconds" if wait > LONGEST_WAIT else ""
                raise AnswerError(
                    f"{host} is busy or failing (status {status}{_code(data)}){asked}: try again later", silent=True
                )
            time.sleep(wait)
        raise AssertionError("the last try returns or raises")  # pragma: no cover

    def _post(self, body: bytes) -> tuple[int, httpx.Headers, bytes]:
        """One try; the deadline holds for the whole answer, which a client's own timeout does not."""
        deadline = time.monotonic() + self.settings.timeout
        data = bytearray()
        with self._client.stream("POST", self.settings.endpoint, content=body) as response:
            for part in response.iter_bytes():
                data += part
                if len(data) > MOST_BYTES:
                    raise AnswerError(
                        f"{self.settings.host} sent more than {MOST_BYTES:,} bytes: no answer is that long"
                    )
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout("the answer took too long")
            return response.status_code, response.headers, bytes(data)


def _backoff(attempt: int) -> float:
    return min(_FIRST_WAIT * 2.0**attempt, LONGEST_WAIT)


def _wait(asked: str | None, attempt: int) -> float:
    """The seconds to wait: what `Retry-After` asks for (RFC 9110, 10.2.3: seconds or a date), else longer each time."""
    own = _backoff(attempt)
    if asked is None:
        return own
    if re.fullmatch(r"\s*[0-9]+\s*", asked):
        return max(own, float(asked))
    try:
        when = parsedate_to_datetime(asked)
    except ValueError:
        # Neither seconds nor a date: as good as not said.
        return own
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(own, (when - datetime.now(UTC)).total_seconds())


def _completion(data: bytes, host: str) -> Completion:
    try:
        response = msgspec.json.decode(data, type=_Response)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise AnswerError(f"{host} sent no chat completion: check that --llm-url is the base address of one") from error
    tokens = response.usage.total_tokens if response.usage is not None else None
    tokens = None if tokens is None or tokens < 0 else tokens
    choice = response.choices[0] if response.choices else _Choice(_Message())
    reason = None
    if choice.finish_reason == "length":
        reason = "the answer was cut off at its longest: raise --llm-max-output"
    elif choice.finish_reason == "content_filter":
        reason = f"the content filter of {host} withheld the answer: use another model for this article"
    elif choice.message.refusal:
        reason = "the model declined to answer: use another model for this article"
    elif not choice.message.content:
        reason = f"{host} sent an empty answer: check that the model can answer with a JSON schema"
    if reason is not None:
        raise AnswerError(reason, tokens=tokens)
    return Completion(content=choice.message.content or "", tokens=tokens)


def _failure(status: int, data: bytes, settings: ModelSettings) -> Exception:
    said, host = f"status {status}{_code(data)}", settings.host
    if status in {401, 403}:
        return EndpointError(f"{host} refuses the key ({said}): set {KEY_VARIABLE} to one that it takes")
    if status == 404:
        return EndpointError(f"{host} has no such address or model ({said}): check --llm-url and --llm-model")
    if 300 <= status < 400:
        return EndpointError(f"{host} sends on to another address ({said}): give that one with --llm-url")
    return AnswerError(f"{host} refuses the request ({said}): check that the model can answer with a JSON schema")


def _code(data: bytes) -> str:
    """The error's own short code, where it is a plain word: its text may hold the key."""
    try:
        error = msgspec.json.decode(data, type=_Failure).error
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return ""
    for name in (error.code, error.type):
        if isinstance(name, str) and _CODE.fullmatch(name):
            return f", {name}"
    return ""

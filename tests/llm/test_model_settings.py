"""Which model is asked: what is refused before a word leaves, and where the key never stands."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from typing import Any

import pytest

from kg.errors import ExitCode, UsageError
from kg.llm.settings import KEY_VARIABLE, ModelSettings
from tests.support.commands import ROOT

KEY = "sk-EXAMPLE-0123456789"


def settings(url: str | None = "https://models.example/v1", model: str | None = "m", **given: Any) -> ModelSettings:
    return ModelSettings.of(url, model, environment={KEY_VARIABLE: KEY}, **given)


def test_the_defaults_and_what_is_given() -> None:
    made = settings(budget=5, timeout=1.5)
    assert (made.budget, made.timeout) == (5, 1.5)
    assert (made.max_output, made.retries) == (8192, 4)
    assert made.endpoint == "https://models.example/v1/chat/completions"
    assert settings("https://models.example:8443/v1/").endpoint == "https://models.example:8443/v1/chat/completions"
    assert settings("https://models.example:8443/v1").host == "models.example:8443"


def test_the_key_is_the_environments_and_is_not_shown() -> None:
    made = settings()
    assert made.key == KEY
    assert KEY not in repr(made)
    assert KEY not in str(made)
    assert ModelSettings.of("https://a.example", "m", environment={}).key is None
    assert ModelSettings.of("https://a.example", "m", environment={KEY_VARIABLE: ""}).key is None


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"url": None}, "--llm-url"),
        ({"url": " "}, "KG_LLM_URL"),
        ({"model": None}, "--llm-model"),
        ({"model": "a\nb"}, "--llm-model"),
        ({"url": "models.example/v1"}, "is no address"),
        ({"url": "ftp://models.example"}, "is no address"),
        ({"url": "https://"}, "is no address"),
        ({"url": "https://[::1"}, "is no address"),
        ({"url": "https://models.example:port"}, "is no address"),
        ({"url": "https://user:pass@models.example"}, "put a key into KG_LLM_KEY"),
        ({"url": "https://models.example/v1?key=abc"}, "put a key into KG_LLM_KEY"),
        ({"url": "http://models.example/v1"}, "unencrypted"),
        ({"budget": 0}, "--llm-budget is 0"),
        ({"max_output": 0}, "--llm-max-output is 0"),
        ({"timeout": 0.0}, "--llm-timeout is 0.0"),
        ({"timeout": float("nan")}, "--llm-timeout is nan"),
        ({"retries": -1}, "--llm-retries is -1"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(given: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)) as caught:
        settings(**given)
    assert caught.value.exit_code is ExitCode.UNUSABLE
    assert "\n" not in str(caught.value)
    assert KEY not in str(caught.value)
    assert "pass@" not in str(caught.value)
    assert "abc" not in str(caught.value)


@pytest.mark.parametrize("key", ["two words", "line\n", "näme", "tab\t"])
def test_a_key_with_signs_that_none_has_is_refused_without_showing_it(key: str) -> None:
    with pytest.raises(UsageError, match=KEY_VARIABLE) as caught:
        ModelSettings.of("https://models.example", "m", environment={KEY_VARIABLE: key})
    assert key not in str(caught.value)


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "[::1]:9", "model.localhost"])
def test_a_key_may_go_to_this_machine_without_encryption(host: str) -> None:
    assert settings(f"http://{host}/v1").key == KEY


def test_without_a_key_another_machine_may_be_asked_without_encryption() -> None:
    assert ModelSettings.of("http://models.example/v1", "m", environment={}).host == "models.example"


def test_every_setting_is_documented_with_its_default() -> None:
    page = (ROOT / "docs" / "language-model.md").read_text("utf-8")
    for known in fields(ModelSettings):
        row = next(line for line in page.splitlines() if line.startswith(f"| `{known.metadata['variable']}` |"))
        assert known.metadata["help"] in row
        default = known.default
        if default is not MISSING and default is not None:
            assert f"| `{default:g}` |" in row or f"| `{default}` |" in row, row
        option = f"--llm-{known.name.replace('_', '-')}"
        assert (f"`{option}`" in row) is (known.name != "key")

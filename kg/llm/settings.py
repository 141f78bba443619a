"""Which language model is asked, where, and what it may cost: one frozen record.

The key comes from the environment alone. It is sent to the endpoint and stands nowhere else: not in the record's text,
not in the cache, the manifest, a message or a log.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kg.errors import UsageError

__all__ = ["KEY_VARIABLE", "ModelSettings"]

#: The environment variable that holds the key. There is no option for it: a command line can be read by others.
KEY_VARIABLE = "KG_LLM_KEY"


@dataclass(frozen=True, kw_only=True)
class ModelSettings:
    """How a language model is asked. Each field's metadata has the variable that sets it, and its explanation.

    Raises:
        UsageError: A value cannot be used; the message names its variable, and never the key.
    """

    url: str = field(
        metadata={
            "variable": "KG_LLM_URL",
            "help": "the base address of an OpenAI-compatible endpoint, such as http://127.0.0.1:8080/v1",
        }
    )
    model: str = field(metadata={"variable": "KG_LLM_MODEL", "help": "the model's name, as the endpoint calls it"})
    key: str | None = field(
        default=None,
        repr=False,
        metadata={"variable": KEY_VARIABLE, "help": "the endpoint's key, where it asks for one"},
    )
    budget: int = field(
        default=1_000_000,
        metadata={"variable": "KG_LLM_BUDGET", "help": "the most tokens that one run may spend, prompt and answer"},
    )
    max_output: int = field(
        default=8_192, metadata={"variable": "KG_LLM_MAX_OUTPUT", "help": "the most tokens of one answer"}
    )
    timeout: float = field(
        default=120.0, metadata={"variable": "KG_LLM_TIMEOUT", "help": "the seconds that one answer may take"}
    )
    retries: int = field(
        default=4,
        metadata={"variable": "KG_LLM_RETRIES", "help": "how often a busy or failing endpoint is asked again"},
    )

    def __post_init__(self) -> None:
        if not self.url:
            raise UsageError("no language model to ask: give its address with --llm-url URL or KG_LLM_URL")
        if not self.model:
            raise UsageError("no language model to ask: give its name with --llm-model NAME or KG_LLM_MODEL")
        if not self.model.isprintable() or len(self.model) > 200:
            raise UsageError("the name in --llm-model is no name of a model: give one line of up to 200 characters")
        self._check_url()
        if self.key is not None and not (self.key.isascii() and self.key.isprintable() and " " not in self.key):
            raise UsageError(f"{KEY_VARIABLE} holds signs that no key has: set it to the key alone, without a line end")
        for name, least in (("budget", 1), ("max_output", 1), ("timeout", 0.001), ("retries", 0)):
            if not getattr(self, name) >= least:
                raise UsageError(f"--llm-{name.replace('_', '-')} is {getattr(self, name)}: give {least} or more")

    def _check_url(self) -> None:
        try:
            parts = urlsplit(self.url)
            host, _ = parts.hostname, parts.port
        except ValueError:
            host, parts = None, urlsplit("")
        if parts.scheme not in {"http", "https"} or not host:
            raise UsageError("--llm-url is no address: give one such as https://HOST/v1")
        if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
            raise UsageError(
                f"--llm-url holds more than scheme, host and path: leave that out, and put a key into {KEY_VARIABLE}"
            )
        if self.key is not None and parts.scheme == "http" and not _is_this_machine(host):
            raise UsageError(
                f"{KEY_VARIABLE} would go to {self.host} unencrypted: give an https address, or unset the key"
            )

    @property
    def host(self) -> str:
        """The host, with its port where one is given: where the articles go."""
        return urlsplit(self.url).netloc

    @property
    def endpoint(self) -> str:
        """The address that is asked."""
        return f"{self.url.rstrip('/')}/chat/completions"

    @classmethod
    def of(
        cls,
        url: str | None,
        model: str | None,
        *,
        budget: int | None = None,
        max_output: int | None = None,
        timeout: float | None = None,
        retries: int | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> ModelSettings:
        """The settings that options give, with the key of the environment.

        Args:
            url: The base address.
            model: The model's name.
            budget: Tokens a run; absent: the default.
            max_output: Tokens an answer; absent: the default.
            timeout: Seconds an answer; absent: the default.
            retries: Times; absent: the default.
            environment: Variables and their values; absent, those of the process.

        Raises:
            UsageError: A value is missing or cannot be used.
        """
        variables = os.environ if environment is None else environment
        given = {"budget": budget, "max_output": max_output, "timeout": timeout, "retries": retries}
        return cls(
            url=(url or "").strip(),
            model=(model or "").strip(),
            key=variables.get(KEY_VARIABLE) or None,
            **{name: value for name, value in given.items() if value is not None},  # type: ignore[arg-type]
        )


def _is_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

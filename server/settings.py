"""The server's settings: one frozen record, from the environment and the command line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.namespaces import BASE
from kg.release import DEFAULT_HOME, HOME_VARIABLE

__all__ = ["Settings"]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How the server runs. Each field's metadata has the environment variable that sets it, and its explanation."""

    home: Path = field(
        default=DEFAULT_HOME, metadata={"variable": HOME_VARIABLE, "help": "the directory that holds the releases"}
    )
    host: str = field(default="127.0.0.1", metadata={"variable": "KG_HOST", "help": "the address to listen on"})
    port: int = field(
        default=8000, metadata={"variable": "KG_PORT", "help": "the port to listen on; 0 takes a free one"}
    )
    base: str = field(
        default=BASE, metadata={"variable": "KG_BASE", "help": "the base of the canonical IRIs that pages display"}
    )
    threads: int = field(
        default=4, metadata={"variable": "KG_THREADS", "help": "how many queries are evaluated at once"}
    )
    max_request_bytes: int = field(
        default=1_000_000,
        metadata={"variable": "KG_MAX_REQUEST_BYTES", "help": "the longest body of a request, in bytes"},
    )
    shutdown_seconds: int = field(
        default=10,
        metadata={"variable": "KG_SHUTDOWN_SECONDS", "help": "how long running requests may take at shutdown"},
    )

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65535:
            raise UsageError(f"port {self.port} is no port: give one from 0 to 65535")
        for name in ("threads", "max_request_bytes"):
            if getattr(self, name) < 1:
                raise UsageError(f"{name} is {getattr(self, name)}, but must be 1 or more")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, **given: Any) -> Settings:
        """Settings from what is given, else from the environment, else the defaults.

        Args:
            environment: Variables and their values; absent, those of the process.
            given: Fields by name; one that is None counts as not given.

        Raises:
            UsageError: A value is not what its field takes.
        """
        variables = os.environ if environment is None else environment
        values: dict[str, Any] = {}
        for known in fields(cls):
            assert known.default is not MISSING  # every setting has one
            variable = known.metadata["variable"]
            if given.get(known.name) is not None:
                values[known.name] = given[known.name]
            elif variables.get(variable):
                try:
                    values[known.name] = type(known.default)(variables[variable])
                except ValueError as error:
                    raise UsageError(f"{variable} is '{variables[variable]}', but must be a whole number") from error
        return cls(**values)

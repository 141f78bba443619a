"""The server's settings: one frozen record, from the environment and the command line."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.namespaces import BASE
from kg.release import DEFAULT_HOME, HOME_VARIABLE
from server.contact import Contact, contact_of
from server.limits import Limits, limits_from

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
    services: str = field(
        default="",
        metadata={
            "variable": "KG_SERVICE_HOSTS",
            "help": "the hosts that SERVICE may call, with commas between them; a private address must be named itself",
        },
    )
    proxies: str = field(
        default="",
        metadata={
            "variable": "KG_TRUSTED_PROXIES",
            "help": "the addresses of proxies whose X-Forwarded-For is believed, with commas between them",
        },
    )
    logs: str = field(
        default="",
        metadata={
            "variable": "KG_LOGS",
            "help": "the directory of the logs of requests; absent, `logs` in the home; `none` for no logs",
        },
    )
    contact: str = field(
        default="",
        metadata={
            "variable": "KG_CONTACT",
            "help": "the e-mail address or page at which people ask for something to be withheld or corrected",
        },
    )
    empty: bool = field(
        default=False,
        metadata={"variable": "KG_EMPTY", "help": "`yes` serves a plain triple store instead of a knowledge graph"},
    )
    shapes: str = field(
        default="project",
        metadata={
            "variable": "KG_SHAPES",
            "help": "what a plain store must conform to after each write: `project`, `none`, or files of shapes, "
            "with commas between them",
        },
    )
    mcp: bool = field(
        default=True,
        metadata={"variable": "KG_MCP", "help": "`no` leaves out `/mcp`, where assistants ask"},
    )
    mcp_hosts: str = field(
        default="",
        metadata={
            "variable": "KG_MCP_HOSTS",
            "help": "the names under which `/mcp` may be asked, and whose pages may ask it, with commas between them; "
            "absent, on a loopback address those of this machine, else any name, and pages of this machine alone",
        },
    )
    limits: Limits = field(
        default=Limits(),
        metadata={"variable": "KG_LIMIT_...", "help": "what a request may cost: see the limits of the endpoint"},
    )
    shutdown_seconds: int = field(
        default=10,
        metadata={"variable": "KG_SHUTDOWN_SECONDS", "help": "how long running requests may take at shutdown"},
    )

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65535:
            raise UsageError(f"port {self.port} is no port: give one from 0 to 65535")
        contact_of(self.contact)

    @property
    def named_contact(self) -> Contact | None:
        """Whom to write to, if the operator names somebody."""
        return contact_of(self.contact)

    @property
    def local(self) -> bool:
        """Whether it is asked from this machine alone: it listens on a loopback address and behind no proxy."""
        try:
            loopback = ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            loopback = self.host.lower() == "localhost"
        return loopback and not self.proxies

    @property
    def service_hosts(self) -> tuple[str, ...]:
        """The hosts that SERVICE may call."""
        return tuple(host.strip() for host in self.services.split(",") if host.strip())

    @property
    def shape_files(self) -> tuple[str, ...]:
        """The files of shapes that a plain store must conform to; none are those of the project, or no gate at all."""
        if self.shapes in ("project", "none"):
            return ()
        return tuple(str(Path(name.strip()).resolve()) for name in self.shapes.split(",") if name.strip())

    @property
    def log_directory(self) -> Path | None:
        """Where the logs of requests are, if they are written."""
        if self.logs == "none":
            return None
        return Path(self.logs) if self.logs else self.home / "logs"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, **given: Any) -> Settings:
        """Settings from what is given, else from the environment, else the defaults.

        Args:
            environment: Variables and their values; absent, those of the process.
            given: Fields by name; one that is None counts as not given. `limits` is a list of NAME=AMOUNT.

        Raises:
            UsageError: A value is not what its field takes.
        """
        variables = os.environ if environment is None else environment
        values: dict[str, Any] = {}
        for known in fields(cls):
            assert known.default is not MISSING  # every setting has one
            variable = known.metadata["variable"]
            if known.name == "limits":
                values["limits"] = limits_from(given.get("limits") or (), variables)
            elif given.get(known.name) is not None:
                values[known.name] = given[known.name]
            elif variables.get(variable):
                try:
                    values[known.name] = _read(variables[variable], type(known.default))
                except ValueError as error:
                    raise UsageError(
                        f"{variable} is '{variables[variable]}', but must be {_WORDS[type(known.default)]}"
                    ) from error
        return cls(**values)


_WORDS: dict[type, str] = {int: "a whole number", bool: "yes or no"}
_YES, _NO = ("yes", "true", "1", "on"), ("no", "false", "0", "off")


def _read(text: str, kind: type) -> Any:
    if kind is not bool:
        return kind(text)
    if text.strip().lower() not in (*_YES, *_NO):
        raise ValueError(text)
    return text.strip().lower() in _YES

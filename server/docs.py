"""The pages of `docs/` that are made from the tables of the server; `kg.docs` finds them by its entry-point group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from kg.docs.page import Page, cell, markdown, table
from kg.release import Home
from server.cache import AnswerCache
from server.endpoints_page import page as endpoints_page
from server.limits import Limits
from server.mcp.resources import ENTITY_TEMPLATE, RESOURCES
from server.mcp.tool import schema_of
from server.mcp.tools import TOOLS
from server.metrics import Metrics
from server.problems import PROBLEMS
from server.releases.served_release import ServedRelease
from server.replies import PROBLEM_TYPE
from server.settings import Settings
from server.workers.engine import Engine
from server.workers.isolation import PROTECTIONS

__all__ = ["pages"]


def pages() -> Iterator[Page]:
    """The pages of the server."""
    yield _problems()
    yield endpoints_page()
    yield _settings()
    yield _limits()
    yield _protections()
    yield _metrics()
    yield _tools()


def _problems() -> Page:
    kinds = sorted(PROBLEMS.values(), key=lambda kind: (kind.status, kind.name))
    return markdown(
        "problems.md",
        "server.problems.PROBLEMS",
        "Problems of the endpoint",
        [
            f"What the server cannot answer, it answers with `{PROBLEM_TYPE}` (RFC 9457): `type` is an IRI that ends "
            "in the name below, `title` and `status` are those of the table, `detail` is a sentence about this request "
            "and `line`, `column` (both from 1) and `snippet` say where in the query it is wrong, where that is known.",
            table(("name", "status", "title"), [(f"`{k.name}`", str(k.status), cell(k.title)) for k in kinds]),
        ],
    )


def _limits() -> Page:
    defaults = Limits()
    rows = [
        (
            f"`{known.name}`",
            f"`{Limits.variable(known.name)}`",
            _amount(getattr(defaults, known.name), known.metadata["unit"]),
            cell(known.metadata["help"]),
        )
        for known in fields(Limits)
    ]
    return markdown(
        "limits.md",
        "server.limits.Limits",
        "Limits of the endpoint",
        [
            "What a request may cost. A limit is set by its variable of the environment, or by "
            "`kg serve --limit NAME=AMOUNT`, which goes before it; an amount may have a unit, as in `time=500ms`, "
            "`memory=4GB` or `rows=250k`.",
            table(("name", "variable", "default", "what"), rows),
        ],
    )


def _amount(value: float, unit: str) -> str:
    number = f"{value:,}" if isinstance(value, int) else f"{value:g}"
    return number if unit == "count" else f"{number} {unit}"


def _protections() -> Page:
    return markdown(
        "protections.md",
        "server.workers.isolation.PROTECTIONS",
        "Protections of the workers",
        [
            "Queries are evaluated in processes of their own. `/health` says which of these protections hold in them; "
            "where the system refuses one, the server runs without it. Where an operator allows hosts for `SERVICE`, "
            "a worker must make sockets, so `no-sockets` does not hold, and its network namespace is what keeps it in.",
            table(("name", "what"), [(f"`{name}`", cell(what)) for name, what in PROTECTIONS.items()]),
        ],
    )


def _metrics() -> Page:
    metrics = Metrics()
    limits = Limits()
    metrics.watch(Engine(ServedRelease(Home(".kg")), limits), AnswerCache(limits.cache, limits.cached_answer))
    rows = [
        (f"`{found.name}`", found.type, cell(found.documentation))
        for found in sorted(metrics.registry.collect(), key=lambda found: found.name)
    ]
    return markdown(
        "metrics.md",
        "server.metrics.Metrics",
        "Metrics of the server",
        [
            "`/metrics` has these in the text form of Prometheus; a counter's name there ends in `_total`.",
            table(("name", "kind", "what"), rows),
        ],
    )


def _tools() -> Page:
    parts = [
        "What an assistant may call and read by the [Model Context Protocol](mcp.md).",
        table(("tool", "what"), [(f"`{tool.name}`", cell(tool.description)) for tool in TOOLS.values()]),
    ]
    for tool in TOOLS.values():
        schema = schema_of(tool.arguments)
        needed = schema.get("required", [])
        rows = [
            (f"`{name}`", "yes" if name in needed else "", cell(_taken(told)), cell(told.get("description", "")))
            for name, told in schema["properties"].items()
        ]
        answered = [
            (f"`{name}`", cell(told.get("description", "")))
            for name, told in schema_of(tool.answer)["properties"].items()
        ]
        parts += [
            f"## `{tool.name}`",
            table(("argument", "needed", "a value is", "what"), rows),
            table(("in the answer", "what"), answered),
        ]
    resources = [(f"`{each.uri}`", f"`{each.media_type}`", cell(each.description)) for each in RESOURCES.values()]
    resources.append((f"`{ENTITY_TEMPLATE}`", "`text/turtle`", "The data of one entity, by CLASS/NAME or its IRI."))
    parts += ["## Resources", table(("resource", "type", "what"), resources)]
    return markdown("mcp-tools.md", "server.mcp", "Tools for assistants", parts)


def _taken(schema: dict[str, Any]) -> str:
    """What a value of a schema is, in words."""
    if "anyOf" in schema:
        return " or ".join(_taken(each) for each in schema["anyOf"] if each.get("type") != "null")
    if "enum" in schema:
        return "one of " + ", ".join(str(each) for each in schema["enum"])
    words = str(schema.get("type", "any"))
    least, most = schema.get("minimum", schema.get("exclusiveMinimum")), schema.get("maximum")
    if least is not None:
        words += f", {'above' if 'exclusiveMinimum' in schema else 'from'} {least}"
    if most is not None:
        words += f" to {most}"
    if "default" in schema and schema["default"] is not None:
        words += f" (default {schema['default']})"
    return words


def _settings() -> Page:
    rows = [
        (
            f"`{known.metadata['variable']}`",
            f"`{known.default}`" if known.default != "" else "—",
            cell(known.metadata["help"]),
        )
        for known in sorted(fields(Settings), key=lambda known: str(known.metadata["variable"]))
        if known.name != "limits"
    ]
    return markdown(
        "settings.md",
        "server.settings.Settings",
        "Settings of the server",
        [
            "The server reads these variables of the environment when it starts; an option of `kg serve` goes before "
            "the variable of the same name. What a request may cost has [variables of its own](limits.md).",
            table(("variable", "default", "what"), rows),
        ],
    )

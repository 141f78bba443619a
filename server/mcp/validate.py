"""The tool `validate`: Turtle against the shapes, with the line of each result."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import msgspec
from anyio import to_thread
from msgspec import Meta
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.namespaces import PREFIXES, expand
from kg.query_explained import snippet
from server.mcp.call import Call
from server.mcp.terms import written
from server.mcp.tool import Answer, Arguments, Tool
from server.problems import Problem
from server.workers.engine import EngineRequest
from server.writing.wire import Document

__all__ = ["VALIDATE"]

_SH = PREFIXES["sh"]
#: How many results are told.
_MOST = 50


class ValidateArguments(Arguments, frozen=True, kw_only=True):
    """What to validate."""

    turtle: Annotated[str, Meta(min_length=1, description="A Turtle document, with its own prefixes declared.")]


class ResultTold(msgspec.Struct, frozen=True, kw_only=True):
    """A result of the validation."""

    severity: str
    message: str
    focus: Annotated[str, Meta(description="The node that is wrong.")]
    path: Annotated[str | None, Meta(description="The property that is wrong.")] = None
    value: str | None = None
    shape: str
    line: Annotated[int | None, Meta(description="Where the document says so, from 1, where that is known.")] = None
    column: int | None = None


class ReportTold(Answer, frozen=True, kw_only=True):
    """The report."""

    conforms: Annotated[bool, Meta(description="Whether no shape is broken.")]
    count: Annotated[int, Meta(description="How many results there are.")]
    results: Annotated[list[ResultTold], Meta(description="The worst first.")]
    truncated: Annotated[bool, Meta(description="Whether there are further results.")]


async def _run(call: Call, asked: ValidateArguments) -> ReportTold:
    content = asked.turtle.encode()
    most = call.ground.limits.request_bytes
    if len(content) > most:
        raise Problem("too-large", f"the document is {len(content)} bytes long, more than {most}")
    release = await call.release(None)
    request = EngineRequest(
        release=release,
        client=call.caller.client,
        document=Document(content_type="text/turtle", content=content),
        format="ntriples",
    )
    try:
        async with call.ground.engine.answer(request, call.caller.gone, call.caller.used) as answer:
            report = b"".join([chunk async for chunk in answer.spool.chunks()])
    except Problem as problem:
        if "line" in problem.members:
            problem.members["snippet"] = snippet(asked.turtle, problem.members["line"], problem.members["column"])
        raise
    results = await to_thread.run_sync(_results, report, content)
    return ReportTold(
        release=release.id,
        revision=release.revision,
        conforms=not any(each.severity == "violation" for each in results),
        count=len(results),
        results=results[:_MOST],
        truncated=len(results) > _MOST,
    )


def _results(report: bytes, content: bytes) -> list[ResultTold]:
    """The results of a report in N-Triples, with their places in the document."""
    # These take a moment to import, which nobody needs who does not validate.
    from kg.shapes.locate import Locator
    from kg.shapes.report import SEVERITIES, Result

    said: dict[str, dict[str, Quad]] = {}
    for quad in parse(report, format=RdfFormat.N_TRIPLES):
        said.setdefault(str(quad.subject), {})[quad.predicate.value] = quad
    found: list[Result] = []
    for node in said.values():
        kind = node.get(expand("rdf:type"))
        if kind is None or kind.object != NamedNode(_SH + "ValidationResult"):
            continue
        value = node.get(_SH + "value")
        term = value.object if value is not None and isinstance(value.object, NamedNode | Literal) else None
        focus = node[_SH + "focusNode"].object
        path = _iri(node, "resultPath")
        found.append(
            Result(
                focus=focus.value if isinstance(focus, NamedNode) else str(focus),
                path=path or None,
                value=term,
                shape=_iri(node, "sourceShape"),
                severity=_iri(node, "resultSeverity").rpartition("#")[2].lower(),
                message=_text(node),
                component=_iri(node, "sourceConstraintComponent"),
            )
        )
    found.sort(key=lambda each: (SEVERITIES.index(each.severity), each.order()))
    with tempfile.TemporaryDirectory() as folder:
        path_of = Path(folder) / "document.ttl"
        path_of.write_bytes(content)
        locator = Locator([path_of], found[:_MOST])
        return [_told(each, locator if number < _MOST else None) for number, each in enumerate(found)]


def _told(result: object, locator: object) -> ResultTold:
    from kg.shapes.locate import Locator
    from kg.shapes.report import Result

    assert isinstance(result, Result)
    located = locator.locate(result) if isinstance(locator, Locator) else None
    return ResultTold(
        severity=result.severity,
        message=result.message,
        focus=written(NamedNode(result.focus)) or "" if "://" in result.focus else result.focus,
        path=written(NamedNode(result.path)) if result.path else None,
        value=written(result.value),
        shape=written(NamedNode(result.shape)) or "" if "://" in result.shape else result.shape,
        line=located.location.line if located is not None else None,
        column=located.location.column if located is not None else None,
    )


def _iri(node: dict[str, Quad], name: str) -> str:
    found = node.get(_SH + name)
    return found.object.value if found is not None and isinstance(found.object, NamedNode) else ""


def _text(node: dict[str, Quad]) -> str:
    found = node.get(_SH + "resultMessage")
    return found.object.value if found is not None and isinstance(found.object, Literal) else ""


def _as_text(told: ReportTold) -> str:
    lines = ["It conforms to the shapes." if told.conforms else "It does not conform to the shapes."]
    for each in told.results:
        where = f"line {each.line}, column {each.column}: " if each.line is not None else ""
        lines.append(f"{where}{each.severity}: {each.message} ({each.focus}{f' {each.path}' if each.path else ''})")
    if told.truncated:
        lines.append(f"There are {told.count} results; these are the first {len(told.results)}.")
    return "\n".join(lines)


VALIDATE = Tool(
    name="validate",
    title="Validate Turtle against the shapes",
    description=(
        "Check a Turtle document against the project's SHACL shapes: each result with severity, message, node, "
        "property and line. Nothing is stored."
    ),
    arguments=ValidateArguments,
    answer=ReportTold,
    run=_run,
    text=_as_text,
    examples=({"turtle": "@prefix cx: <https://w3id.org/crossings/ontology#> .\n<urn:a> a cx:Incident .\n"},),
)

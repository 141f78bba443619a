"""The gate of every write: a token, a body within limits, the writer, and the answer to who wrote."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import RdfFormat, Triple, parse

from kg.formats import formats_for, parse_accept, serialize_rdf
from kg.tokens import Scope, Token, Tokens
from server.exchange import Exchange
from server.limits import Limits
from server.negotiation import chosen_format
from server.problems import Problem
from server.replies import CORS, raw
from server.writing.process import Writer
from server.writing.wire import Rejected, Write, Written

__all__ = ["RejectedError", "Writing", "answer_written"]

#: How many results of the shapes a problem lists; the report that can be asked for has all.
_LISTED = 100
_REALM = 'Bearer realm="crossings"'


class RejectedError(Problem):
    """A write that breaks the shapes; `report` is the report as Turtle."""

    def __init__(self, rejected: Rejected) -> None:
        violations = [result for result in rejected.results if result.severity == "violation"]
        first = violations[0]
        more = f", and {len(violations) - 1} more" if len(violations) > 1 else ""
        super().__init__(
            "shape-violation",
            f"nothing was changed: {first.message} (<{first.focus}>{more})",
            {
                "violations": len(violations),
                "results": [
                    {
                        "severity": result.severity,
                        "shape": result.shape,
                        "focus": result.focus,
                        "path": result.path,
                        "message": result.message,
                    }
                    for result in rejected.results[:_LISTED]
                ],
            },
        )
        self.report = rejected.report

    def as_rdf(self, accept: str | None) -> tuple[str, bytes] | None:
        """The report in a format of RDF that the client names, with its type, or None where it names none."""
        ranges = parse_accept(accept or "")
        if not any(found.q > 0 and f"{found.type}/{found.subtype}" in _RDF for found in ranges):
            return None
        format = chosen_format("graph", accept, None)
        triples = (
            Triple(quad.subject, quad.predicate, quad.object)
            for quad in parse(self.report.encode(), format=RdfFormat.TURTLE)
        )
        return format.content_type, serialize_rdf(triples, format)


#: The media types under which RDF is asked for, and nothing else is.
_RDF = frozenset(
    media_type
    for format in formats_for("graph")
    for media_type in format.media_types
    if media_type not in ("application/json", "application/xml", "text/xml")
)


@dataclass(frozen=True)
class Writing:
    """What endpoints that write work with.

    Args:
        tokens: Who may write.
        writer: Who writes.
        limits: How much.
        scope: What a token must allow.
    """

    tokens: Tokens
    writer: Writer
    limits: Limits
    scope: Scope

    def authorize(self, exchange: Exchange) -> Token:
        """The token of a request, as its `Authorization` header gives it (RFC 6750, section 2.1).

        Raises:
            Problem: Writes are off, there is no token, it is not known, or it does not allow this.
        """
        if not self.tokens.any():
            raise Problem(
                "writes-off", "writes are off, as there is no token: an operator makes one with kg token create NAME"
            )
        kind, _, secret = exchange.headers.get("authorization", "").partition(" ")
        known = self.tokens.check(secret.strip()) if kind.lower() == "bearer" else None
        if known is None:
            why = "the token is not known, or no longer holds" if kind else "a write needs a token"
            error = ', error="invalid_token"' if kind else ""
            detail = f"{why}: send it in the header Authorization: Bearer TOKEN"
            raise Problem("unauthorized", detail, headers={"WWW-Authenticate": _REALM + error})
        if self.scope not in known.scopes:
            detail = f"the token '{known.name}' allows {known.scope}, and this needs {self.scope}"
            challenge = f'{_REALM}, error="insufficient_scope", scope="{self.scope}"'
            raise Problem("forbidden", detail, headers={"WWW-Authenticate": challenge})
        return known

    async def body(self, exchange: Exchange) -> bytes:
        """The body of a write.

        Raises:
            Problem: It is too long, comes too slowly or breaks off.
        """
        return await exchange.read_body(self.limits, self.limits.write_bytes)

    async def perform(self, write: Write) -> Written:
        """Have a write applied.

        Raises:
            RejectedError: It breaks the shapes.
            Problem: It is not applied.
        """
        found = await self.writer.write(write)
        if isinstance(found, Rejected):
            raise RejectedError(found)
        return found


async def answer_written(exchange: Exchange, written: Written, status: int, headers: dict[str, str]) -> None:
    """Say that a write is on the disk and is served, and as which revision."""
    exchange.record.outcome = "ok"
    exchange.record.release = written.revision
    everyone = {"Crossings-Revision": written.revision, "Cache-Control": "no-store", **CORS, **headers}
    if written.answer:
        everyone["Content-Type"] = "application/json"
        everyone["X-Content-Type-Options"] = "nosniff"
    if status != 204:
        everyone["Content-Length"] = str(len(written.answer))
    await exchange.start(status, raw(everyone))
    await exchange.body(written.answer)

"""A SPARQL update as text: its operations, what it must not ask for, and the dataset that a request gives it.

SPARQL 1.1 Update, section 3, and SPARQL 1.1 Protocol, section 2.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode

from kg.errors import QueryError
from kg.namespaces import BASE, PREFIXES
from kg.query_text import QueryText
from kg.query_tokens import Token

__all__ = ["Operation", "UpdateText"]

#: What a LOAD is given instead of the address of its document.
_NOWHERE = "<urn:uuid:00000000-0000-0000-0000-000000000000>"
_KEYWORDS = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")


@dataclass(frozen=True)
class Operation:
    """One operation of a request: its tokens from its first keyword on, without the semicolon behind it."""

    tokens: tuple[Token, ...]

    @property
    def silent(self) -> bool:
        """Whether it may fail unnoticed."""
        return len(self.tokens) > 1 and self.tokens[1].is_word("SILENT")

    @property
    def keyword(self) -> str:
        """Its first keyword, in capitals."""
        return self.tokens[0].text.upper()

    def outside(self, *words: str) -> Token | None:
        """The first of some keywords that stands outside all braces."""
        depth = 0
        for token in self.tokens:
            if token.kind == "mark":
                depth += (token.text == "{") - (token.text == "}")
            elif depth == 0 and token.is_word(*words):
                return token
        return None


class UpdateText:
    """An update as text, looked at before it is applied.

    Args:
        text: The update.
        known: The prefixes that it need not declare.
        base: What relative IRIs are resolved against.
    """

    def __init__(self, text: str, known: Mapping[str, str] = PREFIXES, base: str = BASE) -> None:
        self.text = text
        self.read = QueryText(text, known, base)

    @cached_property
    def operations(self) -> tuple[Operation, ...]:
        """The operations, in order."""
        found: list[Operation] = []
        held: list[Token] = []
        depth = 0
        for token in self.read.tokens:
            if token.kind == "mark":
                depth += (token.text == "{") - (token.text == "}")
                if token.text == ";" and depth == 0:
                    found += [Operation(tuple(held))] if held else []
                    held = []
                    continue
            # What stands before the first keyword is the prologue, which each operation may have.
            if held or token.is_word(*_KEYWORDS):
                held.append(token)
        return (*found, Operation(tuple(held))) if held else tuple(found)

    def refuse(self, nesting: int) -> None:
        """Refuse what would reach the network or end the engine; for LOAD there is `refuse_loads`.

        Args:
            nesting: How deep brackets may be nested.

        Raises:
            RefusedError: It calls a service, or is nested too deeply.
        """
        self.read.refuse_service()
        self.read.refuse_nesting(nesting)

    @property
    def loads(self) -> bool:
        """Whether it loads a document, and says that this must succeed."""
        return any(not operation.silent for operation in self._loading)

    def refuse_loads(self) -> None:
        """Refuse a text that loads documents; to be called when the text is known to be well-formed.

        Raises:
            RefusedError: It loads one, and is not silent about failing to.
        """
        for operation in self._loading:
            if not operation.silent:
                message = "LOAD is refused: nothing is fetched; send the document to the graph store"
                raise self.read.refusal("update", message, operation.tokens[0])

    @property
    def _loading(self) -> Iterator[Operation]:
        return (operation for operation in self.operations if operation.keyword == "LOAD")

    def applied(self, default: Sequence[str], named: Sequence[str]) -> str:
        """The text to apply: with the graphs of a request as those of every WHERE, and nothing to load from anywhere.

        SPARQL 1.1 Protocol, section 2.2.3. A LOAD keeps its place and form, and what it names becomes what nobody has.

        Args:
            default: The values of `using-graph-uri`.
            named: The values of `using-named-graph-uri`.

        Raises:
            QueryError: A graph is no IRI, or the text names graphs itself, by WITH, USING or USING NAMED.
        """
        for iri in (*default, *named):
            _check(iri)
        clause = " ".join((*(f"USING <{iri}>" for iri in default), *(f"USING NAMED <{iri}>" for iri in named)))
        replaced: list[tuple[int, int, str]] = []
        for operation in self.operations:
            if operation.keyword == "LOAD":
                source = operation.tokens[1 + operation.silent : 2 + operation.silent]
                replaced += [(t.start, t.start + len(t.text), _NOWHERE) for t in source if t.kind in ("iri", "name")]
            if not clause:
                continue
            own = operation.outside("WITH", "USING")
            if own is not None:
                line, column = self.read.place(own.start)
                raise QueryError(
                    f"line {line}, column {column}: the update names its graphs by {own.text.upper()}, and the request "
                    "names others: leave out one of the two",
                    line,
                    column,
                )
            where = operation.outside("WHERE")
            if operation.keyword not in ("INSERT", "DELETE") or where is None:
                continue
            before = operation.tokens[operation.tokens.index(where) - 1]
            template = ""
            if (
                before is operation.tokens[0]
            ):  # DELETE WHERE { pattern } is short for DELETE { pattern } WHERE { pattern }
                last = operation.tokens[-1]
                template = self.text[where.start + len(where.text) : last.start + len(last.text)]
            replaced.append((where.start, where.start, f"{template} {clause} "))
        out, position = [], 0
        for start, end, words in replaced:
            out += [self.text[position:start], words]
            position = end
        return "".join([*out, self.text[position:]])


def _check(iri: str) -> None:
    try:
        NamedNode(iri)
    except ValueError as error:
        raise QueryError(f"the graph '{iri}' is no absolute IRI") from error

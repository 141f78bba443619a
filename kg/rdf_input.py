"""RDF that strangers send: read within limits, with an error that names line and column.

The engine's readers die of deep nesting (JSON-LD, RDF/XML, triple terms) and expand the entities of RDF/XML, so what
nests and what expands is measured before they see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat
from xml.parsers.expat import errors

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple

from kg.errors import UsageError

__all__ = [
    "MAX_DEPTH",
    "RDF_TYPES",
    "RdfError",
    "check_rdf",
    "media_type_of",
    "rdf_format",
    "read_rdf",
    "skolemized",
]

#: How deep what nests may be nested.
MAX_DEPTH = 200
#: How much longer than the document itself the text of an XML document may become by its entities.
_EXPANSION = 4
_EXPANSION_LEAST = 100_000

#: The formats of RDF that are read, by media type; those of one graph first.
RDF_TYPES: dict[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
    "text/n3": RdfFormat.N3,
}

_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
_TERMS = re.compile(rb'"(?:[^"\\\n]|\\.)*+"|<[^<>"\s]*>|<<|>>', re.DOTALL)


class RdfError(UsageError):
    """RDF that cannot be read; `reason` says why, `line` and `column` are 1-based where known.

    Args:
        message: What is wrong.
        line: In which line.
        column: In which column, in code points.
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        self.reason, self.line, self.column = message, line, column
        where = f"line {line}, column {column}: " if line is not None else ""
        super().__init__(f"{where}{message}")


def media_type_of(content_type: str) -> str:
    """The media type of a Content-Type header, without its parameters.

    >>> media_type_of("Text/Turtle; charset=utf-8")
    'text/turtle'
    """
    return content_type.partition(";")[0].strip().lower()


def rdf_format(content_type: str) -> RdfFormat | None:
    """The format that a Content-Type header names, or None where it names none of RDF."""
    return RDF_TYPES.get(media_type_of(content_type))


def read_rdf(content: bytes, format: RdfFormat, base: str | None = None, *, max_depth: int = MAX_DEPTH) -> list[Quad]:
    """Read RDF.

    Args:
        content: The document.
        format: Its format.
        base: The IRI that relative ones are resolved against; absent, relative ones are errors.
        max_depth: How deep brackets, elements and triple terms may be nested.

    Returns:
        Its quads; blank nodes have labels of their own that no other document has.

    Raises:
        RdfError: It is not of that format, or is nested or expands beyond the limits.
    """
    check_rdf(content, format, max_depth=max_depth)
    try:
        return list(pyoxigraph.parse(content, format=format, base_iri=base, rename_blank_nodes=True))
    except SyntaxError as error:
        raise _explained(error, format) from error
    except ValueError as error:
        raise RdfError(f"the document is not {format.name}: {error}") from error


def check_rdf(content: bytes, format: RdfFormat, *, max_depth: int = MAX_DEPTH) -> None:
    """Refuse a document that the engine's reader must not see.

    Args:
        content: The document.
        format: Its format.
        max_depth: How deep brackets, elements and triple terms may be nested.

    Raises:
        RdfError: It is not UTF-8, is no XML where it should be, or is nested or expands beyond the limits.
    """
    try:
        content.decode()
    except UnicodeDecodeError as error:
        line, column = _place(content, error.start)
        raise RdfError(f"the document is not UTF-8 (byte {error.start})", line, column) from error
    if format == RdfFormat.JSON_LD:
        _check_nesting(content, _BRACKETS, b"[{", b"]}", max_depth)
    elif format == RdfFormat.RDF_XML:
        _check_xml(content, max_depth)
    elif content.count(b"<<") > max_depth:  # else nothing can be nested deeper, and counting is fast
        _check_nesting(content, _TERMS, (b"<<",), (b">>",), max_depth)


_WHERE = re.compile(r"^Parser error (?:at|between) line \d+.*?: ")


def _explained(error: SyntaxError, format: RdfFormat) -> RdfError:
    told = _WHERE.sub("", str(error.msg or error))
    return RdfError(f"the document is not {format.name}: {' '.join(told.split())}", error.lineno, error.offset)


def _check_nesting(
    content: bytes, tokens: re.Pattern[bytes], opening: bytes | tuple[bytes, ...], closing: object, limit: int
) -> None:
    depth = 0
    opened = {bytes([mark]) for mark in opening} if isinstance(opening, bytes) else set(opening)
    for found in tokens.finditer(content):
        text = found[0]
        if text in opened:
            depth += 1
            if depth > limit:
                line, column = _place(content, found.start())
                raise RdfError(f"the document is nested more than {limit} deep", line, column)
        elif len(text) <= 2 and text in closing:  # type: ignore[operator]  # bytes in bytes, or in a tuple of bytes
            depth -= 1


def _place(content: bytes, offset: int) -> tuple[int, int]:
    """Line and column (code points), both from 1, of a byte."""
    before = content[:offset]
    return before.count(b"\n") + 1, len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1


class _TooMuchError(Exception):
    """The document nests or expands beyond the limits."""


def _check_xml(content: bytes, limit: int) -> None:
    """Measure depth and expansion, and tell what is ill-formed: the engine's reader does not say where."""
    depth, length = 0, 0
    allowed = max(_EXPANSION * len(content), _EXPANSION_LEAST)
    parser = expat.ParserCreate()

    def grown(more: int) -> None:
        nonlocal length
        length += more
        if length > allowed:
            raise _TooMuchError("its entities expand to more than is taken")

    def start(_name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limit:
            raise _TooMuchError(f"it is nested more than {limit} deep")
        grown(sum(map(len, attributes.values())))

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: grown(len(text))
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(content, True)
    except _TooMuchError as error:
        raise RdfError(
            f"the document is refused: {error}", parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        ) from error
    except expat.ExpatError as error:
        # Among them its own guard against entities, XML_ERROR_AMPLIFICATION_LIMIT_BREACH.
        refused = "amplification" in str(error)
        told = "is refused: its entities expand too much" if refused else f"is not XML: {errors.messages[error.code]}"
        raise RdfError(f"the document {told}", error.lineno, error.offset + 1) from error


def skolemized(quads: list[Quad], iri: str) -> Iterator[Quad]:
    """The quads with an IRI in the place of each blank node (RDF 1.1 Concepts, section 3.5).

    Args:
        quads: Quads without triple terms that hold blank nodes.
        iri: What the IRIs begin with; the label of the node follows.
    """

    def term(node: Any) -> Any:
        if isinstance(node, BlankNode):
            return NamedNode(f"{iri}{node.value}")
        if isinstance(node, Triple):
            return Triple(term(node.subject), node.predicate, term(node.object))
        return node

    for quad in quads:
        yield Quad(term(quad.subject), quad.predicate, term(quad.object), term(quad.graph_name))

"""THE table of formats in which answers, graphs and datasets leave the project, and how one is chosen.

The command line, the server and the documentation read this table. Choosing follows RFC 9110, section 12.5.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from pyoxigraph import Quad, QueryResultsFormat, RdfFormat, Triple, serialize

from kg.errors import UsageError
from kg.namespaces import PREFIXES
from kg.xml_limits import UnwritableError, carried, named_predicates

__all__ = [
    "FORMATS",
    "Format",
    "Kind",
    "MediaRange",
    "TableFormat",
    "UnwritableError",
    "by_name",
    "finished",
    "formats_for",
    "negotiate",
    "parse_accept",
    "serialize_rdf",
]


#: What is written: the answer of SELECT or ASK, triples of one graph, quads of several, or the table of a class.
Kind = Literal["results", "graph", "dataset", "table"]


class TableFormat(Enum):
    """The formats that are ours to write: `kg.columnar` writes answers in them, `kg.tables` tables."""

    PARQUET = "parquet"
    ARROW = "arrow"
    JSON_LINES = "jsonl"


@dataclass(frozen=True)
class Format:
    """One format.

    Args:
        name: How `--format` and `?format=` call it.
        media_type: The media type that answers carry.
        extension: The ending of a file, without the dot.
        kinds: What can be written in it. The table's order is the server's preference among equals.
        engine: The format of the engine that writes it, or one that is ours to write.
        title: Its name for people.
        other_types: Media types under which it may be asked for as well.
        other_names: Names under which it may be asked for as well, where the kind fits.
        charset: Whether the media type takes a `charset` parameter; all text is UTF-8.
        binary: Whether it is for programs alone: then it is sent to who names it in full, and no wildcard means it.
    """

    name: str
    media_type: str
    extension: str
    kinds: tuple[Kind, ...]
    engine: QueryResultsFormat | RdfFormat | TableFormat
    title: str
    other_types: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    charset: bool = False
    binary: bool = False

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header."""
        return f"{self.media_type}; charset=utf-8" if self.charset else self.media_type

    @property
    def prefixes(self) -> dict[str, str] | None:
        """The prefixes to write with, where the format has prefixes that are for readers."""
        return PREFIXES if self.engine in (RdfFormat.TURTLE, RdfFormat.TRIG) else None

    @property
    def is_xml(self) -> bool:
        """Whether it is XML, which cannot carry every character."""
        return self.engine in (QueryResultsFormat.XML, RdfFormat.RDF_XML)

    @property
    def media_types(self) -> tuple[str, ...]:
        """All media types under which it may be asked for."""
        return (self.media_type, *self.other_types)


FORMATS: tuple[Format, ...] = (
    Format(
        "json",
        "application/sparql-results+json",
        "srj",
        ("results",),
        QueryResultsFormat.JSON,
        "SPARQL 1.1 Query Results JSON",
        other_types=("application/json",),
        other_names=("srj",),
    ),
    Format(
        "xml",
        "application/sparql-results+xml",
        "srx",
        ("results",),
        QueryResultsFormat.XML,
        "SPARQL Query Results XML",
        other_types=("application/xml", "text/xml"),
        other_names=("srx",),
    ),
    Format(
        "csv",
        "text/csv",
        "csv",
        ("results", "table"),
        QueryResultsFormat.CSV,
        "SPARQL 1.1 Query Results CSV",
        charset=True,
    ),
    Format(
        "tsv",
        "text/tab-separated-values",
        "tsv",
        ("results",),
        QueryResultsFormat.TSV,
        "SPARQL 1.1 Query Results TSV",
        charset=True,
    ),
    Format(
        "parquet",
        "application/vnd.apache.parquet",
        "parquet",
        ("results", "table"),
        TableFormat.PARQUET,
        "Apache Parquet",
        binary=True,
    ),
    Format(
        "arrow",
        "application/vnd.apache.arrow.stream",
        "arrows",
        ("results",),
        TableFormat.ARROW,
        "Apache Arrow IPC stream",
        binary=True,
    ),
    Format(
        "jsonl",
        "application/jsonl",
        "jsonl",
        ("table",),
        TableFormat.JSON_LINES,
        "JSON Lines",
        other_types=("application/x-ndjson",),
        other_names=("ndjson",),
    ),
    Format(
        "turtle",
        "text/turtle",
        "ttl",
        ("graph",),
        RdfFormat.TURTLE,
        "Turtle",
        other_types=("application/x-turtle",),
        other_names=("ttl",),
        charset=True,
    ),
    Format(
        "ntriples", "application/n-triples", "nt", ("graph",), RdfFormat.N_TRIPLES, "N-Triples", other_names=("nt",)
    ),
    Format(
        "jsonld",
        "application/ld+json",
        "jsonld",
        ("graph", "dataset"),
        RdfFormat.JSON_LD,
        "JSON-LD",
        other_types=("application/json",),
        other_names=("json", "json-ld"),
    ),
    Format(
        "rdfxml",
        "application/rdf+xml",
        "rdf",
        ("graph",),
        RdfFormat.RDF_XML,
        "RDF/XML",
        other_types=("application/xml", "text/xml"),
        other_names=("xml", "rdf"),
    ),
    Format("trig", "application/trig", "trig", ("graph", "dataset"), RdfFormat.TRIG, "TriG"),
    Format(
        "nquads",
        "application/n-quads",
        "nq",
        ("graph", "dataset"),
        RdfFormat.N_QUADS,
        "N-Quads",
        other_names=("nq",),
    ),
)


def formats_for(kind: Kind) -> tuple[Format, ...]:
    """The formats of a kind, the preferred one first.

    >>> [format.name for format in formats_for("results")]
    ['json', 'xml', 'csv', 'tsv', 'parquet', 'arrow']
    """
    return tuple(format for format in FORMATS if kind in format.kinds)


def by_name(name: str, kind: Kind) -> Format:
    """The format of a kind by its name or media type, in any case of letters.

    Raises:
        UsageError: No format of that kind has the name; the message lists those there are.

    >>> by_name("xml", "results").media_type, by_name("xml", "graph").media_type
    ('application/sparql-results+xml', 'application/rdf+xml')
    """
    wanted = name.strip().lower()
    for format in formats_for(kind):
        if wanted in (format.name, *format.other_names, *format.media_types):
            return format
    known = ", ".join(format.name for format in formats_for(kind))
    raise UsageError(f"no format '{name}' for {_KIND_WORDS[kind]}: give one of {known}")


_KIND_WORDS = {
    "results": "the answer of a SELECT or ASK query",
    "graph": "triples",
    "dataset": "quads",
    "table": "a table",
}


@dataclass(frozen=True)
class MediaRange:
    """One element of an Accept header: `type/subtype`, either part may be `*`; `q` is its weight from 0 to 1."""

    type: str
    subtype: str
    q: float = 1.0
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def specificity(self) -> int:
        """How closely it names a type: 0 for `*/*`, 1 for `text/*`, 2 for `text/csv`."""
        return (self.type != "*") + (self.subtype != "*")

    def matches(self, media_type: str) -> bool:
        """Whether a media type without parameters lies in the range; all that we write is UTF-8."""
        kind, _, subtype = media_type.partition("/")
        charset = dict(self.parameters).get("charset", "utf-8").lower()
        return self.type in ("*", kind) and self.subtype in ("*", subtype) and charset in ("utf-8", "utf8", "*")


_TOKEN = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_QUOTED = r'"(?:[^"\\]|\\.)*"'
#: Possessive: what is given back and tried again takes a time that grows with the square of the header's length.
_ELEMENT = re.compile(rf"[ \t]*+((?:{_QUOTED}|[^,\"])*+)(?:,|$)")
_RANGE = re.compile(rf"({_TOKEN})/({_TOKEN})[ \t]*")
_PARAMETER = re.compile(rf";[ \t]*(?:({_TOKEN})=({_TOKEN}|{_QUOTED}))?[ \t]*")
_WEIGHT = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")


def parse_accept(header: str) -> list[MediaRange]:
    """Read an Accept header; elements that are not well-formed are left out, as RFC 9110, section 5.6.1 suggests.

    >>> [(r.type, r.subtype, r.q) for r in parse_accept("text/csv;q=0.5, */*;q=0.1, nonsense")]
    [('text', 'csv', 0.5), ('*', '*', 0.1)]
    """
    ranges = (_media_range(element) for element in _elements(header))
    return [found for found in ranges if found is not None]


def _elements(header: str) -> Iterator[str]:
    position = 0
    while position < len(header):
        found = _ELEMENT.match(header, position)
        if found is None:  # a quotation mark that is never closed: nothing after it can be told apart
            return
        yield found[1].rstrip(" \t")
        position = found.end()


def _media_range(element: str) -> MediaRange | None:
    head = _RANGE.match(element)
    if head is None or (head[1] == "*" and head[2] != "*"):
        return None
    parameters: list[tuple[str, str]] = []
    weight, position = 1.0, head.end()
    while position < len(element):
        found = _PARAMETER.match(element, position)
        if found is None:
            return None
        position = found.end()
        if found[1] is None:
            continue
        name, value = found[1].lower(), found[2]
        if value.startswith('"'):
            value = re.sub(r"\\(.)", r"\1", value[1:-1])
        if name == "q":
            if not _WEIGHT.fullmatch(value):
                return None
            weight = float(value)
        else:
            parameters.append((name, value))
    return MediaRange(head[1].lower(), head[2].lower(), weight, tuple(parameters))


def negotiate(accept: str | None, kind: Kind) -> Format | None:
    """Choose the format that a client likes best.

    For each format, the most specific range that fits its media type gives the weight, or one that names another of its
    types in full, if that is higher: a wildcard means what will be sent, and never a binary format. `q=0` excludes; of
    the media type itself, the format. The highest weight wins; among equals the more specifically named, then the first
    of the table.

    Args:
        accept: The Accept header; absent or blank, everything is acceptable.
        kind: What is to be written.

    Returns:
        The format, or None where nothing we write is acceptable.

    >>> negotiate("text/csv, */*;q=0.1", "results").name
    'csv'
    """
    offered = formats_for(kind)
    if accept is None or not accept.strip():
        return offered[0]
    ranges = parse_accept(accept)
    weighed = [(_weight(format, ranges), -index) for index, format in enumerate(offered)]
    (weight, _specificity), index = max(weighed)
    return offered[-index] if weight > 0 else None


def _weight(format: Format, ranges: Sequence[MediaRange]) -> tuple[float, int]:
    """The weight that ranges give a format, and how specifically."""
    sent, *others = (_closest(ranges, media_type) for media_type in format.media_types)
    if sent == (0.0, 2) or (format.binary and sent[1] < 2):
        return (0.0, 0)
    return max([sent, *(weight for weight in others if weight[1] == 2)])


def _closest(ranges: Sequence[MediaRange], media_type: str) -> tuple[float, int]:
    """The weight of the range that fits a media type best, and how specifically that names it."""
    fitting = [found for found in ranges if found.matches(media_type)]
    if not fitting:
        return (0.0, 0)
    closest = max(fitting, key=lambda found: (found.specificity, len(found.parameters), found.q))
    return (closest.q, closest.specificity)


def serialize_rdf(statements: Iterable[Triple] | Iterable[Quad], format: Format) -> bytes:
    """Write triples or quads with the project's prefixes, the same bytes for the same statements in the same order.

    Raises:
        UsageError: The format is one for the answers of SELECT and ASK.
        UnwritableError: A literal or a predicate holds what the format cannot carry.
    """
    if not isinstance(format.engine, RdfFormat):
        raise UsageError(
            f"{format.title} cannot hold RDF: give one of {', '.join(f.name for f in formats_for('graph'))}"
        )
    if format.engine == RdfFormat.RDF_XML:
        statements = named_predicates(statements)
    written = serialize(statements, format=format.engine, prefixes=format.prefixes)
    assert written is not None  # no output was given
    return finished(written, format)


def finished(written: bytes, format: Format) -> bytes:
    """What the engine wrote, made fit to be handed out.

    Turtle and TriG keep only the prefixes that are used, in a stable order.

    Raises:
        UnwritableError: The answer holds a character that the format cannot carry.
    """
    if format.is_xml:
        return carried(written, format.title)
    return _stable_prefixes(written) if format.prefixes else written


def _stable_prefixes(written: bytes) -> bytes:
    lines = written.split(b"\n")
    count = next((at for at, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    body = b"\n".join(lines[count:])
    used = sorted(line for line in lines[:count] if re.search(rb"\b" + re.escape(line.split(b" ", 2)[1]), body))
    return b"\n".join([*used, body])

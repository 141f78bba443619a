"""Facts: the contract between whoever reads an article and the graph.

The rule extractor, a language model and a person writing `x.facts.json` by hand all produce a `Facts` record. Nothing
in it is RDF and nothing in it is resolved: a date is an expression, a quantity keeps its words, and every claim carries
the words it rests on. Offsets are Unicode code points, 0-based and half-open, over the article's text.

The JSON field names are camelCase; `kg.facts.schema` publishes the JSON Schema made from these classes.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

__all__ = [
    "FORMAT_VERSION",
    "Anchor",
    "Article",
    "Attribution",
    "Block",
    "BlockKind",
    "Certainty",
    "CitedSource",
    "Claim",
    "EntityClass",
    "Evidence",
    "Extractor",
    "Facts",
    "Mention",
    "Quantity",
    "Specificity",
    "Tense",
    "TimeExpression",
    "Value",
]

FORMAT_VERSION: Literal["1.0"] = "1.0"

Offset = Annotated[int, msgspec.Meta(ge=0, description="Unicode code points from the start of the text")]
LocalId = Annotated[str, msgspec.Meta(pattern="^[A-Za-z][A-Za-z0-9_.-]*$", description="unique in its record")]
Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
IsoDate = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Term = Annotated[str, msgspec.Meta(description="a prefixed name of the project's prefixes, or an IRI")]

EntityClass = Literal["Incident", "Person", "Organization", "Route", "Statistic", "Place"]
BlockKind = Literal[
    "headline", "heading", "dateline", "byline", "paragraph", "caption", "bullet", "related", "boilerplate"
]
Certainty = Literal["asserted", "reported", "probable", "possible", "denied"]
Specificity = Literal["specific", "general"]
Tense = Literal["past", "present", "future"]
Unit = Literal["day", "week", "month", "quarter", "half", "year", "decade"]
Modifier = Literal["early", "mid", "late", "before", "after", "since", "until"]
Qualifier = Literal["exact", "approximately", "more-than", "at-least", "less-than", "at-most", "between", "nearly"]


class _Record(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel", omit_defaults=True, kw_only=True
):
    """What all records share: immutable, camelCase in JSON, unknown fields refused."""


class CitedSource(_Record, frozen=True, kw_only=True):
    """A publication that the article says it rests on.

    `role` is `wire` for a news agency whose copy the article carries, `source` for any other that it names as its own
    source. `published` is the source's date where the article states it.
    """

    name: str
    role: Literal["wire", "source"] = "source"
    organization: Term | None = None
    published: IsoDate | None = None
    start: Offset | None = None
    end: Offset | None = None


class Article(_Record, frozen=True, kw_only=True):
    """What is known of the article itself.

    `published` is the stated date; `published_by` says who stated it: the article's text, its metadata (front matter,
    sidecar, HTML), or the operator of the build. `earliest_published` is a day before which the text cannot have been
    written. `text_sha256` is over the text encoded as UTF-8, `length` in code points.
    """

    id: Sha256
    kind: Literal["article", "digest"] = "article"
    text_sha256: Sha256
    length: Annotated[int, msgspec.Meta(ge=0)]
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str = "en"
    rights: str | None = None
    published: IsoDate | None = None
    published_by: Literal["text", "metadata", "operator"] | None = None
    sources: tuple[CitedSource, ...] = ()


class Block(_Record, frozen=True, kw_only=True):
    """A stretch of the text of one kind: a headline, a paragraph, a caption."""

    id: LocalId
    kind: BlockKind
    start: Offset
    end: Offset


class Mention(_Record, frozen=True, kw_only=True):
    """Words that name or describe one entity.

    `chain` is the id of the first mention of the same entity in this article (its own id for the first one). `name` is
    the proper name as written, absent where the entity has none. `concept` is the gazetteer entry, where the words are
    one of its labels. `count` is the number of persons that one mention stands for ("four North Koreans").
    """

    id: LocalId
    cls: EntityClass
    start: Offset
    end: Offset
    quote: str
    chain: LocalId
    name: str | None = None
    concept: Term | None = None
    count: Annotated[int, msgspec.Meta(ge=1)] = 1


class Anchor(_Record, frozen=True, kw_only=True):
    """What a relative time counts from: the publication, another expression, or an incident's own date."""

    kind: Literal["publication", "expression", "incident"]
    ref: LocalId | None = None


class TimeExpression(_Record, frozen=True, kw_only=True):
    """A date as its words give it, not as a value.

    Absolute: `edtf` holds it (`2025-10-19`, `2024-08`, `195X`, `2024-08-01/2024-08-05`). Relative: `unit` and `offset`
    count from `anchor` (yesterday: day -1; last month: month -1; this year: year 0); `month` and `day` fix a part
    inside the unit ("August of last year": year -1, month 8; "Aug. 20": year 0, month 8, day 20; `quarter` and `half`
    likewise); `weekday` is 0 for Monday ("Tuesday": the last such day up to the anchor; with offset -1: of the week
    before). `modifier` narrows or opens it: early, mid, late; before and until end there; after and since start there.
    `to` is the second end of a range. Without anchor and `edtf` the words give no date that can be resolved.
    """

    id: LocalId
    start: Offset
    end: Offset
    quote: str
    edtf: str | None = None
    unit: Unit | None = None
    offset: int | None = None
    anchor: Anchor | None = None
    month: Annotated[int, msgspec.Meta(ge=1, le=12)] | None = None
    day: Annotated[int, msgspec.Meta(ge=1, le=31)] | None = None
    quarter: Annotated[int, msgspec.Meta(ge=1, le=4)] | None = None
    half: Annotated[int, msgspec.Meta(ge=1, le=2)] | None = None
    weekday: Annotated[int, msgspec.Meta(ge=0, le=6)] | None = None
    modifier: Modifier | None = None
    approximate: bool = False
    part_of_day: str | None = None
    to: LocalId | None = None


class Quantity(_Record, frozen=True, kw_only=True):
    """A number as its words give it: exactly one of a value, bounds, or a qualitative value.

    `unit` is a QUDT unit (`unit:NUM` for counted persons, `unit:PERCENT`, `unit:KiloM`, `unit:HR`). Numbers are written
    as decimal strings ("34000", "88", "2.5") so that no digit is lost.
    """

    id: LocalId
    start: Offset
    end: Offset
    quote: str
    unit: Term
    value: Annotated[str, msgspec.Meta(pattern=r"^-?\d+(\.\d+)?$")] | None = None
    lower: Annotated[str, msgspec.Meta(pattern=r"^-?\d+(\.\d+)?$")] | None = None
    upper: Annotated[str, msgspec.Meta(pattern=r"^-?\d+(\.\d+)?$")] | None = None
    qualifier: Qualifier = "exact"
    qualitative: str | None = None


class Value(_Record, frozen=True, kw_only=True):
    """What a claim says of its subject.

    `mention`, `time` and `quantity` hold a local id of this record; `concept` a term of a vocabulary or the gazetteer;
    `text` a string; `integer` an integer; `boolean` true or false; `duration` an ISO 8601 duration ("PT20H").
    """

    kind: Literal["mention", "time", "quantity", "concept", "text", "integer", "boolean", "duration"]
    value: str | int | bool


class Evidence(_Record, frozen=True, kw_only=True):
    """Words of the text that a claim rests on: `text[start:end] == quote`."""

    start: Offset
    end: Offset
    quote: str
    block: LocalId | None = None


class Attribution(_Record, frozen=True, kw_only=True):
    """Who says so: the words that name the speaker, and the organisation or person where it is a mention.

    `quoted` is true where the claim stands in the speaker's own words, between quotation marks; `official` where the
    speaker is, or speaks for, a named organisation of a state.
    """

    text: str
    start: Offset
    end: Offset
    mention: LocalId | None = None
    quoted: bool = False
    official: bool = False


class Claim(_Record, frozen=True, kw_only=True):
    """One statement of the article: subject, predicate, value, and how it is meant.

    `subject` is a mention. `predicate` is a property of the ontology (`cx:front`). `raw` is the value's own words.
    `extractors` names who made the claim, where the record has several; absent, it was the record's own extractor.
    """

    id: LocalId
    subject: LocalId
    predicate: Term
    value: Value
    raw: str
    evidence: Annotated[tuple[Evidence, ...], msgspec.Meta(min_length=1)]
    certainty: Certainty = "asserted"
    specificity: Specificity = "specific"
    negated: bool = False
    tense: Tense = "past"
    attribution: Attribution | None = None
    extractors: tuple[str, ...] = ()


class Extractor(_Record, frozen=True, kw_only=True):
    """Who produced the facts: a name, a version, and a hash over all that its output depends on besides the text."""

    name: str
    version: str
    hash: str = ""


class Facts(_Record, frozen=True, kw_only=True):
    """All that was read out of one article.

    `extractors` are those whose records were merged into this one; each claim then names its own.
    """

    format: Literal["1.0"] = FORMAT_VERSION
    article: Article
    extractor: Extractor
    extractors: tuple[Extractor, ...] = ()
    blocks: tuple[Block, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    claims: tuple[Claim, ...] = ()

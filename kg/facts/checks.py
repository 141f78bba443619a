"""What the types of Facts cannot say: ids resolve, offsets lie in the text, values are of their kind.

Whoever writes a record by hand needs to hear of it before it becomes a graph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from kg.facts.json_lines import pointer
from kg.facts.model import Claim, Facts, Mention, Quantity, TimeExpression
from kg.namespaces import expand

__all__ = ["Problem", "problems"]

#: The pointer of what is wrong, and what is wrong as a clause that says what to do.
Problem = tuple[str, str]

_DURATION = re.compile(r"P(?!$)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?")


class _Stretch(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def problems(facts: Facts) -> Iterator[Problem]:
    """All that is wrong with a record whose types are right, in the order of the record."""
    yield from _article(facts)
    yield from _extractors(facts)
    yield from _ids(facts)
    mentions = {mention.id: mention for mention in facts.mentions}
    times = {time.id: time for time in facts.times}
    quantities = {quantity.id: quantity for quantity in facts.quantities}
    blocks = {block.id: block for block in facts.blocks}
    length = facts.article.length
    after = 0
    for index, block in enumerate(facts.blocks):
        yield from _stretch(block, length, "blocks", index)
        if block.start < after:
            yield (
                pointer("blocks", index, "start"),
                f"begins before the end of the block before it ({after}): put blocks in order",
            )
        after = max(after, block.end)
    for index, mention in enumerate(facts.mentions):
        yield from _stretch(mention, length, "mentions", index, quote=mention.quote)
        yield from _chain(mention, mentions, index)
        if mention.concept is not None:
            yield from _term(mention.concept, "mentions", index, "concept")
    for index, time in enumerate(facts.times):
        yield from _stretch(time, length, "times", index, quote=time.quote)
        yield from _time(time, times, mentions, index)
    for index, quantity in enumerate(facts.quantities):
        yield from _stretch(quantity, length, "quantities", index, quote=quantity.quote)
        yield from _quantity(quantity, index)
    referents: dict[str, Mapping[str, object]] = {"mention": mentions, "time": times, "quantity": quantities}
    for index, claim in enumerate(facts.claims):
        if claim.subject not in mentions:
            yield (
                pointer("claims", index, "subject"),
                f"is '{claim.subject}', and no mention has that id: name a mention",
            )
        yield from _term(claim.predicate, "claims", index, "predicate")
        yield from _value(claim, referents, index)
        for number, evidence in enumerate(claim.evidence):
            yield from _stretch(evidence, length, "claims", index, "evidence", number, quote=evidence.quote)
            if evidence.block is not None:
                around = blocks.get(evidence.block)
                if around is None:
                    reason = f"is '{evidence.block}', and no block has that id: name a block"
                    yield pointer("claims", index, "evidence", number, "block"), reason
                elif not around.start <= evidence.start <= evidence.end <= around.end:
                    reason = (
                        f"names the block {around.start} to {around.end}, which does not hold the evidence: mend it"
                    )
                    yield pointer("claims", index, "evidence", number, "block"), reason
        attribution = claim.attribution
        if attribution is not None:
            yield from _stretch(
                attribution, length, "claims", index, "attribution", quote=attribution.text, field="text"
            )
            if attribution.mention is not None and attribution.mention not in mentions:
                reason = f"is '{attribution.mention}', and no mention has that id: name a mention"
                yield pointer("claims", index, "attribution", "mention"), reason


def _article(facts: Facts) -> Iterator[Problem]:
    article = facts.article
    if article.published is not None:
        yield from _day(article.published, "article", "published")
        if article.published_by is None:
            yield pointer("article", "publishedBy"), "is missing beside 'published': say who states the date"
    for index, source in enumerate(article.sources):
        if source.published is not None:
            yield from _day(source.published, "article", "sources", index, "published")
        if source.organization is not None:
            yield from _term(source.organization, "article", "sources", index, "organization")
        if (source.start is None) != (source.end is None):
            yield pointer("article", "sources", index), "has one of 'start' and 'end': give both or neither"
        elif source.start is not None and source.end is not None and not source.start < source.end <= article.length:
            reason = f"{source.start} to {source.end} is no stretch of a text of {article.length} characters: mend it"
            yield pointer("article", "sources", index, "start"), reason


def _extractors(facts: Facts) -> Iterator[Problem]:
    """Several extractors have a name each, and then every claim names at least one of them."""
    names = [extractor.name for extractor in facts.extractors]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield pointer("extractors", index, "name"), f"is '{name}', which another one has as well: name each once"
    for index, claim in enumerate(facts.claims):
        here = pointer("claims", index, "extractors")
        if names and not claim.extractors:
            yield here, f"is missing, and the record has {len(names)} extractors: name who made the claim"
        for name in dict.fromkeys(claim.extractors):
            if name not in (names or [facts.extractor.name]):
                yield here, f"names '{name}', which is no extractor of the record: name one of them"
            elif claim.extractors.count(name) > 1:
                yield here, f"names '{name}' more than once: name it once"


def _ids(facts: Facts) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    parts: Mapping[str, Sequence[object]] = {
        "blocks": facts.blocks,
        "mentions": facts.mentions,
        "times": facts.times,
        "quantities": facts.quantities,
        "claims": facts.claims,
    }
    for part, records in parts.items():
        for index, record in enumerate(records):
            ident = str(getattr(record, "id"))  # noqa: B009  (the five records share no base that has an id)
            here = pointer(part, index, "id")
            if ident in seen:
                yield here, f"is '{ident}', which {seen[ident]} has as well: give each record an id of its own"
            seen.setdefault(ident, here)


def _stretch(
    what: _Stretch, length: int, *path: str | int, quote: str | None = None, field: str = "quote"
) -> Iterator[Problem]:
    if not what.start < what.end <= length:
        reason = f"{what.start} to {what.end} is no stretch of a text of {length} characters: mend the offsets"
        yield pointer(*path, "start"), reason
    elif quote is not None and len(quote) != what.end - what.start:
        reason = (
            f"has {len(quote)} characters, and {what.start} to {what.end} is {what.end - what.start}: mend one of them"
        )
        yield pointer(*path, field), reason


def _chain(mention: Mention, mentions: Mapping[str, Mention], index: int) -> Iterator[Problem]:
    here = pointer("mentions", index, "chain")
    first = mentions.get(mention.chain)
    if first is None:
        yield here, f"is '{mention.chain}', and no mention has that id: name the entity's first mention, or itself"
    elif first.chain != first.id:
        yield here, f"is '{mention.chain}', which is itself in the chain '{first.chain}': name that one"
    elif first.cls != mention.cls:
        yield (
            here,
            f"is '{mention.chain}' of the class {first.cls}, and this is a {mention.cls}: one entity has one class",
        )
    elif (first.start, first.end) > (mention.start, mention.end):
        yield here, f"is '{mention.chain}', which stands after this one: name the first mention"


def _time(
    time: TimeExpression, times: Mapping[str, TimeExpression], mentions: Mapping[str, Mention], index: int
) -> Iterator[Problem]:
    if time.to is not None and (time.to not in times or time.to == time.id):
        yield pointer("times", index, "to"), f"is '{time.to}', and no other time has that id: name the end of the range"
    anchor = time.anchor
    if anchor is None:
        return
    here = pointer("times", index, "anchor", "ref")
    if anchor.kind == "publication":
        if anchor.ref is not None:
            yield here, "stands beside the kind 'publication', which refers to nothing: leave it out"
    elif anchor.kind == "expression":
        if anchor.ref is None or anchor.ref not in times or anchor.ref == time.id:
            yield here, f"is '{anchor.ref or ''}', and no other time has that id: name the time it counts from"
    else:
        incident = mentions.get(anchor.ref or "")
        if incident is None or incident.cls != "Incident":
            yield here, f"is '{anchor.ref or ''}', and no mention of an Incident has that id: name one"


def _quantity(quantity: Quantity, index: int) -> Iterator[Problem]:
    here = pointer("quantities", index)
    bounds = quantity.lower is not None or quantity.upper is not None
    if (quantity.value is not None) + bounds + (quantity.qualitative is not None) != 1:
        yield here, "needs exactly one of 'value', 'lower' or 'upper', and 'qualitative': give one"
    elif quantity.lower is not None and quantity.upper is not None and float(quantity.lower) > float(quantity.upper):
        yield here, f"has 'lower' {quantity.lower} above 'upper' {quantity.upper}: exchange them"
    yield from _term(quantity.unit, "quantities", index, "unit")


def _value(claim: Claim, referents: Mapping[str, Mapping[str, object]], index: int) -> Iterator[Problem]:
    kind, value = claim.value.kind, claim.value.value
    here = pointer("claims", index, "value", "value")
    if kind in referents:
        if value not in referents[kind]:
            yield here, f"is '{value}', and no {kind} has that id: name a {kind}"
    elif kind == "concept":
        if isinstance(value, str):
            yield from _term(value, "claims", index, "value", "value")
        else:
            yield here, "must be a prefixed name or an IRI for the kind 'concept'"
    else:
        accepts, wanted = _LITERALS[kind]
        if not accepts(value):
            yield here, f"must be {wanted} for the kind '{kind}'"


_LITERALS: dict[str, tuple[Callable[[object], bool], str]] = {
    "text": (lambda value: isinstance(value, str) and bool(value.strip()), "words"),
    "integer": (lambda value: isinstance(value, int) and not isinstance(value, bool), "an integer"),
    "boolean": (lambda value: isinstance(value, bool), "true or false"),
    "duration": (
        lambda value: isinstance(value, str) and _DURATION.fullmatch(value) is not None,
        "an ISO 8601 duration such as 'PT20H'",
    ),
}


def _term(name: str, *path: str | int) -> Iterator[Problem]:
    try:
        fits = ":" in name and not any(sign.isspace() or sign in '<>"{}|^`\\' for sign in expand(name))
    except KeyError:
        # Not one of the project's prefixes, which is what is reported.
        fits = False
    if not fits:
        yield pointer(*path), f"is '{name}' and must be an IRI, or a name with one of the project's prefixes: mend it"


def _day(value: str, *path: str | int) -> Iterator[Problem]:
    try:
        date.fromisoformat(value)
    except ValueError:
        # The pattern of the type lets 2025-02-30 pass; the calendar does not.
        yield pointer(*path), f"is '{value}', which is no day of the calendar: mend it"

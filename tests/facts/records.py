"""Records of facts for tests: a good one by hand, and any well-typed one by hypothesis."""

from __future__ import annotations

import string

from hypothesis import strategies as st

from kg.facts.model import (
    Anchor,
    Article,
    Attribution,
    Block,
    CitedSource,
    Claim,
    Evidence,
    Extractor,
    Facts,
    Mention,
    Quantity,
    TimeExpression,
    Value,
)

#: The text that the good record is about.
TEXT = "A fisherman rowed to Exampletown on May 3, the ministry said. He was one of 12."


def _span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def _evidence(words: str) -> Evidence:
    start, end = _span(words)
    return Evidence(start=start, end=end, quote=words, block="b1")


def _mention(ident: str, cls: str, words: str, chain: str | None = None) -> Mention:
    start, end = _span(words)
    fields = {"id": ident, "cls": cls, "start": start, "end": end, "quote": words, "chain": chain or ident}
    return Mention(**fields)  # type: ignore[arg-type]


def good_facts() -> Facts:
    """A record with one of everything and nothing wrong."""
    day, number, speaker = _span("May 3"), _span("12"), _span("the ministry")
    return Facts(
        article=Article(
            id="ab" * 32,
            text_sha256="cd" * 32,
            length=len(TEXT),
            published="2024-05-04",
            published_by="text",
            sources=(CitedSource(name="AFP", role="wire", organization="id:organization/afp", published="2024-05-04"),),
        ),
        extractor=Extractor(name="hand", version="1"),
        blocks=(Block(id="b1", kind="paragraph", start=0, end=len(TEXT)),),
        mentions=(
            _mention("p1", "Person", "A fisherman"),
            _mention("i1", "Incident", "rowed to Exampletown"),
            _mention("l1", "Place", "Exampletown"),
            _mention("o1", "Organization", "the ministry"),
            _mention("p2", "Person", "He", chain="p1"),
            _mention("s1", "Statistic", "one of 12"),
        ),
        times=(
            TimeExpression(
                id="t1",
                start=day[0],
                end=day[1],
                quote="May 3",
                unit="year",
                offset=0,
                month=5,
                day=3,
                anchor=Anchor(kind="publication"),
            ),
        ),
        quantities=(Quantity(id="q1", start=number[0], end=number[1], quote="12", unit="unit:NUM", value="12"),),
        claims=(
            Claim(
                id="c1",
                subject="i1",
                predicate="cx:dateEDTF",
                value=Value(kind="time", value="t1"),
                raw="May 3",
                evidence=(_evidence("rowed to Exampletown on May 3"),),
                certainty="reported",
                attribution=Attribution(
                    text="the ministry", start=speaker[0], end=speaker[1], mention="o1", official=True
                ),
            ),
            Claim(
                id="c2",
                subject="i1",
                predicate="cx:place",
                value=Value(kind="mention", value="l1"),
                raw="Exampletown",
                evidence=(_evidence("rowed to Exampletown"),),
            ),
            Claim(
                id="c3",
                subject="s1",
                predicate="cx:value",
                value=Value(kind="quantity", value="q1"),
                raw="12",
                evidence=(_evidence("one of 12"),),
            ),
            Claim(
                id="c4",
                subject="i1",
                predicate="cx:personCount",
                value=Value(kind="integer", value=1),
                raw="A fisherman",
                evidence=(_evidence("A fisherman"),),
            ),
        ),
    )


_IDS = st.text(string.ascii_letters, min_size=1, max_size=3)
_WORDS = st.text(max_size=12)
_OFFSETS = st.integers(0, 10**6)
_SHA = st.text("0123456789abcdef", min_size=64, max_size=64)


def any_facts() -> st.SearchStrategy[Facts]:
    """Any record whose types are right, consistent or not."""
    evidence = st.builds(Evidence, start=_OFFSETS, end=_OFFSETS, quote=_WORDS, block=st.none() | _IDS)
    value = st.builds(
        Value,
        kind=st.sampled_from(["mention", "time", "concept", "text", "integer", "boolean", "duration"]),
        value=_WORDS | st.integers(-(2**53), 2**53) | st.booleans(),
    )
    day = st.dates().map(lambda day: day.isoformat())
    return st.builds(
        Facts,
        article=st.builds(
            Article,
            id=_SHA,
            text_sha256=_SHA,
            length=_OFFSETS,
            title=st.none() | _WORDS,
            published=st.none() | day,
            sources=st.lists(st.builds(CitedSource, name=_WORDS, start=st.none() | _OFFSETS), max_size=2).map(tuple),
        ),
        extractor=st.builds(Extractor, name=_WORDS, version=_WORDS, hash=_WORDS),
        blocks=st.lists(st.builds(Block, id=_IDS, start=_OFFSETS, end=_OFFSETS), max_size=3).map(tuple),
        mentions=st.lists(
            st.builds(Mention, id=_IDS, start=_OFFSETS, end=_OFFSETS, quote=_WORDS, chain=_IDS), max_size=3
        ).map(tuple),
        times=st.lists(
            st.builds(
                TimeExpression,
                id=_IDS,
                start=_OFFSETS,
                end=_OFFSETS,
                quote=_WORDS,
                month=st.none() | st.integers(1, 12),
                anchor=st.none() | st.builds(Anchor, ref=st.none() | _IDS),
                to=st.none() | _IDS,
            ),
            max_size=3,
        ).map(tuple),
        quantities=st.lists(
            st.builds(
                Quantity,
                id=_IDS,
                start=_OFFSETS,
                end=_OFFSETS,
                quote=_WORDS,
                unit=_WORDS,
                value=st.none() | st.integers(0, 10**6).map(str),
                lower=st.none() | st.just("1.5"),
                upper=st.none() | st.just("2"),
            ),
            max_size=3,
        ).map(tuple),
        claims=st.lists(
            st.builds(
                Claim,
                id=_IDS,
                subject=_IDS,
                predicate=_WORDS,
                value=value,
                raw=_WORDS,
                evidence=st.lists(evidence, min_size=1, max_size=2).map(tuple),
                attribution=st.none() | st.builds(Attribution, text=_WORDS, start=_OFFSETS, end=_OFFSETS),
            ),
            max_size=3,
        ).map(tuple),
    )

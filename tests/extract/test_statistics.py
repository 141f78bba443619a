"""Statistics: which numbers are taken, what they measure, whom and when."""

from __future__ import annotations

import json
import re
from typing import TypeAlias

import pytest

from kg.extract.builder import FactsBuilder
from kg.extract.lexicon import Lexicon
from kg.extract.names import find_names
from kg.extract.statistics import find_statistics
from kg.extract.times import find_times
from kg.facts.model import Claim, Mention
from tests.support.documents import document, meaning, shared

#: Value or words, measure, population, period.
Row: TypeAlias = tuple[str, str, str, str | None]

ARRIVALS, TOTAL, SHARE, CHANGE, RATIO = "arrivals", "cumulative-arrivals", "share", "change", "ratio"
LEXICON = Lexicon.load("korea")


def extracted(*paragraphs: str, published: str | None = None) -> FactsBuilder:
    """The statistics of some paragraphs."""
    builder = FactsBuilder(document(*paragraphs, published=published))
    find_times(builder)
    find_names(builder, LEXICON)
    find_statistics(builder, LEXICON)
    return builder


def statistics(builder: FactsBuilder) -> list[Mention]:
    return [
        mention for mention in builder.mentions.values() if mention.cls == "Statistic" and mention.chain == mention.id
    ]


def claims(builder: FactsBuilder, mention: Mention, predicate: str) -> list[Claim]:
    ofs = [claim for claim in builder.claims.values() if builder.mentions[claim.subject].chain == mention.chain]
    return [claim for claim in ofs if claim.predicate == predicate]


def rows(builder: FactsBuilder) -> set[Row]:
    """One row a statistic; of several values of one the number."""
    found: set[Row] = set()
    for mention in statistics(builder):
        quantities = [builder.quantities[str(c.value.value)] for c in claims(builder, mention, "cx:value")]
        quantity = min(quantities, key=lambda q: q.qualitative is not None)
        value = quantity.value or quantity.lower or quantity.upper or quantity.qualitative or ""
        measure = str(claims(builder, mention, "cx:measure")[0].value.value).removeprefix("measure:")
        measure = CHANGE if measure in ("increase", "decrease") else measure
        population = str(claims(builder, mention, "cx:population")[0].value.value).removeprefix("population:")
        periods = claims(builder, mention, "cx:period")
        period = meaning(builder, builder.times[str(periods[0].value.value)]) if periods else None
        found.add((value, measure, population, period))
    return found


COUNTS: list[tuple[str, str, set[Row]]] = [
    (
        "2012-01-05",
        "The number of North Korean defectors arriving in South Korea came to 2,706 in 2011, compared with 2,402 the "
        "previous year, the ministry said Thursday.",
        {("2706", ARRIVALS, "defectors", "2011"), ("2402", ARRIVALS, "defectors", "2010")},
    ),
    (
        "2022-01-11",
        "The figure for 2021 was 63, a drop of 72.5 percent from 229 a year earlier. Of the defectors who arrived in "
        "2021, 40 were men and 23 were women.",
        {
            ("63", ARRIVALS, "defectors", "2021"),
            ("72.5", CHANGE, "defectors", "2021"),
            ("229", ARRIVALS, "defectors", "2020"),
            ("40", ARRIVALS, "men", "2021"),
            ("23", ARRIVALS, "women", "2021"),
        },
    ),
    (
        "2024-01-18",
        "Some 196 North Korean defectors entered South Korea in 2023, nearly three times the number in the previous "
        "year, when 67 arrived. Women made up about 84 percent of the arrivals.",
        {
            ("196", ARRIVALS, "defectors", "2023"),
            ("67", ARRIVALS, "defectors", "2022"),
            ("84", SHARE, "women", "2023"),
            ("3", RATIO, "defectors", "2023"),
        },
    ),
    (
        "2024-04-16",
        "In the first three months of this year, 43 defectors entered the country, up from 34 in the same period last "
        "year. Of the 43, 36 were women and seven were men.",
        {
            ("43", ARRIVALS, "defectors", "2024-33"),
            ("34", ARRIVALS, "defectors", "2023-33"),
            ("36", ARRIVALS, "women", "2024-33"),
            ("7", ARRIVALS, "men", "2024-33"),
        },
    ),
    (
        "2025-07-17",
        "A total of 96 North Korean defectors arrived in South Korea in the first half of 2025, down 8.6 percent from "
        "the 105 tallied a year earlier. The cumulative number of defectors reached 34,410 as of the end of June.",
        {
            ("96", ARRIVALS, "defectors", "2025-40"),
            ("8.6", CHANGE, "defectors", "2025-40"),
            ("105", ARRIVALS, "defectors", "2024-40"),
            ("34410", TOTAL, "defectors", "../2025-06~"),
        },
    ),
    (
        "2021-07-15",
        "Only two North Koreans defected to the South in the second quarter, the lowest number on record, bringing "
        "the total for the first half of the year to 36.",
        {("2", ARRIVALS, "defectors", "2021-34"), ("36", ARRIVALS, "defectors", "2021-40")},
    ),
    (
        "2015-01-05",
        "The number of North Koreans defecting to the South fell to 1,397 in 2014 from 1,514 in 2013 and 1,502 in "
        "2012.",
        {
            ("1397", ARRIVALS, "defectors", "2014"),
            ("1514", ARRIVALS, "defectors", "2013"),
            ("1502", ARRIVALS, "defectors", "2012"),
        },
    ),
    (
        "2018-06-01",
        "Annual arrivals stood at around 1,100 in 2017, 1,400 in 2016 and 1,275 in 2015.",
        {
            ("1100", ARRIVALS, "defectors", "2017"),
            ("1400", ARRIVALS, "defectors", "2016"),
            ("1275", ARRIVALS, "defectors", "2015"),
        },
    ),
    (
        "2025-02-10",
        "Last year's 236 arrivals included 26 men and 210 women, or 89 percent.",
        {
            ("236", ARRIVALS, "defectors", "2024"),
            ("26", ARRIVALS, "men", "2024"),
            ("210", ARRIVALS, "women", "2024"),
            ("89", SHARE, "women", "2024"),
        },
    ),
    (
        "2014-07-04",
        "A total of 712 defectors came in the first six months of this year, 5 percent more than in the first half of "
        "2013, when the figure stood at 717, and 71 percent were female.",
        {
            ("712", ARRIVALS, "defectors", "2014-40"),
            ("5", CHANGE, "defectors", "2014-40"),
            ("717", ARRIVALS, "defectors", "2013-40"),
            ("71", SHARE, "women", "2014-40"),
        },
    ),
    (
        "2016-10-27",
        "The number of defectors who came to the South this year reached 1,036 at the end of September, up 21 percent "
        "from a year ago.",
        {("1036", ARRIVALS, "defectors", "2016"), ("21", CHANGE, "defectors", "2016")},
    ),
    (
        "2021-01-20",
        "Defections plunged by nearly 80 percent in 2020, to 229 from 1,047 a year before.",
        {
            ("80", CHANGE, "defectors", "2020"),
            ("229", ARRIVALS, "defectors", "2020"),
            ("1047", ARRIVALS, "defectors", "2019"),
        },
    ),
    (
        "2017-02-10",
        "South Korea took in 1,418 defectors from the North in 2016, up from 1,275 the year before.",
        {("1418", ARRIVALS, "defectors", "2016"), ("1275", ARRIVALS, "defectors", "2015")},
    ),
    (
        "2021-02-10",
        "Defections from the North: 1,137 (2018), 1,047 (2019), 229 (2020).",
        {
            ("1137", ARRIVALS, "defectors", "2018"),
            ("1047", ARRIVALS, "defectors", "2019"),
            ("229", ARRIVALS, "defectors", "2020"),
        },
    ),
    (
        "2024-07-16",
        "Roughly two in three newcomers from the North are women, and one in ten is under 20.",
        {("66.7", SHARE, "women", None)},
    ),
    (
        "2022-03-01",
        "At least 28 defectors are known to have gone back to the North since 2012. Some put the number as high as 80.",
        {("28", "crossings", "returnees", "2012/.."), ("80", "crossings", "returnees", None)},
    ),
    (
        "2024-07-16",
        "The state has granted protection to 31 North Koreans so far this year, of whom 24 were women and seven men.",
        {
            ("31", ARRIVALS, "defectors", "2024-01-01/2024-07-16"),
            ("24", ARRIVALS, "women", "2024-01-01/2024-07-16"),
            ("7", ARRIVALS, "men", "2024-01-01/2024-07-16"),
        },
    ),
    (
        "2017-05-01",
        "Escapes by boat from the North are rare: the ministry counts 12 such cases since 2014, involving 40 people.",
        {("12", "crossings", "defectors", "2014/.."), ("40", TOTAL, "defectors", "2014/..")},
    ),
    (
        "2018-11-02",
        "Up to the end of August the ministry had recorded 703 arrivals from North Korea, 9% fewer than a year before.",
        {("703", ARRIVALS, "defectors", "2018-01/2018-08"), ("9", CHANGE, "defectors", "2018-01/2018-08")},
    ),
    (
        "2023-01-17",
        "The count of 67 North Korean arrivals in 2022 was four more than in 2021; a thousand or more was the rule.",
        {
            ("67", ARRIVALS, "defectors", "2022"),
            ("4", CHANGE, "defectors", "2022"),
            ("1000", ARRIVALS, "defectors", None),
        },
    ),
    (
        "2024-07-16",
        "The peak was in 2009, when 2,914 North Koreans landed. The totals of the next two years were 2,402 and 2,706.",
        {
            ("2914", ARRIVALS, "defectors", "2009"),
            ("2402", ARRIVALS, "defectors", "2010"),
            ("2706", ARRIVALS, "defectors", "2011"),
        },
    ),
    (
        "2024-07-16",
        "About 1,000 North Koreans defect to the South each year.",
        {("1000", ARRIVALS, "defectors", None)},
    ),
    (
        "2024-07-20",
        "Around 34,000 North Koreans have resettled in the South since the war ended in 1953.",
        {("34000", TOTAL, "defectors", None)},
    ),
    (
        "2018-06-01",
        "More than 30,000 defectors live in South Korea, and 71 percent of them are women.",
        {("30000", TOTAL, "defectors", None), ("71", SHARE, "women", None)},
    ),
    (
        "2014-02-01",
        "Most North Korean defectors reach South Korea through China and Thailand or Mongolia.",
        {("most", SHARE, "defectors", None)},
    ),
    (
        "2017-12-21",
        "Fifteen North Koreans have come directly across the border in 2017, three times as many as last year.",
        {("15", ARRIVALS, "direct-crossers", "2017"), ("3", RATIO, "defectors", "2017")},
    ),
]


@pytest.mark.parametrize(("published", "text", "expected"), COUNTS)
def test_what_the_numbers_say(published: str, text: str, expected: set[Row]) -> None:
    assert rows(extracted(text, published=published)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The army says 28,500 American troops are in the country; some 10,000 guns face Seoul across the border.",
        "The soldier, 24, was shot five times as he crossed the border. Over 40 rounds were fired at the defector.",
        "A North Korean soldier crossed the border late Wednesday. He is the first soldier to defect since 2018.",
        "Thirteen North Koreans working abroad defected together and came to Seoul on Thursday, officials said.",
        "Four North Koreans crossed the sea border in a boat on Tuesday, and 5,000 people live on the island.",
        "In a survey of 415 defectors, 62 percent said they had paid a broker, and 12 defectors were interviewed.",
        "China has sent back about 600 North Koreans, a rights group said, and 80 percent of them face prison.",
        "At least 30 defectors have gone back to the North, and three percent of the budget pays for the border.",
        "The ministry spent 31 billion won on 500 flats for defectors, and 25 staff help them after 12 weeks.",
        "Soldiers of both sides watch the 248-kilometer border 24 hours a day, and defections are rare.",
        "The defection is the second in two weeks; the North sends several thousand men a day to the border.",
        "Germany registered 202,645 asylum seekers in 2014, up from 127,023 the year before.",
        "Border guards at the Rio Grande met 2.4 million migrants last year; 200,000 crossed in December alone.",
        "The defection in Seoul came as 3,100 Syrians crossed the border into Turkey in May and 900 were sent back.",
        "Two million people live in the region near the border; 400 residents left the island.",
        "If the North opened its border, arrivals in the South could climb to 900 a year.",
        "A total of 7.5 million voters cast ballots, including 30,000 defectors.",
        "He is one of the defectors who came with nothing.",
    ],
)
def test_numbers_of_something_else_are_left(text: str) -> None:
    assert rows(extracted(text, published="2024-08-20")) == set()


def test_a_part_names_its_whole_and_takes_its_period() -> None:
    builder = extracted(
        "Over 31,000 defectors live in the South. Last year 412 came, and women formed 83 percent of them.",
        published="2025-10-19",
    )
    share = next(mention for mention in statistics(builder) if mention.quote == "83 percent")
    (whole,) = claims(builder, share, "cx:shareOf")
    assert builder.mentions[str(whole.value.value)].quote == "412"
    assert ("83", SHARE, "women", "2024") in rows(builder)


def test_a_count_told_twice_is_one_statistic() -> None:
    builder = extracted(
        "Since the 1950-53 Korean War tens of thousands of people have fled the North.",
        "More than 31,000 North Koreans have resettled in the South so far, according to the Unification Ministry.",
    )
    (statistic,) = statistics(builder)
    values = [builder.quantities[str(c.value.value)] for c in claims(builder, statistic, "cx:value")]
    assert [(q.qualitative, q.lower, q.qualifier) for q in values] == [
        ("tens of thousands", None, "exact"),
        (None, "31000", "more-than"),
    ]
    (source,) = claims(builder, statistic, "cx:reportedBy")
    assert source.raw.lower().endswith("unification ministry")


@pytest.mark.parametrize(
    "text",
    [
        "Last year 236 people from the North defected, the Unification Ministry said on Tuesday.",
        "According to the Unification Ministry, 236 people from the North defected last year.",
        "The Unification Ministry said on Tuesday that 236 people from the North defected last year.",
        "Last year 236 people from the North defected, data of the Unification Ministry show.",
    ],
)
def test_who_reports_it(text: str) -> None:
    builder = extracted(text, published="2025-02-04")
    (statistic,) = statistics(builder)
    (source,) = claims(builder, statistic, "cx:reportedBy")
    assert "Unification Ministry" in builder.mentions[str(source.value.value)].quote
    (value,) = claims(builder, statistic, "cx:value")
    assert value.certainty == "reported"


def test_a_year_that_only_another_article_can_tell_stays_open() -> None:
    builder = extracted(
        "Once the border was reopened in 2019, the number of defections almost doubled to 50 in the previous year, up "
        "from 26 in 2018.",
    )
    assert rows(builder) == {
        ("50", ARRIVALS, "defectors", None),
        ("26", ARRIVALS, "defectors", "2018"),
        ("2", RATIO, "defectors", None),
    }
    statistic = next(mention for mention in statistics(builder) if mention.quote == "50")
    (period,) = claims(builder, statistic, "cx:period")
    assert meaning(builder, builder.times[str(period.value.value)], "2020-08") == "2019"


def test_a_trend_without_a_number_is_kept_in_its_words() -> None:
    builder = extracted("The number of defections had dropped significantly since 2020.")
    assert rows(builder) == {("dropped significantly", "trend", "defectors", "2020/..")}


def test_the_evidence_holds_the_number_and_stands_in_the_text() -> None:
    for published, text, _ in COUNTS:
        builder = extracted(text, published=published)
        for claim in builder.claims.values():
            subject = builder.mentions[claim.subject]
            if subject.cls != "Statistic":
                continue
            assert all(text[e.start : e.end] == e.quote for e in claim.evidence)
            if claim.predicate == "cx:value":
                assert any(e.start <= subject.start and subject.end <= e.end for e in claim.evidence)


def test_the_development_texts_are_read_whole() -> None:
    folder = shared() / "dev"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there: the development texts are not part of the project")
    wrong: list[str] = []
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        body = re.sub(r"^[A-Z]+, [A-Z][a-z]+\. \d+ \(\w+\) -- ", "", text.strip())
        builder = extracted(*body.split("\n\n"), published=gold["published"])
        numbers = sorted(float(value) for value, *_ in rows(builder) if re.fullmatch(r"[\d.]+", value))
        expected = sorted(float(row["value"]) for row in gold["gold"]["statistics"])
        if numbers != expected:
            wrong.append(f"{path.name}: {numbers} for {expected}")
    assert wrong == []

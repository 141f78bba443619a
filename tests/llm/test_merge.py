"""Two records of one article become one that names who made which claim."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from kg.facts.checks import problems
from kg.facts.model import Claim, EntityClass, Extractor, Facts, Mention, Value
from kg.llm.aligning import aligned, overlap
from kg.llm.merge import BOTH, merge
from tests.support.facts import Draft

TEXT = (
    "A soldier crossed the river on Sunday, the army said. He was armed. "
    "Two fishermen rowed to Goseong. Last year 236 people came, and 88 percent were women."
)
ARMED, UNARMED = Value(kind="boolean", value=True), Value(kind="boolean", value=False)
SENTENCES = [(0, 53), (54, 67), (68, 99), (100, len(TEXT))]


def rules() -> Draft:
    draft = Draft(TEXT, published="2025-03-06")
    incident = draft.mention("Incident", "A soldier crossed the river on Sunday")
    person = draft.mention("Person", "A soldier")
    figure = draft.mention("Statistic", "236")
    draft.claim(incident, "cx:incidentType", "itype:crossing", "crossed the river")
    draft.claim(incident, "cx:crosser", person, "A soldier crossed")
    sunday = draft.time("Sunday", unit="week", offset=0, weekday=6, anchor="publication")
    draft.claim(incident, "cx:dateEDTF", sunday, "crossed the river on Sunday", raw="Sunday")
    draft.claim(figure, "cx:value", draft.amount("236", value="236"), "236 people came")
    return draft


def model() -> Draft:
    draft = Draft(TEXT, published="2025-03-06")
    incident = draft.mention("Incident", "crossed the river")
    person = draft.mention("Person", "A soldier")
    draft.mention("Person", "He", of=person)
    other = draft.mention("Incident", "Two fishermen rowed to Goseong")
    place = draft.mention("Place", "Goseong", name="Goseong", concept="id:place/goseong")
    figure = draft.mention("Statistic", "236")
    share = draft.mention("Statistic", "88 percent")
    draft.claim(incident, "cx:incidentType", "itype:crossing", "crossed the river on Sunday")
    draft.claim(incident, "cx:crosser", person, "A soldier crossed", certainty="reported", by="the army")
    sunday = draft.time("Sunday", unit="week", offset=0, weekday=6, anchor="publication")
    draft.claim(incident, "cx:dateEDTF", sunday, "on Sunday", raw="Sunday")
    draft.claim(person, "cx:armed", ARMED, "He was armed")
    draft.claim(other, "cx:place", place, "rowed to Goseong")
    draft.claim(figure, "cx:value", draft.amount("236", value="236"), "236 people came")
    draft.claim(share, "cx:value", draft.amount("88 percent", unit="unit:PERCENT", value="88"), "88 percent were women")
    draft.claim(share, "cx:shareOf", figure, "88 percent were women", raw="236")
    return draft


def by(facts: Facts, name: str) -> Facts:
    return msgspec.structs.replace(facts, extractor=Extractor(name=name, version="1", hash=name))


def record(draft: Draft, name: str) -> Facts:
    return by(draft.facts(), name)


MERGED = merge(record(rules(), "rules"), record(model(), "llm"), SENTENCES)


def claims(predicate: str) -> list[Claim]:
    return [claim for claim in MERGED.claims if claim.predicate == predicate]


def quote(ident: str) -> str:
    return next(m.quote for m in MERGED.mentions if m.id == ident)


def test_the_record_is_whole_and_names_both() -> None:
    assert list(problems(MERGED)) == []
    assert MERGED.extractor.name == BOTH
    assert MERGED.extractor.version == "rules-1+llm-1"
    assert [extractor.name for extractor in MERGED.extractors] == ["rules", "llm"]
    assert all(claim.extractors for claim in MERGED.claims)


def test_a_claim_of_both_is_one_and_names_both() -> None:
    (kind,) = claims("cx:incidentType")
    assert kind.extractors == ("rules", "llm")
    assert [e.quote for e in kind.evidence] == ["crossed the river", "crossed the river on Sunday"]
    (day,) = claims("cx:dateEDTF")
    assert day.extractors == ("rules", "llm"), "one date expression, one value"
    assert len(MERGED.times) == 1


def test_a_claim_of_one_names_that_one() -> None:
    (armed,) = claims("cx:armed")
    assert armed.extractors == ("llm",)
    assert quote(armed.subject) in {"A soldier", "He"}


def test_claims_that_are_not_equally_sure_stand_beside_each_other() -> None:
    both = claims("cx:crosser")
    assert {(c.certainty, c.extractors) for c in both} == {("asserted", ("rules",)), ("reported", ("llm",))}
    assert len({next(m.chain for m in MERGED.mentions if m.id == c.subject) for c in both}) == 1


def test_mentions_of_one_thing_are_one() -> None:
    incidents = [m for m in MERGED.mentions if m.cls == "Incident"]
    assert [m.quote for m in incidents] == ["A soldier crossed the river on Sunday", "Two fishermen rowed to Goseong"]
    persons = [m for m in MERGED.mentions if m.cls == "Person"]
    assert [m.quote for m in persons] == ["A soldier", "He"]
    assert len({m.chain for m in persons}) == 1
    values = {c.raw: c.extractors for c in claims("cx:value")}
    assert values == {"236 people came": ("rules", "llm"), "88 percent were women": ("llm",)}
    (share,) = claims("cx:shareOf")
    assert quote(str(share.value.value)) == "236"


def test_a_record_merged_with_itself_says_nothing_new() -> None:
    one = record(rules(), "rules")
    twice = merge(one, record(rules(), "again"), SENTENCES)
    assert set(twice.mentions) == set(one.mentions)
    assert (twice.times, twice.quantities) == (one.times, one.quantities)
    assert sorted(c.id for c in twice.claims) == sorted(c.id for c in one.claims)
    assert all(c.extractors == ("rules", "again") for c in twice.claims)
    assert list(problems(twice)) == []


def test_an_earlier_mention_becomes_the_first_of_its_chain() -> None:
    text = "The escape of Oh was swift. Oh ran north."
    one, other = Draft(text), Draft(text)
    late = one.mention("Person", "Oh", occurrence=1, name="Oh")
    one.claim(late, "cx:name", "Oh", "Oh ran north", raw="Oh")
    early = other.mention("Person", "Oh", name="Oh")
    other.claim(early, "cx:name", "Oh", "escape of Oh", raw="Oh")
    made = merge(record(one, "rules"), record(other, "llm"), [(0, 27), (28, len(text))])
    assert list(problems(made)) == []
    assert [m.start for m in made.mentions] == [14, 28]
    assert {m.chain for m in made.mentions} == {made.mentions[0].id}
    (name,) = made.claims
    assert name.extractors == ("rules", "llm")


def test_a_group_is_not_made_larger_by_the_second_record() -> None:
    text = "Some men rowed south. The five men were tired."
    one, other = Draft(text), Draft(text)
    group = one.mention("Person", "Some men", count=4)
    one.claim(group, "cx:armed", UNARMED, "Some men rowed south")
    first = other.mention("Person", "Some men", count=5)
    other.mention("Person", "The five men", of=first, count=5)
    other.claim(first, "cx:armed", UNARMED, "The five men were tired")
    made = merge(record(one, "rules"), record(other, "llm"), [(0, 21), (22, len(text))])
    assert max(m.count for m in made.mentions) == 4


def test_incidents_alone_in_a_sentence_are_one_though_their_words_do_not_overlap() -> None:
    text = "The crossing came at night, and he swam. It rained."
    one, other = Draft(text), Draft(text)
    mine = one.mention("Incident", "The crossing")
    theirs = other.mention("Incident", "he swam")
    assert aligned(record(one, "a"), record(other, "b"), [(0, 40), (41, len(text))]) == {theirs: mine}
    assert aligned(record(one, "a"), record(other, "b"), [(0, 20), (21, len(text))]) == {}
    other.mention("Incident", "came at night")
    assert aligned(record(one, "a"), record(other, "b"), [(0, 40)]) == {}, "two against one are not told apart"


def test_of_two_events_only_the_one_that_fits_better_is_the_same() -> None:
    text = "A man swam over in May and a woman walked over in June."
    one, other = Draft(text), Draft(text)
    mine = one.mention("Incident", "A man swam over in May")
    first = other.mention("Incident", "A man swam over")
    other.mention("Incident", "over in May and a woman walked over")
    assert aligned(record(one, "a"), record(other, "b"), []) == {first: mine}


CLASSES: list[EntityClass] = ["Incident", "Person", "Statistic"]
WORDS = ["A soldier", "crossed the river", "the army", "He", "Two fishermen", "Goseong", "236", "88 percent", "women"]


@st.composite
def records(draw: st.DrawFn) -> Facts:
    draft = Draft(TEXT)
    for words in draw(st.lists(st.sampled_from(WORDS), max_size=6, unique=True)):
        cls = draw(st.sampled_from(CLASSES))
        heads = [m for m in draft.mentions if m.cls == cls and m.chain == m.id and m.start < TEXT.index(words)]
        of = draw(st.sampled_from([None, *(m.id for m in heads)]))
        draft.mention(cls, words, of=of, count=draw(st.integers(1, 3)) if cls == "Person" else 1)
    for mention in list(draft.mentions):
        for predicate in draw(st.lists(st.sampled_from(["cx:armed", "cx:front", "cx:crosser"]), max_size=3)):
            values: list[Value | str] = [ARMED, "front:eastern", *(m.id for m in draft.mentions)]
            value = draw(st.sampled_from(values))
            certainty = draw(st.sampled_from(["asserted", "possible"]))
            draft.claim(mention.id, predicate, value, mention.quote, certainty=certainty)
    return draft.facts()


@given(records(), records())
def test_any_two_records_merge_into_a_whole_one(one: Facts, other: Facts) -> None:
    first, then = by(one, "rules"), by(other, "llm")
    made = merge(first, then, SENTENCES)
    assert list(problems(made)) == []
    assert {c.id for c in first.claims} <= {c.id for c in made.claims}
    assert {m.id for m in first.mentions} <= {m.id for m in made.mentions}
    assert len(made.claims) <= len(first.claims) + len(then.claims)
    before = {m.id: m.chain for m in first.mentions}
    after = {m.id: m.chain for m in made.mentions}
    for left in before:
        for right in before:
            assert (before[left] == before[right]) == (after[left] == after[right]), "the first record's chains stand"
    for mention in made.mentions:
        assert mention.count <= max((m.count for m in (*first.mentions, *then.mentions)), default=1)


@given(st.integers(0, 9), st.integers(1, 9), st.integers(0, 9), st.integers(1, 9))
def test_overlap_is_a_share(start: int, length: int, other: int, size: int) -> None:
    def mention(ident: str, a: int, n: int) -> Mention:
        return Mention(id=ident, cls="Place", start=a, end=a + n, quote="x" * n, chain=ident)

    one, two = mention("a", start, length), mention("b", other, size)
    assert 0.0 <= overlap(one, two) == overlap(two, one) <= 1.0
    assert (overlap(one, two) == 1.0) == ((start, length) == (other, size))
    assert (overlap(one, two) > 0) == (max(start, other) < min(start + length, other + size))


def test_dates_that_only_the_second_record_has_keep_what_they_count_from() -> None:
    text = "He left in May, two days after the storm, and came between June and July."
    one, other = Draft(text), Draft(text)
    mine, theirs = one.mention("Incident", "left"), other.mention("Incident", "left")
    one.claim(mine, "cx:armed", ARMED, "He left")
    storm = other.time("two days after", unit="day", offset=2, anchor=theirs)
    may = other.time("May", edtf="2024-05")
    first = other.time("between June and July", edtf="2024-06", to="t4")
    other.time("between June and July", edtf="2024-07")
    for value in (storm, may, first):
        other.claim(theirs, "cx:dateEDTF", value, "He left")
    one.time("May", edtf="2024-05")
    made = merge(record(one, "rules"), record(other, "llm"), [])
    assert list(problems(made)) == []
    times = {time.id: time for time in made.times}
    assert len(times) == 4, "May is known to both"
    dates = [times[str(c.value.value)] for c in made.claims if c.predicate == "cx:dateEDTF"]
    anchors = [time.anchor.ref for time in dates if time.anchor is not None]
    assert anchors == [mine], "the incident has the id of the first record"
    ends = [times[time.to].edtf for time in dates if time.to is not None]
    assert ends == ["2024-07"]

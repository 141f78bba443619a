"""A claim that is marked wrong founds nothing; what a correction records ranks as curated."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from kg.consolidate.consolidate import Consolidated, Entity, consolidate
from kg.consolidate.corrections import RULE, correct
from kg.curation import ClaimAnchor, Correction, Curation, SourceAnchor
from kg.errors import UsageError
from kg.identity.decisions import anchor
from kg.knowledge import Knowledge
from kg.mapping.statements import Amount, ArticleStatements, Concept, Plain, StatementValue, When
from tests.support.facts import Draft
from tests.support.stories import dated, recalled, statements, undated

KNOWLEDGE = Knowledge.load()


def marking(article: ArticleStatements, predicate: str, quote: str, cls: str = "Incident", **rest: Any) -> Correction:
    place = ClaimAnchor(article=article.id, cls=cls, predicate=predicate, quote=quote)  # type: ignore[arg-type]
    return Correction(claim=place, by="a curator", on="2031-06-01", reason="misread", **rest)


def built(articles: list[ArticleStatements], *corrections: Correction, **rest: Any) -> Consolidated:
    anchored = anchor(Curation(corrections=corrections), articles)
    assert anchored.lost == ()
    return consolidate(articles, KNOWLEDGE, decisions=anchored.decisions, **rest)


def flat(entity: Entity, predicate: str) -> list[StatementValue]:
    return [v.group.value for v in entity.values if v.predicate == predicate]


def edtf(values: list[StatementValue]) -> list[str]:
    return [v.interval.edtf for v in values if isinstance(v, When) and v.interval]


def of(made: Consolidated, article: ArticleStatements, quote: str) -> Entity:
    """The entity that some words of an article are about."""
    mention = next(m for m in article.facts.mentions if m.quote == quote)
    iri = made.identity.iris[article.members(mention.id)[0]]
    return next(e for e in made.entities if e.iri == iri)


def crossing(
    front: str = "eastern", date: str = "2031-05-03", published: str | None = "2031-05-06", **claim: Any
) -> ArticleStatements:
    draft = Draft(f"On {date} two men crossed the {front} front; one of 12 boats was theirs, {published}.",
                  published=published)  # fmt: skip
    incident = draft.mention("Incident", "crossed")
    draft.claim(incident, "cx:dateEDTF", draft.time(date, edtf=date), f"On {date}")
    draft.claim(incident, "cx:front", f"front:{front}", f"the {front} front", **claim)
    draft.claim(incident, "cx:personCount", 2, "two men")
    return ArticleStatements.of(draft.facts(), draft.text)


def test_a_marked_claim_founds_no_flat_value_and_stays_in_its_article() -> None:
    article = crossing()
    made = built([article], marking(article, "cx:front", "eastern"))
    assert flat(of(made, article, "crossed"), "cx:front") == []
    assert {s.id for s in made.articles[0].statements} == {s.id for s in article.statements}
    assert made.derived == ()
    (applied,) = made.corrections
    assert (len(applied.marked), applied.recorded) == (1, frozenset())
    assert not applied.marked & made.flat_claims


def test_a_marked_claim_founds_no_conflict() -> None:
    articles = [crossing(), crossing(front="western", date="2031-05-03", published="2031-05-07")]
    pair = built(articles, marking(articles[1], "cx:front", "western"))
    entity = of(pair, articles[0], "crossed")
    assert len(entity.articles) == 2
    assert entity.conflicts == ()
    assert flat(entity, "cx:front") == [Concept("front:eastern")]


def test_nor_does_it_count_where_accounts_are_compared() -> None:
    articles = [crossing(), crossing(front="western", date="2031-05-03", published="2031-05-07")]
    apart = built(articles)
    assert len({apart.identity.iris[c] for c in apart.identity.profiles}) == 2, "two fronts forbid one incident"
    together = built(articles, marking(articles[1], "cx:front", "western"))
    assert len({together.identity.iris[c] for c in together.identity.profiles}) == 1


def test_nor_does_it_found_a_derivation() -> None:
    articles = statements(dated(), recalled(), undated())
    before = consolidate(articles, KNOWLEDGE)
    assert {s.rule for s in before.derived} >= {"rule:resolve-article-year-from-linked-incident"}
    after = built(
        articles,
        marking(articles[0], "cx:dateEDTF", "March 2021"),
        marking(articles[1], "cx:dateEDTF", "March of last"),
    )
    assert [s.rule for s in after.derived] == [], "no other text dates the incident that both speak of"


def test_nor_what_the_same_text_counts_from_it() -> None:
    draft = Draft("On 3 May 2031 a man crossed. A woman crossed a week later.", published="2031-06-01")
    first, second = draft.mention("Incident", "a man crossed"), draft.mention("Incident", "A woman crossed")
    draft.claim(first, "cx:dateEDTF", draft.time("3 May 2031", edtf="2031-05-03"), "3 May 2031")
    draft.claim(second, "cx:dateEDTF", draft.time("a week later", unit="day", offset=7, anchor=first), "a week later")
    article = ArticleStatements.of(draft.facts(), draft.text)
    assert edtf(flat(of(consolidate([article], KNOWLEDGE), article, "A woman crossed"), "cx:dateEDTF")) == [
        "2031-05-10"
    ]
    made = built([article], marking(article, "cx:dateEDTF", "3 May 2031"))
    assert [e for e in made.entities if flat(e, "cx:dateEDTF")] == []
    left = [s for s in made.articles[0].statements if s.subject.chain == second]
    assert [s.value.interval for s in left if isinstance(s.value, When)] == [None]


def test_words_that_date_the_disclosure_are_recorded_as_that() -> None:
    articles = statements(dated(), recalled(), undated())
    rowed = "a resident rowed across the Yellow Sea"
    before = of(consolidate(articles, KNOWLEDGE), articles[2], rowed)
    assert len(edtf(flat(before, "cx:dateEDTF"))) == 1
    fixed = marking(articles[2], "cx:dateEDTF", "two weeks", records="cx:disclosureDate")
    made = built(articles, fixed)
    after = of(made, articles[2], rowed)
    assert flat(after, "cx:dateEDTF") == []
    assert edtf(flat(after, "cx:disclosureDate")) == edtf(flat(before, "cx:dateEDTF"))
    recorded = next(s for s in made.derived if s.rule == RULE)
    assert recorded.predicate == "cx:disclosureDate"
    assert recorded.derived_from == tuple(made.corrections[0].marked)
    assert isinstance(recorded.value, When)
    assert recorded.value.interval is None, "its own text dates it no more than it did the event"
    resolved = next(s for s in made.derived if s.derived_from[0] == recorded.id)
    assert resolved.rule == "rule:resolve-relative-to-linked-incident"
    alone = built(articles[2:], fixed)
    assert flat(of(alone, articles[2], rowed), "cx:disclosureDate") == []


@pytest.mark.parametrize(
    ("predicate", "quote", "value", "expected"),
    [
        ("cx:front", "eastern", "front:western", Concept("front:western")),
        ("cx:personCount", "two men", "3", Plain("integer", 3)),
        ("cx:dateEDTF", "On 2031-05-03", "2031-05-04", "2031-05-04"),
    ],
)
def test_the_right_value_takes_the_place_of_the_wrong_one(
    predicate: str, quote: str, value: str, expected: object
) -> None:
    article = crossing(certainty="possible")
    made = built([article], marking(article, predicate, quote, value=value))
    entity = of(made, article, "crossed")
    found = flat(entity, predicate)
    assert (edtf(found) or found) == [expected], "what a person states is asserted, however the text was hedged"
    (statement,) = made.derived
    assert (statement.rule, statement.claim.evidence) == (RULE, statement.claim.evidence)
    assert statement.claim.attribution is None


def test_a_number_keeps_its_unit_and_a_boolean_is_one() -> None:
    draft = Draft(
        "The zone is 4 kilometers wide. In 2030 there were 120 arrivals. He was armed.", published="2031-01-01"
    )
    zone = draft.mention("Route", "The zone", concept="id:route/dmz")
    draft.claim(zone, "cx:width", draft.amount("4 kilometers", unit="unit:KiloM", value="4"), "4 kilometers wide")
    arrivals = draft.mention("Statistic", "120 arrivals")
    draft.claim(arrivals, "cx:value", draft.amount("120", value="120"), "120 arrivals")
    article = ArticleStatements.of(draft.facts(), draft.text)
    made = built(
        [article],
        marking(article, "cx:width", "4 kilometers", "Route", value="4.5"),
        marking(article, "cx:value", "120", "Statistic", value="121"),
    )
    amounts = {p: v for e in made.entities for p in ("cx:width", "cx:value") for v in flat(e, p)}
    assert amounts == {
        "cx:width": Amount("unit:KiloM", value=Decimal("4.5")),
        "cx:value": Amount("unit:NUM", value=Decimal(121)),
    }


def test_a_value_that_no_vocabulary_holds_is_refused() -> None:
    article = crossing()
    with pytest.raises(
        UsageError, match="gives 'front:nowhere', which neither the vocabularies nor the gazetteer hold"
    ):
        built([article], marking(article, "cx:front", "eastern", value="front:nowhere"))


def test_among_values_that_disagree_a_curated_one_goes_first() -> None:
    quoted = crossing(certainty="reported", by="12 boats", quoted=True, official=True)
    other = crossing(published="2031-05-07")
    fixed = marking(other, "cx:front", "eastern", value="front:western")
    apart = built([quoted, other], fixed)
    assert len({apart.identity.iris[c] for c in apart.identity.profiles}) == 2, "two fronts forbid one incident"
    anchored = anchor(Curation(corrections=(fixed,)), [quoted, other])
    decisions = replace(anchored.decisions, same=frozenset({frozenset(apart.identity.profiles)}))
    joined = consolidate([quoted, other], KNOWLEDGE, decisions=decisions)
    (conflict,) = [c for e in joined.entities for c in e.conflicts]
    assert conflict.rule == "rule:curated", "it goes before the quoted official"
    assert conflict.preferred is not None
    assert conflict.preferred.value == Concept("front:western")


@pytest.mark.parametrize("predicates", [(), ("cx:front",)])
def test_a_source_is_marked_whole_or_on_some_properties(predicates: tuple[str, ...]) -> None:
    wrong = crossing()
    right = crossing(front="western", date="2031-07-01", published="2031-07-02")
    correction = Correction(
        source=SourceAnchor(article=wrong.id, predicates=predicates),
        by="a curator",
        on="2031-08-01",
        reason="withdrawn",
    )
    made = built([wrong, right], correction)
    fronts = [v for e in made.entities for v in flat(e, "cx:front")]
    assert fronts == [Concept("front:western")]
    assert len(made.entities) == (2 if predicates else 1)
    assert sum(len(a.statements) for a in made.articles) == len(wrong.statements) + len(right.statements)


def test_what_is_quarantined_is_neither_marked_nor_recorded() -> None:
    article = crossing()
    fixed = marking(article, "cx:front", "eastern", value="front:western")
    (applied,) = built([article], fixed).corrections
    without_record = built([article], fixed, without=applied.recorded)
    assert without_record.derived == ()
    assert without_record.corrections[0].recorded == frozenset()
    without_claim = built([article], fixed, without=applied.marked)
    assert without_claim.corrections == ()
    assert without_claim.derived == ()


def test_nothing_to_correct_changes_nothing() -> None:
    article = crossing()
    corrected = correct([article], [], KNOWLEDGE)
    assert corrected.as_read() == (article,)
    assert (corrected.marked, corrected.recorded, corrected.applied) == ((), (), ())

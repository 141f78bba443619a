"""The Conflicts of a release, from articles of our own to what a person reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.conflicts import Dispute, disputes
from kg.errors import UsageError
from kg.facts.model import CitedSource
from kg.mapping.statements import ArticleStatements, Chain
from kg.querying import ReleaseStore, open_release
from tests.support.facts import Draft
from tests.support.releases import released

#: A release shows a tenth of an article's words; these make room for the words that matter.
REST = " ".join(["Nothing more is known of it."] * 30)


def report(
    kind: str, day: str = "2031-05-03", *, wire: str | None = None, title: str | None = None, **claim: Any
) -> ArticleStatements:
    """A person of a kind crossed on a day."""
    sources = (CitedSource(name=wire, role="wire"),) if wire else ()
    draft = Draft(f"A {kind} crossed on {day}, officials told {wire} and {title}. {REST}", sources=sources, title=title,
                  published="2031-05-09")  # fmt: skip
    incident, man = draft.mention("Incident", "crossed"), draft.mention("Person", f"A {kind}")
    draft.claim(incident, "cx:crosser", man, f"A {kind}")
    draft.claim(incident, "cx:dateEDTF", draft.time(day, edtf=day), f"on {day}")
    draft.claim(man, "cx:actorType", f"actor:{kind}", f"A {kind}", **claim)
    return ArticleStatements.of(draft.facts(), draft.text)


def digest() -> ArticleStatements:
    draft = Draft("Of them 130 came in 2030.", kind="digest", id="9" * 64, publisher="The Daily")
    total = draft.mention("Statistic", "130")
    statistic(draft, total, "130", "exact")
    return ArticleStatements.of(draft.facts(), draft.text)


def figures(number: str, qualifier: str = "exact") -> ArticleStatements:
    draft = Draft(f"In 2030 {number} people came, it says. {REST}", published="2031-01-05")
    statistic(draft, draft.mention("Statistic", number), number, qualifier)
    return ArticleStatements.of(draft.facts(), draft.text)


def statistic(draft: Draft, mention: str, number: str, qualifier: str) -> None:
    draft.claim(mention, "cx:value", draft.amount(number, value=number, qualifier=qualifier), number)
    draft.claim(mention, "cx:measure", "measure:arrivals", "came", raw="measure")
    draft.claim(mention, "cx:population", "population:defectors", "came", raw="population")
    draft.claim(mention, "cx:period", draft.time("2030", edtf="2030"), "2030")


def chain(article: ArticleStatements) -> Chain:
    return Chain(article.id, article.facts.mentions[0].chain)


def one(*articles: ArticleStatements) -> frozenset[frozenset[Chain]]:
    return frozenset(frozenset((chain(articles[0]), chain(a))) for a in articles[1:])


#: Three wires and a paper that names none say soldier, one wire civilian; two texts that are nearly one say student.
SOLDIERS = [
    report("soldier", wire="AFP"),
    report("soldier", wire="Reuters"),
    report("soldier", wire="DPA"),
    report("soldier", title="The Paper"),
]
CIVILIAN = report("civilian", wire="AP", certainty="reported", by="officials")
STUDENTS = [report("student", title="One page"), report("student", title="The same page")]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> ReleaseStore:
    articles = [*SOLDIERS, CIVILIAN, *STUDENTS]
    figures_ = [digest(), figures("120"), figures("121", "approximately")]
    home = released(
        tmp_path_factory.mktemp("disputed"),
        [*articles, *figures_],
        same=one(*articles),
        twins=[[a.id for a in STUDENTS]],
    )
    return open_release(home.require_current())


def on(held: ReleaseStore, property: str) -> Dispute:
    (found,) = disputes(held, property)
    return found


def test_each_value_has_its_independent_sources(held: ReleaseStore) -> None:
    dispute = on(held, "actorType")
    sides = {side.value: (side.independent_min, side.independent_max) for side in dispute.sides}
    # A student is a civilian, and says more; the article that names no source may rest on one of the wires.
    assert sides == {"actor:soldier": (3, 4), "actor:student": (1, 2)}


def test_a_less_exact_claim_stands_with_the_value_that_it_agrees_with(held: ReleaseStore) -> None:
    side = next(s for s in on(held, "actorType").sides if s.value == "actor:student")
    assert {said.article for said in side.claims} == {a.iri for a in (CIVILIAN, *STUDENTS)}


def test_a_side_says_who_when_how_firmly_and_in_which_words(held: ReleaseStore) -> None:
    said = {s.article: s for side in on(held, "actorType").sides for s in side.claims}
    told = said[CIVILIAN.iri]
    assert (told.speaker, told.certainty, told.published) == ("officials", "reported", "2031-05-09")
    assert CIVILIAN.text is not None
    assert told.quote == CIVILIAN.text[told.start : told.end] == "A civilian"
    assert said[SOLDIERS[3].iri].source == "The Paper"
    assert said[SOLDIERS[3].iri].speaker is None


def test_numbers_and_what_a_digest_of_ours_is_called(held: ReleaseStore) -> None:
    dispute = on(held, "cx:value")
    assert dispute.undecided
    assert dispute.rule == "rule:undecided"
    assert not any(side.preferred for side in dispute.sides)
    values = {side.value: [s.source for s in side.claims] for side in dispute.sides}
    assert values["130"] == ["our digest of The Daily"]
    assert len(values["120"]) == 2, "about 121 agrees with 120 and not with 130"
    assert {s.published for s in dispute.sides[-1].claims} == {None}


def test_those_that_no_rule_decided_come_first_and_can_be_had_alone(held: ReleaseStore) -> None:
    found = disputes(held)
    assert [d.undecided for d in found] == sorted((d.undecided for d in found), reverse=True)
    assert {d.property for d in found} == {"cx:actorType", "cx:value"}
    assert disputes(held, undecided=True) == [d for d in found if d.undecided]
    decided = next(d for d in found if not d.undecided)
    assert [side.preferred for side in decided.sides] == [True, False]
    assert (decided.rule, decided.rule_label) == ("rule:more-independent-sources", "more independent sources")


def test_a_property_that_nobody_disputes_is_an_empty_answer_and_an_unknown_one_refused(held: ReleaseStore) -> None:
    assert disputes(held, "cx:front") == []
    with pytest.raises(UsageError, match="nothing can be disputed on 'cx:place': give one of cx:actorType, "):
        disputes(held, "cx:place")


def test_dates_stand_with_the_day_that_they_hold(tmp_path: Path) -> None:
    draft = Draft(f"It was 3 May, he crossed; in May, it is said; or on 5 May. {REST}", published="2031-06-01")
    incident = draft.mention("Incident", "he crossed")
    for words, day in (("3 May", "2031-05-03"), ("in May", "2031-05"), ("5 May", "2031-05-05")):
        draft.claim(incident, "cx:dateEDTF", draft.time(words, edtf=day), words)
    home = released(tmp_path, [ArticleStatements.of(draft.facts(), draft.text)])
    (dispute,) = disputes(open_release(home.require_current()))
    claims = {side.value: [s.quote for s in side.claims] for side in dispute.sides}
    assert set(claims) == {"2031-05-03", "2031-05-05"}
    assert sorted(quote for quotes in claims.values() for quote in quotes if quote) == ["3 May", "5 May", "in May"]


def test_words_that_a_release_withholds_are_counted_at_their_place(tmp_path: Path) -> None:
    draft = Draft("A soldier or a civilian crossed there.", published="2031-06-01")
    incident, man = draft.mention("Incident", "crossed"), draft.mention("Person", "A soldier or a civilian")
    draft.claim(incident, "cx:crosser", man, "crossed")
    for kind in ("soldier", "civilian"):
        draft.claim(man, "cx:actorType", f"actor:{kind}", f"or a {kind}" if kind == "civilian" else f"A {kind}")
    article = ArticleStatements.of(draft.facts(), draft.text)
    (dispute,) = disputes(open_release(released(tmp_path, [article]).require_current()))
    said = {side.value: (s.quote, s.withheld, s.start, s.end) for side in dispute.sides for s in side.claims}
    assert said == {"actor:civilian": (None, 3, 10, 23), "actor:soldier": (None, 2, 0, 9)}


def test_a_release_without_conflicts_has_none(tmp_path: Path) -> None:
    home = released(tmp_path, [report("soldier")])
    assert disputes(open_release(home.require_current())) == []

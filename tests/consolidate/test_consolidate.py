from __future__ import annotations

from decimal import Decimal

import pytest

from kg.consolidate.consolidate import Consolidated, Entity, consolidate
from kg.knowledge import Knowledge
from kg.mapping.statements import Amount, Concept, When
from tests.support.facts import Draft
from tests.support.stories import dated, figures, recalled, statements, undated


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


@pytest.fixture(scope="module")
def all_of_it(knowledge: Knowledge) -> Consolidated:
    return consolidate(statements(dated(), recalled(), undated(), figures()), knowledge)


def flat(entity: Entity, predicate: str) -> list[object]:
    return [v.group.value for v in entity.values if v.predicate == predicate]


def date_of(entity: Entity) -> str | None:
    found = [v.interval.edtf for v in flat(entity, "cx:dateEDTF") if isinstance(v, When) and v.interval]
    return found[0] if found else None


def test_real_incidents_are_counted_once(all_of_it: Consolidated) -> None:
    incidents = [e for e in all_of_it.entities if e.cls == "Incident"]
    assert len(incidents) == 4
    assert max(len(e.articles) for e in incidents) == 3


def test_an_undated_article_is_dated_by_the_incident_it_shares(all_of_it: Consolidated) -> None:
    sergeant = next(e for e in all_of_it.entities if e.cls == "Incident" and len(e.articles) == 3)
    assert date_of(sergeant) == "2021-03-02/2021-03-30", "the Tuesdays of March 2021, and no day more exactly"
    derived = next(s for s in all_of_it.derived if s.subject in sergeant.chains)
    assert derived.rule == "rule:resolve-weekday-within-interval"
    assert len(derived.derived_from) >= 2


def test_what_counts_from_a_linked_incident_follows(all_of_it: Consolidated) -> None:
    by_rule = {s.rule: s for s in all_of_it.derived}
    rowed = by_rule["rule:resolve-relative-to-linked-incident"].value
    assert isinstance(rowed, When)
    assert rowed.interval is not None
    assert rowed.interval.earliest is not None
    assert rowed.interval.earliest.isoformat() < "2021-02-17"
    year = by_rule["rule:resolve-article-year-from-linked-incident"].value
    assert isinstance(year, When)
    assert year.interval is not None
    assert year.interval.edtf == "2020"


def test_the_first_claim_stays_unresolved(all_of_it: Consolidated) -> None:
    article = next(a for a in all_of_it.articles if a.reference is None)
    assert [s.value.interval for s in article.statements if isinstance(s.value, When)] == [None, None, None]


def test_alone_the_undated_article_gives_no_date(knowledge: Knowledge) -> None:
    alone = consolidate(statements(undated()), knowledge)
    assert alone.derived == ()
    assert [date_of(e) for e in alone.entities if e.cls == "Incident"] == [None, None]


def test_one_statistic_of_two_articles(all_of_it: Consolidated) -> None:
    arrivals = [
        e for e in all_of_it.entities if e.cls == "Statistic" and flat(e, "cx:measure") == [Concept("measure:arrivals")]
    ]
    assert [len(e.articles) for e in arrivals] == [2]


def two_kinds(first: dict[str, object], second: dict[str, object]) -> Consolidated:
    """Two reports of one day that disagree on the kind of person."""
    drafts = []
    for kind, rest in (("soldier", first), ("civilian", second)):
        draft = Draft(f"On 3 May 2020 a {kind} crossed, officials said. Ministry", **rest.pop("article", {}))  # type: ignore[arg-type]
        incident = draft.mention("Incident", "crossed")
        man = draft.mention("Person", f"a {kind}")
        draft.claim(incident, "cx:crosser", man, f"a {kind}")
        draft.claim(incident, "cx:dateEDTF", draft.time("3 May 2020", edtf="2020-05-03"), "On 3 May 2020")
        if rest.pop("named", False):
            rest["speaker"] = draft.mention("Organization", "Ministry", concept="id:organization/rok-defense-ministry")
        draft.claim(man, "cx:actorType", f"actor:{kind}", f"a {kind}", **rest)
        drafts.append(draft)
    return consolidate(statements(*drafts), Knowledge.load())


def conflict_of(made: Consolidated) -> tuple[str, object]:
    found = [c for e in made.entities for c in e.conflicts]
    assert [c.predicate for c in found] == ["cx:actorType"]
    return found[0].rule, found[0].preferred.value if found[0].preferred else None


def test_a_disagreement_that_no_rule_decides_has_no_flat_value() -> None:
    made = two_kinds({}, {})
    assert conflict_of(made) == ("rule:undecided", None)
    assert not any(flat(e, "cx:actorType") for e in made.entities)


def test_a_quoted_official_goes_first() -> None:
    made = two_kinds(
        {"certainty": "reported", "by": "officials", "quoted": True, "official": True},
        {"certainty": "reported", "by": "officials", "named": True},
    )
    assert conflict_of(made) == ("rule:quoted-official", Concept("actor:soldier"))


def test_then_a_named_organisation() -> None:
    made = two_kinds({}, {"certainty": "reported", "by": "officials", "named": True})
    assert conflict_of(made) == ("rule:attributed-agency", Concept("actor:civilian"))


@pytest.mark.parametrize(
    "how",
    [
        {"certainty": "possible"},
        {"certainty": "probable"},
        {"certainty": "denied"},
        {"negated": True},
        {"tense": "future"},
        {"specificity": "general"},
    ],
)
def test_nothing_hedged_denied_or_feared_is_a_value(how: dict[str, object], knowledge: Knowledge) -> None:
    draft = Draft("A man crossed on foot in 2019.")
    incident = draft.mention("Incident", "crossed")
    draft.claim(incident, "cx:incidentType", "itype:land-crossing", "on foot", **how)
    assert consolidate(statements(draft), knowledge).entities == ()


def test_a_broader_value_yields_to_a_narrower_one() -> None:
    knowledge = Knowledge.load()
    draft = Draft("He crossed at the central front, in its western half.")
    incident = draft.mention("Incident", "crossed")
    draft.claim(incident, "cx:front", "front:central", "central front")
    draft.claim(incident, "cx:front", "front:central-west", "its western half")
    made = consolidate(statements(draft), knowledge).entities
    assert [flat(e, "cx:front") for e in made] == [[Concept("front:central-west")]]
    assert all(not e.conflicts for e in made)


def test_about_and_more_than_are_one_number() -> None:
    knowledge = Knowledge.load()
    draft = Draft("About 34,000 have come, more than 34,000.")
    total = draft.mention("Statistic", "About 34,000")
    draft.claim(total, "cx:measure", "measure:cumulative-arrivals", "have come")
    draft.claim(total, "cx:value", draft.amount("34,000", value="34000", qualifier="approximately"), "About 34,000")
    more = draft.amount("more than 34,000", lower="34000", qualifier="more-than")
    draft.claim(total, "cx:value", more, "more than 34,000")
    made = consolidate(statements(draft), knowledge).entities
    assert all(not e.conflicts for e in made)
    amounts = flat(made[0], "cx:value")
    assert isinstance(amounts[0], Amount)
    assert amounts[0].value == Decimal(34000)

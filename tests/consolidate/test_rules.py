from __future__ import annotations

from typing import Any

import pytest

from kg.consolidate.rules import UNDECIDED, Chooser
from kg.consolidate.sources import Sources
from kg.consolidate.values import Group, group_values
from kg.facts.model import Block, CitedSource
from kg.knowledge import Knowledge
from kg.mapping.statements import ArticleStatements, Concept
from tests.support.facts import Draft

KNOWLEDGE = Knowledge.load()


def report(front: str, *, headline: bool = False, wire: str | None = None, **claim: Any) -> ArticleStatements:
    sources = (CitedSource(name=wire, role="wire"),) if wire else ()
    draft = Draft(f"He crossed the {front} front, officials at the Ministry said. {wire}", sources=sources)
    if headline:
        draft.blocks = [Block(id="b1", kind="headline", start=0, end=len(draft.text))]
    incident = draft.mention("Incident", "He crossed")
    if claim.pop("named", False):
        claim["speaker"] = draft.mention("Organization", "Ministry")
    draft.claim(incident, "cx:front", f"front:{front}", f"{front} front", **claim)
    return ArticleStatements.of(draft.facts(), draft.text)


def choose(*articles: ArticleStatements, curated: int | None = None) -> tuple[str | None, str]:
    statements = [s for a in articles for s in a.statements]
    groups: list[Group] = group_values(statements, KNOWLEDGE)
    chosen = frozenset({statements[curated].id}) if curated is not None else frozenset()
    group, rule = Chooser({a.id: a for a in articles}, Sources(articles), chosen).choose(groups)
    value = group.value if group else None
    return (value.name if isinstance(value, Concept) else None), rule


EAST, WEST = report("eastern"), report("western")
SAID: dict[str, Any] = {"certainty": "reported", "by": "officials"}


def test_nobody_decides_between_equals() -> None:
    assert choose(EAST, WEST) == (None, UNDECIDED)


def test_a_person_decides_first() -> None:
    quoted = report("eastern", quoted=True, official=True, **SAID)
    assert choose(quoted, WEST, curated=1) == ("front:western", "rule:curated")


@pytest.mark.parametrize(
    ("preferred", "rule"),
    [
        (report("eastern", quoted=True, official=True, **SAID), "rule:quoted-official"),
        (report("eastern", named=True, **SAID), "rule:attributed-agency"),
    ],
)
def test_who_says_it_counts(preferred: ArticleStatements, rule: str) -> None:
    assert choose(preferred, WEST) == ("front:eastern", rule)


def test_a_quoted_person_of_no_office_is_no_official() -> None:
    assert choose(report("eastern", quoted=True, official=False, **SAID), WEST) == (None, UNDECIDED)


def test_the_body_goes_before_the_headline() -> None:
    assert choose(EAST, report("western", headline=True)) == ("front:eastern", "rule:body-over-headline")


def test_a_date_that_counts_from_nothing_goes_before_one_that_does() -> None:
    draft = Draft("He crossed on 3 May 2031. It was on Monday.", published="2031-05-07")
    incident = draft.mention("Incident", "He crossed")
    draft.claim(incident, "cx:dateEDTF", draft.time("3 May 2031", edtf="2031-05-03"), "on 3 May 2031")
    monday = draft.time("Monday", unit="day", weekday=0, anchor="publication")
    draft.claim(incident, "cx:dateEDTF", monday, "on Monday")
    article = ArticleStatements.of(draft.facts(), draft.text)
    groups = group_values(article.statements, KNOWLEDGE)
    preferred, rule = Chooser({article.id: article}, Sources([article])).choose(groups)
    assert rule == "rule:absolute-over-relative"
    assert preferred is not None
    assert [s.claim.raw for s in preferred.statements] == ["on 3 May 2031"]


def test_surely_more_sources_go_first() -> None:
    wires = [report("eastern", wire=wire) for wire in ("AFP", "Reuters")]
    assert choose(*wires, WEST) == ("front:eastern", "rule:more-independent-sources")


def test_two_reprints_of_one_wire_are_not_more() -> None:
    reprints = [report("eastern", wire="AFP"), report("eastern", wire="AFP", **SAID)]
    assert choose(*reprints, WEST) == (None, UNDECIDED)


def test_two_of_one_kind_do_not_decide() -> None:
    both = [report(front, quoted=True, official=True, **SAID) for front in ("eastern", "western")]
    assert choose(*both) == (None, UNDECIDED)

from __future__ import annotations

import pytest

from kg.consolidate.consolidate import consolidate
from kg.curation import ClaimAnchor, Correction, Curation
from kg.identity.decisions import anchor
from kg.knowledge import Knowledge
from kg.mapping.statements import ArticleStatements
from kg.review import Slot, View, views
from tests.support.facts import Draft
from tests.support.stories import dated, recalled, statements, undated

KNOWLEDGE = Knowledge.load()


def first() -> ArticleStatements:
    draft = Draft(
        "A sergeant walked over the eastern front on 3 May 2031 and was armed, officials said.",
        published="2031-05-09",
        title="The Paper",
    )
    incident, man = draft.mention("Incident", "walked over"), draft.mention("Person", "A sergeant")
    draft.claim(incident, "cx:crosser", man, "A sergeant")
    draft.claim(incident, "cx:dateEDTF", draft.time("3 May 2031", edtf="2031-05-03"), "on 3 May 2031")
    draft.claim(incident, "cx:front", "front:eastern", "the eastern front")
    draft.claim(incident, "cx:incidentType", "itype:land-crossing", "walked over")
    draft.claim(man, "cx:rank", "rank:sergeant", "A sergeant", certainty="reported", by="officials")
    draft.claim(man, "cx:actorType", "actor:soldier", "A sergeant")
    return ArticleStatements.of(draft.facts(), draft.text)


def second(day: str | None = None, rank: str = "corporal") -> ArticleStatements:
    draft = Draft(f"A corporal of the North came over the eastern front ({day}); he may be a colonel.", kind="digest",
                  id="7" * 64, publisher="The Daily")  # fmt: skip
    incident, man = draft.mention("Incident", "came over"), draft.mention("Person", "A corporal")
    draft.claim(incident, "cx:crosser", man, "A corporal")
    draft.claim(incident, "cx:front", "front:eastern", "the eastern front")
    draft.claim(man, "cx:rank", f"rank:{rank}", "A corporal")
    draft.claim(man, "cx:rank", "rank:colonel", "may be a colonel", certainty="possible")
    draft.claim(man, "cx:actorType", "actor:soldier", "A corporal")
    if day:
        draft.claim(incident, "cx:dateEDTF", draft.time(f"({day})", edtf=day), f"({day})")
    route = draft.mention("Route", "the eastern front", concept="id:route/dmz")
    draft.claim(incident, "cx:viaRoute", route, "over the eastern front")
    return ArticleStatements.of(draft.facts(), draft.text)


def seen(*articles: ArticleStatements, curation: Curation | None = None) -> list[View]:
    anchored = anchor(curation or Curation(), articles)
    made = consolidate(articles, KNOWLEDGE, decisions=anchored.decisions)
    return [view for view, _ in views(made, anchored.decisions, KNOWLEDGE)]


def slots(view: View) -> dict[str, Slot]:
    return {slot.property.removeprefix("cx:"): slot for slot in view.slots}


def test_two_accounts_stand_side_by_side_with_their_articles() -> None:
    (view,) = seen(first(), second("2031"))
    assert (view.number, view.outcome, view.asks, view.score, view.needed) == (1, "uncertain", True, 2.5, 4.0)
    assert (view.first.source, view.first.published, view.first.quote) == ("The Paper", "2031-05-09", "walked over")
    assert (view.second.source, view.second.published) == ("our digest of The Daily", None)
    assert view.first.incident != view.second.incident


def test_the_points_of_the_slots_are_the_score() -> None:
    (view,) = seen(first(), second("2031"))
    assert sum(slot.points or 0 for slot in view.slots) == view.score
    verdicts = {name: (slot.verdict, slot.points) for name, slot in slots(view).items()}
    assert verdicts == {
        "dateEDTF": ("agree", 0.5),
        "incidentType": ("one side", None),
        "front": ("agree", 2.0),
        "viaRoute": ("one side", None),
        "rank": ("differ", -1.0),
        "actorType": ("agree", 1.0),
    }


def test_each_value_has_its_words_and_how_firmly_it_is_put() -> None:
    (view,) = seen(first(), second("2031"))
    found = slots(view)
    assert [(t.value, t.quote, t.certainty) for t in found["rank"].first] == [("sergeant", "A sergeant", "reported")]
    assert [t.value for t in found["rank"].second] == ["corporal"], "what is only possible is not compared"
    assert [t.value for t in found["viaRoute"].second] == ["Demilitarized Zone land crossing"]
    assert [t.value for t in found["dateEDTF"].second] == ["2031"]


def test_a_pair_keeps_its_id_and_its_place_depends_on_nothing_else() -> None:
    (one,), (other,) = seen(first(), second("2031")), seen(second("2031"), first())
    assert one == other
    assert len(one.id) == 8


def test_two_days_forbid_and_are_shown_as_different() -> None:
    (view,) = seen(first(), second("2031-06-01", "sergeant"))
    assert (view.outcome, view.forbids, view.asks) == ("near miss", "dated 2031-05-03 and 2031-06-01", False)
    assert slots(view)["dateEDTF"].verdict == "differ"


def test_a_date_that_was_worked_out_is_shown_with_its_rule() -> None:
    found = seen(*statements(dated(), recalled(), undated()))
    told = [
        t for view in found for slot in view.slots if slot.property == "cx:dateEDTF" for t in slot.first + slot.second
    ]
    worked_out = {t.rule: t.value for t in told}
    assert worked_out["rule:resolve-weekday-within-interval"] == "2021-03-02/2021-03-30"
    assert any(t.value == "'Tuesday', unresolved" for t in told)


def test_what_is_marked_wrong_is_not_shown_and_what_is_right_is() -> None:
    article = second("2031-06-01")
    place = ClaimAnchor(article=article.id, cls="Incident", predicate="cx:dateEDTF", quote="(2031-06-01)")
    wrong = Correction(claim=place, value="2031", by="me", on="2031-07-01", reason="misread")
    (view,) = seen(first(), article, curation=Curation(corrections=(wrong,)))
    assert (view.outcome, view.forbids) == ("uncertain", None)
    assert [(t.value, t.rule) for t in slots(view)["dateEDTF"].second] == [("2031", "rule:correction")]


@pytest.mark.parametrize("articles", [(), (first(),)])
def test_without_two_accounts_there_is_no_pair(articles: tuple[ArticleStatements, ...]) -> None:
    assert seen(*articles) == []

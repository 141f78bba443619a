"""Three little reports in our own words, as Facts: what identity, consolidation and mapping are tested on.

`dated` and `recalled` speak of one sergeant; `undated` gives him a rank and a front but no date, and counts another
crossing from his.
"""

from __future__ import annotations

from kg.facts.model import CitedSource, Value
from kg.mapping.statements import ArticleStatements
from tests.support.facts import Draft

__all__ = ["dated", "figures", "recalled", "statements", "undated"]


def dated() -> Draft:
    draft = Draft(
        "A sergeant from the North came over the eastern front in March 2021. The Joint Chiefs of Staff said he was "
        "unarmed. On 5 May 2021 a fisherman crossed by sea.",
        published="2021-06-01",
        sources=(CitedSource(name="Reuters", role="wire"),),
    )
    jcs = draft.mention("Organization", "Joint Chiefs of Staff", concept="id:organization/rok-joint-chiefs-of-staff")
    draft.claim(jcs, "cx:name", "Joint Chiefs of Staff", "Joint Chiefs of Staff")
    incident = draft.mention("Incident", "came over the eastern front")
    man = draft.mention("Person", "A sergeant from the North")
    draft.claim(incident, "cx:crosser", man, "A sergeant from the North")
    draft.claim(incident, "cx:dateEDTF", draft.time("March 2021", edtf="2021-03"), "in March 2021")
    draft.claim(incident, "cx:front", "front:eastern", "the eastern front")
    draft.claim(incident, "cx:incidentType", "itype:land-crossing", "came over the eastern front")
    draft.claim(man, "cx:actorType", "actor:soldier", "A sergeant")
    draft.claim(man, "cx:rank", "rank:sergeant", "A sergeant")
    other = draft.mention("Incident", "crossed by sea")
    fisher = draft.mention("Person", "a fisherman")
    draft.claim(other, "cx:crosser", fisher, "a fisherman")
    draft.claim(other, "cx:dateEDTF", draft.time("5 May 2021", edtf="2021-05-05"), "On 5 May 2021")
    draft.claim(other, "cx:incidentType", "itype:maritime-crossing", "crossed by sea")
    draft.claim(fisher, "cx:actorType", "actor:civilian", "a fisherman")
    return draft


def recalled() -> Draft:
    draft = Draft(
        "It was the first such case since March of last year, when a soldier walked across the land border. "
        "Yesterday two students followed him.",
        published="2022-02-10",
    )
    incident = draft.mention("Incident", "a soldier walked across the land border")
    man = draft.mention("Person", "a soldier")
    draft.claim(incident, "cx:crosser", man, "a soldier")
    time = draft.time("March of last year", unit="year", offset=-1, month=3, anchor="publication")
    draft.claim(incident, "cx:dateEDTF", time, "March of last year")
    draft.claim(incident, "cx:incidentType", "itype:land-crossing", "walked across the land border")
    draft.claim(man, "cx:actorType", "actor:soldier", "a soldier")
    route = draft.mention("Route", "the land border", concept="id:route/dmz")
    draft.claim(incident, "cx:viaRoute", route, "across the land border")
    draft.claim(route, "cx:name", "the land border", "the land border")
    second = draft.mention("Incident", "two students followed him")
    students = draft.mention("Person", "two students", count=2)
    draft.claim(second, "cx:crosser", students, "two students")
    draft.claim(second, "cx:personCount", 2, "two students")
    draft.claim(
        second, "cx:dateEDTF", draft.time("Yesterday", unit="day", offset=-1, anchor="publication"), "Yesterday"
    )
    draft.claim(students, "cx:actorType", "actor:civilian", "students")
    return draft


def undated() -> Draft:
    draft = Draft(
        "Early on Tuesday a sergeant reached the eastern front over the land border. It happened two weeks after a "
        "resident rowed across the Yellow Sea. Last year 196 people came."
    )
    incident = draft.mention("Incident", "a sergeant reached the eastern front")
    man = draft.mention("Person", "a sergeant")
    draft.claim(incident, "cx:crosser", man, "a sergeant")
    tuesday = draft.time("Tuesday", unit="day", weekday=1, anchor="publication", part_of_day="early morning")
    draft.claim(incident, "cx:dateEDTF", tuesday, "Early on Tuesday")
    draft.claim(incident, "cx:front", "front:eastern", "the eastern front")
    draft.claim(incident, "cx:incidentType", "itype:land-crossing", "over the land border")
    draft.claim(man, "cx:actorType", "actor:soldier", "a sergeant")
    draft.claim(man, "cx:rank", "rank:sergeant", "a sergeant")
    route = draft.mention("Route", "the land border", concept="id:route/dmz")
    draft.claim(incident, "cx:viaRoute", route, "over the land border")
    draft.claim(route, "cx:name", "the land border", "the land border")
    other = draft.mention("Incident", "a resident rowed across the Yellow Sea")
    resident = draft.mention("Person", "a resident")
    draft.claim(other, "cx:crosser", resident, "a resident")
    before = draft.time("two weeks after", unit="week", offset=-2, anchor=incident, approximate=True)
    draft.claim(other, "cx:dateEDTF", before, "two weeks after")
    draft.claim(other, "cx:incidentType", "itype:maritime-crossing", "rowed across the Yellow Sea")
    draft.claim(resident, "cx:actorType", "actor:resident", "a resident")
    total = draft.mention("Statistic", "196 people")
    draft.claim(total, "cx:value", draft.amount("196 people", value="196"), "196 people came")
    draft.claim(total, "cx:measure", "measure:arrivals", "came")
    draft.claim(total, "cx:population", "population:defectors", "people")
    draft.claim(total, "cx:period", draft.time("Last year", unit="year", offset=-1, anchor="publication"), "Last year")
    return draft


def figures() -> Draft:
    draft = Draft(
        "About 34,000 have come since the war, the Unification Ministry said; 196 of them arrived in 2020, 80 percent "
        "of those women.",
        published="2021-07-01",
    )
    ministry = draft.mention("Organization", "Unification Ministry", concept="id:organization/rok-unification-ministry")
    draft.claim(ministry, "cx:name", "Unification Ministry", "Unification Ministry")
    total = draft.mention("Statistic", "About 34,000")
    said = {"certainty": "reported", "by": "the Unification Ministry", "speaker": ministry, "official": True}
    number = draft.amount("About 34,000", value="34000", qualifier="approximately")
    draft.claim(total, "cx:value", number, "About 34,000 have come", **said)
    draft.claim(total, "cx:measure", "measure:cumulative-arrivals", "have come since the war", **said)
    draft.claim(total, "cx:population", "population:defectors", "have come", **said)
    year = draft.mention("Statistic", "196 of them")
    draft.claim(year, "cx:value", draft.amount("196", value="196"), "196 of them arrived", **said)
    draft.claim(year, "cx:measure", "measure:arrivals", "arrived", **said)
    draft.claim(year, "cx:population", "population:defectors", "of them", **said)
    draft.claim(year, "cx:period", draft.time("2020", edtf="2020"), "in 2020", **said)
    draft.claim(year, "cx:reportedBy", ministry, "the Unification Ministry said", **said)
    women = draft.mention("Statistic", "80 percent")
    draft.claim(women, "cx:value", draft.amount("80 percent", unit="unit:PERCENT", value="80"), "80 percent", **said)
    draft.claim(women, "cx:measure", "measure:share", "of", raw="percent of those", **said)
    draft.claim(women, "cx:population", "population:women", "women", **said)
    draft.claim(women, "cx:period", Value(kind="time", value=draft.times[-1].id), "in 2020", **said)
    draft.claim(women, "cx:shareOf", year, "of those", **said)
    return draft


def statements(*drafts: Draft) -> list[ArticleStatements]:
    """The drafts' articles, worked out."""
    return [ArticleStatements.of(d.facts(), d.text) for d in drafts]

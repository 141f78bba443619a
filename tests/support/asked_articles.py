"""Three little digests in our own words, as Facts: the graph that the questions of the library are asked of.

`ledger` tells of a sergeant who walked over the eastern front (the incident `east`). `bell` recalls him as a civilian,
and tells of a fisherman who came by sea (`sea`). `undated` has no date, carries an agency's copy, and tells of a
soldier on the western front (`west`) whom nothing dates; it has numbers, too. A person corrected one claim of `bell`.
Each takes what can be told otherwise, so that a test can ask what a change does to an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.curation import Curation
from kg.curation.model import ClaimAnchor, Correction
from kg.facts.model import CitedSource
from kg.mapping.statements import ArticleStatements, Chain
from kg.release.home import Home
from tests.support.facts import Draft
from tests.support.releases import released

__all__ = ["CHANGES", "Told", "asked_of", "corpus"]


@dataclass(frozen=True)
class Told:
    """A draft, and what the answers call its mentions."""

    draft: Draft
    names: dict[str, str]


def _digest(name: str, text: str, **rest: Any) -> Draft:
    return Draft(text, id=name[0] * 64, kind="digest", **rest)


def ledger(
    *,
    front: str = "eastern",
    place: str = "Goseong",
    found: str = "A patrol",
    rank: str = "sergeant",
    operation: str = "guidance",
    kept_back: bool = True,
) -> Told:
    kept = " His name is being kept back." if kept_back else ""
    draft = _digest(
        "a",
        f"A {rank} of the North walked over the land border on the {front} front on 10 July 2025. {found} noticed him "
        f"near {place}, and the military took him into custody in a {operation} operation.{kept} "
        "The Joint Chiefs of Staff said that he had come by way of the Demilitarized Zone.",
        title="Over the land border",
        publisher="Morning Ledger",
        published="2025-07-12",
    )
    chiefs = draft.mention(
        "Organization", "The Joint Chiefs of Staff", concept="id:organization/rok-joint-chiefs-of-staff"
    )
    army = draft.mention("Organization", "the military", concept="id:organization/rok-military")
    zone = draft.mention("Route", "the Demilitarized Zone", concept="id:route/dmz")
    near = draft.mention("Place", place, concept=f"id:place/{place.lower()}")
    for mention, name in ((chiefs, "Joint Chiefs of Staff"), (army, "military"), (zone, "Demilitarized Zone")):
        draft.claim(mention, "cx:name", name, name)
    east = draft.mention("Incident", "walked over the land border")
    man = draft.mention("Person", f"A {rank} of the North")
    draft.claim(east, "cx:crosser", man, f"A {rank} of the North")
    draft.claim(east, "cx:dateEDTF", draft.time("10 July 2025", edtf="2025-07-10"), "on 10 July 2025")
    draft.claim(east, "cx:incidentType", "itype:land-crossing", "walked over the land border")
    draft.claim(east, "cx:front", f"front:{front}", f"the {front} front")
    ways = {"A patrol": "patrol", "Cameras": "surveillance"}
    draft.claim(east, "cx:detection", f"detection:{ways[found]}", f"{found} noticed him")
    draft.claim(east, "cx:place", near, f"near {place}")
    draft.claim(east, "cx:custodian", army, "the military took him into custody")
    draft.claim(east, "cx:outcome", "outcome:custody", "took him into custody")
    draft.claim(east, "cx:operation", f"operation:{operation}", f"a {operation} operation")
    said = {"certainty": "reported", "by": "The Joint Chiefs of Staff", "speaker": chiefs, "official": True}
    draft.claim(east, "cx:viaRoute", zone, "come by way of the Demilitarized Zone", **said)
    draft.claim(man, "cx:actorType", "actor:soldier", f"A {rank}")
    draft.claim(man, "cx:rank", f"rank:{rank}", f"A {rank}")
    if kept_back:
        draft.claim(man, "cx:nameStatus", "namestatus:withheld", "His name is being kept back")
    return Told(draft, {"east": east, "sergeant": man})


def bell(*, day: int = 28, defected: bool = True, who: str = "civilian") -> Told:
    and_defected = " and defected" if defected else ""
    draft = _digest(
        "b",
        f"On {day} July 2025 a fisherman rowed across the Yellow Sea{and_defected}. Residents may "
        f"have seen him first. Last month a {who} had walked over the eastern front; that it was a defection is not "
        "confirmed.",
        title="By sea",
        publisher="Evening Bell",
        published="2025-08-02",
    )
    water = draft.mention("Place", "the Yellow Sea", concept="id:place/yellow-sea")
    sea = draft.mention("Incident", "rowed across the Yellow Sea")
    fisher = draft.mention("Person", "a fisherman")
    draft.claim(sea, "cx:crosser", fisher, "a fisherman")
    date = draft.time(f"{day} July 2025", edtf=f"2025-07-{day}")
    draft.claim(sea, "cx:dateEDTF", date, f"On {day} July 2025")
    draft.claim(sea, "cx:incidentType", "itype:maritime-crossing", "rowed across the Yellow Sea")
    draft.claim(sea, "cx:place", water, "across the Yellow Sea")
    if defected:
        draft.claim(sea, "cx:defectionStatus", "status:confirmed", "defected")
    draft.claim(sea, "cx:detection", "detection:residents", "Residents may have seen him first", certainty="possible")
    draft.claim(fisher, "cx:actorType", "actor:civilian", "a fisherman")
    east = draft.mention("Incident", "walked over the eastern front")
    man = draft.mention("Person", f"a {who}")
    draft.claim(east, "cx:crosser", man, f"a {who}")
    before = draft.time("Last month", unit="month", offset=-1, anchor="publication")
    draft.claim(east, "cx:dateEDTF", before, "Last month")
    draft.claim(east, "cx:incidentType", "itype:land-crossing", "walked over the eastern front")
    draft.claim(east, "cx:front", "front:eastern", "the eastern front")
    draft.claim(east, "cx:defectionStatus", "status:unconfirmed", "is not confirmed")
    draft.claim(man, "cx:actorType", f"actor:{who}", f"a {who}")
    return Told(draft, {"sea": sea, "fisherman": fisher, "east again": east})


def undated(
    *,
    arrived: str = "150",
    women: str = "60",
    times: str = "twice",
    title: str = "analyst",
    wire: str = "Yonhap",
    mined: str = "mines",
) -> Told:
    draft = _digest(
        "c",
        f"{wire} reports that a soldier came over the western front by land. In 2023 there were 100 arrivals, in 2024 "
        f"there were {arrived}, {times} as many; {women} percent of these were women, the Unification Ministry said. "
        f"Dana Roe, {title} at the Korea Institute for National Unification, said that the zone is full of {mined}.",
        sources=(
            CitedSource(name=wire, role="wire", organization=f"id:organization/{wire.lower()}", published="2025-10-25"),
        ),
    )
    ministry = draft.mention(
        "Organization", "the Unification Ministry", concept="id:organization/rok-unification-ministry"
    )
    draft.claim(ministry, "cx:name", "Unification Ministry", "Unification Ministry")
    institute = draft.mention(
        "Organization",
        "the Korea Institute for National Unification",
        concept="id:organization/korea-institute-for-national-unification",
    )
    draft.claim(institute, "cx:name", "Korea Institute", "Korea Institute")
    west = draft.mention("Incident", "came over the western front")
    man = draft.mention("Person", "a soldier")
    draft.claim(west, "cx:crosser", man, "a soldier")
    draft.claim(west, "cx:incidentType", "itype:land-crossing", "came over the western front by land")
    draft.claim(west, "cx:front", "front:western", "the western front")
    draft.claim(man, "cx:actorType", "actor:soldier", "a soldier")
    earlier = draft.mention("Statistic", "100 arrivals")
    draft.claim(earlier, "cx:value", draft.amount("100", value="100"), "100 arrivals")
    draft.claim(earlier, "cx:period", draft.time("2023", edtf="2023"), "In 2023")
    later = draft.mention("Statistic", f"there were {arrived}")
    draft.claim(later, "cx:value", draft.amount(arrived, value=arrived), f"there were {arrived}")
    year = draft.time("2024", edtf="2024")
    draft.claim(later, "cx:period", year, "in 2024")
    for statistic in (earlier, later):
        draft.claim(statistic, "cx:measure", "measure:arrivals", "arrivals")
        draft.claim(statistic, "cx:population", "population:defectors", "arrivals")
    ratio = draft.mention("Statistic", f"{times} as many")
    numbers = {"twice": "2", "half again": "1.5"}
    draft.claim(ratio, "cx:value", draft.amount(times, unit="unit:UNITLESS", value=numbers[times]), f"{times} as many")
    draft.claim(ratio, "cx:measure", "measure:ratio", "as many")
    draft.claim(ratio, "cx:population", "population:defectors", "arrivals")
    draft.claim(ratio, "cx:period", year, "in 2024")
    said = {"certainty": "reported", "by": "the Unification Ministry", "speaker": ministry, "official": True}
    share = draft.mention("Statistic", f"{women} percent of these")
    amount = draft.amount(f"{women} percent", unit="unit:PERCENT", value=women)
    draft.claim(share, "cx:value", amount, f"{women} percent of these were women", **said)
    draft.claim(share, "cx:measure", "measure:share", "percent of these", **said)
    draft.claim(share, "cx:population", "population:women", "women", **said)
    draft.claim(share, "cx:period", year, "in 2024", **said)
    draft.claim(share, "cx:shareOf", later, "of these", **said)
    draft.claim(share, "cx:reportedBy", ministry, "the Unification Ministry said", **said)
    expert = draft.mention("Person", "Dana Roe", name="Dana Roe")
    draft.claim(expert, "cx:name", "Dana Roe", "Dana Roe")
    draft.claim(expert, "cx:nameStatus", "namestatus:named", "Dana Roe")
    draft.claim(expert, "cx:jobTitle", title, title)
    draft.claim(expert, "cx:affiliation", institute, "at the Korea Institute for National Unification")
    zone = draft.mention("Route", "the zone", concept="id:route/dmz")
    draft.claim(zone, "cx:name", "the zone", "the zone")
    spoken = {"certainty": "reported", "by": "Dana Roe", "speaker": expert, "tense": "present"}
    draft.claim(zone, "cx:routeFeature", mined, f"full of {mined}", **spoken)
    return Told(
        draft,
        {
            "west": west,
            "western soldier": man,
            "2023": earlier,
            "2024": later,
            "ratio": ratio,
            "women": share,
            "expert": expert,
        },
    )


#: What is told otherwise, by the name that the answers give it: which digest, and how.
CHANGES: dict[str, dict[str, Callable[[], Told] | None]] = {
    "nothing": {},
    "no bell": {"bell": None},
    "central front": {"ledger": lambda: ledger(front="central")},
    "a rescue": {"ledger": lambda: ledger(operation="rescue")},
    "no word of the name": {"ledger": lambda: ledger(kept_back=False)},
    "near Cheorwon": {"ledger": lambda: ledger(place="Cheorwon")},
    "seen by cameras": {"ledger": lambda: ledger(found="Cameras")},
    "a corporal": {"ledger": lambda: ledger(rank="corporal")},
    "on the 20th": {"bell": lambda: bell(day=20)},
    "no word of defection": {"bell": lambda: bell(defected=False)},
    "a soldier twice": {"bell": lambda: bell(who="soldier")},
    "200 arrivals": {"undated": lambda: undated(arrived="200")},
    "70 percent": {"undated": lambda: undated(women="70")},
    "half again": {"undated": lambda: undated(times="half again")},
    "a professor": {"undated": lambda: undated(title="professor")},
    "by Reuters": {"undated": lambda: undated(wire="Reuters")},
    "full of wire": {"undated": lambda: undated(mined="wire")},
    "no correction": {},
}


def corpus(change: str) -> dict[str, Told]:
    """The digests by name, with one thing told otherwise."""
    tellers: dict[str, Callable[[], Told] | None] = {"ledger": ledger, "bell": bell, "undated": undated}
    return {name: teller() for name, teller in (tellers | CHANGES[change]).items() if teller is not None}


def asked_of(home: Path, change: str) -> Home:
    """A release of the digests; the two accounts of the eastern front are one incident."""
    told = corpus(change)
    articles = {name: ArticleStatements.of(one.draft.facts(), one.draft.text) for name, one in told.items()}
    same: frozenset[frozenset[Chain]] = frozenset()
    corrections: tuple[Correction, ...] = ()
    if "bell" in told:
        first = Chain(articles["ledger"].id, told["ledger"].names["east"])
        second = Chain(articles["bell"].id, told["bell"].names["east again"])
        same = frozenset({frozenset({first, second})})
        if change != "no correction":
            words = ClaimAnchor(
                article=articles["bell"].id,
                cls="Incident",
                predicate="cx:detection",
                quote="Residents may have seen him first",
            )
            corrections = (
                Correction(
                    claim=words, value="detection:fishing-boat", by="curator", on="2025-09-01", reason="A crew saw him."
                ),
            )
    return released(home, list(articles.values()), curation=Curation(corrections=corrections), same=same)

"""One article's account of an incident: what it states of the crossing, of who crossed, and of what came of it.

Every account writes its own words, dates the incident in its own way and may count otherwise, as reports do: so the
linking has something to join, to derive and to leave in dispute.
"""

from __future__ import annotations

import calendar
import random
from dataclasses import dataclass
from datetime import date, timedelta

from bench.endpoint.draft import Draft, Meant, Span
from bench.endpoint.world import Crosser, Incident
from kg.extract.lexicon import Entry
from kg.facts.model import Anchor, TimeExpression, Value

__all__ = ["Account", "concept", "published_after", "refer"]

_ON_PUBLICATION = Anchor(kind="publication")
_HOME = "id:place/north-korea"
_OUTCOMES = {
    "custody": "were taken into custody",
    "questioned": "were being questioned",
    "handed-over": "were handed over",
    "injured": "were found injured",
    "returned": "were sent back",
}
_DETECTIONS = {
    "surveillance": "cameras had followed the party",
    "patrol": "a patrol had met the party",
    "residents": "residents had called the police",
    "fishing-boat": "a fishing boat had come upon the party",
    "self-surrender": "the party had walked up to a post",
}
_HEDGES = ("motive", "outside-help", "investigation", "custody", "escalation")


def concept(name: str) -> Value:
    """The value that is a concept or an entry of the gazetteer."""
    return Value(kind="concept", value=name)


def refer(mention: str) -> Value:
    """The value that is another entity of the article."""
    return Value(kind="mention", value=mention)


@dataclass(frozen=True)
class _Said:
    """A crosser's first mention, with the crosser."""

    mention: str
    crosser: Crosser


class Account:
    """Writes what an article says of one incident.

    Args:
        draft: Where it is written.
        incident: What is told.
        published: The day of publication, or None where the article states none.
        chance: What decides wherever reports differ.
    """

    def __init__(self, draft: Draft, incident: Incident, published: date | None, chance: random.Random) -> None:
        self._draft = draft
        self._incident = incident
        self._published = published
        self._chance = chance
        self._chain: str | None = None
        self._said: list[_Said] = []

    def headline(self) -> str:
        """The headline as a block of its own; its words."""
        draft, incident = self._draft, self._incident
        draft.block("headline")
        start = draft.here
        draft.write(f"{_count(len(incident.crossers))} in ")
        self._mention("a crossing")
        draft.write(" near ")
        self._place()
        self._claim("cx:personCount", Value(kind="integer", value=len(incident.crossers)), draft.since(start))
        return draft.text[start:]

    def tell(self) -> None:
        """The account: a paragraph for the crossing, one for each crosser, one for what came of it."""
        self._crossing()
        for said in self._said:
            self._person(said)
        self._aftermath()
        self._remarks()

    def _crossing(self) -> None:
        draft, incident, chance = self._draft, self._incident, self._chance
        draft.block()
        start = draft.here
        when = self._time()
        self._claim("cx:dateEDTF", Value(kind="time", value=when), draft.since(start))
        draft.write(", ")
        start = draft.here
        for number, crosser in enumerate(incident.crossers):
            draft.write(" and " if number else "")
            self._introduce(crosser)
        party = draft.since(start)
        draft.write(" made ")
        self._mention("their way over")
        self._claim("cx:incidentType", concept(f"itype:{incident.kind}"), draft.since(start))
        draft.write(" by the ")
        route = draft.mention("Route", incident.route.pref_label, concept=incident.route.curie)
        self._claim("cx:viaRoute", refer(route), draft.since(start))
        draft.claim(route, "cx:name", Value(kind="text", value=incident.route.pref_label), draft.since(party.end))
        draft.write(" near ")
        self._place()
        if incident.front is not None:
            at = draft.here
            draft.write(f" on the {incident.front} front")
            self._claim("cx:front", concept(f"front:{incident.front}"), Span(at + 1, draft.here))
        # One report in twenty counts otherwise than the others.
        counted = len(incident.crossers) + (chance.random() < 0.05)
        self._claim("cx:personCount", Value(kind="integer", value=counted), party)
        self._claim("cx:direction", concept("direction:home-to-destination"), draft.since(party.end))
        draft.write(", ")
        speaker, words = self._organization(incident.custodian)
        reported: Meant = {
            "certainty": "reported",
            "attribution": draft.attribution(words, speaker, quoted=chance.random() < 0.2, official=True),
        }
        draft.write(" said")
        self._claim("cx:defectionStatus", concept(f"status:{incident.status}"), draft.since(start), reported)
        draft.write(".")

    def _introduce(self, crosser: Crosser) -> None:
        draft = self._draft
        start = draft.here
        what = (crosser.rank or crosser.actor).replace("-", " ")
        words = f"{crosser.name}, a {what} of {10 + self._chance.randrange(50)}" if crosser.name else f"a {what}"
        mention = draft.mention("Person", words, name=crosser.name)
        self._said.append(_Said(mention, crosser))
        whole = Span(start, draft.here)
        self._claim("cx:crosser", refer(mention), whole)
        draft.claim(mention, "cx:actorType", concept(f"actor:{crosser.actor}"), whole)
        if crosser.rank is not None:
            draft.claim(mention, "cx:rank", concept(f"rank:{crosser.rank}"), whole)
        if crosser.name is not None:
            named = Span(start, start + len(crosser.name))
            draft.claim(mention, "cx:name", Value(kind="text", value=crosser.name), named)
        status = "named" if crosser.name else self._chance.choice(("withheld", "not-given"))
        draft.claim(mention, "cx:nameStatus", concept(f"namestatus:{status}"), whole)

    def _person(self, said: _Said) -> None:
        draft, crosser = self._draft, said.crosser
        draft.block()
        start = draft.here
        draft.mention("Person", "He" if crosser.gender == "male" else "She", chain=said.mention, name=crosser.name)
        draft.claim(said.mention, "cx:gender", concept(f"gender:{crosser.gender}"), draft.since(start))
        draft.write(" came from the North")
        draft.claim(said.mention, "cx:nationality", concept(_HOME), draft.since(start))
        armed = self._chance.random() < 0.1
        at = draft.here
        draft.write(" with a weapon" if armed else " without any weapon")
        draft.claim(said.mention, "cx:armed", Value(kind="boolean", value=armed), Span(at + 1, draft.here))
        draft.write(".")

    def _aftermath(self) -> None:
        draft, incident = self._draft, self._incident
        draft.block()
        start = draft.here
        draft.write("After ")
        self._mention("the night")
        draft.write(f" of {incident.hours} hours all of them ")
        hours = Value(kind="duration", value=f"PT{incident.hours}H")
        self._claim("cx:operationDuration", hours, draft.since(start))
        at = draft.here
        draft.write(_OUTCOMES[incident.outcome])
        self._claim("cx:outcome", concept(f"outcome:{incident.outcome}"), Span(at, draft.here))
        draft.write(" by ")
        custodian, _ = self._organization(incident.custodian)
        self._claim("cx:custodian", refer(custodian), Span(at, draft.here))
        draft.write(", and ")
        at = draft.here
        draft.write(_DETECTIONS[incident.detection])
        self._claim("cx:detection", concept(f"detection:{incident.detection}"), Span(at, draft.here))
        self._claim("cx:operation", concept("operation:guidance"), draft.since(start), {"specificity": "specific"})
        draft.write(".")

    def _remarks(self) -> None:
        """What nobody is sure of, in a paragraph of its own: it stays in the article's graph."""
        draft, chance = self._draft, self._chance
        draft.block()
        for topic in chance.sample(_HEDGES, 2):
            start = draft.here
            self._mention("The crossing")
            draft.write(f" may have to do with {topic.replace('-', ' ')}, it was thought at the time")
            self._claim("cx:remark", concept(f"topic:{topic}"), draft.since(start), {"certainty": "possible"})
            draft.write(". ")
        start = draft.here
        self._mention("It")
        draft.write(" was no matter of unusual movement on the other side")
        activity = Value(kind="boolean", value=True)
        self._claim("cx:militaryActivity", activity, draft.since(start), {"negated": True})
        draft.write(".")

    def _time(self) -> str:
        """The day in one of the ways in which reports give it."""
        day, published = self._incident.day, self._published
        way = self._chance.random()
        since = (published - day).days if published else None
        if since is not None and way < 0.25 and 0 <= since < 7:
            words = f"On {calendar.day_name[day.weekday()]}"
            expression = _expression(weekday=day.weekday(), anchor=_ON_PUBLICATION, unit="week", offset=0)
        elif since == 1 and way < 0.5:
            words, expression = "Yesterday", _expression(unit="day", offset=-1, anchor=_ON_PUBLICATION)
        elif published is None and way < 0.5:
            words = f"On {calendar.day_name[day.weekday()]}"
            expression = _expression(weekday=day.weekday(), anchor=_ON_PUBLICATION, unit="week", offset=0)
        elif way < 0.65:
            words = f"In {calendar.month_name[day.month]} {day.year}"
            expression = _expression(edtf=f"{day.year}-{day.month:02}")
        else:
            words = f"On {calendar.month_name[day.month]} {day.day}, {day.year}"
            expression = _expression(edtf=day.isoformat())
        return self._draft.time(expression, words)

    def _mention(self, words: str) -> None:
        mention = self._draft.mention("Incident", words, chain=self._chain)
        self._chain = self._chain or mention

    def _place(self) -> None:
        place = self._incident.place
        start = self._draft.here
        mention = self._draft.mention("Place", place.pref_label, concept=place.curie)
        self._claim("cx:place", refer(mention), self._draft.since(start))

    def _organization(self, entry: Entry) -> tuple[str, str]:
        words = entry.pref_label
        start = self._draft.here
        mention = self._draft.mention("Organization", words, name=words, concept=entry.curie)
        self._draft.claim(mention, "cx:name", Value(kind="text", value=words), self._draft.since(start))
        return mention, words

    def _claim(self, predicate: str, value: Value, span: Span, meant: Meant | None = None) -> None:
        assert self._chain is not None  # the headline named the incident
        self._draft.claim(self._chain, predicate, value, span, meant)


def _count(number: int) -> str:
    return ("No one", "One", "Two", "Three", "Four")[number]


def _expression(**given: object) -> TimeExpression:
    return TimeExpression(id="t", start=0, end=1, quote="", **given)  # type: ignore[arg-type]


def published_after(day: date, chance: random.Random) -> date:
    """A day of publication: mostly within three days, else within half a year."""
    return day + timedelta(days=chance.choice((0, 1, 1, 2, 3, chance.randrange(4, 180))))

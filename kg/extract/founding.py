"""Whether a frame is of a crossing of this border by certain persons, and which way they went."""

from __future__ import annotations

import re
from functools import cached_property

from kg.extract.builder import FactsBuilder
from kg.extract.crossing_rules import CrossingRules, crossing_rules
from kg.extract.document import Sentence
from kg.extract.frames import Frame
from kg.extract.further_cases import FurtherCases, fronted
from kg.extract.geography import Geography
from kg.extract.likelihood import likelihood, told_soldier
from kg.extract.participants import Participant
from kg.extract.posts import Posts
from kg.facts.model import TimeExpression

__all__ = ["Founding"]

_TOPICAL = 2


class Founding:
    """Tells frames of incidents from other motions.

    Args:
        builder: Holds the document.
        geography: The border's geography.
    """

    def __init__(self, builder: FactsBuilder, geography: Geography) -> None:
        self.document = builder.document
        self.geography = geography
        self.border = geography.border
        self.rules: CrossingRules = crossing_rules()
        self.posts = Posts(builder, geography)
        self.further = FurtherCases(builder, geography)
        #: Whether an incident was told of before; the one who puts frames together says so.
        self.told = False

    @cached_property
    def at_home(self) -> bool:
        """Whether the article speaks of this border at all: of its home side, or of one of its named lines."""
        return any(
            spot.kind == "home" or spot.side == "home" or (spot.kind == "line" and spot.concept is not None)
            for sentence in self.document.sentences
            for spot in self.geography.spots(sentence)
        )

    def fits(self, frame: Frame, told: bool) -> bool:
        """Whether a frame is of a motion over this border by certain persons.

        Args:
            frame: The frame.
            told: Whether an incident was told of before, so that "he" or "the soldier" can be its person.
        """
        actor = frame.actor
        if actor is None or not self.at_home or self.refused(frame, actor):
            return False
        self.told = told
        taken_up = told and actor.definite
        return self._goes(frame, actor, taken_up) or likelihood(self, frame, actor) >= _LIKELY

    def refused(self, frame: Frame, actor: Participant, *, visits: bool = True) -> bool:
        """Whether a clause tells a figure, a custom, an invention, a visit or an army's move, and no crossing.

        Args:
            frame: The clause.
            actor: Who moves in it.
            visits: Whether a named person who goes over may be a guest.
        """
        if actor.generic or actor.counted or self.is_kind_of_case(frame):
            return True
        if self.is_statistic(frame, actor) and not self.handed_back(frame):
            return True
        unnumbered = actor.plural and actor.count is None and actor.name is None and not actor.definite
        if unnumbered and not actor.nouns & self.rules.group_nouns:
            return True
        if self.told_tale(frame.sentence) or self.is_incursion(frame, actor):
            return True
        return visits and self._visits(frame, actor) and not self.further.over_river(frame, actor)

    def _goes(self, frame: Frame, actor: Participant, taken_up: bool) -> bool:
        home = actor.side == "home" or (actor.side is None and "home" in frame.sides("source"))
        targets, sources = frame.sides("target", "through"), frame.sides("source")
        lines = self._lines(frame, home)
        aside = self._elsewhere(frame)
        came = actor.side != "destination" or "home" in sources or frame.backward
        reached = ("destination" in targets and came) or (home and "home" in targets and frame.backward)
        sided = bool(targets & {"home", "destination"}) or "home" in sources or "destination" in sources
        placed = "destination" in frame.sides("place")
        watery = any(s.kind == "water" for s in frame.role("place", "line", "through", "target"))
        match frame.trigger:
            case "surrender":
                return (home or told_soldier(actor)) and (placed or lines or reached or fronted(frame))
            case "hidden":
                return self.further.lay_hidden(frame, actor, home=home, told=self.told)
            case "vanish":
                return self.posts.left(frame) or (bool(frame.lines) and (home or taken_up)) or self.vanished_into(frame)
            case "defect":
                if actor.side in {"other", "destination"} and not sided and not lines:
                    return False
                return (home or sided or lines or taken_up) and (not aside or "destination" in targets)
            case "cross":
                return (
                    lines
                    or reached
                    or "home" in targets
                    or (("home" in sources) and not aside)
                    or (taken_up and placed)
                    or self.further.one_more(frame, actor, told=self.told)
                    or (told_soldier(actor) and fronted(frame))
                )
            case "leave":
                if self.posts.left(frame) and not frame.nominal and not (targets - {"destination"}):
                    return True
                if frame.nominal:
                    return lines or reached or "home" in sources or (home and not aside)
                if frame.lemma == "leave" and not reached:
                    return False
                return (
                    reached
                    or (("home" in sources) and not aside and bool(home or frame.time))
                    or (lines and actor.side in {"home", None})
                )
            case "move":
                weak = self.is_weak(frame)
                crossed = any(s.kind == "line" for s in frame.role("line", "through"))
                over_front = fronted(frame) and any(
                    c.lower_ in {"over", "across", "through"} for c in frame.head.children
                )
                if frame.nominal:
                    return (lines and crossed) or reached
                onward = any(
                    c.lower_ in self.rules.onward for c in frame.head.children if c.dep_ in {"advmod", "prt", "prep"}
                )
                if self.further.one_more(frame, actor, told=taken_up or self.told) or self._over_barrier(frame, actor):
                    return True
                if self.posts.left(frame) and self.posts.gone(frame):
                    return True
                if self.further.over_the_line(frame, actor, told=self.told) or self.further.over_river(frame, actor):
                    return True
                if frame.opposite or (taken_up and (lines or (onward and placed) or self._over(frame))):
                    return True
                if "home" in targets and "destination" in (sources | {actor.side}):
                    return True
                if "home" in frame.sides("target") and actor.side == "other" and not weak and not frame.nominal:
                    return True
                if "home" in sources and not aside and self._out_of(frame):
                    return True
                if self.further.came_by(frame, actor) or self.went_back(frame) or self.handed_back(frame):
                    return True
                if over_front or (taken_up and fronted(frame)):
                    return True
                if weak:
                    return reached or (crossed and lines)
                across = any(c.lower_ == "across" and c.dep_ in {"advmod", "prep", "prt"} for c in frame.head.children)
                return (
                    reached
                    or (crossed and lines)
                    or (taken_up and across)
                    or (home and placed and frame.lemma in self.rules.surfacing)
                )
            case "found" | "custody" if self.further.in_a_list(frame) and self.further.one_more(
                frame, actor, told=False
            ):
                return True
            case "found":
                if self.further.met_at_sea(frame, actor, told=self.told):
                    return True
                if frame.lemma in self.rules.guided:
                    return self.further.lay_hidden(frame, actor, home=home, told=self.told)
                if taken_up and self._by_destination(frame):
                    return True
                elsewhere = any(
                    s.kind in {"third", "other"} and not s.adjective for s in self.geography.spots(frame.sentence)
                )
                return home and (placed or lines or watery or (frame.vessel and not elsewhere))
            case "custody":
                return home and (lines or watery or placed or fronted(frame)) and not actor.pronoun
            case "return":
                return "home" in targets or (home and bool(frame.lines)) or self.handed_back(frame)
            case "shoot":
                return self._shot(frame, actor) and not actor.definite
            case _:
                return False

    def is_weak(self, frame: Frame) -> bool:
        """Whether a verb says nothing without a target: "put" does, "put in at a jetty" says that somebody landed."""
        landed = self.rules.landfalls.get(frame.lemma, frozenset())
        return frame.lemma in self.rules.weak and not any(c.lower_ in landed for c in frame.head.children)

    def went_back(self, frame: Frame) -> bool:
        """Whether one told of as having come goes back to the home side, on a day of its own."""
        return self.told and frame.backward and frame.time is not None and "home" in frame.sides("target")

    def handed_back(self, frame: Frame) -> bool:
        """Whether persons of the destination's side are given back over a line: "were returned through the village"."""
        if frame.actor is None or frame.actor.side != "destination" or not frame.backward or frame.time is None:
            return False
        passive = any(c.dep_ == "auxpass" for c in frame.head.children)
        return passive and bool(frame.lines) and "home" not in frame.sides("target")

    def explicit(self, frame: Frame) -> bool:
        """Whether a clause says itself which way it goes, and not only where or who."""
        return bool(frame.sides("target", "source")) or frame.trigger in {"found", "custody", "surrender"}

    @cached_property
    def on_topic(self) -> bool:
        """Whether several words of the article are those of crossings."""
        words = (t for s in self.document.sentences for t in s.span)
        return sum(t.lemma_.lower() in self.rules.topic_words for t in words) >= _TOPICAL

    def _over_barrier(self, frame: Frame, actor: Participant) -> bool:
        """Whether one of the home side goes over what lies on the way: "walked in over the mudflats"."""
        if actor.side != "home" or frame.nominal or actor.pronoun:
            return False
        return any(
            child.dep_ == "pobj"
            and child.head.lower_ in {"across", "over", "through", "under"}
            and child.lemma_.lower() in self.rules.barriers
            and child.i in frame.words
            for child in frame.head.subtree
        )

    def _out_of(self, frame: Frame) -> bool:
        """ "came out of the North": left for good, not come from there as a visitor does."""
        return any(c.lower_ == "out" for c in frame.head.children)

    def _by_destination(self, frame: Frame) -> bool:
        """Whether the other side's people found or took somebody: the agent of the passive, or the subject."""
        agent = next((c for c in frame.head.subtree if c.dep_ == "agent" and c.i > frame.head.i), None)
        doer = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
        doer = doer or next((c for c in frame.head.children if c.dep_ == "nsubj"), None)
        if doer is None:
            return False
        return any(
            s.side == "destination" and doer.left_edge.i <= s.start <= doer.i
            for s in self.geography.spots(frame.sentence)
        )

    def _over(self, frame: Frame) -> bool:
        """Whether somebody told of "came over": the adverb, with no object."""
        return any(c.lower_ in {"over", "across"} and not list(c.children) for c in frame.head.children)

    def _shot(self, frame: Frame, actor: Participant) -> bool:
        """Whether somebody was shot at the border: by the other side's men, or at a line or water."""
        at_border = self._fronted_sentence(frame) or any(
            spot.kind in {"line", "water"} for spot in self.geography.spots(frame.sentence)
        )
        sides = {spot.side for spot in self.geography.spots(frame.sentence) if spot.side is not None}
        return at_border and actor.side in {"home", "destination"} and len(sides) == 2

    def stands_alone(self, frame: Frame) -> bool:
        """Whether a frame may found an incident, not only take part in one.

        Who crossed must be told as certain persons of one side, or the clause must say itself which way they went. A
        named person without date, line or post has a biography, not an incident.
        """
        actor = frame.actor
        if actor is None or actor.pronoun:
            if actor is None or frame.time is None:
                return False
            if self.posts.taken_up(frame, actor) or self.went_back(frame):
                return True
            return bool(frame.lines) or (actor.name is not None and "destination" in frame.sides("target", "place"))
        if actor.name is not None and frame.time is None and not frame.lines and not self.posts.left(frame):
            return False
        if frame.trigger == "custody" and actor.definite:
            return False
        if self.further.one_more(frame, actor, told=self.told):
            return True
        if actor.definite and actor.name is None and not actor.another:
            return (
                frame.time is not None or bool(frame.lines) or (frame.trigger == "vanish" and self.vanished_into(frame))
            )
        return True

    def departs(self, frame: Frame) -> bool:
        """Whether a clause tells the beginning of a way and not its end: "set out from a cove", "left his post"."""
        if frame.nominal or "destination" in frame.sides("target") or frame.lines:
            return False
        particles = self.rules.departures.get(frame.lemma, frozenset())
        sets_out = any(c.lower_ in particles for c in frame.head.children)
        leaves = frame.trigger == "leave" and ("home" in frame.sides("source") or frame.lemma != "defect")
        wades = any(
            self.further.is_river(s.concept) for s in frame.role("through", "line", "target") if s.kind == "other"
        )
        return frame.trigger == "vanish" or sets_out or leaves or wades or self.posts.left(frame)

    def direction(self, frame: Frame) -> str | None:
        """The concept of the way that a frame tells, or None."""
        actor = frame.actor
        if frame.trigger == "shoot":
            return None
        targets, sources = frame.sides("target", "through", "place"), frame.sides("source")
        going = frame.sides("target")
        if self.posts.left(frame):
            return self.concept("post-abroad", "destination")
        if self.handed_back(frame):
            return self.concept("home", "destination")
        if "home" in going and "destination" not in going:
            return self.concept("destination", "home")
        if frame.backward and actor is not None and "home" in targets:
            return self.concept("destination", "home")
        if self._goes_out(frame):
            return self.concept("destination", "home")
        if "destination" in targets or "home" in sources:
            return self.concept("home", "destination")
        if "destination" in sources:
            return self.concept("destination", "home")
        if actor is not None and actor.side == "home" and not frame.backward:
            return self.concept("home", "destination")
        return None

    def _goes_out(self, frame: Frame) -> bool:
        """Whether one of the destination's side goes by himself, not back, and so into the home side."""
        actor = frame.actor
        if actor is None or actor.side != "destination" or frame.trigger != "move" or frame.backward:
            return False
        return "home" not in frame.sides("source") and not any(c.dep_ == "auxpass" for c in frame.head.children)

    def opposite(self, direction: str | None) -> str | None:
        """The direction the other way over the border."""
        ends = {d.direction: (d.origin, d.target) for d in self.border.directions}
        if direction not in ends:
            return None
        origin, target = ends[direction]
        return next((d for d, pair in ends.items() if pair == (target, origin)), None)

    def is_incursion(self, frame: Frame, actor: Participant) -> bool:
        """Whether soldiers went over the line as an army does: several of them, and shots or a retreat beside it."""
        soldiers = "actor:soldier" in actor.kinds or actor.rank is not None or bool(actor.nouns & self.rules.body_nouns)
        if not soldiers or not actor.plural:
            return False
        return any(phrase in self.document.text.lower() for phrase in self.rules.incursion)

    def is_kind_of_case(self, frame: Frame) -> bool:
        """Whether a clause only says of what kind cases are: "instances in which a soldier walked over are few"."""
        node = frame.head
        while node.dep_ in {"conj", "xcomp", "advcl"} and node.head.i != node.i:
            node = node.head
        case = node.head
        if node.dep_ not in {"relcl", "acl"} or case.tag_ != "NNS" or case.lemma_.lower() not in self.rules.case_nouns:
            return False
        return not any(c.dep_ in {"det", "nummod", "poss"} for c in case.children)

    def vanished_into(self, frame: Frame) -> bool:
        """Whether somebody who is not of the home side is gone into it: "disappeared into the North"."""
        actor = frame.actor
        if actor is None or actor.pronoun or actor.side == "home" or "home" in frame.sides("source"):
            return False
        return any(a.role == "target" and a.spot.side == "home" for a in frame.arguments)

    def told_tale(self, sentence: Sentence) -> bool:
        """Whether a sentence tells of a book or film."""
        return any(
            token.lemma_.lower() in self.rules.fiction and token.pos_ != "VERB" and token.dep_ != "compound"
            for token in sentence.span
        )

    def _visits(self, frame: Frame, actor: Participant) -> bool:
        """Whether a named person of public life steps over the line and back, as at a meeting."""
        if "actor:leader" in actor.kinds:
            return True
        going_back = frame.sides("target") == {"home"} and not frame.backward
        briefly = any(c.lower_ == "briefly" for c in frame.head.children)
        return briefly or (going_back and actor.name is not None and not actor.kinds and actor.side != "home")

    def is_statistic(self, frame: Frame, actor: Participant) -> bool:
        """Whether several persons within a month or longer are a figure, not one event."""
        if not actor.plural or frame.vessel or actor.name is not None or actor.nouns & self.rules.group_nouns:
            return False
        if any(spot.kind == "water" for spot in frame.role("line", "place", "through")):
            return False
        if actor.count is not None and actor.count > self.rules.count_limit:
            return True
        if any(t.lower_ == "within" and t.i in frame.words for t in frame.sentence.span):
            return True  # "two have defected within a week" sums up what is told elsewhere
        if _SUMMED_UP.search(frame.sentence.span.text):
            return True
        counted = bool(actor.nouns & self.rules.counted) or actor.head.tag_ == "NNPS" or actor.head.pos_ == "NUM"
        return counted and frame.time is not None and _is_long(frame.time)

    def _lines(self, frame: Frame, home: bool) -> bool:
        """Whether a line of this border is crossed: a named one, or a bare "border" that must be this one."""
        for spot in frame.role("line", "through", "target", "place"):
            if spot.kind == "water" and spot in frame.role("line", "through"):
                return True
            if spot.kind == "line" and (spot.concept is not None or home or self._both_sides(frame)):
                return True
        return False

    def _both_sides(self, frame: Frame) -> bool:
        if not self._sided(frame):
            return False
        if not self._abroad(frame):
            return True
        kinds = {spot.kind for spot in self.geography.spots(frame.sentence)}
        return (bool(kinds & {"home"}) and not kinds & {"third", "other"}) or (
            frame.actor is not None and frame.actor.definite
        )

    def _sided(self, frame: Frame) -> bool:
        """Whether a side of this border is named near a bare "border": in the sentence or one of the two before it."""
        index = frame.sentence.index
        near = [s for s in self.document.sentences if index - 2 <= s.index <= index]
        return any(spot.side is not None or spot.kind == "home" for s in near for spot in self.geography.spots(s))

    def _abroad(self, frame: Frame) -> bool:
        """Whether the sentence or the one before it speaks of another country."""
        index = frame.sentence.index
        near = [s for s in self.document.sentences if index - 1 <= s.index <= index]
        return any(spot.kind in {"third", "other"} for sentence in near for spot in self.geography.spots(sentence))

    def _fronted_sentence(self, frame: Frame) -> bool:
        return any(t.lower_ in {"front", "frontline"} for t in frame.sentence.span)

    def _elsewhere(self, frame: Frame) -> bool:
        return any(spot.kind in {"third", "other"} for spot in frame.role("target", "line"))

    def concept(self, origin: str, target: str) -> str | None:
        """The direction from one side to another: `home`, `destination` or `post-abroad`."""
        return next((d.direction for d in self.border.directions if (d.origin, d.target) == (origin, target)), None)


#: The evidence that a clause must have where no rule reads it: see `kg.extract.likelihood`.
_LIKELY = 6

#: "In the past ten years": several persons over several years are a figure.
_SUMMED_UP = re.compile(r"\b(?:past|last|previous) (?:[\w-]+ )?(?:months|years|decades?)\b", re.IGNORECASE)


def _is_long(time: TimeExpression) -> bool:
    """Whether an expression means a month or more."""
    if time.edtf is not None:
        return len(time.edtf) < len("2024-08-20") or "/" in time.edtf
    return time.day is None and time.weekday is None and (time.unit not in {"day", "week"} or time.to is not None)

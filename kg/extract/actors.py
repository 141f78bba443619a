"""Who moves in a clause: the subject, the object of being found or shot, whoever an apposition or a noun describes."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.crossing_rules import CrossingRules, crossing_rules
from kg.extract.document import Sentence
from kg.extract.modality import subject_of
from kg.extract.parsed import Token
from kg.extract.participants import Participant, Participants

__all__ = ["Actors", "met_by", "undergoer_of"]

_EVENT_NOUNS = frozenset({"NOUN", "PROPN"})


class Actors:
    """Finds actors.

    Args:
        people: Reads noun phrases.
    """

    def __init__(self, people: Participants) -> None:
        self.people = people
        self.rules: CrossingRules = crossing_rules()

    def of_verb(self, sentence: Sentence, head: Token, trigger: str) -> Participant | None:
        """Who moves in the clause of a verb."""
        if trigger in {"found", "custody", "shoot"}:
            undergoer = met_by(head) or undergoer_of(head)
            if undergoer is None and head.dep_ in {"acl"} and head.tag_ == "VBN":
                undergoer = head.head
            if undergoer is not None and undergoer.lower_ == "custody":
                # "secured the custody of one soldier"
                of = next((c for c in undergoer.children if c.dep_ == "prep" and c.lower_ == "of"), None)
                undergoer = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
            if undergoer is not None and undergoer.tag_ in {"WP", "WDT"} and head.dep_ == "relcl":
                undergoer = head.head
            if undergoer is None and trigger == "shoot":
                undergoer = next((u for u in map(undergoer_of, head.conjuncts) if u is not None), None)
            if undergoer is None and head.dep_ == "conj" and head.tag_ == "VBN":
                undergoer = subject_of(head)
            return self.people.read(sentence, undergoer) if undergoer is not None else None
        subject = subject_of(head) or _misread_subject(head)
        moved = next((c for c in head.children if c.dep_ in {"dobj", "nsubjpass"}), None)
        given_back = trigger == "return" and moved is not None
        if (
            moved is not None
            and not moved.lower_.endswith(("self", "selves"))
            and (given_back or self.rules.verb_class(head.lemma_.lower()) is None)
        ):
            carried = self.people.read(sentence, moved)
            if carried is not None:
                return carried  # "a gale blew him across": who is moved, goes
        for _ in range(4):
            if subject is None:
                return None
            read = self.people.read(sentence, subject)
            if read is not None:
                return self._apposed(sentence, subject, read)
            subject = self._origin_of(subject) or self._above(subject)
        return None

    def _apposed(self, sentence: Sentence, subject: Token, read: Participant) -> Participant:
        """The person whom an apposition or a name describes: "Ri, a counsellor who fled" is Ri."""
        if subject.dep_ == "appos" and read.name is None:
            whole = self.people.read(sentence, subject.head)
            if whole is not None and whole.name is not None:
                whole.kinds = tuple(sorted({*whole.kinds, *read.kinds}))
                whole.side = whole.side or read.side
                whole.nouns = whole.nouns | read.nouns
                return whole
        if read.name is not None:
            for child in subject.children:
                if child.dep_ in {"appos", "relcl"}:
                    said = next((c for c in child.children if c.dep_ == "attr"), None) if child.lemma_ == "be" else None
                    described = child if child.dep_ == "appos" else said
                    more = self.people.read(sentence, described) if described is not None else None
                    if more is not None:
                        read.kinds = tuple(sorted({*read.kinds, *more.kinds}))
                        read.side = read.side or more.side
                        read.nouns = read.nouns | more.nouns
                        read.rank = read.rank or more.rank
        return read

    def _origin_of(self, noun: Token) -> Token | None:
        """The person before "from the North", where the parse hangs "who crossed" on the side."""
        first = noun.left_edge.i
        if first < 2 or noun.doc[first - 1].lower_ != "from" or noun.dep_ != "pobj":
            return None
        before = noun.doc[first - 2]
        return before if before.pos_ in _EVENT_NOUNS else None

    def _above(self, noun: Token) -> Token | None:
        """The noun above one that is no person: of "a counsellor in Cuba, who fled", the counsellor."""
        node = noun
        while node.dep_ in {"pobj", "prep", "compound", "poss", "conj"} and node.head != node:
            node = node.head
            if node.pos_ in _EVENT_NOUNS:
                return node
        return None

    def of_noun(self, sentence: Sentence, head: Token) -> Participant | None:
        """Whose deed an event noun is: "his escape", "the defection of a soldier", "the flight last May of a cook"."""
        between = (c for day in head.children if day.dep_ == "npadvmod" for c in day.children if c.lower_ == "of")
        for child in (*head.children, *between):
            if child.dep_ == "poss":
                return self.people.read(sentence, child)
            if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "of"}:
                target = next((c for c in child.children if c.dep_ in {"pobj", "pcomp"}), None)
                read = self.people.read(sentence, target) if target is not None else None
                if read is not None and target is not None:
                    return self._apposed(sentence, target, read)
                # "the crossing of the border by a soldier"
                for inner in target.children if target is not None else ():
                    if inner.dep_ == "prep" and inner.lower_ == "by":
                        person = next((c for c in inner.children if c.dep_ == "pobj"), None)
                        found = self.people.read(sentence, person) if person is not None else None
                        if found is not None:
                            return found
        if head.dep_ == "dobj" and head.head.lemma_.lower() in self.rules.light:
            subject = subject_of(head.head)
            return self.people.read(sentence, subject) if subject is not None else None
        return None

    def companions(self, sentence: Sentence, head: Token) -> Iterator[Participant]:
        """Who went with the actor: "with his family"."""
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in {"with", "alongside"}:
                target = next((c for c in child.children if c.dep_ == "pobj"), None)
                read = self.people.read(sentence, target) if target is not None else None
                if read is not None:
                    yield read


def _misread_subject(verb: Token) -> Token | None:
    """The noun right before a finite verb that the parser took for a part of it ("a defector swam")."""
    if verb.lower_ in crossing_rules().irregular and verb.head.lemma_ == "have":
        return subject_of(verb.head)  # "he had swum", taken for a thing that he had
    before = verb.doc[verb.i - 1] if verb.i > verb.sent.start else None
    finite = verb.tag_ in {"VBD", "VBP", "VBZ"} or verb.lower_ in crossing_rules().irregular
    return (
        before if finite and before is not None and before.head == verb and before.dep_ in {"compound", "dep"} else None
    )


def met_by(verb: Token) -> Token | None:
    """Whom or what somebody comes upon by chance: "came upon the boat", "stumbled on a man"."""
    words = crossing_rules().finding.get(verb.lemma_.lower())
    if not words or subject_of(verb) is None:
        return None
    for child in verb.children:
        if child.dep_ in {"prep", "prt", "advmod"} and child.lower_ in words:
            met = next((c for c in child.children if c.dep_ == "pobj"), None)
            met = met or next((c for c in verb.children if c.dep_ == "dobj" and c.i > child.i), None)
            rules = crossing_rules()
            if met is not None and (met.lemma_.lower() in rules.person_nouns | rules.carriers or met.pos_ == "PRON"):
                return met
    return None


def undergoer_of(verb: Token) -> Token | None:
    """What a verb is done to, as its own dependent: the object, or the subject of the passive."""
    for child in verb.children:
        if child.dep_ in {"nsubjpass", "dobj"} or (child.dep_ == "ccomp" and child.pos_ in {"NOUN", "PROPN"}):
            return child
    return None

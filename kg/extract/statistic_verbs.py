"""Verbs of statistics: which one tells what the counted persons did, and whether that is coming over or going back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.statistic_rules import StatisticRules

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["clause_verb", "deed", "goes_back", "is_arrival", "is_let_in", "lives_there", "stays_on"]

_JOURNEY = frozenset({"it", "journey", "trip", "crossing", "way", "escape", "trek"})
_BACK = frozenset({"back", "home"})
#: A side of a border by the point of the compass where it lies, and common nouns and adverbs for one.
_BEARINGS = frozenset({"North", "South", "East", "West"})
_PLACES = frozenset({"country", "border", "frontier", "line"}) | {
    point + ending for point in ("north", "south", "east", "west") for ending in ("", "ward", "wards")
}
#: How far behind a verb the word stands that makes it one of coming over ("made entirely new lives").
_NEAR = 5
_PASSED_ON = ("xcomp", "ccomp", "oprd", "advcl")


def clause_verb(token: Token) -> Token:
    """The verb that a word belongs to, or the head of its sentence where there is none."""
    node = token
    while node.head.i != node.i and node.pos_ not in ("VERB", "AUX"):
        node = node.head
    return node


def deed(verb: Token, rules: StatisticRules) -> Token:
    """The verb that tells what the subject did: "are known to have crossed", "managed to get out"."""
    node = verb
    while node.lemma_.lower() in rules.raising:
        below = next(
            (
                child
                for child in node.children
                if child.dep_ in _PASSED_ON and child.pos_ in ("VERB", "AUX") and _is_infinitive(child)
            ),
            None,
        )
        if below is None:
            return node
        node = below
    return node


def _is_infinitive(verb: Token) -> bool:
    return any(child.dep_ in ("aux", "auxpass") and child.lower_ == "to" for child in verb.children)


def is_arrival(verb: Token, rules: StatisticRules, *, bare: bool = False) -> bool:
    """Whether a verb tells of coming over; "come", "travel" do where they name the place that is reached.

    Args:
        verb: The verb.
        rules: The words.
        bare: Take "came" without any place as well: the words before it have told what is counted.
    """
    if goes_back(verb, rules):
        return False
    lemma = verb.lemma_.lower()
    if lemma in rules.arrive:
        return True
    wanted = rules.phrases.get(lemma)
    doc = verb.doc
    if wanted and any(
        t.lemma_.lower() in wanted for t in doc[verb.i + 1 : verb.i + 1 + _NEAR] if _same_clause(verb, t)
    ):
        return True
    if lemma not in rules.move:
        return False
    if lemma == "make":
        return any(child.dep_ == "dobj" and child.lemma_.lower() in _JOURNEY for child in verb.children)
    ways = [child for child in verb.children if child.dep_ in ("prep", "advmod", "dobj", "npadvmod", "prt")]
    if any(_is_place(token) for child in ways for token in child.subtree if child.lower_ not in ("from", "of")):
        return True
    return bare and lemma in ("come", "land") and not any(c.lower_ in ("from", "to", "of", "into") for c in ways)


def _same_clause(verb: Token, token: Token) -> bool:
    """Whether no mark of a clause stands between a verb and a word behind it."""
    return not any(t.text in ",;:." or t.pos_ == "VERB" for t in verb.doc[verb.i + 1 : token.i])


def _is_place(token: Token) -> bool:
    return (
        token.ent_type_ in ("GPE", "LOC")
        or token.text in _BEARINGS
        or token.lower_ in _PLACES
        or (token.dep_ == "pobj" and token.head.lower_ == "across")
    )


def goes_back(verb: Token, rules: StatisticRules) -> bool:
    """Whether a verb tells of going back: "returned to the North", "were sent back", "went home"."""
    lemma = verb.lemma_.lower()
    if lemma in rules.returns:
        return True
    if lemma not in rules.back:
        return False
    after = verb.doc[verb.i + 1 : verb.i + 1 + _NEAR]
    return any(token.lower_ in _BACK and _same_clause(verb, token) for token in after)


def is_let_in(noun: Token, verb: Token, rules: StatisticRules) -> bool:
    """Whether persons are those whom a verb lets in: "were admitted", "the country took in 60 people"."""
    lemma = verb.lemma_.lower()
    shelter = {"asylum", "refuge", "protection", "citizenship", "entry", "shelter"}
    if noun.dep_ == "pobj" and noun.head.lower_ == "to" and lemma in ("grant", "give", "offer", "award"):
        return any(child.dep_ == "dobj" and child.lemma_.lower() in shelter for child in verb.children)
    if lemma not in rules.admit or noun.dep_ not in ("nsubjpass", "dobj"):
        return False
    after = {token.lower_ for token in verb.doc[verb.i + 1 : verb.i + 1 + _NEAR]}
    if lemma in ("let", "take"):
        return "in" in after
    if lemma in ("grant", "give", "award"):
        return bool(after & {*shelter, "refugee"})
    return True


def lives_there(verb: Token) -> bool:
    """Whether a verb of living names the country in a phrase of its own ("now live in the South")."""
    places = [child for prep in verb.children if prep.dep_ == "prep" and prep.lower_ == "in" for child in prep.children]
    return verb.lemma_.lower() in ("live", "reside") and any(
        place.dep_ == "pobj" and _is_place(place) for place in places
    )


def stays_on(verb: Token, rules: StatisticRules) -> bool:
    """Whether a verb tells of a choice to stay: "31 elected to remain"."""
    if verb.lemma_.lower() not in rules.choose:
        return False
    after = verb.doc[verb.i + 1 : verb.i + 4]
    return any(token.lower_ == "to" and token.nbor().lemma_.lower() in rules.stay for token in after[:-1])

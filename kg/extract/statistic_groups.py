"""Counts of the groups of a whole: rows of a list by age ("40s: 38 persons") and places with a number in brackets.

Offices publish a total and then its parts, by age, by province. A row names the group and gives a bare number; that it
counts those who came over is said by the total before it. Such a part takes the period and the whole of that total.
"""

from __future__ import annotations

import re

from kg.extract.document import Sentence
from kg.extract.quantities import NumberPhrase
from kg.extract.statistic_rules import StatisticRules, any_of
from kg.extract.statistic_verbs import clause_verb
from kg.extract.statistic_words import Figure, block_base, make_figure

__all__ = ["carry_total", "group_count", "in_age_label"]

_DECADES = "teens|twenties|thirties|forties|fifties|sixties|seventies|eighties"
_AGE = rf"(?:\d{{1,3}}s?|{_DECADES}|teenagers|minors|children|infants)"
_SPAN = (
    rf"(?:(?:people|persons|those|entrants) )?(?:(?:in their|aged?|ages|between|under|over|below|above|up to) )*{_AGE}"
    rf"(?:(?: ?[-\u2013] ?|\+| to | and | or )(?:{_AGE}|older|over|above|younger|under|below|up|more))*"
)
#: A row of a list from its beginning to its number: the label of an age group and a mark.
_LABEL = (
    rf"^[^\w\n]*(?P<label>{_SPAN})(?: years?(?: old| of age)?)?"
    r"(?:,? (?:combined|together|in all))? ?[:|\u2013\u2014\t] ?"
)
_TAIL = r"(?: ?(?:persons?|people|individuals|{crossers})\b)?(?: ?\([^()\n]*\))?[^\w\n]*$"
_YOUNG = re.compile(r"\b2\ds?\b|twent", re.IGNORECASE)
_OLD = re.compile(r"\b[4-9]\ds?\b|fort|fift|sixt|sevent|eight|over\b|above\b|older\b|more\b|up$|\+", re.IGNORECASE)
_CHILD = re.compile(r"children|minors|infants|teen|\b1\d (?:and|or) (?:under|younger)", re.IGNORECASE)
_MINOR = re.compile(r"(?:\b(?:under|below|up to) 1?\d|\b1?\d(?: ?[-\u2013] ?| to )1\d|\b10s)\b", re.IGNORECASE)


def _line(phrase: NumberPhrase) -> tuple[str, int, int]:
    """The line of a number, and where the number stands in it."""
    text, base = phrase.number.doc.text, block_base(phrase)
    first = text.rfind("\n", 0, phrase.start - base) + 1
    last = text.find("\n", phrase.end - base)
    line = text[first : last if last >= 0 else len(text)]
    return line, phrase.start - base - first, phrase.end - base - first


def in_age_label(phrase: NumberPhrase) -> bool:
    """Whether a number only names the age group of a row: "Under 10: 4", "20s: 31 persons"."""
    line, start, _ = _line(phrase)
    match = re.match(_LABEL, line, re.IGNORECASE)
    return match is not None and start < match.end()


def group_count(
    phrase: NumberPhrase, sentence: Sentence, told: list[Figure], rules: StatisticRules, *, counting: bool
) -> Figure | None:
    """The figure of a row by age, or of a place of origin with its number in brackets.

    Args:
        phrase: The number.
        sentence: Its sentence.
        told: The figures told shortly before.
        rules: The words.
        counting: Whether the article has told figures at all: without a total before it a row counts nothing.
    """
    if not (told or counting) or phrase.qualitative is not None or phrase.unit != "unit:NUM":
        return None
    population = _age_group(phrase, rules)
    if population is None and not _of_place(phrase, sentence, rules):
        return None
    figure = make_figure(phrase, sentence, clause_verb(phrase.number.root), rules, part=True)
    figure.population, figure.group = population or "defectors", True
    return figure


def _age_group(phrase: NumberPhrase, rules: StatisticRules) -> str | None:
    """The population of a row by age, as far as the vocabulary has one."""
    line, start, end = _line(phrase)
    match = re.match(_LABEL, line, re.IGNORECASE)
    if match is None or match.end() != start:
        return None
    if (
        re.match(_TAIL.format(crossers=any_of(word + "s" for word in rules.crossers)), line[end:], re.IGNORECASE)
        is None
    ):
        return None
    label = match["label"]
    if _OLD.search(label):
        return "defectors"
    if _YOUNG.search(label):
        return "young-people"
    return "children" if _CHILD.search(label) or _MINOR.search(label) else "defectors"


def _of_place(phrase: NumberPhrase, sentence: Sentence, rules: StatisticRules) -> bool:
    """Whether a number in brackets stands behind a place, in a list of where those who came are from."""
    text, base = sentence.span.doc.text, block_base(phrase)
    before = text[sentence.span.start_char : phrase.start - base]
    if not before.endswith("(") or text[phrase.end - base : phrase.end - base + 1] != ")":
        return False
    opened = phrase.number.start - 1
    place = sentence.span.doc[opened - 1] if opened > sentence.span.start else None
    if place is None or place.pos_ != "PROPN":
        return False
    counted = any_of(word + "s" for word in rules.crossers)
    origin = (
        rf"\b(?:{counted}|people|those|residents|many|most) (?:who (?:came|come|were) )?from\b|\bcame from\b|hometown"
    )
    return re.search(origin, before, re.IGNORECASE) is not None


def carry_total(figures: list[Figure], told: list[Figure]) -> None:
    """Give the parts of a sentence the period of the total before them that they are parts of.

    A part without a time of its own is one of the total that the article opens with, unless a count over all time was
    told right before it; a row of a list is so in any case.

    Args:
        figures: The figures of the sentence, with the periods that their own words give.
        told: All figures of the article before it.
    """
    total = _total(told)
    if total is None:
        return
    last = next((f for f in reversed(told) if not (f.part or f.group)), total)
    for figure in figures:
        text = figure.sentence.span.doc.text[figure.phrase.end - block_base(figure.phrase) :]
        if re.match(r" of (?:all|those|the)\b[^,;.]* have\b", text):
            continue  # "of all those who have come": a share over all time
        if figure.group or (
            last.measure != "cumulative-arrivals" and figure.part and figure.period is None and figure.route is None
        ):
            fits = figure.phrase.unit != "unit:NUM" or (figure.phrase.amount or 0) <= (total.phrase.amount or 0)
            if fits and figure.phrase.qualitative is None and figure.measure in ("arrivals", "share"):
                figure.period = figure.period or total.period
                figure.whole = total if figure.group else figure.whole


def _total(told: list[Figure]) -> Figure | None:
    """The first dated count of all arrivals that is no part: an office gives it before the parts, older ones after."""
    for figure in told:
        whole = figure.measure == "arrivals" and figure.population == "defectors" and figure.period is not None
        if whole and not (figure.part or figure.older or figure.group) and figure.phrase.qualitative is None:
            return figure
    return None

"""Which numbers of a sentence are statistics of people who come over a border, and of what kind.

Number-centric: each number is taken or left by the noun that it counts and the verb that this noun belongs to, or,
where no noun stands with it, by the total that carries it ("the number stood at 48", "up from 67").
"""

from __future__ import annotations

import re

from kg.extract.document import Sentence
from kg.extract.quantities import NumberPhrase
from kg.extract.statistic_counts import counted
from kg.extract.statistic_ellipsis import elliptical
from kg.extract.statistic_groups import group_count, in_age_label
from kg.extract.statistic_rules import StatisticRules, any_of, statistic_rules
from kg.extract.statistic_shares import difference, percentage, qualitative_share
from kg.extract.statistic_words import RATE, Figure, block_base
from kg.extract.statistic_years import year_to_date
from kg.facts.model import TimeExpression

__all__ = ["figure_of", "is_cumulative", "is_single_event"]

_RATE = (
    r"\b(?:(?:a|per|each|every) (?:day|week|month|year|hour)\b(?! (?:ago|earlier|before|later|after|prior))"
    r"|annually|on average|an average of)"
)
_A_YEAR = r"\b(?:(?:a|per|each|every) year\b(?! (?:ago|earlier|before|later|after|prior))|annually|yearly)"
_MODAL = ("may", "might", "could", "would", "will", "shall")
#: Fewer are as likely to have come together as in a year.
_FEW = 10
#: So many do not come in one year: without a date they are a count over all time.
_MANY = 1000


def figure_of(
    phrase: NumberPhrase,
    sentence: Sentence,
    told: list[Figure],
    on_topic: bool,
    rules: StatisticRules,
    *,
    counting: bool = False,
) -> Figure | None:
    """The figure that a number is, or None where it counts something else.

    Args:
        phrase: The number.
        sentence: Its sentence.
        told: The figures accepted before it in this block and the one before.
        on_topic: Whether the block is about people who come over a border.
        rules: The words.
        counting: Whether the article has told figures at all.
    """
    if not on_topic and not told:
        return None
    if _again_whole(phrase, sentence, told) or in_age_label(phrase):
        return None
    group = group_count(phrase, sentence, told, rules, counting=counting)
    if group is not None:
        return group
    if phrase.unit == "unit:PERCENT":
        return percentage(phrase, sentence, told, rules, counting=counting)
    if phrase.unit != "unit:NUM":
        return None
    if phrase.qualitative is not None and phrase.qualitative in rules.shares:
        return qualitative_share(phrase, sentence, rules)
    figure = difference(phrase, sentence, told, rules) if phrase.qualitative is None else None
    if figure is not None:
        return figure
    if phrase.noun is not None:
        figure = counted(phrase, phrase.noun, sentence, told, rules)
    else:
        figure = (
            None if phrase.qualitative is not None else elliptical(phrase, sentence, told, rules, counting=counting)
        )
    if figure is not None and _is_rate(phrase, sentence):
        if _is_forecast(figure):
            return None
        # So many a year is told of a time of several years, of which no single one has that number.
        figure.rate = True
        figure.measure = figure.measure if _is_rate(phrase, sentence, _A_YEAR) else RATE
    return figure


def _again_whole(phrase: NumberPhrase, sentence: Sentence, told: list[Figure]) -> bool:
    """Whether a number only says again of how many a part is: "five of the 218"."""
    before = sentence.span.doc.text[sentence.span.start_char : phrase.number.start_char]
    whole = re.search(r"\b(?:of|among) (?:the|those|these) $", before, re.IGNORECASE) is not None
    return whole and any(f.phrase.amount == phrase.amount and f.phrase.unit == phrase.unit for f in told)


def _is_forecast(figure: Figure) -> bool:
    """'The number could climb to 400 a year'."""
    return any(child.dep_ == "aux" and child.lower_ in _MODAL for child in figure.head.children)


def _is_rate(phrase: NumberPhrase, sentence: Sentence, words: str = _RATE) -> bool:
    """'Several thousand men a day', 'about 1,000 flee each year'."""
    doc = sentence.span.doc
    after = re.split(r"[,;:]", doc.text[phrase.number.end_char : sentence.span.end_char])[0]
    before = re.split(r"[,;:]", doc.text[sentence.span.start_char : phrase.number.start_char])[-1]
    return re.search(words, after, re.IGNORECASE) is not None or re.search(words, before, re.IGNORECASE) is not None


def is_cumulative(figure: Figure) -> bool:
    """Whether a count runs over all time: by a word beside it, by "since", or by a perfect without a period.

    A period that the word "cumulative" rules out is taken away again.
    """
    rules = statistic_rules()
    text = figure.sentence.span.doc.text
    place = figure.phrase.start - block_base(figure.phrase)
    start = max(text.rfind(mark, 0, place) for mark in (";", ", ", ". "))
    end = min([i for i in (text.find(mark, place) for mark in (";", ", ", ". ")) if i > 0] or [len(text)])
    near = text[max(start, figure.sentence.span.start_char) : min(end, figure.sentence.span.end_char)]
    # "In the past five years" is a period like another; "since 1998" runs over all that is counted.
    opened = figure.period is not None and figure.period.modifier in ("since", "until") and not _is_past(figure.period)
    if re.search(rf"\b(?:{any_of(rules.cumulative)})\b", near, re.IGNORECASE):
        figure.period = figure.period if opened else None
        return True
    noun = figure.phrase.noun
    if noun is not None and noun.lemma_.lower() in rules.marks:
        figure.period = None
        return True
    if figure.rate or (figure.period is not None and year_to_date(figure.period, figure.phrase.amount)):
        return False
    if figure.period is not None:
        years = re.fullmatch(r"\d{4}/\d{4}", figure.period.edtf or "") is not None
        return opened or (years and (figure.phrase.amount or 0) >= 5 * _MANY)
    if re.search(rf"\b(?:{any_of(rules.overall)})\b", near, re.IGNORECASE):
        return True
    if figure.part and not figure.older and figure.population == "defectors":
        return (figure.phrase.amount or 0) >= _MANY
    if figure.part or figure.older:
        return False
    auxiliaries = [child for child in figure.head.children if child.dep_ == "aux" and child.lemma_ == "have"]
    perfect = any(child.tag_ in ("VBP", "VBZ") for child in auxiliaries)
    return perfect or (figure.phrase.amount or 0) >= _MANY or figure.phrase.qualitative is not None


def _is_past(period: TimeExpression) -> bool:
    return period.modifier == "since" and period.unit is not None and period.anchor is not None


def is_single_event(figure: Figure, told: list[Figure]) -> bool:
    """Whether a number tells how many crossed together, not how many crossed in a period."""
    phrase, period = figure.phrase, figure.period
    if (
        figure.repeated
        or figure.rate
        or figure.measure in ("share", "increase", "decrease")
        or phrase.qualitative is not None
    ):
        return False
    if figure.part or figure.older or any(other.sentence.block is figure.sentence.block for other in told):
        return False
    amount = phrase.amount or 0
    if period is None:
        return figure.measure != "cumulative-arrivals" and (phrase.noun is not None or amount < _FEW)
    short = period.month is not None or period.weekday is not None or period.unit in ("day", "week", "month")
    short = short or (
        period.edtf is not None and re.fullmatch(r"\d{4}-(?:0\d|1[0-2])(?:-\d\d)?", period.edtf) is not None
    )
    if short and period.to is None and period.modifier != "since":
        return amount < 3 * _FEW and phrase.noun is not None
    doc = phrase.number.doc
    words = doc[max(0, phrase.number.start - 3) : phrase.number.start]
    if any(word.lower_ in ("only", "just", "mere", "merely") for word in words):
        return False
    return amount < _FEW and figure.measure != "cumulative-arrivals" and phrase.noun is not None

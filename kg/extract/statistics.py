"""The statistics of an article: numbers of people who come over a border, shares, changes, ratios and trends.

`kg.extract.statistic_figures` takes or leaves each number, `kg.extract.statistic_periods` dates it; here the parts come
together and become mentions and claims. Two figures of one article that say the same (value, measure, population,
period) are one statistic; so are all counts over all time of one population.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from kg.extract.attribution import attribution_mention, is_official
from kg.extract.builder import FactsBuilder
from kg.extract.document import offsets
from kg.extract.lexicon import Lexicon
from kg.extract.modality import assess
from kg.extract.quantities import NumberPhrase, add_quantity, numbers_of
from kg.extract.scanning import small
from kg.extract.statistic_figures import figure_of, is_cumulative, is_single_event
from kg.extract.statistic_groups import carry_total
from kg.extract.statistic_movements import date_movement, movements
from kg.extract.statistic_periods import agree, date_figures, same_period
from kg.extract.statistic_rules import StatisticRules, any_of, statistic_rules
from kg.extract.statistic_scene import Scene
from kg.extract.statistic_words import RATE, Figure
from kg.extract.statistic_years import from_new_year, year_to_date
from kg.facts.model import Attribution, Evidence, Mention, Value

__all__ = ["find_statistics"]

#: An article with so many words of crossing is about it; in another each block must say so itself.
_ON_TOPIC = 3
#: From so many figures on, an article is about numbers, and they go on over more than the next paragraph.
_DENSE = 4
_COUNTS = ("arrivals", "cumulative-arrivals", "crossings")
_BREAK = re.compile(r"[;:\u2014]\s*|,\s|\.\s")


def find_statistics(builder: FactsBuilder, lexicon: Lexicon, rules: StatisticRules | None = None) -> None:
    """Add the statistics of the article, with their quantities and claims.

    Args:
        builder: Holds the time expressions and the names found before.
        lexicon: The vocabularies; a measure that it lacks falls back on `measure:change`.
        rules: The words; absent: the general pack, with the words for the lines of the border.
    """
    if rules is None:
        general = statistic_rules()
        lines = {word.lower() for line in lexicon.border.lines for word in line.words if " " not in word}
        rules = msgspec.structs.replace(general, direct_objects=general.direct_objects | lines)
    figures = _figures(builder, lexicon, rules)
    _link_wholes(builder, figures)
    made: list[tuple[Figure, Mention]] = []
    spoken: Attribution | None = None
    for position, figure in enumerate(figures):
        before = figures[position - 1] if position else None
        if before is None or before.sentence.block is not figure.sentence.block:
            spoken = None
        spoken = _emit(builder, lexicon, figure, made, spoken)


def _figures(builder: FactsBuilder, lexicon: Lexicon, rules: StatisticRules) -> list[Figure]:
    """The figures of all sentences, in the order of the text."""
    phrases = [p for p in numbers_of(builder.document) if builder.time_within(p.start, p.end) is None]
    crossers = "population:defectors"
    wider = {crossers, *lexicon.ancestors(crossers)}
    # The people of the side that is left, by the name that the border's gazetteer gives them.
    people = [e for e in lexicon.entries("population") if e.curie in wider or wider.intersection(e.broader)]
    names = [word for entry in people for word in entry.words()]
    pattern = re.compile(rf"\b(?:{any_of(small(word) for word in (*rules.domain, *names))})")
    spoken = small(" ".join(doc.text for _, doc in builder.document.parses))
    about = len(pattern.findall(spoken)) >= _ON_TOPIC
    scene = Scene(builder, lexicon)
    found: list[Figure] = []
    blocks: list[str] = []
    for sentence in builder.document.sentences:
        if sentence.block.kind != "heading" and (not blocks or blocks[-1] != sentence.block.id):
            blocks.append(sentence.block.id)
        window = blocks[-2:] if len(found) < _DENSE else blocks[-5:]
        near = [figure for figure in found if figure.sentence.block.id in (*window, sentence.block.id)]
        on_topic = about or pattern.search(small(sentence.span.doc.text)) is not None
        moves = [move for move in movements(builder, sentence, rules, on_topic) if scene.holds(move)]
        here: list[Figure] = []
        for phrase in phrases:
            if sentence.start <= phrase.start and phrase.end <= sentence.end:
                figure = figure_of(phrase, sentence, [*near, *moves, *here], on_topic, rules, counting=bool(found))
                if figure is not None and scene.holds(figure):
                    here.append(figure)
        same_block = [figure for figure in near if figure.sentence.block.id == sentence.block.id]
        date_figures(builder, here, same_block)
        carry_total(here, found)
        kept: list[Figure] = []
        for figure in here:
            if figure.measure == "arrivals" and is_cumulative(figure):
                figure.measure = "cumulative-arrivals"
            elif (
                figure.period is not None
                and year_to_date(figure.period, figure.phrase.amount)
                and not any(o.measure == "cumulative-arrivals" and o.period is figure.period for o in kept)
            ):
                known = next((o.period for o in here if o is not figure and o.was is figure.period), None)
                figure.was, figure.period = figure.period, known or from_new_year(builder, figure.period)
            if not is_single_event(figure, [*same_block, *moves, *kept]):
                kept.append(figure)
        found += kept + [move for move in moves if date_movement(builder, move, kept, near)]
    return sorted((f for f in found if f.measure != RATE), key=lambda figure: figure.phrase.start)


def _link_wholes(builder: FactsBuilder, figures: list[Figure]) -> None:
    """Give each part the whole that it is of: the last count of all before it with the same period."""
    for position, figure in enumerate(figures):
        if (
            figure.whole is not None
            or not figure.part
            or figure.route is not None
            or figure.phrase.qualitative is not None
        ):
            continue
        for other in reversed(figures[:position]):
            if other.population != "defectors" or other.measure not in _COUNTS or other.older:
                continue
            if other.part and other.population == figure.population and not figure.of_told:
                continue
            # "76 of them" goes back to the nearest count; women are women of a count of the same period.
            bound = figure.population == "defectors" or figure.of_told
            near = bound and other.sentence.index >= figure.sentence.index - 2
            holds = figure.measure == "share" or (other.phrase.amount or 0) >= (figure.phrase.amount or 0)
            if holds and (near or same_period(builder, figure.period, other.period)):
                figure.whole = other
                if other.measure == "cumulative-arrivals" and figure.measure == "arrivals" and figure.period is None:
                    figure.measure = other.measure
                break


def _emit(
    builder: FactsBuilder,
    lexicon: Lexicon,
    figure: Figure,
    made: list[tuple[Figure, Mention]],
    spoken: Attribution | None,
) -> Attribution | None:
    """Add the mention and claims of a figure; returns who is speaking, for the figure after it."""
    phrase, document = figure.phrase, builder.document
    modality = assess(figure.sentence, figure.head)
    attribution = attribution_mention(builder, modality.attribution or _last_words(builder, figure)) or spoken
    reported = modality.certainty == "asserted" and attribution is not None
    general = phrase.qualitative is not None and figure.measure == "share"
    chain = next((mention.chain for other, mention in made if _is_same(builder, figure, other)), None)
    mention = builder.mention("Statistic", phrase.start, phrase.end, chain=chain)
    made.append((figure, mention))
    here = _evidence(builder, figure)

    def claim(predicate: str, value: Value, raw: str | None = None, evidence: Sequence[Evidence] = (here,)) -> None:
        builder.claim(
            mention,
            predicate,
            value,
            evidence,
            raw=raw,
            certainty="reported" if reported else modality.certainty,
            specificity=modality.specificity if general else "specific",
            negated=modality.negated,
            tense=modality.tense,
            attribution=attribution,
        )

    quantity = add_quantity(builder, phrase)
    claim("cx:value", Value(kind="quantity", value=quantity.id), quantity.quote)
    known = f"measure:{figure.measure}" in lexicon or figure.measure not in ("increase", "decrease")
    claim("cx:measure", Value(kind="concept", value=f"measure:{figure.measure if known else 'change'}"))
    claim("cx:population", Value(kind="concept", value=f"population:{figure.population}"))
    period = figure.period
    if period is not None:
        beside = here.start <= period.start and period.end <= here.end
        words = (here,) if beside else (document.evidence(period.start, period.end), here)
        claim("cx:period", Value(kind="time", value=period.id), period.quote, words)
    speaker = builder.mentions.get(attribution.mention) if attribution is not None and attribution.mention else None
    if attribution is not None and speaker is not None and speaker.cls == "Organization":
        source = document.evidence(attribution.start, attribution.end)
        claim("cx:reportedBy", Value(kind="mention", value=speaker.id), attribution.text, (source,))
    whole = next((m for other, m in made if other is figure.whole), None)
    if whole is not None and whole.chain != mention.chain:
        claim("cx:shareOf", Value(kind="mention", value=whole.id), whole.quote)
    route = builder.mention_within("Route", *offsets(figure.route.subtree)) if figure.route is not None else None
    if route is not None:
        claim("cx:viaRoute", Value(kind="mention", value=route.id), route.quote)
    return attribution


def _last_words(builder: FactsBuilder, figure: Figure) -> Attribution | None:
    """The speaker whom the end of the sentence names, where the parse puts no verb of saying above the clause."""
    sentence, verbs = figure.sentence, any_of(statistic_rules().speaking)
    spoken = rf", (?P<who>[^,;:\u2014]{{3,90}}?) (?:{verbs})\b[^,;:\u2014]{{0,40}}$"
    match = re.search(spoken, sentence.span.text)
    if (
        match is None
        or sentence.start + match.start() < figure.phrase.end
        or re.search(r"\b(?:who|which)\b", match["who"])
    ):
        return None
    start, end = sentence.start + match.start("who"), sentence.start + match.end("who")
    words = builder.document.quote(start, end)
    return Attribution(text=words, start=start, end=end, official=is_official(words))


def _is_same(builder: FactsBuilder, one: Figure, other: Figure) -> bool:
    """Whether two figures of an article are one statistic."""
    if (one.measure, one.population) != (other.measure, other.population):
        return False
    if one.measure == "cumulative-arrivals":
        return (
            one.phrase.qualitative is not None
            or other.phrase.qualitative is not None
            or _close(one.phrase, other.phrase)
        )
    value = ("value", "lower", "upper", "qualitative")
    if any(getattr(one.phrase, name) != getattr(other.phrase, name) for name in value):
        return False
    # "181 so far this year" in a headline and "181 in the first nine months" below it are one count.
    return agree(builder, one.period, other.period)


def _close(one: NumberPhrase, other: NumberPhrase) -> bool:
    """Whether two counts over all time are one count, rounded differently: within a twentieth."""
    first, second = one.amount or 0.0, other.amount or 0.0
    if all(phrase.qualifier == "exact" and (phrase.amount or 0) % 500 for phrase in (one, other)):
        return first == second  # two sources that count to the last person and do not agree
    return abs(first - second) <= max(first, second) / 20


def _evidence(builder: FactsBuilder, figure: Figure) -> Evidence:
    """The run of words that gives a figure: its clause part, with its period where that stands beside it."""
    sentence, phrase = figure.sentence, figure.phrase
    start, end = phrase.start, phrase.end
    period = figure.period
    if (
        period is not None
        and sentence.start <= period.start
        and period.end <= sentence.end
        and abs(period.start - start) < 120
    ):
        start, end = min(start, period.start), max(end, period.end)
    clause = figure.head.subtree
    first, last = offsets(clause)
    if figure.measure == "share" and phrase.qualitative is not None:
        return _trimmed(builder, start, max(end, last))
    text = builder.document.text
    left = [match.end() for match in _BREAK.finditer(text, sentence.start, start)]
    right = _BREAK.search(text, end, sentence.end)
    start = max(left[-1] if left else sentence.start, min(first, start))
    end = min(right.start() if right else sentence.end, max(last, end))
    return _trimmed(builder, start, end)


def _trimmed(builder: FactsBuilder, start: int, end: int) -> Evidence:
    text = builder.document.text
    while end > start and text[end - 1] in '.,;: \n"\u201d':
        end -= 1
    return builder.document.evidence(start, end)

"""Numbers of an article: their value or bounds, qualifier, unit, and the noun that they count.

What only looks like a quantity is left out: ages, sums of money, dates and years, clock times, ordinals, numbers of
lists, parts of names ("22nd Division", "Article 5") and frequencies ("24 hours a day").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.builder import FactsBuilder
from kg.extract.document import Document
from kg.extract.scanning import Scanner, small
from kg.extract.statistic_rules import StatisticRules, any_of, statistic_rules
from kg.facts.model import Qualifier, Quantity

if TYPE_CHECKING:
    from kg.extract.parsed import Doc, Span, Token

__all__ = ["NumberPhrase", "add_quantity", "find_quantities", "numbers_of", "read_number"]

_QUALIFIERS: dict[str, Qualifier] = {
    "more-than": "more-than",
    "at-least": "at-least",
    "less-than": "less-than",
    "at-most": "at-most",
    "nearly": "nearly",
    "approximately": "approximately",
}
_NUMBERS = "numbers"
_MONEY = r"(?:us ?|hk ?)?[$€£¥₩]|usd|krw"
_CURRENCY = r"(?:won|dollars?|euros?|yuan|yen|pounds?|cents?)\b"
_TIMES = r"(?:a\.?m|p\.?m|o'clock|years?|months?|weeks?|days?|minutes?|seconds?|times?|degrees?)\b(?!-on)"
_NAMED = r"\b(?:article|no|number|page|chapter|section|room|unit|highway|route|building|camp|bureau|channel|phase)\.? $"


@dataclass(frozen=True)
class NumberPhrase:
    """A number with the words that belong to it; offsets count over the article's text.

    Attributes:
        start: First code point, of the qualifier where there is one.
        end: One past the last code point, of the unit of measure where there is one.
        number: The tokens of the number alone.
        value: The number, absent where the words give bounds or no number.
        lower: The lower bound.
        upper: The upper bound.
        qualifier: How exactly the number is meant.
        qualitative: The words, where they give no number ("tens of thousands").
        unit: A QUDT unit, `unit:NUM` for what is counted.
        noun: What is counted, where a noun stands with the number.
    """

    start: int
    end: int
    number: Span
    value: str | None = None
    lower: str | None = None
    upper: str | None = None
    qualifier: Qualifier = "exact"
    qualitative: str | None = None
    unit: str = "unit:NUM"
    noun: Token | None = None

    @property
    def amount(self) -> float | None:
        """The value or the bound that the words name, as a number."""
        text = self.value or self.lower or self.upper
        return float(text) if text is not None else None


@cache
def _patterns() -> tuple[Scanner, ...]:
    rules = statistic_rules()
    word = any_of(rules.numbers)
    scale = any_of(rules.scales)
    digits = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    spelled = rf"\b(?:{word})(?:[- ](?:{word}|{scale}|and))*(?:[- ](?:{word}|{scale}))?\b"
    number = rf"(?:(?:{digits})(?: (?:{scale})\b)?|{spelled}|\ba (?:{scale})\b)"
    unit = rf"(?P<unit>[- ]?(?:{any_of(rules.units)})(?!\w))?"
    before = "|".join(any_of(words) for words in rules.qualifiers.values())
    after = "|".join(any_of(words) for words in rules.after.values())
    free = r"(?<![\w$€£¥₩.,/:-])"
    ended = r"(?![\d/:]|,\d|-?(?:st|nd|rd|th)\b)"
    single = rf"(?:\b(?P<before>{before}) )?{free}(?P<number>{number}){ended}{unit}(?P<after>(?: |(?=-))(?:{after})\b)?"
    between = (
        rf"\b(?:(?P<span>between )|from )?{free}(?P<low>{number})"
        rf"(?:(?(span) and | to )|(?<=\d) ?[-\u2013] ?(?=\d))(?P<high>{number})"
        rf"{ended}{unit}"
    )
    few = any_of([word for word, value in rules.numbers.items() if value])
    of_many = (
        rf"(?:\b(?P<before>{before}) )?{free}(?P<part>\d\d?|{few})"
        rf" (?:in|out of|of) (?:every )?(?P<of>\d{{1,3}}|{few})\b"
        r"(?!,?\d| (?:years?|months?|weeks?|days?|decades?|hours?|minutes?)\b)"
    )
    vague = rf"\b(?P<vague>{any_of(rules.vague)})\b"
    return (Scanner(of_many), Scanner(between), Scanner(single), Scanner(vague, rules.vague))


def read_number(text: str) -> str | None:
    """The decimal string of a number in digits or words, or None.

    >>> read_number("34,000"), read_number("two hundred and ten"), read_number("1.2 million")
    ('34000', '210', '1200000')
    """
    rules = statistic_rules()
    total, part, seen = 0.0, 0.0, False
    for word in re.split(r"[- ]+", text.lower().replace(",", "")):
        if re.fullmatch(r"\d+(?:\.\d+)?", word):
            if seen and part:
                return None
            part, seen = part + float(word), True
        elif word in rules.numbers:
            value = rules.numbers[word]
            if (part % 100 >= 20 and value >= 10) or (0 < part % 100 < 20 and part % 100 != 0):
                return None
            part, seen = part + value, True
        elif word in rules.scales:
            scale = rules.scales[word]
            part = (part or 1) * scale
            seen = True
            if scale >= 1000:
                total, part = total + part, 0.0
        elif word not in ("and", "a"):
            return None
    total += part
    if not seen:
        return None
    return str(int(total)) if total == int(total) else f"{total:.6f}".rstrip("0")


def numbers_of(document: Document) -> tuple[NumberPhrase, ...]:
    """All quantities of the parsed blocks, in the order of the text."""
    found: list[NumberPhrase] = []
    for block, doc in document.parses:
        known: tuple[NumberPhrase, ...] | None = doc.user_data.get(_NUMBERS)
        if known is None:
            known = doc.user_data[_NUMBERS] = tuple(_block_numbers(block.start, doc))
        found += known
    return tuple(found)


def _block_numbers(base: int, doc: Doc) -> Iterator[NumberPhrase]:
    taken: list[tuple[int, int]] = []
    found: list[NumberPhrase] = []
    lowered = small(doc.text)
    for scanner in _patterns():
        for match in scanner.finditer(doc.text, lowered):
            start, end = match.span()
            if any(start < b and a < end for a, b in taken):
                continue
            phrase = _read(base, doc, match)
            if phrase is not None:
                taken.append((start, end))
                found.append(phrase)
    yield from sorted(found, key=lambda phrase: phrase.start)


def _read(base: int, doc: Doc, match: re.Match[str]) -> NumberPhrase | None:
    groups = match.groupdict()
    name = next(name for name in ("number", "low", "part", "vague") if groups.get(name))
    last = {"low": "high", "part": "of"}.get(name, name)
    number = doc.char_span(match.start(name), match.end(last), alignment_mode="expand")
    if number is None:
        return None
    rules = statistic_rules()
    start, end = base + match.start(), base + match.end()
    if name == "vague":
        if re.search(r"(?:third|quarter|half)s?$", match["vague"], re.I) and doc.text[match.end() :][:3] != " of":
            return None  # "a third country"
        noun = _noun(number, partitive=True)
        return (
            NumberPhrase(
                start, end, number, qualitative=match["vague"].lower(), noun=noun, qualifier=_of_words(match["vague"])
            )
            if noun is not None
            else None
        )
    if name == "part":
        return _of_many(start, end, number, match)
    if _is_no_quantity(doc, match):
        return None
    unit = _unit(groups.get("unit"), rules)
    noun = None if unit != "unit:NUM" else _noun(number)
    if name == "low":
        low, high = read_number(match["low"]), read_number(match["high"])
        if low is None or high is None or float(low) >= float(high):
            return None
        return NumberPhrase(start, end, number, lower=low, upper=high, qualifier="between", unit=unit, noun=noun)
    value = read_number(match["number"])
    if value is None:
        return None
    qualifier = _qualifier(groups.get("before"), rules.qualifiers) or _qualifier(groups.get("after"), rules.after)
    if qualifier == "at-most" and _rises(doc, match, rules):
        return NumberPhrase(base + match.start("number"), end, number, value=value, unit=unit, noun=noun)
    if qualifier in ("more-than", "at-least"):
        return NumberPhrase(start, end, number, lower=value, qualifier=qualifier, unit=unit, noun=noun)
    if qualifier in ("less-than", "at-most"):
        return NumberPhrase(start, end, number, upper=value, qualifier=qualifier, unit=unit, noun=noun)
    return NumberPhrase(start, end, number, value=value, qualifier=qualifier or "exact", unit=unit, noun=noun)


def _of_many(start: int, end: int, number: Span, match: re.Match[str]) -> NumberPhrase | None:
    """ "Seven in ten", "three out of every four", as a percentage; of an odd whole it is no share."""
    part, whole = float(read_number(match["part"]) or 0), float(read_number(match["of"]) or 0)
    if not 0 < part < whole or whole not in (2, 3, 4, 5, 8, 10, 20, 100):
        return None
    share = f"{100 * part / whole:.1f}".removesuffix(".0")
    qualifier = _qualifier(match["before"], statistic_rules().qualifiers) or "exact"
    if qualifier in ("more-than", "at-least"):
        return NumberPhrase(start, end, number, lower=share, qualifier=qualifier, unit="unit:PERCENT")
    if qualifier in ("less-than", "at-most"):
        return NumberPhrase(start, end, number, upper=share, qualifier=qualifier, unit="unit:PERCENT")
    return NumberPhrase(start, end, number, value=share, qualifier=qualifier, unit="unit:PERCENT")


def _of_words(words: str) -> Qualifier:
    """The qualifier that stands in a vague quantity itself: "nearly all"."""
    return _qualifier(words.split(" ")[0], statistic_rules().qualifiers) or "exact"


def _rises(doc: Doc, match: re.Match[str], rules: StatisticRules) -> bool:
    """Whether "up to" tells where a movement ended, and is no bound: "edged up to 67"."""
    if (match["before"] or "").strip().lower() != "up to":
        return False
    words = doc.text[: match.start()].split()
    last = next((t for t in reversed(doc) if t.idx < match.start() and t.text == (words or [""])[-1]), None)
    return last is not None and last.pos_ == "VERB" and last.lemma_.lower() in rules.reach | rules.rise


def _qualifier(words: str | None, table: dict[str, tuple[str, ...]]) -> Qualifier | None:
    if not words:
        return None
    plain = " ".join(words.lower().split())
    return next((_QUALIFIERS[name] for name, listed in table.items() if plain in listed), None)


def _unit(words: str | None, rules: StatisticRules) -> str:
    return rules.units.get((words or "").strip(" -").lower(), "unit:NUM")


def _is_no_quantity(doc: Doc, match: re.Match[str]) -> bool:
    """Ages, money, clock times, ordinals of lists, names and frequencies."""
    groups = match.groupdict()
    place = match.start("number" if "number" in groups else "low")
    before, after = doc.text[max(0, place - 24) : place], doc.text[match.end() : match.end() + 24]
    unit = (groups["unit"] or "").strip(" -").lower()
    if re.search(rf"(?:{_MONEY}) ?$|\b(?:aged|age|age of|ages) $|{_NAMED}", before, re.IGNORECASE):
        return True
    if unit:
        return unit in ("hour", "hours") and after.startswith(" a day")
    aside = before.endswith(", ") and re.match(r",(?! )|, (?:who|was|is|said|told|has|had)\b", after)
    if aside and "," not in match[0]:
        return True  # an age: "the soldier, 24, was shot"
    if match.start() == 0 and re.match(r"[.)] ", after):
        return True  # the number of an item in a list
    if match[0].isdigit() and len(match[0]) == 4 and match[0][:2] in ("18", "19", "20"):
        return True  # a year
    joined = re.match(r"[-/]?\w", after) is not None and not groups.get("after")
    return joined or re.match(rf" (?:{_TIMES}|{_CURRENCY})", after, re.IGNORECASE) is not None


def _noun(number: Span, partitive: bool = False) -> Token | None:
    """The noun that a number counts: "236 defectors", "76 of them", "three of last year's arrivals"."""
    root = number.root
    if root.dep_ in ("nummod", "quantmod", "amod", "compound", "nmod", "det", "predet") and root.head.i >= number.start:
        head = root.head
        while head.dep_ in ("quantmod", "compound", "nmod") and head.head.i > head.i and head.pos_ != "VERB":
            head = head.head
        return head if head.pos_ in ("NOUN", "PROPN", "ADJ", "PRON") else None
    for child in root.children:
        if child.lower_ in ("of", "among") and child.i >= number.end - 1:
            return next((token for token in child.children if token.dep_ == "pobj"), None)
    following = number.doc[number.end] if number.end < len(number.doc) else None
    if root.dep_ in ("nummod", "nsubj") and following is not None and following.tag_ in ("VBD", "VBN"):
        # "30 resettled North Koreans": the parser took the participle for a verb, and the persons for its object.
        noun = next((child for child in following.children if child.dep_ == "dobj" and child.i > following.i), None)
        plural = noun is not None and noun.tag_ in ("NNS", "NNPS") and noun.i + 1 < len(number.doc)
        if noun is not None and plural and noun.left_edge.i == following.i + 1 and noun.nbor().pos_ in ("AUX", "VERB"):
            return noun
    if following is not None and following.pos_ in ("NOUN", "PROPN"):
        # The parser gave the number to a word before it ("in the first quarter 229 people came").
        while following.dep_ in ("compound", "amod", "nmod") and following.head.i > following.i:
            following = following.head
        if following.pos_ in ("NOUN", "PROPN"):
            return following
    if partitive and root.pos_ in ("NOUN", "ADJ", "PRON", "DET") and root.i < number.end:
        return root if root.dep_ in ("nsubj", "nsubjpass", "attr") else None
    return None


def add_quantity(builder: FactsBuilder, phrase: NumberPhrase) -> Quantity:
    """The record of a number; the one that stands there already if there is one."""
    for known in builder.quantities.values():
        if (known.start, known.end, known.unit) == (phrase.start, phrase.end, phrase.unit):
            return known
    return builder.add_quantity(
        Quantity(
            id=f"q{len(builder.quantities) + 1}",
            start=phrase.start,
            end=phrase.end,
            quote=builder.document.quote(phrase.start, phrase.end),
            unit=phrase.unit,
            value=phrase.value,
            lower=phrase.lower,
            upper=phrase.upper,
            qualifier=phrase.qualifier,
            qualitative=phrase.qualitative,
        )
    )


def find_quantities(builder: FactsBuilder) -> None:
    """Add the quantities with a unit of measure or a counted noun; a number inside a date is none."""
    for phrase in numbers_of(builder.document):
        dated = builder.time_within(phrase.start, phrase.end)
        if dated is None and phrase.qualitative is None and (phrase.unit != "unit:NUM" or phrase.noun is not None):
            add_quantity(builder, phrase)

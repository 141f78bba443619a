"""What a time expression leaves to its context: a year, an anchor, the parts of a period told before.

A quarter in a series takes the year of the one before. "A year earlier" counts from the period told before it, and
from the publication where there is none or where it is itself the newer side of a comparison ("50 in the previous
year, up from 26 in 2018"). "The same period last year" takes the parts of the period that it is compared with. "Two
weeks after X" dates X: its anchor is an incident, whose `ref` is filled in by whoever knows the incidents.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kg.extract.builder import FactsBuilder
from kg.extract.time_words import Draft, alternatives, time_rules
from kg.facts.model import Anchor, TimeExpression

if TYPE_CHECKING:
    from kg.extract.parsed import Doc, Span, Token

__all__ = ["BlockContext", "is_resolvable", "older_side"]

_PARTS = ("month", "quarter", "half")
_LONG = ("year", "quarter", "half", "decade")
_OPENED = ("since", "until", "after", "before")
#: What opens a clause that only leads up to the main one: its dates are not what "the previous year" counts from.
_ASIDE = frozenset({"after", "since", "when", "once", "before", "as", "because", "due", "following", "until"})
_PUBLICATION = Anchor(kind="publication")


def is_resolvable(time: TimeExpression) -> bool:
    """Whether the words give a date, of their own or counted from something."""
    return time.edtf is not None or (time.anchor is not None and time.unit is not None)


def older_side(before: str) -> bool:
    """Whether a figure or period after these words is what a newer one is compared with ("up from", "than in")."""
    words = alternatives(time_rules().comparators)
    clause = re.split(r"[;:]|, ", before)[-1]
    # "from the North in 2018" is where people came from, "came over the border in 2018" the way that they took.
    compared = re.search(rf"\b({words})((?-i:(?: [a-z\d,]+)*?)) ?$", clause, re.IGNORECASE)
    if compared is not None and compared[1].lower() == "from" and not clause[: compared.start()].strip():
        return False  # "From 2012 to 2019 the figure was ..."
    if compared is None or compared[1].lower() != "over":
        return compared is not None
    return re.fullmatch(r"(?: (?:the|a|that|of|same|period|previous|in|for|during|\d[\d,]*))*", compared[2]) is not None


class BlockContext:
    """Adds the expressions of one block to a builder, in the order of the text.

    Args:
        builder: Where they go.
        base: The block's first code point in the text.
        doc: The block's parse.
        before: The expressions of the block before it that had any.
    """

    def __init__(self, builder: FactsBuilder, base: int, doc: Doc, before: list[TimeExpression]) -> None:
        self.builder = builder
        self.base = base
        self.doc = doc
        self.before = before
        self.here: list[TimeExpression] = []

    def add(self, draft: Draft) -> TimeExpression:
        """Complete one draft and add it, with the other end of its range and the expression that it opens."""
        fields: dict[str, Any] = dict(draft.fields)
        anchor = _PUBLICATION if draft.anchored == "publication" else None
        second = dict(draft.second.fields) if draft.second else None
        if draft.inner is not None:
            inner = self.add(draft.inner)
            anchor = Anchor(kind="expression", ref=inner.id)
        elif draft.needs.startswith("same"):
            fields, second = self._same(draft)
        elif draft.needs:
            year = self._year_carried(draft) if draft.needs == "year" else self._year_told(draft)
            second = _in_year(second, year) if second else None
            fields = _in_year(fields, year)
        elif draft.anchored == "earlier":
            anchor = self._anchor(draft)
        elif draft.anchored == "event":
            anchor = Anchor(kind="incident")
        elif draft.anchored == "recent" and (self.here or self.before):
            fields["modifier"] = "after"
            anchor = Anchor(kind="expression", ref=(self.here or self.before)[-1].id)
        if "edtf" in fields:
            anchor = None
        made = self._make(draft, fields, anchor, second)
        if draft.inner is not None:
            self.here.remove(inner)
        self.here.append(made)
        return made

    def _make(
        self, draft: Draft, fields: dict[str, Any], anchor: Anchor | None, second: dict[str, Any] | None
    ) -> TimeExpression:
        start, end = self.base + draft.start, self.base + draft.end
        quote = self.builder.document.quote(start, end)
        number = len(self.builder.times) + 1
        to = f"t{number + 1}" if second is not None else None
        made = TimeExpression(id=f"t{number}", start=start, end=end, quote=quote, anchor=anchor, to=to, **fields)
        self.builder.add_time(made)
        if second is not None and to is not None:
            self.builder.add_time(TimeExpression(id=to, start=start, end=end, quote=quote, anchor=anchor, **second))
        return made

    def _anchor(self, draft: Draft) -> Anchor | None:
        told = self._told(draft)
        if told is not None:
            return Anchor(kind="expression", ref=told.id)
        if not draft.fields:
            return None
        return _PUBLICATION if draft.fields["unit"] in _LONG else Anchor(kind="incident")

    def _told(self, draft: Draft) -> TimeExpression | None:
        """The expression that "the previous year", "two days later" counts from: in this sentence or the last."""
        sent = self._sentence(draft.start)
        older = older_side(self.doc.text[sent.start_char : draft.start])
        compared_later = not older and self._compares(draft.end, sent)
        long = draft.fields.get("unit") in _LONG
        for time in reversed(self.here):
            place = time.start - self.base
            if place < self._previous(sent):
                return None
            if not is_resolvable(time) or time.modifier in _OPENED or self._reported(place) or long == _is_day(time):
                continue
            same = place >= sent.start_char
            if long and same and (compared_later or (not older and self._aside(place))):
                continue
            return time
        return None

    def _compares(self, offset: int, sent: Span) -> bool:
        """Whether what follows in the sentence is compared with: "..., up from 67 in 2022"."""
        words = alternatives(time_rules().comparators)
        after = self.doc.text[offset : sent.end_char]
        return re.search(rf"\b(?:{words}) [^;.]*\d", after) is not None

    def _year_carried(self, draft: Draft) -> dict[str, Any]:
        """The year for a quarter, half or month without one, from the series or the heading phrase it stands in."""
        sent = self._sentence(draft.start)
        series = "quarter" in draft.fields or "half" in draft.fields
        for time in reversed(self.here):
            place = time.start - self.base
            if place < (self._previous(sent) if series else sent.start_char):
                break
            year = _year_of(time)
            lead = self.doc.text[self._sentence(place).start_char : place]
            if year is None or time.modifier in _OPENED or older_side(lead):
                continue
            heading = time.month is None and len(time.edtf or "") in (0, 4)
            if series or (heading and lead.strip().lower() in ("", "in", "during", "back in", "but in", "and in")):
                return year
        return {}

    def _year_told(self, draft: Draft) -> dict[str, Any]:
        """The year of "August of the previous year": counted from the year told before, else from the publication."""
        told = self._told(Draft(draft.start, draft.end, {"unit": "year"}))
        year = _year_of(told) if told is not None else None
        return _shifted(year, draft.fields.get("offset", 0)) if year else {}

    def _same(self, draft: Draft) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """The fields of "the same period last year", and of its end where the period is a range."""
        earlier = [*self.before, *self.here]
        model = next((time for time in reversed(earlier) if any(_part(time, name) for name in _PARTS)), None)
        fields = dict(draft.fields)
        if model is None:
            return fields, None
        year = _year_of(model)
        if draft.needs == "same-back" and year is not None:
            fields = _shifted(year, fields["offset"])
        if "edtf" not in fields:
            fields["unit"] = "year"
        parts = {name: _part(model, name) for name in _PARTS if _part(model, name)}
        end = self.builder.times.get(model.to) if model.to else None
        own = _in_year({**fields, **parts}, fields)
        return own, _in_year({**fields, "month": _part(end, "month")}, fields) if end is not None else None

    def _sentence(self, offset: int) -> Span:
        sentences = list(self.doc.sents)
        return next((sent for sent in sentences if sent.start_char <= offset < sent.end_char), sentences[-1])

    def _previous(self, sent: Span) -> int:
        """Where the sentence before a sentence begins; where it begins itself, if it is the first."""
        return max((s.start_char for s in self.doc.sents if s.start_char < sent.start_char), default=sent.start_char)

    def _token(self, offset: int) -> Token:
        return next(token for token in self.doc if token.idx + len(token) > offset)

    def _aside(self, offset: int) -> bool:
        """Whether a place lies in an adverbial clause or phrase that only leads up to the main clause."""
        token = self._token(offset)
        while token.head.i != token.i:
            marks = {child.lower_ for child in token.children if child.dep_ in ("mark", "advmod")}
            if token.dep_ == "pcomp" or (token.dep_ == "advcl" and marks & _ASIDE):
                return True
            if token.dep_ == "prep" and token.lower_ in _ASIDE:
                return True
            token = token.head
        return False

    def _reported(self, offset: int) -> bool:
        """Whether a date is that of a report ("said on Tuesday"): its verb has a clause of what was said."""
        token = self._token(offset)
        while token.head.i != token.i and token.pos_ not in ("VERB", "AUX"):
            token = token.head
        return any(child.dep_ in ("ccomp", "parataxis") for child in token.children)


def _is_day(time: TimeExpression) -> bool:
    if time.edtf is not None:
        return len(time.edtf) == 10
    return time.weekday is not None or time.day is not None or time.unit in ("day", "week")


def _year_of(time: TimeExpression) -> dict[str, Any] | None:
    """The year of an expression as fields: `edtf` of an absolute one, else the offset from the publication."""
    if time.edtf is not None:
        return {"edtf": time.edtf[:4]} if re.match(r"\d{4}(?!/)", time.edtf) else None
    if time.anchor == _PUBLICATION and time.unit == "year" and time.weekday is None:
        return {"offset": time.offset or 0}
    return None


def _shifted(year: dict[str, Any], count: int) -> dict[str, Any]:
    if "edtf" in year:
        return {"edtf": f"{int(year['edtf']) + count:04}"}
    return {"offset": year["offset"] + count}


def _in_year(fields: dict[str, Any], year: dict[str, Any]) -> dict[str, Any]:
    """The fields of a part of a year in the year given: absolute where that is."""
    if "edtf" not in year:
        return {**fields, **year}
    kept = {name: value for name, value in fields.items() if name not in ("unit", "offset", "edtf", "day", *_PARTS)}
    text = year["edtf"]
    if fields.get("quarter"):
        text += f"-{32 + fields['quarter']}"
    elif fields.get("half"):
        text += f"-{39 + fields['half']}"
    elif fields.get("month"):
        text += f"-{fields['month']:02}" + (f"-{fields['day']:02}" if fields.get("day") else "")
    return {**kept, "edtf": text}


def _part(time: TimeExpression, name: str) -> int | None:
    """The month, quarter or half of an expression, relative or absolute."""
    own: int | None = getattr(time, name)
    if own is not None or time.edtf is None:
        return own
    match = re.fullmatch(r"\d{4}-(\d\d)", time.edtf)
    number = int(match[1]) if match else 0
    first, last = {"month": (1, 12), "quarter": (33, 36), "half": (40, 41)}[name]
    return number - first + 1 if first <= number <= last else None

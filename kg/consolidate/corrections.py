"""What corrections make of the claims of a build: those that are marked, and those that take their place.

A claim that is marked stays in its article, but founds nothing: no flat value, no Conflict, no derivation, no
comparison. What a correction records is a claim of its own on the same words, with `rule:correction` and
`prov:wasDerivedFrom`; among values that disagree it ranks as curated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from msgspec.structs import replace as replace_fields

from kg.curation.kinds import properties_of
from kg.curation.model import Correction
from kg.errors import UsageError
from kg.facts.model import TimeExpression, Value
from kg.identity.decided import AnchoredCorrection
from kg.ids import digest
from kg.intervals import DateInterval, parse_edtf
from kg.knowledge import Knowledge
from kg.mapping.statements import Amount, ArticleStatements, Concept, Plain, Statement, StatementValue, When

__all__ = ["RULE", "AppliedCorrection", "Corrected", "correct"]

#: The units of quantities whose property says what is measured.
_UNITS = {"cx:length": "unit:KiloM", "cx:width": "unit:KiloM"}

#: The rule that a claim names which a correction puts in the place of another.
RULE = "rule:correction"


@dataclass(frozen=True)
class AppliedCorrection:
    """A correction, the ids of the claims that it marks, and those of the claims that it records instead."""

    correction: Correction
    marked: frozenset[str]
    recorded: frozenset[str]

    def without(self, claims: frozenset[str]) -> AppliedCorrection:
        """The same without some claims."""
        return replace(self, marked=self.marked - claims, recorded=self.recorded - claims)


@dataclass(frozen=True)
class Corrected:
    """The outcome.

    `articles` are without what is marked and with what is recorded: what linking, deriving and choosing see. `marked`
    are the statements left out, `recorded` those put in.
    """

    articles: tuple[ArticleStatements, ...]
    marked: tuple[Statement, ...]
    recorded: tuple[Statement, ...]
    applied: tuple[AppliedCorrection, ...]

    def as_read(self) -> tuple[ArticleStatements, ...]:
        """The articles with what is marked and without what is recorded: what their own graphs hold of them."""
        made = {s.id for s in self.recorded}
        wrong: dict[str, list[Statement]] = {}
        for statement in self.marked:
            wrong.setdefault(statement.article, []).append(statement)
        return tuple(
            replace(a, statements=(*(s for s in a.statements if s.id not in made), *wrong.get(a.id, ())))
            for a in self.articles
        )


def correct(
    articles: Sequence[ArticleStatements],
    corrections: Iterable[AnchoredCorrection],
    knowledge: Knowledge,
    without: frozenset[str] = frozenset(),
) -> Corrected:
    """Apply corrections.

    Args:
        articles: The articles, without what is quarantined.
        corrections: What people corrected, anchored in these articles.
        knowledge: The vocabularies and the gazetteer, which a stated value must be of.
        without: Ids of claims that are quarantined, whether they were read or recorded.

    Raises:
        UsageError: A correction states a value that neither the vocabularies nor the gazetteer hold.
    """
    by_article: dict[str, list[AnchoredCorrection]] = {}
    for one in corrections:
        by_article.setdefault(one.correction.article, []).append(one)
    working: list[ArticleStatements] = []
    marked: list[Statement] = []
    recorded: list[Statement] = []
    applied: list[AppliedCorrection] = []
    for article in articles:
        mine = by_article.get(article.id, ())
        wrong = frozenset(ident for one in mine for ident in one.claims) | without
        gone = [s for s in article.statements if s.id in wrong]
        left = article.without(wrong) if gone else article
        made: dict[str, Statement] = {}
        for one in mine:
            here = [s for s in gone if s.id in one.claims]
            stated = [s for s in _stated(one.correction, here, left, knowledge) if s.id not in without]
            made.update((s.id, s) for s in stated)
            if here:
                marks = frozenset(s.id for s in here)
                applied.append(AppliedCorrection(one.correction, marks, frozenset(s.id for s in stated)))
        marked += gone
        recorded += made.values()
        working.append(replace(left, statements=(*left.statements, *made.values())))
    return Corrected(tuple(working), tuple(marked), tuple(recorded), tuple(applied))


def _stated(
    correction: Correction, wrong: Sequence[Statement], article: ArticleStatements, knowledge: Knowledge
) -> Iterator[Statement]:
    """What a correction records in the place of each claim that it marks."""
    if correction.records is None and correction.value is None:
        return
    for statement in wrong:
        predicate = correction.records or statement.predicate
        claim = replace_fields(statement.claim, predicate=predicate)
        value, against = _again(statement.value, article), statement.resolved_against
        if correction.value is not None:
            value, against = _value(correction, correction.value, predicate, statement, knowledge), None
            # A person states it, however the article put what was wrong; and no speaker of the article said this.
            claim = replace_fields(
                claim,
                value=_written(value, correction.value),
                certainty="asserted",
                specificity="specific",
                negated=False,
                tense="past" if claim.tense == "future" else claim.tense,
                attribution=None,
            )
        ident = digest(statement.id, RULE, predicate, correction.value or "")
        yield Statement(ident, statement.subject, predicate, value, claim, against, RULE, (statement.id,))


def _again(value: StatementValue, article: ArticleStatements) -> StatementValue:
    """The value of a marked claim; a date worked out anew, for it may count from another claim that is marked."""
    if not isinstance(value, When):
        return value
    dates = article.incident_dates()

    def known(mention: str) -> DateInterval | None:
        return dates.get(article.mentions[mention].chain) if mention in article.mentions else None

    reference = article.reference[0] if article.reference else None
    return When(value.expression, article.evaluate(value.expression.id, reference, known))


def _value(
    correction: Correction, stated: str, predicate: str, wrong: Statement, knowledge: Knowledge
) -> StatementValue:
    """The value that a correction states; `kg.curation.files` saw to it that it is one of the property."""
    assert correction.claim is not None  # kg.curation.files: a value is for one claim
    match properties_of(correction.claim.cls)[predicate].kind:
        case "time":
            words = wrong.claim.evidence[0]
            expression = TimeExpression(id="stated", start=words.start, end=words.end, quote=words.quote, edtf=stated)
            return When(expression, parse_edtf(stated))
        case "concept":
            if knowledge.entry(stated) is None:
                raise UsageError(
                    f"the correction by {correction.by} on {correction.on} gives '{stated}', which neither the "
                    "vocabularies nor the gazetteer hold: correct the name or add the entry"
                )
            return Concept(stated)
        case "quantity":
            unit = wrong.value.unit if isinstance(wrong.value, Amount) else _UNITS.get(predicate, "unit:NUM")
            return Amount(unit, value=Decimal(stated))
        case "integer":
            return Plain("integer", int(stated))
        case "boolean":
            return Plain("boolean", stated == "true")
        case kind:
            return Plain(kind, stated)


def _written(value: StatementValue, stated: str) -> Value:
    """The value as Facts would hold it; of dates and numbers the text, for there is no expression of the article."""
    match value:
        case Concept(name):
            return Value(kind="concept", value=name)
        case Plain("integer" | "boolean" | "duration" as kind, plain):
            return Value(kind=kind, value=plain)
    return Value(kind="text", value=stated)

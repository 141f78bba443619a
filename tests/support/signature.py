"""The structure of a build with every substituted value mapped back to the slot it stands in.

Two builds of one text with other values have one signature. Nothing else is left out: which words an entity, a claim
and its evidence stand on, who says so and how surely, what was linked, derived and preferred, and by which rule.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from kg.article.read import read
from kg.article.text import ArticleText
from kg.consolidate.consolidate import Consolidated, Entity, consolidate
from kg.consolidate.values import Group
from kg.extract.pipeline import extract_many
from kg.facts.model import Attribution, CitedSource, Evidence, Mention, TimeExpression
from kg.intervals import DateInterval, parse_edtf
from kg.knowledge import Knowledge
from kg.mapping.statements import (
    Amount,
    ArticleStatements,
    Chain,
    Concept,
    Plain,
    Ref,
    Statement,
    StatementValue,
    When,
)
from tests.support.substitution import Legend

__all__ = ["Signature", "built", "difference", "signature"]

#: Lines that each say one thing, by the part of the build they belong to; a line may hold several times.
Signature = dict[str, Counter[str]]


def built(legends: Mapping[str, Legend], folder: Path) -> Signature:
    """Write the texts into a folder, read, extract and link them all together without curation; the signature."""
    folder.mkdir(exist_ok=True)
    texts: list[ArticleText] = []
    for name, legend in legends.items():
        path = folder / f"{name}.md"
        path.write_text(legend.rendering.text, encoding="utf-8", newline="")
        article = read(path)
        assert isinstance(article, ArticleText)
        texts.append(article)
    facts = extract_many(texts)
    articles = [ArticleStatements.of(found, text.text) for found, text in zip(facts, texts, strict=True)]
    names = dict(zip((a.id for a in articles), legends, strict=True))
    return signature(consolidate(articles, Knowledge.load()), names, legends)


def difference(expected: Signature, found: Signature) -> str:
    """What only one of two signatures holds, as lines that begin with - (expected) and + (found); empty if nothing."""
    lines: list[str] = []
    for part in sorted(expected.keys() | found.keys()):
        missing, extra = expected[part] - found[part], found[part] - expected[part]
        if missing or extra:
            changes = [f"  - {line}" for line in missing.elements()] + [f"  + {line}" for line in extra.elements()]
            lines += [f"{part}:", *sorted(changes, key=lambda change: (change[4:], change))]
    return "\n".join(lines)


def signature(consolidated: Consolidated, names: Mapping[str, str], legends: Mapping[str, Legend]) -> Signature:
    """The signature of a build.

    Args:
        consolidated: The articles, extracted and linked.
        names: The name that each article has in the signature, by the article's id.
        legends: What the values of each text are called, by that name.
    """
    return _Teller(consolidated, names, legends).tell()


class _Article:
    """One article, told with its slots' names."""

    def __init__(self, name: str, statements: ArticleStatements, legend: Legend) -> None:
        text = legend.rendering.text
        assert statements.text is not None
        assert text.endswith(statements.text)
        self.name, self.statements, self.legend = name, statements, legend
        self._shift = len(text) - len(statements.text)

    def words(self, start: int, end: int) -> str:
        return self.legend.rendering.words(start, end, self._shift)

    def place(self, offset: int) -> str:
        return self.legend.rendering.position(offset, self._shift)

    def restore(self, words: str) -> str:
        return self.legend.rendering.restore(" ".join(words.split()))

    def chain(self, chain: Chain) -> str:
        first = self.statements.chains[chain.chain][0]
        member = "one of " if chain.ordinal else ""
        return f"{self.name}/{first.cls} {member}“{self.words(first.start, first.end)}” at {self.place(first.start)}"

    def blocks(self) -> Iterator[str]:
        for block in self.statements.facts.blocks:
            yield f"{self.name}: {block.kind} from {self.place(block.start)} to {self.place(block.end)}"

    def article(self) -> Iterator[str]:
        article = self.statements.facts.article
        day = self.day(article.published)
        title, publisher = (self.restore(words or "none") for words in (article.title, article.publisher))
        yield f"{self.name}: {article.kind} “{title}” by {publisher}, published {day} as said by {article.published_by}"
        yield from (f"{self.name}: {self.source(source)}" for source in article.sources)

    def source(self, source: CitedSource) -> str:
        named = self.legend.concept(source.organization) if source.organization else "no entry"
        place = self.place(source.start) if source.start is not None else "no place"
        day = self.day(source.published)
        return f"{source.role} {self.restore(source.name)} ({named}), published {day}, at {place}"

    def day(self, iso: str | None) -> str:
        return self.legend.calendar.tell(parse_edtf(iso)) if iso else "on no stated day"

    def mention(self, mention: Mention) -> str:
        concept = self.legend.concept(mention.concept) if mention.concept else "no entry"
        name = self.restore(mention.name) if mention.name else "no name"
        words = self.words(mention.start, mention.end)
        chain = self.chain(Chain(self.statements.id, mention.chain))
        count = self.legend.number(mention.count, words)
        return f"{mention.cls} “{words}” at {self.place(mention.start)}: {name}, {concept}, {count}, of {chain}"

    def time(self, time: TimeExpression) -> str:
        """An expression by its form; the month, the day and the weekday that it names are values, not form."""
        named = [
            part for part in ("edtf", "month", "day", "quarter", "half", "weekday") if getattr(time, part) is not None
        ]
        parts = [f"“{self.words(time.start, time.end)}”", f"names {', '.join(named) or 'no part'}"]
        if time.unit:
            parts.append(f"{self.counted(time)} {time.unit}")
        if time.anchor:
            parts.append(f"from {time.anchor.kind} {self.reference(time.anchor.ref)}".rstrip())
        flags = (time.modifier, "about" if time.approximate else None, time.part_of_day)
        parts += [flag for flag in flags if flag]
        if time.to:
            parts.append(f"to {self.reference(time.to)}")
        return f"{'; '.join(parts)}; at {self.place(time.start)}"

    def counted(self, time: TimeExpression) -> str:
        offset = time.offset or 0
        words = self.words(time.start, time.end)
        return f"{'-' if offset < 0 else '+'}{self.legend.number(abs(offset), words)}"

    def reference(self, ref: str | None) -> str:
        if ref is None:
            return ""
        known = self.statements.times.get(ref) or self.statements.mentions[ref]
        return f"“{self.words(known.start, known.end)}” at {self.place(known.start)}"

    def quantities(self) -> Iterator[str]:
        for q in self.statements.facts.quantities:
            number, lower, upper = (Decimal(n) if n is not None else None for n in (q.value, q.lower, q.upper))
            amount = Amount(q.unit, q.qualifier, number, lower, upper, q.qualitative)
            words = self.words(q.start, q.end)
            yield f"{self.name}: “{words}” at {self.place(q.start)} is {self.amount(amount, words)}"

    def amount(self, amount: Amount, told: str) -> str:
        bounds = (("", amount.value), ("from ", amount.lower), ("up to ", amount.upper))
        numbers = [f"{word}{self.legend.number(number, told)}" for word, number in bounds if number is not None]
        words = [f"“{self.restore(amount.qualitative)}”"] if amount.qualitative else []
        return f"{amount.qualifier} {' '.join(numbers + words)} {amount.unit}"

    def when(self, when: When, own: bool) -> str:
        """A date; one that was counted by a number of the text is told by what it was counted from.

        `own` is false where the interval was worked out from several claims, so that nothing was counted.
        """
        interval, time = when.interval, when.expression
        offset = time.offset or 0
        numbered = own and offset and "«" in self.counted(time)
        if interval is None or not numbered or time.unit is None:
            return self.legend.calendar.tell(interval)
        if time.modifier == "since" and time.unit == "year" and interval.earliest and interval.latest:
            # "In the past ten years" begins with a calendar year, which moves by whole years alone.
            years = interval.latest.year + offset
            opens = "its start" if interval.earliest == date(years, 1, 1) else "another day"
            end = self.legend.calendar.tell(DateInterval(interval.latest, interval.latest, "day"))
            return f"{self.counted(time)} year from {opens} up to {end}"
        return f"{self.counted(time)} {time.unit} from {self.legend.calendar.tell(interval.shift(time.unit, -offset))}"

    def attribution(self, attribution: Attribution | None) -> str:
        if attribution is None:
            return "by nobody"
        words = self.words(attribution.start, attribution.end)
        mention = self.reference(attribution.mention) or "nobody mentioned"
        flags = [f for f in ("quoted", "official") if getattr(attribution, f)]
        return f"by “{words}” ({', '.join([mention, *flags])})"

    def evidence(self, evidence: Evidence) -> str:
        kinds = {block.id: block.kind for block in self.statements.facts.blocks}
        kind = kinds[evidence.block] if evidence.block else "no block"
        return f"“{self.words(evidence.start, evidence.end)}” in {kind}"


class _Teller:
    def __init__(self, consolidated: Consolidated, names: Mapping[str, str], legends: Mapping[str, Legend]) -> None:
        self.articles = {a.id: _Article(names[a.id], a, legends[names[a.id]]) for a in consolidated.articles}
        self.consolidated = consolidated
        self.by_claim = {s.id: s for s in self.consolidated.statements()}
        self.members = self.consolidated.identity.members()

    def tell(self) -> Signature:
        articles = self.articles.values()
        return {
            "articles": Counter(line for a in articles for line in a.article()),
            "blocks": Counter(line for a in articles for line in a.blocks()),
            "mentions": Counter(f"{a.name}: {a.mention(m)}" for a in articles for m in a.statements.facts.mentions),
            "times": Counter(f"{a.name}: {a.time(t)}" for a in articles for t in a.statements.facts.times),
            "quantities": Counter(line for a in articles for line in a.quantities()),
            "claims": Counter(self.claim(s) for a in articles for s in a.statements.statements if _first(s)),
            "derived": Counter(self.derived(s) for s in self.consolidated.derived if _first(s)),
            "entities": Counter(self.entities()),
            "groups": Counter(self.groups()),
            "conflicts": Counter(line for entity in self.consolidated.entities for line in self.conflicts(entity)),
        }

    def entity(self, iri: str) -> str:
        """An entity by the first of the words that it was linked from."""
        return min(self.articles[chain.article].chain(chain) for chain in self.members[iri])

    def value(self, statement: Statement, value: StatementValue, own: bool = True) -> str:
        """A value that a statement says, or that it shares with others (`own` is false)."""
        article = self.articles[statement.article]
        told = " ".join(article.words(e.start, e.end) for e in statement.claim.evidence)
        match value:
            case Ref(chain):
                return self.entity(self.consolidated.identity.iris[chain])
            case Concept(name):
                return article.legend.concept(name)
            case When():
                return article.when(value, own)
            case Amount():
                quantity = next(q for q in article.statements.facts.quantities if q.id == statement.claim.value.value)
                return article.amount(value, article.words(quantity.start, quantity.end))
            case Plain("integer", number):
                return article.legend.number(int(number), told)
            case Plain("duration", length):
                return re.sub(r"\d+", lambda m: article.legend.number(int(m.group()), told), str(length))
            case Plain("boolean", truth):
                return str(truth)
        return f"“{article.restore(str(value.value))}”"

    def said(self, statement: Statement) -> str:
        article = self.articles[statement.article]
        own = statement.rule != "rule:intersection"
        return f"{article.chain(statement.subject)} {statement.predicate} {self.value(statement, statement.value, own)}"

    def claim(self, statement: Statement) -> str:
        article, claim = self.articles[statement.article], statement.claim
        how = f"{'not ' if claim.negated else ''}{claim.certainty}, {claim.specificity}, {claim.tense}"
        own = article.statements.iri
        against = {None: "nothing", own: "the article"}.get(statement.resolved_against, "its source")
        evidence = " and ".join(sorted(article.evidence(e) for e in claim.evidence))
        by = article.attribution(claim.attribution)
        raw = article.restore(claim.raw)
        return f"{self.said(statement)} (“{raw}”), {how}, {by}, resolved against {against}, on {evidence}"

    def derived(self, statement: Statement) -> str:
        sources = sorted(self.said(self.by_claim[source]) for source in statement.derived_from)
        return f"{statement.rule}: {self.said(statement)}, from {' and from '.join(sources)}"

    def group(self, group: Group) -> str:
        leading = group.statements[0]
        value = self.value(leading, group.value, group.exact)
        sayers = Counter(self.articles[s.article].name for s in group.statements)
        return f"{value} [{', '.join(f'{name} {count}' for name, count in sorted(sayers.items()))}]"

    def entities(self) -> Iterator[str]:
        for entity in self.consolidated.entities:
            if all(chain.ordinal > 1 for chain in entity.chains):
                continue
            chains = " = ".join(sorted(self.articles[c.article].chain(c) for c in entity.chains))
            articles = ", ".join(sorted(self.articles[a].name for a in entity.articles))
            yield f"{chains}: in {articles}; {entity.sources.minimum} to {entity.sources.maximum} sources"
            for line in sorted({f"{v.predicate} {self.group(v.group)}" for v in entity.values}):
                yield f"{self.entity(entity.iri)} {line}"

    def groups(self) -> Iterator[str]:
        iris = self.consolidated.identity.iris
        for chain in (c for c in iris if c.ordinal == 1):
            article = self.articles[chain.article]
            persons = {iris[c] for c in iris if (c.article, c.chain) == (chain.article, chain.chain)}
            yield f"{article.chain(chain)} stands for {article.legend.number(len(persons))} persons"

    def conflicts(self, entity: Entity) -> Iterable[str]:
        for conflict in entity.conflicts:
            groups = " against ".join(sorted(self.group(g) for g in conflict.groups))
            preferred = self.group(conflict.preferred) if conflict.preferred else "none"
            yield f"{self.entity(entity.iri)} {conflict.predicate}: {groups}; prefers {preferred} by {conflict.rule}"


def _first(statement: Statement) -> bool:
    """Whether it is said of no group, or of the first person of one: the others have the same statements."""
    value = statement.value
    return statement.subject.ordinal <= 1 and not (isinstance(value, Ref) and value.chain.ordinal > 1)

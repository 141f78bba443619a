"""Two accounts of incidents beside each other: what each says of every slot, in which words, and what that counts.

It is what a person needs to see whether the two are one: the articles, the words, where they agree, where they differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from kg.consolidate.consolidate import Consolidated
from kg.identity.pairs import Outcome, PairState, pair_states
from kg.identity.profiles import is_compared
from kg.identity.resolve import Decisions
from kg.ids import digest
from kg.knowledge import Knowledge
from kg.mapping.statements import Chain, Concept, Plain, Ref, Statement, StatementValue, When
from kg.namespaces import curie

__all__ = ["Account", "Slot", "Told", "View", "views"]

#: What is compared, in the order in which it is shown; then what is said of who crossed.
_OWN = (
    "cx:dateEDTF",
    "cx:incidentType",
    "cx:direction",
    "cx:front",
    "cx:place",
    "cx:viaRoute",
    "cx:personCount",
    "cx:operationDuration",
)
_CROSSERS = ("cx:name", "cx:rank", "cx:actorType")

Verdict = Literal["agree", "differ", "one side", "not compared"]


class _Record(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What all records share: immutable, camelCase in JSON."""


class Told(_Record, frozen=True, kw_only=True):
    """A value, and the words that give it; `rule` where it was worked out from several texts."""

    value: str
    quote: str
    certainty: str
    rule: str | None = None


class Slot(_Record, frozen=True, kw_only=True):
    """A property, what each side says of it, how the two stand to each other, and how many points that gives."""

    property: str
    first: tuple[Told, ...]
    second: tuple[Told, ...]
    verdict: Verdict
    points: float | None


class Account(_Record, frozen=True, kw_only=True):
    """One article's account: the article, what to call it, the day it states, and the words that found the incident."""

    incident: str
    article: str
    source: str
    published: str | None
    quote: str


class View(_Record, frozen=True, kw_only=True):
    """A pair as a person sees it.

    Attributes:
        id: The pair's own name, the same at every build of these mentions.
        number: Its place in the list.
        outcome: How the pair came out.
        asks: Whether a person is asked.
        score: How many points speak for one incident; 0 where the two were not compared.
        needed: From how many points on the two are one.
        forbids: What forbids one incident, or None.
        suggested: Whether a program suggested one incident.
        accounts: How many pairs of accounts the two incidents have.
        first: The one account.
        second: The other account.
        slots: What they say.
    """

    id: str
    number: int
    outcome: Outcome
    asks: bool
    score: float
    needed: float
    forbids: str | None
    suggested: bool
    accounts: int
    first: Account
    second: Account
    slots: tuple[Slot, ...]


def views(
    consolidated: Consolidated, decisions: Decisions, knowledge: Knowledge
) -> list[tuple[View, tuple[Chain, Chain]]]:
    """All pairs that a person may want to see, those that ask for it first, each with its two accounts.

    Args:
        consolidated: The linked articles.
        decisions: What was decided before.
        knowledge: The vocabularies and the gazetteer, for labels.
    """
    viewer = _Viewer(consolidated, knowledge)
    states = pair_states(consolidated.identity, decisions)
    return [(viewer.view(state, number), (state.one, state.other)) for number, state in enumerate(states, 1)]


class _Viewer:
    def __init__(self, consolidated: Consolidated, knowledge: Knowledge) -> None:
        self.articles = {a.id: a for a in consolidated.articles}
        self.identity = consolidated.identity
        self.knowledge = knowledge
        marked = {ident for applied in consolidated.corrections for ident in applied.marked}
        self.said: dict[Chain, list[Statement]] = {}
        for statement in consolidated.statements():
            if is_compared(statement.claim) and statement.id not in marked:
                self.said.setdefault(statement.subject, []).append(statement)

    def view(self, state: PairState, number: int) -> View:
        found = state.comparison
        points = dict(found.features) if found else {}
        slots = [self._slot(name, state, points.get(name)) for name in (*_OWN, *_CROSSERS)]
        return View(
            id=digest(*sorted((self._mention(state.one), self._mention(state.other))))[:8],
            number=number,
            outcome=state.outcome,
            asks=state.asks,
            score=found.score if found else 0.0,
            needed=found.threshold if found else 0.0,
            forbids=state.forbids,
            suggested=state.suggested,
            accounts=state.accounts,
            first=self._account(state.one),
            second=self._account(state.other),
            slots=tuple(slot for slot in slots if slot.first or slot.second),
        )

    def _mention(self, chain: Chain) -> str:
        article = self.articles[chain.article]
        return article.mention_ids[article.chains[chain.chain][0].id]

    def _account(self, chain: Chain) -> Account:
        article = self.articles[chain.article]
        about = article.facts.article
        called = about.publisher or about.title or f"article {article.id[:8]}"
        return Account(
            incident=self.identity.iris[chain],
            article=article.id,
            source=f"our digest of {called}" if about.kind == "digest" else called,
            published=about.published,
            quote=article.chains[chain.chain][0].quote,
        )

    def _slot(self, name: str, state: PairState, points: float | None) -> Slot:
        first, second = (tuple(self._told(chain, name)) for chain in (state.one, state.other))
        verdict: Verdict = "not compared"
        if not first or not second:
            verdict = "one side"
        elif points is not None:
            verdict = "differ" if points < 0 else "agree"
        elif name == "cx:dateEDTF" and all(self.identity.profiles[c].date for c in (state.one, state.other)):
            verdict = "differ"
        elif {t.value for t in first} == {t.value for t in second}:
            verdict = "agree"
        return Slot(property=name, first=first, second=second, verdict=verdict, points=points)

    def _told(self, chain: Chain, name: str) -> Iterable[Told]:
        profile = self.identity.profiles[chain]
        subjects = profile.crossers if name in _CROSSERS else (chain,)
        found: dict[str, Told] = {}
        statements = [s for subject in subjects for s in self.said.get(subject, ()) if s.predicate == name]
        # A date that was worked out says more than the words alone, so it comes first.
        for statement in sorted(statements, key=lambda s: s.rule is None):
            told = Told(
                value=self._shown(statement.value),
                quote=statement.claim.evidence[0].quote,
                certainty=statement.claim.certainty,
                rule=statement.rule,
            )
            found.setdefault(told.value, told)
        return found.values()

    def _shown(self, value: StatementValue) -> str:
        match value:
            case Concept(name):
                entry = self.knowledge.entry(name)
                return entry.pref_label if entry else name
            case When(expression, interval):
                return interval.edtf if interval else f"'{expression.quote}', unresolved"
            case Plain(_, plain):
                return str(plain)
            case Ref(chain):
                entry = self.knowledge.entry(curie(self.identity.iris[chain]))
                return entry.pref_label if entry else self.articles[chain.article].chains[chain.chain][0].quote
        return str(value)

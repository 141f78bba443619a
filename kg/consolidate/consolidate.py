"""From the claims of all articles to what is held to be so, with what is disputed kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.consolidate.corrections import AppliedCorrection, correct
from kg.consolidate.derive import Days, derive
from kg.consolidate.properties import CLASSES, FUNCTIONAL
from kg.consolidate.rules import Chooser
from kg.consolidate.sources import Independence, Sources
from kg.consolidate.values import Group, group_values
from kg.dates import DateInterval
from kg.errors import CrossingsError
from kg.identity.resolve import Decisions, Identity, identify
from kg.knowledge import Knowledge
from kg.mapping.statements import Amount, ArticleStatements, Chain, Ref, Statement, When
from kg.redaction.withheld import NOTHING, Withheld
from kg.redaction.withhold import withhold

__all__ = ["Conflict", "Consolidated", "Entity", "FlatValue", "consolidate"]

#: Each round links with the dates that the one before made known; news reaches a fixed point after two or three.
_ROUNDS = 8


@dataclass(frozen=True)
class FlatValue:
    """A value that the default graph holds, with the statements that stand behind it."""

    predicate: str
    group: Group


@dataclass(frozen=True)
class Conflict:
    """Values of one functional property that cannot all be so; `preferred` is None where no rule chose."""

    subject: str
    predicate: str
    groups: tuple[Group, ...]
    preferred: Group | None
    rule: str


@dataclass(frozen=True)
class Entity:
    """One entity of the default graph."""

    iri: str
    cls: str
    chains: tuple[Chain, ...]
    values: tuple[FlatValue, ...]
    conflicts: tuple[Conflict, ...]
    articles: tuple[str, ...]
    sources: Independence


@dataclass(frozen=True)
class Consolidated:
    """The outcome: identities, every statement (derived ones included), and the entities of the default graph.

    The statements of `articles` are those that were read, the ones that a correction marks among them; `derived` are
    those that a rule or a correction made. `flat_claims` are the ids of the claims behind flat values and Conflicts.
    `corrections` are those that mark a claim here, `twins` the groups of articles whose texts are nearly identical.
    Nothing says what is `withheld` but the articles' facts and texts and the identities, which stay as they are.
    """

    articles: tuple[ArticleStatements, ...]
    identity: Identity
    derived: tuple[Statement, ...]
    entities: tuple[Entity, ...]
    flat_claims: frozenset[str] = field(default_factory=frozenset)
    corrections: tuple[AppliedCorrection, ...] = ()
    twins: tuple[tuple[str, ...], ...] = ()
    withheld: Withheld = NOTHING

    def statements(self) -> list[Statement]:
        """All statements of all articles, the derived ones last."""
        return [*(s for a in self.articles for s in a.statements), *self.derived]


def consolidate(
    articles: Sequence[ArticleStatements],
    knowledge: Knowledge,
    *,
    decisions: Decisions | None = None,
    twins: Sequence[Sequence[str]] = (),
    without: frozenset[str] = frozenset(),
) -> Consolidated:
    """Link, derive, and choose.

    Args:
        articles: All articles of the build.
        knowledge: The vocabularies and the gazetteer.
        decisions: What people decided: about identity, and which claims they corrected.
        twins: Groups of ids of articles whose texts are nearly identical: one source.
        without: Ids of claims that are left out, since they are quarantined.

    Raises:
        UsageError: A correction states a value that neither the vocabularies nor the gazetteer hold.
        CrossingsError: Linking and deriving do not come to rest; an error of ours.
    """
    ordered = tuple(
        a.without(without) if any(s.id in without for s in a.statements) else a
        for a in sorted(articles, key=lambda a: a.id)
    )
    corrections = decisions.corrections if decisions else ()
    corrected = correct(ordered, corrections, knowledge, without)
    seen = corrected.articles
    dates: Mapping[Chain, DateInterval] = {}
    derived: tuple[Statement, ...] = ()
    days: Days = {}
    for _ in range(_ROUNDS):
        identity = identify(seen, knowledge, decisions, dates)
        found = derive(seen, identity, knowledge, derived, days)
        statements = tuple(s for s in found.statements if s.id not in without)
        settled = found.dates == dates and statements == derived
        dates, derived = found.dates, statements
        if settled:
            break
    else:
        raise CrossingsError(f"linking did not come to rest after {_ROUNDS} rounds: report this input")
    curated = frozenset(s.id for s in corrected.recorded)
    # A curated claim whose date could be worked out is as curated as it was.
    curated |= frozenset(s.id for s in derived if s.derived_from[0] in curated)
    read = corrected.as_read()
    made = (*corrected.recorded, *derived)
    withheld = withhold(decisions, read, made, identity, knowledge) if decisions else NOTHING
    if withheld:
        seen, derived = tuple(withheld.without(a) for a in seen), withheld.left(derived)
    chosen = _Chosen(seen, identity, derived, knowledge, Sources(seen, twins), curated).run()
    here = {a.id for a in ordered}
    applied = (one.without(withheld.claims) for one in corrected.applied)
    return replace(
        chosen,
        articles=tuple(withheld.without(a) for a in read) if withheld else read,
        derived=(*withheld.left(corrected.recorded), *chosen.derived),
        corrections=tuple(one for one in applied if one.marked),
        withheld=withheld,
        twins=tuple(group for group in (tuple(a for a in t if a in here) for t in twins) if len(group) > 1),
    )


class _Chosen:
    def __init__(
        self,
        articles: tuple[ArticleStatements, ...],
        identity: Identity,
        derived: tuple[Statement, ...],
        knowledge: Knowledge,
        sources: Sources,
        curated: frozenset[str],
    ) -> None:
        self.articles = articles
        self.by_id = {a.id: a for a in articles}
        self.identity = identity
        self.derived = derived
        self.knowledge = knowledge
        self.sources = sources
        self.chooser = Chooser(self.by_id, sources, curated)
        self.intersections: list[Statement] = []

    def run(self) -> Consolidated:
        admitted: dict[str, list[Statement]] = {}
        for statement in [*(s for a in self.articles for s in a.statements), *self.derived]:
            if self._admitted(statement):
                admitted.setdefault(self.identity.iris[statement.subject], []).append(statement)
        # What an admitted claim names exists too, though nothing admitted may be said of it.
        for said in list(admitted.values()):
            for statement in said:
                if isinstance(statement.value, Ref):
                    admitted.setdefault(self.identity.iris[statement.value.chain], [])
        named = self._named_by(admitted)
        members = self.identity.members()
        made = [self._entity(iri, members[iri], said, named.get(iri, ())) for iri, said in sorted(admitted.items())]
        entities = tuple(e for e in made if e is not None)
        derived = (*self.derived, *self.intersections)
        flat = frozenset(s.id for e in entities for v in e.values for s in v.group.statements)
        disputed = frozenset(s.id for e in entities for c in e.conflicts for g in c.groups for s in g.statements)
        return Consolidated(self.articles, self.identity, derived, entities, flat | disputed)

    def _named_by(self, admitted: Mapping[str, Sequence[Statement]]) -> dict[str, set[str]]:
        """The articles whose admitted claims name an entity as their object."""
        found: dict[str, set[str]] = {}
        for said in admitted.values():
            for statement in said:
                if isinstance(statement.value, Ref):
                    found.setdefault(self.identity.iris[statement.value.chain], set()).add(statement.article)
        return found

    def _agreed(self, group: Group) -> Group:
        """The group; where no statement says its value itself, with a derived one that does."""
        if group.exact:
            return group
        sources = tuple(sorted(s.id for s in group.statements))
        made = group.statements[0].derived(group.value, "rule:intersection", sources)
        self.intersections.append(made)
        return Group(group.value, (made, *group.statements))

    def _cls(self, chain: Chain) -> str:
        return self.by_id[chain.article].chains[chain.chain][0].cls

    def _admitted(self, statement: Statement) -> bool:
        cls = self._cls(statement.subject)
        return self.knowledge.admitted(
            statement.claim, cls, qualitative=cls == "Statistic" and self._qualitative(statement.subject)
        )

    def _qualitative(self, chain: Chain) -> bool:
        amounts = [
            s.value
            for s in self.by_id[chain.article].said(chain)
            if s.predicate == "cx:value" and isinstance(s.value, Amount)
        ]
        return bool(amounts) and all(a.qualitative is not None for a in amounts)

    def _entity(
        self, iri: str, chains: tuple[Chain, ...], said: Sequence[Statement], named_by: Iterable[str]
    ) -> Entity | None:
        cls = self._cls(chains[0])
        if cls not in CLASSES:
            return None
        by_predicate: dict[str, list[Statement]] = {}
        for statement in said:
            if isinstance(statement.value, When) and statement.value.interval is None:
                continue
            by_predicate.setdefault(statement.predicate, []).append(statement)
        values: list[FlatValue] = []
        conflicts: list[Conflict] = []
        for predicate, statements in sorted(by_predicate.items()):
            groups = [self._agreed(g) for g in group_values(statements, self.knowledge, self.identity.iris)]
            if predicate not in FUNCTIONAL[cls] or len(groups) == 1:
                values.extend(FlatValue(predicate, group) for group in groups)
                continue
            preferred, rule = self.chooser.choose(groups)
            conflicts.append(Conflict(iri, predicate, tuple(groups), preferred, rule))
            if preferred is not None:
                values.append(FlatValue(predicate, preferred))
        articles = tuple(sorted({s.article for s in said} | set(named_by)))
        return Entity(iri, cls, chains, tuple(values), tuple(conflicts), articles, self.sources.of(articles))

"""What the texts say together: entities over all texts, coreference, values after linking, conflicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.evaluate.align import Aligner, Alignment
from kg.evaluate.assign import assign
from kg.evaluate.found import Unit
from kg.evaluate.gold import GoldEntity, GoldOrganization, GoldPerson, GoldRoute, GoldStatistic
from kg.evaluate.judge import options
from kg.evaluate.names import body_key
from kg.identity.profiles import name_key

__all__ = ["BCubed", "GoldGroup", "SystemGroup", "b_cubed", "entity_id", "gold_groups", "pair_groups", "system_groups"]


@dataclass
class GoldGroup:
    """One entity of the gold over all texts: its rows, each the text's article id and the key."""

    id: str
    cls: str
    rows: list[tuple[str, str]] = field(default_factory=list)
    optional: bool = True


@dataclass
class SystemGroup:
    """One entity that was found over all texts: its canonical IRI and its units, each with its article's id."""

    iri: str
    cls: str
    units: list[tuple[str, Unit]] = field(default_factory=list)

    def is_optional(self, alignments: Mapping[str, Alignment]) -> bool:
        """Whether every unit is an entity of the gold that may be found or not."""
        return all(alignments[article].is_optional(unit) for article, unit in self.units)


def gold_groups(alignments: Mapping[str, Alignment], aligner: Aligner, cls: str) -> dict[str, GoldGroup]:
    """The entities of a class over the texts that annotate it, by id; see `entity_id`."""
    groups: dict[str, GoldGroup] = {}
    for article, alignment in alignments.items():
        if cls not in alignment.text.gold.classes:
            continue
        for entity in alignment.text.of(cls):
            ident = entity_id(entity, alignment, aligner)
            group = groups.setdefault(ident, GoldGroup(ident, cls))
            group.rows.append((article, entity.key))
            group.optional = group.optional and entity.optional
    return groups


def entity_id(entity: GoldEntity, alignment: Alignment, aligner: Aligner) -> str:
    """The name of an entity of the gold over all texts.

    A row's `entity` names it. Where that is left out, its key does if the keys are shared by the set. Else an
    organisation or route is known by its gazetteer entry (that of the gold, else of its name, else the one under which
    it was found), else by its name, and a named person by the name. A statistic is what it was found as: two texts that
    report one figure of a year speak of one thing, and gold that does not say so cannot judge it. Any other row is
    `{text}/{key}`.
    """
    if entity.entity is not None:
        return entity.entity
    if alignment.text.shared:
        return entity.key
    if isinstance(entity, GoldOrganization | GoldRoute):
        kind = "organization" if isinstance(entity, GoldOrganization) else "route"
        known = [*options(entity.concept)] or sorted(aligner.concepts_of(kind, (entity.name,)))
        unit = alignment.pairs.get(entity.key)
        known = known or (sorted(unit.concepts) if unit else [])
        return known[0] if known else f"{kind} {body_key(entity.name)}"
    if isinstance(entity, GoldPerson) and entity.name and " " in entity.name.strip():
        return f"person {name_key(entity.name)}"
    if isinstance(entity, GoldStatistic) and entity.key in alignment.pairs:
        return f"statistic {alignment.pairs[entity.key].iri.rpartition('/')[2]}"
    return f"{alignment.text.name}/{entity.key}"


def system_groups(alignments: Mapping[str, Alignment], cls: str) -> dict[str, SystemGroup]:
    """The entities of a class that were found in the texts that annotate it, by IRI."""
    groups: dict[str, SystemGroup] = {}
    for article, alignment in alignments.items():
        if cls not in alignment.text.gold.classes:
            continue
        for unit in alignment.units:
            if unit.cls == cls:
                groups.setdefault(unit.iri, SystemGroup(unit.iri, cls)).units.append((article, unit))
    return groups


def pair_groups(
    gold: Mapping[str, GoldGroup], system: Mapping[str, SystemGroup], alignments: Mapping[str, Alignment]
) -> dict[str, str]:
    """The IRI of each entity of the gold that was found: one to one, with the most rows and units in common."""
    owner = {row: ident for ident, group in gold.items() for row in group.rows}
    common: Counter[tuple[str, str]] = Counter()
    for article, alignment in alignments.items():
        for key, unit in alignment.pairs.items():
            if (article, key) in owner and unit.iri in system:
                common[owner[article, key], unit.iri] += 1
    rows, columns = sorted(gold), sorted(system)
    places = {ident: n for n, ident in enumerate(rows)}, {iri: n for n, iri in enumerate(columns)}
    pairs = assign({(places[0][ident], places[1][iri]): count for (ident, iri), count in common.items()})
    return {rows[row]: columns[column] for row, column in pairs.items()}


@dataclass(frozen=True)
class BCubed:
    """Coreference over units that both have (A. Bagga and B. Baldwin, 1998); None where there are none."""

    units: int
    precision: float | None
    recall: float | None


def b_cubed(pairs: Iterable[tuple[str, str]]) -> BCubed:
    """B-cubed precision and recall.

    Args:
        pairs: Of each unit, its cluster by the gold and its cluster as found.

    >>> b_cubed([("a", "x"), ("a", "x"), ("a", "y"), ("b", "y")])
    BCubed(units=4, precision=0.75, recall=0.6666666666666666)
    """
    known: Sequence[tuple[str, str]] = list(pairs)
    if not known:
        return BCubed(0, None, None)
    both = Counter(known)
    gold = Counter(cluster for cluster, _ in known)
    found = Counter(cluster for _, cluster in known)
    precision = sum(count * count / found[pair[1]] for pair, count in both.items()) / len(known)
    recall = sum(count * count / gold[pair[0]] for pair, count in both.items()) / len(known)
    return BCubed(len(known), precision, recall)

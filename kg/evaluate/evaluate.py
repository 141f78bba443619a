"""Gold against what was found: every number and list of the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import msgspec

from kg.evaluate.align import Aligner
from kg.evaluate.conflicts import Values, conflict_rows, member_rows
from kg.evaluate.folder import CLASSES, GoldFolder
from kg.evaluate.found import Found, Unit
from kg.evaluate.judge import Judge
from kg.evaluate.leaks import Leak, find_leaks
from kg.evaluate.report import Leaked, Numbers, Report, WordsAt, clustered, evidenced, scored, shared, slotted
from kg.evaluate.scores import Score, ShareScore
from kg.evaluate.slots import SLOTS
from kg.evaluate.tally import DATED, PLACED, Tally
from kg.evaluate.together import BCubed, b_cubed, gold_groups, pair_groups, system_groups

__all__ = ["evaluate", "without"]

#: The classes whose coreference is scored.
_LINKED = ("Incident", "Person")


def evaluate(folder: GoldFolder, found: Found) -> Report:
    """Compare what was found with a folder of gold.

    Args:
        folder: The gold.
        found: What the pipeline found in its texts.
    """
    report = _report(folder, found)
    disputed = folder.set.disputed
    if not disputed:
        return report
    rest = _report(without(folder, frozenset(disputed)), found)
    return msgspec.structs.replace(report, without_disputed=rest.numbers, disputed=disputed)


def without(folder: GoldFolder, disputed: frozenset[str]) -> GoldFolder:
    """The folder without some rows, `text:key`: entities become optional, rows of the claim layer are left out."""
    texts = []
    for text in folder.texts:
        mine = {row.rpartition(":")[2] for row in disputed if row.rpartition(":")[0] in {text.name, text.gold.text}}
        changed = {
            name: tuple(
                msgspec.structs.replace(e, optional=True) if e.key in mine else e for e in getattr(text.gold, name)
            )
            for name in CLASSES.values()
        }
        claims = tuple(claim for claim in text.gold.claims if claim.key not in mine)
        texts.append(replace(text, gold=msgspec.structs.replace(text.gold, claims=claims, **changed)))
    return replace(folder, texts=tuple(texts))


@dataclass
class _Together:
    """The scores of entities over all texts, and which IRIs each entity of the gold was found under."""

    scores: dict[str, Score] = field(default_factory=dict)
    coreference: dict[str, BCubed] = field(default_factory=dict)
    best: dict[str, str] = field(default_factory=dict)
    iris: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)


def _report(folder: GoldFolder, found: Found) -> Report:
    judge = Judge(found.knowledge)
    aligner = Aligner(found, judge)
    alignments = {text.source.article.id: aligner.align(text) for text in folder.texts}
    tally = Tally(found, judge)
    for alignment in alignments.values():
        tally.count(alignment)
    together = _Together()
    for cls in CLASSES:
        gold = gold_groups(alignments, aligner, cls)
        system = system_groups(alignments, cls)
        pairs = pair_groups(gold, system, alignments)
        right = {ident for ident in pairs if not gold[ident].optional}
        wanted = [ident for ident, group in gold.items() if not group.optional]
        held = set(pairs.values())
        # What is in every text an entity that need not be found is no error either.
        extra = {iri: s for iri, s in system.items() if iri not in held and not s.is_optional(alignments)}
        together.scores[cls] = Score(len(wanted), len(right) + len(extra), len(right))
        together.best |= pairs
        together.missed += [f"{cls} {ident}" for ident in sorted(wanted) if ident not in right]
        called = ((article, alignments[article].text, unit) for s in extra.values() for article, unit in s.units)
        together.extra += sorted(f"{cls} {u.iri} {t.name}: {t.words(u.mentions[0])!r}" for _, t, u in called)
        owner = {row: ident for ident, group in gold.items() for row in group.rows}
        units: list[tuple[str, Unit]] = [
            (owner[article, key], unit)
            for article, alignment in alignments.items()
            for key, unit in alignment.pairs.items()
            if (article, key) in owner
        ]
        for ident, unit in units:
            together.iris[ident].add(unit.iri)
        if cls in _LINKED:
            together.coreference[cls] = b_cubed((ident, unit.iri) for ident, unit in units)
    values = Values(found, judge, alignments, together.best)
    members = member_rows(folder.set, values)
    conflicts = conflict_rows(folder.set, values)
    merged = tuple(pair for pair in folder.set.apart if together.iris[pair[0]] & together.iris[pair[1]])
    leaks = find_leaks(alignments, found)
    stated = [row for row in conflicts if row.gold]
    return Report(
        texts=len(alignments),
        numbers=Numbers(
            mention={cls: scored(score) for cls, score in tally.mention.items()},
            entity={cls: scored(score) for cls, score in together.scores.items()},
            slots={
                cls: {name: slotted(slots[name], name in DATED) for name in (*SLOTS[cls], PLACED) if name in slots}
                for cls, slots in tally.slots.items()
            },
            published=shared(tally.published),
            evidence=evidenced(tally.evidence),
            leaks=len(leaks),
            claims={kind: shared(score) for kind, score in tally.rows.items()},
            certainty=shared(tally.certainty),
            attribution=shared(tally.attribution),
            coreference={cls: clustered(score) for cls, score in together.coreference.items()},
            apart=shared(_share(pair not in merged for pair in folder.set.apart)),
            members=shared(_share(row.right for row in members)),
            conflicts=shared(_share(row.right for row in stated)),
            conflicts_extra=len(conflicts) - len(stated),
        ),
        missed=tuple(tally.missed),
        extra=tuple(tally.extra),
        wrong_slots=tuple(tally.wrong),
        leaks=tuple(_leaked(leaks)),
        rows_missing=tuple(tally.rows_missing),
        entities_missed=tuple(together.missed),
        entities_extra=tuple(together.extra),
        merged=merged,
        members=members,
        conflicts=conflicts,
    )


def _share(right: Iterable[bool]) -> ShareScore:
    score = ShareScore()
    for one in right:
        score.add(one)
    return score


def _leaked(leaks: Iterable[Leak]) -> Iterator[Leaked]:
    for leak in leaks:
        words: dict[str, tuple[WordsAt, ...]] = {}
        for name, span, quote in leak.evidence:
            words[name] = (*words.get(name, ()), WordsAt(words=quote, start=span[0], end=span[1]))
        yield Leaked(subject=leak.subject, predicate=leak.predicate, object=leak.object, why=leak.why, words=words)

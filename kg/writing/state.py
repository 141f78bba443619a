"""A graph in memory with all that the next write needs: what was gathered and written, and what passed the gate."""

from __future__ import annotations

from dataclasses import dataclass

from kg.build_options import BuildOptions, Reporter
from kg.curation import Curation
from kg.gate import Passed, Validator, derived_graph, through_the_gate
from kg.knowledge import Knowledge
from kg.linking import Gathered, Given, Linked, gather, join
from kg.mapping.quads import Quads
from kg.replay import Written

__all__ = ["Gatherer", "State", "difference"]


@dataclass(frozen=True)
class State:
    """A graph, by its inputs and its quads.

    Attributes:
        gathered: The articles, each read and extracted by itself.
        written: What the journal says.
        linked: The articles, linked with what the journal decides, before anything is quarantined.
        derived: Their graph, likewise.
        passed: The graph with its annotations, as it came out of the gate.
    """

    gathered: Gathered
    written: Written
    linked: Linked
    derived: Quads
    passed: Passed

    def about(self, article: str) -> tuple[str, ...]:
        """The IRIs of an article and of the entities of the default graph that it speaks of, by the article's id."""
        consolidated = self.passed.linked.consolidated
        iri = next((held.iri for held in consolidated.articles if held.id == article), None)
        if iri is None:
            return ()
        held = {entity.iri for entity in consolidated.entities}
        spoken = {found for chain, found in consolidated.identity.iris.items() if chain.article == article}
        return (iri, *sorted(spoken & held))


@dataclass(frozen=True)
class Gatherer:
    """Makes states out of inputs, exactly as `kg build` does.

    Attributes:
        options: What the last build was asked for.
        curation: The folder's curation.
        knowledge: The lexicon of the border.
        report: Who is told.
        validator: Who validates.
    """

    options: BuildOptions
    curation: Curation
    knowledge: Knowledge
    report: Reporter
    validator: Validator

    def from_sources(self, given: Given, validator: Validator | None = None) -> State:
        """The state that files and journal give."""
        gathered = gather(self.options, self.report, given, self.knowledge)
        return self.joined(gathered, given.written, validator=validator)

    def joined(
        self,
        gathered: Gathered,
        written: Written,
        texts: dict[str, str] | None = None,
        validator: Validator | None = None,
    ) -> State:
        """The state that gathered articles and a journal give.

        Args:
            gathered: The articles, those of the journal among them.
            written: What the journal says.
            texts: Further texts that quotes can be checked in, by the IRI of their article.
            validator: Who validates, where it is another.

        Raises:
            UsageError: A correction states a value that neither the vocabularies nor the gazetteer hold.
        """
        linked = join(gathered, written.curated(self.curation), self.knowledge)
        return self._passed(gathered, written, linked, derived_graph(linked, self.options.border), texts, validator)

    def annotated(self, state: State, written: Written) -> State:
        """The state with other annotations: the articles are linked as they were.

        Args:
            state: The state as it is.
            written: What the journal says, of which nothing but the annotations is another.
        """
        return self._passed(state.gathered, written, state.linked, state.derived)

    def _passed(
        self,
        gathered: Gathered,
        written: Written,
        linked: Linked,
        derived: Quads,
        texts: dict[str, str] | None = None,
        validator: Validator | None = None,
    ) -> State:
        passed = through_the_gate(
            linked, self.options.border, written.annotations, self.report, validator or self.validator, texts, derived
        )
        return State(gathered, written, linked, derived, passed)


def difference(one: Quads, other: Quads) -> tuple[str, ...]:
    """The canonical lines of one graph that the other does not hold, sorted by their bytes."""
    found = {
        name: triples - other.graphs[name] if name in other.graphs else triples
        for name, triples in one.graphs.items()
        if triples is not other.graphs.get(name)
    }
    # Code points sort as their bytes in UTF-8 do, which is the order of a release.
    return tuple(sorted(Quads(found).lines()))

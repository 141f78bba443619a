"""The graph of a home, open for writing: every write passes the gate of a build before it is recorded.

The state is a function of the sources and the journal, the one that `kg build` computes: a write adds an input, and all
articles are linked anew. So what is published after a write is what the next build gives, to the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from types import TracebackType
from typing import Any

from kg.article.agencies import load_agencies
from kg.article.decode import text_of
from kg.article.read import MediaType, read_source
from kg.build_options import Quiet, Reporter
from kg.curation import Judgement, load_curation, read_decision
from kg.errors import InputError, UsageError
from kg.extract.cache import extract_cached
from kg.gate import Validator, shapes
from kg.journal import AnnotationWrite, ArticleWrite, DecisionWrite, Entry, Journal, Write
from kg.knowledge import Knowledge
from kg.linking import IRRELEVANT, Gathered, is_relevant, takes_place
from kg.mapping.statements import ArticleStatements
from kg.release.home import Home
from kg.release.release import Release
from kg.release.withheld import refuse_withheld
from kg.sources import Sources
from kg.writing.annotations import annotation_write
from kg.writing.decisions import about
from kg.writing.opening import opened
from kg.writing.proposal import Proposal
from kg.writing.quotes import require_quotes
from kg.writing.state import Gatherer, State, difference

__all__ = ["WritableGraph"]


class WritableGraph:
    """The graph of a home with all that was written into it; it is the home's one writer until it is closed.

    Attributes:
        release: The release that it was opened on.
        state: The graph as it is, with its inputs.
    """

    def __init__(self, journal: Journal, gatherer: Gatherer, release: Release, state: State, held: ExitStack) -> None:
        self._journal = journal
        self._gatherer = gatherer
        self._agencies = load_agencies(gatherer.options.border)
        self._held = held
        self.release = release
        self.state = state

    @classmethod
    def open(cls, home: Home, report: Reporter | None = None, validator: Validator = shapes) -> WritableGraph:
        """Open the graph of a home: its current release, and what was written since.

        Args:
            home: The home.
            report: Who is told; absent, nobody.
            validator: Who validates.

        Raises:
            UsageError: Nothing was built here, the sources no longer give the current release, or another process
                writes.
            GraphError: The journal is damaged, or what it holds no longer passes the gate.
        """
        options = Sources.read(home).options(home)
        journal = Journal(home)
        knowledge = Knowledge.load(options.border)
        gatherer = Gatherer(options, load_curation(options.curation), knowledge, report or Quiet(), validator)
        with ExitStack() as stack:
            stack.enter_context(journal.writing())
            release = home.require_current()
            state = opened(gatherer, release, journal.entries())
            return cls(journal, gatherer, release, state, stack.pop_all())

    def close(self) -> None:
        """Let others write."""
        self._held.close()

    def __enter__(self) -> WritableGraph:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    @property
    def number(self) -> int:
        """The number of the last entry of the journal that the graph holds: with the release's id, its revision."""
        return self.state.written.number

    @property
    def lines(self) -> list[str]:
        """The canonical N-Quads lines of the graph without `graph/meta`, in the order of a release."""
        return sorted(self.state.passed.quads.lines())

    def propose_article(
        self, content: bytes, media_type: MediaType, name: str, published: date | None = None, keep: bool = False
    ) -> Proposal:
        """Add an article.

        Args:
            content: Its source.
            media_type: What the source is.
            name: What the writer calls it.
            published: The writer's date, for an article that states none.
            keep: Whether its text may be kept; else its quotes are checked now, and the journal holds its facts alone.

        Raises:
            InputError: It cannot be an article, or says nothing of crossings of this border.
            UsageError: It names who is withheld in a release of the home (`kg.release.withheld`), as for each write.
        """
        source = text_of(content, name)
        text = read_source(name, source, media_type, published, self._agencies)
        ident = text.article.id
        held = next((article for article in self.state.gathered.found if article.id == ident), None)
        if held is not None and (held.text is None or not takes_place(text.article, held.facts.article)):
            return self._nothing(self.state.about(ident))
        options = self._gatherer.options
        facts = extract_cached([text], options.border, options.home.cache_path / "facts", self._gatherer.report)[0]
        if not is_relevant(facts):
            raise InputError(name, f"{IRRELEVANT}: it is left out")
        knowledge = self._gatherer.knowledge
        if keep:
            taken = ArticleStatements.of(facts, text.text, text.passages, knowledge)
            write = ArticleWrite(name=name, media_type=media_type, published=published, text=source)
            return self._propose(write, self.state.gathered.taking(taken, text), article=taken)
        require_quotes(facts, text)
        taken = ArticleStatements.of(facts, knowledge=knowledge)
        write = ArticleWrite(name=name, media_type=media_type, published=published, facts=facts)
        return self._propose(write, self.state.gathered.taking(taken), {taken.iri: text.text}, taken)

    def propose_decision(self, document: Mapping[str, Any]) -> Proposal:
        """Record a judgement or a correction.

        Args:
            document: It, in the form of the files of curation.

        Raises:
            UsageError: It is neither, points to nothing that the graph holds, or decides what is decided already.
        """
        decision = read_decision(document, "the decision")
        linked = self.state.passed.linked
        ids = about(decision, self.state)
        if decision in (*linked.curation.judgements, *linked.curation.corrections):
            return self._nothing(ids)
        if isinstance(decision, Judgement):
            proposal = self._propose(DecisionWrite(judgement=decision), ids=ids)
        else:
            proposal = self._propose(DecisionWrite(correction=decision), ids=ids)
        lost = set(proposal.after.passed.linked.anchored.lost) - set(linked.anchored.lost)
        if lost and not proposal.refused:
            raise UsageError(min(lost))
        return proposal

    def propose_annotation(self, added: Iterable[str] = (), removed: Iterable[str] = ()) -> Proposal:
        """Take quads out of the annotation graphs and put others in.

        Args:
            added: N-Quads lines of graphs below `graph/annotation/`, without blank nodes.
            removed: Likewise.

        Raises:
            UsageError: A line is none of these.
        """
        write = annotation_write(added, removed, self.state.written.annotations)
        if write is None:
            return self._nothing(())
        graphs = {line[:-3].rpartition(" <")[2] for line in (*write.added, *write.removed)}
        return self._propose(write, ids=tuple(sorted(graphs)))

    def commit(self, proposal: Proposal, by: str) -> Entry:
        """Record a proposal and make it the graph; when this returns, no crash loses it.

        Args:
            proposal: A proposal that is not refused and has something to record.
            by: The name of the token that it is made with.

        Raises:
            UsageError: It is refused, has nothing to record, or was made to an earlier state of the graph.
            CrossingsError: The disk does not take it; the graph stays as it was.
        """
        if proposal.refused or proposal.write is None:
            raise UsageError(f"the write {'is refused' if proposal.refused else 'changes nothing'}: do not record it")
        if proposal.before is not self.state:
            raise UsageError("the graph has changed since the write was proposed: propose it again")
        entry = self._journal.append(proposal.write, by)
        written = replace(proposal.after.written, number=entry.number, sha256=entry.sha256)
        self.state = replace(proposal.after, written=written)
        return entry

    def _nothing(self, ids: tuple[str, ...]) -> Proposal:
        return Proposal(None, (), (), self.state.passed.report, (), ids, False, self.state, self.state)

    def _propose(
        self,
        write: Write,
        gathered: Gathered | None = None,
        texts: dict[str, str] | None = None,
        article: ArticleStatements | None = None,
        ids: tuple[str, ...] = (),
    ) -> Proposal:
        before = self.state
        written = before.written.then(write, before.written.number + 1, "")
        if isinstance(write, AnnotationWrite):
            after = self._gatherer.annotated(before, written)
        else:
            after = self._gatherer.joined(gathered or before.gathered, written, texts)
        passed, old = after.passed, before.passed
        articles, claims = passed.articles - old.articles, passed.claims - old.claims
        # Of an article that comes single claims may be left out; any other write has to leave what is there alone.
        refused = bool(passed.violations or articles or (claims and article is None))
        added = difference(passed.quads, old.quads)
        withheld = passed.linked.consolidated.withheld.iris | old.linked.consolidated.withheld.iris
        refuse_withheld(self._gatherer.options.home, (line.encode() for line in added), withheld)
        return Proposal(
            write,
            added,
            difference(old.quads, passed.quads),
            passed.found if refused else passed.report,
            tuple(item for item in passed.quarantined if item not in old.quarantined),
            (after.about(article.id) or (article.iri,)) if article is not None else ids,
            refused,
            before,
            after,
        )

"""Takes who is withheld out of the graphs of articles that were released: mentions, claims, and the words.

A build decides by the whole text which words speak of somebody. Of a digest a release holds that text, and the same
rule is asked. Of another article it holds quotes alone: then every quote goes that stands so near to a place that
speaks of them that it may be of the same sentence.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.mapping.quads import node
from kg.mapping.terms import boolean, integer, text
from kg.namespaces import BASE, graph_iri
from kg.redaction.names import Names, words_of
from kg.redaction.released import Called
from kg.redaction.sentences import FILLER, hide, touched
from kg.redaction.speaking import Speaking, joined
from kg.redaction.triples import Triples, words

__all__ = ["Articles"]

Span = tuple[int, int]

#: How far a sentence may reach, in code points, where the text is not at hand.
_REACH = 600
_ARTICLES = f"<{graph_iri('article/')}"
#: A line that begins so begins a block of its own, as does one behind an empty line.
_BLOCK = re.compile(r"[ \t]{0,3}(?:#|[-*+>|] |[0-9]{1,3}[.)] )")
#: Everything.
_ALL = ((0, 1 << 60),)


@dataclass(frozen=True)
class Articles:
    """The graphs of the articles of a release.

    Attributes:
        held: The release; it is changed.
        nodes: The entities that are withheld, as nodes.
        called: What they are called, in any release.
    """

    held: Triples
    nodes: frozenset[str]
    called: Called

    def claims(self) -> frozenset[str]:
        """The claims about the entities, with one as value, whose words name one, or derived from such a claim."""
        held, names = self.held, Names(self.called.full)
        own = self.mentions(alone=True)
        found = {c for one in self.nodes for c in held.pointing(one, "rdf:subject", "rdf:object")}
        found |= {c for one in own for c in held.pointing(one, "cx:subjectMention", "cx:objectMention")}
        claims = held.pointing(node("cx:Claim"), "rdf:type")
        found |= {c for c in claims if any(names.name(words(value)) for value in held.values(c, "rdf:object"))}
        # A claim tells who stands behind it as well; those stay, without the speaker.
        fresh = set(found)
        while fresh:
            derived = {c for one in fresh for c in held.pointing(one, "prov:wasDerivedFrom")}
            fresh = {c for c in derived if held.values(c, "rdf:subject")} - found
            found |= fresh
        return frozenset(found)

    def mentions(self, *, alone: bool) -> frozenset[str]:
        """Their mentions; with `alone`, those that are of nobody else."""
        found = {m for one in self.nodes for m in self.held.pointing(one, "cx:mentions")}
        if alone:
            found = {m for m in found if set(self.held.values(m, "cx:mentions")) <= self.nodes}
        return frozenset(found)

    def redact(self, claims: frozenset[str]) -> None:
        """Leave out claims, mentions, words and speakers.

        Args:
            claims: What `claims` gave.
        """
        held = self.held
        graphs = sorted({g for s in held.subjects() for g in held.graphs_of(s) if g.startswith(_ARTICLES)})
        speakers = self._speakers()
        # What is hidden is found while everything still stands.
        hidden = {graph: self._hidden(graph, claims, speakers.get(graph, ())) for graph in graphs}
        for one in claims | self.mentions(alone=True):
            held.forget(one)
        for graph in graphs:
            self._hide(graph, hidden[graph])

    def _speakers(self) -> dict[str, list[tuple[str, Span]]]:
        """The words that name one of them as the speaker of another's claim, with where that claim stands, by graph."""
        found: dict[str, list[tuple[str, Span]]] = {}
        for one in self.nodes:
            for claim in self.held.pointing(one, "cx:attributedTo"):
                said = [words(value) for value in self.held.drop_all(claim, "cx:attributionText")] or [""]
                spans = [span for e in self.held.values(claim, "cx:evidence") for span in self._span(e)]
                for graph in self.held.graphs_of(claim):
                    found.setdefault(graph, []).extend((each, span) for each in said for span in spans)
        return found

    def _hidden(self, graph: str, claims: frozenset[str], speakers: Sequence[tuple[str, Span]]) -> tuple[Span, ...]:
        held = self.held
        mentions = [m for m in self.mentions(alone=False) if graph in held.graphs_of(m)]
        resting = [*mentions, *(c for c in claims if graph in held.graphs_of(c))]
        spans = [span for one in resting for e in held.values(one, "cx:evidence") for span in self._span(e)]
        persons = frozenset(self.called.persons)
        speaks = bool(mentions or speakers)
        speaking = Speaking(Names(self.called.full), persons if speaks else frozenset(), persons)
        whole = held.one(_article(graph), "cx:text", graph)
        if whole:
            shown = words(whole)
            spans += [span for said, at in speakers for span in _near(said, at, shown)]
            return speaking.hidden(shown, _blocks(shown), spans, tuple(self._others(graph, shown)))
        for evidence in self._evidence(graph):
            quote = self._quote(evidence)
            if quote and next(speaking.named(quote), None) is not None:
                spans += self._span(evidence)
        # Where a speaker is named is not said; the words that they said stand near.
        spans += [at for _, at in speakers]
        return joined((max(0, start - _REACH), end + _REACH) for start, end in spans)

    def _others(self, graph: str, shown: str) -> Iterator[Span]:
        """Where a text names somebody else, by a name that the release has for them."""
        held = self.held
        for mention in held.pointing(_article(graph), "cx:inArticle"):
            about = held.values(mention, "cx:mentions")
            if not about or not self.nodes.isdisjoint(about):
                continue
            names = {part for one in about for name in self._names(one) for part in words_of(name)}
            for evidence in held.values(mention, "cx:evidence"):
                for start, end in self._span(evidence):
                    said = words_of(shown[start:end])
                    if said and names.issuperset(said):
                        yield start, end

    def _names(self, subject: str) -> Iterator[str]:
        for name in ("cx:name", "skos:prefLabel", "skos:altLabel"):
            yield from map(words, self.held.values(subject, name))
        for claim in self.held.pointing(subject, "rdf:subject"):
            if self.held.one(claim, "rdf:predicate") == node("cx:name"):
                yield words(self.held.one(claim, "rdf:object"))

    def _hide(self, graph: str, hidden: tuple[Span, ...]) -> None:
        held = self.held
        for evidence in self._evidence(graph):
            if not held.pointing(evidence, "cx:evidence"):
                for selector in held.values(evidence, "oa:hasSelector"):
                    held.forget(selector)
                held.forget(evidence)
            elif hidden and any(touched(hidden, [span]) for span in self._span(evidence)):
                self._redact(graph, evidence)
        if not hidden:
            return
        article = _article(graph)
        for claim in held.pointing(article, "cx:inArticle"):
            resting = held.values(claim, "cx:evidence")
            if resting and not any(self._quote(e) for e in resting):
                held.drop_all(claim, "cx:rawValue")
                held.drop_all(claim, "cx:attributionText")
        whole = held.one(article, "cx:text", graph)
        if whole:
            self._hide_text(graph, article, words(whole), hidden)

    def _hide_text(self, graph: str, article: str, shown: str, hidden: tuple[Span, ...]) -> None:
        left = hide(shown, hidden)
        before = words(self.held.one(article, "cx:stretchesWithheld"))
        fresh = sum(bool(shown[start:end].strip(FILLER + " \r\n\t")) for start, end in hidden)
        self.held.set(graph, article, "cx:text", str(text(left)))
        self.held.set(graph, article, "cx:textHash", str(text(hashlib.sha256(left.encode()).hexdigest())))
        self.held.set(graph, article, "cx:stretchesWithheld", str(integer(int(before or 0) + fresh)))
        for claim in self.held.pointing(article, "cx:inArticle"):
            for said in self.held.values(claim, "cx:attributionText"):
                # Who spoke is named where the text names them: what is hidden of it is hidden here.
                if words(said) in shown and words(said) not in left:
                    self.held.drop_all(claim, "cx:attributionText")

    def _redact(self, graph: str, evidence: str) -> None:
        """Take the words of evidence away, and their hash: whoever guesses a name can test it against a hash."""
        quote = self._quote(evidence)
        self.held.drop_all(evidence, "cx:quoteHash")
        for selector in self.held.values(evidence, "oa:hasSelector"):
            if self.held.values(selector, "oa:exact"):
                self.held.forget(selector)
        self.held.set(graph, evidence, "cx:redacted", str(boolean(True)))
        if not self.held.values(evidence, "cx:quoteWithheld"):
            self.held.add(graph, evidence, "cx:quoteWithheld", str(integer(len(quote.split()))))

    def _evidence(self, graph: str) -> list[str]:
        return [e for e in self.held.pointing(_article(graph), "oa:hasSource") if graph in self.held.graphs_of(e)]

    def _quote(self, evidence: str) -> str:
        """The words of evidence that were released."""
        selectors = self.held.values(evidence, "oa:hasSelector")
        return next((words(v) for s in selectors for v in self.held.values(s, "oa:exact")), "")

    def _span(self, evidence: str) -> Iterable[Span]:
        """Where evidence stands; everywhere, where that is not said."""
        for selector in self.held.values(evidence, "oa:hasSelector"):
            start, end = (words(self.held.one(selector, name)) for name in ("oa:start", "oa:end"))
            if start and end:
                return ((int(start), int(end)),)
        return _ALL


def _article(graph: str) -> str:
    return node(f"{BASE}id/article/{graph[len(_ARTICLES) : -1]}")


def _near(said: str, at: Span, shown: str) -> Iterator[Span]:
    """Where words stand within a sentence's reach of others; the others, where they do not."""
    start, end = max(0, at[0] - _REACH), min(len(shown), at[1] + _REACH)
    found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(said)}(?!\w)", shown[start:end])] if said else []
    yield from ((start + a, start + b) for a, b in found) if found else (at,)


def _blocks(shown: str) -> list[Span]:
    """The paragraphs of a text, its headings and the items of its lists: never less than a block that a build reads."""
    starts, at, empty = [0], 0, True
    for line in shown.splitlines(keepends=True):
        if line.strip() and (empty or _BLOCK.match(line)):
            starts.append(at)
        empty = not line.strip() or line.lstrip().startswith("#")
        at += len(line)
    return [(start, end) for start, end in pairwise([*sorted(set(starts)), at]) if start < end]

"""The word lists of the extractor: the labels of the vocabularies and of a border's gazetteer.

The ontology is the lexicon: nothing is listed here. An entry is a concept of `ontology/vocabulary/*.ttl`, or a place,
organisation or route of `ontology/borders/{border}/gazetteer.ttl`; its words are its prefLabels, altLabels and
hiddenLabels.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from kg.extract.border import BorderRules, read_rules
from kg.extract.entries import NAMES, Entry, Label, LabelKind, read_entries
from kg.extract.parsed import Doc, Span
from kg.namespaces import SCHEMES
from kg.resources import border_dir, ontology_dir

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.vocab import Vocab

__all__ = ["Entry", "Label", "Lexicon", "Match"]

_KNOWN = "labels"


@dataclass(frozen=True)
class Match:
    """Tokens that are a label of one or several entries; `labels` are those labels, in the order of `entries`."""

    span: Span
    entries: tuple[Entry, ...]
    labels: tuple[Label, ...]

    def entry(self, *kinds: str) -> Entry | None:
        """The first entry that the words are a name of, of the given kinds, else of any kind."""
        return next(iter(self.named(*kinds)), None)

    def named(self, *kinds: str) -> tuple[Entry, ...]:
        """The entries that the words are a name of (no demonym, no metonym), of the given kinds, else of all kinds."""
        return self._of(NAMES, kinds)

    def meant(self, label: LabelKind) -> tuple[Entry, ...]:
        """The entries whose label of a kind the words are: `meant("demonym")`, `meant("metonym")`."""
        return self._of((label,), ())

    def _of(self, labels: tuple[LabelKind, ...], kinds: tuple[str, ...]) -> tuple[Entry, ...]:
        found = []
        for entry, label in zip(self.entries, self.labels, strict=True):
            if label.kind in labels and (not kinds or entry.kind in kinds):
                found.append(entry)
        return tuple(found)


@dataclass(frozen=True)
class _Known:
    """What a lexicon found in a parse: all labels with their words, those of some kinds, what was chosen of them."""

    lexicon: Lexicon
    labels: list[tuple[Span, str, str]]
    candidates: dict[frozenset[str] | None, list[Match]] = field(default_factory=dict)
    chosen: dict[tuple[int, int, frozenset[str] | None], list[Match]] = field(default_factory=dict)


class Lexicon:
    """All entries, found by their words.

    Args:
        entries: The entries; of two with the same prefixed name the later wins.
        rules: What is particular to the border.
        sha256: A hash over all that the entries and rules were read from.
    """

    def __init__(self, entries: Iterable[Entry], rules: BorderRules, sha256: str) -> None:
        self.by_curie: dict[str, Entry] = {entry.curie: entry for entry in entries}
        #: What is particular to the border, typed.
        self.border = rules
        self.sha256 = sha256
        self._matchers: dict[int, tuple[Vocab, PhraseMatcher]] = {}
        self._ancestors: dict[str, tuple[str, ...]] = {}

    @classmethod
    def load(cls, border: str = "korea") -> Lexicon:
        """The lexicon of a border, read once a process and border.

        Args:
            border: The name of a shipped border, or the path of a folder that holds `gazetteer.ttl`.

        Raises:
            UsageError: No such border, or a file of it or of the vocabularies cannot be read.
        """
        return _load(border)

    def __getitem__(self, name: str) -> Entry:
        return self.by_curie[name]

    def __contains__(self, name: object) -> bool:
        return name in self.by_curie

    def get(self, name: str) -> Entry | None:
        """The entry of a prefixed name, if there is one."""
        return self.by_curie.get(name)

    def entries(self, kind: str) -> tuple[Entry, ...]:
        """All entries of a kind, sorted by their prefixed name."""
        return self._by_kind.get(kind, ())

    def concept(self, scheme: str, words: str) -> str | None:
        """The concept of a scheme (or place, organization, route) of which some words are a label.

        Case, hyphens and a leading article do not matter. An acronym must be written as it is in the lexicon.

        Args:
            scheme: The prefix of the scheme, or "place", "organization", "route".
            words: The words of the text.
        """
        plain = _plain(words)
        for entry in self._by_words.get((scheme, plain), ()):
            if any(_plain(text) == plain and _written_alike(text, words) for text in entry.words()):
                return entry.curie
        return None

    def ancestors(self, name: str) -> tuple[str, ...]:
        """The prefixed names of all broader entries, nearest first."""
        if name not in self.by_curie:
            return ()
        if name not in self._ancestors:
            self._ancestors[name] = self._all_broader(name)
        return self._ancestors[name]

    def _all_broader(self, name: str) -> tuple[str, ...]:
        found: list[str] = []
        queue = list(self.by_curie[name].broader)
        while queue:
            current = queue.pop(0)
            if current not in found:
                found.append(current)
                if current in self.by_curie:
                    queue.extend(self.by_curie[current].broader)
        return tuple(found)

    def match(self, words: Doc | Span, kinds: Iterable[str] | None = None) -> list[Match]:
        """The labels among tokens: the longest match first, none overlapping another, in the order of the text.

        Args:
            words: A parsed text or a part of it.
            kinds: Look for entries of these kinds alone; the longest match is chosen among them.
        """
        wanted = None if kinds is None else frozenset(kinds)
        doc, start, end = (words, 0, len(words)) if isinstance(words, Doc) else (words.doc, words.start, words.end)
        known = self._known(doc)
        found = known.chosen.get((start, end, wanted))
        if found is None:
            found = known.chosen[start, end, wanted] = _choose(self._candidates(known, wanted), start, end)
        return list(found)

    def _known(self, doc: Doc) -> _Known:
        """All labels of a parse, looked for once, whatever kinds and sentences are asked for later."""
        known: _Known | None = doc.user_data.get(_KNOWN)
        if known is None or known.lexicon is not self:
            strings = doc.vocab.strings
            found = [(doc[start:end], strings[key]) for key, start, end in self._matcher(doc.vocab)(doc.raw)]
            labels = [(span, text, span.text) for span, text in found if not _goes_on(span)]
            known = doc.user_data[_KNOWN] = _Known(self, labels)
        return known

    def _candidates(self, known: _Known, wanted: frozenset[str] | None) -> list[Match]:
        """The labels of entries of some kinds in a parse, the longest first."""
        candidates = known.candidates.get(wanted)
        if candidates is not None:
            return candidates
        candidates = []
        for span, text, words in known.labels:
            found = {
                (name, label.kind in NAMES): label
                for name, label in self._names[text]
                if (wanted is None or self.by_curie[name].kind in wanted)
                and _may_stand(self.by_curie[name].kind, label.text, words)
            }
            if found:
                entries = tuple(self.by_curie[name] for name, _ in found)
                candidates.append(Match(span, entries, tuple(found.values())))
        candidates.sort(key=lambda match: (-_length(match.span), match.span.start))
        known.candidates[wanted] = candidates
        return candidates

    @cached_property
    def border_rules(self) -> dict[str, Any]:
        """What is particular to the border, as the mapping that `rules.yaml` holds."""
        return dict(msgspec.to_builtins(self.border))

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Entry, ...]]:
        found: dict[str, list[Entry]] = defaultdict(list)
        for name in sorted(self.by_curie):
            found[self.by_curie[name].kind].append(self.by_curie[name])
        return {kind: tuple(entries) for kind, entries in found.items()}

    @cached_property
    def _by_words(self) -> dict[tuple[str, str], tuple[Entry, ...]]:
        found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for kind, entries in self._by_kind.items():
            for entry in entries:
                for text in dict.fromkeys(_plain(text) for text in entry.words()):
                    found[kind, text].append(entry)
        return {key: tuple(entries) for key, entries in found.items()}

    @cached_property
    def _names(self) -> dict[str, tuple[tuple[str, Label], ...]]:
        """The entries of a label: text in lower case to prefixed name and label as written."""
        found: dict[str, list[tuple[str, Label]]] = defaultdict(list)
        for name in sorted(self.by_curie):
            for label in self.by_curie[name].labels:
                if label.language.startswith("en"):
                    for variant in _variants(label):
                        found[variant.text.lower()].append((name, variant))
        return {text: tuple(names) for text, names in found.items()}

    def _matcher(self, vocab: Vocab) -> PhraseMatcher:
        """The matcher over a vocabulary, built once: building it takes longer than reading an article."""
        known = self._matchers.get(id(vocab))
        if known is None:
            from spacy.lang.en import English
            from spacy.matcher import PhraseMatcher

            tokenizer = English(vocab=vocab)
            matcher = PhraseMatcher(vocab, attr="LOWER")
            for text, names in self._names.items():
                matcher.add(text, [tokenizer.make_doc(label.text) for _, label in names])
            # The vocabulary is kept beside its matcher, so that its id cannot come to mean another one.
            known = self._matchers[id(vocab)] = (vocab, matcher)
        return known[1]


def _choose(candidates: list[Match], start: int, end: int) -> list[Match]:
    """The longest of the labels that lie between two tokens, none overlapping another, in the order of the text."""
    chosen: list[Match] = []
    taken: set[int] = set()
    for match in candidates:
        span = match.span
        if start <= span.start and span.end <= end:
            places = range(span.start, span.end)
            if taken.isdisjoint(places):
                taken.update(places)
                chosen.append(match)
    return sorted(chosen, key=lambda match: match.span.start)


def _goes_on(words: Span) -> bool:
    """Whether "the East" is only the beginning of a longer name that the lexicon does not know: "the East Sea"."""
    if len(words) != 2 or words[0].lower_ != "the" or words.end >= len(words.doc):
        return False
    after = words.doc[words.end]
    return after.pos_ == "PROPN" and after.text[0].isupper() and after.ent_type_ not in {"DATE", "TIME"}


def _length(words: Span) -> int:
    """The tokens of a label without a leading article: in "the South Korean navy" two names have two tokens."""
    return len(words) - (words[0].lower_ == "the")


def _plain(words: str) -> str:
    text = " ".join(words.replace("-", " ").replace("’", "'").split()).lower()
    return text.removeprefix("the ")


def _variants(label: Label) -> Iterator[Label]:
    """A label as texts write it: with and without hyphens."""
    yield label
    if "-" in label.text:
        yield Label(label.text.replace("-", " "), label.kind, label.language)


def _is_acronym(text: str) -> bool:
    """'US' and 'UN' are words in lower case, so labels without a small letter must stand as they are."""
    return not any(character.islower() for character in text)


def _written_alike(label: str, words: str) -> bool:
    return not _is_acronym(label) or label in words


def _may_stand(kind: str, label: str, words: str) -> bool:
    """Whether words may be this label, as far as capitals tell.

    Acronyms stand as they are. A name of one word ("the South", "Seoul") has its capitals, for there are common nouns
    beside it; so have places. An organisation of several words is also written small ("the unification ministry").
    """
    if _is_acronym(label):
        return label == words
    capitals = [part[0].isupper() for part in label.split() if part[0].isalpha() and part.lower() != "the"]
    if not any(capitals) or kind in SCHEMES:
        return True
    if kind in ("organization", "route") and len(capitals) > 1:
        return True
    return all(
        not mine[0].isupper() or theirs[0].isupper()
        for mine, theirs in zip(label.split(), words.split(), strict=False)
        if mine.lower() != "the"
    )


@lru_cache(maxsize=4)
def _load(border: str) -> Lexicon:
    folder = border_dir(border)
    turtle = [*sorted((ontology_dir() / "vocabulary").glob("*.ttl")), folder / "gazetteer.ttl"]
    digest = hashlib.sha256()
    for path in [*turtle, folder / "rules.yaml"]:
        if path.is_file():
            digest.update(f"{path.name}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return Lexicon(read_entries(turtle), read_rules(folder / "rules.yaml"), digest.hexdigest())

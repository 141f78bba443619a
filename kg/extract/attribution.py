"""Who says so: the speaker of a clause, from the verb of saying that governs it or the source that is named beside it.

The speaker is the subject of the governing verb of saying ("X said that ...", "..., X confirmed"), the complement of a
source phrase ("according to X"), or, for words between quotation marks, whoever the nearest such verb of the same
paragraph gives them to: a quotation that runs over several sentences has one speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from kg.extract.document import Sentence, offsets
from kg.extract.quotations import is_quoted, quotation_of
from kg.extract.reporting_rules import ReportingRules, is_official, reporting
from kg.facts.model import Attribution

if TYPE_CHECKING:
    from kg.extract.builder import FactsBuilder
    from kg.extract.parsed import Span, Token

__all__ = [
    "ReportingRules",
    "attribution_mention",
    "find_attribution",
    "is_official",
    "is_quoted",
    "reporting",
    "speaker_of",
    "spoken_by",
]

_SUBJECTS = frozenset({"nsubj"})
_ASIDES_SAID = "asides"
#: Word classes of the words for a speaker, and of the last of them.
_NAMING = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "ADP", "PART", "PRON"})
_SPEAKERS = frozenset({"NOUN", "PROPN", "PRON"})
#: Word classes of what may follow the verb within the aside: "the JCS said in a statement on Monday".
_ADVERBIAL = frozenset({"ADP", "DET", "NOUN", "PROPN", "ADV", "ADJ", "NUM", "PART", "PRON", "SPACE"})
_ASIDE_WORDS = 8
#: Dependents of a speaker that say more about him than who he is.
_ASIDES = frozenset({"relcl", "appos", "acl", "advcl", "cc", "conj", "punct", "npadvmod", "parataxis"})


def find_attribution(sentence: Sentence, head: Token) -> Attribution | None:
    """The speaker to whom a clause is given, or None where the article itself speaks.

    Args:
        sentence: The sentence in which `head` stands.
        head: The verb (or noun) whose clause is asked about.
    """
    quoted = is_quoted(head)
    aside = _aside_speaker(sentence, head)
    if aside is not None:
        return _said_by(aside, quoted)
    found = _governing_speaker(head) or _named_source(head)
    if found is None and quoted:
        found = _speaker_of_quotation(head)
    return None if found is None else _attribution(found, quoted)


def spoken_by(verb: Token) -> Attribution | None:
    """The speaker of a verb of saying that has no clause below it: "the army described the event as rare".

    A verb that is one of saying only with a clause ("find", "see") gives none.
    """
    lemma = verb.lemma_.lower()
    if lemma in reporting().clausal | reporting().addressed or not any(
        c.dep_ in {"dobj", "prep", "agent", "nsubjpass", "xcomp"} for c in verb.children
    ):
        return None
    speaker = speaker_of(verb)
    if speaker is None or speaker.tag_ in {"WP", "WDT"}:
        return None
    if speaker.dep_ == "pobj" or speaker.pos_ in {"NOUN", "PROPN", "PRON"}:
        return _attribution(speaker, False)
    return None


def speaker_of(verb: Token) -> Token | None:
    """The token that heads the speaker of a verb of saying: its subject, or the agent of its passive."""
    for child in verb.children:
        if child.dep_ in _SUBJECTS and child.tag_ not in {"WDT", "WP"}:
            return child
        if child.dep_ == "agent":
            return next(iter(child.children), None)
        if child.dep_ == "nsubjpass" and verb.lemma_.lower() == "quote" and child.tag_ not in {"WDT", "WP"}:
            return child  # "the man was quoted as saying"
        if child.dep_ in _SUBJECTS and verb.dep_ == "relcl":
            return verb.head
    if verb.dep_ == "conj" and verb.head.lemma_.lower() in reporting().verbs:
        return speaker_of(verb.head)
    if verb.dep_ in {"advcl", "xcomp"} and verb.tag_ == "VBG":
        return next((c for c in verb.head.children if c.dep_ in _SUBJECTS), None)
    return None


def _governing_speaker(head: Token) -> Token | None:
    rules = reporting()
    node = head
    while node.head != node:
        parent = node.head
        lemma = parent.lemma_.lower()
        if lemma in rules.verbs and parent.pos_ in {"VERB", "AUX"}:
            if node.dep_ in {"ccomp", "parataxis"} or (node.dep_ == "dobj" and lemma in rules.nominal):
                return speaker_of(parent)
            if node.dep_ == "dobj" and lemma == "suspect":
                return speaker_of(parent)
        if lemma == "put" and node.dep_ == "prep" and node.lower_ == "at":
            return speaker_of(parent)  # "the ministry puts it at forty"
        # "Four men were found, the army said": the verb of saying may be the dependent.
        for child in node.children:
            if child.dep_ in {"parataxis", "ccomp"} and child.i > head.i and child.lemma_.lower() in rules.verbs:
                speaker = speaker_of(child)
                if speaker is not None and not any(c.dep_ in {"ccomp", "dobj", "mark"} for c in child.children):
                    return speaker
        node = parent
    return None


def _aside_speaker(sentence: Sentence, head: Token) -> list[Token] | None:
    """The words for the speaker in an aside between commas, by the words alone, for parses hang such asides anywhere.

    "The man, officials said, was calm"; "crossings have become rare, analysts say, as most go by China"; at the end as
    well: "..., the army confirmed.".
    """
    known: dict[int, tuple[tuple[int, int, int], ...]] = head.doc.user_data.setdefault(_ASIDES_SAID, {})
    if sentence.span.start not in known:
        known[sentence.span.start] = tuple(_said_aside(sentence.span))
    for opens, verb, after in known[sentence.span.start]:
        if not opens - 1 <= head.i < after:
            return [head.doc[i] for i in range(opens, verb)]
    return None


def _said_aside(words: Span) -> Iterator[tuple[int, int, int]]:
    """The asides of a sentence that name a speaker: where one begins, its verb, and what stands behind it."""
    doc, first, last = words.doc, words.start, words.end
    for verb in words:
        if verb.lemma_.lower() not in reporting().verbs or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
            continue
        opens = verb.i
        while opens > first and verb.i - opens < _ASIDE_WORDS and doc[opens - 1].pos_ in _NAMING:
            opens -= 1
        named = opens
        while opens > first + 1 and doc[opens - 1].lower_ in {"so", "or"}:
            opens -= 1  # "beaten too often, or so his comrades noted"
        if named in {verb.i, first} or doc[opens - 1].text != "," or doc[verb.i - 1].pos_ not in _SPEAKERS:
            continue
        after = verb.i + 1
        while after < last and doc[after].pos_ in _ADVERBIAL and after - verb.i <= _ASIDE_WORDS:
            after += 1
        object_ = after > verb.i + 1 and doc[verb.i + 1].pos_ not in {"ADP", "ADV", "PROPN", "SPACE"}
        closed = after >= last or doc[after].text in {",", ".", ";"}
        if closed and not object_:
            yield named, verb.i, after


def _named_source(head: Token) -> Token | None:
    """The complement of "according to" or "citing" that hangs on the clause or on one above it."""
    node = head
    while True:
        for child in node.children:
            word = child.lower_
            if word in {"according", "accord"} and child.dep_ in {"prep", "advcl", "punct", "dep"}:
                to = next((c for c in child.children if c.lower_ == "to"), None)
                target = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
                if target is not None:
                    return target
            if word in {"citing", "quoting"} and child.dep_ in {"advcl", "prep"}:
                target = next((c for c in child.children if c.dep_ in {"dobj", "pobj"}), None)
                if target is not None:
                    return target
            account = _account(child)
            if account is not None:
                return account
        if node.head == node:
            return None
        node = node.head


def _account(preposition: Token) -> Token | None:
    """What "by some accounts" or "by her own telling" gives a clause to."""
    if preposition.lower_ != "by":
        return None
    told = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    return told if told is not None and told.lemma_.lower() in reporting().accounts else None


def _speaker_of_quotation(head: Token) -> Token | None:
    span = quotation_of(head)
    if span is None:
        return None
    rules = reporting()
    doc, (start, end) = head.doc, span
    # After the closing mark first ("...," X said), then before the opening one (X said: "...").
    after = range(end, min(end + 12, len(doc)))
    before = range(start - 1, max(start - 25, -1), -1)
    for positions in (after, before):
        for position in positions:
            token = doc[position]
            if positions == after and token.text in {".", '"'} and position > end + 1:
                break
            if positions == before and token.is_sent_end and position < start - 1 and token.text in {".", "?", "!"}:
                break
            if token.lemma_.lower() in rules.verbs and token.pos_ == "VERB" and quotation_of(token) is None:
                speaker = speaker_of(token)
                if speaker is not None and quotation_of(speaker) is None:
                    return speaker
    return None


def _speaker_words(token: Token) -> list[Token]:
    """The words that say who speaks: the noun with what stands before it and its prepositions, no asides."""
    words = [token]
    for child in token.children:
        if child.dep_ in _ASIDES:
            continue
        if child.i < token.i or child.dep_ in {"prep", "case", "flat"}:
            words += [w for w in child.subtree if not w.is_space]
    first, last = min(w.i for w in words), max(w.i for w in words)
    return list(token.doc[first : last + 1])


def _attribution(speaker: Token, quoted: bool) -> Attribution:
    return _said_by(_speaker_words(speaker), quoted)


def _said_by(words: list[Token], quoted: bool) -> Attribution:
    start, end = offsets(words)
    text = words[0].doc[words[0].i : words[-1].i + 1].text
    return Attribution(text=text, start=start, end=end, quoted=quoted, official=is_official(text))


def attribution_mention(builder: FactsBuilder, attribution: Attribution | None) -> Attribution | None:
    """The attribution with the article's own words and, where the speaker is a known mention, that mention.

    "The statement", "he" or "it" are given to the speaker named last before them, as a continued quotation is.

    Args:
        builder: The record in the making, with the names already found.
        attribution: What `find_attribution` gave.
    """
    if attribution is None:
        return None
    document = builder.document
    spoken = msgspec.structs.replace(attribution, text=document.quote(attribution.start, attribution.end))
    bare = re.sub(r"^(the|a|an)\s+", "", spoken.text.lower())
    if bare in reporting().pronouns or bare in reporting().statements:
        earlier = _last_speaker(builder, spoken.start)
        if earlier is not None:
            quoted = spoken.quoted
            spoken = msgspec.structs.replace(earlier, quoted=quoted)
    found = builder.mention_within("Organization", spoken.start, spoken.end)
    if found is None:
        found = builder.mention_within("Person", spoken.start, spoken.end)
    if found is None or found.end > spoken.end + 8 or found.start < spoken.start - 8:
        return spoken
    return msgspec.structs.replace(spoken, mention=found.id)


def _last_speaker(builder: FactsBuilder, before: int) -> Attribution | None:
    """The named speaker of the last verb of saying that ends before an offset, not more than four sentences back."""
    rules = reporting()
    earlier = [s for s in builder.document.sentences if s.start < before][-5:]
    for sentence in reversed(earlier):
        for token in reversed(list(sentence.span)):
            if token.lemma_.lower() not in rules.verbs or token.pos_ != "VERB":
                continue
            speaker = speaker_of(token)
            if speaker is None or offsets(speaker)[0] >= before:
                continue
            found = _attribution(speaker, False)
            bare = re.sub(r"^(the|a|an)\s+", "", found.text.lower())
            if bare not in rules.pronouns and bare not in rules.statements and is_official(found.text):
                return msgspec.structs.replace(found, text=builder.document.quote(found.start, found.end))
    return None

"""What an article says of its named persons: job, body they belong to, type of actor, nationality, time in office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.builder import FactsBuilder
from kg.extract.descriptions import Description, descriptions_of
from kg.extract.document import Sentence, offsets
from kg.extract.lexicon import Lexicon
from kg.extract.naming import NamesRules, States, is_capitalised
from kg.extract.offices import find_offices
from kg.extract.person_gender import find_gender
from kg.facts.model import Evidence, Mention, Value

if TYPE_CHECKING:
    from kg.extract.parsed import Span

__all__ = ["find_person_features"]

#: Roles of these types alone are a kind of actor; the others are jobs.
_TYPES = ("leader", "diplomat", "official", "soldier", "civilian", "student", "fisher")
_RULE = frozenset({"regime", "rule", "government", "dictatorship"})


def find_person_features(builder: FactsBuilder, lexicon: Lexicon, rules: NamesRules) -> None:
    """Add `cx:jobTitle`, `cx:actorType`, `cx:affiliation`, `cx:nationality` and `cx:inOfficeSince` claims.

    Only persons whose whole name stands in the sentence are described; a surname alone repeats somebody known.
    """
    states = States(lexicon)
    for sentence in builder.document.sentences:
        for person in _persons(builder, sentence):
            words = _span(sentence, person)
            if words is None:
                continue
            for description in descriptions_of(words, rules):
                _describe(builder, sentence, person, description, lexicon, states, rules)
            _rules_over(builder, person, words)
            _ranked(builder, person, words, lexicon)
            _by_clause(builder, sentence, person, words, rules)
        find_offices(builder, sentence)
    find_gender(builder, rules)


def _persons(builder: FactsBuilder, sentence: Sentence) -> list[Mention]:
    people = (m for m in builder.mentions.values() if m.cls == "Person" and m.name is not None)
    return sorted((m for m in people if sentence.start <= m.start < sentence.end), key=lambda m: m.start)


def _span(sentence: Sentence, mention: Mention) -> Span | None:
    first = sentence.span[0]
    shift = offsets(first)[0] - first.idx
    return sentence.span.doc.char_span(mention.start - shift, mention.end - shift)


def _describe(
    builder: FactsBuilder,
    sentence: Sentence,
    person: Mention,
    description: Description,
    lexicon: Lexicon,
    states: States,
    rules: NamesRules,
) -> None:
    doc, role = description.role.doc, description.role
    place = offsets(description.words)
    evidence = builder.document.evidence(min(place[0], person.start), max(place[1], person.end))
    matches = lexicon.match(description.words, ("place", "organization"))
    title = _title(role, {i for m in matches for i in range(m.span.start, m.span.end)}, rules)
    if title is not None:
        words = builder.document.quote(*offsets(title))
        builder.claim(
            person,
            "cx:jobTitle",
            Value(kind="text", value=" ".join(words.split())),
            evidence,
            raw=words,
            tense="present",
        )
    rank = _rank_of(role[-1:], lexicon) if description.kind == "soldier" else None
    if rank is not None and role[-1].text.islower():
        told = Value(kind="concept", value=rank)
        builder.claim(person, "cx:rank", told, evidence, raw=role[-1].text, tense="present")
    if description.kind in _TYPES and title is not None:
        value = Value(kind="concept", value=f"actor:{description.kind}")
        raw = builder.document.quote(*offsets(role))
        builder.claim(person, "cx:actorType", value, evidence, raw=raw, tense="present")
    for match in matches:
        state = states.of(match)
        owned = match.meant("demonym") or (match.span.end < len(doc) and doc[match.span.end].text == "'s")
        of = match.span.start >= role.end and doc[match.span.start - 1].lower_ in {"of", "for"}
        if state is not None and title is not None and (owned or of):
            raw = builder.document.quote(*offsets(match.span))
            national = Value(kind="concept", value=state)
            builder.claim(person, "cx:nationality", national, evidence, raw=raw, tense="present")
            break
    body = _body(builder, description, rules)
    if body is not None and title is not None:
        belongs = Value(kind="mention", value=body.id)
        builder.claim(person, "cx:affiliation", belongs, evidence, raw=body.quote, tense="present")


def _title(role: Span, named: set[int], rules: NamesRules) -> Span | None:
    """The words of the job: the role with its modifiers, and an "of" phrase that names no state or body."""
    doc, start, end = role.doc, role.start, role.end
    while start < end and (
        start in named
        or doc[start].lower_ in rules.no_title
        or doc[start].pos_ in {"DET", "PART"}
        or doc[start].ent_type_ == "DATE"
    ):
        start += 1
    if start >= end or doc[start:end].text.lower() in rules.no_job or doc[end - 1].lower_ in rules.no_job:
        return None
    if end + 1 < role.sent.end and doc[end].lower_ == "of":
        last = end + 1
        while last < role.sent.end and doc[last].pos_ in {"ADJ", "NOUN", "CCONJ"} and last not in named:
            last += 1
        if last > end + 1:
            end = last
    return doc[start:end]


def _body(builder: FactsBuilder, description: Description, rules: NamesRules) -> Mention | None:
    """The organisation in a description: after "at", "of", or before the role ("ministry spokesman")."""
    start, end = offsets(description.words)
    bodies = [m for m in builder.mentions.values() if m.cls == "Organization" and start <= m.start and m.end <= end]
    role = offsets(description.role)
    for body in sorted(bodies, key=lambda m: m.start):
        if body.start >= role[1]:
            between = builder.document.quote(role[1], body.start).lower().split()
            if between and (between[0] in rules.employs or between[-1] in rules.employs):
                return body
        elif body.end <= role[1]:
            return body
    return None


def _ranked(builder: FactsBuilder, person: Mention, name: Span, lexicon: Lexicon) -> None:
    """Whoever has a military rank before the name is a soldier of that rank ("Col. Ada Lind")."""
    doc = name.doc
    before = doc[max(name.start - 4, 0) : name.start]
    if not len(before):
        return
    ranks = [match.span for match in lexicon.match(before, ("rank",)) if is_capitalised(match.span[0])]
    if is_capitalised(before[-1]) and _rank_of(before[-1:], lexicon) is not None:
        ranks = ranks if ranks and ranks[-1].end == name.start else [before[-1:]]
    if not ranks or doc[ranks[-1].end : name.start].text not in {"", "."}:
        return
    words = ranks[-1]
    start, end = offsets(words)
    end += doc[words.end : name.start].text == "." and not doc[words.end - 1].whitespace_
    evidence = builder.document.evidence(start, person.end)
    rank = _rank_of(words, lexicon)
    if rank is None:
        return
    builder.claim(person, "cx:rank", Value(kind="concept", value=rank), evidence, raw=words.text, tense="present")
    soldier = Value(kind="concept", value="actor:soldier")
    builder.claim(person, "cx:actorType", soldier, evidence, raw=words.text, tense="present")
    if not any(c.predicate == "cx:jobTitle" and c.subject == person.id for c in builder.claims.values()):
        title = " ".join(builder.document.quote(start, end).split())
        builder.claim(person, "cx:jobTitle", Value(kind="text", value=title), evidence, raw=title, tense="present")


def _rank_of(words: Span, lexicon: Lexicon) -> str | None:
    """The rank that words name: "Col.", or "Captain", which elsewhere may be a ship's."""
    plain = words.text
    return (
        lexicon.concept("rank", plain)
        or lexicon.concept("rank", f"{plain}.")
        or lexicon.concept("rank", f"{plain} (rank)")
    )


def _by_clause(builder: FactsBuilder, sentence: Sentence, person: Mention, name: Span, rules: NamesRules) -> None:
    """What a body or a clause after the name tells: "Ada Lind of the Institute", "Ada Lind, who runs the embassy"."""
    doc, end = name.doc, name.end
    if end >= sentence.span.end:
        return
    if doc[end].lower_ in rules.employs:
        _belongs(builder, person, name, doc[end : min(end + 4, sentence.span.end)])
        return
    if doc[end].text != "," or end + 2 >= sentence.span.end or doc[end + 1].lower_ != "who":
        return
    verb = next((t for t in doc[end + 2 : sentence.span.end] if t.pos_ == "VERB"), None)
    if verb is None:
        return
    last = next((t.i for t in doc[end + 2 : sentence.span.end] if t.text == ","), sentence.span.end)
    led = next((child for child in verb.children if child.dep_ == "dobj"), None)
    if verb.lemma_ in rules.leads and led is not None and led.lemma_.lower() in rules.missions:
        evidence = builder.document.evidence(person.start, offsets(led)[1])
        value = Value(kind="concept", value="actor:diplomat")
        builder.claim(person, "cx:actorType", value, evidence, raw=led.text, tense="present")
    for token in doc[verb.i : last]:
        if token.lower_ in rules.employs:
            _belongs(builder, person, name, doc[token.i : min(token.i + 4, last)])


def _belongs(builder: FactsBuilder, person: Mention, name: Span, lead: Span) -> None:
    """Add the affiliation to the organisation that begins right after a preposition."""
    first = 2 if len(lead) > 1 and lead[1].lower_ in {"the", "a", "an"} else 1
    if first >= len(lead):
        return
    start, end = offsets(lead[first])
    body = builder.mention_within("Organization", start, end)
    if body is None:
        return
    evidence = builder.document.evidence(person.start, body.end)
    value = Value(kind="mention", value=body.id)
    builder.claim(person, "cx:affiliation", value, evidence, raw=body.quote, tense="present")


def _rules_over(builder: FactsBuilder, person: Mention, name: Span) -> None:
    """Whoever a regime is said to be of leads it."""
    doc = name.doc
    after = doc[name.end : name.end + 3]
    before = doc[max(name.start - 2, 0) : name.start]
    if len(before) == 2 and before[0].lower_ in _RULE and before[1].lower_ == "of":
        words = doc[before.start : name.end]
    elif len(after) >= 2 and after[0].text == "'s" and any(token.lower_ in _RULE for token in after[1:]):
        words = doc[name.start : next(t.i for t in after[1:] if t.lower_ in _RULE) + 1]
    else:
        return
    evidence: Evidence = builder.document.evidence(*offsets(words))
    value = Value(kind="concept", value="actor:leader")
    builder.claim(person, "cx:actorType", value, evidence, tense="present")

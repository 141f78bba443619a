"""The tool `entity`: one thing with its values, the claims behind them, the words, and what disagrees."""

from __future__ import annotations

import asyncio
from typing import Annotated

import msgspec
from msgspec import Meta
from pyoxigraph import NamedNode

from kg.article.naming import ARTICLE
from server.describing import LIMIT_CLAIMS, LIMIT_LINKS, LIMIT_READ, Description, describe, describe_article
from server.labels import Labels, labels_in
from server.linked_data import elsewhere
from server.mcp.call import Call
from server.mcp.terms import iri_of, written
from server.mcp.tool import Answer, Arguments, ReleaseId, Tool
from server.page_queries import PageQueries
from server.problems import Problem
from server.replies import is_iri
from server.views.entity import EntityView, entity_view
from server.views.evidence import ClaimView, claims_of

__all__ = ["ENTITY", "found_iri"]

#: How to ask for all claims about a thing, or for all that an article makes.
_ALL_CLAIMS = "SELECT ?claim ?p ?o { GRAPH ?g { ?claim a cx:Claim ; @by <@iri> ; ?p ?o } } ORDER BY ?claim"


class EntityArguments(Arguments, frozen=True, kw_only=True):
    """Which thing."""

    id: Annotated[str, Meta(min_length=1, max_length=1000, description="Its IRI, or id:incident/... or incident/...")]
    max_claims: Annotated[int, Meta(ge=0, le=LIMIT_CLAIMS, description="Claims to give at most.")] = 50
    release: ReleaseId = None


class Quoted(msgspec.Struct, frozen=True, kw_only=True):
    """The words that a claim rests on."""

    words: Annotated[str | None, Meta(description="The words of the article, or null where they are withheld.")]
    withheld: Annotated[int, Meta(description="How many words are withheld.")] = 0
    start: Annotated[int, Meta(description="Offset in the article, in code points from 0.")]
    end: Annotated[int, Meta(description="The offset behind the last code point.")]


class ClaimTold(msgspec.Struct, frozen=True, kw_only=True):
    """A claim about the thing, or of an article one that it makes."""

    iri: str
    about: Annotated[str, Meta(description="The IRI of what it is about: the thing, or what the article speaks of.")]
    about_label: Annotated[str, Meta(description="What that is called.")]
    property: str
    value: Annotated[str, Meta(description="As SPARQL writes it.")]
    label: Annotated[str, Meta(description="The value in words.")]
    certainty: str
    held: Annotated[bool, Meta(description="Whether a claim like this may found a value: not hedged, not denied.")]
    marks: Annotated[list[str], Meta(description="negated, general, or planned or expected.")]
    speaker: Annotated[str | None, Meta(description="The words that say who says so.")]
    rule: Annotated[str | None, Meta(description="The rule by which it was worked out of several texts.")] = None
    article: str
    quotes: list[Quoted]


class ValueTold(msgspec.Struct, frozen=True, kw_only=True):
    """A value that is held to be so; `claims` are those that it rests on."""

    property: str
    label: str
    value: Annotated[str, Meta(description="In words.")]
    exact: Annotated[str | None, Meta(description="The lexical form, where it says more than the words.")] = None
    iri: str | None = None
    claims: list[str]


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """Values that do not agree."""

    iri: str
    property: str
    values: list[str]
    chosen: Annotated[str | None, Meta(description="The value that a rule chose; null where none did.")]
    rule: str


class ArticleTold(msgspec.Struct, frozen=True, kw_only=True):
    """An article that reports the thing."""

    iri: str
    title: str
    words_of: Annotated[str, Meta(description="Whose words its quotes are: a publisher's, or our digest of it.")]
    published: Annotated[str | None, Meta(description="As the article states it; null where it states none.")]


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """Something that points to the thing, by a property."""

    property: str
    iri: str
    label: str


class Told(Answer, frozen=True, kw_only=True):
    """What is said of a thing."""

    iri: Annotated[str, Meta(description="Its canonical IRI.")]
    asked: Annotated[str, Meta(description="The IRI that was asked for; another one where that was merged into this.")]
    kind: Annotated[str, Meta(description="Its class.")]
    label: Annotated[str, Meta(description="What it is called.")]
    also: Annotated[list[str], Meta(description="Its other names.")]
    values: Annotated[list[ValueTold], Meta(description="What is held to be so, with the claims behind it.")]
    disagreements: Annotated[list[Disagreement], Meta(description="Where sources do not agree.")]
    claims: Annotated[list[ClaimTold], Meta(description="What is said of it, of an article what it says, with words.")]
    articles: Annotated[list[ArticleTold], Meta(description="The articles that speak of it.")]
    linked_from: Annotated[list[Link], Meta(description="What points to it.")]
    independent_sources: Annotated[list[int] | None, Meta(description="At least and at most how many.")]
    notes: Annotated[list[str], Meta(description="What is left out.")]


async def found_iri(queries: PageQueries, given: str) -> tuple[str, str]:
    """The IRI that somebody asks for, and that of what it leads to where it was merged.

    Raises:
        Problem: Nothing has that name, or it is withheld.
    """
    asked = iri_of(given)
    if not is_iri(asked):
        detail = f"'{given[:100]}' is no id of the graph: give an IRI or id:CLASS/NAME, as search answers them"
        raise Problem("malformed-request", detail, {"parameter": "id"})
    return asked, await elsewhere(queries, asked) or asked


async def _run(call: Call, asked: EntityArguments) -> Told:
    queries = call.queries(await call.release(asked.release))
    given, iri = await found_iri(queries, asked.id)
    known = await call.ground.labels(queries)
    found, labels, all_claims, limit = await _described(queries, iri, known)
    view = entity_view(found, labels)
    claims, notes = _within(all_claims, labels, asked.max_claims, call.ground.limits.tool_characters)
    if len(all_claims) >= limit:
        notes.append(f"It has more than {limit} claims: ask sparql for the others.")
    if notes:
        by = "cx:inArticle" if _is_article(iri) else "rdf:subject"
        notes.append(f"In sparql: {_ALL_CLAIMS.replace('@by', by).replace('@iri', iri)}")
    if found.more_pointing:
        notes.append(f"More than {LIMIT_LINKS} things point to it: ask sparql for the others.")
    return Told(
        release=queries.release.id,
        revision=queries.release.revision,
        iri=iri,
        asked=given,
        kind=view.kind.text,
        label=view.label.text,
        also=[each.label.text for each in view.also],
        values=_values(view),
        disagreements=_disagreements(view),
        claims=claims,
        articles=_articles(view, [] if _is_article(iri) else all_claims),
        linked_from=_links(found, labels),
        independent_sources=None if view.sources is None else list(view.sources),
        notes=notes,
    )


def _is_article(iri: str) -> bool:
    return iri.startswith(ARTICLE)


async def _described(queries: PageQueries, iri: str, known: Labels) -> tuple[Description, Labels, list[ClaimView], int]:
    """The description of a thing with all labels, its claims, and how many there are of them at most.

    The claims of an article are those that it makes, which its own description has.
    """
    if not _is_article(iri):
        found = await describe(queries, iri, page=True, known=known)
        labels = known.and_of(labels_in(found.quads))
        return found, labels, claims_of(found, found.subjects("rdf:subject", iri), labels), LIMIT_CLAIMS
    found, made = await asyncio.gather(
        describe(queries, iri, page=True, known=known), describe_article(queries, iri, known)
    )
    labels = known.and_of({**labels_in(made.quads), **labels_in(found.quads)})
    return found, labels, claims_of(made, made.subjects("cx:inArticle", iri), labels), LIMIT_READ


def _values(view: EntityView) -> list[ValueTold]:
    return [
        ValueTold(
            property=_term(fact.property),
            label=fact.label.text,
            value=value.view.label.text,
            exact=value.view.exact,
            iri=value.view.iri,
            claims=[claim.iri for claim in value.claims],
        )
        for fact in view.facts
        for value in fact.values
    ]


def _disagreements(view: EntityView) -> list[Disagreement]:
    return [
        Disagreement(
            iri=each.iri,
            property=_term(each.property),
            values=[side.view.label.text for side in each.sides],
            chosen=next((side.view.label.text for side in each.sides if side.note), None),
            rule=each.rule.label.text,
        )
        for each in view.conflicts
    ]


def _articles(view: EntityView, claims: list[ClaimView]) -> list[ArticleTold]:
    found = {article.iri: article for article in (*view.articles, *(claim.article for claim in claims))}
    return [
        ArticleTold(iri=each.iri, title=each.title, words_of=each.what, published=each.published)
        for each in found.values()
    ]


def _links(found: Description, labels: Labels) -> list[Link]:
    pairs = sorted({(quad.predicate.value, str(quad.subject)[1:-1]) for quad in found.pointing})
    return [Link(property=_term(name), iri=iri, label=labels.of(iri).text) for name, iri in pairs]


def _term(iri: str) -> str:
    """An IRI as a query has it.

    >>> _term("https://w3id.org/crossings/ontology#front")
    'cx:front'
    """
    return written(NamedNode(iri)) or ""


def _within(claims: list[ClaimView], labels: Labels, most: int, characters: int) -> tuple[list[ClaimTold], list[str]]:
    told: list[ClaimTold] = []
    length = 0
    for each in claims[:most]:
        claim = _claim(each, labels)
        length += len(msgspec.json.encode(claim))
        if length > characters:
            break
        told.append(claim)
    left = len(claims) - len(told)
    return told, [f"{left} further claims are left out: ask for more claims, or ask sparql."] if left else []


def _claim(view: ClaimView, labels: Labels) -> ClaimTold:
    return ClaimTold(
        iri=view.iri,
        about=view.subject,
        about_label=labels.of(view.subject).text,
        property=_term(view.predicate),
        value=written(view.term) or "",
        label=view.value.label.text,
        certainty=view.certainty.text,
        held=view.held,
        marks=list(view.marks),
        speaker=view.speaker,
        rule=view.rule.text if view.rule is not None else None,
        article=view.article.iri,
        quotes=[Quoted(words=w.quote, withheld=w.withheld, start=w.start, end=w.end) for w in view.words],
    )


def _as_text(told: Told) -> str:
    lines = [f"{told.label} ({told.kind}) <{told.iri}>"]
    if told.asked != told.iri:
        lines.append(f"<{told.asked}> was merged into it.")
    lines += ["Held to be so:", *(f"  {each.label}: {each.value}" for each in told.values)]
    for each in told.disagreements:
        chosen = f"chosen: {each.chosen} ({each.rule})" if each.chosen else "none is chosen"
        lines.append(f"Sources disagree on {each.property}: {' | '.join(each.values)}; {chosen}.")
    lines.append("Claims:")
    for claim in told.claims:
        how = ", ".join([claim.certainty, *claim.marks])
        words = "; ".join(
            f'"{quote.words}"' if quote.words is not None else f"{quote.withheld} words withheld"
            for quote in claim.quotes
        )
        about = f"{claim.about_label}: " if claim.about != told.iri else ""
        lines.append(f"  {about}{claim.property} {claim.label} ({how}) {words} in <{claim.article}>")
    lines += ["Articles:", *(f"  <{each.iri}> {each.title} ({each.words_of})" for each in told.articles)]
    return "\n".join([*lines, *told.notes, f"Release {told.revision}."])


ENTITY = Tool(
    name="entity",
    title="One thing with its evidence",
    description=(
        "All about one incident, person, organisation, route, statistic, place or article: values that are held to be "
        "so, disagreements, claims with certainty, speaker, quoted words and offsets (of an article those that it "
        "makes), articles, and what points to it."
    ),
    arguments=EntityArguments,
    answer=Told,
    run=_run,
    text=_as_text,
    examples=({"id": "id:route/dmz"}, {"id": "https://w3id.org/crossings/id/route/dmz", "max_claims": 5}),
)

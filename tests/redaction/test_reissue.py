"""A released graph without who is withheld: on little reports in our own words, and held against what a build makes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from kg.consolidate.consolidate import consolidate
from kg.curation import Anchor, Curation, Judgement, Redaction
from kg.errors import GraphError
from kg.identity.decisions import anchor
from kg.knowledge import Knowledge
from kg.mapping.curation_graph import curation_graph
from kg.mapping.graph import build_quads
from kg.mapping.quads import Quads, node
from kg.mapping.statements import ArticleStatements
from kg.namespaces import BASE, expand, graph_iri
from kg.redaction.names import Names
from kg.redaction.reissue import Redacted, ReleasedGraph, redact
from kg.redaction.released import called, entities, leading_to
from kg.redaction.withheld import Tombstone
from kg.shapes.validate import validate
from tests.support.facts import Draft

KNOWLEDGE = Knowledge.load()
DAY = date(2031, 6, 1)


def report(kind: str = "digest", name: str = "Mina Do-ran", *, speaks: bool = True) -> ArticleStatements:
    """A named man crosses; he says why, and another is named beside him."""
    draft = Draft(
        f"{name} crossed the eastern front on 3 May 2031. The crossing took two hours. "
        f"{name.split()[0]} said that the road was mined. Pak Sol Hui, who knows the area, said that it was cold.",
        id="12" * 32,
        kind=kind,
        published="2031-05-09",
        title=f"A cold night. {name} tells",
        url="https://news.example/mina-do-ran-crosses",
        publisher="The Daily Example",
    )
    incident = draft.mention("Incident", "crossed")
    man = draft.mention("Person", name, name=name)
    other = draft.mention("Person", "Pak Sol Hui", name="Pak Sol Hui")
    route = draft.mention("Route", "the road")
    draft.claim(incident, "cx:crosser", man, f"{name} crossed")
    draft.claim(incident, "cx:dateEDTF", draft.time("3 May 2031", edtf="2031-05-03"), "on 3 May 2031")
    draft.claim(incident, "cx:front", "front:eastern", "the eastern front")
    draft.claim(man, "cx:name", name, name)
    draft.claim(other, "cx:name", "Pak Sol Hui", "Pak Sol Hui")
    if speaks:
        draft.claim(route, "cx:name", "the road", "the road", by=name.split()[0], speaker=man)
        draft.claim(route, "cx:routeFeature", "mined", "mined", by=name.split()[0], speaker=man)
    return ArticleStatements.of(draft.facts(), draft.text)


def built(articles: Sequence[ArticleStatements], curation: Curation | None = None) -> Quads:
    curation = curation or Curation()
    anchored = anchor(curation, articles)
    made = consolidate(articles, KNOWLEDGE, decisions=anchored.decisions)
    return build_quads(made, KNOWLEDGE, "korea", curation_graph(curation, anchored, made))


def person(quads: Quads, name: str) -> str:
    """The IRI of a person, by a name."""
    held = ReleasedGraph.of(quads).held
    return next(s[1:-1] for s in held.subjects("") if f'"{name}"' in held.values(s, "cx:name", ""))


def without(quads: Quads, *iris: str, reason: str | None = "At risk.") -> Redacted:
    graph = ReleasedGraph.of(quads)
    meant = [end for iri in iris for end in sorted(entities(graph.held, iri))]
    return redact(graph, [Tombstone(iri, DAY, reason) for iri in iris], called(graph.held, meant))


def objects(quads: Quads, predicate: str) -> list[str]:
    return sorted(getattr(q.object, "value", "") for q in quads if q.predicate.value == expand(predicate))


def named(quads: Quads, *names: str) -> list[str]:
    return [line for line in quads.lines() if Names(names).name(line)]


def test_it_is_what_a_build_makes_of_a_digest() -> None:
    quads = built([report()])
    iri = person(quads, "Mina Do-ran")
    made = without(quads, iri)
    entry = Redaction(id=iri.removeprefix(f"{BASE}id/"), by="a curator", on=DAY, reason="At risk.")
    assert made.quads == built([report()], Curation(redactions=(entry,)))
    assert made.counts == {"entities": 1, "claims": 2, "quotes": 5, "stretches of digests": 2}
    assert validate(made.quads).counts()["violation"] == 0


@pytest.mark.parametrize("name", ["Mina Do-ran", "\ub9ac\uc77c\uaddc"])
@pytest.mark.parametrize("kind", ["digest", "article"])
def test_no_line_has_the_name(kind: str, name: str) -> None:
    quads = built([report(kind, name)])
    assert len(named(quads, name)) > 4, "the test can see it"
    made = without(quads, person(quads, name))
    assert named(made.quads, name) == []
    assert "A cold night." in objects(made.quads, "dcterms:title")
    assert validate(made.quads).counts()["violation"] == 0


def test_of_a_text_that_was_not_released_every_quote_near_to_him_goes() -> None:
    quads = built([report("article")])
    assert "mined" in objects(quads, "oa:exact"), "it stands in another sentence than the name"
    made = without(quads, person(quads, "Mina Do-ran"))
    assert objects(made.quads, "oa:exact") == []
    assert objects(made.quads, "cx:quoteHash") == []
    assert objects(made.quads, "cx:rawValue") == []
    assert objects(made.quads, "cx:attributionText") == []
    # What is held to be so rests on claims that stay.
    assert "2031-05-03" in objects(made.quads, "cx:dateEDTF")
    assert len(objects(made.quads, "cx:crosser")) == 0


def test_a_second_redaction_adds_to_the_first() -> None:
    quads = built([report()])
    first = without(quads, person(quads, "Mina Do-ran"))
    second = without(first.quads, person(quads, "Pak Sol Hui"))
    assert named(second.quads, "Mina Do-ran", "Pak Sol Hui") == []
    (text,) = objects(second.quads, "cx:text")
    assert text.replace("\u2588", "") == "The crossing took two hours. "
    assert objects(second.quads, "cx:stretchesWithheld") == ["3"]
    assert second.counts["stretches of digests"] == 1
    stones = [q for q in second.quads if q.object == expand("cx:Withheld")]
    assert len(objects(second.quads, "cx:withheldOn")) == 2, stones


def test_another_report_keeps_what_it_says_and_only_that() -> None:
    draft = Draft("Mina Do-ran is a poet. He lives by the sea.", id="34" * 32, kind="digest", published="2031-05-20")
    man = draft.mention("Person", "Mina Do-ran", name="Mina Do-ran")
    draft.claim(man, "cx:name", "Mina Do-ran", "Mina Do-ran")
    draft.claim(man, "cx:jobTitle", "poet", "poet")
    quads = built([report(), ArticleStatements.of(draft.facts(), draft.text)])
    made = without(quads, person(quads, "Mina Do-ran"))
    assert named(made.quads, "Mina Do-ran") == []
    assert "He lives by the sea." in [text.replace("\u2588", "") for text in objects(made.quads, "cx:text")]
    assert "poet" not in objects(made.quads, "rdf:object")


def test_a_value_that_only_his_claims_say_does_not_stand() -> None:
    draft = Draft(
        "Of all arrivals a third were women. Of all crossings, a third. The end.", id="bc" * 32, kind="digest"
    )
    share = draft.mention("Statistic", "a third were women")
    for words in ("all arrivals", "all crossings"):
        whole = draft.mention("Statistic", words)
        draft.claim(whole, "cx:measure", "measure:arrivals", words)
        draft.claim(share, "cx:shareOf", whole, words)
    quads = built([ArticleStatements.of(draft.facts(), draft.text)])
    assert len(objects(quads, "cx:onSubject")) == 1
    held = ReleasedGraph.of(quads).held
    (one,) = [s for s in held.subjects() if '"all crossings"' in held.values(s, "oa:exact")]
    mention = next(
        m for e in held.pointing(one, "oa:hasSelector") for m in held.pointing(e, "cx:evidence") if "/mention/" in m
    )
    made = without(quads, held.values(mention, "cx:mentions")[0][1:-1])
    assert objects(made.quads, "cx:onSubject") == []
    (text,) = objects(made.quads, "cx:text")
    assert text.replace("\u2588", "") == "Of all arrivals a third were women. The end."


def test_a_judgement_about_him_and_a_merged_id_go() -> None:
    places = [Anchor(article="12" * 32, cls="Person", quote=quote) for quote in ("Mina Do-ran", "Pak Sol Hui")]
    judgement = Judgement(
        first=places[0], second=places[1], judgement="NEGATIVE", by="a curator", on="2031-06-01", reason="Two."
    )
    quads = built([report()], Curation(judgements=(judgement,)))
    iri, old = person(quads, "Mina Do-ran"), f"{BASE}id/person/{'b' * 16}"
    merged = f"{node(old)} {node('dcterms:isReplacedBy')} {node(iri)}"
    quads = Quads.union([quads, Quads({"": {merged}})])
    assert leading_to(ReleasedGraph.of(quads).held, {iri}) == {iri, old}
    made = without(quads, old)
    assert objects(made.quads, "cx:judgement") == []
    assert objects(made.quads, "dcterms:isReplacedBy") == []
    assert sorted(str(q.subject) for q in made.quads if q.predicate.value == expand("cx:withheldOn")) == sorted(
        [f"<{iri}>", f"<{old}>"]
    )
    assert f"<{old}>" in {str(q.subject) for q in made.quads}


def test_he_is_found_by_a_mention_that_no_longer_founds_him() -> None:
    quads = built([report()])
    graph = ReleasedGraph.of(quads)
    iri = person(quads, "Mina Do-ran")
    mention = next(m for m in graph.held.pointing(node(iri), "cx:mentions"))
    as_person = mention[1:-1].replace("/mention/", "/person/")
    assert entities(graph.held, as_person) == {iri}
    assert entities(graph.held, as_person.replace("/person/", "/route/")) == frozenset()
    assert entities(graph.held, f"{BASE}id/person/{'0' * 16}") == frozenset()


def test_an_annotation_that_names_him_loses_the_sentence() -> None:
    graph = f"<{graph_iri('annotation/desk')}>"
    said = f'<urn:x-note:1> {node("rdfs:comment")} "It is cold. He is Mina Do-ran."'
    quads = Quads.union([built([report()]), Quads({graph: {said}})])
    made = without(quads, person(quads, "Mina Do-ran"))
    assert made.quads.graphs[graph] == {f'<urn:x-note:1> {node("rdfs:comment")} "It is cold."'}


def test_what_breaks_a_shape_for_another_reason_is_refused() -> None:
    quads = built([report()])
    iri = person(quads, "Mina Do-ran")
    broken = f"{node(f'{BASE}id/claim/' + 'a' * 16)} {node('rdf:type')} {node('cx:Claim')}"
    graph = f"<{graph_iri('article/' + '12' * 32)}>"
    with pytest.raises(GraphError, match="violations of the shapes remain, so it cannot be issued again"):
        without(Quads.union([quads, Quads({graph: {broken}})]), iri)

"""What a redaction takes along, and what it leaves: on little reports in our own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from pyoxigraph import NamedNode, Quad

from kg.consolidate.consolidate import Consolidated, consolidate
from kg.curation import Anchor, Curation, Judgement, Redaction, RegistryEntry
from kg.facts.model import CitedSource
from kg.identity.decisions import anchor
from kg.knowledge import Knowledge
from kg.mapping.curation_graph import curation_graph
from kg.mapping.graph import build_quads
from kg.mapping.quads import Quads
from kg.mapping.statements import ArticleStatements
from kg.namespaces import BASE, expand, graph_iri
from kg.redaction.names import Names
from kg.redaction.sweep import sweep
from kg.redaction.withheld import Tombstone, Withheld
from kg.shapes.validate import validate
from tests.support.facts import Draft

KNOWLEDGE = Knowledge.load()


def report(published: str = "2031-05-09", title: str | None = None, kind: str = "digest") -> ArticleStatements:
    """A named man crosses; he says why, and another is named beside him."""
    draft = Draft(
        "Mina Do-ran crossed the eastern front on 3 May 2031. The crossing took two hours. "
        "Mina said that the road was mined. Pak Sol Hui, who knows the area, said that it was cold.",
        id="12" * 32,
        kind=kind,
        published=published,
        title=title,
        url="https://news.example/mina-do-ran-crosses",
        publisher="The Daily Example",
        sources=(CitedSource(name="Diary of Mina Do-ran"),),
    )
    incident = draft.mention("Incident", "crossed")
    man = draft.mention("Person", "Mina Do-ran", name="Mina Do-ran")
    draft.mention("Person", "Mina", occurrence=1, of=man, name="Mina")
    other = draft.mention("Person", "Pak Sol Hui", name="Pak Sol Hui")
    route = draft.mention("Route", "the road")
    draft.claim(incident, "cx:crosser", man, "Mina Do-ran crossed")
    draft.claim(incident, "cx:dateEDTF", draft.time("3 May 2031", edtf="2031-05-03"), "on 3 May 2031")
    draft.claim(incident, "cx:front", "front:eastern", "the eastern front")
    draft.claim(man, "cx:name", "Mina Do-ran", "Mina Do-ran")
    draft.claim(other, "cx:name", "Pak Sol Hui", "Pak Sol Hui")
    draft.claim(route, "cx:name", "the road", "the road", by="Mina", speaker=man)
    draft.claim(route, "cx:routeFeature", "mined", "mined", by="Mina", speaker=man)
    return ArticleStatements.of(draft.facts(), draft.text)


def redaction(ident: str, reason: str | None = "At risk.", where: str = "redactions.yaml line 1") -> Redaction:
    return Redaction(id=ident, by="a curator", on=date(2031, 6, 1), reason=reason, where=where)


def linked(articles: Sequence[ArticleStatements], curation: Curation) -> tuple[Consolidated, Quads]:
    anchored = anchor(curation, articles)
    made = consolidate(articles, KNOWLEDGE, decisions=anchored.decisions)
    return made, build_quads(made, KNOWLEDGE, "korea", curation_graph(curation, anchored, made))


def person(article: ArticleStatements, quote: str) -> str:
    """The id of a person, by the words of its first mention."""
    made, _ = linked([article], Curation())
    chain = next(m.chain for m in article.facts.mentions if m.quote == quote)
    iri = next(iri for known, iri in made.identity.iris.items() if known.chain == chain)
    return iri.removeprefix(f"{BASE}id/")


def objects(quads: Quads, predicate: str) -> list[str]:
    return sorted(getattr(q.object, "value", "") for q in quads if q.predicate.value == expand(predicate))


def names_nobody(quads: Quads, *names: str) -> bool:
    return not any(Names(names).name(line) for line in quads.lines())


MAN = person(report(), "Mina Do-ran")


def test_the_names_go_from_titles_addresses_sources_and_labels() -> None:
    article = report(title="A cold night. Mina Do-ran tells")
    _, quads = linked([article], Curation(redactions=(redaction(MAN),)))
    assert names_nobody(quads, "Mina Do-ran")
    (title,) = (q for q in quads if q.predicate.value == expand("dcterms:title") and "/article/" in str(q.subject))
    assert getattr(title.object, "value", "") == "A cold night."
    assert objects(quads, "schema:url") == []
    assert "withheld" in objects(quads, "skos:prefLabel"), "a cited source keeps a label"
    assert validate(quads, texts={}).counts()["violation"] == 0


def test_a_sentence_that_speaks_of_him_is_hidden_and_the_others_stand() -> None:
    article = report()
    made, quads = linked([article], Curation(redactions=(redaction(MAN),)))
    (text,) = objects(quads, "cx:text")
    assert article.text is not None
    assert len(text) == len(article.text)
    rest = "The crossing took two hours. "
    assert text.replace("\u2588", "") == rest + "Pak Sol Hui, who knows the area, said that it was cold."
    assert made.withheld.hidden[article.id][0] == (0, article.text.index(rest))
    assert objects(quads, "cx:stretchesWithheld") == ["2"]


def test_quotes_of_hidden_sentences_lose_their_words_and_their_hash() -> None:
    _, quads = linked([report()], Curation(redactions=(redaction(MAN),)))
    asked = {q.subject for q in quads if q.predicate.value == expand("cx:redacted")}
    hashed = {q.subject for q in quads if q.predicate.value == expand("cx:quoteHash")}
    counted = {q.subject for q in quads if q.predicate.value == expand("cx:quoteWithheld")}
    assert asked
    assert not asked & hashed
    assert asked == counted
    assert sorted(objects(quads, "oa:exact")) == ["Pak Sol Hui"]


def test_who_he_spoke_for_stays_without_a_speaker() -> None:
    _, before = linked([report()], Curation())
    assert objects(before, "cx:attributedTo")
    _, quads = linked([report()], Curation(redactions=(redaction(MAN),)))
    assert objects(quads, "cx:attributedTo") == objects(quads, "cx:attributionText") == []
    assert "mined" in objects(quads, "cx:routeFeature")


def test_another_person_keeps_name_and_words() -> None:
    _, quads = linked([report()], Curation(redactions=(redaction(MAN),)))
    assert "Pak Sol Hui" in objects(quads, "skos:prefLabel")


def test_a_surname_alone_is_found_where_no_mention_was_read() -> None:
    draft = Draft("Mina Do-ran left. Mina was tired. A mina is a bird.", id="56" * 32, kind="digest")
    man = draft.mention("Person", "Mina Do-ran", name="Mina Do-ran")
    draft.claim(man, "cx:name", "Mina Do-ran", "Mina Do-ran")
    article = ArticleStatements.of(draft.facts(), draft.text)
    _, quads = linked([article], Curation(redactions=(redaction(person(article, "Mina Do-ran")),)))
    assert objects(quads, "cx:text")[0].replace("\u2588", "") == "A mina is a bird."


def test_words_of_an_organisations_name_name_nobody() -> None:
    draft = Draft("The Night Ferry League helped. The Night was cold. The League knew.", id="de" * 32, kind="digest")
    league = draft.mention("Organization", "Night Ferry League", name="Night Ferry League")
    draft.claim(league, "cx:name", "Night Ferry League", "Night Ferry League")
    article = ArticleStatements.of(draft.facts(), draft.text)
    _, quads = linked([article], Curation(redactions=(redaction(person(article, "Night Ferry League")),)))
    assert objects(quads, "cx:text")[0].replace("\u2588", "") == "The Night was cold. The League knew."


def test_two_persons_of_one_name_both_lose_it() -> None:
    draft = Draft("It is said that Mina Do-ran sings.", id="9b" * 32, kind="digest")
    singer = draft.mention("Person", "Mina Do-ran", name="Mina Do-ran")
    draft.claim(singer, "cx:name", "Mina Do-ran", "Mina Do-ran")
    draft.claim(singer, "cx:actorType", "actor:civilian", "sings")
    other = ArticleStatements.of(draft.facts(), draft.text)
    places = [Anchor(article=ident * 32, cls="Person", quote="Mina Do-ran") for ident in ("12", "9b")]
    apart = Judgement(
        first=places[0], second=places[1], judgement="NEGATIVE", by="a curator", on="2031-06-01", reason="Two."
    )
    articles = [report(), other]
    before, _ = linked(articles, Curation(judgements=(apart,)))
    assert sum(e.cls == "Person" for e in before.entities) == 3
    made, quads = linked(articles, Curation(judgements=(apart,), redactions=(redaction(MAN),)))
    assert names_nobody(quads, "Mina Do-ran")
    assert sum(e.cls == "Person" for e in made.entities) == 2
    assert "unnamed person" in objects(quads, "skos:prefLabel")


def test_another_text_that_names_him_loses_the_sentence_though_nothing_was_read_of_it() -> None:
    draft = Draft(
        "A man crossed the western front. He was no mina do ran. Of Mina nobody spoke.", id="78" * 32, kind="digest"
    )
    incident = draft.mention("Incident", "crossed")
    draft.claim(incident, "cx:front", "front:western", "the western front")
    other = ArticleStatements.of(draft.facts(), draft.text)
    _, quads = linked([report(), other], Curation(redactions=(redaction(MAN),)))
    assert names_nobody(quads, "Mina Do-ran")
    assert "A man crossed the western front. " in {t.replace("\u2588", "") for t in objects(quads, "cx:text")}


def test_a_record_without_a_text_loses_the_quotes_that_name_him() -> None:
    article = replace(report(kind="article"), text=None)
    _, quads = linked([article], Curation(redactions=(redaction(MAN),)))
    assert names_nobody(quads, "Mina Do-ran")
    assert objects(quads, "cx:text") == []


def test_a_redaction_holds_where_an_older_article_founds_him_anew() -> None:
    draft = Draft("They say that Mina Do-ran is a poet.", id="9a" * 32, published="2030-01-01")
    man = draft.mention("Person", "Mina Do-ran", name="Mina Do-ran")
    draft.claim(man, "cx:name", "Mina Do-ran", "Mina Do-ran")
    older = ArticleStatements.of(draft.facts(), draft.text)
    made, quads = linked([report(), older], Curation(redactions=(redaction(MAN),)))
    moved = person(older, "Mina Do-ran")
    assert moved != MAN
    assert made.withheld.problems == ()
    assert made.withheld.iris == {f"{BASE}id/{MAN}", f"{BASE}id/{moved}"}
    assert names_nobody(quads, "Mina Do-ran")


def registry(*replaced: str) -> tuple[RegistryEntry, ...]:
    place = Anchor(article="12" * 32, cls="Person", quote="Mina Do-ran")
    return (
        RegistryEntry(id=MAN, label="Mina Do-ran", anchors=(place,)),
        *(RegistryEntry(id=old, label="Mina Do-ran", replaced_by=MAN) for old in replaced),
    )


OLD = "person/" + "b" * 16


def test_an_id_that_a_merge_left_leads_on_at_every_build() -> None:
    _, quads = linked([report()], Curation(registry=registry(OLD)))
    assert (
        Quad(NamedNode(f"{BASE}id/{OLD}"), NamedNode(expand("dcterms:isReplacedBy")), NamedNode(f"{BASE}id/{MAN}"))
        in quads
    )


@pytest.mark.parametrize("named", [MAN, OLD])
def test_merged_ids_are_withheld_with_what_they_lead_to_and_the_other_way_round(named: str) -> None:
    made, quads = linked([report()], Curation(registry=registry(OLD), redactions=(redaction(named),)))
    assert made.withheld.iris == {f"{BASE}id/{MAN}", f"{BASE}id/{OLD}"}
    assert made.withheld.entities == 1
    assert objects(quads, "dcterms:isReplacedBy") == []
    assert len([q for q in quads if q.object == NamedNode(expand("cx:Withheld")) and "/id/" in str(q.subject)]) == 2
    registered = [q for q in quads if str(q.graph_name) == f"<{graph_iri('curation')}>"]
    assert not any(q.predicate.value == expand("dcterms:identifier") for q in registered)


def test_a_judgement_about_him_is_not_released() -> None:
    places = [Anchor(article="12" * 32, cls="Person", quote=quote) for quote in ("Mina Do-ran", "Pak Sol Hui")]
    judgement = Judgement(
        first=places[0], second=places[1], judgement="NEGATIVE", by="a curator", on="2031-06-01", reason="Two."
    )
    curation = Curation(judgements=(judgement,))
    _, before = linked([report()], curation)
    assert objects(before, "cx:judgement") == ["NEGATIVE"]
    _, quads = linked([report()], replace(curation, redactions=(redaction(MAN),)))
    assert objects(quads, "cx:judgement") == []


def test_one_of_a_conflicts_values_goes_and_the_conflict_with_it() -> None:
    draft = Draft(
        "Of all arrivals a third were women. Of all crossings, a third. The end.", id="bc" * 32, kind="digest"
    )
    share = draft.mention("Statistic", "a third were women")
    wholes = [draft.mention("Statistic", words) for words in ("all arrivals", "all crossings")]
    for whole, words in zip(wholes, ("all arrivals", "all crossings"), strict=True):
        draft.claim(whole, "cx:measure", "measure:arrivals", words)
        draft.claim(share, "cx:shareOf", whole, words)
    article = ArticleStatements.of(draft.facts(), draft.text)
    before, _ = linked([article], Curation())
    assert [c.predicate for e in before.entities for c in e.conflicts] == ["cx:shareOf"]
    made, quads = linked([article], Curation(redactions=(redaction(person(article, "all crossings")),)))
    assert [c for e in made.entities for c in e.conflicts] == []
    assert len(objects(quads, "cx:shareOf")) == 1
    (text,) = objects(quads, "cx:text")
    assert text.replace("\u2588", "") == "Of all arrivals a third were women. The end."


def problem(entry: Redaction, *registered: RegistryEntry) -> tuple[str, ...]:
    made, _ = linked([report()], Curation(registry=registered, redactions=(entry,)))
    return made.withheld.problems


def test_an_id_that_nothing_has_is_a_problem_at_its_line() -> None:
    (sentence,) = problem(redaction("person/" + "0" * 16, where="redactions.yaml line 7"))
    assert sentence.startswith("redactions.yaml line 7: no entity of this build has the id person/0000000000000000")


def test_an_id_that_is_registered_for_other_articles_alone_is_none() -> None:
    elsewhere = RegistryEntry(
        id="person/" + "0" * 16, label="x", anchors=(Anchor(article="ff" * 32, cls="Person", quote="x"),)
    )
    assert problem(redaction(elsewhere.id), elsewhere) == ()


def test_the_gazetteer_cannot_be_withheld() -> None:
    (sentence,) = problem(redaction("route/dmz"))
    assert "is an entry of the gazetteer" in sentence


def test_a_reason_that_names_him_is_refused() -> None:
    (sentence,) = problem(redaction(MAN, reason="Do-ran, Mina asked for it."))
    assert "it names who is withheld" in sentence
    assert "Mina" not in sentence


SWEPT = Withheld(
    tombstones=(Tombstone("https://w3id.org/crossings/id/person/x", date(2031, 1, 1), None),),
    entities=1,
    names=Names(["Mina Do-ran"]),
)
NOTE = graph_iri("annotation/desk")


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("<https://blog.example/mina-do-ran>", []),
        ("<https://blog.example/Mina%20Do%2Dran>", []),
        ("<https://w3id.org/crossings/id/person/x>", []),
        ('"He is Mina Do-ran."', []),
        ('"It is cold. He is Mina Do-ran. It snows."', ['"It is cold. It snows."']),
        ('"A \\"quiet\\" man:\\nMina\\nDo-ran"@en', ['"A \\"quiet\\" man:"@en']),
        ('"Mina, do ran"', []),
        ('"Nobody is named."', ['"Nobody is named."']),
        ("<https://blog.example/other>", ["<https://blog.example/other>"]),
    ],
)
def test_annotations_are_swept(said: str, left: list[str]) -> None:
    begin = f"<{BASE}id/article/{'12' * 32}> <{expand('rdfs:seeAlso')}> "
    made = sweep(Quads({f"<{NOTE}>": {begin + said}}), SWEPT)
    assert sorted(made.lines()) == [f"{begin}{kept} <{NOTE}> ." for kept in left]


def test_without_redactions_nothing_is_looked_at() -> None:
    quads = Quads({"": {"<a:b> <a:c> <a:d>"}})
    assert sweep(quads, Withheld()) is quads

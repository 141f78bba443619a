from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from kg.consolidate.consolidate import Consolidated, consolidate
from kg.curation import Curation, Judgement
from kg.identity.anchors import anchor_of
from kg.identity.decisions import anchor
from kg.knowledge import Knowledge
from kg.mapping.curation_graph import curation_graph
from kg.mapping.graph import build_quads
from kg.mapping.quads import Quads
from kg.mapping.statements import ArticleStatements, Chain
from kg.namespaces import curie, expand, graph_iri
from kg.shapes.validate import validate
from tests.support.facts import Draft

KNOWLEDGE = Knowledge.load()


def account(name: str, day: str | None, front: str = "eastern", kind: str = "soldier") -> ArticleStatements:
    draft = Draft(f"{name}: a {kind} crossed the {front} front ({day}).", published="2032-01-01")
    incident, man = draft.mention("Incident", "crossed"), draft.mention("Person", f"a {kind}")
    draft.claim(incident, "cx:crosser", man, f"a {kind}")
    draft.claim(man, "cx:actorType", f"actor:{kind}", f"a {kind}")
    draft.claim(incident, "cx:front", f"front:{front}", f"the {front} front")
    if day:
        draft.claim(incident, "cx:dateEDTF", draft.time(day, edtf=day), day)
    return ArticleStatements.of(draft.facts(), draft.text)


ARTICLES = [account("One", "2031-05-03"), account("Two", None)]


def chain(article: ArticleStatements) -> Chain:
    return Chain(article.id, article.facts.mentions[0].chain)


def written(*judgements: Judgement, twins: list[list[str]] | None = None) -> tuple[Quads, Consolidated]:
    curation = Curation(judgements=judgements)
    anchored = anchor(curation, ARTICLES)
    made = consolidate(ARTICLES, KNOWLEDGE, decisions=anchored.decisions, twins=twins or ())
    return curation_graph(curation, anchored, made), made


def judged(judgement: str, by: str = "a curator") -> Judgement:
    one, other = (anchor_of(article, chain(article)) for article in ARTICLES)
    return Judgement(first=one, second=other, judgement=judgement, by=by, on="2032-02-01", reason="x")  # type: ignore[arg-type]


def values(quads: Quads, name: str) -> list[str]:
    return sorted(str(getattr(q.object, "value", "")) for q in quads if curie(q.predicate.value) == name)


def test_what_the_machine_leaves_open_is_said_with_its_score_and_without_a_day() -> None:
    quads, made = written()
    assert values(quads, "cx:judgement") == ["UNSURE"]
    assert values(quads, "cx:judgedBy") == ["machine"]
    assert values(quads, "cx:score") == ["3"]
    assert values(quads, "cx:judgedOn") == []
    iris = sorted(made.identity.iris[chain(a)] for a in ARTICLES)
    assert values(quads, "cx:possiblySameAs") == iris
    assert {q.graph_name.value for q in quads} == {graph_iri("curation")}  # type: ignore[union-attr]


@pytest.mark.parametrize(("judgement", "open_"), [("POSITIVE", False), ("NEGATIVE", False), ("UNSURE", True)])
def test_a_person_s_judgement_stands_in_its_place(judgement: str, open_: bool) -> None:
    quads, _ = written(judged(judgement))
    assert values(quads, "cx:judgement") == [judgement]
    assert values(quads, "cx:judgedBy") == ["a curator"]
    assert [q.object for q in quads if curie(q.predicate.value) == "cx:judgedOn"] == [
        Literal("2032-02-01", datatype=NamedNode(expand("xsd:date")))
    ]
    assert bool(values(quads, "cx:possiblySameAs")) is open_


def test_a_program_s_negative_changes_nothing_but_is_on_record() -> None:
    quads, _ = written(judged("NEGATIVE", "machine: x"))
    assert values(quads, "cx:judgement") == ["NEGATIVE", "UNSURE"]
    assert values(quads, "cx:judgedBy") == ["machine", "machine: x"]
    assert len(values(quads, "cx:possiblySameAs")) == 2


def test_texts_of_one_wording_are_near_duplicates_of_each_other() -> None:
    here = [article.id for article in ARTICLES]
    quads, made = written(twins=[[*here, "f" * 64]])
    assert made.twins == (tuple(here),)
    assert values(quads, "cx:nearDuplicateOf") == sorted(article.iri for article in ARTICLES)
    assert values(written(twins=[["f" * 64, "e" * 64]])[0], "cx:nearDuplicateOf") == []


@pytest.mark.parametrize("judgements", [(), (judged("UNSURE"),), (judged("NEGATIVE", "machine"),)])
def test_the_shapes_accept_what_is_written(judgements: tuple[Judgement, ...]) -> None:
    quads, made = written(*judgements, twins=[[article.id for article in ARTICLES]])
    report = validate(
        build_quads(made, KNOWLEDGE, "korea", quads), texts={article.iri: article.text or "" for article in ARTICLES}
    )
    assert [(r.shape, r.message) for r in report.results if r.severity != "info"] == []

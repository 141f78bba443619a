"""A record of several extractors: each claim names its own, and the graph names them all."""

from __future__ import annotations

import msgspec
import pytest
from pyoxigraph import NamedNode

from kg.consolidate.consolidate import consolidate
from kg.facts.checks import problems
from kg.facts.model import Extractor, Facts
from kg.knowledge import Knowledge
from kg.mapping.article_graph import extractor_iri
from kg.mapping.graph import build_quads
from kg.mapping.statements import ArticleStatements
from kg.namespaces import BASE, CX
from kg.shapes.validate import validate
from tests.support.facts import Draft

RULES, MODEL = Extractor(name="rules", version="1"), Extractor(name="llm", version="maker/model 2:large")


def merged(*extractors: tuple[str, ...]) -> Facts:
    """A record whose claims name these extractors, one claim each."""
    draft = Draft("A soldier of the army crossed the border on Sunday.", published="2025-03-06")
    person = draft.mention("Person", "A soldier")
    incident = draft.mention("Incident", "crossed the border")
    for names, (subject, predicate, value, quote) in zip(
        extractors,
        [
            (incident, "cx:crosser", person, "A soldier of the army crossed"),
            (incident, "cx:incidentType", "itype:land-crossing", "crossed the border"),
            (person, "cx:actorType", "actor:soldier", "A soldier"),
        ],
        strict=True,
    ):
        draft.claim(subject, predicate, value, quote, extractors=names)
    both = Extractor(name="both", version="rules-1+llm")
    return msgspec.structs.replace(draft.facts(), extractor=both, extractors=(RULES, MODEL))


GOOD = merged(("rules",), ("llm",), ("rules", "llm"))


def test_a_record_of_several_is_whole() -> None:
    assert list(problems(GOOD)) == []
    assert msgspec.json.decode(msgspec.json.encode(GOOD), type=Facts) == GOOD


def test_a_record_of_one_says_nothing_of_it() -> None:
    plain = Draft("A soldier crossed.").facts()
    assert b"extractors" not in msgspec.json.encode(plain)
    assert list(problems(plain)) == []


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        ((), "is missing, and the record has 2 extractors"),
        (("hand",), "names 'hand', which is no extractor of the record"),
        (("both",), "names 'both', which is no extractor of the record"),
        (("llm", "llm"), "names 'llm' more than once"),
    ],
)
def test_a_claim_that_names_the_wrong_ones_is_reported(names: tuple[str, ...], reason: str) -> None:
    found = dict(problems(merged(names, ("llm",), ("rules",))))
    assert list(found) == ["/claims/0/extractors"]
    assert found["/claims/0/extractors"].startswith(reason)


def test_a_claim_of_a_record_of_one_may_name_that_one_alone() -> None:
    draft = Draft("A soldier crossed.")
    person = draft.mention("Person", "A soldier")
    draft.claim(person, "cx:actorType", "actor:soldier", "A soldier", extractors=("hand",))
    assert list(problems(draft.facts())) == []
    wrong = msgspec.structs.replace(draft.facts(), extractor=RULES)
    assert [where for where, _ in problems(wrong)] == ["/claims/0/extractors"]


def test_two_extractors_have_two_names() -> None:
    same = msgspec.structs.replace(GOOD, extractors=(RULES, MODEL, Extractor(name="llm", version="3")))
    assert [where for where, _ in problems(same)] == ["/extractors/2/name"]


def test_the_graph_names_each_and_breaks_no_shape() -> None:
    article = ArticleStatements.of(GOOD, "A soldier of the army crossed the border on Sunday.")
    knowledge = Knowledge.load()
    quads = build_quads(consolidate([article], knowledge), knowledge, "korea")
    named: dict[str, set[str]] = {}
    for quad in quads:
        if quad.predicate == NamedNode(f"{CX}extractor"):
            assert isinstance(quad.object, NamedNode)
            named.setdefault(str(quad.subject), set()).add(quad.object.value)
    iris = {extractor_iri(RULES), extractor_iri(MODEL)}
    assert sorted(map(len, named.values())) == [1, 1, 2]
    assert set().union(*named.values()) == iris
    agents = {
        q.subject.value for q in quads if isinstance(q.subject, NamedNode) and "/id/extractor/" in q.subject.value
    }
    assert agents == iris, "the merged record itself made no claim"
    assert validate(quads, texts={article.iri: article.text or ""}).counts().get("violation", 0) == 0


def test_a_model_whose_name_no_iri_may_hold_is_encoded() -> None:
    assert extractor_iri(MODEL) == f"{BASE}id/extractor/llm-maker%2Fmodel%202%3Alarge"
    assert extractor_iri(RULES) == f"{BASE}id/extractor/rules-1"

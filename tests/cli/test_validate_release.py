"""`kg validate` over a release: results lead to the line of the article, of the curation or of the ontology."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.namespaces import expand
from kg.release import Home, ReleaseContent, publish
from kg.shapes.read import read_quads
from tests.support.commands import ROOT, kg

ARTICLE = """\
---
title: A boat comes in
published: 2031-04-03
---

SEOUL, April 3, 2031 - The ministry spoke of the sea on Thursday.

Three North Korean fishermen sailed south across the eastern sea border on April 2, 2031,
the Defense Ministry said.
"""


@dataclass
class Built:
    """A release, as its quads, the folder it was built from, and a way to publish it changed."""

    texts: Path
    quads: frozenset[Quad]
    folder: Path

    def release(self, name: str, quads: set[Quad]) -> Path:
        home = Home(self.folder / name)
        publish(home, ReleaseContent(quads=quads, inputs={"options": {"border": "korea"}}))
        return home.path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("release")
    texts = folder / "texts"
    (texts / "curation").mkdir(parents=True)
    (texts / "boat.md").write_text(ARTICLE, "utf-8")
    done = kg("build", texts, "--home", folder / "home")
    assert done.returncode == 0, done.stderr
    path = Home(folder / "home").require_current().data_path
    return Built(texts, frozenset(read_quads([path])), folder)


def results(*arguments: str | Path, cwd: Path = ROOT) -> dict[str, list[dict[str, Any]]]:
    """The results of a run by the name of their shape."""
    done = kg("validate", "--format", "json", *arguments, cwd=cwd)
    assert done.returncode in (0, 1), done.stderr
    found: dict[str, list[dict[str, Any]]] = {}
    for result in json.loads(done.stdout)["results"]:
        found.setdefault(result["shape"].removeprefix("cxsh:"), []).append(result)
    return found


def drop(quads: set[Quad], predicate: str, inside: str = "") -> Quad:
    """Remove the first statement on a property, in a graph or about a subject whose IRI holds some words."""
    one = min((q for q in quads if q.predicate.value == expand(predicate) and inside in str(q)), key=str)
    quads.discard(one)
    return one


@dataclass
class Tampered:
    """What a run says of a release in which some statements were removed or altered."""

    results: dict[str, list[dict[str, Any]]]
    dump: list[str]
    claim: Quad


@pytest.fixture(scope="module")
def tampered(built: Built) -> Tampered:
    (built.texts / "curation/corrections.yaml").write_text(
        "# Corrections.\n- by: someone else\n  on: '2031-05-01'\n  reason: Other.\n"
        "- by: a curator\n  on: '2031-05-02'\n  reason: Misread.\n",
        "utf-8",
    )
    quads = set(built.quads)
    value = next(
        q for q in quads if q.predicate.value == expand("cx:incidentType") and isinstance(q.graph_name, DefaultGraph)
    )
    quads.discard(value)
    quads.add(Quad(value.subject, value.predicate, Literal("x")))
    claim = drop(quads, "cx:certainty")
    drop(quads, "dcterms:issued")
    correction, graph = NamedNode(expand("id:correction/0123456789abcdef")), NamedNode(expand("graph:curation"))
    for predicate, said in (
        ("rdf:type", NamedNode(expand("cx:Correction"))),
        ("cx:judgedBy", Literal("a curator")),
        ("cx:reason", Literal("Misread.")),
    ):
        quads.add(Quad(correction, NamedNode(expand(predicate)), said, graph))
    home = built.release("tampered", quads)
    dump = [str(q) for q in read_quads([Home(home).require_current().data_path])]
    return Tampered(results("--home", home, "--texts", built.texts), dump, claim)


def test_a_claim_leads_to_its_words_and_the_dump_is_a_related_place(built: Built, tampered: Tampered) -> None:
    [claim] = tampered.results["ClaimHasOneCertainty"]
    where = ARTICLE.splitlines()
    assert claim["location"]["file"] == str(built.texts / "boat.md")
    line = where[claim["location"]["line"] - 1]
    assert "sailed" in line or "Ministry" in line
    assert claim["location"]["endColumn"] - 1 <= len(where[claim["location"]["endLine"] - 1])
    [dump] = [place for place in claim["related"] if place["file"].endswith("crossings.nq.gz")]
    assert str(tampered.claim.subject) in tampered.dump[dump["line"] - 1]


def test_a_value_leads_to_the_words_of_its_claim_and_an_article_to_its_file(built: Built, tampered: Tampered) -> None:
    [value] = tampered.results["ConceptIsFromItsScheme"]
    sailed = next(n for n, text in enumerate(ARTICLE.splitlines(), 1) if "sailed south" in text)
    assert (value["location"]["file"], value["location"]["line"]) == (str(built.texts / "boat.md"), sailed)
    [dated] = tampered.results["ArticleIsDatedOrSaysThatItIsNot"]
    assert (dated["location"]["file"], dated["location"]["line"]) == (str(built.texts / "boat.md"), 1)


def test_a_correction_leads_to_its_entry_of_curation(built: Built, tampered: Tampered) -> None:
    [day] = tampered.results["CorrectionHasADay"]
    entry = str(built.texts / "curation/corrections.yaml")
    assert (day["location"]["file"], day["location"]["line"]) == (entry, 5)


def test_a_term_leads_to_the_ontology(built: Built) -> None:
    shapes = built.folder / "labels.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        f"<urn:S> a sh:NodeShape ; sh:targetNode <{expand('front:eastern')}> ;\n"
        "  sh:property [ sh:path skos:prefLabel ; sh:maxLength 2 ] .\n",
        "utf-8",
    )
    [label, *_] = results("--home", built.folder / "home", "--shapes", shapes)["urn:S/skos:prefLabel"]
    place = label["location"]
    assert place["file"] == "ontology/vocabulary/front.ttl"
    lines = (ROOT / "ontology/vocabulary/front.ttl").read_text("utf-8").splitlines()
    assert label["value"].split("@")[0] in lines[place["line"] - 1]


def test_with_its_texts_no_quote_is_left_unchecked(built: Built) -> None:
    checked = kg("validate", "--home", built.folder / "home", "--texts", built.texts)
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout.startswith("Results: 0 violations, 0 warnings")
    assert "not checked" not in checked.stdout


def test_a_text_that_is_not_the_release_s_gives_no_lines(built: Built) -> None:
    other = built.folder / "other"
    other.mkdir()
    stated = hashlib.sha256(ARTICLE.split("---\n", 2)[2].encode()).hexdigest()
    text = ARTICLE.replace("title:", f"id: {stated}\ntitle:").replace("Three", "Some three")
    (other / "boat.md").write_text(text, "utf-8")
    quads = set(built.quads)
    drop(quads, "cx:certainty")
    [claim] = results("--home", built.release("changed", quads), "--texts", other)["ClaimHasOneCertainty"]
    assert claim["location"]["file"].endswith("crossings.nq.gz")

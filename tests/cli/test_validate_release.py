"""`kg validate` over a release: results lead to the line of the article, of the curation or of the ontology."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
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

    def release(self, name: str, change: Callable[[set[Quad]], None]) -> Path:
        quads = set(self.quads)
        change(quads)
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


def test_claims_and_values_lead_to_the_words_and_the_dump_is_a_related_place(built: Built) -> None:
    changed: dict[str, Quad] = {}

    def change(quads: set[Quad]) -> None:
        value = next(
            q
            for q in quads
            if q.predicate.value == expand("cx:incidentType") and isinstance(q.graph_name, DefaultGraph)
        )
        quads.discard(value)
        quads.add(Quad(value.subject, value.predicate, Literal("x")))
        changed["claim"] = drop(quads, "cx:certainty")
        drop(quads, "dcterms:issued")
        changed["wkt"] = drop(quads, "geo:asWKT", "gazetteer")

    home = built.release("claims", change)
    article = built.texts / "boat.md"
    where = ARTICLE.splitlines()
    found = results("--home", home, "--texts", built.texts)
    [claim] = found["ClaimHasOneCertainty"]
    assert claim["location"]["file"] == str(article)
    line = where[claim["location"]["line"] - 1]
    assert "sailed" in line or "Ministry" in line
    assert claim["location"]["endColumn"] - 1 <= len(where[claim["location"]["endLine"] - 1])
    [dump] = [place for place in claim["related"] if place["file"].endswith("crossings.nq.gz")]
    lines = [str(q) for q in read_quads([Home(home).require_current().data_path])]
    assert str(changed["claim"].subject) in lines[dump["line"] - 1]
    [value] = found["ConceptIsFromItsScheme"]
    assert value["location"]["line"] == 1 + next(n for n, text in enumerate(where) if "sailed south" in text)
    [dated] = found["ArticleIsDatedOrSaysThatItIsNot"]
    assert (dated["location"]["file"], dated["location"]["line"]) == (str(article), 1)


def test_curation_leads_to_its_entry_and_terms_to_the_ontology(built: Built) -> None:
    node = NamedNode(expand("id:correction/0123456789abcdef"))
    graph = NamedNode(expand("graph:curation"))
    concept = NamedNode(expand("front:eastern"))

    def change(quads: set[Quad]) -> None:
        for predicate, value in (
            ("rdf:type", NamedNode(expand("cx:Correction"))),
            ("cx:judgedBy", Literal("a curator")),
            ("cx:reason", Literal("Misread.")),
        ):
            quads.add(Quad(node, NamedNode(expand(predicate)), value, graph))

    (built.texts / "curation/corrections.yaml").write_text(
        "# Corrections.\n- by: someone else\n  on: '2031-05-01'\n  reason: Other.\n"
        "- by: a curator\n  on: '2031-05-02'\n  reason: Misread.\n",
        "utf-8",
    )
    home = built.release("curated", change)
    found = results("--home", home, "--texts", built.texts)
    [day] = found["CorrectionHasADay"]
    place = day["location"]
    assert (place["file"], place["line"]) == (str(built.texts / "curation/corrections.yaml"), 5)
    shapes = built.folder / "labels.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        f"<urn:S> a sh:NodeShape ; sh:targetNode <{concept.value}> ;\n"
        "  sh:property [ sh:path skos:prefLabel ; sh:maxLength 2 ] .\n",
        "utf-8",
    )
    [label, *_] = results("--home", built.folder / "home", "--shapes", shapes)["urn:S/skos:prefLabel"]
    place = label["location"]
    assert place["file"] == "ontology/vocabulary/front.ttl"
    lines = (ROOT / "ontology/vocabulary/front.ttl").read_text("utf-8").splitlines()
    assert label["value"].split("@")[0] in lines[place["line"] - 1]


def test_texts_let_quotes_be_checked_and_a_changed_text_gives_no_lines(built: Built) -> None:
    home = built.folder / "home"
    unchecked = kg("validate", "--home", home)
    assert unchecked.returncode == 0, unchecked.stderr
    assert "not checked" in unchecked.stdout
    checked = kg("validate", "--home", home, "--texts", built.texts)
    assert checked.stdout == "The graph conforms. 0 violations, 0 warnings, 0 info.\n"
    other = built.folder / "other"
    shutil.copytree(built.texts, other)
    text = ARTICLE.replace("A boat", f"A boat\nid: {hashlib.sha256(ARTICLE.partition('---')[2].encode()).hexdigest()}")
    (other / "boat.md").write_text(text.replace("Three", "Some three"), "utf-8")
    changed = built.release("changed", lambda quads: drop(quads, "cx:certainty") and None)
    [claim] = results("--home", changed, "--texts", other)["ClaimHasOneCertainty"]
    assert claim["location"]["file"].endswith("crossings.nq.gz")

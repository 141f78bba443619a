"""Every Turtle file parses with both libraries to the same triples, without blank nodes, and links to the web alone."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph
import pytest
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic

from kg.namespaces import BASE, PREFIXES, SCHEMES
from kg.resources import ontology_dir

FILES = sorted(ontology_dir().rglob("*.ttl"))
#: Shapes hold property paths and lists, which have no names; all else is named.
NAMED = [path for path in FILES if not path.name.startswith("shapes")]


def label(path: Path) -> str:
    return str(path.relative_to(ontology_dir()))


@pytest.mark.parametrize("path", FILES, ids=label)
def test_both_libraries_read_the_same(path: Path) -> None:
    ours = Graph().parse(path)
    theirs = pyoxigraph.Dataset(pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE))
    assert len(ours) == len(theirs) > 0
    if path in NAMED:
        again = pyoxigraph.serialize(iter(theirs), format=pyoxigraph.RdfFormat.N_QUADS)
        assert isomorphic(ours, Graph().parse(data=again, format="nt"))


@pytest.mark.parametrize("path", NAMED, ids=label)
def test_no_blank_nodes(path: Path) -> None:
    for quad in pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE):
        assert not isinstance(quad.subject, pyoxigraph.BlankNode), quad
        assert not isinstance(quad.object, pyoxigraph.BlankNode), quad


@pytest.mark.parametrize("path", NAMED, ids=label)
def test_iris_are_of_the_web_and_of_known_namespaces(path: Path) -> None:
    known = (
        *PREFIXES.values(),
        BASE,
        "http://id.loc.gov/",
        "https://creativecommons.org/",
        "http://purl.org/vocab/vann/",
    )
    for triple in Graph().parse(path):
        for term in triple:
            if isinstance(term, URIRef):
                assert urlsplit(str(term)).scheme in {"http", "https"}, term
                assert str(term).startswith(known), f"{path.name} links to {term}: is the namespace misspelt?"


@pytest.mark.parametrize("path", NAMED, ids=label)
def test_prefixes_are_those_of_the_project(path: Path) -> None:
    local = {"place", "organization", "route", "edtf"}
    for prefix, namespace in Graph(bind_namespaces="none").parse(path).namespaces():
        if prefix not in local:
            assert PREFIXES.get(prefix) == str(namespace), f"{path.name} binds {prefix}: to {namespace}"


def test_there_is_one_file_for_each_scheme() -> None:
    stems = {path.stem for path in (ontology_dir() / "vocabulary").glob("*.ttl")}
    assert stems == set(SCHEMES.values())

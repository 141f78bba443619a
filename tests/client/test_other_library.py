"""A server whose library is not ours: its questions are listed and asked as it has them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import kg
from kg.errors import NotFoundError
from kg.namespaces import expand
from kg.questions import ParameterError
from kg.release import Home, ReleaseContent, publish
from tests.server.asking import limited
from tests.server.serving import ROOT, serving
from tests.support.client_home import quads

#: Ours has a question of that name with a parameter `route`, and other columns.
ROUTES = """# title: Routes by a word
# description: Routes whose name has a word in it.
# tags: routes
# view: table
# parameter: word (text, default zone): the word
# column: label (text): the name of the route
SELECT ?label
WHERE {
  VALUES ?word { "zone" }
  ?route a cx:Route ; skos:prefLabel ?label .
  FILTER (CONTAINS(?label, ?word))
}
"""
FRONTS = """# title: Incidents of a front
# description: The incidents of one front, by their dates.
# tags: incidents
# view: table
# parameter: section (concept of front, default eastern): the front
# parameter: since (date): the first day
# parameter: name (text): what it is called
# column: incident (iri): the incident
# column: persons (integer): how many
SELECT ?incident ?persons
WHERE {
  VALUES ?section { front:eastern }
  VALUES ?since { UNDEF }
  VALUES ?name { UNDEF }
  ?incident cx:front ?section ; cx:dateEarliest ?day .
  OPTIONAL { ?incident cx:personCount ?persons }
  FILTER (!BOUND(?since) || ?day >= ?since)
  FILTER (!BOUND(?name) || EXISTS { ?incident skos:prefLabel ?label FILTER (STR(?label) = ?name) })
}
"""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the code stands with a library of two questions: resources are found beside the code."""
    folder = tmp_path_factory.mktemp("elsewhere")
    left_out = shutil.ignore_patterns("__pycache__", "node_modules", ".*")
    for name in ("kg", "server"):
        shutil.copytree(ROOT / name, folder / name, ignore=left_out, symlinks=True)
    for name in ("ontology", "seeds"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "queries").mkdir()
    (folder / "queries" / "routes.rq").write_text(ROUTES, "utf-8")
    (folder / "queries" / "fronts.rq").write_text(FRONTS, "utf-8")
    return folder


@pytest.fixture(scope="module")
def other(elsewhere: Path, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    errors = tmp_path_factory.mktemp("served") / "errors"
    # Of Python, the folder in which it is started goes before all others.
    there = ("env", "-C", str(elsewhere))
    path = {"PYTHONPATH": str(elsewhere)}
    with (
        serving(home, errors, *limited("client-seconds=9999"), before=there, variables=path) as running,
        kg.open(running.url) as graph,
    ):
        yield graph
    assert running.complaints() == ""


def test_its_questions_are_listed_and_not_ours(other: kg.Graph) -> None:
    fronts, routes = other.questions()
    assert (fronts.name, fronts.title, fronts.view) == ("fronts", "Incidents of a front", "table")
    assert [(column.name, column.kind) for column in fronts.columns] == [("incident", "iri"), ("persons", "integer")]
    section, since, _name = fronts.parameters
    assert (section.kind, section.schema["default"]) == ("concept of front", "eastern")
    assert (since.name, since.schema["format"]) == ("since", "date")
    assert [parameter.name for parameter in routes.parameters] == ["word"]


def test_what_we_do_not_know_is_asked_as_it_is_known_there(other: kg.Graph) -> None:
    assert [(row.incident, row.persons) for row in other.ask("fronts")] == [(expand("id:incident/1"), 1)]
    assert [row.incident for row in other.ask("fronts", section="central")] == [expand("id:incident/2")]
    assert len(other.ask("fronts", section=None, since="2025-01-01")) == 0
    assert [len(other.ask("fronts", name=name)) for name in ("first crossing", "another")] == [1, 0]
    with pytest.raises(ParameterError, match="the parameter since is 'yesterday': give a day") as refused:
        other.ask("fronts", since="yesterday")
    assert refused.value.parameter == "since"


def test_what_is_known_otherwise_there_is_asked_so(other: kg.Graph) -> None:
    assert other.ask("routes").columns == ("label",)
    assert other.ask("routes", word="over").column("label") == ["over the zone"]
    assert len(other.ask("routes", word='") } #')) == 0
    with pytest.raises(ParameterError, match="the question routes has no parameter 'route': it has word") as refused:
        other.ask("routes", route="dmz")
    assert refused.value.parameter == "route"


def test_what_is_not_there_is_not_asked_for_with_our_query(other: kg.Graph) -> None:
    with pytest.raises(NotFoundError, match="there is no question 'incidents'"):
        other.ask("incidents")


@pytest.mark.parametrize("name", ["", "../sparql", "a/b", "routes?format=csv", "한", "x" * 200])
def test_what_can_be_no_name_is_no_question(graph: kg.Graph, name: str) -> None:
    with pytest.raises(NotFoundError, match="there is no question"):
        graph.ask(name)


@pytest.mark.parametrize("name", ["release", "format", "timeout", "colour"])
def test_what_is_no_parameter_is_refused_alike(graph: kg.Graph, name: str) -> None:
    with pytest.raises(ParameterError, match=f"the question routes has no parameter '{name}'") as refused:
        graph.ask("routes", **{name: "csv"})
    assert refused.value.parameter == name


@pytest.mark.parametrize("value", ["\ud800", b"bytes", ["dmz"]])
def test_what_can_be_no_value_is_refused_alike(graph: kg.Graph, value: object) -> None:
    with pytest.raises(ParameterError, match="the parameter route") as refused:
        graph.ask("routes", route=value)
    assert refused.value.parameter == "route"


def test_home_and_server_tell_the_same_of_the_same_library(local: kg.Graph, remote: kg.Graph) -> None:
    assert [(each.name, each.parameters, each.columns) for each in local.questions()] == [
        (each.name, each.parameters, each.columns) for each in remote.questions()
    ]
    assert all(httpx.get(each.address, timeout=60).is_success for each in remote.questions()[:3])


def test_a_question_is_asked_of_the_release_that_was_opened(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    first = publish(home, ReleaseContent(quads=quads()[:-2])).id
    with serving(home.path, tmp_path / "errors") as running, kg.open(running.url) as graph:
        before = graph.ask("incident")
        second = publish(home, ReleaseContent(quads=quads())).id
        with kg.open(running.url) as later:
            assert later.id == second != first
            assert later.ask("incident").revision == second
        assert (graph.ask("incident").revision, graph.ask("incident")) == (first, before)
        with kg.open(running.url, release=first[:6]) as again:
            assert again.ask("incident") == before

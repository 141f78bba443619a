"""Another border is one more folder: the real commands with `--border`, on texts of our own about invented events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyoxigraph
import pytest
from pyoxigraph import NamedNode, Store

from kg.facts.model import Facts
from kg.namespaces import BASE, CX, curie, prefix_header
from kg.resources import border_dir
from tests.support.commands import ROOT, SEEDS, kg
from tests.support.substitution import fixtures

HERE = Path(__file__).resolve().parent
BORDER = HERE / "inner-german"
TEXTS = HERE / "texts"


def exported(home: Path) -> Store:
    out = kg("export", "--home", home)
    assert out.returncode == 0, out.stderr
    store = Store()
    store.load(out.stdout.encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    return store


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Store:
    home = tmp_path_factory.mktemp("home")
    built = kg("build", TEXTS, "--border", BORDER, "--home", home)
    assert built.returncode == 0, built.stdout + built.stderr
    return exported(home)


def rows(store: Store, pattern: str) -> list[tuple[str | None, ...]]:
    """The solutions of a query, IRIs as prefixed names."""
    found = store.query(prefix_header() + pattern)
    assert isinstance(found, pyoxigraph.QuerySolutions)

    def shown(term: object) -> str | None:
        if term is None:
            return None
        value = str(getattr(term, "value", term))
        return curie(value) if isinstance(term, NamedNode) else value

    return sorted((tuple(shown(term) for term in solution) for solution in found), key=str)


def test_each_incident_with_its_day_way_and_kind(graph: Store) -> None:
    found = rows(
        graph,
        """SELECT ?day ?direction ?kind WHERE {
            ?incident a cx:Incident ; cx:dateEDTF ?day ; cx:direction ?direction ; cx:incidentType ?kind }""",
    )
    assert found == [
        ("1971-03-09", "direction:east-to-west", "itype:maritime-crossing"),
        ("1971-04-19", "direction:east-to-west", "itype:land-crossing"),
        ("1986-08-12", "direction:west-to-east", "itype:land-crossing"),
        ("1986-08-20", "direction:east-to-west", "itype:land-crossing"),
        ("1986-08-23", "direction:east-to-west", "itype:maritime-crossing"),
    ]
    assert len(rows(graph, "SELECT ?incident WHERE { ?incident a cx:Incident }")) == len(found)


def test_who_crossed(graph: Store) -> None:
    of = "?incident cx:dateEDTF ?day ; cx:crosser ?person . ?person"
    assert rows(graph, f"SELECT ?day ?name WHERE {{ {of} cx:name ?name }}") == [("1986-08-20", "Jonas Wendt")]
    assert rows(graph, f"SELECT ?day ?country WHERE {{ {of} cx:nationality ?country }}") == [
        ("1971-04-19", "id:place/east-germany"),
        ("1986-08-12", "id:place/west-germany"),
        ("1986-08-20", "id:place/east-germany"),
        ("1986-08-23", "id:place/east-germany"),
        ("1986-08-23", "id:place/east-germany"),
    ]
    assert ("1971-04-19", "actor:soldier") in rows(graph, f"SELECT ?day ?type WHERE {{ {of} cx:actorType ?type }}")
    assert rows(graph, f"SELECT ?day WHERE {{ {of} cx:nameStatus namestatus:withheld }}") == [("1971-04-19",)]


def test_where_and_by_which_way(graph: Store) -> None:
    assert rows(graph, "SELECT ?day ?front WHERE { ?i cx:dateEDTF ?day ; cx:front ?front }") == [
        ("1971-04-19", "front:northern")
    ]
    assert rows(graph, "SELECT ?day ?route WHERE { ?i a cx:Incident ; cx:dateEDTF ?day ; cx:viaRoute ?route }") == [
        ("1971-03-09", "id:route/inner-german-border"),
        ("1971-04-19", "id:route/inner-german-border"),
        ("1986-08-12", "id:route/berlin-wall"),
        ("1986-08-20", "id:route/berlin-wall"),
        ("1986-08-23", "id:route/baltic-sea"),
    ]
    assert rows(graph, "SELECT ?route WHERE { ?route a cx:Route }") == [
        ("id:route/baltic-sea",),
        ("id:route/berlin-wall",),
        ("id:route/inner-german-border",),
        ("id:route/third-countries",),
    ]
    assert rows(graph, f"SELECT ?place WHERE {{ <{BASE}id/route/third-countries> cx:waypoint ?place }}") == [
        ("id:place/czechoslovakia",),
        ("id:place/hungary",),
    ]


def test_who_says_so_and_who_held_them(graph: Store) -> None:
    organizations = {name for (name,) in rows(graph, "SELECT ?o WHERE { ?o a cx:Organization }")}
    assert {
        "id:organization/dpa",
        "id:organization/federal-border-guard",
        "id:organization/frg-interior-ministry",
        "id:organization/gdr-border-troops",
        "id:organization/intra-german-ministry",
        "id:organization/west-berlin-police",
    } <= organizations
    assert rows(graph, "SELECT ?day ?who WHERE { ?i cx:dateEDTF ?day ; cx:custodian ?who }") == [
        ("1986-08-12", "id:organization/gdr-border-troops")
    ]


def test_numbers_of_this_border(graph: Store) -> None:
    found = rows(
        graph,
        """SELECT ?start ?value ?measure ?population WHERE {
            ?s a cx:Statistic ; cx:value ?value ; cx:measure ?measure ; cx:population ?population .
            OPTIONAL { ?s cx:periodStart ?start } }""",
    )
    assert ("1967-01-01", "1203", "measure:arrivals", "population:defectors") in found
    assert ("1966-01-01", "1736", "measure:arrivals", "population:defectors") in found
    assert ("1967-01-01", "31", "measure:share", "population:women") in found
    bounds = rows(graph, "SELECT ?low ?measure WHERE { ?s cx:lowerBound ?low ; cx:measure ?measure }")
    assert ("24000", "measure:cumulative-arrivals") in bounds


def test_a_hedge_is_a_claim_and_no_fact(graph: Store) -> None:
    assert rows(graph, "SELECT ?o WHERE { ?i a cx:Incident ; cx:outcome ?o }") == [("outcome:custody",)]
    hedged = "SELECT ?certainty WHERE { GRAPH ?g { ?c rdf:object outcome:handed-over ; cx:certainty ?certainty } }"
    assert rows(graph, hedged) == [("certainty:possible",)]


def test_directions_lead_to_the_general_ones(graph: Store) -> None:
    assert rows(graph, "SELECT ?d ?wide WHERE { ?i cx:direction ?d . ?d skos:broader ?wide }") == sorted(
        4 * [("direction:east-to-west", "direction:home-to-destination")]
        + [("direction:west-to-east", "direction:destination-to-home")]
    )


def own_terms(folder: Path) -> set[NamedNode]:
    return {
        triple.subject
        for triple in pyoxigraph.parse((folder / "gazetteer.ttl").read_bytes(), format=pyoxigraph.RdfFormat.TURTLE)
        if isinstance(triple.subject, NamedNode)
    }


def test_nothing_of_korea_is_in_the_graph(graph: Store) -> None:
    general = {q.subject for q in graph.quads_for_pattern(None, None, None, NamedNode(f"{BASE}graph/vocabulary"))}
    theirs = own_terms(border_dir("korea")) - own_terms(BORDER) - general
    assert len(theirs) > 150
    used = {term for quad in graph for term in (quad.subject, quad.object) if isinstance(term, NamedNode)}
    assert used & theirs == set()
    words = re.compile(r"korea|seoul|pyongyang|\bdmz\b|yonhap", re.IGNORECASE)
    default = graph.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph())
    assert [str(quad.object) for quad in default if words.search(str(quad.object))] == []


def test_facts_of_one_file() -> None:
    out = kg("extract", TEXTS / "sea-and-wall.md", "--border", BORDER)
    assert out.returncode == 0, out.stderr
    facts = msgspec.json.decode(out.stdout, type=Facts)
    assert [(s.name, s.organization) for s in facts.article.sources] == [("DPA", "id:organization/dpa")]
    directions = {str(c.value.value) for c in facts.claims if c.predicate == "cx:direction"}
    assert directions == {"direction:east-to-west", "direction:west-to-east"}


def korean(folder: Path) -> Iterator[Path]:
    """Texts about the Korean border: the digests, and the renderings of the substitution test."""
    for path in sorted(SEEDS.glob("*.md")):
        yield path
    for fixture in fixtures():
        for number, legend in enumerate(fixture.legends()):
            path = folder / f"{fixture.name}-{number}.md"
            path.write_text(legend.rendering.text, encoding="utf-8")
            yield path


def test_texts_of_another_border_say_nothing_here(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    paths = list(korean(texts))
    assert len(paths) > 20
    out = kg("build", *paths, "--border", BORDER, "--home", tmp_path / "home", "--curation", "none")
    assert out.returncode == 2, out.stdout + out.stderr
    for path in paths:
        assert f"{path}: says nothing of crossings of this border" in out.stderr, path


def test_these_texts_say_nothing_of_the_korean_border(tmp_path: Path) -> None:
    out = kg("build", TEXTS, "--home", tmp_path / "home", "--curation", "none")
    assert out.returncode == 2, out.stdout + out.stderr
    assert out.stderr.count("says nothing of crossings of this border") >= len(list(TEXTS.glob("*.md")))


def test_no_code_knows_the_fixture() -> None:
    for folder in ("kg", "server", "ontology", "queries"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".yaml", ".ttl", ".rq"}:
                text = path.read_text(encoding="utf-8")
                assert not re.search(r"inner.german|east-germany|berlin-wall", text, re.IGNORECASE), path


def test_the_vocabularies_and_the_grammar_name_no_border() -> None:
    """What is particular to the shipped border stands in its folder; examples in comments and of terms may name it."""
    particular = re.compile(r"korea|seoul|pyongyang|\bdmz\b|\bmdl\b|panmunjom|yonhap|chuseok|seollal", re.IGNORECASE)
    said = []
    for path in sorted((ROOT / "kg" / "extract" / "rules").glob("*.yaml")):
        lines = (line.partition("#")[0] for line in path.read_text(encoding="utf-8").splitlines())
        said += [f"{path.name}: {line}" for line in lines if particular.search(line)]
    for path in sorted((ROOT / "ontology" / "vocabulary").glob("*.ttl")):
        for triple in pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE):
            if particular.search(str(triple.subject)) or particular.search(str(triple.object)):
                said.append(f"{path.name}: {triple.object}")
    assert said == []


def test_every_property_used_here_is_declared(graph: Store) -> None:
    used = {q.predicate for q in graph if q.predicate.value.startswith(CX)}
    declared = {q.subject for q in graph.quads_for_pattern(None, None, None, NamedNode(f"{BASE}graph/vocabulary"))}
    assert used <= declared

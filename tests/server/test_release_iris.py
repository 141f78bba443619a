"""`/id/release/{id}`: the name by which a release is cited leads to it while it is kept, and says when it is not."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from rdflib import Graph, Namespace, URIRef

from kg.namespaces import BASE, expand
from kg.release import Home, Release, prune, publish
from kg.release.dumps import dumps_of
from kg.release.manifest import Reissue
from kg.release.naming import dataset_iri
from kg.release.reissue import prepare, swap_in
from tests.release.content import content
from tests.server.asking import problem_name
from tests.server.serving import client_of

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
DCAT = Namespace("http://www.w3.org/ns/dcat#")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """One release that was pruned, an older one, one that was issued again, and the current one."""
    home = Home(tmp_path_factory.mktemp("named") / "home")
    publish(home, content(1))
    publish(home, content(2))
    again = publish(home, content(4))
    publish(home, content(3))
    told = Reissue(supersedes=again.id, digest=again.manifest.digest, on="2031-06-01", withheld={"entities": 1})
    with home.lock():
        swap_in(home, [prepare(home, again, content(5), told)])
    assert len(prune(home, 3)) == 1
    return home


@pytest.fixture(scope="module")
def kept(home: Home) -> dict[str, Release]:
    """The older release, the one that was issued again, and the current one."""
    found = {path.name: Release(path) for path in home.releases_path.iterdir()}
    current = home.require_current()
    (again,) = (release for name, release in found.items() if "+r1" in name)
    (older,) = (release for name, release in found.items() if name not in (again.id, current.id))
    return {"older": older, "again": again, "current": current}


@pytest.fixture(scope="module")
def client(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with client_of(home.path, tmp_path_factory.mktemp("log") / "errors") as client:
        yield client


def path_of(iri: str) -> str:
    return "/" + iri.removeprefix(BASE)


@pytest.mark.parametrize("which", ["older", "again", "current"])
@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (BROWSER, None),
        ("text/turtle", "turtle"),
        ("application/ld+json", "jsonld"),
        ("application/json", "json"),
        ("*/*", "turtle"),
    ],
)
def test_the_name_of_a_release_leads_to_it(
    client: httpx.Client, kept: dict[str, Release], which: str, accept: str, form: str | None
) -> None:
    release = kept[which]
    answer = client.get(path_of(dataset_iri(release.id)), headers={"Accept": accept})
    there = f"/releases/{release.id.replace('+', '%2B')}" + (f"?format={form}" if form else "")
    assert (answer.status_code, answer.headers["location"]) == (303, there)
    assert answer.headers["vary"] == "Accept"
    said = client.get(there, headers={"Accept": accept})
    assert said.status_code == 200
    assert release.id in said.text


def test_the_name_of_what_was_issued_again_leads_to_what_took_its_place(
    client: httpx.Client, kept: dict[str, Release]
) -> None:
    again = kept["again"]
    quoted = again.id.replace("+", "%2B")
    for name in (again.origin, again.id, quoted):
        answer = client.get(f"/id/release/{name}", headers={"Accept": "text/turtle"})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/releases/{quoted}?format=turtle")
        file = client.get(f"/id/release/{name}/dump/SHA256SUMS")
        assert (file.status_code, file.headers["location"]) == (303, f"/dumps/{quoted}/SHA256SUMS")
        part = client.get(f"/id/release/{name}/run.nt")
        assert part.status_code == 200, part.text
        assert f"<{dataset_iri(again.id)}/run>" in part.text


def test_a_release_that_is_gone_says_so(client: httpx.Client, home: Home, kept: dict[str, Release]) -> None:
    notes = {path.name[:16] for path in home.gone_path.iterdir()}
    (pruned,) = notes - {kept["again"].origin}
    for rest in ("", ".html", "/dump/void.ttl", "/run", "/run.ttl"):
        gone = client.get(f"/id/release/{pruned}{rest}")
        assert (gone.status_code, problem_name(gone)) == (410, "release-gone")
        never = client.get(f"/id/release/{'0' * 16}{rest}")
        assert (never.status_code, problem_name(never)) == (404, "unknown-release")


def test_the_catalogue_names_nothing_that_leads_nowhere(client: httpx.Client, kept: dict[str, Release]) -> None:
    catalogue = Graph().parse(data=client.get("/releases?format=turtle").text, format="turtle")
    for release in kept.values():
        named = set(catalogue.objects(URIRef(dataset_iri(release.id)), DCAT.distribution))
        assert len(named) == len(dumps_of(release))
        for distribution in named:
            answer = client.get(path_of(str(distribution)))
            address = catalogue.value(distribution, DCAT.downloadURL)
            assert answer.status_code == 303
            assert str(address) == f"{str(client.base_url).rstrip('/')}{answer.headers['location']}"
            assert client.head(answer.headers["location"]).status_code == 200
            assert client.get(f"{path_of(str(distribution))}/checksum").status_code == 303


def test_what_a_release_describes_of_itself_stands_in_it(client: httpx.Client, kept: dict[str, Release]) -> None:
    for release in kept.values():
        dataset = dataset_iri(release.id)
        described = client.get(path_of(f"{dataset}/distribution/nquads"), headers={"Accept": "text/turtle"})
        assert described.status_code == 303
        said = Graph().parse(data=client.get(described.headers["location"]).text, format="turtle")
        title = said.value(URIRef(f"{dataset}/distribution/nquads"), URIRef(expand("dcterms:title")))
        assert str(title) == "data/crossings.nq.gz"


def test_the_endings_of_documents_lead_to_the_form(client: httpx.Client, kept: dict[str, Release]) -> None:
    name = f"/id/release/{kept['older'].id}"
    for ending, form in (("ttl", "turtle"), ("nt", "ntriples"), ("html", None)):
        there = f"/releases/{kept['older'].id}" + (f"?format={form}" if form else "")
        assert client.get(f"{name}.{ending}", headers={"Accept": "*/*"}).headers["location"] == there
    unknown = client.get(f"{name}.pdf")
    assert (unknown.status_code, problem_name(unknown)) == (404, "not-found")
    assert client.get(name, headers={"Accept": "image/png"}).status_code == 406
    assert client.options(name).status_code == 204
    assert client.options(f"{name}/dump/void.ttl").status_code == 204

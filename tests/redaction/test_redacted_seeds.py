"""Every person of the seeds withheld, one after the other: no byte of the release names them, and the rest stands."""

from __future__ import annotations

import gzip
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.build import BuildOptions, BuildSummary, build, link
from kg.curation import Redaction, load_curation
from kg.errors import ExitCode
from kg.gate import derived_graph, shapes
from kg.linking import Given, Linked
from kg.mapping.quads import Quads
from kg.namespaces import expand
from kg.querying import open_release, rows
from kg.redaction.names import Names, is_full
from kg.release.home import Home
from kg.release.release import Release
from kg.resources import seeds_dir
from tests.support.reporting import Silent


def text(value: object) -> str:
    """The words of a term, or its IRI."""
    return str(getattr(value, "value", value))


CLASSES = ("Incident", "Person", "Organization", "Route", "Statistic")
REASON = "Relatives may be at risk."


@dataclass(frozen=True)
class Person:
    """A person of the seeds, with every name that the graph has for them."""

    iri: str
    names: frozenset[str]

    @property
    def id(self) -> str:
        return self.iri.split("/id/", 1)[1]


def options(home: Path, curation: Path | None = None) -> BuildOptions:
    return BuildOptions(paths=(seeds_dir(),), home=Home(home), curation=curation or seeds_dir() / "curation")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("seeds") / "home"


@pytest.fixture(scope="module")
def whole(home: Path) -> Release:
    """The seeds with nobody withheld."""
    summary = build(options(home), Silent())
    assert (summary.exit_code, summary.withheld) == (ExitCode.GOOD, {})
    return Home(home).require_current()


@pytest.fixture(scope="module")
def persons(whole: Release) -> list[Person]:
    held = open_release(whole)
    asked = """SELECT ?person ?name { ?person a cx:Person . OPTIONAL { { ?person cx:name ?name } UNION
        { GRAPH ?g { ?mention cx:mentions ?person ; cx:evidence/oa:hasSelector/oa:exact ?name } } } }"""
    found: dict[str, set[str]] = {}
    for person, name in rows(held, asked).rows:
        names = found.setdefault(text(person), set())
        # Words that describe him ("a soldier") are no name.
        if name is not None and is_full(text(name)) and all(word[0].isupper() for word in text(name).split()):
            names.add(text(name))
    assert len(found) == 9
    return [Person(iri, frozenset(names)) for iri, names in sorted(found.items())]


def redacted(home: Path, folder: Path, *idents: str) -> BuildSummary:
    curation = folder / "curation"
    curation.mkdir(parents=True)
    for file in (seeds_dir() / "curation").glob("*.yaml"):
        (curation / file.name).write_bytes(file.read_bytes())
    entries = (f"- id: {ident}\n  by: a curator\n  on: 2031-06-01\n  reason: {REASON}\n" for ident in idents)
    (curation / "redactions.yaml").write_text("".join(entries))
    return build(options(home, curation), Silent())


def bytes_of_release(release: Release) -> Iterator[tuple[str, bytes]]:
    """Every file of a release, packed ones unpacked as well, and databases by what is in them."""
    for path in sorted(p for p in release.path.rglob("*") if p.is_file()):
        raw = path.read_bytes()
        name = str(path.relative_to(release.path))
        yield name, raw
        if path.suffix == ".gz":
            yield f"{name} unpacked", gzip.decompress(raw)
        if raw.startswith(b"SQLite format 3"):
            with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
                yield f"{name} unpacked", "\n".join(database.iterdump()).encode()
    # The engine may pack what it holds.
    yield "store", "\n".join(str(quad) for quad in Store.read_only(str(release.store_path))).encode()


def counts(quads: Quads) -> Counter[str]:
    kinds = {f"<{expand(f'cx:{name}')}>": name for name in CLASSES}
    marker = f" <{expand('rdf:type')}> "
    parted = (triple.split(marker) for triple in quads.graphs[""] if marker in triple)
    return Counter(kinds[parts[1]] for parts in parted if parts[1] in kinds)


def test_a_named_person_is_in_no_byte_of_the_release(home: Path, whole: Release, tmp_path: Path) -> None:
    person = next(p for p in _persons(whole) if p == "person/ef655a71fad762b8")
    name = re.compile(rb"(?i)ri[\W_]{0,3}il[\W_]{0,3}kyu|il[\W_]{0,3}kyu[\W_]{0,3}ri")
    seen = {file for file, held in bytes_of_release(whole) if name.search(held)}
    assert {"store", "data/crossings.nq.gz unpacked"} <= seen, "the test can see it"
    summary = redacted(home, tmp_path, person)
    assert summary.exit_code == ExitCode.GOOD
    assert summary.withheld["entities"] == 1
    assert all(summary.withheld[what] > 0 for what in ("claims", "quotes", "stretches of digests"))
    release = Home(home).require_current()
    files = dict(bytes_of_release(release))
    assert {"manifest.json", "validation.txt", "validation.ttl", "void.ttl", "store"} <= files.keys()
    assert [file for file, held in files.items() if name.search(held)] == []
    assert release.problems() == []
    held = open_release(release)
    iri = f"<https://w3id.org/crossings/id/{person}>"
    said = rows(held, f"SELECT ?p ?o {{ {iri} ?p ?o }} ORDER BY ?p").rows
    assert [(text(p), text(o)) for p, o in said] == [
        (expand("rdf:type"), expand("cx:Withheld")),
        (expand("cx:withheldOn"), "2031-06-01"),
        (expand("cx:withheldReason"), REASON),
    ]
    everywhere = (
        f"SELECT ?s {{ {{ ?s ?p {iri} }} UNION {{ GRAPH ?g {{ {{ ?s ?p {iri} }} UNION {{ {iri} ?p ?s }} }} }} }}"
    )
    assert rows(held, everywhere).rows == ()


def _persons(release: Release) -> list[str]:
    found = rows(open_release(release), "SELECT ?p { ?p a cx:Person }").rows
    return [text(p).split("/id/", 1)[1] for (p,) in found]


@pytest.fixture(scope="module")
def linked(home: Path, whole: Release) -> Linked:
    del whole  # its build has filled the cache
    return link(options(home), Silent())


def withheld_graph(linked: Linked, *persons: Person) -> tuple[Linked, Quads]:
    """The graph without some persons, as a build makes it."""
    asked = tuple(Redaction(id=p.id, by="a curator", on=date(2031, 6, 1), reason=REASON) for p in persons)
    again = replace(linked, curation=replace(linked.curation, redactions=asked)).without(frozenset(), frozenset())
    assert again.consolidated.withheld.problems == ()
    return again, derived_graph(again, "korea")


def test_whoever_is_withheld_the_rest_stands(linked: Linked, persons: list[Person]) -> None:
    before = derived_graph(linked, "korea")
    incidents = {line for line in before.graphs[""] if "/id/incident/" in line.split(" ", 1)[0]}
    texts = {iri: len(text) for iri, text in linked.texts.items()}
    named = 0
    for person in persons:
        again, quads = withheld_graph(linked, person)
        lines = set(quads.lines())
        assert counts(quads) == counts(before) - Counter(Person=1), person
        assert not any(Names(person.names).name(line) for line in lines), person
        pointing = [line for line in lines if f"<{person.iri}>" in line]
        assert len(pointing) == 3
        assert all(line.startswith(f"<{person.iri}> ") for line in pointing)
        assert shapes(quads, again.texts).counts()["violation"] == 0, person
        # Of the incidents nothing goes but what says that this person crossed.
        left = {line for line in quads.graphs[""] if "/id/incident/" in line.split(" ", 1)[0]}
        assert left <= incidents
        assert all(f"<{person.iri}>" in line for line in incidents - left), person
        digests = [line for line in lines if f"> <{expand('cx:text')}> " in line]
        assert len(digests) == len(texts)
        named += bool(person.names)
        assert not person.names or any("\u2588" in line for line in digests), person
    assert named == 5


def test_all_persons_at_once(linked: Linked, persons: list[Person]) -> None:
    again, quads = withheld_graph(linked, *persons)
    names = Names(name for person in persons for name in person.names)
    assert not any(names.name(line) for line in quads.lines())
    assert counts(quads)["Person"] == 0
    assert counts(quads)["Incident"] == 5
    assert shapes(quads, again.texts).counts()["violation"] == 0


def test_an_incident_takes_its_unnamed_crossers_with_it(linked: Linked) -> None:
    incident = Person("https://w3id.org/crossings/id/incident/a14842c2517aab5e", frozenset())
    again, quads = withheld_graph(linked, incident)
    stones = {line.split(" ")[0] for line in quads.graphs[""] if f"<{expand('cx:Withheld')}>" in line}
    assert stones == {f"<{incident.iri}>", "<https://w3id.org/crossings/id/person/a14842c2517aab5e-1>"}
    assert counts(quads)["Incident"] == 4
    assert shapes(quads, again.texts).counts()["violation"] == 0


def test_the_packaged_curation_withholds_nobody() -> None:
    assert load_curation(seeds_dir() / "curation").redactions == ()
    assert Given.of(options(Path("unused"))).curation.redactions == ()

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.errors import GraphError, UsageError
from kg.namespaces import BASE, expand, graph_iri
from kg.release import Home, Release, publish
from kg.release.changes import Changes, Entity, changes, changes_between
from kg.release.merging import lines_of, paired
from kg.release.patches import patch, patched
from kg.release.quads import sorted_lines
from tests.release.content import ARTICLE_GRAPH, content, node, quads

PERSON = node("id:person/1")


def told(before: list[Quad], after: list[Quad], listed: int = 50) -> Changes:
    return changes(sorted_lines(before), sorted_lines(after), "a", "b", listed)


def iris(found: list[Entity]) -> list[str]:
    return [entity.iri for entity in found]


def class_of(found: Changes, name: str) -> tuple[int, int, int]:
    (one,) = [cls for cls in found.classes if cls.name == name]
    return one.added.total, one.removed.total, one.changed.total


def person(*more: tuple[str, NamedNode | Literal]) -> list[Quad]:
    said: list[tuple[str, NamedNode | Literal]] = [
        ("rdf:type", node("cx:Person")),
        ("skos:prefLabel", Literal("a guard", language="en")),
        *more,
    ]
    return [Quad(PERSON, node(name), value, DefaultGraph()) for name, value in said]


def test_the_same_release_has_no_changes() -> None:
    found = told(quads(3), list(reversed(quads(3))))
    assert (found.added, found.removed, found.graphs, found.classes, found.merged) == (0, 0, [], [], [])


def test_entities_are_told_by_class_and_quads_by_graph() -> None:
    found = told(quads(3), quads(5))
    assert (found.added, found.removed) == (2 * 11, 0)
    assert [(one.graph, one.added, one.removed) for one in found.graphs] == [("default", 8, 0), ("article", 14, 0)]
    assert class_of(found, "cx:Incident") == (2, 0, 0)
    assert class_of(found, "cx:Claim") == (2, 0, 0)
    (incidents,) = [cls for cls in found.classes if cls.name == "cx:Incident"]
    assert iris(incidents.added.listed) == [f"{BASE}id/incident/0003", f"{BASE}id/incident/0004"]
    assert incidents.added.listed[0].label == "crossing “3”\nof a kind"
    (claims,) = [cls for cls in found.classes if cls.name == "cx:Claim"]
    assert claims.added.listed == []
    back = told(quads(5), quads(3))
    assert (back.added, back.removed, class_of(back, "cx:Incident")) == (0, 22, (0, 2, 0))


def test_a_changed_property_has_its_old_and_new_values() -> None:
    before = person(("cx:rank", node("rank:sergeant")), ("cx:jobTitle", Literal("guard")))
    after = person(("cx:rank", node("rank:captain")), ("cx:jobTitle", Literal("guard")))
    (cls,) = told(before, after).classes
    (entity,) = cls.changed.listed
    assert (cls.name, entity.iri, entity.label) == ("cx:Person", PERSON.value, "a guard")
    (changed,) = entity.properties
    assert changed.property == expand("cx:rank")
    assert changed.old == [f"<{expand('rank:sergeant')}>"]
    assert changed.new == [f"<{expand('rank:captain')}>"]


def test_many_values_of_a_property_are_listed_in_part() -> None:
    many: list[tuple[str, NamedNode | Literal]] = [("skos:altLabel", Literal(f"name {n}")) for n in range(40)]
    (cls,) = told(person(), person(*many)).classes
    (changed,) = cls.changed.listed[0].properties
    assert (len(changed.old), len(changed.new), changed.more) == (0, 12, 28)


def test_a_merged_id_is_told_with_what_it_became() -> None:
    into = node("id:person/2")
    left = Quad(PERSON, node("dcterms:isReplacedBy"), into, DefaultGraph())
    found = told(person(), [left])
    assert [(one.iri, one.into) for one in found.merged] == [(PERSON.value, into.value)]
    assert (found.merged_total, class_of(found, "cx:Person")) == (1, (0, 1, 0))
    assert told([left], [left, *quads(1)]).merged == []


def test_what_is_withheld_is_told_by_its_id_alone() -> None:
    stone = Quad(PERSON, node("rdf:type"), node("cx:Withheld"), DefaultGraph())
    found = told(person(), [stone])
    assert (found.withheld, found.withheld_total) == ([PERSON.value], 1)


def test_what_only_the_gazetteer_says_changes_quads_and_no_entity() -> None:
    place = Quad(node("id:place/1"), node("rdf:type"), node("cx:Place"), NamedNode(graph_iri("gazetteer")))
    found = told([], [place, Quad(PERSON, PERSON, PERSON, NamedNode("http://other.example/g"))])
    assert [(one.graph, one.added) for one in found.graphs] == [("gazetteer", 1), ("other", 1)]
    assert found.classes == []


def test_a_title_names_an_article() -> None:
    article = NamedNode(f"{BASE}id/article/1")
    graph = NamedNode(ARTICLE_GRAPH)
    said = [
        Quad(article, node("rdf:type"), node("cx:Digest"), graph),
        Quad(article, node("dcterms:title"), Literal("A walk"), graph),
    ]
    (cls,) = told([], said).classes
    assert (cls.name, cls.added.listed[0].label) == ("cx:Digest", "A walk")


def test_what_is_listed_is_bounded_and_what_is_counted_is_not() -> None:
    found = told([], quads(30), listed=4)
    (incidents,) = [cls for cls in found.classes if cls.name == "cx:Incident"]
    assert (incidents.added.total, len(incidents.added.listed), incidents.added.rest) == (30, 4, 26)


def test_a_thing_whose_class_changed_went_and_came() -> None:
    other = [Quad(PERSON, node("rdf:type"), node("cx:Organization"), DefaultGraph())]
    found = told(person(), other)
    assert class_of(found, "cx:Person") == (0, 1, 0)
    assert class_of(found, "cx:Organization") == (1, 0, 0)


def test_two_releases_are_compared_from_their_files(tmp_path: Path) -> None:
    home = Home(tmp_path)
    one, other = publish(home, content(2)), publish(home, content(4))
    found = changes_between(one, other)
    assert (found.before, found.after, found.added) == (one.id, other.id, 22)
    assert patched(lines_of(one), patch(lines_of(one), lines_of(other))) == list(lines_of(other))


@pytest.mark.parametrize(
    "damage",
    [b"", b"no gzip", gzip.compress(b"<a> <b> <c> .\n", mtime=0)[:-5]],
    ids=["no file", "no gzip", "an end cut off"],
)
def test_a_damaged_file_is_told(tmp_path: Path, damage: bytes) -> None:
    release = publish(Home(tmp_path), content(1))
    release.data_path.write_bytes(damage)
    if not damage:
        release.data_path.unlink()
    with pytest.raises(GraphError, match=r"crossings\.nq\.gz cannot be read"):
        changes_between(Release(release.path), Release(release.path))


TERMS = st.sampled_from([*(f"http://a.example/{name}" for name in ("a", "a/b", "a#b", "ab", "b", "é", "a%3E"))])
VALUES = TERMS.map(NamedNode) | st.text(max_size=8).map(Literal)
NAMES = st.sampled_from([DefaultGraph(), NamedNode("http://a.example/g"), NamedNode(graph_iri("article/1"))])
DRAWN = st.lists(
    st.builds(Quad, TERMS.map(NamedNode), st.sampled_from([node("rdf:type"), node("cx:rank")]), VALUES, NAMES),
    max_size=25,
)


@given(DRAWN, DRAWN)
def test_the_difference_put_to_the_one_gives_the_other(one: list[Quad], other: list[Quad]) -> None:
    before, after = sorted_lines(one), sorted_lines(other)
    rows = list(patch(before, after))
    assert patched(before, rows) == after
    assert patched(after, list(patch(after, before))) == before
    found = changes(before, after)
    assert found.added == len(set(after) - set(before)) == sum(row.startswith(b"A ") for row in rows)
    assert found.removed == len(set(before) - set(after)) == sum(row.startswith(b"D ") for row in rows)


@given(DRAWN, DRAWN)
def test_every_subject_is_paired_once_in_order(one: list[Quad], other: list[Quad]) -> None:
    before, after = sorted_lines(one), sorted_lines(other)
    found = list(paired(before, after))
    subjects = [subject for subject, _old, _new in found]
    assert subjects == sorted(set(subjects))
    assert [line for _subject, old, _new in found for line in old] == before
    assert [line for _subject, _old, new in found for line in new] == after


@pytest.mark.parametrize("row", [b"A <a> <p> <o> .", b"D <a> <p> <x> .", b"X <a> <p> <o> .", b"PA rdf: <x> ."])
def test_a_patch_of_something_else_is_refused(row: bytes) -> None:
    with pytest.raises(UsageError, match="row 2 of the patch does not fit"):
        patched([b"<a> <p> <o> ."], [b"TX .", row])

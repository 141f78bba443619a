"""After any change the report is the one of a full run."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.errors import UsageError
from kg.namespaces import expand, graph_iri
from kg.shapes.revalidate import Revalidator
from kg.shapes.validate import validate
from tests.shapes.graphs import Edit, Node, baseline
from tests.shapes.mutations import MUTATIONS


@pytest.fixture(scope="module")
def held() -> Revalidator:
    base = baseline()
    return Revalidator(base.quads, texts=base.texts)


def full(quads: set[Quad], texts: dict[str, str]) -> object:
    return validate(quads, texts=texts, engine="indexed")


def moved(edit: Edit) -> dict[str, str | None]:
    """The texts that an edit changed."""
    names = edit.base.texts.keys() | edit.texts.keys()
    return {name: edit.texts.get(name) for name in names if edit.texts.get(name) != edit.base.texts.get(name)}


def test_at_first_it_is_the_full_report(held: Revalidator) -> None:
    base = baseline()
    assert held.report == validate(base.quads, texts=base.texts, engine="pyshacl")


@pytest.mark.parametrize("name", sorted(MUTATIONS))
def test_a_mutation_is_found_and_taken_back(held: Revalidator, name: str) -> None:
    base, before = baseline(), held.report
    edit = Edit(base)
    MUTATIONS[name](edit)
    change = held.change(base.quads - edit.quads, edit.quads - base.quads, texts=moved(edit))
    assert held.report == full(edit.quads, edit.texts)
    assert {result.shape.rpartition("#")[2] for result in change.new} >= {name}
    assert set(change.new) == set(held.report.results) - set(before.results)
    assert set(change.gone) == set(before.results) - set(held.report.results)
    held.undo(change)
    assert held.report == before


QUADS = sorted(baseline().quads, key=str)
SUBJECTS = sorted({q.subject for q in QUADS}, key=str)
PREDICATES = sorted({q.predicate for q in QUADS}, key=str)
OBJECTS = sorted({q.object for q in QUADS}, key=str)
GRAPHS = sorted({q.graph_name for q in QUADS}, key=str)


def altered(quad: Quad, part: int, node: Node) -> Quad:
    parts = [quad.subject, quad.predicate, quad.object, quad.graph_name]
    parts[part] = node
    return Quad(*parts)


EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("remove"), st.sampled_from(QUADS)),
        st.tuples(st.just("add"), st.builds(altered, st.sampled_from(QUADS), st.just(0), st.sampled_from(SUBJECTS))),
        st.tuples(st.just("add"), st.builds(altered, st.sampled_from(QUADS), st.just(1), st.sampled_from(PREDICATES))),
        st.tuples(st.just("add"), st.builds(altered, st.sampled_from(QUADS), st.just(2), st.sampled_from(OBJECTS))),
        st.tuples(st.just("add"), st.builds(altered, st.sampled_from(QUADS), st.just(3), st.sampled_from(GRAPHS))),
        st.tuples(st.just("drop"), st.sampled_from(SUBJECTS)),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=st.lists(EDITS, min_size=1, max_size=3))
def test_random_edits_give_the_full_report(held: Revalidator, rounds: list[list[tuple[str, object]]]) -> None:
    base, before = baseline(), held.report
    now, changes = set(base.quads), []
    for edits in rounds:
        after = set(now)
        for kind, what in edits:
            if kind == "add":
                after.add(what)  # type: ignore[arg-type]
            else:
                after -= {q for q in after if what in (q, q.subject)}
        changes.append(held.change(now - after, after - now))
        now = after
        assert held.report == full(now, base.texts)
    for change in reversed(changes):
        held.undo(change)
    assert held.report == before


def test_a_text_that_comes_and_goes_is_seen(held: Revalidator) -> None:
    base, before = baseline(), held.report
    article = sorted(base.texts)[0]
    gone = held.change((), (), texts={article: None})
    assert held.report == full(set(base.quads), {k: v for k, v in base.texts.items() if k != article})
    changed = held.change((), (), texts={article: "Other words."})
    assert held.report == full(set(base.quads), {**base.texts, article: "Other words."})
    held.undo(changed)
    held.undo(gone)
    assert held.report == before


def test_the_last_entry_of_the_table_brings_in_the_shipped_one(held: Revalidator) -> None:
    base, before = baseline(), held.report
    entries = {q for q in base.quads if q.predicate.value == expand("cx:admitted")}
    assert entries
    change = held.change(entries, ())
    assert held.report == full(base.quads - entries, base.texts)
    held.undo(change)
    assert held.report == before


def test_a_change_that_cannot_be_validated_changes_nothing(held: Revalidator) -> None:
    base, before = baseline(), held.report
    quad = next(iter(base.quads))
    quoted = Quad(quad.subject, quad.predicate, quad.triple, DefaultGraph())
    with pytest.raises(UsageError, match="no triple terms"):
        held.change([q for q in base.quads if q.subject == quad.subject], [quoted])
    assert held.report == before
    assert held.change((), ()).checked == 0


def test_a_triple_in_two_graphs_goes_when_the_last_goes() -> None:
    subject = NamedNode(expand("id:claim/0000000000000001"))
    fact = (subject, NamedNode(expand("rdf:type")), NamedNode(expand("cx:Claim")))
    one, other = Quad(*fact, DefaultGraph()), Quad(*fact, NamedNode(graph_iri("curation")))
    held = Revalidator([one, other])
    first = held.report
    assert first.results
    assert held.change([one], ()).gone == ()
    assert held.change([other], ()).gone == first.results
    assert held.report.conforms
    label = Quad(subject, NamedNode(expand("cx:rawValue")), Literal("words"), DefaultGraph())
    assert held.change((), [label]).new == ()

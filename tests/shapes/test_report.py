from __future__ import annotations

import pyoxigraph
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode
from rdflib import Graph
from rdflib.namespace import SH

from kg.namespaces import PREFIXES, expand
from kg.shapes.report import NOT_CHECKED, SEVERITIES, Report, Result
from kg.shapes.validate import validate
from tests.shapes.graphs import Edit, baseline
from tests.shapes.mutations import MUTATIONS

values = st.none() | st.builds(Literal, st.text()) | st.sampled_from([NamedNode("https://example.org/v")])
results = st.builds(
    Result,
    focus=st.sampled_from(["https://example.org/a", "https://example.org/b"]),
    path=st.none() | st.just(expand("cx:front")),
    value=values,
    shape=st.sampled_from([expand("cxsh:One"), expand("cxsh:Other")]),
    severity=st.sampled_from(SEVERITIES),
    message=st.text(max_size=20) | st.just(NOT_CHECKED),
)


@given(st.sets(results, max_size=6))
def test_the_turtle_is_a_report_without_blank_nodes_and_holds_every_result(found: set[Result]) -> None:
    report = Report.of(found)
    quads = list(pyoxigraph.parse(report.turtle(), format=pyoxigraph.RdfFormat.TURTLE))
    assert not any(isinstance(term, BlankNode) for q in quads for term in (q.subject, q.object))
    sh = PREFIXES["sh"]
    assert sum(q.predicate.value == f"{sh}result" for q in quads) == len(found)
    assert sorted(q.object.value for q in quads if q.predicate.value == f"{sh}resultMessage") == sorted(
        r.message for r in found
    )
    stated = next(q.object.value for q in quads if q.predicate.value == f"{sh}conforms")
    assert stated == ("false" if found else "true")
    assert report.conforms == (not found)


@given(st.sets(results, max_size=6))
def test_counts_add_up(found: set[Result]) -> None:
    report = Report.of(found)
    counts = report.counts()
    assert sum(counts[severity] for severity in SEVERITIES) == len(found)
    assert counts[NOT_CHECKED] == report.not_checked == sum(r.message == NOT_CHECKED for r in found)


@given(st.lists(results, max_size=6, unique=True))
def test_the_order_of_finding_does_not_matter(found: list[Result]) -> None:
    backwards = list(reversed(found))
    one, other = Report.of(set(found)), Report.of(set(backwards))
    assert (one.turtle(), one.text()) == (other.turtle(), other.text())


def test_a_real_report_is_the_same_twice_and_shows_node_shape_and_message() -> None:
    edit = Edit(baseline())
    MUTATIONS["PercentIsWithinAHundred"](edit)
    one, other = (validate(edit.quads, texts=edit.texts) for _ in range(2))
    assert one.turtle() == other.turtle()
    graph = Graph().parse(data=one.turtle(), format="turtle")
    assert [str(value) for value in graph.objects(None, SH.conforms)] == ["false"]
    text = one.text()
    assert "VIOLATION cxsh:PercentIsWithinAHundred (1)" in text
    assert "cx:value = 175" in text
    assert "175 percent is no part of a whole" in text


def test_what_is_not_checked_is_counted() -> None:
    base = baseline()
    report = validate(base.quads)
    quotes = {q.subject for q in Edit(base).find(None, "rdf:type", NamedNode(expand("cx:Evidence")))}
    digest = base.names["article digest"]
    ours = {q.subject for q in base.quads if q.predicate.value == expand("oa:hasSource") and q.object == digest}
    assert report.not_checked == len(quotes) - len(quotes & ours) > 0
    assert report.counts()[NOT_CHECKED] == report.not_checked
    assert f"{report.not_checked} quotes were not checked" in report.text()
    assert validate(base.quads, texts=base.texts).not_checked == 0

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluate.align import Aligner, Alignment
from kg.evaluate.judge import Judge
from kg.evaluate.together import b_cubed, entity_id, gold_groups, pair_groups, system_groups
from tests.evaluate.made import Made, folder_of, found_of, gold_of

PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1, max_size=12)


@given(PAIRS)
def test_b_cubed_is_the_mean_over_units_of_what_their_clusters_share(pairs: list[tuple[str, str]]) -> None:
    precision = recall = 0.0
    for gold, found in pairs:
        same = sum(pair == (gold, found) for pair in pairs)
        precision += same / sum(f == found for _, f in pairs)
        recall += same / sum(g == gold for g, _ in pairs)
    score = b_cubed(pairs)
    assert score.units == len(pairs)
    assert score.precision == pytest.approx(precision / len(pairs))
    assert score.recall == pytest.approx(recall / len(pairs))


def test_what_is_merged_costs_precision_and_what_is_split_costs_recall() -> None:
    merged, split = b_cubed([("a", "x"), ("b", "x")]), b_cubed([("a", "x"), ("a", "y")])
    assert (merged.precision, merged.recall) == (0.5, 1.0)
    assert (split.precision, split.recall) == (1.0, 0.5)
    assert b_cubed([]).precision is None


def text_of(name: str, day: str, organisation: str) -> Made:
    made = Made(name, f"A private crossed on {day}, said {organisation}. Han Mi-rae saw it.")
    made.incident("A private crossed", day, day)
    made.body("Organization", organisation, "id:organization/rok-joint-chiefs-of-staff")
    made.person("Han Mi-rae", "Han Mi-rae")
    return made


def rows(entity: str | None = None, organisation: str = "JCS", optional: bool = False) -> dict[str, Any]:
    return {
        "incidents": [{"key": "i", "entity": entity, "spots": ["A private crossed"], "optional": optional}],
        "organizations": [{"key": "o", "name": organisation}],
        "persons": [{"key": "p", "name": "Han Mi-rae"}],
    }


def aligned(
    pairs: list[tuple[Made, dict[str, Any]]], together: dict[str, Any] | None = None
) -> tuple[dict[str, Alignment], Aligner]:
    found = found_of(*(made for made, _ in pairs))
    aligner = Aligner(found, Judge(found.knowledge))
    folder = folder_of([(made, gold_of(made, **gold)) for made, gold in pairs], together)
    return {text.source.article.id: aligner.align(text) for text in folder.texts}, aligner


@pytest.fixture
def texts() -> list[Made]:
    return [text_of("a", "2021-05-03", "the Joint Chiefs"), text_of("b", "2021-05-03", "JCS")]


def test_entities_without_a_name_of_their_own_are_known_by_entry_and_name_or_by_text(texts: list[Made]) -> None:
    alignments, aligner = aligned([(texts[0], rows()), (texts[1], rows(organisation="Joint Chiefs of Staff"))])
    names = {
        entity_id(entity, alignment, aligner)
        for alignment in alignments.values()
        for entity in alignment.text.entities.values()
    }
    assert names == {"a/i", "b/i", "id:organization/rok-joint-chiefs-of-staff", "person hanmirae"}


def test_a_figure_that_two_texts_report_is_one_and_two_of_one_text_are_two() -> None:
    texts = []
    for name in "ab":
        made = Made(name, "In 2021, 63 people from the North came, and 63 came.")
        for nth in (1, 2) if name == "b" else (1,):
            figure = made.mention("Statistic", "63", nth=nth)
            made.number(figure, "63", value="63")
            made.concept(figure, "cx:measure", "measure:arrivals", "came")
            made.date(figure, "cx:period", "In 2021", "2021")
        texts.append(made)
    one = {"statistics": [{"key": "s1", "value": "63"}, {"key": "s2", "value": "64"}]}
    two = {"statistics": [{"key": "s1", "value": "63"}, {"key": "s2", "value": "63"}]}
    alignments, aligner = aligned([(texts[0], one), (texts[1], two)])
    assert sorted(len(group.units) for group in system_groups(alignments, "Statistic").values()) == [1, 2]
    groups = gold_groups(alignments, aligner, "Statistic")
    assert sorted(len(group.rows) for group in groups.values()) == [1, 1, 2]
    assert "a/s2" in groups
    alignments, aligner = aligned([(texts[0], one), (texts[1], two)], {"keys": "set"})
    assert sorted(gold_groups(alignments, aligner, "Statistic")) == ["s1", "s2"]


def test_where_the_set_shares_its_keys_a_key_is_the_name(texts: list[Made]) -> None:
    alignments, aligner = aligned([(texts[0], rows()), (texts[1], rows(entity="i-other"))], {"keys": "set"})
    groups = gold_groups(alignments, aligner, "Incident")
    assert sorted(groups) == ["i", "i-other"]
    assert list(gold_groups(alignments, aligner, "Person")) == ["p"]


def test_entities_pair_with_what_most_of_their_rows_were_found_as(texts: list[Made]) -> None:
    third = text_of("c", "2020-01-01", "JCS")
    alignments, aligner = aligned([(made, rows(entity="i-1")) for made in (*texts, third)])
    gold, system = gold_groups(alignments, aligner, "Incident"), system_groups(alignments, "Incident")
    assert len(gold) == 1
    assert sorted(len(group.units) for group in system.values()) == [1, 2]
    pairs = pair_groups(gold, system, alignments)
    assert len(system[pairs["i-1"]].units) == 2


def test_an_entity_is_optional_only_if_every_row_is(texts: list[Made]) -> None:
    one, other = rows(entity="i-1", optional=True), rows(entity="i-1")
    alignments, aligner = aligned([(texts[0], one), (texts[1], other)])
    assert not gold_groups(alignments, aligner, "Incident")["i-1"].optional
    alignments, aligner = aligned([(texts[0], one), (texts[1], one)])
    assert gold_groups(alignments, aligner, "Incident")["i-1"].optional
    assert all(group.is_optional(alignments) for group in system_groups(alignments, "Incident").values())
    assert not any(group.is_optional(alignments) for group in system_groups(alignments, "Organization").values())


def test_a_text_that_does_not_annotate_a_class_has_none_of_it(texts: list[Made]) -> None:
    alignments, aligner = aligned([(texts[0], {"classes": ["Person"], **rows()})])
    assert gold_groups(alignments, aligner, "Incident") == {}
    assert system_groups(alignments, "Incident") == {}
    assert len(system_groups(alignments, "Person")) == 1

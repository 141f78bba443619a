"""Scenes: who they are of, where one ends, what a label and a boat say of them."""

from __future__ import annotations

import pytest

from kg.extract.builder import FactsBuilder
from kg.extract.clusters import Clusters
from kg.extract.dating import Dating
from kg.extract.founding import Founding
from kg.extract.geography import Geography
from kg.extract.lexicon import Lexicon
from kg.extract.names import find_names
from kg.extract.participants import Participants
from kg.extract.scenes import Scene, SceneReader, date_of_sentence
from kg.extract.times import find_times
from kg.facts.model import BlockKind
from tests.support.documents import document


def scenes(*paragraphs: str, kinds: tuple[BlockKind, ...] = ()) -> list[Scene]:
    """The scenes of some blocks."""
    builder, lexicon = FactsBuilder(document(*paragraphs, kinds=kinds, published="2023-11-21")), Lexicon.load()
    find_times(builder)
    find_names(builder, lexicon)
    geography = Geography(lexicon)
    people, founding = Participants(builder, geography), Founding(builder, geography)
    clusters = Clusters(Dating(builder), founding, people)
    return SceneReader(builder, people, founding, clusters).read()


def about(scene: Scene) -> str | None:
    """The word for who a scene is about."""
    return scene.actor.head.text if scene.actor is not None else None


def test_pronouns_and_definite_nouns_stay_in_the_scene() -> None:
    found = scenes(
        "A North Korean welder crept past a fence on Friday. He slept for hours.", "Soldiers questioned the man."
    )
    assert [about(scene) for scene in found] == ["welder"]
    assert [step.sentence.index for step in found[0].steps] == [0, 2]
    assert {"origin", "over", "reception"} <= found[0].kinds


def test_a_new_person_begins_a_new_scene() -> None:
    found = scenes("A North Korean welder crept past a fence on Friday. In 2011 a weaver swam over the estuary.")
    assert [about(scene) for scene in found] == ["welder", "weaver"]
    assert "origin" not in found[1].kinds


@pytest.mark.parametrize("kind", ["heading", "bullet"])
def test_a_heading_and_a_bullet_end_a_scene(kind: BlockKind) -> None:
    kinds: tuple[BlockKind, ...] = ("paragraph", kind, "paragraph")
    found = scenes("A North Korean welder crept past a fence.", "Elsewhere", "He was questioned.", kinds=kinds)
    reception = [scene for scene in found if "reception" in scene.kinds]
    if kind == "heading":
        assert reception == []
    alone = scenes("A North Korean welder crept past a fence.", "He was questioned.", kinds=("paragraph", "bullet"))
    assert all("over" not in scene.kinds or "reception" not in scene.kinds for scene in alone)


def test_a_rank_that_differs_is_another_person() -> None:
    found = scenes("A North Korean corporal crept past a fence. The sergeant was questioned in Seoul.")
    assert [about(scene) for scene in found] == ["corporal", "sergeant"]


def test_those_in_a_boat_may_be_told_of_after_it() -> None:
    (found,) = scenes("Anglers hailed a drifting raft off Goseong. On it were two sisters from Wonsan.")
    assert about(found) == "sisters"
    assert {"vessel", "found", "origin"} <= found.kinds


def test_what_a_sentence_says_somebody_is_belongs_to_his_scene() -> None:
    (found,) = scenes("The 20-year-old left his unit at night. He is a private in the North Korean army.")
    assert {"exit", "origin"} <= found.kinds


def test_the_label_of_an_item_counts_for_it() -> None:
    (found,) = scenes("3 May 2019, off Sokcho. A skiff with two men aboard is sighted by divers.", kinds=("bullet",))
    assert {"there", "dated"} <= found.label


def test_an_invented_story_is_no_scene() -> None:
    assert scenes("In the novel a North Korean welder crept past a fence.") == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("In June 2016 a cook known only as Mr Ha snipped a fence.", "June 2016"),
        ("A cook crept past a fence in June 2016, a spokesman said on Tuesday.", "June 2016"),
        ("A spokesman said on Tuesday that a cook had crept past a fence.", None),
    ],
)
def test_the_date_of_a_sentence_is_not_that_of_who_says_it(text: str, quote: str | None) -> None:
    builder = FactsBuilder(document(text, published="2023-11-21"))
    find_times(builder)
    found = date_of_sentence(builder, builder.document.sentences[0])
    assert (found.quote if found is not None else None) == quote

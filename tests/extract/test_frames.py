"""Clause frames: triggers, actors, arguments and their roles, own times."""

from __future__ import annotations

import pytest

from kg.extract.builder import FactsBuilder
from kg.extract.dating import Dating
from kg.extract.founding import Founding
from kg.extract.frames import Frame, find_frames
from kg.extract.geography import Geography
from kg.extract.lexicon import Lexicon
from kg.extract.names import find_names
from kg.extract.participants import Participants
from kg.extract.times import find_times
from tests.support.documents import document


def frames(text: str) -> tuple[list[Frame], Founding]:
    """The frames of one paragraph, dated."""
    builder, lexicon = FactsBuilder(document(text)), Lexicon.load()
    find_times(builder)
    find_names(builder, lexicon)
    geography = Geography(lexicon)
    found = find_frames(builder, geography, Participants(builder, geography))
    Dating(builder).assign(found)
    return found, Founding(builder, geography)


def frame(text: str, word: str) -> tuple[Frame, Founding]:
    """The frame with a word for its trigger."""
    found, founding = frames(text)
    return next(f for f in found if f.head.text == word), founding


@pytest.mark.parametrize(
    ("text", "word", "role", "kind"),
    [
        ("A soldier crossed the Military Demarcation Line.", "crossed", "line", "line"),
        ("A soldier came over the land border.", "came", "line", "line"),
        ("A soldier walked into South Korea.", "walked", "target", "destination"),
        ("Four men fled North Korea.", "fled", "source", "home"),
        ("Four men fled from the North.", "fled", "source", "home"),
        ("A man swam to Gyodong Island.", "swam", "target", "place"),
        ("A man made a journey across the Demilitarized Zone.", "journey", "line", "line"),
        ("A man crossed with help from the South's army.", "crossed", "aside", "destination"),
    ],
)
def test_roles_of_arguments(text: str, word: str, role: str, kind: str) -> None:
    found, _ = frame(text, word)
    assert (role, kind) in [(argument.role, argument.spot.kind) for argument in found.arguments]


@pytest.mark.parametrize(
    ("text", "word", "direction"),
    [
        ("A North Korean soldier crossed the MDL.", "crossed", "direction:north-to-south"),
        ("A man crossed from South Korea into North Korea.", "crossed", "direction:south-to-north"),
        ("The man went back to the North.", "went", "direction:south-to-north"),
        ("A North Korean diplomat in Rome defected to the South.", "defected", "direction:from-post-abroad"),
    ],
)
def test_directions(text: str, word: str, direction: str) -> None:
    found, founding = frame(text, word)
    assert founding.directions.of(found) == direction


@pytest.mark.parametrize(
    ("text", "word", "quote"),
    [
        ("The soldier crossed on Sunday, the army said on Tuesday.", "crossed", "Sunday"),
        ("The soldier crossed the line, the army said on Tuesday.", "crossed", None),
        ("It was the first crossing since August 2024, when a sergeant fled to the South.", "fled", "August 2024"),
        ("This comes two weeks after a man crossed the sea border.", "crossed", "two weeks after"),
        ("Twelve days earlier, on Aug. 8, a man had crossed the sea border.", "crossed", "Aug. 8"),
    ],
)
def test_a_frame_has_its_own_time_and_not_that_of_the_report(text: str, word: str, quote: str | None) -> None:
    found, _ = frame(text, word)
    assert (found.time.quote if found.time is not None else None) == quote


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("North Korean troops crossed the MDL.", "crossed"),
        ("A North Korean man crossed into China.", "crossed"),
        ("A lawmaker from South Korea defected to a new party.", "defected"),
        ("Defectors cross the border at night in North Korea.", "cross"),
        ("Last year 236 North Koreans came to the South.", "came"),
    ],
)
def test_other_motions_are_no_incidents(text: str, word: str) -> None:
    found, founding = frame(text, word)
    assert not founding.fits(found, told=False)

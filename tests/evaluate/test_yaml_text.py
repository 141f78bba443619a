from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluate.gold import GoldSet, GoldText
from kg.evaluate.yaml_text import read_record

HEAD = "text: a.txt\nclasses: [Incident, Statistic]\n"


def write(folder: Path, content: str) -> Path:
    path = folder / "a.gold.yaml"
    path.write_text(content, "utf-8")
    return path


def test_words_stay_words_and_numbers_become_what_the_record_wants(tmp_path: Path) -> None:
    document, gold = read_record(
        write(
            tmp_path,
            HEAD
            + "published: 2021-05-04\n"
            + "incidents:\n  - {key: i1, date: 2021, count: 3, place: null, optional: true, note: no,\n"
            + "     spots: [on, {quote: x, nth: 2}, {at: [4, 9]}]}\n"
            + "statistics: [{key: s1, value: 196, period: 2023}]\n",
        ),
        GoldText,
    )
    incident, statistic = gold.incidents[0], gold.statistics[0]
    assert gold.published == "2021-05-04"
    assert (incident.date, incident.count, incident.place, incident.optional) == ("2021", 3, None, True)
    assert incident.note == "no"
    assert [getattr(spot, "nth", spot) for spot in incident.spots[:2]] == ["on", 2]
    assert getattr(incident.spots[2], "at") == (4, 9)  # noqa: B009 - a spot may be a plain quote
    assert (statistic.value, statistic.period) == ("196", "2023")
    assert document.path == tmp_path / "a.gold.yaml"


def test_a_slot_left_out_is_not_null(tmp_path: Path) -> None:
    _, gold = read_record(write(tmp_path, HEAD + "incidents: [{key: i1, rank: ~}]\n"), GoldText)
    assert gold.incidents[0].rank is None
    assert gold.incidents[0].front is not None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (HEAD + "incidents:\n  - key: i1\n    counts: 3\n", r"line 5, incidents\[0\]\.counts: there is no such key"),
        (HEAD + "incidents:\n  - key: i1\n    count: many\n", r"line 5, incidents\[0\]\.count: Expected `int"),
        (HEAD + "incidents:\n  - key: I 1\n", r"line 4, incidents\[0\]\.key: Expected `str` matching"),
        ("classes: [Incident]\n", r"line 1, the whole file: .*missing required field `text`"),
        (HEAD + "claims: [{key: c, about: a, spot: b, certainty: [sure]}]\n", r"line 3, .*Invalid enum value 'sure'"),
        (HEAD + "text: b.txt\n", r"line 3: 'text' stands there twice"),
        (HEAD + "note: &a [x]\nstyle: *a\n", r"line 3: refers to another place"),
        (HEAD + "? [a, b]\n: c\n", r"line 3: a key must be one word"),
        (HEAD + "note: [a\n", r"line \d: broken YAML"),
        ("", "is empty|the YAML is empty"),
        (HEAD + "note: " + "[" * 3000 + "]" * 3000, "nested too deeply|broken YAML"),
    ],
)
def test_what_is_wrong_is_said_with_file_line_and_key(tmp_path: Path, content: str, message: str) -> None:
    path = write(tmp_path, content)
    with pytest.raises(InputError, match=message) as caught:
        read_record(path, GoldText)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_a_folder_s_file_has_its_own_record(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_text("keys: text\napart: [[a, b]]\nentities: [{entity: a, slots: {count: 2, rank: null}}]\n", "utf-8")
    _, together = read_record(path, GoldSet)
    assert (together.keys, together.apart) == ("text", (("a", "b"),))
    assert {name: str(value) for name, value in together.entities[0].slots.items()} == {"count": "2", "rank": "None"}

"""What the readers of slots make of a scene: its date, its kind, who crossed, custody."""

from __future__ import annotations

from pathlib import Path

from tests.support.incident_values import facts_of, incidents

SOLDIER = (
    "A North Korean soldier crossed the Military Demarcation Line on 4 Nov. 2023, the Joint Chiefs of Staff said.\n\n"
)


def test_the_slots_of_a_scene_come_from_all_its_sentences(tmp_path: Path) -> None:
    text = (
        "A North Korean corporal hacked through the fence on the eastern front on Saturday night.\n\n"
        "He hid in a barn near Inje. Soldiers took him into custody at noon, the military said.\n\n"
        "The corporal wants to live in the South, according to officials."
    )
    (found,) = incidents(facts_of(tmp_path, text, "2023-11-21"))
    assert set(found["rank"]) == {"rank:corporal"}
    assert found["front"] == ["front:eastern"]
    assert found["type"] == ["itype:land-crossing"]
    assert "outcome:custody" in found["out"]
    assert set(found["count"]) == {1}


def test_the_day_of_arriving_comes_before_that_of_setting_out(tmp_path: Path) -> None:
    text = (
        "A skiff with five North Koreans on board was towed into the port of Sokcho on Sunday.\n\n"
        "The group had set out from a cove near Hamhung on Thursday night, a coast guard officer said."
    )
    (found,) = incidents(facts_of(tmp_path, text, "2023-11-21"))
    assert found["date"] == ["2023-11-19"]
    assert found["type"] == ["itype:maritime-crossing"]


def test_where_somebody_lives_today_dates_nothing(tmp_path: Path) -> None:
    text = (
        "Dr Kim Ok-ju, a surgeon lent to a state clinic in Lisbon, went out to buy bread in 2014 and did not come"
        " back. She practises in Daegu today."
    )
    found = incidents(facts_of(tmp_path, SOLDIER + text, "2023-11-21"))
    assert ["2014"] in [incident["date"] for incident in found]


def test_an_item_of_a_list_is_dated_by_its_label(tmp_path: Path) -> None:
    text = SOLDIER + (
        "- 3 May 2019, off Sokcho. A skiff with two men aboard is sighted by divers.\n"
        "- July 2020, near Cheorwon. A woman in her fifties emerges from the DMZ and is led out by soldiers.\n"
    )
    found = incidents(facts_of(tmp_path, text, "2023-11-21"))
    assert [incident["date"] for incident in found][1:] == [["2019-05-03"], ["2020-07"]]

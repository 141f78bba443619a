from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import pytest

from kg.errors import InputError, UsageError
from kg.evaluate.checks import check
from kg.evaluate.folder import class_of, read_texts
from kg.knowledge import Knowledge
from tests.facts.records import good_facts

TEXT = (
    "Private crosses in the east\n\nA private of the North walked over the line in the east on May 3, and the army of "
    "the South took him in. He may have been a sergeant, and nobody knows why he came.\n"
)
HEAD = "text: a.txt\nclasses: [Incident, Person]\n"
GOOD = (
    HEAD
    + """\
incidents:
  - key: i1
    spots: [walked over the line, {quote: the east, nth: 2}]
    date: "2021-05-03"
    front: front:eastern
    persons: [p1]
    evidence: {date: on May 3}
persons:
  - {key: p1, incident: i1}
statistics:
  - {key: s1, value: 3, share_of: s2}
  - {key: s2, qualitative: most}
claims:
  - {key: c1, about: p1, spot: may have been a sergeant, certainty: [possible]}
never_facts:
  - {spot: nobody knows why he came, why: hedged}
"""
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.gold.yaml").write_text(GOOD, "utf-8")
    return tmp_path


def run(folder: Path, articles: Path | None = None) -> None:
    check(read_texts(folder, articles), Knowledge.load())


def test_words_are_found_in_the_text(folder: Path) -> None:
    run(folder)
    read = read_texts(folder)
    text = read.texts[0]
    assert (text.name, text.shared, read.set.keys) == ("a", False, "text")
    assert [text.words(span) for span in text.spots["i1"]] == ["walked over the line", "the east"]
    assert text.spots["i1"][1][0] > TEXT.index("walked")
    assert text.words(text.evidence["i1"]["date"]) == "on May 3"
    assert text.words(text.claims["c1"]) == "may have been a sergeant"
    assert [text.words(span) for span in text.never] == ["nobody knows why he came"]
    assert [class_of(entity) for entity in text.entities.values()] == ["Incident", "Person", "Statistic", "Statistic"]


def test_texts_may_stand_elsewhere_and_deeper(folder: Path, tmp_path: Path) -> None:
    deep = tmp_path / "texts" / "deep"
    deep.mkdir(parents=True)
    (folder / "a.txt").rename(deep / "b.txt")
    (folder / "a.gold.yaml").write_text(GOOD.replace("a.txt", "deep/b.txt"), "utf-8")
    run(folder, tmp_path / "texts")
    with pytest.raises(InputError, match=r"a\.gold\.yaml: line 1, text: there is no text .*--articles DIR"):
        run(folder)


def test_a_front_matter_is_no_part_of_the_text(folder: Path) -> None:
    (folder / "a.md").write_text(f'---\ntitle: "walked over the line"\n---\n{TEXT}', "utf-8")
    (folder / "a.gold.yaml").write_text(GOOD.replace("a.txt", "a.md"), "utf-8")
    text = read_texts(folder).texts[0]
    assert text.source.text[slice(*text.spots["i1"][0])] == "walked over the line"
    assert text.spots["i1"][0][0] < len(TEXT)


def test_a_changed_text_is_refused(folder: Path) -> None:
    good = hashlib.sha256((folder / "a.txt").read_bytes()).hexdigest()
    gold = folder / "a.gold.yaml"
    gold.write_text(GOOD + f"sha256: {good}\n", "utf-8")
    run(folder)
    (folder / "a.txt").write_text(f"{TEXT} ", "utf-8")
    with pytest.raises(InputError, match=r"line 19, sha256: .*a\.txt is not the text that was annotated"):
        run(folder)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("spots: [walked", "spots: [swam", r"line 5, incidents\[0\]\.spots\[0\]: 'swam over the line' stands not"),
        ("nth: 2", "nth: 3", r"line 5, incidents\[0\]\.spots\[1\]: 'the east' stands only 2 times"),
        ("{date: on", "{date: of", r"line 9, incidents\[0\]\.evidence\.date: 'of May 3' stands not"),
        ("{date: on", "{day: on", r"line 9, incidents\[0\]\.evidence\.day: 'day' is no slot"),
        ("may have been", "was", r"line 16, claims\[0\]\.spot: 'was a sergeant' stands not"),
        ("nobody", "everybody", r"line 18, never_facts\[0\]\.spot: 'everybody knows"),
        ('"2021-05-03"', "3 May 2021", r"line 6, incidents\[0\]\.date: '3 May 2021'.*is no EDTF date"),
        ('"2021-05-03"', '"2021-02-30"', r"line 6, incidents\[0\]\.date: .*no date of the calendar"),
        ("front:eastern", "front:easterly", r"line 7, incidents\[0\]\.front: 'front:easterly' is no concept"),
        ("persons: [p1]", "persons: [p2]", r"line 8, incidents\[0\]\.persons\[0\]: no person .*'p2'"),
        ("incident: i1", "incident: i2", r"line 11, persons\[0\]\.incident: no incident .*'i2'"),
        (", incident: i1", "", r"line 11, persons\[0\]: an unnamed person needs"),
        ("about: p1", "about: p2", r"line 16, claims\[0\]\.about: no entity .*'p2'"),
        ("[possible]", "[]", r"line 16, claims\[0\]\.certainty: is empty"),
        ("key: c1", "key: p1", r"line 16, claims\[0\]\.key: another row has the key 'p1'"),
        ("share_of: s2", "share_of: s3", r"line 13, statistics\[0\]\.share_of: no statistic"),
        (", qualitative: most", "", r"line 14, statistics\[1\]: needs a value, a bound"),
    ],
)
def test_what_is_wrong_is_one_sentence_with_file_line_and_key(folder: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    path = folder / "a.gold.yaml"
    path.write_text(GOOD.replace(old, new, 1), "utf-8")
    with pytest.raises(InputError, match=message) as caught:
        run(folder)
    assert str(caught.value).startswith(f"{path}: line ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("together", "message"),
    [
        ("entities: [{entity: i2}]", r"line 1, entities\[0\]\.entity: no text has an entity 'i2'"),
        ("entities: [{entity: i1, slots: {colour: red}}]", r"entities\[0\]\.slots\.colour: 'colour' is no slot"),
        ("conflicts: [{entity: x, property: date, values: [a]}]", r"conflicts\[0\]\.entity: no text has an entity 'x'"),
        ("apart: [[i1, p2]]", r"apart\[0\]\[1\]: no text has an entity 'p2'"),
        ("disputed: [a:i1, a.txt:c1, a:i9]", r"disputed\[2\]: no text has a row 'a:i9'"),
        ("keys: text\napart: [[i1, p1]]", r"line 2, apart\[0\]\[0\]: no text has an entity 'i1'"),
    ],
)
def test_what_is_wrong_in_the_set_is_said_alike(folder: Path, together: str, message: str) -> None:
    (folder / "set.yaml").write_text(f"{together}\n", "utf-8")
    with pytest.raises(InputError, match=message) as caught:
        run(folder)
    assert str(caught.value).startswith(str(folder / "set.yaml"))


def test_a_set_shares_its_keys_unless_it_says_otherwise(folder: Path) -> None:
    (folder / "set.yaml").write_text("disputed: [a:i1]\n", "utf-8")
    assert read_texts(folder).texts[0].shared
    (folder / "set.yaml").write_text("keys: text\n", "utf-8")
    assert not read_texts(folder).texts[0].shared


def test_one_text_has_one_gold(folder: Path) -> None:
    (folder / "b.gold.yaml").write_text(GOOD, "utf-8")
    with pytest.raises(InputError, match=r"b\.gold\.yaml: line 1, text: is the article of .*a\.gold\.yaml too"):
        run(folder)


def test_facts_are_no_text(folder: Path) -> None:
    (folder / "a.facts.json").write_bytes(msgspec.json.encode(good_facts()))
    (folder / "a.gold.yaml").write_text("text: a.facts.json\nclasses: []\n", "utf-8")
    with pytest.raises(InputError, match=r"line 1, text: .*holds facts and no text"):
        run(folder)


def test_folders_that_are_not_there_or_hold_nothing(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere: no such folder"):
        run(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="nowhere: no such folder: give the one that holds the texts"):
        run(folder, tmp_path / "nowhere")
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(UsageError, match=r"empty holds no \*\.gold\.yaml"):
        run(empty)

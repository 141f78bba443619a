from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from kg.journal import AnnotationWrite, Journal
from kg.release import Home, find, prune, releases, rollback
from kg.release.history import gone
from tests.support.commands import SEEDS, kg

RI = "person/ef655a71fad762b8"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("redact")
    (folder / "curation").mkdir()
    done = kg("build", SEEDS, "--home", folder / "home", "--curation", folder / "curation")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def place(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "place", symlinks=True)
    return tmp_path / "place"


def redact(place: Path, *arguments: str) -> tuple[int, str, str]:
    done = kg("redact", *arguments, "--by", "a curator", "--home", place / "home", "--curation", place / "curation")
    return done.returncode, done.stdout, done.stderr


def test_a_dry_run_says_what_would_be_done_and_does_nothing(place: Path) -> None:
    before = releases(Home(place / "home"))[0].id
    code, out, _ = redact(place, RI, "--reason", "At risk.", "--dry-run")
    assert code == 0
    assert f"would add {RI} to redactions.yaml" in out
    assert f"would issue release {before} again as {before}+r1" in out
    assert "would remove 1 file of the cache" in out
    assert [release.id for release in releases(Home(place / "home"))] == [before]
    assert not (place / "curation" / "redactions.yaml").exists()


def test_what_it_does_it_does_once(place: Path) -> None:
    home = Home(place / "home")
    before = home.require_current()
    assert before.manifest.reissue is None
    slow = place / "home" / "logs" / "slow-2031-06-01.jsonl"
    slow.parent.mkdir()
    slow.write_text('{"text":"SELECT * { ?p cx:name \\"Ri Il Kyu\\" }"}\n{"text":"ASK { }"}\n', "utf-8")
    Journal(home).append(AnnotationWrite(added=('<urn:a> <urn:b> "Ri Il Kyu" <urn:g> .',)), by="desk")
    code, out, err = redact(place, RI, "--reason", "At risk.")
    assert code == 0, err
    assert "1 entry added to" in out
    assert "1 line of the logs masked" in out
    assert "has the name in its entries 1" in out
    assert "Kyu" not in out + err
    assert slow.read_text("utf-8") == '{"text":"SELECT * { ?p cx:name \\"*********\\" }"}\n{"text":"ASK { }"}\n'
    entry = (place / "curation" / "redactions.yaml").read_text("utf-8")
    assert entry.startswith(f'- id: {RI}\n  by: "a curator"\n  on: 20')
    assert entry.endswith('  reason: "At risk."\n')
    now = home.require_current()
    assert (now.id, now.origin, now.manifest.created) == (f"{before.id}+r1", before.id, before.manifest.created)
    assert now.problems() == []
    manifest = json.loads((now.path / "manifest.json").read_text("utf-8"))
    assert manifest["reissue"] | {"on": ""} == {
        "supersedes": before.id,
        "digest": before.manifest.digest,
        "on": "",
        "reasons": ["At risk."],
        "withheld": {"claims": 8, "entities": 1, "quotes": 7, "stretches of digests": 1},
        "redactions": [RI],
    }
    assert manifest["counts"]["Person"] == before.manifest.counts["Person"] - 1
    code, out, _ = redact(place, RI)
    assert (code, f"nothing to do: {RI} withheld from every release already" in out) == (0, True)
    assert home.require_current().id == f"{before.id}+r1"
    # Another reason is recorded, and no release is issued for it; --dry-run says so and does nothing.
    told = "would change the reason of person/ef655a71fad762b8 in redactions.yaml to 'She asked.'"
    assert told in redact(place, RI, "--reason", "She asked.", "--dry-run")[1]
    assert (place / "curation" / "redactions.yaml").read_text("utf-8") == entry
    code, out, err = redact(place, RI, "--reason", "She asked.")
    assert (code, err, "redactions.yaml is 'She asked.' now: the next build publishes it" in out) == (0, "", True)
    assert (place / "curation" / "redactions.yaml").read_text("utf-8") == entry.replace("At risk.", "She asked.")
    assert f"nothing to do: {RI} withheld" in redact(place, RI, "--reason", "She asked.")[1]
    assert home.require_current().id == f"{before.id}+r1"
    # Another one is issued under the next number, and the one before goes.
    assert redact(place, "person/847dc0baf506be26")[0] == 0
    assert [path.name for path in home.releases_path.iterdir()] == [f"{before.id}+r2"]
    assert home.require_current().manifest.reissue is not None
    for ident in (before.id, before.manifest.digest, before.id[:6], f"{before.id}+r1", f"{before.id} r2"):
        assert find(home, ident).id == f"{before.id}+r2"
    assert rollback(home, before.id).id == f"{before.id}+r2"


def test_the_next_build_withholds_the_same_and_one_without_is_refused(place: Path) -> None:
    before = Home(place / "home").require_current().id
    assert redact(place, RI, "--reason", "At risk.")[0] == 0
    reissued = Home(place / "home").require_current()
    built = kg("build", SEEDS, "--home", place / "home", "--curation", place / "curation")
    assert built.returncode == 0, built.stderr
    # Of digests alone nothing is lost: a build gives the very same data.
    assert Home(place / "home").require_current().manifest.digest == reissued.manifest.digest
    refused = kg("build", SEEDS, "--home", place / "home", "--curation", "none")
    assert refused.returncode == 2
    assert f"the release that {before}+r1 took the place of" in refused.stderr
    # Of other texts it would be another release; the name is known by what is withheld beside it.
    fewer = sorted(Path(SEEDS).glob("*.md"))[1:]
    other = kg("build", *fewer, "--home", place / "home", "--curation", "none")
    assert other.returncode == 2
    # Both the release that was issued again and the one that was built since withhold it; either may be named.
    kept = "|".join(re.escape(path.name) for path in Home(place / "home").releases_path.iterdir())
    assert re.search(f"release ({kept}) withholds {RI}, which would be published again: carry the entr", other.stderr)
    home = Home(place / "home")
    prune(home, 1)
    assert gone(home, before) == gone(home, f"{before}+r1") == "pruned"
    again = kg("build", SEEDS, "--home", place / "home", "--curation", "none")
    assert again.returncode == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("person/0000000000000000",), "has an entity with the id person/0000000000000000"),
        (("Ri Il Kyu",), "is no id of an entity, such as person/0123456789abcdef"),
        (("route/dmz",), "route/dmz is an entry of the gazetteer"),
        ((RI, "--reason", "Kyu, Ri Il asked."), "the reason is published, and it names who is withheld"),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    built: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    code, _, err = redact(built, *arguments)
    assert (code, sentence in err) == (2, True), err
    assert not (built / "curation" / "redactions.yaml").exists()
    assert "+r" not in Home(built / "home").require_current().id


def test_a_home_without_a_release(tmp_path: Path) -> None:
    done = kg("redact", RI, "--by", "a curator", "--home", tmp_path / "none")
    assert (done.returncode, "run kg build" in done.stderr) == (2, True)


def test_where_nobody_may_write_the_lines_are_told(place: Path) -> None:
    done = kg("redact", RI, "--by", "a curator", "--home", place / "home", "--curation", "none")
    assert done.returncode == 1
    assert f"add these lines to it\n- id: {RI}\n" in done.stdout
    assert Home(place / "home").require_current().id.endswith("+r1")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only(place: Path) -> None:
    (place / "curation").chmod(0o555)
    code, out, _ = redact(place, RI)
    assert (code, f"- id: {RI}" in out) == (1, True)


def test_a_file_that_is_no_list_of_entries_is_left_alone(place: Path) -> None:
    (place / "curation" / "redactions.yaml").write_text("[]\n", "utf-8")
    code, _, err = redact(place, RI)
    assert (code, "redactions.yaml cannot take the entries" in err) == (2, True), err
    assert (place / "curation" / "redactions.yaml").read_text("utf-8") == "[]\n"

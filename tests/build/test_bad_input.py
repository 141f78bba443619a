from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import SEEDS, kg

GOOD = SEEDS / "002-custody-central-front.md"
KOREAN = "북한 군인 한 명이 일요일 오전 중부 전선에서 군사분계선을 넘어 귀순했다고 합동참모본부가 밝혔다. " * 5
BAKERY = (
    "The bakery on Mill Street opened again last Saturday after a long repair of its oven. Its owner said that the rye "
    "loaves were sold out by noon, and that two more bakers will be hired before the winter begins.\n"
)
MENU = "<html><body><nav><a href='/'>Home</a><a href='/news'>News</a></nav></body></html>"

BAD: dict[str, tuple[str, bytes]] = {
    "empty.txt": ("is empty", b""),
    "binary.txt": ("binary", bytes(range(256)) * 8),
    "latin.txt": ("is not UTF-8", "Un café près de la frontière".encode("latin-1")),
    "broken.md": ("line 4: broken YAML", b"---\ntitle: 'one\nid: [\n---\nA text.\n"),
    "menu.html": ("HTML without an article", MENU.encode()),
    "bakery.txt": ("says nothing of crossings", BAKERY.encode()),
    "korean.txt": ("is not in English", KOREAN.encode()),
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, str, Path]:
    folder = tmp_path_factory.mktemp("bad")
    for name, (_, content) in BAD.items():
        (folder / name).write_bytes(content)
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    (folder / "good.md").write_bytes(GOOD.read_bytes())
    (folder / "good.passages.yaml").write_bytes(GOOD.with_name(GOOD.stem + ".passages.yaml").read_bytes())
    done = kg("build", folder, "--home", folder / "home")
    return done.returncode, done.stderr + done.stdout, folder


@pytest.mark.parametrize("name", [*BAD, "huge.txt"])
def test_each_bad_file_is_one_clear_line(run: tuple[int, str, Path], name: str) -> None:
    _, said, folder = run
    reason = BAD[name][0] if name in BAD else "20"
    lines = [line for line in said.splitlines() if line.startswith("! ") and str(folder / name) in line]
    assert len(lines) == 1
    assert reason in lines[0]


def test_the_others_are_built_and_the_exit_code_says_that_not_all_were(run: tuple[int, str, Path]) -> None:
    code, said, folder = run
    assert code == 1
    assert "Article: 1" in said
    assert "Traceback" not in said
    assert (
        kg("query", "ASK { ?i a cx:Incident }", "--format", "csv", "--home", folder / "home").stdout.strip() == "true"
    )


def test_nothing_but_bad_files_is_an_error_and_leaves_the_old_release(
    run: tuple[int, str, Path], tmp_path: Path
) -> None:
    _, _, folder = run
    home = folder / "home"
    before = (home / "current").resolve()
    (tmp_path / "empty.txt").write_bytes(b"")
    done = kg("build", tmp_path, "--home", home)
    assert done.returncode == 2
    assert "empty.txt: is empty" in done.stderr
    assert (home / "current").resolve() == before


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["build", "nowhere-at-all"], "no such file or folder"),
        (["build", str(SEEDS), "--curation", "nowhere-at-all"], "no curation folder"),
        (["build", str(SEEDS), "--border", "nowhere-at-all"], "no border"),
        (["build", str(SEEDS), "--published", "4/7/2025"], "--published"),
        (["build"], "PATH"),
    ],
)
def test_a_wrong_option_is_a_usage_error(arguments: list[str], reason: str, tmp_path: Path) -> None:
    done = kg(*arguments, "--home", tmp_path / "home")
    assert done.returncode == 2
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "home" / "current").exists()

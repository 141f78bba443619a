"""The site of the documentation: built whole from the checkout, and refused where something leads nowhere."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from kg.docs import site
from kg.docs.site import BESIDE, CONFIG, SiteError, build, navigation, placed, unlisted
from kg.errors import UsageError
from tests.support.commands import ROOT

pytest.importorskip("zensical")
#: A project of two pages; each test spoils one thing of it.
PAGES = {
    "README.md": "# Read me\n\n[front](docs/index.md)\n",
    "docs/index.md": "# Front\n\n[more](more.md#part), [above](../README.md), `[no](link.md)`\n",
    "docs/more.md": "# More\n\n## Part\n\n```text\n[no](link.md)\n```\n",
    f"docs/{CONFIG}": '[project]\nsite_name = "Try"\nnav = ["index.md", { "More" = ["more.md", "readme.md"] }]\n'
    "[project.theme]\nfont = false\n",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(site, "BESIDE", {"README.md": "readme.md"})
    for name, text in PAGES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def test_every_page_of_the_documentation_is_in_the_navigation_once() -> None:
    assert unlisted(ROOT / "docs") == []


def test_the_front_page_has_the_groups_of_the_navigation() -> None:
    config = tomllib.loads((ROOT / "docs" / CONFIG).read_text("utf-8"))
    groups = [name for group in config["project"]["nav"] for name in group]
    assert groups == re.findall(r"^## (.*)$", (ROOT / "docs" / "index.md").read_text("utf-8"), re.M)


def test_no_two_links_of_the_front_page_say_the_same_of_two_pages() -> None:
    links = re.findall(r"\[([^\]]*)\]\(([^)]*)\)", (ROOT / "docs" / "index.md").read_text("utf-8"))
    assert len({words for words, _target in links}) == len(set(links))
    lines = re.findall(r"^\| ([^|]*) \|", (ROOT / "docs" / "index.md").read_text("utf-8"), re.M)
    asked = [line.partition(",")[0] for line in lines if line != "you want to"]
    assert sorted(set(asked)) == sorted(asked)


def test_a_small_site_replaces_the_one_before(project: Path) -> None:
    target = project / "build" / "site"
    target.mkdir(parents=True)
    (target / "old.html").write_text("old", "utf-8")
    assert build(project, target) == 4  # the three pages, and the one for what is not found
    assert not (target / "old.html").exists()
    assert 'href="readme/"' in (target / "index.html").read_text("utf-8")
    assert "[no](link.md)" in (target / "more" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("page", "text", "told"),
    [
        ("docs/other.md", "# Other\n", r"docs/other.md is not in the navigation: add other.md to docs/zensical.toml"),
        ("docs/more.md", "# More\n", r"anchor does not exist"),
        ("docs/more.md", "# More\n\n## Part\n\n[gone](gone.md)\n", r"page does not exist"),
        ("docs/more.md", "# More\n\n## Part\n\n[gone](gone.json)\n", r"more/index.html links to \S*gone.json"),
        ("docs/more.md", "# More\n\n## Part\n\n[x](../Makefile)\n", r"docs/more.md links to ../Makefile"),
        ("docs/more.md", "# More\n\n## Part\n\n![x](https://a.example/x.png)\n", r"loads https://a.example/x.png from"),
        ("docs/more.md", "# More\n\n## Part\n\n<img src='//a.example/x.png'>\n", r"loads //a.example/x.png from"),
    ],
)
def test_what_is_not_whole_is_refused_and_the_last_site_stays(project: Path, page: str, text: str, told: str) -> None:
    target = project / "build" / "site"
    target.mkdir(parents=True)
    (target / "old.html").write_text("old", "utf-8")
    (project / page).write_text(text, "utf-8")
    with pytest.raises(SiteError, match=told):
        build(project, target)
    assert [path.name for path in target.parent.rglob("*")] == ["site", "old.html"]


def test_a_navigation_that_names_what_is_not_there_is_told(project: Path) -> None:
    (project / "docs" / "more.md").unlink()
    assert unlisted(project / "docs") == ["docs/zensical.toml names more.md, which is not there: remove it"]
    config = project / "docs" / CONFIG
    config.write_text('[project]\nnav = ["index.md", "index.md", "readme.md"]\n', "utf-8")
    assert unlisted(project / "docs") == ["docs/zensical.toml names index.md twice"]
    config.write_text("[project", "utf-8")
    with pytest.raises(UsageError, match=r"zensical.toml: "):
        navigation(config)


def test_a_notebook_needs_a_place_in_the_navigation(project: Path) -> None:
    (project / "docs" / "try.ipynb").write_text("{}", "utf-8")
    assert unlisted(project / "docs") == ["docs/try.ipynb is not in the navigation: add try.md to docs/zensical.toml"]


def test_a_site_is_not_built_where_its_notebooks_have_no_release_to_open(project: Path) -> None:
    (project / "docs" / "try.ipynb").write_text("{}", "utf-8")
    config = project / "docs" / CONFIG
    config.write_text(config.read_text("utf-8").replace('"index.md"', '"index.md", "try.md"'), "utf-8")
    with pytest.raises(SiteError, match=r"the release that the notebooks open cannot be built: .*\n.*seeds"):
        build(project, project / "build" / "site")
    assert not (project / "build" / "site").exists()


def test_the_command_says_what_it_built_or_why_not(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(site, "docs_dir", lambda: project / "docs")
    assert site.main([]) == 0
    assert capsys.readouterr().out == f"{project}/build/site: 4 pages\n"
    shutil.copy(project / "docs" / "more.md", project / "docs" / "less.md")
    assert site.main([]) == 1
    assert "docs/less.md is not in the navigation" in capsys.readouterr().err


def test_links_that_leave_the_documentation_are_placed() -> None:
    for source, place in BESIDE.items():
        assert placed("docs/index.md", f"../{source}") == place
        assert placed("docs/notebooks/a.md", f"../../{source}") == f"../{place}"
    assert placed("docs/client.md", "notebooks/first-steps.ipynb") == "notebooks/first-steps.md"
    with pytest.raises(SiteError, match="add it to BESIDE"):
        placed("docs/index.md", "../pyproject.toml")

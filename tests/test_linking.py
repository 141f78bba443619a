"""What a build was given is looked up once, and linking uses that."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.build_options import BuildOptions
from kg.errors import UsageError
from kg.linking import Given, is_relevant, link
from kg.release.home import Home
from tests.support.commands import SEEDS
from tests.support.facts import Draft
from tests.support.reporting import Silent


def test_given_holds_files_in_order_and_the_curation(tmp_path: Path) -> None:
    options = BuildOptions(paths=(SEEDS,), home=Home(tmp_path), curation=SEEDS / "curation")
    given = Given.of(options)
    assert [path.name[:3] for path in given.paths] == ["000", "001", "002", "003", "004"]
    assert given.curation.folder == SEEDS / "curation"
    with pytest.raises(UsageError, match="no curation folder"):
        Given.of(BuildOptions(paths=(SEEDS,), home=Home(tmp_path), curation=tmp_path / "none"))


def test_linking_looks_up_nothing_that_it_was_given(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    shutil.copy(next(SEEDS.glob("004-*.md")), texts)
    options = BuildOptions(paths=(texts,), home=Home(tmp_path / "home"), curation=SEEDS / "curation")
    given = Given.of(options)
    gone = BuildOptions(paths=(tmp_path / "gone",), home=Home(tmp_path / "home"), curation=tmp_path / "gone")
    linked = link(gone, Silent(), given)
    assert len(linked.articles) == 1
    assert linked.curation is given.curation
    with pytest.raises(UsageError, match="gone"):
        link(gone, Silent())


def test_persons_alone_are_no_news() -> None:
    draft = Draft("Kim spoke.")
    draft.mention("Person", "Kim", name="Kim")
    assert not is_relevant(draft.facts())
    draft.mention("Incident", "spoke")
    assert is_relevant(draft.facts())


def test_a_language_model_that_is_asked_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="the extractor both asks a language model"):
        BuildOptions(paths=(SEEDS,), home=Home(tmp_path), extractor="both")

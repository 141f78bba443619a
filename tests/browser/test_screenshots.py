"""The pictures of the documentation are those that the command makes, and small."""

from __future__ import annotations

import re

from tests.browser.screenshots import FOLDER, LARGEST, SHOTS

_SHOWN = re.compile(r"!\[[^\]]+\]\((?:docs/)?screenshots/([\w-]+\.png)\)")


def test_every_picture_is_there_and_small() -> None:
    found = {path.name: path.stat().st_size for path in FOLDER.iterdir()}
    assert set(found) == {shot.file for shot in SHOTS}
    assert [name for name, size in found.items() if size > LARGEST] == []


def test_the_documentation_shows_every_picture() -> None:
    assert set(_SHOWN.findall((FOLDER.parent / "pages.md").read_text("utf-8"))) == {shot.file for shot in SHOTS}
    shown = _SHOWN.findall((FOLDER.parents[1] / "README.md").read_text("utf-8"))
    assert shown
    assert set(shown) <= {shot.file for shot in SHOTS}

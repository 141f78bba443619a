"""The rules of a border: typed, plain, and refused where they do not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.extract.border import read_rules
from kg.extract.lexicon import Lexicon
from kg.resources import border_dir


def test_the_border_rules_are_typed_and_plain() -> None:
    korea = Lexicon.load("korea")

    assert korea.border.border == "korea"
    assert korea.border_rules["sides"]["home"]["place"] == "id:place/north-korea"
    assert korea.border.body("Military", "id:place/north-korea") == "id:organization/dprk-military"
    assert korea.border.body("military", "id:place/japan") is None
    assert korea.border.government("id:place/south-korea") == "id:organization/rok-government"


def test_a_misspelt_rule_is_refused(tmp_path: Path) -> None:
    rules = (border_dir("korea") / "rules.yaml").read_text(encoding="utf-8")
    misspelt = tmp_path / "rules.yaml"
    misspelt.write_text(rules.replace("third_country_route:", "third_country_rout:"), encoding="utf-8")

    with pytest.raises(UsageError, match=r"rules\.yaml.*third_country_rout"):
        read_rules(misspelt)

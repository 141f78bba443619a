"""The names of news organisations, out of a gazetteer."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.article.agencies import Agencies, load_agencies
from kg.errors import UsageError

GAZETTEER = """
@prefix cx: <https://w3id.org/crossings/ontology#> .
@prefix orgkind: <https://w3id.org/crossings/vocabulary/organization-kind#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix id: <https://w3id.org/crossings/id/> .
<https://w3id.org/crossings/id/organization/example-press> cx:organizationKind orgkind:news-agency ;
    skos:prefLabel "Example Press"@en , "Beispielpresse"@de ; skos:altLabel "EP"@en .
<https://w3id.org/crossings/id/organization/example-times> cx:organizationKind orgkind:news-organization ;
    skos:prefLabel "Example Times"@en .
<https://w3id.org/crossings/id/organization/ministry> cx:organizationKind orgkind:government ;
    skos:prefLabel "Ministry of Examples"@en .
"""


def test_names_are_found_by_their_case_and_longest_first() -> None:
    agencies = Agencies([("EP", "id:organization/ep"), ("Example Press", "id:organization/ep")])
    text = "The Example  Press told EP, not ep or EPs, of it."
    assert [(named.name, text[named.start : named.end], named.organization) for named in agencies.find(text)] == [
        ("Example Press", "Example  Press", "id:organization/ep"),
        ("EP", "EP", "id:organization/ep"),
    ]
    assert agencies.entry("the example press") == "id:organization/ep"
    assert agencies.entry("Example") is None
    assert list(Agencies().find(text)) == []


def test_the_gazetteer_tells_who_is_a_news_organisation(tmp_path: Path) -> None:
    (tmp_path / "gazetteer.ttl").write_text(GAZETTEER, encoding="utf-8")
    agencies = load_agencies(str(tmp_path))
    assert agencies.names == {"example press", "ep", "example times"}
    assert agencies.entry("EP") == "id:organization/example-press"


def test_a_broken_gazetteer_is_named(tmp_path: Path) -> None:
    (tmp_path / "gazetteer.ttl").write_text("this is no Turtle", encoding="utf-8")
    with pytest.raises(UsageError, match=r"gazetteer\.ttl cannot be read as Turtle"):
        load_agencies(str(tmp_path))
    with pytest.raises(UsageError, match="no border"):
        load_agencies(str(tmp_path / "none"))


def test_the_shipped_border_knows_the_agencies() -> None:
    assert {"afp", "yonhap", "associated press", "reuters"} <= load_agencies().names

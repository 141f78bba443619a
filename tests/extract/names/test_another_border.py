"""Nothing is written for one border: another gazetteer and other rules give the same structure with other names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.extract.lexicon import Lexicon
from kg.resources import border_dir

GAZETTEER = """
@prefix cx: <https://w3id.org/crossings/ontology#> .
@prefix organization: <https://w3id.org/crossings/id/organization/> .
@prefix orgkind: <https://w3id.org/crossings/vocabulary/organization-kind#> .
@prefix place: <https://w3id.org/crossings/id/place/> .
@prefix route: <https://w3id.org/crossings/id/route/> .
@prefix rtype: <https://w3id.org/crossings/vocabulary/route-type#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

place:ostria skos:prefLabel "Ostria"@en ; cx:demonym "Ostrian"@en .
place:vestmark skos:prefLabel "Vestmark"@en ; cx:demonym "Vestmarker"@en .
place:lorne skos:prefLabel "Lorne"@en .
place:the-strip skos:prefLabel "Neutral Strip"@en .
organization:vestmark-government skos:prefLabel "Vestmarker government"@en ; cx:metonym "Karlsund"@en ;
    cx:ofState place:vestmark ; cx:organizationKind orgkind:government .
organization:vestmark-military skos:prefLabel "Vestmarker army"@en ;
    cx:ofState place:vestmark ; cx:organizationKind orgkind:military .
organization:ostria-military skos:prefLabel "Ostrian army"@en ;
    cx:ofState place:ostria ; cx:organizationKind orgkind:military .
route:strip skos:prefLabel "Neutral Strip crossing"@en ; cx:routeType rtype:land .
route:lorne skos:prefLabel "route through Lorne"@en ; cx:routeType rtype:overland-third-country .
"""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    folder: Path = tmp_path_factory.mktemp("elsewhere")
    (folder / "gazetteer.ttl").write_text(GAZETTEER, encoding="utf-8")
    rules = yaml.safe_load((border_dir("korea") / "rules.yaml").read_text(encoding="utf-8"))
    rules["sides"] = {
        side: {"place": f"id:place/{name}", "government": government, "words": [name.title()], "adjectives": [people]}
        for side, name, government, people in (
            ("home", "ostria", "id:organization/ostria-government", "Ostrian"),
            ("destination", "vestmark", "id:organization/vestmark-government", "Vestmarker"),
        )
    }
    rules["lines"] = [
        {
            "words": ["Neutral Strip"],
            "place": "id:place/the-strip",
            "incident_type": "itype:land-crossing",
            "route": "id:route/strip",
        },
        {"words": ["border"], "place": None, "incident_type": "itype:crossing", "route": None},
    ]
    rules["waters"] = []
    rules["third_countries"] = ["id:place/lorne"]
    rules["third_country_route"] = "id:route/lorne"
    rules["bodies"] = {}
    rules["names"] |= {
        "surname_first": False,
        "given_name_syllables": None,
        "given_syllable": None,
        "surnames": [],
    }
    (folder / "rules.yaml").write_text(yaml.safe_dump(rules), encoding="utf-8")
    return Lexicon.load(str(folder))


def test_organizations_and_routes_move_with_the_gazetteer(read: Any, elsewhere: Lexicon) -> None:
    found = read(
        "An Ostrian private crossed the Neutral Strip on Sunday. Vestmarker troops took him into custody.",
        "Karlsund rejected the protest. Most Ostrian refugees flee via Lorne.",
        "Captain Jonas Berg, a spokesman for the Vestmarker army, said that crossings of the Neutral Strip are rare.",
        lexicon=elsewhere,
    )

    assert found.concepts("Organization") == {"vestmark-military", "vestmark-government"}
    assert found.concepts("Route") == {"strip", "lorne"}
    assert found.chains("Person") == [["Jonas Berg"]]
    assert found.claims("cx:affiliation") == {("Jonas Berg", "Vestmarker army")}
    assert ("Neutral Strip", "rare") in found.claims("cx:usage")


def test_the_korean_names_mean_nothing_there(read: Any, elsewhere: Lexicon) -> None:
    found = read("A man crossed the Demilitarized Zone into South Korea.", lexicon=elsewhere)

    assert found.concepts("Route") == set()
    assert found.concepts("Organization") == set()

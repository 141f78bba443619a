"""The publications that an article rests on."""

from __future__ import annotations

import pytest

from kg.article.agencies import Agencies
from kg.article.blocks import cut
from kg.article.sources import cited_sources, merge
from kg.facts.model import CitedSource

PROSE = "A fisherman rowed over the line in the fog on Monday morning and asked the guards for asylum."
AGENCIES = Agencies(
    [
        ("AFP", "id:organization/afp"),
        ("Agence France-Presse", "id:organization/afp"),
        ("Yonhap", "id:organization/yonhap"),
        ("NPR", "id:organization/npr"),
    ]
)


def found(*pieces: str, publisher: str | None = None) -> list[tuple[str, str, str | None, str | None]]:
    text = "\n\n".join(pieces)
    sources = cited_sources(text, cut(text, AGENCIES.names), AGENCIES, publisher)
    for source in sources:
        assert source.start is not None
        assert text[source.start : source.end] == source.name
    return [(source.name, source.role, source.organization, source.published) for source in sources]


AFP_WIRE = [("AFP", "wire", "id:organization/afp", None)]
YONHAP_WIRE = [("Yonhap", "wire", "id:organization/yonhap", None)]


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("A guard told AFP that the boat was empty when he came to the beach.", AFP_WIRE),
        (f"SEOUL, Feb. 4 (Yonhap) -- {PROSE}", YONHAP_WIRE),
        (f"{PROSE} (Yonhap)", YONHAP_WIRE),
        (f"{PROSE} — AFP", AFP_WIRE),
        (f"SEOUL (Example Wire) - {PROSE}", [("Example Wire", "wire", None, None)]),
        (
            "The boat was empty, Yonhap reported on the day after.",
            [("Yonhap", "source", "id:organization/yonhap", None)],
        ),
        ("According to AFP the boat was empty for days.", [("AFP", "source", "id:organization/afp", None)]),
        ("Source: NPR, July 4, 2025", [("NPR", "source", "id:organization/npr", "2025-07-04")]),
        ("(Source: The Example Times, 4 July 2025)", [("The Example Times", "source", None, "2025-07-04")]),
        ("Source: NPR, 04/05/2025", [("NPR", "source", "id:organization/npr", None)]),
        ("The readers of Yonhap were surprised at the empty boat.", []),
    ],
)
def test_the_words_around_a_name_tell_its_role(
    piece: str, expected: list[tuple[str, str, str | None, str | None]]
) -> None:
    assert found("Fisherman rows over the line", PROSE, piece) == expected


def test_several_names_on_one_line_own_no_date() -> None:
    assert found(PROSE, "Sources: AFP, NPR, July 4, 2025") == [
        ("AFP", "source", "id:organization/afp", None),
        ("NPR", "source", "id:organization/npr", None),
    ]


def test_agencies_in_a_list_of_sources_and_in_no_other_list() -> None:
    items = "- Boat found empty, Yonhap says\n- Boat found"
    assert found(PROSE, f"Sources:\n{items}") == [("Yonhap", "source", "id:organization/yonhap", None)]
    assert found(PROSE, f"Related Posts\n{items}") == []


def test_wire_wins_and_one_organisation_is_one_source() -> None:
    text = ("AFP reported that the boat was empty when it came.", "A guard told Agence France-Presse the same thing.")
    assert found(*text) == AFP_WIRE


def test_the_publisher_is_no_source_of_itself() -> None:
    assert found("A guard told AFP that the boat was empty then.", publisher="Agence France-Presse") == []


def test_what_is_stated_beside_the_text_stands() -> None:
    stated = CitedSource(name="afp", role="source", published="2025-07-04")
    read = CitedSource(
        name="AFP", role="wire", organization="id:organization/afp", published="2025-01-01", start=3, end=6
    )
    assert merge([stated], [read]) == (
        CitedSource(
            name="afp", role="source", published="2025-07-04", organization="id:organization/afp", start=3, end=6
        ),
    )

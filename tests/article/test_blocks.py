"""The text cut into blocks, in the layouts that articles come in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.article.blocks import cut

PROSE = "A fisherman rowed over the line in the fog on Monday morning and asked the guards for asylum."
MORE = "Officials in the capital gave no name, and the ministry said only that it was looking into the matter."
PIECES = [
    PROSE,
    MORE,
    "",
    "Fisherman Rows Over the Line",
    "# Fisherman rows over the line",
    "## What is known",
    "- a boat",
    "Sources:",
    "Published: 3 May 2024",
    "By Jane Doe",
    "SEOUL, Feb. 4 (Yonhap) -- The boat was empty.",
    "Guards on the bridge (JANE DOE)",
    "Post a Comment",
    "#boat #river",
    "cut off,",
    "The Example (19/10/2025): It was empty.",
]
TEXTS = st.one_of(
    st.text(),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=12).map("\n".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map("\r\n\r\n".join),
)


def kinds(text: str, *agencies: str) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in cut(text, agencies)]


@given(TEXTS)
def test_blocks_are_sorted_disjoint_inside_and_have_no_white_space_at_their_ends(text: str) -> None:
    after = 0
    for block in cut(text, {"yonhap"}):
        words = text[block.start : block.end]
        assert after <= block.start < block.end <= len(text)
        assert words == words.strip()
        after = block.end


@given(TEXTS)
def test_every_word_stands_in_a_block(text: str) -> None:
    rest = list(text)
    for block in cut(text):
        rest[block.start : block.end] = "\n" * (block.end - block.start)
    assert set("".join(rest)) <= set("#-*•‣▪◦●·–0123456789.)") | {sign for sign in rest if sign.isspace()}


@given(TEXTS)
def test_cutting_twice_gives_the_same_blocks_with_ids_of_their_own(text: str) -> None:
    blocks = cut(text)
    assert cut(text) == blocks
    assert len({block.id for block in blocks}) == len(blocks)


def test_a_wire_report() -> None:
    text = f"Fisherman rows over the line\n\nSEOUL, Feb. 4 (Yonhap) -- {PROSE}\n\n{MORE} (Yonhap)\n"
    assert kinds(text, "yonhap") == [
        ("headline", "Fisherman rows over the line"),
        ("dateline", "SEOUL, Feb. 4 (Yonhap) --"),
        ("paragraph", PROSE),
        ("paragraph", f"{MORE} (Yonhap)"),
    ]


def test_a_page_with_its_title_masthead_picture_and_foot() -> None:
    text = "\n\n".join(
        [
            "🔔 LATEST NEWS",
            "Fisherman Rows Over Line | The Example",
            "Fisherman Rows Over the Line: What We Know",
            "By Jane Doe",
            "Seoul • World • May 4, 2024",
            "A rowing boat lying on the beach under a grey sky.",
            "A Night on the Water",
            PROSE,
            "The bridge at low tide (JANE DOE)",
            MORE,
            "#boat #river",
            "Previous Post Next Post",
        ]
    )
    assert [kind for kind, _ in kinds(text)] == [
        "boilerplate",
        "headline",
        "headline",
        "byline",
        "dateline",
        "caption",
        "heading",
        "paragraph",
        "caption",
        "paragraph",
        "boilerplate",
        "boilerplate",
    ]


def test_markdown() -> None:
    known = "## What is known\n\n- one boat\n- one man"
    text = f"\n# Fisherman rows over the line\n\n{PROSE}\n\n{known}\n\n{MORE}\n\n## Sources\n\n- Yonhap, on the boat\n"
    assert kinds(text) == [
        ("headline", "Fisherman rows over the line"),
        ("paragraph", PROSE),
        ("heading", "What is known"),
        ("bullet", "one boat"),
        ("bullet", "one man"),
        ("paragraph", MORE),
        ("related", "Sources"),
        ("related", "Yonhap, on the boat"),
    ]


def test_one_paragraph_a_line_with_section_labels() -> None:
    text = f"What Happened?\n{PROSE}\nWhy It Matters?\n{MORE}"
    assert [kind for kind, _ in kinds(text)] == ["heading", "paragraph", "heading", "paragraph"]


def test_a_first_line_that_is_a_sentence_is_prose() -> None:
    glance = "At a Glance\n- one boat\n- one man"
    text = f"A fisherman asks for asylum after a night on the water.\n{glance}\nOn the Water\n{PROSE}"
    assert [kind for kind, _ in kinds(text)] == ["paragraph", "heading", "bullet", "bullet", "heading", "paragraph"]


def test_hard_wrapped_prose_is_one_paragraph() -> None:
    wrapped = (
        "A fisherman rowed over the line in the fog on Monday and asked for\n"
        "asylum. Coast guards brought him ashore within the hour, and then\n"
        "Seoul was told of it, while in the harbour two more boats lay near\n"
        "the pier with nobody in them.\n"
    )
    dated = wrapped.replace("A fisherman", "A man")
    text = f"Fisherman rows over the line\n\n{wrapped}\nSEOUL — {dated}"
    assert kinds(text) == [
        ("headline", "Fisherman rows over the line"),
        ("paragraph", wrapped.strip()),
        ("dateline", "SEOUL —"),
        ("paragraph", dated.strip()),
    ]


def test_a_list_of_links_ends_where_prose_begins() -> None:
    text = "\n".join(
        ["Fisherman Rows Over the Line", PROSE, "Related Posts", "Old Boats", "New Boats", "In the Harbour", MORE]
    )
    assert [kind for kind, _ in kinds(text)] == [
        "headline",
        "paragraph",
        "related",
        "related",
        "related",
        "heading",
        "paragraph",
    ]


def test_days_on_lines_of_their_own_are_the_headings_of_a_chronicle() -> None:
    text = f"A year of crossings\n\nMay 3, 2024\n\n{PROSE}\n\nMay 9, 2024\n\n{MORE}"
    assert [kind for kind, _ in kinds(text)] == ["headline", "heading", "paragraph", "heading", "paragraph"]


def test_a_short_quotation_is_no_heading() -> None:
    text = f"{PROSE}\n\n“We were so afraid”\n\n{MORE}"
    assert [kind for kind, _ in kinds(text)] == ["paragraph", "paragraph", "paragraph"]


def test_a_headline_alone_is_a_headline() -> None:
    assert kinds("Fisherman rows over the line") == [("headline", "Fisherman rows over the line")]
    assert kinds("") == []


def test_words_of_the_menu_above_the_headline_are_the_pages() -> None:
    text = "\n\n".join(["World", "Asia", "Fisherman rows over the line", "Published 12 hours ago", PROSE])
    assert [kind for kind, _ in kinds(text)] == ["boilerplate", "boilerplate", "headline", "boilerplate", "paragraph"]
    assert [kind for kind, _ in kinds(f"Boat found\n\n{PROSE}")] == ["headline", "paragraph"]


def test_a_rule_parts_what_it_stands_between() -> None:
    assert [kind for kind, _ in kinds(f"{PROSE}\n---\n{MORE}")] == ["paragraph", "boilerplate", "paragraph"]

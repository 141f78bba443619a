"""What of a page is not the article."""

from __future__ import annotations

import pytest

from kg.article.chrome import is_boilerplate, is_byline, is_caption, is_link_heading, is_link_line, is_section_label


@pytest.mark.parametrize(
    "line",
    [
        "#Border #Escape",
        "Post a Comment",
        "12 comments",
        "Previous Post Next Post",
        "Scroll to Top",
        "↑ Back to top",
        "⏳ Loading latest news...",
        "🚨 BREAKING NEWS",
        "example-daily.co.uk",
        "https://example.org/a?b=c",
        "Share | Tweet | Email",
        "Advertisement",
        "Story continues below",
        "© 2024 Example Media. All rights reserved.",
        "Home > World > Asia",
        "4 min read",
        "* * *",
        "Tags: border, defector",
        "Sign up for our newsletter",
    ],
)
def test_what_belongs_to_the_page(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "They printed a comment.",
        "Home to thousands of soldiers",
        "Breaking news reached the village late.",
        "The latest crossing",
        "Escape at sea",
        "The search went on for hours.",
        "Loading docks were closed on Monday, the harbour master of the northern port told reporters.",
        "X marks the place",
    ],
)
def test_what_belongs_to_the_article(line: str) -> None:
    assert not is_boilerplate(line)


def test_headings_of_lists_of_links_and_lines_of_links() -> None:
    assert all(
        map(
            is_link_heading,
            ["Sources:", "Related Posts", "Read more", "You may also like", "MOST READ", "More from Asia"],
        )
    )
    assert not any(map(is_link_heading, ["Sources said so", "Related to whom?", "More than twenty crossed."]))
    assert all(
        map(is_link_line, ["Related: the boat of June", "See our stories on the river", "Source: NPR", "(Source: NPR)"])
    )
    assert not any(map(is_link_line, ["Sources said on Monday that", "See the hills", "Related parties were told"]))


def test_bylines() -> None:
    lines = [
        "By Jane Doe",
        "BY JANE DOE AND JOHN ROE",
        "By Jane Doe, Example Times",
        "(Reporting by A Doe; Editing by B Roe)",
    ]
    assert all(map(is_byline, lines))
    assert not any(
        map(
            is_byline,
            ["By Monday he was gone.", "By boat to the south", "By noon the guards had found him in the reeds"],
        )
    )


def test_captions_by_credit() -> None:
    assert is_caption("Guards on the bridge (JANE DOE)")
    assert is_caption("Guards on the bridge. (Photo by Jane Doe)")
    assert is_caption("FILE - Guards on the bridge in 2019.")
    assert is_caption("Guards on the bridge / AFP")
    assert is_caption("Photo: the bridge at night")
    assert is_caption("Image caption, The bridge at night")
    assert not is_caption("The Joint Chiefs of Staff (JCS)")
    assert not is_caption("The zone is called the Green Belt (or GB)")
    assert not is_caption("Guards on the bridge (Example)")
    assert not is_caption(f"{'A long sentence about the bridge. ' * 9}(JANE DOE)")


def test_an_agency_in_brackets_signs_a_picture_unless_it_signs_the_report() -> None:
    assert is_caption("Guards on the bridge. (Yonhap)", {"yonhap"})
    assert not is_caption("Guards on the bridge. (Yonhap)", {"yonhap"}, last=True)
    assert not is_caption("Guards on the bridge. (Yonhap)")


def test_section_labels() -> None:
    assert all(map(is_section_label, ["At a Glance", "Key points:", "What's Next?", "Why now?"]))
    assert not any(map(is_section_label, ["Soldier crosses the river", "Who was the man that crossed the river?"]))


@pytest.mark.parametrize(
    "line",
    [
        "Photographs by Ada Lind",
        "Words: Ada Lind",
        "Ada Lind, Diplomatic Editor",
        "From our correspondent in Seoul",
        "By Ada Lind, staff reporter",
    ],
)
def test_writers_of_every_layout(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize("line", ["By mid-afternoon the men were home", "From our house the sea is near"])
def test_sentences_are_no_bylines(line: str) -> None:
    assert not is_byline(line)

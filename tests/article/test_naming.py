"""What an article is called: its title, else a part of its id that tells it from others."""

from __future__ import annotations

from kg.article.naming import ARTICLE, article_name


def test_an_article_without_a_title_is_told_from_others() -> None:
    names = [article_name(f"{ARTICLE}{digit * 64}") for digit in "ab"]
    assert names == ["Text aaaaaaaa, without a title", "Text bbbbbbbb, without a title"]
    assert article_name(f"{ARTICLE}{'a' * 64}", "") == names[0]
    assert article_name(f"{ARTICLE}{'a' * 64}", "A soldier came") == "A soldier came"

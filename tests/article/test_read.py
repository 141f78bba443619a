"""Files to articles: discovery, the kinds of file, and the originals of the seeds where they are at hand."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from pathlib import Path

import msgspec
import pytest

from kg.article.agencies import Agencies
from kg.article.read import MediaType, discover, read, read_source
from kg.article.text import ArticleText
from kg.errors import InputError, UsageError
from kg.facts.model import Article, Extractor, Facts

PROSE = (
    "A fisherman rowed over the line in the fog on Monday morning and asked the guards for asylum. "
    "Officials in the capital gave no name, and the ministry said only that it was looking into the matter."
)
SHA = "ab" * 32
DAY = date(2024, 5, 3)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def article(path: Path, published: date | None = None) -> ArticleText:
    made = read(path, published, Agencies([("AFP", "id:organization/afp")]))
    assert isinstance(made, ArticleText)
    assert made.article.text_sha256 == hashlib.sha256(made.text.encode()).hexdigest()
    assert made.article.length == len(made.text)
    return made


def test_folders_are_walked_and_what_is_no_article_is_passed_over(tmp_path: Path) -> None:
    good = ["a.txt", "b.md", "c.HTML", "deep/er/d.htm", "deep/e.facts.json"]
    bad = [
        "README.md",
        "NOTICE",
        "notice.txt",
        ".hidden.txt",
        ".git/f.txt",
        "curation/g.md",
        "deep/curation/h.txt",
        "a.meta.yaml",
        "b.passages.yaml",
        "i.json",
        "j.py",
    ]
    for name in good + bad:
        write(tmp_path / name, "x")
    assert discover([tmp_path]) == [tmp_path / name for name in sorted(good)]
    assert discover([tmp_path / "curation"]) == []
    assert discover([tmp_path / "b.md", tmp_path, tmp_path / "deep"])[:2] == [tmp_path / "b.md", tmp_path / "a.txt"]
    assert len(discover([tmp_path / "b.md", tmp_path, tmp_path / "deep"])) == len(good)


def test_a_path_that_does_not_exist_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none: no such file or folder: check the path"):
        discover([tmp_path / "none"])


def test_a_file_of_another_ending_is_discovered_by_name_and_refused_when_read(tmp_path: Path) -> None:
    for name in ("x.docx", "x.meta.yaml", "x.passages.yaml", "x.json", "x"):
        path = write(tmp_path / name, PROSE)
        assert discover([path]) == [path]
        with pytest.raises(InputError, match=r"is no kind of file that can be an article: give one that ends in \.txt"):
            read(path, agencies=Agencies())


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0)
    try:
        if os.access(closed, os.R_OK):
            pytest.skip("this user may read every folder")
        with pytest.raises(UsageError, match="closed: cannot be read"):
            discover([tmp_path])
    finally:
        closed.chmod(0o700)


def test_a_plain_text(tmp_path: Path) -> None:
    made = article(write(tmp_path / "x.txt", f"\ufeffFisherman rows over the line\r\n\r\n{PROSE}"))
    assert made.text == f"Fisherman rows over the line\r\n\r\n{PROSE}"
    assert made.path == str(tmp_path / "x.txt")
    assert made.article == Article(
        id=made.article.text_sha256, text_sha256=made.article.text_sha256, length=len(made.text)
    )
    assert [block.kind for block in made.blocks] == ["headline", "paragraph"]
    assert made.passages is None


def test_a_sidecar_states_what_the_text_does_not(tmp_path: Path) -> None:
    write(
        tmp_path / "x.meta.yaml",
        f"id: {SHA}\ntitle: Boats\npublished: 2024-05-03\nsources:\n  - {{name: AFP, role: wire}}\n",
    )
    made = article(write(tmp_path / "x.txt", f"May 9, 2024\n\n{PROSE}"))
    assert (made.article.id, made.article.title) == (SHA, "Boats")
    assert (made.article.published, made.article.published_by) == ("2024-05-03", "metadata")
    assert [(source.name, source.role, source.organization) for source in made.article.sources] == [
        ("AFP", "wire", None)
    ]


def test_the_operators_date_holds_only_where_none_is_stated(tmp_path: Path) -> None:
    bare = article(write(tmp_path / "x.txt", PROSE), DAY).article
    assert (bare.published, bare.published_by) == ("2024-05-03", "operator")
    dated = article(write(tmp_path / "y.txt", f"May 9, 2024\n\n{PROSE}"), DAY).article
    assert (dated.published, dated.published_by) == ("2024-05-09", "text")
    silent = article(tmp_path / "x.txt").article
    assert (silent.published, silent.published_by) == (None, None)


def test_a_digest_with_its_sidecar(tmp_path: Path) -> None:
    text = f"\n{PROSE}\n"
    write(
        tmp_path / "x.passages.yaml",
        f"article: {SHA}\ndigest_sha256: {hashlib.sha256(text.encode()).hexdigest()}\n"
        "sentences:\n  - {start: 1, end: 95, passages: [[3, 9]]}\n",
    )
    made = article(write(tmp_path / "x.md", f"---\nid: {SHA}\nkind: digest\n---\n{text}"))
    assert (made.text, made.article.kind, made.article.id) == (text, "digest", SHA)
    assert made.passages is not None
    assert made.passages.to_original(1, 2) == ((3, 9),)
    with pytest.raises(InputError, match=r"x\.passages\.yaml: line 2: the sidecar is stale"):
        article(write(tmp_path / "x.md", f"---\nid: {SHA}\nkind: digest\n---\n{text} More of the same was said."))


def test_html_takes_what_its_sidecar_states_before_what_the_page_does(tmp_path: Path) -> None:
    body = "".join(f"<p>{PROSE}</p>" for _ in range(3))
    page = write(
        tmp_path / "x.html",
        "<html lang='en'><head><meta name='date' content='2024-05-03'></head>"
        f"<body><article><h1>Boats</h1>{body}</article></body></html>",
    )
    made = article(page).article
    assert (made.title, made.published, made.published_by) == ("Boats", "2024-05-03", "metadata")
    write(tmp_path / "x.meta.yaml", "title: Other boats\n")
    made = article(page).article
    assert (made.title, made.published) == ("Other boats", "2024-05-03")


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("x.html", "<html><body><p>Not found</p></body></html>", "is HTML without an article"),
        (
            "x.html",
            "<html><body><ul><li><a href='/'>A boat was found on the beach</a></li></ul></body></html>",
            "is HTML without",
        ),
        (
            "x.txt",
            "Der Fischer ruderte über die Linie und bat die Wachen um Asyl, aber sie waren nicht da.",
            "is not in English",
        ),
        ("x.md", f"---\nlanguage: ko\n---\n{PROSE}", "its metadata say 'ko'"),
        ("x.md", f"---\ntitle: x\n{PROSE}", "line 1: the front matter is not closed"),
        ("x.txt", "", "is empty"),
        ("x.txt", "The guards saw it. " * 60_000, "has 1,140,000 characters and may have 1,000,000"),
    ],
)
def test_what_cannot_be_an_article_is_refused(tmp_path: Path, name: str, text: str, reason: str) -> None:
    path = write(tmp_path / name, text)
    with pytest.raises(InputError) as caught:
        read(path, agencies=Agencies())
    assert caught.value.path == str(path)
    assert reason in caught.value.reason
    assert "\n" not in str(caught.value)


def test_facts_of_a_person(tmp_path: Path) -> None:
    facts = Facts(article=Article(id=SHA, text_sha256=SHA, length=10), extractor=Extractor(name="hand", version="1"))
    path = write(tmp_path / "x.facts.json", msgspec.json.encode(facts).decode())
    assert read(path) == facts
    dated = read(path, DAY)
    assert isinstance(dated, Facts)
    assert (dated.article.published, dated.article.published_by) == ("2024-05-03", "operator")


def originals() -> list[Path]:
    shared = Path(os.environ.get("CROSSINGS_SHARED", Path(__file__).resolve().parents[2] / ".." / "shared"))
    found = sorted((shared / "seeds").glob("*.txt"))
    if not found:
        pytest.skip(f"no originals under {shared / 'seeds'}: set CROSSINGS_SHARED")
    return found


def test_the_originals_state_these_dates_and_sources() -> None:
    made = [read(path) for path in originals()]
    stated = [
        (one.article.published, [(source.name, source.role, source.published) for source in one.article.sources])
        for one in made
        if isinstance(one, ArticleText)
    ]
    assert stated == [
        ("2025-10-20", []),
        (None, []),
        ("2025-10-19", [("AFP", "wire", None)]),
        (None, [("NPR", "source", "2025-07-04")]),
        (None, [("Yonhap", "source", None)]),
    ]


def test_the_originals_links_and_captions_are_no_prose() -> None:
    last = read(originals()[-1])
    assert isinstance(last, ArticleText)
    related = [block for block in last.blocks if block.kind == "related"]
    assert len(related) == 9  # the heading of the list and its eight headlines
    assert related == list(last.blocks[-9:])
    for path in originals():
        made = read(path)
        assert isinstance(made, ArticleText)
        prose = " ".join(made.text[b.start : b.end] for b in made.blocks if b.kind == "paragraph")
        assert not any(
            words in prose for words in ("WALLACE", "Post a Comment", "Scroll to", "Related Posts", "Loading")
        )


def test_a_digest_has_the_id_of_its_original() -> None:
    folder = Path(__file__).resolve().parents[2] / "seeds"
    digests = [one for path in discover([folder]) if isinstance(one := read(path), ArticleText)]
    assert [one.article.kind for one in digests] == ["digest"] * 5
    assert all(one.passages is not None for one in digests)
    assert {one.article.id for one in digests} == {article(path).article.id for path in originals()}


@pytest.mark.parametrize(("ending", "kind"), [("txt", "text/plain"), ("md", "text/markdown"), ("html", "text/html")])
def test_a_source_without_a_file_is_read_as_a_file_is(tmp_path: Path, ending: str, kind: MediaType) -> None:
    words = (
        "A soldier of North Korea came over the line to the South on Wednesday, the military said. "
        "He was taken in by troops who had seen him come, and he is now being asked why he came over."
    )
    source = f"<html lang='en'><body><article><h1>Over the line</h1><p>{words}</p></article></body></html>"
    if kind != "text/html":
        source = f"---\npublished: 2020-05-06\n---\n{words}\n" if kind == "text/markdown" else f"{words}\n"
    path = tmp_path / f"x.{ending}"
    path.write_text(source)
    made, found = read_source("x", source, kind, date(2021, 2, 3)), read(path, date(2021, 2, 3))
    assert isinstance(found, ArticleText)
    assert (made.article, made.text, made.blocks) == (found.article, found.text, found.blocks)
    assert made.path == "x"


def test_nothing_is_looked_for_beside_a_source_without_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.meta.yaml").write_text("title: not asked for\n")
    (tmp_path / "x.passages.yaml").write_text("not: asked for\n")
    words = "A soldier of North Korea came over the line to the South on Wednesday, the military said.\n"
    digest = f"---\nid: {'ab' * 32}\nkind: digest\n---\n{words}"
    assert read_source("x.txt", words, "text/plain").article.title is None
    assert read_source("x.md", digest, "text/markdown").passages is None

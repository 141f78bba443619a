from __future__ import annotations

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.errors import GraphError
from kg.search.answer import Answer
from kg.search.documents import CLASSES
from kg.search.index import build_index
from kg.search.question import MOST_WORDS
from kg.search.ranking import STANDING, way
from kg.search.search import SearchIndex
from tests.search.small_graph import quads

#: Words of the small graph among what FTS5 would read as syntax.
_SYNTAX = [
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "NEAR(",
    '"',
    "'",
    "*",
    "^",
    ":",
    "-",
    "+",
    "(",
    ")",
    "{",
    "}",
    "words",
    ",",
    "\x00",
]
_WORDS = ["pak", "park", "river", "station", "crossed", "리", "상", "상등병", "2019", "report", "c", "ri"]
_typed = st.one_of(
    st.text(),
    st.lists(st.sampled_from([*_SYNTAX, *_WORDS, " ", "words : pak"]), max_size=12).map("".join),
    st.lists(st.sampled_from([*_SYNTAX, *_WORDS]), max_size=12).map(" ".join),
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    path = tmp_path_factory.mktemp("small") / "search.sqlite"
    store = Store()
    store.extend(quads())
    build_index(store, path)
    return SearchIndex(path)


@given(typed=_typed, cls=st.sampled_from([None, *CLASSES]), limit=st.integers(0, 50), offset=st.integers(0, 5))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_has_a_well_formed_answer(
    small: SearchIndex, typed: str, cls: str | None, limit: int, offset: int
) -> None:
    answer = small.search(typed, cls=cls, limit=limit, offset=offset)
    assert len(answer.hits) == min(limit, max(0, answer.total - offset))
    assert answer.total == (sum(answer.classes.values()) if cls is None else answer.classes.get(cls, 0))
    assert len({hit.iri for hit in answer.hits}) == len(answer.hits)
    ranks = [way(hit.matched.how).number + STANDING[hit.standing] for hit in answer.hits]
    assert ranks == sorted(ranks)
    for hit in answer.hits:
        for snippet in (hit.matched.snippet, *(quote.snippet for quote in hit.quotes)):
            spans = [offset for mark in snippet.marks for offset in mark]
            assert spans == sorted(set(spans))
            assert all(0 <= place <= len(snippet.text) for place in spans)


@given(
    words=st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4),
    noise=st.lists(st.sampled_from('"*^:(){}+,;!'), min_size=4, max_size=4),
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_signs_of_syntax_change_nothing(small: SearchIndex, words: list[str], noise: list[str]) -> None:
    plain = small.search(" ".join(words))
    noisy = small.search(" ".join(f"{sign}{word}{sign}" for word, sign in zip(words, noise, strict=False)))
    assert (noisy.hits, noisy.classes) == (plain.hits, plain.classes)


@pytest.mark.parametrize("typed", ["", " ", "\x00", "...!?", '"""', "*", "\ud800", "\U0001f600", "AND", "NOT NEAR"])
def test_what_has_no_word_of_the_graph_finds_nothing(small: SearchIndex, typed: str) -> None:
    answer = small.search(typed)
    assert (answer.total, answer.hits, answer.classes) == (0, [], {})
    assert (answer.words == []) == (not any(sign.isalnum() for sign in typed))


def test_a_long_text_is_asked_for_its_first_words(small: SearchIndex) -> None:
    answer = small.search("pak " * 25_000)
    assert answer.words == ["pak"] * MOST_WORDS
    assert small.search("x" * 100_000).total == 0
    assert small.search('"' * 100_000).words == []
    assert small.search("리" * 100_000).total == 0


def test_pages_make_up_the_whole(small: SearchIndex) -> None:
    whole = small.search("s", limit=100)
    assert whole.total > 2
    parts = [small.search("s", limit=1, offset=place).hits[0] for place in range(whole.total)]
    assert parts == whole.hits
    assert small.search("s", limit=1, offset=whole.total).hits == []


def test_a_class_narrows_and_its_count_is_that_of_all(small: SearchIndex) -> None:
    whole = small.search("station", limit=100)
    assert whole.classes == {"Organization": 1, "Place": 1, "Concept": 1}
    for cls, count in whole.classes.items():
        narrowed = small.search("station", cls=cls)
        assert (narrowed.total, narrowed.classes) == (count, whole.classes)
        assert [hit.cls for hit in narrowed.hits] == [cls] * count


def test_what_cannot_be_asked(small: SearchIndex) -> None:
    with pytest.raises(ValueError, match="no class 'Ship': give one of Incident, Person"):
        small.search("pak", cls="Ship")
    with pytest.raises(ValueError, match="negative"):
        small.search("pak", limit=-1)
    with pytest.raises(ValueError, match="negative"):
        small.search("pak", offset=-1)


def test_an_index_that_is_missing_or_of_another_version_is_named(small: SearchIndex, tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="has no index for searching, so build it again"):
        SearchIndex(tmp_path / "search.sqlite").search("pak")
    (tmp_path / "text").write_text("no database\n" * 100)
    with pytest.raises(GraphError, match="is no index for searching"):
        SearchIndex(tmp_path / "text").search("pak")
    other = Path(shutil.copyfile(small.path, tmp_path / "other"))
    connection = sqlite3.connect(other)
    connection.execute("UPDATE meta SET value = '0' WHERE key = 'format'")
    connection.commit()
    connection.close()
    with pytest.raises(GraphError, match="another version"):
        SearchIndex(other).search("pak")


def test_many_threads_ask_at_once_and_nothing_is_written(small: SearchIndex) -> None:
    before = small.path.read_bytes()
    alone = {word: small.search(word) for word in _WORDS}
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(small.search, _WORDS * 20))
    assert all(answer == alone[answer.query] for answer in answers)
    assert small.path.read_bytes() == before
    assert [path.name for path in small.path.parent.iterdir()] == [small.path.name]


def test_an_answer_is_json(small: SearchIndex) -> None:
    answer = small.search("Pak")
    written = msgspec.json.encode(answer)
    assert msgspec.json.decode(written, type=Answer) == answer
    told = msgspec.json.decode(written)
    assert told["hits"][0]["class"] == "Person"
    assert told["hits"][0]["matched"]["snippet"]["marks"] == [[0, 3]]

"""The pack of route features and the routes of a sentence."""

from __future__ import annotations

from typing import Any

from kg.extract.route_claims import feature_rules, mentions_in, nearest, phrase, words_at


def test_the_longest_phrase_is_found() -> None:
    found = phrase(feature_rules().obstacles, plural=True).findall("Barbed wire fences and land mines, not miners")

    assert found == ["Barbed wire fences", "land mines"]


def test_routes_of_a_sentence_and_the_nearest(read: Any) -> None:
    builder = read("He crossed the DMZ. Others came via China or crossed the DMZ.").builder
    first, second = builder.document.sentences

    assert [m.quote for m in mentions_in(builder, first)] == ["DMZ"]
    routes = mentions_in(builder, second)
    assert [m.quote for m in routes] == ["via China", "DMZ"]
    assert nearest(routes, routes[1].start + 1) is routes[1]
    assert nearest(routes, second.start) is routes[0]


def test_characters_become_tokens(read: Any) -> None:
    sentence = read("He crossed the DMZ.").builder.document.sentences[0]

    span = words_at(sentence, 4, 9)
    assert span is not None
    assert span.text == "crossed"

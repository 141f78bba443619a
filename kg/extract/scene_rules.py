"""The schema of the pack `scenes.yaml`, and its reading: evidence of a crossing, and how much of it is enough."""

from __future__ import annotations

from collections.abc import Set
from functools import cache, cached_property
from typing import Literal, TypeAlias

from kg.extract.crossing_rules import crossing_rules
from kg.extract.rules import Pack, general_pack

__all__ = ["Enough", "Kind", "SceneRules", "Way", "scene_rules"]

#: Which way a scene goes: over from the home side, from a post abroad, back home, or north by one of another country.
Way: TypeAlias = Literal["over", "post", "back", "north"]
#: What evidence is of; `kg.extract.scene_signs` says how each is found.
Kind: TypeAlias = Literal[
    "origin",
    "outsider",
    "post",
    "abroad",
    "motion",
    "effort",
    "over",
    "away",
    "elsewhere",
    "arrive",
    "there",
    "ashore",
    "shore",
    "exit",
    "absent",
    "settle",
    "surfacing",
    "lurking",
    "landed",
    "reception",
    "found",
    "alarm",
    "returned",
    "homeward",
    "north",
    "vessel",
    "soldier",
    "dated",
    "told",
    "topic",
    "lawful",
    "former",
    "bare",
]


class Enough(Pack, frozen=True, kw_only=True):
    """Kinds of evidence that together found an incident: all of `every`, one of `any` if given, none of `none`."""

    way: Way
    every: frozenset[Kind]
    any: frozenset[Kind] = frozenset()
    none: frozenset[Kind] = frozenset()

    def holds(self, kinds: Set[str]) -> bool:
        """Whether the evidence of a scene is enough.

        Args:
            kinds: The kinds that were found.
        """
        return self.every <= kinds and not self.none & kinds and (not self.any or bool(self.any & kinds))


class SceneRules(Pack, frozen=True, kw_only=True, dict=True):
    """The pack `scenes.yaml`."""

    verbs: dict[Kind, frozenset[str]]
    phrases: dict[Kind, tuple[str, ...]]
    nouns: dict[Kind, frozenset[str]]
    path: frozenset[str]
    barriers: frozenset[str]
    waters: frozenset[str]
    surmount: frozenset[str]
    outposts: tuple[str, ...]
    shores: frozenset[str]
    sent: frozenset[str]
    left_places: frozenset[str]
    former: frozenset[str]
    near: frozenset[str]
    ashore: frozenset[str]
    distances: frozenset[str]
    toward: frozenset[str]
    still: frozenset[str]
    vessels: frozenset[str]
    aircraft: frozenset[str]
    aboard: frozenset[str]
    lawful: frozenset[str]
    enough: tuple[Enough, ...]

    @cached_property
    def by_verb(self) -> dict[str, frozenset[Kind]]:
        """The kinds of evidence that a verb is; a verb of the clause rules' motions is a motion here too."""
        found: dict[str, set[Kind]] = {}
        general = crossing_rules()
        tables: list[tuple[Kind, frozenset[str]]] = list(self.verbs.items())
        tables += [("motion", general.verbs["move"]), ("motion", general.verbs["cross"])]
        tables += [("effort", general.foot_verbs), ("effort", frozenset(general.sea_verbs))]
        for kind, lemmas in tables:
            for lemma in lemmas:
                found.setdefault(lemma, set()).add(kind)
        return {lemma: frozenset(kinds) for lemma, kinds in found.items()}

    @cached_property
    def by_noun(self) -> dict[str, frozenset[Kind]]:
        """The kinds of evidence that an event noun is."""
        found: dict[str, set[Kind]] = {}
        for kind, lemmas in self.nouns.items():
            for lemma in lemmas:
                found.setdefault(lemma, set()).add(kind)
        return {lemma: frozenset(kinds) for lemma, kinds in found.items()}

    @cached_property
    def by_first_word(self) -> dict[str, tuple[tuple[Kind, tuple[str, ...]], ...]]:
        """The phrases by their first word, each with its kind and its words."""
        found: dict[str, list[tuple[Kind, tuple[str, ...]]]] = {}
        for kind, phrases in self.phrases.items():
            for phrase in phrases:
                words = tuple(phrase.split())
                found.setdefault(words[0], []).append((kind, words))
        return {first: tuple(phrases) for first, phrases in found.items()}

    @cached_property
    def outpost_words(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """The names of outposts by their first word."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for name in self.outposts:
            words = tuple(name.split())
            found.setdefault(words[0], []).append(words)
        return {first: tuple(names) for first, names in found.items()}

    def way(self, kinds: Set[str]) -> Way | None:
        """The way of a scene by the first row of the table that holds, or None where its evidence is too little."""
        return next((row.way for row in self.enough if row.holds(kinds)), None)


@cache
def scene_rules() -> SceneRules:
    """The pack `scenes.yaml`, read once a process."""
    return general_pack("scenes", SceneRules)

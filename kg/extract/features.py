"""What an article says of its routes and its named persons: features, size, use and waypoints; jobs, bodies, office."""

from __future__ import annotations

from kg.extract.builder import FactsBuilder
from kg.extract.lexicon import Lexicon
from kg.extract.naming import NamesRules, names_rules
from kg.extract.person_features import find_person_features
from kg.extract.route_features import find_route_features
from kg.extract.route_usage import find_route_usage

__all__ = ["find_features"]


def find_features(builder: FactsBuilder, lexicon: Lexicon, rules: NamesRules | None = None) -> None:
    """Add the claims about routes and named persons; `find_times` and `find_names` must have run before.

    Args:
        builder: The record with its mentions.
        lexicon: The words of the border.
        rules: The pack of names; the packaged one where absent.
    """
    pack = rules if rules is not None else names_rules()
    find_route_features(builder, lexicon)
    find_route_usage(builder, lexicon, pack)
    find_person_features(builder, lexicon, pack)

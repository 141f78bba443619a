"""The regression: its minimum is one, and it is where the derivative of the penalised loss is zero."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.training.regression import fit

NAMES = st.sampled_from(["a", "b", "c", "d"])
EXAMPLES = st.lists(st.tuples(st.frozensets(NAMES), st.booleans()), min_size=4, max_size=40)


@given(EXAMPLES, st.sampled_from([0.3, 1.0, 3.0]))
def test_no_weight_can_be_moved_for_the_better(examples: list[tuple[frozenset[str], bool]], penalty: float) -> None:
    if len({answer for _, answer in examples}) < 2:
        with pytest.raises(ValueError, match="both kinds"):
            fit(examples, penalty, least=1)
        return
    fitted = fit(examples, penalty, least=1)
    errors = [fitted.probability(features) - answer for features, answer in examples]
    # What is left of the derivative is what rounding the weights to three digits leaves.
    assert abs(sum(errors)) < 0.05
    for name in {name for features, _ in examples for name in features}:
        of_name = sum(error for error, (features, _) in zip(errors, examples, strict=True) if name in features)
        assert abs(of_name + penalty * fitted.weights.get(name, 0.0)) < 0.05, name


def test_a_feature_of_the_one_kind_speaks_for_it() -> None:
    fitted = fit([(frozenset({"came"}), True), (frozenset({"may"}), False)] * 5, penalty=1.0, least=1)
    assert fitted.weights["came"] > 0 > fitted.weights["may"]
    assert fitted.probability(frozenset({"came"})) > 0.7 > 0.3 > fitted.probability(frozenset({"may"}))


def test_a_rare_feature_has_no_weight() -> None:
    examples = [(frozenset({"came", "Ganghwa"}), True), (frozenset({"came"}), True), (frozenset({"may"}), False)]
    assert fit(examples, penalty=1.0, least=2).weights.keys() == {"came"}


def test_without_features_the_share_is_the_probability() -> None:
    none: frozenset[str] = frozenset()
    fitted = fit([(none, True)] * 3 + [(none, False)] * 9, penalty=1.0, least=1)
    assert math.isclose(fitted.probability(none), 0.25, abs_tol=1e-3)
    assert math.isclose(fitted.probability(frozenset({"never seen"})), 0.25, abs_tol=1e-3)

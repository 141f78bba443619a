"""Logistic regression with an L2 penalty, fitted by Newton's method.

The penalised loss is strictly convex, so that it has one minimum, whoever computes it and in which order (Hastie,
Tibshirani and Friedman, The Elements of Statistical Learning, 2nd edition, section 4.4). The bias is not penalised.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kg.extract.telling import Regression

__all__ = ["fit"]

#: How far the gradient may be from zero at the end; far below what the rounding of the weights leaves.
_CLOSE = 1e-6
_STEPS = 50
_DIGITS = 3


def fit(examples: Sequence[tuple[frozenset[str], bool]], penalty: float, least: int) -> Regression:
    """The weights that make the examples most likely, with a penalty on large ones.

    Args:
        examples: The features of each, and whether it is one of what is sought.
        penalty: How strong the penalty is: half of it times the sum of the squares of the weights.
        least: In how many examples a feature must stand to have a weight.

    Raises:
        ValueError: All examples are of one kind, or the steps do not end.
    """
    answers = np.array([answer for _, answer in examples], dtype=np.float64)
    if answers.min(initial=1.0) == answers.max(initial=0.0):
        raise ValueError("examples of both kinds are needed")
    counted = Counter(feature for features, _ in examples for feature in features)
    names = sorted(feature for feature, number in counted.items() if number >= least)
    table = _table([features for features, _ in examples], names)
    solved = _solve(table, answers, penalty)
    kept = {name: round(float(weight), _DIGITS) for name, weight in zip(names, solved[:-1], strict=True)}
    return Regression(round(float(solved[-1]), _DIGITS), {name: weight for name, weight in kept.items() if weight})


def _table(examples: Sequence[frozenset[str]], names: Sequence[str]) -> npt.NDArray[np.float64]:
    """A row for each example: 1 where it has a feature; the last column is the bias."""
    columns = {name: number for number, name in enumerate(names)}
    table = np.zeros((len(examples), len(names) + 1))
    table[:, -1] = 1
    for row, features in enumerate(examples):
        table[row, [columns[feature] for feature in features if feature in columns]] = 1
    return table


def _solve(table: npt.NDArray[np.float64], answers: npt.NDArray[np.float64], penalty: float) -> npt.NDArray[np.float64]:
    penalties = np.full(table.shape[1], penalty)
    penalties[-1] = 0
    weights = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-(table @ weights)))
        gradient = table.T @ (likely - answers) + penalties * weights
        if np.abs(gradient).max() < _CLOSE:
            return weights
        curvature = (table * (likely * (1 - likely))[:, None]).T @ table + np.diag(penalties)
        weights -= np.linalg.solve(curvature, gradient)
    raise ValueError("the weights do not settle: raise the penalty")

"""One-to-one pairs of greatest total weight: the assignment problem, exact and deterministic.

H. W. Kuhn, "The Hungarian method for the assignment problem" (1955), in the form with potentials that takes O(n² m).
Weights are integers, so nothing depends on rounding.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["assign"]


def assign(weights: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """Pairs of rows and columns, each in one pair at most, whose weights together are greatest.

    Args:
        weights: The weight of each pair that may be made, above 0; a pair that is absent is never made.

    Returns:
        The column of each row that has one.

    >>> assign({(0, 0): 5, (0, 1): 4, (1, 0): 4})
    {0: 1, 1: 0}
    """
    rows = sorted({row for row, _ in weights})
    columns = sorted({column for _, column in weights})
    if len(rows) > len(columns):
        turned = assign({(column, row): weight for (row, column), weight in weights.items()})
        return dict(sorted((row, column) for column, row in turned.items()))
    cost = [[-weights.get((row, column), 0) for column in columns] for row in rows]
    taken = _hungarian(cost)
    pairs = ((rows[number], columns[column]) for number, column in enumerate(taken))
    return {pair[0]: pair[1] for pair in pairs if pair in weights}


def _hungarian(cost: list[list[int]]) -> list[int]:
    """The column of each row for the least total cost; no fewer columns than rows."""
    if not cost:
        return []
    height, width = len(cost), len(cost[0])
    row_potential, column_potential = [0] * (height + 1), [0] * (width + 1)
    owner = [0] * (width + 1)  # the row of each column, from 1; column 0 stands for the row being placed
    for row in range(1, height + 1):
        owner[0] = row
        at = 0
        least: list[int | None] = [None] * (width + 1)
        back = [0] * (width + 1)
        used = [False] * (width + 1)
        while owner[at]:
            used[at] = True
            here = owner[at]
            delta: int | None = None
            onward = 0
            for column in range(1, width + 1):
                if used[column]:
                    continue
                reduced = cost[here - 1][column - 1] - row_potential[here] - column_potential[column]
                known = least[column]
                if known is None or reduced < known:
                    least[column] = known = reduced
                    back[column] = at
                if delta is None or known < delta:
                    delta, onward = known, column
            step = delta or 0
            for column in range(width + 1):
                if used[column]:
                    row_potential[owner[column]] += step
                    column_potential[column] -= step
                elif (known := least[column]) is not None:
                    least[column] = known - step
            at = onward
        while at:
            owner[at] = owner[back[at]]
            at = back[at]
    placed = [0] * height
    for column in range(1, width + 1):
        if owner[column]:
            placed[owner[column] - 1] = column - 1
    return placed

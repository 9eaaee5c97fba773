"""Clause and occurrences in, points lost out."""

from collections.abc import Sequence
from decimal import Decimal

from domain.scores import Occurrence


def deducted(points: Decimal, occurrences: Sequence[Occurrence]) -> Decimal:
    """Points lost: the sum of the occurrences, never more than the clause has (扣完为止).

    The tests of one clause share its points, so all their occurrences come together here.
    """
    return min(sum((one.points for one in occurrences), Decimal(0)), points)

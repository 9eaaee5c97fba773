"""How occurrences become points: the shapes of domain.rubric.Shape, each written down once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from domain.rubric import Clause, Rubric, Shape, Test
from domain.scores import Occurrence, Volume

NOTHING = Decimal(0)
ONCE_A_UNIT = frozenset({Shape.PRESENCE, Shape.MINIMUM})


def counted(rubric: Rubric, occurrences: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    """The occurrences of a unit with what each really costs before the clause's cap; none is left out.

    PRESENCE, MINIMUM: only the first of a test and year costs. OBJECT: only the first of a subject and
    year. Every shape: a subject costs a clause (or a group of `exclusive` tests) once a month, the dearest.
    The order of the occurrences does not matter.
    """
    tests = {test.id: test for test in rubric.tests}
    known = [one for one in occurrences if one.test_id in tests]
    charged: set[tuple[object, ...]] = set()
    found = []
    for one in sorted(known, key=_first_and_dearest):
        keys = _keys(tests[one.test_id], one)
        taken = any(key in charged for key in keys)
        if one.points:
            charged.update(keys)
        found.append(replace(one, points=NOTHING) if taken else one)
    return tuple(sorted(found, key=lambda one: (one.month, one.test_id, one.subject_id, one.event_id)))


def _first_and_dearest(one: Occurrence) -> tuple[object, ...]:
    return one.month, -one.points, one.test_id, one.subject_id, one.event_id


def _keys(test: Test, one: Occurrence) -> list[tuple[object, ...]]:
    """What may be charged once only, and this occurrence would charge."""
    group = test.exclusive or test.clause_id
    keys: list[tuple[object, ...]] = [("month", group, one.subject_id, one.month)]
    if test.shape in ONCE_A_UNIT:
        keys.append(("unit", test.id, one.score_year))
    if test.shape is Shape.OBJECT:
        keys.append(("object", test.id, one.subject_id, one.score_year))
    return keys


def price(test: Test, full: Decimal) -> Decimal:
    """What one occurrence of the test costs a clause of so many points; 0 where nothing says how much."""
    if test.shape is Shape.PERCENT and test.percent is not None:
        return test.percent * full / 100
    if test.points_each:
        return test.points_each
    return full if test.shape in ONCE_A_UNIT else NOTHING


def proposed(clause: Clause, full: Decimal, suspected: Sequence[str]) -> Decimal:
    """What the suspicions of a clause (their test ids, one each) would cost together, before the cap."""
    points = NOTHING
    for test in clause.tests:
        number = suspected.count(test.id)
        points += price(test, full) * (min(number, 1) if test.shape in ONCE_A_UNIT else number)
    return points


def earned(test: Test, full: Decimal, volume: Volume) -> Decimal | None:
    """VOLUME: points for items, by `per_item` and the weight of their kind of column, at most all.

    None where the office has set no `per_item`: then nothing is proposed.
    """
    if test.per_item is None:
        return None
    weight = test.weights
    counts = ((kind, number) for (_, kind), number in volume.counts.items())
    return min(full, sum((number * test.per_item * weight.get(kind, 1) for kind, number in counts), NOTHING))

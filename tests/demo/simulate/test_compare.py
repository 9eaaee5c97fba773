"""A short stretch of the simulated year: nothing false, nothing missed, and differences are noticed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from demo.simulate import compare
from demo.simulate.coverage import coverage
from demo.simulate.plant import plant
from demo.simulate.sheets import canonical
from demo.simulate.truth import Charge, charges, outcome_of


def test_the_first_weeks_of_a_year_cost_what_was_planted() -> None:
    result = compare.run(seed=4, nights=60, part=4)
    assert (result.false, result.missed, result.differing) == ((), (), ())
    assert result.deductions > 5
    assert result.looks > 2000


def test_the_same_seed_gives_the_same_year_and_another_one_another() -> None:
    assert plant(7, 90, 4) == plant(7, 90, 4)
    assert charges(plant(7, 90, 4)) != charges(plant(8, 90, 4))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_truth_knows_no_month_twice_and_no_unit_unplanted(seed: int) -> None:
    year = plant(seed, 120, 4)
    found = charges(year)
    keys = [(one.unit, one.test, one.subject, one.month) for one in found]
    assert len(keys) == len(set(keys))
    assert {one.unit for one in found} <= {unit.id for unit in year.units}


def test_the_truth_knows_how_much_was_seen_of_every_unit() -> None:
    """Hosts fail and shut us out on some nights, so no unit was seen whole, and none not at all."""
    year = plant(4, 60, 4)
    outcome = outcome_of(year)
    shares = [coverage(year, unit, outcome.waited) for unit in year.units if unit.id.startswith("ju")]
    assert shares.pop() is None  # the unit that is to come
    assert all(share is not None and Decimal("0.5") < share < 1 for share in shares)
    assert len(set(shares)) > 5


def test_a_sheet_with_another_coverage_is_another_sheet() -> None:
    def text(share: str | None) -> str:
        return canonical("ju1", [], Decimal(9), Decimal(1), Decimal(share) if share else None)

    assert len({text("0.950"), text("0.951"), text(None)}) == 3


def test_a_charge_too_many_and_one_too_few_are_told_apart() -> None:
    one = Charge("ju1", "A1-18", "A1-18a", "column:ju1-dt", "2026-03", Decimal(2))
    other = replace(one, month="2026-04")
    assert len(compare.beyond([one, other], [one])) == 1
    assert compare.beyond([one], [one, other]) == ()

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clock import months_before
from domain.rubric import RubricError
from monitors.limits import in_time, lapses_on
from tests.builders import stale_test

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(("age", "want"), [(13, True), (14, True), (15, False)])
def test_day_fourteen_is_in_time(age: int, *, want: bool) -> None:
    day = date(2026, 10, 15)
    assert in_time(day - timedelta(days=age), day, stale_test(days=14)) is want


@pytest.mark.parametrize(
    ("newest", "day", "want"),
    [
        (date(2026, 3, 30), date(2026, 9, 30), True),
        (date(2026, 3, 29), date(2026, 9, 30), False),
        (date(2026, 2, 28), date(2026, 8, 31), True),  # clamped at the month's end
        (date(2026, 2, 27), date(2026, 8, 31), False),
        (date(2026, 3, 1), date(2026, 9, 1), True),  # 184 days: calendar months, not 180 days
    ],
)
def test_six_calendar_months(newest: date, day: date, *, want: bool) -> None:
    assert in_time(newest, day, stale_test(months=6)) is want


@given(DAYS, st.integers(1, 40))
def test_the_day_of_lapse_is_the_first_breach(newest: date, days: int) -> None:
    test = stale_test(days=days)
    lapse = lapses_on(newest, test)
    assert not in_time(newest, lapse, test)
    assert in_time(newest, lapse - timedelta(days=1), test)


@given(DAYS, st.integers(1, 14))
def test_the_day_of_lapse_in_months(newest: date, months: int) -> None:
    test = stale_test(months=months)
    lapse = lapses_on(newest, test)
    assert newest < months_before(lapse, months)
    assert in_time(newest, lapse - timedelta(days=1), test)


def test_a_test_without_a_limit_is_an_error_of_the_rubric() -> None:
    with pytest.raises(RubricError, match="A1-18a"):
        in_time(date(2026, 1, 1), date(2026, 1, 2), stale_test(days=None))

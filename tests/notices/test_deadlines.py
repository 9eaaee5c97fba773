from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.workdays import Holidays
from notices.deadlines import LAST_KNOWN_YEAR, working_day, working_days_after

DAYS = st.dates(date(2024, 1, 1), date(LAST_KNOWN_YEAR + 2, 12, 31))


@pytest.mark.parametrize(("start", "days", "last"), [
    (date(2026, 9, 30), 1, date(2026, 10, 8)),  # 1 to 7 October is 国庆
    (date(2026, 9, 30), 3, date(2026, 10, 10)),  # Saturday 10 October makes up
    (date(2026, 9, 30), 10, date(2026, 10, 20)),
    (date(2026, 9, 18), 1, date(2026, 9, 20)),  # Sunday 20 September makes up
    (date(2026, 10, 9), 10, date(2026, 10, 22)),
    (date(2026, 10, 3), 1, date(2026, 10, 8)),  # issued on a holiday
])  # fmt: skip
def test_holidays_and_make_up_days_of_2026(start: date, days: int, last: date) -> None:
    assert working_days_after(start, days).on == last
    assert working_days_after(start, days).certain


def test_a_deadline_in_a_year_not_yet_arranged_is_uncertain() -> None:
    last = date(LAST_KNOWN_YEAR, 12, 31)
    beyond = working_days_after(last, 3)
    assert not beyond.certain
    assert beyond.on.year == LAST_KNOWN_YEAR + 1
    assert working_days_after(last - timedelta(days=10), 1).certain
    saturday = next(d for d in (last + timedelta(n) for n in range(1, 9)) if d.weekday() == 5)
    assert not working_day(saturday)
    assert working_day(saturday - timedelta(days=1))  # even New Year's day may pass for one: hence 待核


@given(DAYS, st.integers(1, 40))
def test_a_deadline_is_a_working_day_with_exactly_that_many_after_the_start(start: date, days: int) -> None:
    last = working_days_after(start, days).on
    between = [start + timedelta(n) for n in range(1, (last - start).days + 1)]
    assert working_day(last)
    assert sum(map(working_day, between)) == days


@given(DAYS, st.integers(1, 40))
def test_one_day_more_is_never_earlier(start: date, days: int) -> None:
    assert working_days_after(start, days).on < working_days_after(start, days + 1).on


def test_no_days_at_all_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        working_days_after(date(2026, 9, 1), 0)


BEYOND = date(LAST_KNOWN_YEAR + 1, 3, 1)


def test_the_offices_own_days_go_before_the_calendar() -> None:
    plain = working_days_after(BEYOND, 3)
    off = Holidays(days_off=frozenset({plain.on}))
    assert working_days_after(BEYOND, 3, off).on > plain.on
    saturday = next(d for d in (BEYOND + timedelta(days=n) for n in range(7)) if d.weekday() == 5)
    made_up = Holidays(working_days=frozenset({saturday}))
    assert working_day(saturday, made_up)
    assert not working_day(saturday)
    known_day = date(2026, 9, 1)  # a Tuesday of a known year, declared off
    assert not working_day(known_day, Holidays(days_off=frozenset({known_day})))


def test_a_year_entered_whole_is_certain() -> None:
    whole = Holidays(complete_years=frozenset({BEYOND.year}))
    assert not working_days_after(BEYOND, 3).certain
    assert working_days_after(BEYOND, 3, whole).certain


@given(
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.integers(1, 30),
    st.sets(st.dates(date(2026, 1, 1), date(2030, 6, 1))),
)
def test_more_days_off_never_make_a_deadline_earlier(start: date, days: int, off: set[date]) -> None:
    assert (
        working_days_after(start, days, Holidays(days_off=frozenset(off))).on
        >= working_days_after(start, days).on
    )

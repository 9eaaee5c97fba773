from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clock import Month, day_end, day_start, local_day, months_before

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def test_a_day_begins_at_sixteen_utc_the_day_before() -> None:
    assert local_day(datetime(2026, 9, 30, 15, 59, tzinfo=UTC)) == date(2026, 9, 30)
    assert local_day(datetime(2026, 9, 30, 16, 0, tzinfo=UTC)) == date(2026, 10, 1)


def test_a_naive_moment_has_no_day() -> None:
    with pytest.raises(ValueError, match="naive"):
        local_day(datetime(2026, 9, 30, 1, 0))  # noqa: DTZ001 - the subject of the test


@pytest.mark.parametrize(
    ("day", "months", "want"),
    [
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 1, 15), 6, date(2025, 7, 15)),
        (date(2026, 12, 31), 1, date(2026, 11, 30)),
        (date(2026, 3, 1), 0, date(2026, 3, 1)),
    ],
)
def test_months_before_clamps_at_the_month_end(day: date, months: int, want: date) -> None:
    assert months_before(day, months) == want


@given(DAYS)
def test_a_moment_inside_a_day_has_that_day(day: date) -> None:
    assert local_day(day_start(day)) == day
    assert local_day(day_end(day) - timedelta(microseconds=1)) == day
    assert local_day(day_end(day)) == day + timedelta(days=1)


@given(DAYS, st.integers(0, 30))
def test_months_before_is_monotone(day: date, months: int) -> None:
    assert months_before(day, months) <= months_before(day + timedelta(days=1), months)


def test_month_reads_and_prints_itself() -> None:
    month = Month.parse("2026-09")
    assert str(month) == "2026-09"
    assert (month.first_day, month.last_day) == (date(2026, 9, 1), date(2026, 9, 30))
    assert month.next() == Month(2026, 10)
    assert Month(2026, 1).previous() == Month(2025, 12)


@pytest.mark.parametrize("text", ["2026", "2026-13", "九月", "2026-9-1", ""])
def test_what_is_no_month_says_how_to_write_one(text: str) -> None:
    with pytest.raises(ValueError, match="2026-10|no such month"):
        Month.parse(text)

"""Which way a list runs."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crawler.paging import oldest_first
from domain.readings import ListReading, ListRow, PageState

DAYS = st.integers(0, 3000).map(lambda number: date(2018, 1, 1) + timedelta(days=number))


def reading(*days: date | None) -> ListReading:
    rows = tuple(ListRow(key=str(n), title="x", url=None, published_on=day) for n, day in enumerate(days))
    return ListReading(state=PageState.OK, why="", rows=rows)


@given(st.lists(DAYS, max_size=20), st.lists(DAYS, max_size=3))
def test_newest_first_with_some_rows_pinned_is_never_turned_round(
    days: list[date], pinned: list[date]
) -> None:
    falling = sorted(set(days), reverse=True)
    if len(falling) > 2 * len(pinned) + 1:
        assert not oldest_first(reading(*pinned, *falling))


@given(st.lists(DAYS, min_size=2, max_size=20, unique=True))
def test_from_old_to_new_is_known_also_with_rows_of_no_date(days: list[date]) -> None:
    assert oldest_first(reading(None, *sorted(days), None))


def test_one_day_for_all_says_nothing() -> None:
    assert not oldest_first(reading(*[date(2026, 1, 1)] * 9))

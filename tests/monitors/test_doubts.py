"""Back-dated rows and sudden updates: design.md §4.7."""

import random
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors.doubts import back_dated, sudden
from tests.builders import at, look, row

FIRST, SECOND, THIRD = at("2026-09-20"), at("2026-09-25"), at("2026-09-26")
LOOKS = [
    look(1, FIRST, newest=date(2026, 9, 1)),
    look(2, SECOND, newest=date(2026, 9, 1)),
    look(3, THIRD, newest=date(2026, 9, 24)),
]


@pytest.mark.parametrize(("on", "days"), [
    (date(2026, 9, 24), 1),  # the look of the 25th should have shown it
    (date(2026, 9, 15), 10),
    (date(2026, 9, 25), None),  # dated on the day of that look: it may have come after it
    (date(2026, 9, 26), None),
    (date(2026, 8, 20), None),  # older than what was shown: a later page, or a gap filled
    (None, None),
])  # fmt: skip
def test_a_row_an_earlier_look_should_have_shown_is_doubtful(on: date | None, days: int | None) -> None:
    found = back_dated(LOOKS, [row("old", date(2026, 9, 1), FIRST), row("new", on, THIRD)])
    assert [one.days for one in found] == ([days] if days else [])
    assert all(one.missed_by.id == 2 for one in found)


def test_rows_of_the_first_look_are_never_doubtful() -> None:
    assert back_dated(LOOKS[:1], [row("a", date(2026, 9, 1), FIRST)]) == []


@given(st.permutations(range(6)), st.integers(0, 9))
def test_the_order_of_rows_and_looks_does_not_matter(order: list[int], seed: int) -> None:
    rows = [row(f"r{n}", date(2026, 9, 10) + timedelta(days=n), (FIRST, SECOND, THIRD)[n % 3]) for n in order]
    looks = list(LOOKS)
    random.Random(seed).shuffle(looks)
    assert back_dated(looks, rows) == back_dated(LOOKS, sorted(rows, key=lambda one: one.key))


def many(count: int, when: datetime) -> list[object]:
    return [row(f"{when}-{n}", date(2026, 9, 24), when) for n in range(count)]


@pytest.mark.parametrize(("rows", "found"), [
    (many(9, THIRD), {}),
    (many(10, THIRD), {date(2026, 9, 26): 10}),
    (many(30, FIRST), {}),  # all that a first look sees is new
    (many(10, at("2026-10-30")), {}),  # after the deadline
])  # fmt: skip
def test_many_rows_on_one_day_after_a_notice_are_a_remark(rows: list, found: dict[date, int]) -> None:  # type: ignore[type-arg]
    assert sudden(LOOKS, rows, date(2026, 9, 21), date(2026, 10, 22)) == found

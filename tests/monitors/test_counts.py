"""How many items of a year: windows in Beijing days, attribution, and what is never held against a unit."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.events import EventState, decided, fold, occurrences
from domain.findings import Verdict
from domain.looks import LookKind
from domain.readings import PageState
from domain.rubric import RubricError
from monitors.windows import window_at
from tests.builders import at, row
from tests.monitors.counting import KIND, count_test, judged, seen_at, sheaf

YEAR = count_test()
REPORT = count_test(due="01-31")


@pytest.fixture(autouse=True)
def _in_los_angeles(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Days are cut in Beijing wherever the machine stands."""
    monkeypatch.setitem(os.environ, "TZ", "America/Los_Angeles")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def verdict(when: datetime, *dates: date, test: object = YEAR, **more: object) -> tuple[Verdict, int | None]:
    looks = [seen_at(1, when, **more)]
    rows = [row(f"r{n}", on, when) for n, on in enumerate(dates)]
    [found] = judged(test, sheaf(looks, rows))  # type: ignore[arg-type]
    return found.verdict, found.period


def test_one_item_in_the_year_is_enough_at_once() -> None:
    assert verdict(at("2026-03-02"), date(2026, 3, 1)) == (Verdict.OK, 2026)


def test_while_the_year_runs_nothing_is_held_against_the_unit() -> None:
    looks = [seen_at(1, at("2026-12-31", "23:59"))]
    [found] = judged(YEAR, sheaf(looks, []))
    assert (found.verdict, found.lapses_on) == (Verdict.UNKNOWN, date(2027, 1, 1))
    assert "12月31日前可完成" in found.why


@pytest.mark.parametrize(
    ("when", "want", "year"),
    [
        (("2027-01-01", "05:59"), Verdict.UNKNOWN, 2026),  # six hours' grace
        (("2027-01-01", "06:00"), Verdict.SUSPECTED, 2026),
        (("2027-01-31", "23:59"), Verdict.SUSPECTED, 2026),  # all January: the year before
        (("2027-02-01", "00:00"), Verdict.UNKNOWN, 2027),  # from then on the running year
    ],
)
def test_the_year_ends_in_beijing(when: tuple[str, str], want: Verdict, year: int) -> None:
    assert verdict(at(*when)) == (want, year)


@pytest.mark.parametrize(
    ("on", "want"),
    [
        (date(2025, 12, 31), Verdict.SUSPECTED),
        (date(2026, 1, 1), Verdict.OK),
        (date(2026, 12, 31), Verdict.OK),
        (date(2027, 1, 1), Verdict.SUSPECTED),
    ],
)
def test_both_ends_of_the_year_count(on: date, want: Verdict) -> None:
    assert verdict(at("2027-01-10"), on)[0] is want


@pytest.mark.parametrize(
    ("when", "on", "want"),
    [
        (("2027-01-31", "23:59"), None, Verdict.UNKNOWN),  # 31 January has not ended
        (("2027-02-01", "05:59"), None, Verdict.UNKNOWN),
        (("2027-02-01", "06:00"), None, Verdict.SUSPECTED),
        (("2027-02-01", "06:00"), date(2027, 1, 31), Verdict.OK),
        (("2027-02-02", "06:00"), date(2027, 2, 1), Verdict.SUSPECTED),
        (("2027-12-31", "23:00"), None, Verdict.SUSPECTED),
        (("2027-01-05", "12:00"), date(2026, 12, 31), Verdict.UNKNOWN),  # last year's does not count
    ],
)
def test_annual_reports_are_due_at_the_end_of_january(
    when: tuple[str, str], on: date | None, want: Verdict
) -> None:
    found, year = verdict(at(*when), *([on] if on else []), test=REPORT)
    assert (found, year) == (want, 2027)


@pytest.mark.parametrize(("year", "last"), [(2028, 29), (2027, 28)])
def test_a_due_day_of_29_february_is_the_month_s_end(year: int, last: int) -> None:
    window = window_at(count_test(due="02-29"), at(f"{year}-03-05"))
    assert window.last == date(year, 2, last)


def test_too_few_are_too_few() -> None:
    test = count_test(least=2)
    assert verdict(at("2027-01-10"), date(2026, 5, 1), test=test)[0] is Verdict.SUSPECTED
    assert verdict(at("2027-01-10"), date(2026, 5, 1), date(2026, 6, 1), test=test)[0] is Verdict.OK


def test_one_address_with_two_dates_is_one_item() -> None:
    test, when = count_test(least=2), at("2027-01-10")
    rows = [row("r", date(2026, 5, 1), when), row("r", date(2026, 5, 2), when)]
    [found] = judged(test, sheaf([seen_at(1, when)], rows))
    assert found.verdict is Verdict.SUSPECTED


def test_another_trusted_date_in_the_window_counts() -> None:
    when = at("2027-01-10")
    rows = [row("r", date(2027, 1, 2), when, others=[date(2026, 12, 31)])]
    [found] = judged(YEAR, sheaf([seen_at(1, when)], rows))
    assert found.verdict is Verdict.OK


def test_an_item_dated_in_the_future_counts_from_its_day() -> None:
    nights = [at("2026-05-01"), at("2026-05-20")]
    looks = [seen_at(n, night) for n, night in enumerate(nights)]
    found = judged(YEAR, sheaf(looks, [row("r", date(2026, 5, 20), nights[0])]))
    assert [one.verdict for one in found] == [Verdict.UNKNOWN, Verdict.OK]


def test_only_titles_with_one_of_the_words_count() -> None:
    test, when = count_test(titles=("预算", "决算")), at("2027-01-10")
    rows = [row("关于培训的通知", date(2026, 3, 1), when)]
    [found] = judged(test, sheaf([seen_at(1, when)], rows))
    assert found.verdict is Verdict.SUSPECTED
    [found] = judged(test, sheaf([seen_at(1, when)], [*rows, row("2026年部门预算", date(2026, 2, 1), when)]))
    assert found.verdict is Verdict.OK


@pytest.mark.parametrize("state", [PageState.BLOCKED, PageState.FAILED, PageState.SHELL, PageState.LOGIN])
def test_a_page_that_cannot_be_read_is_unknown(state: PageState) -> None:
    assert verdict(at("2027-01-10"), state=state)[0] is Verdict.UNKNOWN


def test_what_was_seen_before_stays_even_when_the_page_fails() -> None:
    when = at("2027-01-10")
    looks = [seen_at(1, at("2026-05-02")), seen_at(2, when, state=PageState.FAILED)]
    found = judged(YEAR, sheaf(looks, [row("r", date(2026, 5, 1), at("2026-05-02"))]))
    assert [one.verdict for one in found] == [Verdict.OK, Verdict.OK]


def test_a_list_not_paged_back_accuses_nobody() -> None:
    when = at("2027-01-10")
    young = [row("r", date(2027, 1, 5), when)]
    look = seen_at(1, when, covered=False)
    [found] = judged(YEAR, sheaf([look], young))
    assert found.verdict is Verdict.UNKNOWN
    [found] = judged(YEAR, sheaf([replace(look, oldest_on=date(2025, 12, 31))], young))
    assert found.verdict is Verdict.SUSPECTED


class TestSharedColumns:
    WHEN = at("2027-01-10")

    def test_items_count_for_their_publisher(self) -> None:
        rows = [row("a", date(2026, 5, 1), self.WHEN)]
        shared = sheaf([seen_at(1, self.WHEN)], rows, units_of={"a": frozenset({"u"})})
        assert judged(YEAR, shared)[0].verdict is Verdict.OK
        assert judged(YEAR, shared, unit="v")[0].verdict is Verdict.SUSPECTED

    def test_an_unknown_publisher_in_the_window_clears_everybody(self) -> None:
        rows = [row("a", date(2026, 5, 1), self.WHEN)]
        [found] = judged(YEAR, sheaf([seen_at(1, self.WHEN)], rows, units_of={}))
        assert found.verdict is Verdict.UNKNOWN
        assert "发布机构" in found.why

    def test_an_undated_row_of_an_unknown_publisher_clears_too(self) -> None:
        rows = [row("a", None, self.WHEN)]
        [found] = judged(YEAR, sheaf([seen_at(1, self.WHEN)], rows, units_of={}))
        assert found.verdict is Verdict.UNKNOWN

    def test_an_unknown_publisher_outside_the_window_does_no_harm(self) -> None:
        rows = [row("a", date(2025, 5, 1), self.WHEN)]
        [found] = judged(YEAR, sheaf([seen_at(1, self.WHEN)], rows, units_of={}))
        assert found.verdict is Verdict.SUSPECTED

    def test_a_shared_list_not_paged_back_accuses_nobody(self) -> None:
        look = replace(seen_at(1, self.WHEN, covered=False), oldest_on=date(2020, 1, 1))
        assert judged(YEAR, sheaf([look], [], units_of={}))[0].verdict is Verdict.UNKNOWN

    def test_an_item_on_any_column_of_the_unit_counts(self) -> None:
        own = sheaf([seen_at(1, self.WHEN)], [], name="own")
        rows = [row("a", date(2026, 5, 1), at("2026-05-02"))]
        shared = sheaf([seen_at(2, self.WHEN)], rows, name="shared", units_of={"a": frozenset({"u"})})
        assert judged(YEAR, own, shared)[0].verdict is Verdict.OK
        assert judged(YEAR, own, shared, unit="v")[0].verdict is Verdict.SUSPECTED

    @pytest.mark.parametrize("last", ["2026-12-31", None])
    def test_a_column_not_read_since_the_end_clears(self, last: str | None) -> None:
        own = sheaf([seen_at(1, self.WHEN)], [], name="own")
        looks = [seen_at(2, at(last))] if last else []
        assert judged(YEAR, own, sheaf(looks, [], name="other"))[0].verdict is Verdict.UNKNOWN

    def test_a_column_that_ended_in_the_year_need_not_be_read_afterwards(self) -> None:
        own = sheaf([seen_at(1, self.WHEN)], [], name="own")
        ended = sheaf([seen_at(2, at("2026-06-30"))], [], name="old", until=date(2026, 6, 30))
        assert judged(YEAR, own, ended)[0].verdict is Verdict.SUSPECTED

    @pytest.mark.parametrize(
        "more",
        [
            {"kind": LookKind.ON_DEMAND},
            {"conditional": True},
            {"status": 304},
            {"newest": date(2026, 3, 1)},  # an older newest date than before: an old backup
        ],
    )
    def test_a_look_that_may_not_accuse_does_not_prove_the_other_column_empty(
        self, more: dict[str, object]
    ) -> None:
        own = sheaf([seen_at(1, self.WHEN)], [], name="own")
        before = seen_at(2, at("2026-12-01"), newest=date(2026, 11, 30))
        looks = [before, seen_at(3, at("2027-01-05"), **more)]
        assert judged(YEAR, own, sheaf(looks, [], name="other"))[0].verdict is Verdict.UNKNOWN

    def test_a_column_showing_an_older_newest_date_than_before_accuses_nobody(self) -> None:
        looks = [
            seen_at(1, at("2026-12-31"), newest=date(2026, 12, 30)),
            seen_at(2, self.WHEN, newest=date(2026, 3, 1)),
        ]
        assert judged(YEAR, sheaf(looks, []))[-1].verdict is Verdict.UNKNOWN


class TestLateItems:
    def test_a_row_seen_in_time_without_its_date_is_not_late(self) -> None:
        """The list lost its dates for some days; what stood there then stood there in time."""
        nights = (at("2027-01-31"), at("2027-02-03"), at("2027-02-10"))
        looks = [seen_at(n, night) for n, night in enumerate(nights)]
        rows = [row("r", None, nights[0]), row("r", date(2027, 1, 30), nights[2])]
        assert judged(REPORT, sheaf(looks, rows))[-1].verdict is Verdict.OK

    def test_a_look_that_did_not_reach_back_to_a_row_did_not_miss_it(self) -> None:
        """A first page full of newer rows says nothing of the second page."""
        first = seen_at(0, at("2027-02-03"), covered=False, newest=date(2027, 2, 2))
        looks = [replace(first, oldest_on=date(2027, 2, 1)), seen_at(1, at("2027-02-10"))]
        found = judged(REPORT, sheaf(looks, [row("r", date(2027, 1, 30), looks[1].at)]))
        assert found[-1].verdict is Verdict.OK

    NIGHTS = (at("2027-02-03"), at("2027-02-10"), at("2027-02-11"))

    def test_a_late_report_is_told_once_and_then_mended(self) -> None:
        looks = [seen_at(n, night) for n, night in enumerate(self.NIGHTS)]
        rows = [row("r", date(2027, 2, 9), self.NIGHTS[1])]
        found = judged(REPORT, sheaf(looks, rows))
        assert [one.verdict for one in found] == [Verdict.SUSPECTED, Verdict.OK, Verdict.OK]

    def test_one_that_was_late_before_the_first_look_is_still_told(self) -> None:
        looks = [seen_at(n, night) for n, night in enumerate(self.NIGHTS)]
        rows = [row("r", date(2027, 2, 1), self.NIGHTS[0])]
        found = judged(REPORT, sheaf(looks, rows))
        assert [one.verdict for one in found] == [Verdict.SUSPECTED, Verdict.OK, Verdict.OK]

    def test_a_look_that_may_not_accuse_does_not_use_up_the_telling(self) -> None:
        looks = [seen_at(0, self.NIGHTS[0], kind=LookKind.ON_DEMAND), seen_at(1, self.NIGHTS[1])]
        rows = [row("r", date(2027, 2, 1), self.NIGHTS[0])]
        assert [f.verdict for f in judged(REPORT, sheaf(looks, rows))] == [Verdict.SUSPECTED] * 2

    def test_the_suspicion_stays_with_its_year_and_costs_once_a_person_confirms(self) -> None:
        looks = [seen_at(n, night) for n, night in enumerate(self.NIGHTS)]
        [event] = fold(judged(REPORT, sheaf(looks, [row("r", date(2027, 2, 9), self.NIGHTS[1])])))
        assert (event.period, event.open) == (2027, False)
        assert decided(event, REPORT).state is EventState.SUSPECTED
        assert occurrences([decided(event, REPORT)], REPORT) == ()

    def test_a_row_dated_in_time_that_earlier_looks_did_not_show_is_for_a_person(self) -> None:
        looks = [seen_at(n, night) for n, night in enumerate(self.NIGHTS)]
        rows = [row("r", date(2027, 1, 30), self.NIGHTS[1])]
        found = judged(REPORT, sheaf(looks, rows))
        assert [one.verdict for one in found] == [Verdict.SUSPECTED] * 3
        assert ["倒填" in one.held for one in found] == [False, True, True]

    def test_a_row_dated_in_time_and_seen_at_the_first_look_counts(self) -> None:
        looks = [seen_at(n, night) for n, night in enumerate(self.NIGHTS)]
        found = judged(REPORT, sheaf(looks, [row("r", date(2027, 1, 30), self.NIGHTS[0])]))
        assert {one.verdict for one in found} == {Verdict.OK}

    def test_a_row_seen_within_the_grace_counts(self) -> None:
        looks = [seen_at(0, at("2027-01-31", "20:00")), seen_at(1, at("2027-02-01", "05:30"))]
        found = judged(REPORT, sheaf(looks, [row("r", date(2027, 1, 31), looks[1].at)]))
        assert found[-1].verdict is Verdict.OK


def test_a_bonus_needs_both_kinds_and_never_accuses() -> None:
    test = count_test(monitor="column.found", kinds=("规范性文件", KIND))
    when = at("2027-01-10")
    rules = sheaf([seen_at(1, when)], [row("a", date(2026, 5, 1), when)], kind="规范性文件")
    empty = sheaf([seen_at(2, when)], [])
    full = sheaf([seen_at(2, when)], [row("b", date(2026, 6, 1), when)])
    assert judged(test, rules, empty)[0].verdict is Verdict.UNKNOWN
    assert judged(test, rules, full)[0].verdict is Verdict.OK
    assert fold(judged(test, rules, empty)) == ()


def test_a_count_without_min_is_a_mistake_in_the_rubric() -> None:
    broken = replace(YEAR, limits={})
    with pytest.raises(RubricError, match="min"):
        judged(broken, sheaf([seen_at(1, at("2026-05-01"))], []))


DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)))  # noqa: DTZ001 - made Beijing below
def test_a_look_judges_a_window_that_is_never_more_than_a_month_gone(moment: datetime) -> None:
    window = window_at(YEAR, at(f"{moment:%Y-%m-%d}", f"{moment:%H:%M}"))
    day = moment.date()
    assert window.first <= day
    assert day <= window.last + timedelta(days=31)


@given(st.lists(DAYS, max_size=6), st.randoms(use_true_random=False), DAYS)
def test_the_order_of_rows_does_not_matter(dates: list[date], random: object, day: date) -> None:
    when = at(day.isoformat())
    rows = [row(f"r{n}", on, when) for n, on in enumerate(dates)]
    mixed = sorted(rows, key=lambda one: random.random())  # type: ignore[attr-defined]
    looks = [seen_at(1, when)]
    assert judged(YEAR, sheaf(looks, rows)) == judged(YEAR, sheaf(looks, mixed))


@given(st.lists(DAYS, max_size=5), DAYS)
def test_more_items_never_harm(dates: list[date], more: date) -> None:
    """A unit that publishes more is never judged worse."""
    order = {Verdict.OK: 0, Verdict.UNKNOWN: 1, Verdict.SUSPECTED: 2}
    when = at("2027-01-15")
    rows = [row(f"r{n}", on, at("2026-02-02")) for n, on in enumerate(dates)]
    [before] = judged(YEAR, sheaf([seen_at(1, when)], rows))
    [after] = judged(YEAR, sheaf([seen_at(1, when)], [*rows, row("more", more, at("2026-02-02"))]))
    assert order[after.verdict] <= order[before.verdict]

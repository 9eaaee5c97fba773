"""A column's looks and rows in, verdicts out: design.md §4.1, §4.5-4.7, §4.10."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.findings import Finding, Verdict
from domain.looks import Look, LookKind, SeenRow
from domain.readings import PageState
from domain.rubric import Test
from monitors.case import Case, History
from monitors.catalog import judge
from tests.builders import at, days, look, row, stale_test

TEST = stale_test()
NIGHT = at("2026-10-15")


def findings(
    looks: list[Look], rows: list[SeenRow], *, test: Test = TEST, unit: str = "u", **more: object
) -> list[Finding]:
    case = Case(unit_id=unit, subject_id="column:dt", test=test)
    return judge(case, History(looks=tuple(looks), rows=tuple(rows), **more))  # type: ignore[arg-type]


def verdict(newest: date | None, when: datetime = NIGHT, **more: object) -> Finding:
    rows = [row("a", newest, when)] if newest else []
    [found] = findings([look(1, when, newest=newest, **more)], rows)  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    ("newest", "want"),
    [(date(2026, 10, 1), Verdict.OK), (date(2026, 9, 30), Verdict.BREACH)],
)
def test_the_limit_itself_is_in_time(newest: date, want: Verdict) -> None:
    assert verdict(newest).verdict is want


def test_days_are_cut_in_beijing() -> None:
    """23:30 Beijing on day 14 is in time; half an hour later it is day 15 (still day 14 in UTC)."""
    newest = date(2026, 10, 1)
    assert verdict(newest, at("2026-10-15", "23:30")).verdict is Verdict.OK
    assert verdict(newest, at("2026-10-16", "00:01")).verdict is Verdict.BREACH


@pytest.mark.parametrize(
    "state",
    [PageState.SHELL, PageState.BLOCKED, PageState.SOFT_404, PageState.LOGIN, PageState.FAILED],
)
def test_a_page_that_cannot_be_read_is_unknown(state: PageState) -> None:
    assert verdict(None, state=state).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("state", [PageState.EMPTY, PageState.UNDATED])
def test_empty_and_undated_lists_are_for_a_person(state: PageState) -> None:
    assert verdict(None, state=state).verdict is Verdict.SUSPECTED


def test_what_a_notice_quotes_of_an_undated_list_is_no_reading_note() -> None:
    undated = look(1, NIGHT, state=PageState.UNDATED)
    [found] = findings([replace(undated, why="读出 9 行，行内没有日期：当前位置后的第一个列表")], [])
    assert found.why == "栏目的信息都没有注明发布日期"


def test_an_emptied_list_whose_rows_are_still_in_time_is_unknown() -> None:
    first, second = days("2026-10-15", 2)
    rows = [row("a", date(2026, 10, 10), first)]
    looks = [look(1, first, newest=date(2026, 10, 10)), look(2, second, state=PageState.EMPTY, rows=0)]
    assert [f.verdict for f in findings(looks, rows)] == [Verdict.OK, Verdict.UNKNOWN]


def test_only_official_unconditional_answered_looks_accuse() -> None:
    old = date(2026, 9, 1)
    assert verdict(old).accuses
    assert not verdict(old, conditional=True).accuses
    assert not verdict(old, conditional=True, status=304).accuses
    assert not verdict(old, kind=LookKind.ON_DEMAND).accuses
    assert verdict(old, kind=LookKind.ON_DEMAND, official=True).accuses  # adopted
    assert verdict(old, kind=LookKind.ATTESTED, status=None).accuses


def test_future_dates_wait_for_their_day() -> None:
    nights = days("2026-10-15", 3)
    rows = [row("a", date(2026, 9, 1), nights[0]), row("b", date(2026, 10, 17), nights[0])]
    looks = [look(n, night, newest=date(2026, 9, 1)) for n, night in enumerate(nights[:2])]
    looks.append(look(9, nights[2], newest=date(2026, 10, 17)))
    assert [f.verdict for f in findings(looks, rows)] == [Verdict.BREACH, Verdict.BREACH, Verdict.OK]


def test_a_row_once_seen_counts_but_a_page_gone_back_in_time_is_unknown() -> None:
    first, second = days("2026-10-15", 2)
    rows = [row("a", date(2026, 10, 14), first), row("b", date(2026, 9, 1), first)]
    looks = [look(1, first, newest=date(2026, 10, 14)), look(2, second, newest=date(2026, 9, 1))]
    assert [f.verdict for f in findings(looks, rows)] == [Verdict.OK, Verdict.UNKNOWN]


def test_another_trusted_date_in_time_leaves_it_to_a_person() -> None:
    rows = [row("a", date(2026, 9, 1), NIGHT, others=[date(2026, 10, 12)])]
    [found] = findings([look(1, NIGHT, newest=date(2026, 9, 1))], rows)
    assert found.verdict is Verdict.SUSPECTED


def test_other_dates_that_are_late_too_change_nothing() -> None:
    rows = [row("a", date(2026, 9, 1), NIGHT, others=[date(2026, 8, 30)])]
    [found] = findings([look(1, NIGHT, newest=date(2026, 9, 1))], rows)
    assert found.verdict is Verdict.BREACH


@given(ago=st.integers(0, 40), others=st.booleans())
def test_a_row_without_a_date_accuses_nobody_while_it_may_be_in_time(ago: int, others: bool) -> None:
    """It was published by the day of its first sight; one that stands longer than the limit is late too."""
    undated = row("b", None, NIGHT - timedelta(days=ago), [date(2026, 9, 1)] if others else [])
    rows = [row("a", date(2026, 9, 1), at("2026-09-02")), undated]
    [found] = findings([look(1, NIGHT, newest=date(2026, 9, 1))], rows)
    assert found.verdict is (Verdict.SUSPECTED if ago <= 14 and not others else Verdict.BREACH)


def test_a_row_without_a_date_is_no_update() -> None:
    rows = [row("a", date(2026, 10, 1), NIGHT), row("b", None, NIGHT)]
    assert findings([look(1, NIGHT, newest=date(2026, 10, 1))], rows)[0].newest_on == date(2026, 10, 1)


def test_a_row_whose_date_was_read_at_another_look_is_dated() -> None:
    first, second = days("2026-10-14", 2)
    rows = [row("a", date(2026, 9, 1), first), row("b", None, first), row("b", date(2026, 8, 1), second)]
    looks = [look(1, first, newest=date(2026, 9, 1)), look(2, second, newest=date(2026, 9, 1))]
    assert [f.verdict for f in findings(looks, rows)] == [Verdict.SUSPECTED, Verdict.BREACH]
    late = [rows[0], row("b", date(2026, 8, 1), first), row("b", None, second)]  # its document did not open
    assert [f.verdict for f in findings(looks, late)] == [Verdict.BREACH, Verdict.BREACH]


def test_a_persons_word_settles_rows_without_a_date() -> None:
    nights = days("2026-10-14", 3)
    rows = [row("a", date(2026, 9, 1), nights[0]), row("b", None, nights[0])]
    looks = [
        look(1, nights[0], newest=date(2026, 9, 1)),
        look(2, nights[1], newest=date(2026, 9, 1), kind=LookKind.ATTESTED),
        look(3, nights[2], newest=date(2026, 9, 1)),
    ]
    assert [f.verdict for f in findings(looks, rows)] == [
        Verdict.SUSPECTED, Verdict.BREACH, Verdict.BREACH
    ]  # fmt: skip


def test_a_slip_of_a_future_date_corrected_since_hides_no_lapse() -> None:
    rows = [
        row("a", date(2026, 11, 1), at("2026-09-10")),
        row("a", date(2026, 9, 10), at("2026-09-11")),
    ]
    looks = [
        look(n, at(day), newest=date(2026, 9, 10) if n else date(2026, 9, 1))
        for n, day in enumerate(("2026-09-10", "2026-09-20", "2026-11-02", "2026-12-01"))
    ]
    for order in (rows, rows[::-1]):
        found = findings(looks[1:], order)
        assert [f.verdict for f in found] == [Verdict.OK, Verdict.BREACH, Verdict.BREACH]


def test_a_row_dated_ahead_and_not_seen_on_its_day_accuses_nobody_while_it_would_be_in_time() -> None:
    """It may have been a slip, or an old backup hides it; past its own limit the verdict is the same."""
    rows = [row("a", date(2026, 10, 10), at("2026-10-01")), row("b", date(2026, 9, 20), at("2026-10-01"))]
    when = ["2026-10-03", "2026-10-12", "2026-10-24", "2026-10-25"]
    looks = [look(n, at(day), newest=date(2026, 9, 20)) for n, day in enumerate(when)]
    assert [f.verdict for f in findings(looks, rows)] == [
        Verdict.OK, Verdict.UNKNOWN, Verdict.UNKNOWN, Verdict.BREACH
    ]  # fmt: skip


def test_a_row_dated_ahead_counts_once_a_look_shows_it_also_if_removed_later() -> None:
    rows = [row("a", date(2026, 10, 10), at("2026-10-01")), row("b", date(2026, 9, 20), at("2026-10-01"))]
    looks = [
        look(1, at("2026-10-11"), newest=date(2026, 10, 10)),
        look(2, at("2026-10-12"), newest=date(2026, 9, 20)),
        look(3, at("2026-11-12"), newest=date(2026, 9, 20)),
    ]
    assert [f.verdict for f in findings(looks, rows)] == [Verdict.OK, Verdict.UNKNOWN, Verdict.UNKNOWN]


def test_an_unmodified_page_shows_no_row_dated_ahead_anew() -> None:
    """A 304 repeats what was read before the row's day: neither proof nor a step back."""
    rows = [row("a", date(2026, 10, 2), at("2026-10-01")), row("b", date(2026, 9, 20), at("2026-10-01"))]
    look_304 = look(1, at("2026-10-03"), newest=date(2026, 9, 20), status=304, conditional=True)
    assert [f.verdict for f in findings([look_304], rows)] == [Verdict.OK]


def test_a_row_counts_from_when_it_was_first_seen() -> None:
    nights = days("2026-10-15", 2)
    rows = [row("a", date(2026, 9, 1), nights[0]), row("late", date(2026, 10, 10), nights[1])]
    looks = [look(1, nights[0], newest=date(2026, 9, 1)), look(2, nights[1], newest=date(2026, 10, 10))]
    assert [f.verdict for f in findings(looks, rows)] == [Verdict.BREACH, Verdict.OK]


def test_a_person_may_say_that_the_newest_is_older() -> None:
    nights = days("2026-10-15", 3)
    rows = [row("typo", date(2026, 10, 15), nights[0]), row("a", date(2026, 9, 1), nights[0])]
    looks = [
        look(1, nights[0], newest=date(2026, 10, 15)),
        look(2, nights[1], newest=date(2026, 9, 1), kind=LookKind.ATTESTED),
        look(3, nights[2], newest=date(2026, 9, 1)),
    ]
    assert [f.verdict for f in findings(looks, rows)] == [Verdict.OK, Verdict.BREACH, Verdict.BREACH]


def test_held_runs_and_exemptions_reach_the_finding() -> None:
    rows = [row("a", date(2026, 9, 1), NIGHT)]
    looks = [look(1, NIGHT, newest=date(2026, 9, 1), run=3)]
    [held] = findings(looks, rows, holds={3: "整站改版"})
    assert held.held == "整站改版"
    [exempt] = findings(looks, rows, exempt=((at("2026-10-01"), date(2026, 10, 15)),))
    assert not exempt.accuses
    [over] = findings(looks, rows, exempt=((at("2026-10-01"), date(2026, 10, 14)),))
    assert over.accuses


def test_a_page_in_time_against_a_persons_word_is_for_a_person() -> None:
    """Any good look may acquit: one that shows a date in time at least never accuses by itself."""
    nights = days("2026-10-15", 3)
    rows = [row("typo", date(2026, 10, 15), nights[0]), row("a", date(2026, 9, 1), nights[0])]
    looks = [
        look(1, nights[0], newest=date(2026, 10, 15)),
        look(2, nights[1], newest=date(2026, 9, 1), kind=LookKind.ATTESTED),
        look(3, nights[2], newest=date(2026, 10, 15)),
    ]
    found = findings(looks, rows)
    assert [f.verdict for f in found] == [Verdict.OK, Verdict.BREACH, Verdict.SUSPECTED]
    assert "2026-10-15" in found[-1].why


def test_each_of_several_exemptions_holds_for_its_own_days() -> None:
    rows = [row("a", date(2026, 9, 1), NIGHT)]
    spans = ((at("2026-10-01"), date(2026, 10, 15)), (at("2026-11-01"), date(2026, 11, 30)))
    looks = [look(n, when, newest=date(2026, 9, 1)) for n, when in enumerate((NIGHT, at("2026-11-05")))]
    assert [f.accuses for f in findings(looks, rows, exempt=spans)] == [False, False]


class TestSharedColumn:
    TEST = stale_test(months=6)

    def test_a_units_row_without_a_date_is_for_a_person(self) -> None:
        rows = [row("a", None, at("2026-10-02"))]
        seen = look(1, at("2026-10-15"), newest=date(2026, 10, 14))
        [found] = findings([seen], rows, test=self.TEST, units_of={"a": frozenset({"u"})})
        assert found.verdict is Verdict.SUSPECTED
        [other] = findings([seen], rows, test=self.TEST, units_of={"a": frozenset({"v"})})
        assert other.verdict is Verdict.BREACH

    @pytest.mark.parametrize(
        "more", [{"covered": False}, {"state": PageState.EMPTY}, {"state": PageState.UNDATED}]
    )
    def test_what_a_list_did_not_show_whole_accuses_nobody(self, more: dict[str, object]) -> None:
        """The unit's old row proves nothing while newer ones may stand where the look did not reach."""
        night = at("2026-10-15")
        rows = [row("a", date(2026, 1, 1), at("2026-02-01"))]
        seen = look(1, night, newest=date(2026, 10, 14), **more)  # type: ignore[arg-type]
        found = findings([seen], rows, test=self.TEST, units_of={"a": frozenset({"u"})})
        assert [f.verdict for f in found] == [Verdict.UNKNOWN]

    def test_a_row_in_time_acquits_whatever_the_list_shows_now(self) -> None:
        night = at("2026-10-15")
        rows = [row("a", date(2026, 10, 1), at("2026-10-02"))]
        seen = look(1, night, newest=date(2026, 10, 14), covered=False)
        found = findings([seen], rows, test=self.TEST, units_of={"a": frozenset({"u"})})
        assert [f.verdict for f in found] == [Verdict.OK]

    def test_a_row_whose_own_page_is_in_time_is_for_a_person(self) -> None:
        """Undated in the list, or dated otherwise: a trusted date in time allows no breach (§4.6)."""
        night = at("2026-10-15")
        rows = [row("a", None, at("2026-10-02"), others=[date(2026, 10, 1)])]
        seen = look(1, night, newest=date(2026, 10, 14))
        found = findings([seen], rows, test=self.TEST, units_of={"a": frozenset({"u"})})
        assert [f.verdict for f in found] == [Verdict.SUSPECTED]

    def test_a_list_gone_back_in_time_says_nothing_of_any_unit(self) -> None:
        """An old copy of the page may hide what this unit published since."""
        nights = days("2026-10-15", 2)
        rows = [row("mine", date(2026, 4, 15), nights[0]), row("other", date(2026, 10, 14), nights[0])]
        looks = [
            look(1, nights[0], newest=date(2026, 10, 14)),
            look(2, nights[1], newest=date(2026, 9, 20)),
        ]
        owners = {"mine": frozenset({"u"}), "other": frozenset({"v"})}
        found = findings(looks, rows, test=self.TEST, units_of=owners)
        assert [one.verdict for one in found] == [Verdict.OK, Verdict.UNKNOWN]

    def judged(self, units_of: dict[str, frozenset[str]], *, covered: bool = True) -> dict[str, Verdict]:
        rows = [row("a", date(2026, 10, 1), NIGHT), row("b", date(2026, 2, 1), NIGHT)]
        looks = [look(1, NIGHT, newest=date(2026, 10, 1), covered=covered)]
        return {
            unit: findings(looks, rows, test=self.TEST, unit=unit, units_of=units_of)[0].verdict
            for unit in ("fresh", "silent")
        }

    def test_rows_count_for_their_publisher(self) -> None:
        known = {"a": frozenset({"fresh"}), "b": frozenset({"silent"})}
        assert self.judged(known) == {"fresh": Verdict.OK, "silent": Verdict.BREACH}

    def test_nobody_is_stale_while_a_publisher_in_the_window_is_unknown(self) -> None:
        assert set(self.judged({"b": frozenset({"silent"})}).values()) == {Verdict.UNKNOWN}

    def test_unknown_publishers_before_the_window_do_no_harm(self) -> None:
        known = {"a": frozenset({"fresh"})}
        assert self.judged(known) == {"fresh": Verdict.OK, "silent": Verdict.BREACH}

    def test_a_window_not_covered_accuses_nobody(self) -> None:
        known = {"a": frozenset({"fresh"}), "b": frozenset[str]()}
        assert self.judged(known, covered=False) == {"fresh": Verdict.OK, "silent": Verdict.UNKNOWN}


class TestDirectory:
    TEST = Test(id="A1-10", clause_id="A1-10", item="目录", mode=TEST.mode, monitor="directory.open")

    @pytest.mark.parametrize(
        ("state", "status", "rows", "want"),
        [
            (PageState.OK, 200, 3, Verdict.OK),
            (PageState.UNDATED, 200, 3, Verdict.OK),
            (PageState.EMPTY, 200, 0, Verdict.SUSPECTED),
            (PageState.FAILED, 404, 0, Verdict.SUSPECTED),
            (PageState.SOFT_404, 200, 0, Verdict.SUSPECTED),
            (PageState.FAILED, 503, 0, Verdict.UNKNOWN),
            (PageState.BLOCKED, 200, 0, Verdict.UNKNOWN),
            (PageState.FAILED, None, 0, Verdict.UNKNOWN),
        ],
    )
    def test_first_look(self, state: PageState, status: int | None, rows: int, want: Verdict) -> None:
        [found] = findings([look(1, NIGHT, state=state, status=status, rows=rows)], [], test=self.TEST)
        assert found.verdict is want
        assert found.accuses is (status in {200, 404})

    def test_one_that_worked_before_and_is_gone_is_unknown(self) -> None:
        looks = [
            look(1, NIGHT),
            look(2, NIGHT + timedelta(days=1), state=PageState.FAILED, status=404, rows=0),
        ]
        assert findings(looks, [], test=self.TEST)[1].verdict is Verdict.UNKNOWN

"""S11: vetoes are hit, not hit, or unknown; silence is never "not hit"."""

from datetime import date, timedelta

import pytest

from domain.findings import Verdict
from domain.vetoes import (
    Check,
    ColumnFact,
    Group,
    Hit,
    Indicator,
    Looker,
    MediaFact,
    SiteFacts,
    Visits,
)
from scoring.vetoes import of_media, of_site, veto_results

DAY = date(2026, 9, 30)
W2 = Check(look=Looker.SITE_UNREACHABLE, limits={"days": 7, "visits": 20, "seconds": 15, "percent": 5})
NEWS = Group(kinds=("动态",), days=14)
NOTICES = Group(kinds=("通知公告",), months=6)
W4 = Check(look=Looker.COLUMNS_OVERDUE, limits={"count": 2}, groups=(NEWS, NOTICES))


def indicator(*checks: Check, about: str = "网站") -> Indicator:
    return Indicator(id="W1", object=about, item="i", threshold="t", checks=checks)


def site(*columns: ColumnFact, visits: dict[date, Visits] | None = None) -> SiteFacts:
    return SiteFacts(name="portal", day=DAY, columns=columns, visits=visits or {})


def column(newest: date | None, kind: str = "动态", **more: object) -> ColumnFact:
    return ColumnFact(name="c", kind=kind, **{"read": True, "newest_on": newest, **more})  # type: ignore[arg-type]


def week(made: int, failed: int) -> dict[date, Visits]:
    return {DAY - timedelta(days=n): Visits(made=made, failed=failed) for n in range(7)}


@pytest.mark.parametrize(
    ("visits", "want"),
    [
        (week(20, 1), Hit.HIT),  # 5 % is enough
        (week(21, 1), Hit.NOT_HIT),
        (week(19, 19), Hit.UNKNOWN),  # too few visits
        ({}, Hit.UNKNOWN),
        (dict(list(week(100, 50).items())[:6]), Hit.UNKNOWN),  # a day is missing
    ],
)
def test_unreachable_needs_a_week_of_enough_visits(visits: dict[date, Visits], want: Hit) -> None:
    assert of_site(indicator(W2), site(visits=visits)).hit is want


@pytest.mark.parametrize(
    ("columns", "want"),
    [
        ((column(date(2026, 9, 15)), column(date(2026, 9, 15))), Hit.HIT),  # 15 days
        ((column(date(2026, 9, 16)), column(date(2026, 9, 15))), Hit.NOT_HIT),  # 14 days are in time
        ((column(date(2026, 9, 15)), column(date(2026, 3, 29), "通知公告")), Hit.HIT),
        ((column(date(2026, 9, 15)), column(date(2026, 3, 30), "通知公告")), Hit.NOT_HIT),
        ((column(date(2026, 9, 15)), column(None, read=False)), Hit.UNKNOWN),
        ((column(None), column(None)), Hit.HIT),  # read, and no date: not updated
        ((column(None, "重点领域"), column(None, "重点领域")), Hit.NOT_HIT),  # not of these kinds
    ],
)
def test_overdue_columns_are_counted_with_the_open_ones_in_mind(
    columns: tuple[ColumnFact, ...], want: Hit
) -> None:
    assert of_site(indicator(W4), site(*columns)).hit is want


def test_blank_and_neglected_columns() -> None:
    blank = Check(look=Looker.COLUMNS_BLANK, limits={"count": 1})
    neglected = Check(look=Looker.COLUMNS_NEGLECTED, limits={"count": 1})
    assert of_site(indicator(blank), site(column(None, blank=True))).hit is Hit.HIT
    assert of_site(indicator(blank), site(column(DAY))).hit is Hit.NOT_HIT
    assert of_site(indicator(neglected), site(column(DAY, late=True, has_clock=True))).hit is Hit.HIT
    assert of_site(indicator(neglected), site(column(DAY, late=True))).hit is Hit.NOT_HIT


def test_a_still_site_must_have_been_read_whole() -> None:
    still = Check(look=Looker.SITE_STILL, limits={"days": 14})
    old, new = column(date(2026, 9, 15)), column(date(2026, 9, 16))
    assert of_site(indicator(still), site(old)).hit is Hit.HIT
    assert of_site(indicator(still), site(old, new)).hit is Hit.NOT_HIT
    assert of_site(indicator(still), site(old, column(None, read=False))).hit is Hit.UNKNOWN
    assert of_site(indicator(still), site()).hit is Hit.UNKNOWN


def test_any_check_hits_and_any_open_one_leaves_it_open() -> None:
    both = indicator(W2, W4)
    late = site(column(date(2026, 9, 1)), column(date(2026, 9, 1)))
    assert of_site(both, late).hit is Hit.HIT  # W2 unknown, W4 hit
    assert of_site(both, site(column(DAY))).hit is Hit.UNKNOWN


SILENT = Check(look=Looker.MEDIA_SILENT, limits={"days": 14})
BROKEN = Check(look=Looker.MEDIA_BROKEN)


@pytest.mark.parametrize(
    ("verdict", "newest", "recent", "app", "want"),
    [
        (Verdict.BREACH, date(2026, 9, 15), True, False, Hit.HIT),
        (Verdict.OK, date(2026, 9, 16), True, False, Hit.NOT_HIT),
        (Verdict.OK, date(2026, 9, 16), False, False, Hit.NOT_HIT),  # a post in time, whenever seen
        (Verdict.OK, date(2026, 9, 10), False, False, Hit.UNKNOWN),  # in time then, not looked at since
        (Verdict.UNKNOWN, date(2026, 9, 1), True, False, Hit.UNKNOWN),  # partial feed
        (None, None, False, False, Hit.UNKNOWN),
        (Verdict.BREACH, None, True, True, Hit.HIT),
        (Verdict.OK, None, True, True, Hit.NOT_HIT),
        (Verdict.OK, None, False, True, Hit.UNKNOWN),
        (Verdict.UNKNOWN, None, True, True, Hit.UNKNOWN),
    ],
)
def test_media(verdict: Verdict | None, newest: date | None, recent: bool, app: bool, want: Hit) -> None:
    fact = MediaFact(name="m", day=DAY, app=app, verdict=verdict, recent=recent, newest_on=newest)
    assert of_media(indicator(SILENT, BROKEN, about="政务新媒体"), fact).hit is want


def test_what_only_a_person_can_say_is_said_once_and_stays_open() -> None:
    person = indicator()
    found = list(veto_results([person], [site(), site()], []))
    assert [(one.object, one.hit) for one in found] == [("全部网站", Hit.UNKNOWN)]

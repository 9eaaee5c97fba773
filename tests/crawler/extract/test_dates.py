"""Dates as Chinese pages write them."""

from calendar import isleap
from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.dates import (
    compact_date,
    find_dates,
    find_month_days,
    first_date,
    leading_date,
    parse_date,
)
from domain.clock import local_day

DAY = date(2024, 1, 5)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2024-01-05", None),
        ("2024-1-5", None),
        ("2024/01/05", None),
        ("2024.01.05", None),
        ("2024年1月5日", None),
        ("2024 年 01 月 05 日", None),
        ("２０２４－０１－０５", None),
        ("[2024-01-05]", None),
        ("（2024-01-05）", None),
        ("发布日期：2024-01-05", None),
        ("二〇二四年一月五日", None),
        ("二○二四年元月五日", None),
        ("2024-01-05 10:08", "10:08"),
        ("2024-01-05  10:08:30", "10:08:30"),
        ("2024-01-05 10∶08", "10:08"),
        ("2024年01月05日 10时08分", "10:08"),
        ("2024-01-05T10:08:30", "10:08:30"),
        ("2024-01-05-23:59:59", "23:59:59"),
        ("2024年1月5日10时", "10:00"),
        ("2024-01-05 8时整", "08:00"),
        ("2024/1/5 下午3:20", "15:20"),
        ("2024/1/5 3:20:11 PM", "15:20:11"),
        ("2024/1/5 12:05 AM", "00:05"),
        ("2024\u00a0-\u00a001\u00a0-\u00a005", None),
    ],
)
def test_reads_every_form(text: str, time: str | None) -> None:
    found = parse_date(text)
    assert found is not None
    assert (found.on, found.time) == (DAY, time)


@pytest.mark.parametrize(
    ("text", "day", "time"),
    [
        ("2026-09-23T23:30:00.000Z", date(2026, 9, 24), "07:30:00"),
        ("2026-09-23T23:30:00Z", date(2026, 9, 24), "07:30:00"),
        ("2026-09-23T16:00Z", date(2026, 9, 24), "00:00"),
        ("2026-09-23T15:59:59Z", date(2026, 9, 23), "23:59:59"),
        ("2026-09-23T23:30:00.000+0000", date(2026, 9, 24), "07:30:00"),
        ("2026-09-23 23:30:00+00:00", date(2026, 9, 24), "07:30:00"),
        ("2026-09-24T00:00:00Z", date(2026, 9, 24), "08:00:00"),
        ("2026-09-24T07:30:00+08:00", date(2026, 9, 24), "07:30:00"),
        ("2026-09-23T20:00:00-05:00", date(2026, 9, 24), "09:00:00"),
        ("2026-12-31T16:00:00Z", date(2027, 1, 1), "00:00:00"),
        ("2026-09-24T00:30:00.000+09:00", date(2026, 9, 23), "23:30:00"),
    ],
)
def test_a_moment_with_its_zone_is_its_day_in_beijing(text: str, day: date, time: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert (found.on, found.time) == (day, time)


@given(st.integers(700_000_000, 5_000_000_000), st.integers(-12 * 60, 14 * 60))
def test_whatever_the_zone_a_moment_is_the_same_day(seconds: int, minutes: int) -> None:
    at = datetime.fromtimestamp(seconds, timezone(timedelta(minutes=minutes)))
    found = parse_date(at.isoformat())
    assert found is not None
    assert found.on == local_day(at)


@pytest.mark.parametrize(
    "text", ["2026-10-07 23:08-23:30", "2026-10-07 23:08:00-23:30:00", "2026-10-07 23:08"]
)
def test_a_span_of_time_is_no_zone(text: str) -> None:
    found = first_date(text)
    assert found is not None
    assert found.on == date(2026, 10, 7)


NO_DAYS = ["2024-02-30", "2024-13-01", "1-10月", "2024-1.5", "192.168.2024.1.5", "12024-01-05", "2024-01-055"]


@pytest.mark.parametrize("text", [*NO_DAYS, "", "1889-01-05"])
def test_what_is_no_day_is_not_read(text: str) -> None:
    assert first_date(text) is None


@pytest.mark.parametrize("text", ["2024-01-05会议纪要", "第5次会议 2024-01-05", "2024-01-05 至 2024-02-05"])
def test_a_text_that_is_more_than_a_date_is_no_date(text: str) -> None:
    assert first_date(text) is not None
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇一八年四月十九日", date(2018, 4, 19)),
        ("二〇一八年十月十日", date(2018, 10, 10)),
        ("二〇二一年三月三十一日", date(2021, 3, 31)),
        ("二零一九年十二月廿三日", date(2019, 12, 23)),
        ("二○二○年二月二十日", date(2020, 2, 20)),
    ],
)
def test_chinese_numerals(text: str, day: date) -> None:
    found = first_date(f"某某旗人民政府 {text}")
    assert found is not None
    assert found.on == day


def test_dates_come_in_the_order_of_the_text() -> None:
    text = "二〇二四年一月五日印发，2024-02-06公布，2024年3月7日施行"
    assert [one.on.month for one in find_dates(text)] == [1, 2, 3]
    assert [text[one.start : one.end] for one in find_dates(text)][1] == "2024-02-06"


def test_a_date_glued_to_a_number() -> None:
    found = leading_date("2017-10-152017慈溪市运动会")
    assert found is not None
    assert (found.on, found.end) == (date(2017, 10, 15), 10)
    assert leading_date("慈溪2017-10-15") is None


def test_compact_dates() -> None:
    found = compact_date("/202401/t20240105_123.html")
    assert found is not None
    assert found.on == DAY
    assert compact_date("20241305") is None
    assert compact_date("120240105") is None


def test_days_without_a_year_leave_full_dates_alone() -> None:
    text = "2024-01-05 公告 05-06，1-10月，3.5%，7月8日，12.31"
    assert [(one.month, one.day) for one in find_month_days(text)] == [(5, 6), (7, 8), (12, 31)]


FORMS = st.sampled_from(
    [
        "{0}-{1}-{2}",
        "{0}-{1:02}-{2:02}",
        "{0} - {1:02} - {2:02}",
        "{0}/{1}/{2}",
        "{0}/{1:02}/{2:02}",
        "{0}.{1}.{2}",
    ]
    + [
        "{0}.{1:02}.{2:02}",
        "{0}年{1}月{2}日",
        "{0}年{1:02}月{2:02}日",
        "{0} 年 {1} 月 {2} 日",
        "{0}年{1}月{2}号",
    ]
)
WRAPS = st.sampled_from(
    ["{}", "[{}]", "（{}）", "【{}】", "发布日期：{}", "时间：{} ", "\u3000{}\xa0", "日期 {}"]
)
TIMES = st.sampled_from(
    ["", " {h:02}:{m:02}", "  {h:02}:{m:02}:{s:02}", "T{h:02}:{m:02}:{s:02}", " {h}时{m:02}分"]
)
WIDTHS = st.sampled_from(["0123456789-:/.", "０１２３４５６７８９－：／．", "0123456789–∶/."])
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
NUMERALS = "〇一二三四五六七八九"


@given(DAYS, st.times(), FORMS, WRAPS, TIMES, WIDTHS)
def test_every_day_is_read_back(day: date, at: time, form: str, wrap: str, clock: str, width: str) -> None:
    said = form.format(day.year, day.month, day.day) + clock.format(h=at.hour, m=at.minute, s=at.second)
    found = parse_date(wrap.format(said.translate(str.maketrans("0123456789-:/.", width))))
    assert found is not None
    assert found.on == day
    assert (found.time or "")[:5] == (f"{at.hour:02}:{at.minute:02}" if clock else "")


def tens(number: int, twenty: str) -> str:
    ten, one = divmod(number, 10)
    return ["", "十", twenty, "三十"][ten] + (NUMERALS[one] if one else "")


@given(DAYS, st.sampled_from("〇○零"), st.sampled_from(["二十", "廿"]), st.sampled_from(["一", "元"]))
def test_every_day_in_chinese_numerals_is_read_back(day: date, zero: str, twenty: str, january: str) -> None:
    year = "".join(NUMERALS[int(digit)] for digit in str(day.year)).replace("〇", zero)
    month = january if day.month == 1 else tens(day.month, "二十")
    found = parse_date(f"{year}年{month}月{tens(day.day, twenty)}日")
    assert found is not None
    assert found.on == day


@given(DAYS)
def test_every_day_glued_and_compact_is_read_back(day: date) -> None:
    compact = compact_date(f"/art/{day:%Y%m%d}/1.html")
    glued = leading_date(f"{day:%Y-%m-%d}{day.year + 1}年工作要点")
    if day.year < 2100:  # addresses and glued dates are of this age
        assert compact is not None
        assert glued is not None
        assert (compact.on, glued.on) == (day, day)


NO_DAY = st.tuples(
    st.integers(1900, 2199), st.sampled_from([(2, 30), (2, 31), (4, 31), (6, 31), (9, 31), (11, 31)])
)


@given(NO_DAY, FORMS, WRAPS)
def test_a_day_that_does_not_exist_is_never_read(
    day: tuple[int, tuple[int, int]], form: str, wrap: str
) -> None:
    (year, (month, number)) = day
    assert first_date(wrap.format(form.format(year, month, number))) is None
    assert compact_date(f"{year}{month:02}{number:02}") is None
    assert not list(find_month_days(f"[{month:02}-{number:02}]"))


@given(st.integers(1900, 2199).filter(lambda year: not isleap(year)), FORMS)
def test_29_february_is_a_day_of_leap_years_only(year: int, form: str) -> None:
    assert first_date(form.format(year, 2, 29)) is None


@given(st.text(alphabet="0123456789-/.年月日 :：时分一二十〇廿元[]()TAPM", max_size=200))
def test_never_raises_and_places_are_right(text: str) -> None:
    for one in find_dates(text):
        assert 0 <= one.start < one.end <= len(text)
    list(find_month_days(text))
    parse_date(text)
    leading_date(text)
    compact_date(text)

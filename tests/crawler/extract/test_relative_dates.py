"""Dates that rows count from the day of the look."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.relative_dates import is_clock_time, maybe_relative, read_relative

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("今天", 0), ("今日", 0), ("今日 00:20", 0), ("刚刚", 0), ("刚刚发布", 0),
        ("发布时间：今天 10:08", 0),
        ("昨天", 1), ("昨日", 1), ("昨日 09:30", 1), ("[昨天]", 1), ("昨天下午3:20", 1), ("昨天 10时08分", 1),
        ("前天", 2), ("前日 10:08", 2), ("大前天", 3),
        ("5小时前", 0), ("3 小时前", 0), ("半小时前", 0), ("20分钟前", 0), ("几分钟前", 0), ("两个小时前", 0),
        ("3天前", 3), ("1 天前", 1), ("一天前", 1), ("3日前", 3), ("十二天前", 12), ("二十天之前", 20),
        ("1周前", 7), ("两周前", 14), ("1个星期前", 7), ("半个月前", 15), ("6个月前", 180), ("1年前", 365),
    ],
)  # fmt: skip
def test_relative_words_count_from_the_day_of_the_look(text: str, days: int) -> None:
    mark = read_relative(text, TODAY)
    assert maybe_relative(text)
    assert mark is not None
    assert mark.on == TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    "text",
    ["日前", "今日访问：12", "今日鄂托克", "昨日重现", "几天前", "10月前", "2026年前", "前天津市长",
     "会议 昨天", "", "天", "10月7日前", "周三", "999年前"],
)  # fmt: skip
def test_what_is_no_such_word(text: str) -> None:
    assert read_relative(text, TODAY) is None


@given(st.integers(0, 13))
def test_an_entry_within_the_limit_of_two_weeks_never_seems_older(age: int) -> None:
    """A portal shows whole weeks rounded down: the day taken is never before the entry's own."""
    word = f"{age // 7}周前" if age >= 7 else f"{age}天前"
    mark = read_relative(word, TODAY)
    assert mark is not None
    assert mark.on is not None
    assert TODAY - timedelta(days=age) <= mark.on <= TODAY


@pytest.mark.parametrize(
    ("text", "is_time"),
    [("10:32", True), (" [09:15:22] ", True), ("0∶20", True), ("23：59", True), ("00:00", False),
     ("0:00:00", False),
     ("24:10", False), ("10:60", False), ("10:32发布", False), ("1:2", False), ("1032", False)],
)  # fmt: skip
def test_a_time_of_day_alone(text: str, is_time: bool) -> None:
    assert is_clock_time(text) is is_time

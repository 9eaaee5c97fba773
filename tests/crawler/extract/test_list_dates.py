"""Dates as rows show them."""

from datetime import date

import pytest

from crawler.extract.list_dates import (
    NOT_PUBLICATION,
    Shown,
    read_joined,
    read_mark,
    read_plain,
)


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("2026-01-05", "2026-01-05"),
        (" [2026/1/5] ", "2026-01-05"),
        ("（2026.01.05）", "2026-01-05"),
        ("2026年1月5日", "2026-01-05"),
        ("发布时间：2026-01-05 10:08", "2026-01-05"),
        ("发布日期: 2026.01.05", "2026-01-05"),
        ("来源：县财政局 发布时间：2026-01-05 浏览：12次", "2026-01-05"),
        ("成文日期：2025-12-30 发布日期：2026-01-05", "2026-01-05"),
        ("２０２６－０１－０５", "2026-01-05"),
        ("26-01-05", "2026-01-05"),
        ("20260105", "2026-01-05"),
        ("Jan 5, 2026", "2026-01-05"),
        ("2026-01-05 10:08:33", "2026-01-05"),
        ("| 2026-01-05 |", "2026-01-05"),
        ("Mon Jan 05 10:20:30 CST 2026", "2026-01-05"),
        ("发布时间 2026-01-05", "2026-01-05"),
        ("2026年01-05", "2026-01-05"),
        ("2026.01月05日", "2026-01-05"),
        ("2026年1-5 10:08", "2026-01-05"),
        ("2026--01-05", "2026-01-05"),
        ("2026_01_05", "2026-01-05"),
        ("2026·01·05", "2026-01-05"),
        ("2026 01 05", "2026-01-05"),
        ("26年1月5日", "2026-01-05"),
        ("'26-01-05", "2026-01-05"),
        ("2026年1月5日10时", "2026-01-05"),
        ("2026-01-05 星期一", "2026-01-05"),
        ("2026-01-05(星期一)", "2026-01-05"),
        ("2026年1月5日（周一） 10:08", "2026-01-05"),
        ("星期一 2026-01-05", "2026-01-05"),
        ("发布时间：2026-01-05 星期一 浏览：12次", "2026-01-05"),
    ],
)
def test_a_date_alone(text: str, on: str) -> None:
    mark = read_plain(text) or read_mark(text)
    assert mark is not None
    assert (mark.on, mark.shown) == (date.fromisoformat(on), Shown.ALONE)


@pytest.mark.parametrize(
    ("text", "shown", "rest"),
    [
        ("2017-10-152017慈溪养生旅游节隆重开幕", Shown.GLUED, "2017慈溪养生旅游节隆重开幕"),
        ("[2026-01-05]关于公示的通知", Shown.BRACKETED, "关于公示的通知"),
        ("2020年12月8日教育体育报道(2020-12-08)", Shown.BRACKETED, "2020年12月8日教育体育报道"),
        ("关于公示的通知 2026-01-05", Shown.GLUED, "关于公示的通知"),
        ("2025年度部门决算公开 2026-01-05", Shown.GLUED, "2025年度部门决算公开"),
        ("今日关注：供热服务 [2026-01-05]", Shown.BRACKETED, "今日关注：供热服务"),
    ],
)
def test_a_date_at_the_edge_of_a_title(text: str, shown: Shown, rest: str) -> None:
    mark = read_mark(text)
    assert mark is not None
    assert mark.shown is shown
    assert (text[: mark.start] + text[mark.end :]).strip() == rest


@pytest.mark.parametrize(
    "text",
    [
        "2020年12月8日教育体育报道",
        "今天是2026年11月24日 星期二",
        "会议于2026年3月5日召开，听取了有关工作情况的汇报，并研究部署下一阶段任务",
        "关于2026年1月5日至2月8日停水的公告",
        "2026-01-05至2026-02-05停水公告",
        "停水公告（2026-01-05至2026-02-05）",
        "信访件14-12处理情况",
        "比例为3.5",
        "2026-02-30",
        "0471-12345678",
        "13-45",
        "",
        "会议通知 2026年10月7日 星期三",
        "会议通知 2026-10-07 周三",
        "2026年11月24日 星期二 多云",
        "今天是2026年11月24日星期二 农历十月",
        "关于2026年10月7日（周三）停水的通知",
        "2026-1007",
        "2026-10 12",
        "2026 5 10",
        "10/07/2026",
        "26年10月",
    ],
)
def test_what_is_no_row_date(text: str) -> None:
    assert read_mark(text) is None


@pytest.mark.parametrize(
    "text", ["征集时间：2026-01-05 至 2026-02-05", "2026-01-05 至 2026-02-05", "截止日期：2026-01-05"]
)
def test_days_for_taking_part_are_read_and_said_to_be_none_of_publication(text: str) -> None:
    mark = read_mark(text)
    assert mark is not None
    assert NOT_PUBLICATION.search(mark.label)


@pytest.mark.parametrize(
    "text",
    [
        "01-05 (周一)",
        "周一 01-05",
        "1月5日（星期一）",
        "01-05",
        "[01-05]",
        "1月5日",
        "01.05",
        "01/05",
        "(01-05)",
    ],
)
def test_a_day_without_a_year_has_none(text: str) -> None:
    mark = read_mark(text)
    assert mark is not None
    assert (mark.year, mark.month, mark.day, mark.on) == (0, 1, 5, None)


@pytest.mark.parametrize(
    ("pieces", "on"),
    [
        (["05", "2026-01"], (2026, 1, 5)),
        (["2026.01", "05"], (2026, 1, 5)),
        (["2026年1月", "5日"], (2026, 1, 5)),
        (["01-05", "2026"], (2026, 1, 5)),
        (["2026", "01-05"], (2026, 1, 5)),
        (["2026", "-", "01", "-", "05"], (2026, 1, 5)),
        (["05", "1月"], (0, 1, 5)),
        (["05", "1月", "2026"], (2026, 1, 5)),
    ],
)
def test_a_date_spread_over_elements(pieces: list[str], on: tuple[int, int, int]) -> None:
    mark = read_joined(pieces)
    assert mark is not None
    assert (mark.year, mark.month, mark.day) == on

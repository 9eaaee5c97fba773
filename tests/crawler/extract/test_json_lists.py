"""Answers of list interfaces: days of moments, and answers that failed."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from crawler.extract.json_errors import says_failed
from crawler.extract.list_page import read_list
from domain.readings import ListReading, PageState

SEEN_AT = datetime(2026, 10, 8, 4, 0, tzinfo=UTC)
TITLES = ["全县秋季农业生产工作会议召开", "县政府办公室组织开展集中学习", "关于开展安全生产大检查的通知"]


def read(document: Any) -> ListReading:
    body = json.dumps(document, ensure_ascii=False).encode()
    return read_list(body, "http://www.example.gov.cn/api/list", seen_at=SEEN_AT)


def rows(moments: list[Any]) -> list[dict[str, Any]]:
    return [
        {"title": title, "url": f"/dt/{at}.html", "publishTime": moment}
        for at, (title, moment) in enumerate(zip(TITLES, moments, strict=True))
    ]


@pytest.mark.parametrize(
    "moments",
    [
        ["2026-09-23T23:30:00.000Z", "2026-09-11T16:00:00.000Z", "2026-09-01T01:00:00.000Z"],
        ["2026-09-23T23:30:00.000+0000", "2026-09-12T00:00:00.000+0000", "2026-09-01T15:59:00.000+0000"],
        ["2026-09-24T07:30:00+08:00", "2026-09-12T00:00:00+08:00", "2026-09-01 23:59:59"],
        [1790206200000, 1789142400, "1788192000000"],
    ],
)
def test_moments_are_days_in_beijing(moments: list[Any]) -> None:
    found = [row.published_on for row in read({"code": 0, "data": {"list": rows(moments)}}).rows]
    assert found == [date(2026, 9, 24), date(2026, 9, 12), date(2026, 9, 1)]


FAILED: list[dict[str, Any]] = [
    {"code": 500, "data": []},
    {"code": "500", "msg": "系统异常", "data": []},
    {"code": 401, "message": "token失效", "rows": []},
    {"code": 50014, "data": {"list": []}},
    {"success": False, "data": {"list": []}},
    {"success": "false", "message": "请求过于频繁", "data": {"list": []}},
    {"status": -1, "errmsg": "系统繁忙", "result": []},
    {"status": "error", "rows": []},
    {"head": {"code": "-1"}, "data": []},
    {"code": 0, "msg": "查询失败，请稍后再试", "list": []},
    {"code": 404, "msg": "查询失败，没有数据", "list": []},
    {"error": "Internal Server Error", "data": []},
    {"timestamp": "2026-10-08", "status": 503, "error": "Service Unavailable", "data": []},
]


@pytest.mark.parametrize("answer", FAILED)
def test_an_answer_that_failed_is_no_empty_list(answer: dict[str, Any]) -> None:
    assert read(answer).state is PageState.FAILED


@pytest.mark.parametrize(
    "said",
    [
        {},
        *({"code": code} for code in (0, 1, 200, "0", "200", "0000", "success", "SUCCESS", 10000, None, "")),
        {"code": 200, "success": True, "msg": "操作成功", "error": None, "errors": []},
        {"status": 1, "errcode": 0, "errmsg": "ok", "error": False},
        {"ret": 0, "message": "查询成功，没有错误"},
        {"code": 404, "msg": "暂无数据"},
        {"success": False, "message": "没有相关信息"},
        {"state": "normal", "desc": "经营异常名录"},
    ],
)
def test_an_answer_that_told_of_no_rows_is_an_empty_list(said: dict[str, Any]) -> None:
    assert not says_failed(said | {"data": []})
    assert read(said | {"data": [], "total": 0}).state is PageState.EMPTY


@pytest.mark.parametrize("answer", FAILED)
def test_an_answer_with_rows_is_read_whatever_its_code(answer: dict[str, Any]) -> None:
    reading = read(answer | {"items": rows(["2026-09-24", "2026-09-12", "2026-09-01"])})
    assert reading.state is PageState.OK

"""Columns proposed from portals' pages: a folder a case (page.html, expected.json); the rules of kinds."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.discover import discover
from crawler.extract.discover_kinds import clock_of, guess_kind, hub_rank
from crawler.extract.discover_links import absolute, page_key
from crawler.extract.discover_reading import PortalReading, Where, merged, own_page, with_type
from domain.readings import PageState
from domain.units import CLOCK_OF, ColumnKind

PORTALS = sorted((Path(__file__).parents[2] / "fixtures" / "portals").iterdir())
URL = "http://www.town.example/"


def opened(folder: Path) -> tuple[PortalReading, dict[str, Any]]:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    text = (folder / "page.html").read_text(encoding="utf-8")
    return discover(text.encode(expected.get("charset", "utf-8")), expected["url"]), expected


@pytest.mark.parametrize("folder", PORTALS, ids=lambda folder: folder.name)
def test_proposes_the_columns_of_a_portal(folder: Path) -> None:
    reading, expected = opened(folder)
    assert reading.state is PageState.OK
    found = {(one.name, one.url, one.kind) for one in reading.proposed if one.kind}
    wanted = {
        (name, urljoin(expected["url"], href), ColumnKind(kind)) for name, href, kind in expected["columns"]
    }
    assert found == wanted
    assert {one.name for one in reading.proposed if one.kind is None} == set(expected["unclassified"])


@pytest.mark.parametrize("folder", PORTALS, ids=lambda folder: folder.name)
def test_says_where_under_what_and_what_was_left_out(folder: Path) -> None:
    reading, expected = opened(folder)
    by_name = {one.name: one for one in reading.proposed}
    assert {name: by_name[name].under for name in expected.get("under", {})} == expected.get("under", {})
    assert [one.name for one in reading.proposed if one.other_host] == expected.get("other_hosts", [])
    assert list(reading.frames) == expected.get("frames", [])
    assert list(reading.scripted) == expected.get("scripted", [])
    assert expected.get("left_out", {}).items() <= dict(reading.left_out).items()
    assert all(one.why for one in reading.proposed)


def test_each_address_is_proposed_once() -> None:
    for folder in PORTALS:
        keys = [page_key(one.url) for one in opened(folder)[0].proposed]
        assert len(keys) == len(set(keys))


def test_channel_page_is_a_column_by_its_own_column_type() -> None:
    reading, expected = opened(next(one for one in PORTALS if one.name == "channel_page"))
    own = own_page(reading, expected["url"])
    assert own is not None
    assert [own.name, own.kind, own.where] == [*expected["own"], Where.PAGE]
    assert "ColumnType" in own.why


KINDS = {
    "通知公告": "县级公告 通知公告 公示公告 政府公告",
    "": (
        "招聘公告 土地公告 政府公报 统计公报 政策文件及解读 解读回应 网站年度报表 工作报告 领导信箱"
        " 中国青年报 县政务服务管理办公室 服务评价公示 办事服务评价 开奖公告 停水公告 党建动态"
        " 各地动态 市场动态 图说美景"
        " 领导活动 国务院要闻 自治区动态 图片新闻 新闻发布会 义务教育 机构职能 政务公开"
    ),
    "政策文件": "政府办公室文件 政策文件 政策法规",
    "规范性文件": "规范性文件 规范性文件库",
    "政策解读": "政策解读",
    "回应关切": "回应关切 舆情回应",
    "年报": "政府信息公开年度报告",
    "信息公开目录": "部门信息公开目录 政府信息公开目录 法定主动公开内容",
    "领导信息": "领导之窗 领导风采 教育局领导 镇长",
    "动态": "工作动态",
    "预决算": "部门预决算 “三公”经费",
    "调查征集": "网上调查",
    "在线访谈": "在线访谈",
    "办事服务": "办事指南 网上办事大厅 办事",
    "重点领域": "重点领域信息公开",
}
"""Kind → names that mean it; "" → names that mean none."""


@pytest.mark.parametrize(("name", "kind"), [(n, kind) for kind, said in KINDS.items() for n in said.split()])
def test_a_kind_is_given_for_words_only(name: str, kind: str) -> None:
    guess = guess_kind(name)
    assert (guess.kind or "") == kind
    assert guess.why


def test_fields_are_key_areas_only_below_a_heading_that_says_so() -> None:
    assert guess_kind("义务教育", under="重点领域信息公开").kind is ColumnKind.KEY_AREAS
    assert guess_kind("义务教育", under="个人办事").kind is None


def test_a_service_among_the_key_areas_is_no_service_column() -> None:
    assert guess_kind("公共服务", under="重点领域信息公开").kind is None
    assert guess_kind("公共服务").kind is ColumnKind.SERVICES


def test_names_lose_what_decorates_them() -> None:
    page = "<div class=nav><a href='/a/'>· 通知公告（试行）</a><a href='/b/'>【预决算】</a></div>"
    assert [one.name for one in discover(page.encode(), URL).proposed] == ["通知公告", "预决算"]


def test_a_more_behind_many_links_has_the_heading_before_them() -> None:
    mores = "".join(f"<a href='/{at}/'>更多</a>" for at in range(2))
    pages = "".join(f"<a href='/p{at}/'>{at}</a>" for at in range(7))
    block = f"<div><span>今日要闻</span><i>通知公告</i></div><p>{mores}{pages}<a href='/3/'>更多</a></p>"
    names = {one.url: one.name for one in discover(block.encode(), URL).proposed}
    assert names[f"{URL}3/"] == "今日要闻"


def test_a_page_full_of_links_is_no_challenge() -> None:
    wall = "<p>昨日共有三次访问被拦截</p>"
    assert discover(f"{wall}<a href='/x/'>返回上页</a>".encode(), URL).state is PageState.BLOCKED
    links = "".join(f"<li><a href='/c{at}/'>栏目{at}号</a></li>" for at in range(12))
    assert discover(f"{wall}{links}".encode(), URL).state is PageState.OK


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("通知公告-青河县水务局", ColumnKind.ANNOUNCEMENTS),
        ("通知\x06公告_青河", ColumnKind.ANNOUNCEMENTS),
        ("青河县水务局", None),
    ],
)
def test_a_page_is_called_as_its_title_begins(title: str, kind: ColumnKind | None) -> None:
    reading = discover(f"<title>{title}</title><a href='/x/'>首页导航</a>".encode(), URL)
    own = own_page(reading, f"{URL}tzgg/")
    assert (own.kind if own else None) is kind
    assert own is None or own.name == "通知公告"
    assert own_page(reading, URL) is None


def test_column_type_speaks_where_the_name_does_not() -> None:
    assert guess_kind("园区快报", column_type="工作动态").kind is ColumnKind.NEWS
    assert guess_kind("新闻发布会", column_type="工作动态").kind is None
    contradicted = guess_kind("通知公告", column_type="工作动态")
    assert contradicted.kind is ColumnKind.ANNOUNCEMENTS
    assert "请核对" in contradicted.why


def test_a_proposed_clock_is_the_one_the_registry_would_take() -> None:
    assert clock_of(ColumnKind.NEWS) == "14d"
    assert clock_of(ColumnKind.KEY_AREAS) == "6m"  # annex 1 gives it no period: the rubric file's setting
    assert clock_of(ColumnKind.LEADERS) == "none"
    assert {kind: clock_of(kind) for kind in CLOCK_OF} == dict(CLOCK_OF)


def test_channels_worth_a_request() -> None:
    assert hub_rank("政府信息公开") == 0
    assert hub_rank("互动交流") == 1
    assert hub_rank("政府信息公开指南") is None
    assert hub_rank("联系我们") is None


@pytest.mark.parametrize(
    "href",
    [
        "#top",
        "javascript:go(1)",
        "mailto:a@b.cn",
        "",
        "tel:110",
        "http://[bad/",
        "ftp://x.example/",
        "http://u:p@x.example/",
        "http://x.example:port/",
        "/a b",
    ],
)
def test_no_column_behind_scripts_anchors_and_broken_addresses(href: str) -> None:
    assert absolute(href, URL) is None


def test_one_page_has_one_key() -> None:
    same = ["http://www.x.example/a/", "https://x.example/a/index.shtml", "http://X.example:80/a"]
    assert len({page_key(url) for url in same}) == 1
    assert page_key("http://x.example/a?id=1") != page_key("http://x.example/a?id=2")


def test_of_two_names_for_an_address_the_classified_one_wins() -> None:
    page = '<div class="nav"><a href="/a/">往期回顾</a></div><h3><a href="/a/">在线访谈</a></h3>'
    [one] = discover(page.encode(), URL).proposed
    assert (one.name, one.kind) == ("在线访谈", ColumnKind.INTERVIEWS)
    assert "往期回顾" in one.why
    assert merged([one, one]) == [one]


def test_columns_own_page_may_name_its_kind() -> None:
    [column] = discover('<a href="/kb/">园区快报</a>'.encode(), URL).proposed
    typed = with_type(column, "工作动态")
    assert (typed.kind, typed.clock) == (ColumnKind.NEWS, "14d")
    assert with_type(column, "其他") == column


@pytest.mark.parametrize(
    ("page", "status", "state"),
    [
        ("<html><head><meta http-equiv='refresh' content='0;url=/new/'></head></html>", 200, PageState.SHELL),
        ("<title>404 页面不存在</title><p>您访问的页面不存在</p>", 200, PageState.SOFT_404),
        ("<div id='app'></div><script src='app.js'></script>", 200, PageState.SHELL),
        ("<p>你好</p>", 200, PageState.FAILED),
        ("<a href='/a/'>通知公告</a>", 500, PageState.FAILED),
        ("", 200, PageState.FAILED),
    ],
)
def test_says_why_there_are_no_columns(page: str, status: int, state: PageState) -> None:
    reading = discover(page.encode(), URL, status=status)
    assert reading.state is state
    assert reading.why


def test_stub_says_where_it_leads() -> None:
    page = b"<html><head><meta http-equiv='refresh' content='0;url=/new/'></head></html>"
    assert discover(page, URL).next_url == URL + "new/"


PIECES = st.sampled_from(
    [
        "<a href='/x/'>",
        "</a>",
        "<ul>",
        "<li>",
        "</ul>",
        "<div class='nav'>",
        "</div>",
        "<h3>",
        "</h3>",
        "更多",
        "通知公告",
        "<a href='//[/'>",
        "<img alt='工作动态' src='more.gif'>",
        "<base href='::'>",
        "<!--",
        "-->",
        "<script>",
        "{name:'预算',url:'/y/'}",
        "</script>",
        "<meta name=ColumnType content='x'>",
        "当前位置：",
        "<iframe src='?'>",
        "</html>",
        "&#0;",
        "\x00",
        "﻿",
        "2026-01-01",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=60))
def test_never_raises_on_broken_pages(pieces: list[str]) -> None:
    reading = discover("".join(pieces).encode("utf-8", "replace"), URL)
    for one in reading.proposed:
        assert one.name.isprintable()
        assert one.url.startswith("http")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_never_raises_on_any_bytes(body: bytes) -> None:
    discover(body, URL)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "<a href='/a/'>通知公告</a>",
        "<a class=more href='/a/'></a>" * 20_000,
        "<ul>" + "<li><a href='/%d/'>通知公告</a>" * 20_000,
        "<table><tr>" + "<td onclick=\"go('/a/')\">通知公告" * 20_000,
        "<a href='" + "x" * 3_000_000 + "'>通知公告</a>",
        "<script>" + "{name:" * 200_000 + "</script>",
        "<div class=more>" * 5_000 + "<p>字</p>" * 50_000,
    ],
    ids=["deep", "more", "flat", "clicks", "long", "braces", "wide"],
)
@pytest.mark.timeout(60)
def test_hostile_pages_end(page: str) -> None:
    discover(page.encode(), URL)

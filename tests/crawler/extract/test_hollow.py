"""Empty columns, empty places that a script is to fill, and sites that could not answer."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.list_page import read_list
from domain.readings import ListReading, PageState

SEEN_AT = datetime(2026, 10, 8, 4, 0, tzinfo=UTC)
ORDINARY = [
    "/static/js/jquery-1.9.1.min.js",
    "/statics/js/swiper-bundle.min.js",
    "../../images/jquery.SuperSlide.2.1.1.js",
    "/js/share.js",
    "https://hm.baidu.com/hm.js?5e1f",
    "//dcs.conac.cn/js/24/356/2168/CA243562168.js",
    "http://pucha.kaipuyun.cn/exposure/jiucuo.js",
    "/js/common.js",
    "/images/public.js",
    "/template/js/head.js",
    "/js/10000001.js",
    "data:,_data_uri_useable=1",
]
"""What a portal loads on every page."""
BLOCK = (
    '<div class="box"><h3>通知公告<a href="/tzgg/">更多&gt;&gt;</a></h3><ul class="zc">'
    + "".join(
        f'<li><a href="/tzgg/{at}.html">关于做好第{at}项工作的通知</a><span>2026-08-{20 - at}</span></li>'
        for at in range(6)
    )
    + "</ul></div>"
)


def read(place: str, scripts: list[str] | None = None, footer: str = "") -> ListReading:
    head = "".join(f'<script src="{one}"></script>' for one in scripts or [])
    page = (
        f'<html><head><meta charset="utf-8"><title>工作动态_示例县人民政府</title>{head}</head><body>'
        '<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="./">工作动态</a></div>'
        f'<div class="main"><div class="tit"><h2>工作动态</h2></div>{place}</div>'
        '<div class="db"><p>主办：示例县人民政府办公室　承办：示例县大数据中心　地址：示例县人民路一号</p>'
        f"<p>网站标识码：1506240001　蒙ICP备05000000号</p>{footer}</div></body></html>"
    )
    return read_list(page.encode(), "http://www.example.gov.cn/dt/", seen_at=SEEN_AT)


EMPTIES = [
    '<div class="list"><p>暂无信息</p></div>',
    '<ul class="list"></ul><p class="none">暂无内容</p>',
    '<div class="list">该栏目下暂无数据！</div>',
    '<ul class="list"></ul>',
    '<table class="list"><tr><th>标题</th><th>发布时间</th></tr></table>',
    '<div class="list"><p>栏目正在建设中，敬请期待！</p></div>',
]


@given(place=st.sampled_from(EMPTIES), scripts=st.lists(st.sampled_from(ORDINARY), max_size=8))
def test_an_empty_column_is_empty_whatever_every_page_of_its_portal_loads(
    place: str, scripts: list[str]
) -> None:
    reading = read(place, scripts)
    assert reading.state is PageState.EMPTY, reading.why


@pytest.mark.parametrize("script", ["/js/list.js", "/js/app.js", "/js/xxgk_data.js"])
def test_a_column_that_says_it_is_empty_is_believed_beside_a_script(script: str) -> None:
    assert read(EMPTIES[0], [script]).state is PageState.EMPTY


TABLE = '<table class="list"><tr><th>标题</th><th>发布时间</th></tr>{}</table>'


@pytest.mark.parametrize(
    ("place", "scripts"),
    [
        ('<ul class="list"></ul>', ["/js/list.js"]),
        ('<ul class="list"></ul>', ["/static/js/newsList.min.js?v=3"]),
        ('<ul class="list"></ul>', ["/static/js/app.8f3a.js"]),
        ('<ul class="list" id="list"></ul>', ["/js/common.js"]),
        ('<ul class="list" id="list"></ul><div id="pageDec" pageSize="15"></div>', ["/js/page.js"]),
        ('<ul class="list"></ul><script src="/js/jz.js"></script>', []),
        ('<ul class="list" id="rows"></ul><script>fill("#rows", 12)</script>', []),
        ('<ul class="list" id="list"></ul><div>共 <span>0</span> 条</div>', ["/js/app.js"]),
        (TABLE.format('<tbody id="tb"></tbody>'), ["/js/common.js"]),
        (TABLE.format(""), ["/js/list.js"]),
        (TABLE.format("") + '<script>$.ajax({url: "/api/rows"})</script>', []),
    ],
)
def test_an_empty_place_with_a_script_to_fill_it_is_a_shell(place: str, scripts: list[str]) -> None:
    reading = read(place, ["/js/jquery.min.js", *scripts])
    assert reading.state is PageState.SHELL, reading.why
    assert "浏览器" in reading.why


def test_tools_do_not_fill_a_list_that_has_an_id() -> None:
    tools = [one for one in ORDINARY if not one.endswith(("common.js", "public.js", "10000001.js"))]
    assert read('<ul class="list" id="list"></ul>', tools).state is PageState.EMPTY


def test_another_columns_block_below_a_place_for_a_script_is_not_read() -> None:
    reading = read(f'<ul class="list" id="list"></ul>{BLOCK}', ["/js/list.js"])
    assert (reading.state, reading.rows) == (PageState.SHELL, ())


TROUBLES = [
    "您的操作过于频繁，请稍后再试。暂无数据",
    "您访问的速度太快，访问受限，暂无数据",
    "数据库连接失败，没有找到相关数据",
    "数据加载失败，暂无数据",
    "网站正在升级改造，内容整理中，给您带来不便敬请谅解",
    "因网站改版，栏目内容整理中",
    "系统升级维护中，暂无内容",
    "系统繁忙，暂无数据，请刷新重试",
    "查询失败！没有查询到相关数据，请联系管理员",
    "服务器内部错误，暂无数据",
    "Error: connect timed out，暂无数据",
    "内容更新中，请稍后再试",
    "您没有权限查看，暂无数据",
]


@pytest.mark.parametrize("said", TROUBLES)
def test_a_site_that_could_not_answer_is_never_an_empty_column(said: str) -> None:
    alone = f'<html><head><title>提示</title></head><body><div class="con"><p>{said}</p></div></body></html>'
    reading = read_list(alone.encode(), "http://www.example.gov.cn/dt/", seen_at=SEEN_AT)
    assert reading.state not in (PageState.OK, PageState.UNDATED, PageState.EMPTY), reading.why
    in_frame = read(f'<div class="list"><p>{said}</p></div>', ORDINARY)
    assert in_frame.state is PageState.FAILED
    assert said[:10] in in_frame.why
    apart = read(f'<div class="list"><p>{said}</p></div><p>暂无数据</p>')
    assert apart.state is PageState.FAILED


@pytest.mark.parametrize("said", [*TROUBLES, "数据加载失败"])
def test_another_columns_block_below_trouble_is_not_read(said: str) -> None:
    reading = read(f'<div class="list"><p>{said}</p></div>{BLOCK}')
    assert (reading.state, reading.rows) == (PageState.FAILED, ()), reading.why


@pytest.mark.parametrize(
    "footer",
    [
        "网站建设与维护：示例县大数据中心",
        "网站维护电话：0477-0000000",
        "如发现网站内容错误，请与我们联系",
        '<a href="/gg/1.html">关于系统升级维护期间暂停服务的公告</a>',
        '<p style="display:none">加载失败，请重试</p>',
        "建议使用 IE9 以上浏览器访问本站",
    ],
)
def test_what_a_footer_says_of_the_site_is_no_trouble(footer: str) -> None:
    assert read('<div class="list"><p>暂无信息</p></div>', ORDINARY, footer).state is PageState.EMPTY

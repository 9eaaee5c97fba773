"""List interfaces read off a page: what it writes out is asked for, what it computes is not guessed."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.list_apis import list_apis
from crawler.extract.script_calls import ListApi, counts_visitors
from crawler.extract.script_literals import variables

BASE = "http://www.county.example/col/col123/index.html"


def apis(script: str, url: str = BASE, *, markup: str = "") -> tuple[ListApi, ...]:
    page = f"<html><body><ul id='list'></ul>{markup}<script>{script}</script></body></html>"
    return list_apis(page.encode(), url, content_type="text/html; charset=utf-8")


def asked(api: ListApi) -> dict[str, str]:
    query = urlsplit(api.url).query if api.posted is None else api.posted
    return {name: values[0] for name, values in parse_qs(query, keep_blank_values=True).items()}


def test_gkmlpt_column_stands_in_the_fragment_and_its_site_in_the_settings() -> None:
    script = "window._CONFIG = {SID: '21003', TREE: [{id: 475, name: '通知公告'}]}"
    [api] = apis(script, "http://www.county.example/bureau/gkmlpt/index#475")
    assert api.url == "http://www.county.example/bureau/gkmlpt/api/all/475?page=1&sid=21003"
    assert api.name == "gkmlpt"


def test_gkmlpt_column_may_stand_in_the_settings() -> None:
    [api] = apis("window._CONFIG = {COLUMN_ID: 31, SID: 7}", "http://a.example/gkmlpt/index")
    assert urlsplit(api.url).path == "/gkmlpt/api/all/31"


@pytest.mark.parametrize(
    ("script", "url"),
    [
        ("window._CONFIG = {SID: 7}", "http://a.example/gkmlpt/index"),  # which column?
        ("window._CONFIG = {SID: 7, COLUMN_ID: 1}", "http://a.example/other/index"),  # another system
    ],
)
def test_gkmlpt_is_not_guessed(script: str, url: str) -> None:
    assert apis(script, url) == ()


UNIT = "{'parseType':'bulidstatic','webId':'w1','pageId':'p1','tagId':'当前栏目_列表','tplSetId':'t1'}"


def test_jpaas_unit_stands_in_an_attribute() -> None:
    markup = f'<script parseType="bulidstatic" url="/api-gateway/x/build/unit" queryData="{UNIT}"></script>'
    [api] = apis("", markup=markup)
    assert urlsplit(api.url).path == "/api-gateway/x/build/unit"
    assert asked(api)["tagId"] == "当前栏目_列表"
    assert asked(api)["pageId"] == "p1"


def test_jpaas_unit_without_its_template_is_left() -> None:
    assert apis("", markup="<div queryData=\"{'webId':'w1','pageId':'p1'}\"></div>") == ()


JPAGE = (
    "jQuery('#77').jpage({perPage: %s, proxyUrl: '/module/web/jpage/dataproxy.jsp', ajaxParam: {'col': '1', "
    "'appid': '1', 'webid': '9', 'path': '/', 'columnid': %s, 'unitid': '77', 'webname': '某县', "
    "'permissiontype': '0'}});"
)


def test_jpage_proxy_is_asked_with_the_names_of_its_script() -> None:
    [api] = apis(JPAGE % (20, "'123'"))
    query = asked(api)
    assert urlsplit(api.url).path == "/module/web/jpage/dataproxy.jsp"
    assert (query["startrecord"], query["endrecord"], query["perpage"]) == ("1", "60", "20")
    assert (query["columnid"], query["unitid"], query["webname"]) == ("123", "77", "某县")


def test_jpage_of_the_pages_own_column_goes_before_a_side_bars() -> None:
    [api] = apis((JPAGE % (15, "'55'")) + (JPAGE % (15, "'123'")))
    assert asked(api)["columnid"] == "123"


def test_jpage_with_a_computed_column_is_left() -> None:
    assert apis(JPAGE % (20, "getColumn()")) == ()


@pytest.mark.parametrize(
    ("script", "url", "query"),
    [
        ("$.ajax({url: '/api/list', data: {channel: 12, pageNo: 1}, success: function () { f({a: 1}) }})",
         "/api/list", {"channel": "12", "pageNo": "1"}),
        ('jQuery.ajax({ // x\n "url": "/q", type: "get", data: {page: 1, size: n}, f(d) {} }); var n = 20;',
         "/q", {"page": "1", "size": "20"}),
        ("$.getJSON('list.json', function (d) {})", "/col/col123/list.json", {}),
        ("fetch('/api/list?c=3').then(r => r.json())", "/api/list", {"c": "3"}),
        ("axios.get('/api/list', {params: {c: 3}}).then(f)", "/api/list", {"c": "3"}),
        ("axios({method: 'get', url: '/api/list', params: {c: 3}})", "/api/list", {"c": "3"}),
        ("$.ajax({url: '/api/list', data: 'c=3&page=1'})", "/api/list", {"c": "3", "page": "1"}),
    ],
)  # fmt: skip
def test_call_that_is_written_out_is_asked(script: str, url: str, query: dict[str, str]) -> None:
    [api] = apis(script)
    assert (urlsplit(api.url).path, asked(api), api.posted) == (url, query, None)


def test_list_is_posted_for_only_with_a_page_number_written_out() -> None:
    [api] = apis("$.post('/queryList', {column: 3, page: 1}, function (d) {})")
    assert (api.url, api.posted) == ("http://www.county.example/queryList", "column=3&page=1")
    assert apis("$.post('/queryList', {column: 3}, function (d) {})") == ()


@pytest.mark.parametrize(
    "script",
    [
        "fetch('/api/list?c=' + column)",
        "$.ajax({url: '/api/list', data: {c: getColumn(), page: 1}})",
        "$.ajax({url: '/api/list', data: JSON.stringify({c: 3}), type: 'post'})",
        "$.get('/api/list', params, function (d) {})",
        "fetch('/api/list', {method: 'POST', body: '{}'})",
        "var c = 3; c = pick(); $.ajax({url: '/api/list', data: {c: c}})",
        "$.ajax({url: '/api/list', ...rest})",
        "$.ajax({url: base + '/list'})",
        "fetch(`/api/${column}`)",
        "var x = new XMLHttpRequest(); x.open('GET', '/api/list')",
    ],
)
def test_call_that_is_computed_is_left_to_the_browser(script: str) -> None:
    assert apis(script) == ()


def test_call_beside_a_computed_one_is_left_it_may_be_a_side_bars() -> None:
    side = "fetch('/api/hot/list?n=5');"
    assert len(apis(side)) == 1
    assert apis(side + "fetch('/api/list?c=' + column)") == ()
    assert apis(side + "fetch('/api/list?c=3')") == ()


@pytest.mark.parametrize(
    "script",
    [
        "$.post('/vote', {page: 1})",
        "$.getJSON('/data/visitCount?page=1', f)".replace("f)", "function () {})"),
        "$.ajax({url: '/user/list/delete', data: {page: 1}})",
        "fetch('/about/history')",
        "fetch('javascript:list()')",
    ],
)
def test_call_that_does_something_else_is_not_made(script: str) -> None:
    assert apis(script) == ()


@pytest.mark.parametrize(
    ("url", "counts"),
    [("/visit/add", True), ("/api/hits", True), ("/weather", True), ("/catalog/list", False),
     ("/visit/data", False), ("/query", False), ("/x", False)],
)  # fmt: skip
def test_counters_are_told_from_lists(url: str, counts: bool) -> None:
    assert counts_visitors(f"http://count.example{url}?list=1") is counts


def test_variable_set_twice_is_unknown() -> None:
    known = variables("var a = 1, b = 2; let c = 'x'\nconst d = 'y' + c; var e = 3; e = 4; if (c == 'x') {}")
    assert known == {"a": "1", "c": "x"}


@pytest.mark.parametrize(
    "bait",
    ["{" * 200_000, "$.ajax({" * 25_000, "var a=" * 30_000, "'" * 199_999, "$.ajax({a:'" + "x" * 190_000,
     "$.ajax({" + "/*" * 90_000, "$.ajax(" + " " * 190_000, "var a=1" + " " * 190_000 + "x",
     "$.ajax({a:{" * 15_000, "'dataproxy.jsp'," * 12_000],
)  # fmt: skip
def test_bait_is_read_in_bounded_time(bait: str) -> None:
    list_apis(f"<script>{bait}</script>".encode(), BASE)  # quadratic reading runs into the tests' limit


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="$.ajax({url:'/list',data:page1})\"`\\\n+ var=;fetch[]/*dataproxy.jsp", max_size=300))
def test_any_script_gives_interfaces_or_none(script: str) -> None:
    for api in apis(script):
        assert urlsplit(api.url).scheme in {"http", "https"}


@given(st.binary(max_size=400))
def test_any_bytes_give_interfaces_or_none(body: bytes) -> None:
    assert isinstance(list_apis(body, BASE), tuple)

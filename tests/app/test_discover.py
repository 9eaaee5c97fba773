"""`zwgk discover` against portals on 127.0.0.1: what is asked, followed, refused, tried, and written."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.contract.plain import plain
from app.discover import Discovery, Wish, discover_portal
from cli.discover import as_data, as_yaml
from cli.main import main
from config.check import check
from config.init import init_folder
from config.load import load_registry
from crawler.discovering import Manners
from domain.errors import CrawlError, InputError
from domain.readings import PageState
from domain.units import ColumnKind
from tests.site import Page, Site, redirect

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
HOME = """<html><head><meta charset="utf-8"><title>青河县</title></head><body>
<div class="nav"><a href="/xxgk/">政府信息公开</a><a href="/lxwm/">机构概况</a></div>
<div class="hd"><h3>工作动态</h3><a class="more" href="/dt/"></a></div>
<div class="hd"><h3>通知公告</h3><a class="more" href="/tzgg/">更多</a></div>
<div class="hd"><h3>在线访谈</h3><a class="more" href="http://elsewhere.example/zxft/">更多</a></div>
</body></html>"""
XXGK = """<html><body><ul class="left-menu"><li><a href="/xxgk/zn/">政府信息公开指南</a></li>
<li><a href="/xxgk/zd/">政府信息公开制度</a></li>
<li><a href="/xxgk/nb/">政府信息公开年报</a></li></ul></body></html>"""
ROWS = "".join(
    f'<li><a href="t202611{day:02}_{day}.html">关于做好第{day}项重点工作的通知</a>2026-11-{day:02}</li>'
    for day in range(1, 16)
)
LIST = f'<html><head><meta name="ColumnType" content="工作动态"></head><body><ul>{ROWS}</ul></body></html>'


@pytest.fixture
def portal() -> Site:
    site = Site()
    site.pages |= {
        "/": Page(body=HOME),
        "/xxgk/": Page(body=XXGK),
        "/dt/": Page(body=LIST),
        "/tzgg/": Page(body=LIST),
    }
    return site


def found(site: Site, *, path: str = "/", budget: int = 40, **wish: bool | int | str) -> Discovery:
    manners = Manners(user_agent="zwgk-test", allow_private=("127.0.0.1",), delay_s=0, budget=budget)
    return discover_portal(Wish(url=site.url(path), manners=manners, **wish), clock=lambda: NOW)  # type: ignore[arg-type]


def test_home_page_and_the_channels_it_leads_to(portal: Site) -> None:
    with portal as site:
        seen = found(site)
    assert portal.paths() == ["/", "/xxgk/"]
    assert [(one.column.name, one.column.kind) for one in seen.columns] == [
        ("工作动态", ColumnKind.NEWS),
        ("通知公告", ColumnKind.ANNOUNCEMENTS),
        ("在线访谈", ColumnKind.INTERVIEWS),
        ("政府信息公开年报", ColumnKind.ANNUAL_REPORT),
    ]
    assert [one.id for one in seen.columns] == ["dt", "tzgg", "zxft", "nb"]
    assert [one.column.other_host for one in seen.columns] == [False, False, True, False]
    assert seen.columns[-1].found_on == portal.url("/xxgk/")
    assert {"机构概况", "政府信息公开", "政府信息公开指南"} <= {one.column.name for one in seen.unclassified}


def test_depth_and_number_of_pages_are_kept(portal: Site) -> None:
    with portal as site:
        found(site, depth=0)
        found(site, pages=0)
    assert portal.paths() == ["/", "/"]


def test_budget_counts_every_request(portal: Site) -> None:
    with portal as site:
        seen = found(site, budget=2)
    assert len(portal.asked) == seen.requests == 2
    assert seen.columns


def test_lists_are_tried(portal: Site) -> None:
    with portal as site:
        seen = found(site, try_lists=True)
    tried = {one.column.name: one.tried for one in seen.columns}
    news, away = tried["工作动态"], tried["在线访谈"]
    assert news is not None
    assert (news.state, news.newest, news.rows) == (PageState.OK, date(2026, 11, 15), 15)
    assert away is not None
    assert "其他网站" in away.why
    assert next(one for one in seen.columns if one.column.name == "通知公告").column.why.endswith("请核对")
    assert all(one.tried is None for one in seen.unclassified)


def test_failing_list_says_why(portal: Site) -> None:
    portal.pages["/dt/"] = Page(status=404)
    with portal as site:
        seen = found(site, try_lists=True)
    tried = seen.columns[0].tried
    assert tried is not None
    assert "404" in tried.why


def test_stub_and_redirect_lead_to_the_page(portal: Site) -> None:
    portal.pages["/old"] = redirect("/stub.html")
    portal.pages["/stub.html"] = Page(body="<meta http-equiv='refresh' content='0; url=/'>")
    with portal as site:
        seen = found(site, path="/old", depth=0)
    assert seen.url == portal.url("/")
    assert len(seen.columns) == 3


def test_a_page_of_frames_is_read_with_its_frames(portal: Site) -> None:
    portal.pages["/portal/"] = Page(
        body="<FRAMESET ROWS='80,*'><FRAME SRC='top.htm'><FRAME SRC='http://other.example/'></FRAMESET>"
    )
    portal.pages["/portal/top.htm"] = Page(body=HOME)
    with portal as site:
        seen = found(site, path="/portal/")
    assert portal.paths() == ["/portal/", "/portal/top.htm", "/xxgk/"]
    assert [one.column.name for one in seen.columns][:2] == ["工作动态", "通知公告"]
    assert seen.url == portal.url("/portal/")


def test_https_is_tried_where_nothing_answers_http(portal: Site) -> None:
    progress: list[str] = []
    with portal as site:
        port = site.port
    manners = Manners(user_agent="zwgk-test", allow_private=("127.0.0.1",), delay_s=0)
    with pytest.raises(CrawlError, match="https://127.*连接不上"):
        discover_portal(
            Wish(url=f"127.0.0.1:{port}", manners=manners), clock=lambda: NOW, progress=progress.append
        )
    assert progress == [f"打开 http://127.0.0.1:{port}", f"打开 https://127.0.0.1:{port}"]


def test_https_is_not_tried_where_http_answered(portal: Site) -> None:
    portal.pages["/"] = Page(status=404)
    manners = Manners(user_agent="zwgk-test", allow_private=("127.0.0.1",), delay_s=0)
    with portal as site, pytest.raises(CrawlError, match="http://127.*404"):
        discover_portal(Wish(url=site.url().removeprefix("http://"), manners=manners), clock=lambda: NOW)
    assert portal.paths() == ["/"]


def test_what_was_not_found_is_said(portal: Site) -> None:
    portal.pages["/"] = Page(body=f"{HOME}<a href='javascript:open(7)'>财政预决算</a>")
    with portal as site:
        seen = found(site, depth=0)
    assert ColumnKind.BUDGET in seen.missing
    assert ColumnKind.NEWS not in seen.missing
    assert seen.scripted == ("财政预决算",)
    text = as_yaml(seen)
    assert "没有找到的类别：政策文件、预决算" in text
    assert "看不到网址的：财政预决算" in text


def test_a_page_without_columns_says_so(portal: Site, tmp_path: Path) -> None:
    portal.pages["/"] = Page(body="<a href='/cp/'>产品中心</a><a href='/al/'>成功案例</a>")
    with portal as site:
        text = as_yaml(found(site))
    assert "没有认出任何栏目" in text
    folder = tmp_path / "deployment"
    init_folder(folder, simulation=False)
    (folder / "units" / "found.yaml").write_text(text, encoding="utf-8")
    assert check(folder) == []


def test_columns_of_a_kind_stand_together(portal: Site) -> None:
    portal.pages["/"] = Page(
        body="".join(f"<h3><a href='/{at}/'>{name}</a></h3>" for at, name in enumerate(
            ["部门动态", "政策解读", "镇街动态", "通知公告"]
        ))
    )  # fmt: skip
    with portal as site:
        seen = found(site, depth=0)
    assert [one.column.name for one in seen.columns] == ["部门动态", "镇街动态", "通知公告", "政策解读"]


def test_an_id_does_not_come_from_the_program_that_answers(portal: Site) -> None:
    portal.pages["/"] = Page(body="<h3><a href='/news/more.asp?cid=2'>通知公告</a></h3>")
    with portal as site:
        seen = found(site, depth=0)
    assert [one.id for one in seen.columns] == ["tzgg"]


def test_robots_are_obeyed(portal: Site) -> None:
    portal.pages["/robots.txt"] = Page(body="User-agent: *\nDisallow: /xxgk/", kind="text/plain")
    with portal as site:
        seen = found(site)
    assert "/xxgk/" not in portal.paths()
    assert "robots.txt" in seen.pages[-1].why


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.1:{port}/", "内网或本机"),
        ("http://localhost:{port}/", "内网或本机"),
        ("file:///etc/passwd", "http"),
        ("http://", "主机名"),
        ("http://[::1/", "网址格式"),
    ],
)
def test_private_and_strange_addresses_are_refused(portal: Site, url: str, said: str) -> None:
    with portal as site, pytest.raises(InputError, match=said):  # noqa: PT012
        wish = Wish(url=url.format(port=site.port), manners=Manners(user_agent="zwgk-test", delay_s=0))
        discover_portal(wish, clock=lambda: NOW)
    assert not portal.asked


def test_redirect_to_a_private_address_is_refused(portal: Site) -> None:
    portal.pages["/"] = redirect("http://10.0.0.8/")
    with portal as site, pytest.raises(InputError, match=r"10\.0\.0\.8"):
        found(site)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (Page(status=503), "503"),
        (Page(status=404), "404.*核对网址"),
        (Page(status=412, body="<script>eval(1)</script>"), "拦截.*商定放行"),
        (Page(body="<form><input type=password></form>"), "登录.*不用登录"),
        (Page(body="<div id=app></div><script src=/app.js></script>"), "脚本.*频道页"),
        (Page(body="<frameset><frame src='http://other.example/a.htm'></frameset>"), "框架"),
        (Page(body="<p>没有链接</p>"), "没有链接"),
        (Page(body=b"%PDF-1.4"), "PDF"),
        (redirect("/"), "跳转超过"),
        (Page(body=HOME, cut=300), "连接中断"),
        (Page(body=b"junk", headers={"Content-Encoding": "gzip"}), "压缩"),
    ],
)
def test_unreadable_home_page_says_why(portal: Site, page: Page, said: str) -> None:
    portal.pages["/"] = page
    with portal as site, pytest.raises(CrawlError, match=said):
        found(site)


def test_pages_of_one_address_are_asked_with_a_pause(portal: Site) -> None:
    manners = Manners(user_agent="zwgk-test", allow_private=("127.0.0.1",), delay_s=0.1)
    with portal as site:
        discover_portal(Wish(url=site.url(), manners=manners), clock=lambda: NOW)
    moments = [asked.at for asked in portal.asked]
    assert len(moments) > 2
    assert moments[-1] - moments[0] >= 0.09 * (len(moments) - 1)  # a server under load may take two late
    assert {asked.headers["User-Agent"] for asked in portal.asked} == {"zwgk-test"}


def test_yaml_is_a_registry_file(portal: Site, tmp_path: Path) -> None:
    with portal as site:
        seen = found(site, try_lists=True)
    folder = tmp_path / "deployment"
    init_folder(folder, simulation=False)
    (folder / "units" / "found.yaml").write_text(as_yaml(seen), encoding="utf-8")
    assert check(folder) == []
    columns = {column.id: column for column in load_registry(folder).columns}
    assert (columns["dt"].name, columns["dt"].kind, columns["dt"].clock) == (
        "工作动态",
        ColumnKind.NEWS,
        "14d",
    )
    assert columns["dt"].monitored_from is None
    text = as_yaml(seen)
    assert '#  - {id: lxwm, name: "机构概况", kind: , ' in text
    assert "最新 2026-11-15" in text


def test_yaml_below_a_unit(portal: Site) -> None:
    with portal as site:
        seen = found(site, prefix="slj-")
    text = as_yaml(seen, unit="slj")
    assert "\n    columns:\n" in text
    assert "      - id: slj-dt\n" in text


def test_hostile_names_stay_inside_their_quotes(portal: Site, tmp_path: Path) -> None:
    portal.pages["/"] = Page(
        body="<title>a\n- id: x\u2028b: [</title><div class=nav>"
        "<a href='/a/'>公告\": 通知公告\u202e\u0085\n</a><a href='/b/#x'>资料\n下载}</a></div>"
    )
    with portal as site:
        seen = found(site)
    folder = tmp_path / "deployment"
    init_folder(folder, simulation=False)
    (folder / "units" / "found.yaml").write_text(as_yaml(seen), encoding="utf-8")
    assert check(folder) == []


def test_json_has_the_same(portal: Site) -> None:
    with portal as site:
        seen = found(site)
    data = json.loads(json.dumps(plain(as_data(seen)), ensure_ascii=False))
    assert set(data) == {
        "url", "title", "requests", "columns", "unclassified", "pages", "left_out", "missing", "scripted"
    }  # fmt: skip
    assert data["columns"][0]["kind"] == "动态"
    assert data["columns"][0]["tried"] is None


def test_command_refuses_in_one_chinese_line(portal: Site, capsys: pytest.CaptureFixture[str]) -> None:
    with portal as site:
        assert main(["discover", site.url()]) == 2
        assert main(["discover", "http://x.example/", "--unit", "财政"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "--allow-private" in said.err
    assert "Traceback" not in said.err


def test_command_prints_yaml(portal: Site, capsys: pytest.CaptureFixture[str]) -> None:
    with portal as site:
        url = site.url().removeprefix("http://")
        assert main(["discover", url, "--depth", "0", "--allow-private", "127.0.0.1"]) == 0
    assert "shared_columns:" in capsys.readouterr().out

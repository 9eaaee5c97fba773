"""Pages for crawler tests: lists and documents in the plainest shape."""

from collections.abc import Sequence
from datetime import date, timedelta

from tests.site import Page

TOPICS = ("安全生产", "防汛抗旱", "财政预算", "教育教学", "农牧业", "民政救助", "环保督察", "卫生防疫")


def listing(
    days: Sequence[date | None], *, folder: str = "", following: str = "", etag: bool = False
) -> Page:
    """A list with a row a day (None: no date shown), rows linking to `folder`/1.html, …"""
    rows = "".join(
        f'<li><a href="{folder}/{number}.html">'
        f"关于做好{TOPICS[number % len(TOPICS)]}工作的第{number}号通知</a>"
        + (f"<span>{day}</span>" if day else "")
        + "</li>"
        for number, day in enumerate(days, 1)
    )
    pager = f'<div class="page"><a href="{following}">下一页</a></div>' if following else ""
    return Page(
        body=f"<html><head><title>通知公告</title></head><body><div>当前位置：首页 &gt; 通知公告</div>"
        f'<ul class="list">{rows}</ul>{pager}</body></html>',
        etag=etag,
    )


def days_back(newest: date, count: int, step: int = 1) -> list[date]:
    return [newest - timedelta(days=step * number) for number in range(count)]


def document(day: date | None, *, publisher: str = "财政局", issued: date | None = None) -> Page:
    """A document published on `day`, None: no such date is shown; `issued`: its 发文日期 in the table."""
    shown = f"<p>发布时间：{day}</p>" if day else ""
    made = f"<tr><th>发文日期</th><td>{issued}</td><th>有效性</th><td>有效</td></tr>" if issued else ""
    text = "各单位：现将有关事项通知如下，请认真贯彻落实，按要求做好各项准备工作，并按时报送材料。" * 6
    return Page(
        body="<html><head><title>关于第1号事项的通知公告内容</title></head><body>"
        "<table><tr><th>索引号</th><td>0001</td><th>主题分类</th><td>财政</td></tr>"
        f"<tr><th>发布机构</th><td>{publisher}</td><th>文号</th><td>无</td></tr>{made}</table>"
        f"<h1>关于第1号事项的通知公告内容</h1>{shown}<div><p>{text}</p></div></body></html>"
    )

"""What stands around every page: head, navigation, a sidebar with other dates, footer with a clock."""

import html
from datetime import datetime
from random import Random

from demo.names import WORK
from demo.world import World

WEEKDAYS = "一二三四五六日"


def framed(world: World, title: str, content: str, now: datetime, *, head: str = "") -> str:
    """A whole page of the portal around `content`."""
    site = f"{world.banner}人民政府"
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html><head><meta charset="utf-8">'
        f'<title>{html.escape(title)}-{site}</title><meta name="SiteName" content="{site}">'
        f'<meta name="SiteDomain" content="www.example.invalid"><meta name="SiteIDCode" content="1500009999">'
        f"{head}<script>var _trace={{v:2}};</script></head><body>"
        f'<div class="top">您好，欢迎来到{site}！今天是{now:%Y年%m月%d日} 星期{WEEKDAYS[now.weekday()]}</div>'
        f'<div class="nav"><ul>{_navigation()}</ul></div>'
        f'<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/xxgk/">政务公开</a></div>'
        f'<div class="main"><div class="right"><h2>{html.escape(title)}</h2>{content}</div>'
        f'<div class="left"><div class="hot"><h4>热门排行</h4><ul>{_popular(world)}</ul></div></div></div>'
        f'<div class="foot"><p>主办：{site}办公室</p><p>网站标识码：1500009999　蒙ICP备00000000号</p>'
        f"<p>版权所有　页面生成时间：{now:%Y-%m-%d %H:%M}</p></div></body></html>"
    )


def _navigation() -> str:
    names = ("首页", "走进旗情", "新闻中心", "政务公开", "办事服务", "互动交流", "专题专栏")
    return "".join(f'<li><a href="/nav/{at}/">{name}</a></li>' for at, name in enumerate(names))


def _popular(world: World) -> str:
    random = Random(f"popular {world.seed}")
    return "".join(
        f'<li><a href="/zt/{at}.html">{world.banner}{random.choice(WORK)}</a>'
        f"<span>2026-0{at + 1}-1{at}</span></li>"
        for at in range(4)
    )

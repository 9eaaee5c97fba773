"""zwgk discover: propose the columns of a portal as YAML to review."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from app.discover import Discovery, FoundColumn, Tried, Wish, discover_portal, with_kind
from cli.options import AsJson
from cli.output import note, print_json, say
from config.fields import SLUG
from crawler.discovering import Manners

app = typer.Typer(add_completion=False)

HEADER = """\
# zwgk discover 在 {url} 上找到的栏目，供人工核对：
# 核对名称、类别（kind）和网址，删去不要的，{place}，再运行 zwgk config check。
# 没有写 monitored_from 的栏目只试运行，不扣分；clock 是更新周期：14d 天、6m 月、1y 年、none 不判过期。
# 共打开 {requests} 次：{pages}
"""


@app.command()
def discover(
    url: Annotated[
        str, typer.Argument(metavar="网址", help="门户网站首页或频道页，如 http://www.example.com/")
    ],
    as_json: AsJson = False,
    depth: Annotated[
        int, typer.Option("--depth", min=0, max=3, help="0 只看本页；1 再看它的频道页；2、3 更深")
    ] = 1,
    pages: Annotated[int, typer.Option("--pages", min=0, max=50, help="最多看几个频道页")] = 8,
    try_lists: Annotated[bool, typer.Option("--try", help="打开每个栏目试读，写明状态和最新日期")] = False,
    budget: Annotated[int, typer.Option("--budget", min=1, max=500, help="总共最多请求几次")] = 60,
    unit: Annotated[
        str, typer.Option("--unit", metavar="编号", help="本单位自己的网站：写成该单位的 columns")
    ] = "",
    allow_private: Annotated[
        list[str] | None,
        typer.Option("--allow-private", metavar="主机", help="允许访问的内网主机名或地址，可写多次"),
    ] = None,
    contact: Annotated[
        str, typer.Option("--contact", metavar="联系方式", help="写进 User-Agent 的邮箱、电话或网址（英文）")
    ] = "",
) -> None:
    """从门户首页找出栏目，写成 YAML 供核对；每次请求至少间隔 1 秒，不需要部署文件夹。"""
    if not contact.isascii() or not contact.isprintable():
        raise typer.BadParameter("只能用英文字母、数字和符号", param_hint="--contact")
    if unit and not SLUG.fullmatch(unit):
        raise typer.BadParameter("单位编号只用小写字母、数字和连字符", param_hint="--unit")
    agent = f"zwgk/0.1 (public disclosure monitor; {contact or 'contact not given'})"
    manners = Manners(user_agent=agent, allow_private=tuple(allow_private or ()), budget=budget)
    wish = Wish(
        url=url,
        manners=manners, depth=depth, pages=pages, try_lists=try_lists, prefix=f"{unit}-" if unit else "",
    )  # fmt: skip
    found = discover_portal(wish, clock=_now, progress=note)
    if as_json:
        print_json(as_data(found))
    else:
        say(as_yaml(found, unit=unit))


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - lists are tried as of now


def as_data(found: Discovery) -> dict[str, Any]:
    """The discovery as JSON has it."""
    return {
        "url": found.url,
        "title": found.title,
        "requests": found.requests,
        "columns": [_flat(one) for one in found.columns],
        "unclassified": [_flat(one) for one in found.unclassified],
        "pages": found.pages,
        "left_out": found.left_out,
        "missing": found.missing,
        "scripted": found.scripted,
    }


def _flat(found: FoundColumn) -> dict[str, Any]:
    one = found.column
    return {
        "id": found.id, "name": one.name, "kind": one.kind, "url": one.url, "clock": one.clock,
        "where": one.where, "under": one.under, "why": one.why, "other_host": one.other_host,
        "found_on": found.found_on, "tried": found.tried,
    }  # fmt: skip


def as_yaml(found: Discovery, *, unit: str = "") -> str:
    """A file for units/: `shared_columns`, or with `unit` what belongs below that unit."""
    pages = "、".join(
        f"{page.name or page.url}（{page.why or f'{page.proposed} 个栏目'}）" for page in found.pages
    )
    place = f"放到单位 {unit} 之下（已缩进四格）" if unit else "存成 units/ 里的一个文件"
    header = HEADER.format(url=found.url, requests=found.requests, pages=pages, place=place)
    lines = [_comment(line) for line in header.splitlines()]
    lines += [_comment(f"# {line}") for line in _summary(found)]
    indent = "    " if unit else ""
    key = "columns" if unit else "shared_columns"
    lines.append(f"{indent}{key}:" if found.columns else f"{indent}# {key}:")
    for one in found.columns:
        lines += [f"{indent}{line}" for line in _entry(one)]
    if found.unclassified:
        lines += ["", f"{indent}# 没有归类：要监测的补上 kind、去掉行首的 #"]
        lines += [f"{indent}{_comment(line)}" for one in found.unclassified for line in _unclear(one)]
    if found.left_out:
        left = "；".join(f"{reason} {count} 条" for reason, count in found.left_out.items())
        lines += ["", _comment(f"# 没有列出的链接：{left}")]
    return "\n".join(lines)


def _summary(found: Discovery) -> Iterator[str]:
    """What was found, and what a person has to look for."""
    if not found.columns:
        yield "没有认出任何栏目：请核对这是不是政府门户的首页，或改从“政务公开”频道页开始"
        return
    counts = "，".join(f"{kind.value} {count}" for kind, count in with_kind(found))
    yield f"归好类的：{counts}；没有归类的 {len(found.unclassified)} 个列在后面"
    if found.missing:
        yield f"没有找到的类别：{'、'.join(found.missing)}（可能另有名称，请看后面没有归类的）"
    if found.scripted:
        yield f"只能靠脚本打开、看不到网址的：{'、'.join(found.scripted)}（请在浏览器里打开后补上网址）"


def _entry(found: FoundColumn) -> Iterator[str]:
    one = found.column
    yield _comment(f"  # {_reason(found)}")
    if found.tried is not None:
        yield _comment(f"  # 试读：{_read(found.tried)}")
    kind = one.kind.value if one.kind else ""
    yield f"  - id: {found.id}"
    yield f"    name: {_quoted(one.name)}"
    yield f"    kind: {kind}"
    yield f"    url: {_quoted(one.url)}"
    yield f"    clock: {one.clock}"


def _read(tried: Tried) -> str:
    if tried.newest is not None:
        return f"{tried.rows} 行，最新 {tried.newest}"
    return f"{f'{tried.rows} 行，' if tried.rows else ''}没有读到日期；{tried.why}"


def _unclear(found: FoundColumn) -> Iterator[str]:
    one = found.column
    entry = f"id: {found.id}, name: {_quoted(one.name)}, kind: , url: {_quoted(one.url)}"
    yield f"#  - {{{entry}}}  # {_reason(found)}"


def _reason(found: FoundColumn) -> str:
    one = found.column
    below = f"“{one.under}”之下，" if one.under else ""
    away = "在其他网站；" if one.other_host else ""
    return f"{away}{one.where}，{below}{one.why}"


def _quoted(text: str) -> str:
    """A YAML double-quoted string: JSON's are."""
    return json.dumps(text, ensure_ascii=False)


def _comment(line: str) -> str:
    """One line, whatever the portal wrote."""
    return "".join(sign if sign.isprintable() else " " for sign in line)

"""A small deployment seen through the command line: one unit, a stale column, one that is in time."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.main import main
from tests.app.deployment import deploy, news, notes
from tests.site import Page, Site

STALE = ("2026-09-20", "2026-09-12", "2026-09-02", "2026-08-22")
FRESH = ("2026-10-05", "2026-09-12", "2026-09-02", "2026-08-22")
FIRST_NIGHT, SECOND_NIGHT = "2026-10-08T01:30", "2026-10-09T02:30"
TITLES = (
    "召开工作会议部署重点任务",
    "开展调研活动了解项目进度",
    "组织学习有关会议精神",
    "举办业务培训班",
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Cli:
    """`zwgk --dir FOLDER …` in this process."""

    folder: Path

    def __call__(self, *words: object) -> Said:
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(["--dir", str(self.folder), *map(str, words)])
        return Said(code, out.getvalue(), err.getvalue())


def list_page(days: tuple[str, ...], name: str) -> Page:
    rows = "".join(
        f'<li><a href="/{name}/{day}.html">财政局{title}</a><span>{day}</span></li>'
        for day, title in zip(days, TITLES, strict=True)
    )
    return Page(
        body=f"<html><head><title>{name}</title></head><body><ul class='list'>{rows}</ul></body></html>"
    )


def article(day: str) -> Page:
    labels = "".join(
        f"<tr><td>{name}</td><td>{value}</td></tr>"
        for name, value in {
            "索引号": "1-2026", "分类": "财政", "发布机构": "财政局",
            "发文日期": day, "文号": "无", "主题词": "培训",
        }.items()
    )  # fmt: skip
    title = "关于举办业务培训班的通知"
    return Page(
        body=f"<html><head><title>{title}</title></head><body><h1>{title}</h1><table>{labels}</table>"
        f"<div>发布时间：{day}　来源：财政局</div><div><p>各单位：具体安排如下。</p></div></body></html>"
    )


def portal(site: Site) -> None:
    """Script the site: 工作动态 last moved on 20 September, 通知公告 on 5 October."""
    site.pages["/dt/"] = list_page(STALE, "dt")
    site.pages["/tz/"] = list_page(FRESH, "tz")
    for name, days in (("dt", STALE), ("tz", FRESH)):
        for day in days:
            site.pages[f"/{name}/{day}.html"] = article(day)


def deployed(folder: Path, site: Site, *, simulation: bool = True) -> Cli:
    """A deployment that watches the site."""
    columns = [news("czj-dt", site.url("/dt/")), notes("czj-tz", site.url("/tz/"))]
    deploy(folder, columns, simulation=simulation).archive.close()
    return Cli(folder)

"""The pages that are measured: those of a folder, and generated lists of 20 rows and 28 KB."""

import json
from datetime import date, timedelta
from pathlib import Path

ROWS = 20
LIST_BYTES = 28_000
SHAPES = (
    '<li><a href="{href}" title="{title}">{title}</a><span>{day}</span></li>',
    '<li><span>[{day}]</span><a href="{href}" title="{title}">{title}</a></li>',
    '<tr><td><img src="/images/dot.gif"></td><td><a href="{href}">{title}</a></td><td>{day}</td></tr>',
    '<div class="row"><a href="{href}"><em>{day}</em><p>{title}</p></a></div>',
    '<dl><dt><a href="{href}">{title}</a></dt><dd>发布日期：{day}</dd></dl>',
)


def documents(folder: Path) -> list[Path]:
    """The document pages of a folder: those its labels.json calls articles, else every page."""
    labels = folder / "labels.json"
    if not labels.exists():
        return sorted(
            file for file in folder.rglob("*") if file.suffix.lower() in {".html", ".htm", ".shtml"}
        )
    entries = json.loads(labels.read_text(encoding="utf-8"))
    return [folder / "pages" / one["file"] for one in entries if one["kind"] == "article"]


def lists(folder: Path) -> list[Path]:
    """The list pages of a folder with labels; none of another."""
    labels = folder / "labels.json"
    if not labels.exists():
        return []
    entries = json.loads(labels.read_text(encoding="utf-8"))
    return [folder / "pages" / one["file"] for one in entries if one["kind"] == "list"]


def generated_lists(folder: Path) -> list[Path]:
    """Write one list page of each shape and return them."""
    files = []
    for number, shape in enumerate(SHAPES):
        file = folder / f"list-{number}.html"
        file.write_text(_list_page(shape), encoding="utf-8")
        files.append(file)
    return files


def _list_page(shape: str) -> str:
    newest = date(2026, 11, 19)
    rows = "\n".join(
        shape.format(
            href=f"./202611/t20261119_{810000 + row}.html",
            title=f"某某县人民政府关于做好第{row + 1}批重点项目建设有关工作的通知",
            day=newest - timedelta(days=3 * row),
        )
        for row in range(ROWS)
    )
    menu = "".join(f'<li><a href="/c{n}/" target="_blank">栏目名称{n}</a></li>\n' for n in range(60))
    box = (
        "<table>{}</table>" if shape.startswith("<tr") else "<ul>{}</ul>" if shape.startswith("<li") else "{}"
    )
    head = (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>通知公告_某某县人民政府</title>'
        '<meta name="ColumnName" content="通知公告"><meta name="ColumnType" content="通知公告"></head><body>'
    )
    body = (
        f'<div class="nav"><ul>{menu}</ul></div>'
        '<div class="crumb">当前位置：<a href="/">首页</a> &gt; 通知公告</div>'
        f'<div class="list">{box.format(rows)}</div>'
        '<div class="page">共 20 条 <a href="index_1.html">下一页</a></div>'
    )
    foot = '<div class="footer">主办：某某县人民政府办公室 备案号：00000000号</div></body></html>'
    style = (
        ".list li{line-height:32px;border-bottom:1px dashed #ccc;background:url(/images/dot.gif) no-repeat}\n"
    )
    missing = LIST_BYTES - len((head + body + foot).encode())
    return f"{head}<style>{style * max(0, missing // len(style))}</style>{body}{foot}"

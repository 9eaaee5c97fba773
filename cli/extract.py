"""zwgk extract: what the extractors read from saved pages, one JSON line a file (contract: design.md §9).

With --explain the same in words, or as the key `explain` of each line.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.extract_words import article_words, list_words
from cli.options import HERE, Folder, parse_moment
from cli.output import note, print_json, say
from crawler.extract.document import read_document
from crawler.extract.document_explained import explain_document
from crawler.extract.list_explained import explain_list
from crawler.extract.list_page import read_list
from crawler.extract.list_reading import Look
from domain.clock import local_day
from domain.errors import InputError
from domain.readings import DocumentReading, ListReading
from domain.units import Column

app = typer.Typer(add_completion=False, help="读取保存下来的网页，看提取结果。", no_args_is_help=True)

Files = Annotated[
    list[Path],
    typer.Argument(metavar="文件", exists=True, dir_okay=False, readable=True, help="保存的网页或接口应答"),
]
BaseUrl = Annotated[str, typer.Option("--base-url", metavar="网址", help="网页原来的地址，用来补全链接")]
Explain = Annotated[
    bool, typer.Option("--explain", help="说明怎样读出来的：考虑过哪些候选、各得几分、为什么采用或不采用")
]
ExplainAsJson = Annotated[
    bool, typer.Option("--json", help="与 --explain 同用：说明也放进每行 JSON 的 explain 里")
]


@app.command("list")
def list_pages(
    files: Files,
    base_url: BaseUrl = "",
    seen_at: Annotated[
        datetime | None,
        typer.Option(
            "--seen-at",
            metavar="时刻",
            parser=parse_moment,
            help="何时看到的（默认：现在）",
        ),
    ] = None,
    explain: Explain = False,
    column: Annotated[
        str | None,
        typer.Option("--column", metavar="栏目", help="按单位表里这个栏目的网址和 reading 来读，写栏目编号"),
    ] = None,
    folder: Folder = HERE,
    as_json: ExplainAsJson = False,
) -> None:
    """读取列表页：每个文件一行 JSON，含条目、最新日期、状态和依据；加 --explain 看为什么。"""
    at = seen_at or datetime.now(UTC)  # noqa: TID251 - a page at hand is read as of now unless told otherwise
    told = _column(folder, column) if column is not None else None
    url = base_url or (told.url if told else "")
    look = Look(url, local_day(at), 200, told.reading if told else None)
    for file in files:
        body = _content(file)
        if not explain:
            reading = read_list(body, url, seen_at=at, override=look.override)
            print_json(list_line(file, reading, at), indent=None)
            continue
        reading, why = explain_list(body, look)
        if as_json:
            print_json({**list_line(file, reading, at), "explain": why}, indent=None)
        else:
            _say_all(file, list_words(reading, reading.newest_on(at), why))


@app.command("article")
def articles(
    files: Files, base_url: BaseUrl = "", explain: Explain = False, as_json: ExplainAsJson = False
) -> None:
    """读取文章页：每个文件一行 JSON，含标题、发布日期、发布机构、文号等和依据；加 --explain 看为什么。"""
    for file in files:
        body = _content(file)
        if not explain:
            print_json(article_line(file, read_document(body, base_url)), indent=None)
            continue
        reading, why = explain_document(body, base_url)
        if as_json:
            print_json({**article_line(file, reading), "explain": why}, indent=None)
        else:
            _say_all(file, article_words(reading, why))


def _say_all(file: Path, lines: Iterable[str]) -> None:
    say(f"文件：{file}")
    for line in lines:
        say(line)
    say("")


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file}：读不了（{error.strerror}）。请检查文件和读取权限。") from error


def _column(folder: Path, wanted: str) -> Column:
    """The registered column, and a word on how it will be read."""
    # loaded only when asked for: reading a saved page must start fast and needs no registry
    found: Column = import_module("app.columns").registered_column(folder, wanted)
    if found.reading is None:
        note(f"栏目 {found.id}（{found.name}）没有写 reading，按自动识别读取。")
    else:
        note(f"按栏目 {found.id}（{found.name}）的 reading 读取；理由：{found.reading.reason}")
    return found


def list_line(file: Path, reading: ListReading, seen_at: datetime) -> dict[str, Any]:
    rows = [{"title": row.title, "url": row.url, "date": row.published_on} for row in reading.rows]
    return {
        "file": file,
        "rows": rows,
        "newest": reading.newest_on(seen_at),
        "state": reading.state,
        "why": reading.why,
    }


def article_line(file: Path, reading: DocumentReading) -> dict[str, Any]:
    return {
        "file": file,
        "title": reading.title,
        "published_on": reading.published_on,
        "date_source": reading.date_source,
        "publisher": reading.publisher,
        "source": reading.source,
        "doc_number": reading.doc_number,
        "category": reading.category,
        "keywords": reading.keywords,
        "issued_on": reading.issued_on,
        "index_number": reading.index_number,
        "labels": reading.labels,
        "conflicts": reading.conflicts,
        "state": reading.state,
        "why": reading.why,
    }

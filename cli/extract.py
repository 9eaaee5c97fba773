"""zwgk extract: what the extractors read from saved pages, one JSON line a file (contract: design.md §9)."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.options import parse_moment
from cli.output import print_json
from crawler.extract.document import read_document
from crawler.extract.list_page import read_list
from domain.readings import DocumentReading, ListReading

app = typer.Typer(add_completion=False, help="读取保存下来的网页，看提取结果。", no_args_is_help=True)

Files = Annotated[
    list[Path],
    typer.Argument(metavar="文件", exists=True, dir_okay=False, readable=True, help="保存的网页或接口应答"),
]
BaseUrl = Annotated[str, typer.Option("--base-url", metavar="网址", help="网页原来的地址，用来补全链接")]


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
) -> None:
    """读取列表页：每个文件一行 JSON，含条目、最新日期、状态和依据。"""
    at = seen_at or datetime.now(UTC)  # noqa: TID251 - a page at hand is read as of now unless told otherwise
    for file in files:
        print_json(list_line(file, read_list(file.read_bytes(), base_url, seen_at=at), at), indent=None)


@app.command("article")
def articles(files: Files, base_url: BaseUrl = "") -> None:
    """读取文章页：每个文件一行 JSON，含标题、发布日期、发布机构、文号等和依据。"""
    for file in files:
        print_json(article_line(file, read_document(file.read_bytes(), base_url)), indent=None)


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

"""Document pages of the simulated portal: meta tags, visible date, label block in several layouts, text."""

import html
from datetime import datetime

from demo.frame import framed
from demo.world import Document, World


def article(world: World, document: Document, now: datetime) -> str:
    """The document's page."""
    title = html.escape(document.title)
    body = "".join(f"<p>　　{paragraph}</p>" for paragraph in document.paragraphs)
    content = (
        f'{_label_block(document)}<h1 class="title">{title}</h1>{_line(document)}'
        f'<div class="content" id="zoom">{body}</div><div class="share">【打印本页】【关闭窗口】</div>'
    )
    return framed(world, document.title, content, now, head=_meta(document))


def _day(document: Document) -> str:
    return f"{document.meta_day or document.day}"


def _line(document: Document) -> str:
    source = f"<span>来源：{document.publisher}</span>"
    if not document.shows_date:
        return f'<div class="info">{source}</div>'
    return f'<div class="info"><span>发布时间：{_day(document)} 09:00</span>　{source}</div>'


def _meta(document: Document) -> str:
    pairs = {
        "ColumnName": "政务公开", "ColumnType": "信息公开", "ArticleTitle": document.title, "Keywords": "",
        "ContentSource": document.publisher, "Author": "",
    }  # fmt: skip
    if document.shows_date:
        pairs["PubDate"] = f"{_day(document)} 09:00"
    return "".join(f'<meta name="{name}" content="{html.escape(value)}">' for name, value in pairs.items())


def _label_block(document: Document) -> str:
    pairs = [(name, html.escape(value)) for name, value in document.labels]
    if not pairs:
        return ""
    match document.form:
        case 0:
            return f'<table class="xxgk">{_two_pairs_a_row(pairs)}</table>'
        case 1:
            items = "".join(f"<li><b>{name}：</b><span>{value}</span></li>" for name, value in pairs)
            return f'<div class="xxgk"><ul>{items}</ul></div>'
        case 2:
            lines = "".join(f"<div>{_spread(name)}：{value}</div>" for name, value in pairs)
            return f'<div class="xxgk">{lines}</div>'
        case _:
            terms = "".join(f"<dl><dt>{name}：</dt><dd>{value}</dd></dl>" for name, value in pairs)
            return f'<div class="xxgk">{terms}</div>'


def _two_pairs_a_row(pairs: list[tuple[str, str]]) -> str:
    rows = []
    for at in range(0, len(pairs), 2):
        cells = [f"<th>{name}：</th><td>{value}</td>" for name, value in pairs[at : at + 2]]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return "".join(rows)


def _spread(name: str) -> str:
    """Short labels are spread with blanks, as templates do."""
    return f"{name[0]}&emsp;&emsp;{name[1]}" if len(name) == 2 else name

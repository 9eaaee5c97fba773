"""What `zwgk extract --explain` tells people: how a page was read, and what was not taken and why."""

from collections.abc import Iterator, Sequence
from datetime import date

from cli.output import shown
from crawler.extract.document_explained import DocumentExplanation, LabelExplained
from crawler.extract.list_explained import CandidateExplained, ListExplanation
from domain.readings import DocumentReading, LabelState, ListReading

MAX_ROWS = 5
_ROLES = {"winner": "采用", "heaviest": "未采用", "rival": "相近", "inside": "在内", "lost": "落选"}
_PLACES = {"heading": "页面", "meta": "元数据", "title": "<title>"}
_STATES = {
    LabelState.VALUE: "有内容",
    LabelState.DECLARED_NONE: "写明无",
    LabelState.EMPTY: "空着",
    LabelState.ABSENT: "没有",
}


def list_words(reading: ListReading, newest: date | None, told: ListExplanation) -> Iterator[str]:
    """A list's explanation, line by line."""
    yield f"状态：{reading.state}　行数：{len(reading.rows)}　最新日期：{shown(newest)}"
    yield f"依据：{reading.why}"
    if told.by_override:
        yield f"不用 reading 时：{told.automatic_state}；{told.automatic_why}"
    yield from (f"  {shown(row.published_on)}　{row.title}" for row in reading.rows[:MAX_ROWS])
    if len(reading.rows) > MAX_ROWS:
        yield f"  ……另有 {len(reading.rows) - MAX_ROWS} 行"
    yield f"编码：{told.charset}，{told.charset_why}" if told.charset else "编码：—"
    yield f"下一页：{shown(told.next_url)}"
    if told.pagers:
        yield f"翻页标记：{_listed(told.pagers[:MAX_ROWS])}"
    if told.column_names:
        yield f"网页上的栏目名：{_listed(told.column_names)}"
    yield f"自动识别：{told.decision}"
    yield from _dates_of(told)
    if told.candidates:
        more = f"，另有 {told.others} 个更轻的没有列出" if told.others else ""
        yield f"候选列表 {len(told.candidates)} 个，按得分排列{more}："
    for number, one in enumerate(told.candidates, start=1):
        yield from _candidate(number, one)
    if any(one.rows_selector for one in told.candidates):
        yield "要改读别的列表：把它的 rows 写到单位表该栏目的 reading 里，再加 --column 栏目编号 试读。"


def _dates_of(told: ListExplanation) -> Iterator[str]:
    if told.date_forms:
        forms = (f"{one.form} {one.rows} 行，如“{one.sample}”" for one in told.date_forms)
        yield f"日期写法：{'；'.join(forms)}"
    if told.years:
        yield f"年份：{'；'.join(told.years)}"


def _candidate(number: int, one: CandidateExplained) -> Iterator[str]:
    yield f"  {number}. {_ROLES[one.role]}　得分 {one.score}　{one.place}"
    if one.why:
        yield f"     结论：{one.why}"
    yield f"     得分依据：{'；'.join(one.reasons)}"
    yield f"     样例：{_listed(title[:40] for title in one.titles)}"
    if one.rows_selector:
        also = "" if one.selects == one.rows else f"（选中 {one.selects} 个元素，比行数多的不是条目）"
        yield f"     rows: {_quoted(one.rows_selector)}{also}"
    else:
        yield "     rows: 没有合用的选择器（各行没有自己的元素）"


def article_words(reading: DocumentReading, told: DocumentExplanation) -> Iterator[str]:
    """A document's explanation, line by line."""
    yield f"状态：{reading.state}　标题：{shown(reading.title)}"
    yield f"发布日期：{shown(reading.published_on)}　依据：{shown(reading.why)}"
    yield f"编码：{told.charset}，{told.charset_why}"
    if told.titles:
        yield "标题候选："
    for title in told.titles:
        score = f"得分 {title.score}" if title.score is not None else "—"
        yield f"  {_mark(title.chosen)}{_PLACES[title.place]}　{score}　{title.text}（{title.why}）"
    yield f"日期候选（可信顺序：{' > '.join(told.trust)}）：" if told.dates else "日期候选：没有"
    for day in told.dates:
        text = f"　“{day.text}”" if day.text else ""
        yield f"  {_mark(day.chosen)}{day.on}　{day.place}{text}（{day.why}）"
    yield from (f"  不一致：{conflict}" for conflict in reading.conflicts)
    if told.labels:
        yield "标签（状态、原文）："
    yield from (f"  {_label(one)}" for one in told.labels)
    body = told.body
    yield (
        f"正文：{body.place}，{body.chars} 字，从“{body.begins[:30]}”到“{body.ends[-30:]}”"
        if body
        else "正文：没有找到"
    )


def _label(one: LabelExplained) -> str:
    text = f"　“{one.text}”" if one.text else ""
    unused = "" if one.used else "（不是本文的标签，没有采用）"
    return f"{one.spelling}　{_STATES[one.state]}{text}{unused}"


def _mark(chosen: bool) -> str:
    return "采用　" if chosen else "　　　"


def _listed(texts: Iterator[str] | Sequence[str]) -> str:
    return "、".join(f"“{text}”" for text in texts)


def _quoted(selector: str) -> str:
    """As it may stand in the registry."""
    return f'"{selector}"'

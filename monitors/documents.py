"""Judges documents: does an information table have what clause A1-12 asks for?"""

from domain.clues import without_ids
from domain.findings import Finding, Verdict
from domain.looks import Look
from domain.readings import LABELS, DocumentReading, LabelState, PageState
from monitors.case import Case, History, Measured

NAMES = {
    "category": "分类", "publisher": "发布机构", "title": "文件名", "doc_number": "文号",
    "keywords": "关键字", "issued_on": "发文时间",
}  # fmt: skip


def labelled(case: Case, history: History) -> list[Finding]:
    """Breach when one of the six labels is absent or empty; 无 is in order for 文号 only.

    文件名 is met by 名称 or the page's title. UNKNOWN: the document could not be read.
    Source: A1-12 “是否具有分类、发布机构、文件名、文号（无文号的写无）、关键字、发文时间等内容”.
    """
    return [case.finding(look, _labelled(look), history) for look in history.looks]


def _labelled(look: Look) -> Measured:
    reading = look.reading
    if not isinstance(reading, DocumentReading) or reading.state is not PageState.OK:
        return Measured(verdict=Verdict.UNKNOWN, why=look.why)
    missing = [f"{NAMES[name]}（{_word(reading, name)}）" for name in LABELS if not _met(reading, name)]
    limit = "、".join(NAMES[name] for name in LABELS)
    if not missing:
        return Measured(verdict=Verdict.OK, why="公开要素齐全", measured="要素齐全", limit=limit)
    said = f"缺少{'、'.join(missing)}"
    return Measured(
        verdict=Verdict.BREACH,
        why=f"《{without_ids(reading.title or look.url)}》{said}",
        measured=said,
        limit=limit,
    )


def lacking(reading: DocumentReading) -> frozenset[str]:
    """The labels that are not met."""
    return frozenset(name for name in LABELS if not _met(reading, name))


def _met(reading: DocumentReading, name: str) -> bool:
    state = reading.labels.get(name, LabelState.ABSENT)
    if state is LabelState.VALUE:
        return True
    if name == "doc_number":
        return state is LabelState.DECLARED_NONE
    return name == "title" and bool(reading.title)


def _word(reading: DocumentReading, name: str) -> str:
    state = reading.labels.get(name, LabelState.ABSENT)
    return {LabelState.EMPTY: "为空", LabelState.DECLARED_NONE: "写作无"}.get(state, "未列出")

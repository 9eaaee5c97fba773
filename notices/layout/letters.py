"""The three documents, paragraph by paragraph: monthly 通报, 整改通知书 to a unit, quarterly 检查通报."""

from collections.abc import Callable, Mapping

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from notices.layout.paper import Paper
from notices.layout.parts import (
    Cells,
    annex,
    annex_names,
    grid,
    head,
    imprint,
    signature,
    table,
    text,
    write,
)
from notices.layout.styles import LINE

ALL_UNITS = "各苏木镇人民政府，旗直各部门，各园区管委会，各有关单位："
FORM_ROWS, FORM_ROW_MM = 8, 14

NUMBER = Cells(title="序号", mm=9, fields=("number",))
UNIT = Cells(title="单位", mm=26, fields=("unit",), centred=False)


def monthly() -> Paper:
    """Outline A, to all units, with its annexes."""
    paper = Paper()
    head(paper, "关于{{ month }}全旗政府网站栏目", "和政务新媒体日常监控情况的通报")
    paper.line("公文主送", ALL_UNITS)
    paper.line("公文正文", "{{ opening }}")
    text(paper)
    _contact(paper)
    annex_names(paper)
    signature(paper)
    _problems(paper)
    _deductions(paper)
    _rechecks(paper)
    annex(paper, "4", "整改反馈表")
    _form(paper, "", blank=True)
    paper.code("if corrections")
    _corrections(paper)
    paper.code("endif")
    imprint(paper)
    return paper


def unit() -> Paper:
    """Outline B, to one unit, with its 整改反馈表."""
    paper = Paper()
    head(paper, "关于{{ month }}日常监控发现问题的", "整改通知书", named=False)
    paper.line("公文主送", "{{ unit }}：")
    paper.line("公文正文", "{{ opening }}")
    paper.line("公文一级标题", "一、发现的问题")
    columns = (
        NUMBER,
        Cells(title="问题", mm=24, fields=("problem",), centred=False),
        Cells(title="栏目（账号）及位置", mm=32, fields=("name", "place"), centred=False),
        Cells(title="监测事实", mm=39, fields=("detail", "looks"), centred=False),
        Cells(title="对应条款", mm=17, fields=("clause",), centred=False),
        Cells(title="扣分", mm=10, fields=("points",)),
        Cells(title="整改期限", mm=25, fields=("deadline",)),
    )
    table(paper, "problems", columns)
    paper.line("公文表注", "监测时间为北京时间。证据编号：{{ evidence }}。")
    text(paper)
    annex_names(paper)
    signature(paper, followed=True)
    _receipt(paper)
    annex(paper, "", "整改反馈表")
    paper.line("公文表注", "单位：{{ unit }}", before=LINE)
    paper.line("公文表注", "文号：{{ number }}　　反馈期限：{{ deadline }}")
    _form(paper, "problems", blank=False)
    return paper


def quarter() -> Paper:
    """Outline C, the quarterly form, with the list of problems."""
    paper = Paper()
    head(paper, "关于{{ quarter }}全旗政府网站", "和政务新媒体检查情况的通报")
    paper.line("公文主送", ALL_UNITS)
    paper.line("公文正文", "{{ opening }}")
    text(paper)
    _contact(paper)
    annex_names(paper)
    signature(paper)
    annex(paper, "", "{{ annexes[0] }}")
    paper.line("公文表注", "{{ problems_note }}", before=LINE)
    columns = (
        NUMBER,
        UNIT,
        Cells(title="类别", mm=17, fields=("place",)),
        Cells(title="栏目（账号）名称", mm=38, fields=("name",), centred=False),
        Cells(title="问题", mm=38, fields=("problem",), centred=False),
        Cells(title="通报月份", mm=18, fields=("months",)),
        Cells(title="扣分", mm=10, fields=("points",)),
    )
    table(paper, "problems", columns)
    paper.code("if picture")
    paper.line("公文图", "{{ picture }}", before=LINE)
    paper.line("公文图题", "图　{{ picture_title }}")
    paper.code("endif")
    imprint(paper)
    return paper


TEMPLATES: Mapping[str, Callable[[], Paper]] = {
    "monthly.docx": monthly,
    "unit.docx": unit,
    "quarter.docx": quarter,
}


def _contact(paper: Paper) -> None:
    paper.code("if contact")
    made = paper.line("公文正文", "{{ contact }}", keep=True)
    made.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paper.code("endif")


def _problems(paper: Paper) -> None:
    annex(paper, "1", "问题清单")
    paper.line("公文表注", "{{ problems_note }}", before=LINE)
    columns = (
        NUMBER,
        UNIT,
        Cells(title="栏目（账号）", mm=28, fields=("name", "platform"), centred=False),
        Cells(title="问题描述", mm=66, fields=("facts", "looks"), centred=False),
        Cells(title="对应条款", mm=17, fields=("clause",), centred=False),
        Cells(title="扣分", mm=10, fields=("points",)),
    )
    table(paper, "problems", columns)


def _deductions(paper: Paper) -> None:
    annex(paper, "2", "扣分明细表")
    paper.line("公文表注", "{{ deductions_note }}", before=LINE)
    columns = (
        NUMBER,
        UNIT,
        Cells(title="条款", mm=39, fields=("clause",), centred=False),
        Cells(title="事件时间", mm=26, fields=("days",)),
        Cells(title="次数", mm=11, fields=("count",)),
        Cells(title="本月扣分", mm=15, fields=("month_points",)),
        Cells(title="累计扣分", mm=15, fields=("total",)),
        Cells(title="条款上限", mm=15, fields=("cap",)),
    )
    table(paper, "deductions", columns)


def _rechecks(paper: Paper) -> None:
    annex(paper, "3", "上期问题整改复核表")
    paper.line("公文表注", "{{ rechecks_note }}", before=LINE)
    columns = (
        NUMBER,
        UNIT,
        Cells(title="问题", mm=39, fields=("problem",), centred=False),
        Cells(title="整改期限", mm=26, fields=("deadline",)),
        Cells(title="复核时间", mm=22, fields=("checked",)),
        Cells(title="复核结果", mm=16, fields=("result",)),
        Cells(title="是否计入“未按时整改”", mm=18, fields=("counted",)),
    )
    table(paper, "rechecks", columns)


def _corrections(paper: Paper) -> None:
    annex(paper, "5", "更正事项表")
    paper.line("公文表注", "{{ corrections_note }}", before=LINE)
    columns = (
        NUMBER,
        Cells(title="原通报", mm=22, fields=("month", "item")),
        UNIT,
        Cells(title="问题", mm=49, fields=("problem", "clause"), centred=False),
        Cells(title="更正", mm=12, fields=("kind",)),
        Cells(title="原扣分", mm=13, fields=("told",)),
        Cells(title="现扣分", mm=13, fields=("now",)),
        Cells(title="返还", mm=12, fields=("returned",)),
    )
    table(paper, "corrections", columns)


def _form(paper: Paper, rows: str, *, blank: bool) -> None:
    """整改反馈表: filled in by hand or on the screen; the last line is for those who answer for it."""
    titles = (
        ("序号", 9), ("问题", 35), ("原因", 25), ("整改措施", 27), ("完成时间", 18),
        ("整改后网址/最新更新时间", 26), ("佐证", 16),
    )  # fmt: skip
    if blank:
        paper.line("公文表注", "通报文号：{{ number }}　　单位（盖章）：", before=LINE)
        made = grid(paper, FORM_ROWS + 1, [mm for _, mm in titles])
        for at, (title, _) in enumerate(titles):
            write(made.cell(0, at), "公文表头", title)
        for row in list(made.rows)[1:]:
            row.height = Mm(FORM_ROW_MM)
    else:
        fields = {"序号": ("number",), "问题": ("name", "problem")}
        columns = [
            Cells(title=title, mm=mm, fields=fields.get(title, ("{{ '' }}",)), centred=title == "序号")
            for title, mm in titles
        ]
        table(paper, rows, columns, FORM_ROW_MM)
    paper.line("公文表注", "责任人：　　　　　　分管领导签字：　　　　　　联系人电话：", before=8)
    paper.line("公文表注", "单位（盖章）：　　　　　　　　　　　　　　年　　月　　日", before=8)


def _receipt(paper: Paper) -> None:
    """送达、签收, to be filled in by hand; kept together."""
    paper.line("公文表注", "送达回证", before=LINE)
    made = grid(paper, 2, (22, 56, 22, 56))
    labels = (("送达人", "送达时间"), ("签收人", "签收时间"))
    for row, pair in enumerate(labels):
        for at, label in enumerate(pair):
            write(made.cell(row, 2 * at), "公文表头", label)
            made.cell(row, 2 * at).paragraphs[0].paragraph_format.keep_with_next = row == 0
        made.rows[row].height = Mm(10)

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from domain.errors import InputError
from domain.notices import MonthReport
from notices.compose import compose
from notices.render_docx import TEMPLATES, Template, render_docx
from tests.notices.reports import MADE_AT, a_report, an_account, an_issued_report, an_item


def rendered(report: MonthReport) -> Any:
    return Document(BytesIO(render_docx(compose(report), report.made_at, Template.MONTHLY)))


def style(document: Any, name: str) -> tuple[str, float | None]:
    found = document.styles[name]
    return found.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")), found.font.size.pt


def test_page_and_fonts_follow_gb_t_9704() -> None:
    document = rendered(an_issued_report())
    page = document.sections[0]
    size = [round(side.mm) for side in (page.page_width, page.page_height)]
    margins = [
        round(m.mm) for m in (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    ]
    assert (size, margins) == ([210, 297], [37, 35, 28, 26])
    assert style(document, "公文正文") == ("仿宋_GB2312", 16)
    assert style(document, "公文一级标题") == ("黑体", 16)
    assert style(document, "公文标题") == ("方正小标宋简体", 22)
    assert document.styles["公文标题"].element.pPr.find(qn("w:jc")).get(qn("w:val")) == "center"
    assert document.styles["公文正文"].paragraph_format.line_spacing == Pt(28.9)
    assert page.footer_distance < Mm(35)


def test_level_two_heads_are_楷体_and_lead_their_paragraph() -> None:
    document = rendered(an_issued_report())
    [paragraph] = [p for p in document.paragraphs if p.text.startswith("（一）限期整改。")]
    first = paragraph.runs[0]
    assert first.text == "（一）限期整改。"
    assert first._r.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "楷体_GB2312"


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    document = rendered(an_issued_report())
    page = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    sides = [page.footer.paragraphs[0].style.name, page.even_page_footer.paragraphs[0].style.name]
    alignments = [document.styles[s].element.pPr.find(qn("w:jc")).get(qn("w:val")) for s in sides]
    assert alignments == ["right", "left"]
    assert page.footer.paragraphs[0].text.startswith("— ")


def test_the_whole_letter_is_on_paper_in_order() -> None:
    report = an_issued_report()
    letter = compose(report)
    lines = [p.text for p in rendered(report).paragraphs if p.text]
    wanted = [
        letter.sender, letter.number, letter.sender, "关于2026年9月全旗政府网站栏目",
        "和政务新媒体日常监控情况的通报", "各苏木镇人民政府，旗直各部门，各园区管委会，各有关单位：",
        letter.opening, *(block.line for block in letter.blocks), letter.contact, "附件：1.问题清单",
        "2.扣分明细表", "3.上期问题整改复核表", "4.整改反馈表", letter.sender, letter.date,
    ]  # fmt: skip
    assert lines[: len(wanted)] == wanted
    assert lines[len(wanted) : len(wanted) + 2] == ["附件1", "问题清单"]
    assert not re.search(r"[{}%]{2}", "\n".join(lines))


def test_each_annex_begins_a_page_headed_in_黑体() -> None:
    document = rendered(an_issued_report())
    heads = [p for p in document.paragraphs if p.style.name == "公文附件序号"]
    assert [p.text for p in heads] == ["附件1", "附件2", "附件3", "附件4"]
    assert all(p.paragraph_format.page_break_before for p in heads)
    assert style(document, "公文附件序号") == ("黑体", 16)


def test_tables_fill_the_text_area_and_repeat_their_heads() -> None:
    problems, deductions, rechecks, form, imprint = rendered(an_issued_report()).tables
    for table in (problems, deductions, rechecks, form):
        assert sum(round(column.width.mm) for column in table.columns) == 156
    for table in (problems, deductions, rechecks):
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [cell.text for cell in problems.rows[1].cells] == [
        "1", "财政局", "工作动态\n门户网站",
        "工作动态超过两周未更新。最新一条日期为2026-08-30，距今16天（要求：14天内至少更新1次）\n"
        "监测：2026-09-15 01:05；2026-09-16 01:06", "A1-18 二级栏目", "2",
    ]  # fmt: skip
    assert imprint.rows[0].cells[0].text.split("\t") == [
        "鄂托克旗政务公开领导小组办公室",
        "2026年10月9日印发",
    ]


def test_the_imprint_floats_at_the_foot_between_thick_and_thin_rules() -> None:
    report = an_issued_report(sender=replace(an_issued_report().sender, copies="旗委办公室，旗政府办公室。"))
    imprint = rendered(report).tables[-1]
    assert imprint.rows[0].cells[0].text == "抄送：旗委办公室，旗政府办公室。"
    place = imprint._tbl.tblPr.find(qn("w:tblpPr"))
    assert (place.get(qn("w:vertAnchor")), place.get(qn("w:tblpYSpec"))) == ("margin", "bottom")
    rules = imprint._tbl.tblPr.find(qn("w:tblBorders"))
    eighths = [rules.find(qn(f"w:{side}")).get(qn("w:sz")) for side in ("top", "insideH", "bottom")]
    assert eighths == ["8", "6", "8"]  # 0.35 mm, 0.25 mm, 0.35 mm


def test_a_prefix_and_a_public_note_stand_where_they_belong() -> None:
    sender = replace(an_issued_report().sender, prefix="鄂政公办", public="此件公开发布")
    lines = [p.text for p in rendered(an_issued_report(sender=sender)).paragraphs if p.text]
    assert lines[1] == "鄂政公办〔2026〕9号"
    assert lines[lines.index("2026年10月9日") + 1] == "（此件公开发布）"
    draft = [p.text for p in rendered(a_report(sender=sender)).paragraphs if p.text]
    assert draft[1] == "鄂政公办〔2026〕　号"


def test_28_characters_fit_a_line_and_22_lines_a_page() -> None:
    document = rendered(an_issued_report())
    body = document.styles["公文正文"]
    tighter = int(body.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 28 * (body.font.size.pt + tighter) <= Mm(156).pt
    assert 22 * body.paragraph_format.line_spacing.pt <= Mm(225).pt


def test_fonts_have_stand_ins() -> None:
    package = rendered(an_issued_report()).part.package
    [fonts] = [part.blob.decode() for part in package.iter_parts() if part.partname == "/word/fontTable.xml"]
    assert 'w:name="方正小标宋简体"><w:altName w:val="小标宋体,' in fonts
    assert "宋体,SimSun" in fonts


@pytest.mark.parametrize(("name", "size"), [
    ("政务公开领导小组办公室", None), ("鄂托克旗政务公开政务服务和大数据管理工作领导小组办公室", 16),
])  # fmt: skip
def test_a_long_office_name_keeps_the_red_head_on_one_line(name: str, size: int | None) -> None:
    document = rendered(an_issued_report(sender=replace(an_issued_report().sender, name=name)))
    [mark] = [p for p in document.paragraphs if p.style.name == "发文机关标志"]
    assert mark.runs[0].font.size == (Pt(size) if size else None)
    titles = [p.text for p in document.paragraphs if p.style.name == "公文标题" and p.text]
    assert (titles[0] == name) is (size is None)


def test_marks_stand_in_the_header_of_odd_and_even_pages() -> None:
    page = rendered(a_report(simulation=True)).sections[0]
    for header in (page.header, page.even_page_header):
        assert header.paragraphs[0].text == "【模拟数据　不作考核依据】　【草稿】"


def test_text_from_pages_is_only_text() -> None:
    evil = '{{ 1/0 }} <w:b/> & "引号" \x0b {% raw %}'
    lines = [p.text for p in rendered(a_report(items=(an_item(subject=evil), an_account()))).paragraphs]
    assert any('{{ 1/0 }} <w:b/> & "引号"' in line for line in lines)


@pytest.mark.parametrize(("name", "indents"), [
    ("鄂托克旗政务公开领导小组办公室", [0, 425]),  # 15 and 6.5 characters wide
    ("旗政务公开办公室", [325, 400]),  # the date stands 4 characters from the edge
    ("旗政府办", [525, 400]),
])  # fmt: skip
def test_the_signature_is_centred_on_the_date(name: str, indents: list[int]) -> None:
    document = rendered(an_issued_report(sender=replace(an_issued_report().sender, name=name)))
    found = {p.style.name: p for p in document.paragraphs}
    signature, day = found["公文署名"], found["公文日期"]
    right = [int(p._p.pPr.find(qn("w:ind")).get(qn("w:rightChars"))) for p in (signature, day)]
    assert right == indents


def test_the_file_says_who_made_it_and_when() -> None:
    about = rendered(an_issued_report()).core_properties
    assert (about.author, about.created) == ("鄂托克旗政务公开领导小组办公室", MADE_AT)


def test_an_office_may_use_its_own_template_and_hears_of_its_mistakes(tmp_path: Path) -> None:
    report = an_issued_report()
    own = tmp_path / "monthly.docx"
    document = Document(str(TEMPLATES / "monthly.docx"))
    [addressed] = [p for p in document.paragraphs if p.style.name == "公文主送"]
    addressed.runs[0].text = "各乡镇："
    document.save(str(own))
    made = Document(BytesIO(render_docx(compose(report), MADE_AT, Template.MONTHLY, tmp_path)))
    assert "各乡镇：" in [p.text for p in made.paragraphs]
    addressed.runs[0].text = "{{ nobody }}"
    document.save(str(own))
    with pytest.raises(InputError, match="nobody"):
        render_docx(compose(report), MADE_AT, Template.MONTHLY, tmp_path)
    own.write_text("not a document", encoding="utf-8")
    with pytest.raises(InputError, match="公文模板"):
        render_docx(compose(report), MADE_AT, Template.MONTHLY, tmp_path)

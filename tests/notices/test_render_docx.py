import re
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
from notices.render_docx import TEMPLATE, render_docx
from tests.notices.reports import MADE_AT, a_report, an_account, an_issued_report, an_item


def rendered(report: MonthReport) -> Any:
    return Document(BytesIO(render_docx(compose(report), report.made_at)))


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
        letter.sender, letter.number, "关于2026年9月全旗政府网站栏目", "和政务新媒体日常监控情况的通报",
        "各苏木镇人民政府，旗直各部门，各园区管委会，各有关单位：", letter.opening,
        *(block.line for block in letter.blocks), letter.contact, "附件：1.问题清单", "2.扣分明细表",
        "3.上期问题整改复核表", "4.整改反馈表", letter.sender, letter.date,
    ]  # fmt: skip
    assert lines == wanted
    assert not re.search(r"[{}%]{2}", "\n".join(lines))


def test_marks_stand_in_the_header_of_odd_and_even_pages() -> None:
    page = rendered(a_report(simulation=True)).sections[0]
    for header in (page.header, page.even_page_header):
        assert header.paragraphs[0].text == "【模拟数据　不作考核依据】　【草稿】"


def test_text_from_pages_is_only_text() -> None:
    evil = '{{ 1/0 }} <w:b/> & "引号" \x0b {% raw %}'
    lines = [p.text for p in rendered(a_report(items=(an_item(subject=evil), an_account()))).paragraphs]
    assert any('{{ 1/0 }} <w:b/> & "引号"' in line for line in lines)


def test_date_and_signature_are_centred_on_each_other() -> None:
    document = rendered(an_issued_report())
    signature, day = document.paragraphs[-2:]
    right = [int(p._p.pPr.find(qn("w:ind")).get(qn("w:rightChars"))) for p in (signature, day)]
    assert right == [200, 625]  # 15 and 6.5 characters wide


def test_the_file_says_who_made_it_and_when() -> None:
    about = rendered(an_issued_report()).core_properties
    assert (about.author, about.created) == ("鄂托克旗政务公开领导小组办公室", MADE_AT)


def test_an_office_may_use_its_own_template_and_hears_of_its_mistakes(tmp_path: Path) -> None:
    report = an_issued_report()
    own = tmp_path / "monthly.docx"
    document = Document(str(TEMPLATE))
    document.paragraphs[4].runs[0].text = "各乡镇："
    document.save(str(own))
    made = Document(BytesIO(render_docx(compose(report), MADE_AT, own)))
    assert "各乡镇：" in [p.text for p in made.paragraphs]
    document.paragraphs[4].runs[0].text = "{{ nobody }}"
    document.save(str(own))
    with pytest.raises(InputError, match="nobody"):
        render_docx(compose(report), MADE_AT, own)
    own.write_text("not a document", encoding="utf-8")
    with pytest.raises(InputError, match="通报模板"):
        render_docx(compose(report), MADE_AT, own)

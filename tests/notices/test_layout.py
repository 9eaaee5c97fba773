"""The shipped templates are what notices/layout makes, and keep to the schema where Word is strict."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from notices.layout.letters import TEMPLATES as BUILDERS
from notices.layout.paper import Paper
from notices.layout.parts import grid
from notices.render_docx import TEMPLATES, Template

PARTS = ("word/document.xml", "word/styles.xml", "word/fontTable.xml", "word/settings.xml")
IN_ORDER = ("tblStyle", "tblpPr", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook")


def parts(file: Path | BytesIO) -> dict[str, bytes]:
    with ZipFile(file) as packed:
        return {name: packed.read(name) for name in PARTS}


@pytest.mark.parametrize("name", sorted(BUILDERS))
def test_the_shipped_template_is_the_one_that_is_built(name: str) -> None:
    made = BytesIO()
    BUILDERS[name]().document.save(made)
    assert parts(TEMPLATES / name) == parts(made), "run: python -m notices.layout"


def test_every_kind_of_document_has_a_template() -> None:
    assert set(BUILDERS) == {kind.value for kind in Template}


@pytest.mark.parametrize("name", sorted(BUILDERS))
def test_settings_of_a_table_stand_in_the_order_of_the_schema(name: str) -> None:
    for table in Document(str(TEMPLATES / name)).tables:
        found = [one.tag.partition("}")[2] for one in table._tbl.tblPr]
        assert found == [one for one in IN_ORDER if one in found]


def test_levels_have_their_fonts() -> None:
    styles = Document(str(TEMPLATES / "quarter.docx")).styles
    fonts = {
        name: styles[name].element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))
        for name in ("公文一级标题", "公文正文", "公文标题", "页码单")
    }
    assert list(fonts.values()) == ["黑体", "仿宋_GB2312", "方正小标宋简体", "宋体"]


def test_a_table_that_does_not_fill_the_text_area_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="156"):
        grid(Paper(), 1, (100, 50))

"""What lies in the output folder: no stale unit's notice, one archive, reprints of the same words."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

from app.decisions import decide
from app.month_files import Extra
from app.months import close, draft, issue
from app.office import Office
from app.templates import copy_templates
from domain.clock import Month
from domain.errors import RefusedError
from domain.events import DecisionKind
from tests.app.monthly import FINANCE, RENDA, names, office_at, watch

SEPTEMBER = Month(2026, 9)
ISSUED_ON = date(2026, 10, 9)
OLD = date(2026, 8, 30)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = office_at(tmp_path, "2026-10-03 00:00")
    watch(made, "2026-09-20", 4, {FINANCE: OLD, RENDA: OLD})
    yield made
    made.archive.close()


def words(files: tuple[Path, ...]) -> Mapping[str, str]:
    documents = {file.name: Document(str(file)) for file in files if file.suffix == ".docx"}
    return {name: document.element.xml for name, document in documents.items()}


def test_a_unit_acquitted_since_the_last_draft_leaves_no_notice_behind(
    office: Office, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    folder = draft(office, SEPTEMBER, out).files[2].parent
    (folder / "说明.docx").write_bytes(b"the office's own")
    [event] = office.archive.events(subject_id=FINANCE)
    decide(office, event.id or 0, DecisionKind.WITHDRAW, by="王五", reason="改版期间")
    draft(office, SEPTEMBER, out)
    assert sorted(file.name for file in folder.iterdir()) == [
        "01 人大办 整改反馈表.xlsx", "01 人大办 整改通知书.docx", "说明.docx",
    ]  # fmt: skip


def test_an_archive_holds_everything_in_its_folders(office: Office, tmp_path: Path) -> None:
    result = draft(office, SEPTEMBER, tmp_path / "out", Extra(packed=True))
    assert result.files[-1].name == "2026-09 日常监控情况通报（草稿）.zip"
    with ZipFile(result.files[-1]) as packed:
        inside = packed.namelist()
    assert len(inside) == len(result.files) - 1
    assert "2026-09 整改通知书（草稿）/01 财政局 整改通知书.docx" in inside


def test_reprinting_an_issued_notice_gives_every_document_the_same_words(
    office: Office, tmp_path: Path
) -> None:
    close(office, SEPTEMBER, tmp_path / "closed", "王五")
    first = issue(office, SEPTEMBER, 9, ISSUED_ON, None, "王五", tmp_path / "first")
    watch(office, "2026-09-28", 2, {FINANCE: date(2026, 9, 27), RENDA: OLD})  # looks that came in late
    again = draft(office, SEPTEMBER, tmp_path / "again")
    assert names(again.files) == names(first.files)
    assert words(again.files) == words(first.files)
    assert "01 财政局 整改通知书.docx" in words(first.files)


def test_no_pdf_is_no_failure(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = draft(office, SEPTEMBER, tmp_path / "out", Extra(pdf=True))
    assert result.no_pdf == "没有安装 LibreOffice，未出 PDF"
    assert [file.suffix for file in result.files] == [".docx", ".xlsx"] * 3


def test_the_office_edits_copies_of_the_templates(office: Office, tmp_path: Path) -> None:
    files = copy_templates(tmp_path / "templates")
    assert names(files) == ["monthly.docx", "unit.docx", "quarter.docx"]
    unit = Document(str(files[1]))
    [mark] = [p for p in unit.paragraphs if p.style.name == "公文主送"]
    mark.runs[0].text = "{{ unit }}（本单位）："
    unit.save(str(files[1]))
    text = words(draft(office, SEPTEMBER, tmp_path / "out").files)["01 财政局 整改通知书.docx"]
    assert "财政局（本单位）：" in text
    with pytest.raises(RefusedError, match="已经存在"):
        copy_templates(tmp_path / "templates")

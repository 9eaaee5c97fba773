"""The seam to LibreOffice, with stand-ins for it that do well, badly, or not at all."""

import shutil
from pathlib import Path

import pytest

from app.pdf import MISSING, program, to_pdf
from domain.notices import Stage
from notices.files import documents
from tests.notices.reports import a_report

WELL = 'while [ "$1" != --outdir ]; do shift; done; out="$2"; shift 2; for f; do b=$(basename "$f"); '
WELL += 'echo %PDF > "$out/${b%.docx}.pdf"; done'


def stand_in(folder: Path, script: str) -> str:
    file = folder / "soffice"
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
    return str(file)


@pytest.fixture
def letters(tmp_path: Path) -> list[Path]:
    files = [tmp_path / "通报〔2026〕9号.docx", tmp_path / "各单位" / "01 甲 局.docx"]
    for file in files:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"")
    return files


def test_each_document_gets_a_pdf_of_its_name_beside_it(tmp_path: Path, letters: list[Path]) -> None:
    made = to_pdf(letters, stand_in(tmp_path, WELL))
    assert made.why == ""
    assert made.files == (tmp_path / "通报〔2026〕9号.pdf", tmp_path / "各单位" / "01 甲 局.pdf")


def test_without_the_program_it_says_so(letters: list[Path]) -> None:
    assert to_pdf(letters, None).why == MISSING


def test_a_program_that_fails_or_cannot_run_is_told(tmp_path: Path, letters: list[Path]) -> None:
    assert "状态码 77" in to_pdf(letters, stand_in(tmp_path, "exit 77")).why
    assert "不能运行" in to_pdf(letters, str(tmp_path / "nothing")).why


def test_an_older_pdf_does_not_pass_for_this_one(tmp_path: Path, letters: list[Path]) -> None:
    letters[0].with_suffix(".pdf").write_bytes(b"%PDF of the draft")
    made = to_pdf(letters[:1], stand_in(tmp_path, "exit 0"))
    assert made.files == ()
    assert "1 个文件" in made.why


def test_one_that_hangs_is_ended(tmp_path: Path, letters: list[Path]) -> None:
    made = to_pdf(letters, stand_in(tmp_path, "exec tail -f /dev/null"), start_s=0, file_s=0.1)
    assert "没有完成" in made.why


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
def test_the_real_one_opens_what_we_write(tmp_path: Path) -> None:
    files = []
    for name, content in documents(a_report(stage=Stage.CLOSED)).items():
        file = tmp_path / Path(name).name
        file.write_bytes(content)
        files.append(file)
    letters = [file for file in files if file.suffix == ".docx"]
    made = to_pdf(letters, program())
    assert (len(made.files), made.why) == (3, "")
    assert all(file.read_bytes().startswith(b"%PDF") for file in made.files)
    assert shutil.which("soffice") or shutil.which("libreoffice")

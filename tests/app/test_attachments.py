"""Attachments are taken for what they are, not for what they are called."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import Workbook

from app.attachments import MAX_BYTES, MAX_FILES, Upload, attachments, kind_of
from domain.errors import InputError


def office_file(made: object) -> bytes:
    out = BytesIO()
    made.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def zipped() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    return out.getvalue()


CONTENTS = {
    "pdf": b"%PDF-1.7\n",
    "png": b"\x89PNG\r\n\x1a\n\x00",
    "jpg": b"\xff\xd8\xff\xe0\x00",
    "docx": office_file(Document()),
    "xlsx": office_file(Workbook()),
    "zip": zipped(),
    "txt": "停机通知\r\n".encode("gb18030"),
}


@pytest.mark.parametrize("kind", CONTENTS)
def test_each_type_is_known_by_its_content(kind: str, tmp_path: Path) -> None:
    assert kind_of(CONTENTS[kind]) == kind
    file = tmp_path / f"附件.{kind.upper()}"
    file.write_bytes(CONTENTS[kind])
    [ref], contents = attachments([file])
    assert contents == {ref.sha256: CONTENTS[kind]}


@pytest.mark.parametrize(("name", "content", "why"), [
    ("a.pdf", CONTENTS["docx"], "名为 pdf，内容却是 docx"),
    ("a.docx", CONTENTS["zip"], "名为 docx，内容却是 zip"),
    ("a.pdf", b"MZ\x90\x00", "不是允许的类型"),
    ("a.txt", b"\x00\x01", "不是允许的类型"),
    ("a.zip", b"PK\x03\x04broken", "不是允许的类型"),
    ("a.exe", CONTENTS["txt"], "请改名为 .txt"),
    ("a", CONTENTS["pdf"], "请改名为 .pdf"),
    ("a.txt", b"", "是空的"),
    ("a.pdf", b"%PDF-" + b"0" * MAX_BYTES, "最大 10 MB"),
])  # fmt: skip
def test_what_is_refused_says_why_and_the_way_out(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(InputError, match=why):
        attachments([file])


def test_ten_megabytes_are_taken(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-".ljust(MAX_BYTES, b"0"))
    [ref], _ = attachments([file])
    assert ref.size_bytes == MAX_BYTES


def test_folders_missing_files_and_too_many_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="是文件夹"):
        attachments([tmp_path])
    with pytest.raises(InputError, match="不存在"):
        attachments([tmp_path / "none.pdf"])
    with pytest.raises(InputError, match="最多20个"):
        attachments([tmp_path / f"{n}.pdf" for n in range(MAX_FILES + 1)])


def test_a_damaged_package_is_refused_never_an_error() -> None:
    """Byte 6 of an entry in the central directory asks for a version of zip that nobody can read."""
    data = bytearray(zipped())
    data[data.rindex(b"PK\x01\x02") + 6] = 200
    assert kind_of(bytes(data)) is None


@pytest.mark.parametrize(("sent", "kept"), [
    ("C:\\文件\\截图.pdf", "截图.pdf"),
    ("../../etc/证明.pdf", "证明.pdf"),
    ("a\r\nb\u202e.pdf", "ab.pdf"),
    ("长" * 300 + ".pdf", "长" * 100 + ".pdf"),
])  # fmt: skip
def test_a_browsers_name_is_a_name_only(sent: str, kept: str) -> None:
    [ref], contents = attachments([Upload(name=sent, data=CONTENTS["pdf"])])
    assert ref.name == kept
    assert contents == {ref.sha256: CONTENTS["pdf"]}


@pytest.mark.parametrize("sent", ["", "..", "/", "pdf", "\u202e"])
def test_an_upload_without_a_known_suffix_is_refused(sent: str) -> None:
    with pytest.raises(InputError, match="扩展名"):
        attachments([Upload(name=sent, data=CONTENTS["pdf"])])
